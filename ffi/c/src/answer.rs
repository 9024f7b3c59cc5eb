//! Notices, and what to answer to them.

use std::ffi::{CString, c_char};
use std::ptr;

use netmile_ffi_runtime::Context;
use netmile_uniffi::operations;
use netmile_uniffi::records::{NoticeAnswer, Received, ReceivedMessage, RefusedNotice};

use crate::client::{netmile_client, netmile_string, own};
use crate::error::{call, netmile_error, netmile_status};
use crate::text;

/// What to answer to a notice, byte for byte. Freed by netmile_answer_free.
pub struct netmile_answer {
    status: u16,
    accepted: bool,
    content_type: CString,
    body: Vec<u8>,
    problem_code: Option<CString>,
    problem_field: Option<CString>,
}

impl netmile_answer {
    fn new(answer: NoticeAnswer) -> *mut Self {
        let problem = answer.problem.as_ref();
        Box::into_raw(Box::new(Self {
            status: answer.status,
            accepted: answer.accepted,
            content_type: text::c_text(&answer.content_type),
            problem_code: problem.map(|problem| text::c_text(&problem.code)),
            problem_field: problem.and_then(|problem| text::c_optional(problem.field.as_deref())),
            body: answer.body,
        }))
    }
}

/// Verifies a notice, records it once, and says what to answer. `body` is what the gateway posted, untouched;
/// `content_type` may be NULL. A notice that can not be accepted is no failure of this call: the answer is then
/// `NG,…`, and says why.
///
/// # Safety
/// `client` is NULL or a client of this library; `body` points to `length` bytes; `content_type` is NULL or ends with
/// NUL; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_notice_handle(
    client: *const netmile_client,
    body: *const u8,
    length: usize,
    content_type: *const c_char,
    out: *mut *mut netmile_answer,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let notice = Received {
                body: text::read_bytes("body", body, length)?,
                content_type: text::read_optional("content_type", content_type)?.map(str::to_owned),
            };
            let handle = |context: Context| operations::notice_handle(context, notice);
            Ok(netmile_answer::new(client.handle.run(handle)?))
        })
    }
}

/// Verifies a notice and refuses it with a short reason in ASCII. The customer's miles stay spent: use it only for
/// what can not be delivered.
///
/// # Safety
/// As netmile_notice_handle; `reason` is NULL or ends with NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_notice_refuse(
    client: *const netmile_client,
    body: *const u8,
    length: usize,
    content_type: *const c_char,
    reason: *const c_char,
    out: *mut *mut netmile_answer,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let notice = RefusedNotice {
                body: text::read_bytes("body", body, length)?,
                content_type: text::read_optional("content_type", content_type)?.map(str::to_owned),
                reason: text::read("reason", reason)?.to_owned(),
            };
            let refuse = |context: Context| operations::notice_refuse(context, notice);
            Ok(netmile_answer::new(client.handle.run(refuse)?))
        })
    }
}

/// Verifies the hash of a message, and gives what it says as JSON; neither its age nor that it answers what was
/// asked is checked, and nothing is recorded. `kind` is `purchase_notice`, `purchase_return`, `cancel_return`, …
///
/// # Safety
/// As netmile_notice_handle; `kind` is NULL or ends with NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_message_verify(
    client: *const netmile_client,
    kind: *const c_char,
    body: *const u8,
    length: usize,
    content_type: *const c_char,
    out: *mut *mut netmile_string,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let received = ReceivedMessage {
                kind: text::read("kind", kind)?.to_owned(),
                body: text::read_bytes("body", body, length)?,
                content_type: text::read_optional("content_type", content_type)?.map(str::to_owned),
            };
            let verify = |context: Context| operations::link_verify(context, received);
            let message = client.handle.run(verify)?;
            Ok(own(&serde_json::to_string(&message).unwrap_or_default()))
        })
    }
}

/// HTTP status of the answer. 0 for NULL.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_status(answer: *const netmile_answer) -> u16 {
    // SAFETY: promised above.
    unsafe { answer.as_ref() }.map_or(0, |answer| answer.status)
}

/// Whether the answer accepts the notice. False for NULL.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_accepted(answer: *const netmile_answer) -> bool {
    // SAFETY: promised above.
    unsafe { answer.as_ref() }.is_some_and(|answer| answer.accepted)
}

/// `Content-Type` of the answer. NULL for NULL. Lives as long as the answer.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_content_type(
    answer: *const netmile_answer,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { answer.as_ref() }.map_or(ptr::null(), |answer| answer.content_type.as_ptr())
}

/// Why the notice was not accepted, such as `hash_mismatch`, for the shop's log. NULL when it was, and for
/// NULL. Lives as long as the answer.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_problem(answer: *const netmile_answer) -> *const c_char {
    // SAFETY: promised above.
    unsafe { answer.as_ref() }.map_or(ptr::null(), |answer| {
        text::pointer(answer.problem_code.as_ref())
    })
}

/// The field that the problem is about. NULL when there is none, and for NULL. Lives as long as the answer.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_problem_field(
    answer: *const netmile_answer,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { answer.as_ref() }.map_or(ptr::null(), |answer| {
        text::pointer(answer.problem_field.as_ref())
    })
}

/// The body of the answer. Writes the number of bytes to `length`, which may be NULL. NULL for NULL. Lives as long
/// as the answer; does not end with NUL.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed; `length` is NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_body(
    answer: *const netmile_answer,
    length: *mut usize,
) -> *const u8 {
    // SAFETY: promised above.
    unsafe { text::bytes(answer.as_ref().map(|answer| answer.body.as_slice()), length) }
}

/// Frees it; NULL does nothing.
///
/// # Safety
/// `answer` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_answer_free(answer: *mut netmile_answer) {
    // SAFETY: promised above.
    unsafe { text::free(answer) }
}
