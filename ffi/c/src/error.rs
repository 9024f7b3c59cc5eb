//! Status and error object.

use std::ffi::{CString, c_char};
use std::ptr;

use netmile_ffi_runtime::error::guard;
use netmile_ffi_runtime::{FfiError, Lang};

use crate::text;

/// How a call ended. Numbers are never reused.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum netmile_status {
    /// Done; the out-parameters are written.
    NETMILE_OK = 0,
    /// Refused or not possible; the error object says why.
    NETMILE_FAILED = 1,
    /// An argument is NULL, not UTF-8, or otherwise not what the function takes.
    NETMILE_INVALID_ARGUMENT = 2,
    /// A bug in the library was caught. Read the purchase again before going on.
    NETMILE_PANIC = 3,
}

/// Why a call failed. Owned by the caller; free it with netmile_error_free. Carries no secret and no personal data.
pub struct netmile_error {
    code: CString,
    field: Option<CString>,
    detail: CString,
    message: CString,
    hint_en: CString,
    hint_ja: CString,
    retryable: bool,
}

impl From<&FfiError> for netmile_error {
    fn from(error: &FfiError) -> Self {
        Self {
            code: text::c_text(error.code),
            field: text::c_optional(error.field.as_deref()),
            detail: text::c_text(&error.detail),
            message: text::c_text(&error.to_string()),
            hint_en: text::c_text(error.hint(Lang::En)),
            hint_ja: text::c_text(error.hint(Lang::Ja)),
            retryable: error.retryable,
        }
    }
}

/// Runs the body of a C function, writes `out` on success and `error` on failure.
///
/// # Safety
/// `out` and `error` are NULL or writable.
pub(crate) unsafe fn call<T>(
    out: *mut T,
    error: *mut *mut netmile_error,
    body: impl FnOnce() -> Result<T, FfiError>,
) -> netmile_status {
    let done = guard(|| {
        if out.is_null() {
            return Err(FfiError::field(
                "invalid_argument",
                "out",
                "must not be NULL",
            ));
        }
        body()
    });
    match done {
        Ok(value) => {
            // SAFETY: not NULL, and the caller of the C function promised that it is writable.
            unsafe { ptr::write(out, value) };
            netmile_status::NETMILE_OK
        }
        // SAFETY: the caller of the C function promised that it is NULL or writable.
        Err(why) => unsafe { fail(error, &why) },
    }
}

/// As [`call`], for functions that give nothing back.
///
/// # Safety
/// `error` is NULL or writable.
pub(crate) unsafe fn call_plain(
    error: *mut *mut netmile_error,
    body: impl FnOnce() -> Result<(), FfiError>,
) -> netmile_status {
    match guard(body) {
        Ok(()) => netmile_status::NETMILE_OK,
        // SAFETY: the caller of the C function promised that it is NULL or writable.
        Err(why) => unsafe { fail(error, &why) },
    }
}

unsafe fn fail(error: *mut *mut netmile_error, why: &FfiError) -> netmile_status {
    if !error.is_null() {
        let object = Box::into_raw(Box::new(netmile_error::from(why)));
        // SAFETY: not NULL, and the caller of the C function promised that it is writable.
        unsafe { ptr::write(error, object) };
    }
    match why.code {
        "invalid_argument" | "unknown_operation" => netmile_status::NETMILE_INVALID_ARGUMENT,
        "panic" => netmile_status::NETMILE_PANIC,
        _ => netmile_status::NETMILE_FAILED,
    }
}

/// Stable code, such as `hash_mismatch`. NULL for NULL. Lives as long as the error.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_code(error: *const netmile_error) -> *const c_char {
    // SAFETY: promised above.
    unsafe { error.as_ref() }.map_or(ptr::null(), |error| error.code.as_ptr())
}

/// The field or argument it is about; NULL when it is about the whole call. Lives as long as the error.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_field(error: *const netmile_error) -> *const c_char {
    // SAFETY: promised above.
    unsafe { error.as_ref() }.map_or(ptr::null(), |error| text::pointer(error.field.as_ref()))
}

/// The rule that was broken, or what happened, in English. NULL for NULL. Lives as long as the error.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_detail(error: *const netmile_error) -> *const c_char {
    // SAFETY: promised above.
    unsafe { error.as_ref() }.map_or(ptr::null(), |error| error.detail.as_ptr())
}

/// Field, detail and code in one line, in English, safe to log. NULL for NULL. Lives as long as the error.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_message(error: *const netmile_error) -> *const c_char {
    // SAFETY: promised above.
    unsafe { error.as_ref() }.map_or(ptr::null(), |error| error.message.as_ptr())
}

/// What to do, and who acts: in Japanese when `japanese` is true, else in English. NULL for NULL. Lives as long as
/// the error.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_hint(
    error: *const netmile_error,
    japanese: bool,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { error.as_ref() }.map_or(ptr::null(), |error| {
        if japanese {
            error.hint_ja.as_ptr()
        } else {
            error.hint_en.as_ptr()
        }
    })
}

/// Whether the same call may succeed later without any change. False for NULL.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_retryable(error: *const netmile_error) -> bool {
    // SAFETY: promised above.
    unsafe { error.as_ref() }.is_some_and(|error| error.retryable)
}

/// Frees an error; NULL does nothing.
///
/// # Safety
/// `error` is NULL or an error of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_error_free(error: *mut netmile_error) {
    // SAFETY: promised above.
    unsafe { text::free(error) }
}
