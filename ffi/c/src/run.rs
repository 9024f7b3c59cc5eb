//! Operations whose HTTP requests the caller sends itself.

use std::ffi::c_char;

use netmile_ffi_runtime::Run;
use netmile_uniffi::steps;

use crate::client::{netmile_client, netmile_string, own};
use crate::error::{call, netmile_error, netmile_status};
use crate::text;

/// An operation that is driven step by step, for a transport of the caller's own. Freed by netmile_run_free. Belongs to
/// the process that started it.
pub struct netmile_run {
    run: Run,
}

/// Takes an operation whose HTTP requests the caller sends itself. Nothing is checked and nothing happens before the
/// first step. The client may be freed before the run.
///
/// # Safety
/// `client` is NULL or a client of this library; the texts are NULL or end with NUL; `out` and `error` are NULL or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_run_start(
    client: *const netmile_client,
    operation: *const c_char,
    request_json: *const c_char,
    out: *mut *mut netmile_run,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let handle = &text::object("client", client)?.handle;
            let operation = text::read("operation", operation)?.to_owned();
            let request = text::read("request_json", request_json)?.to_owned();
            let run = netmile_uniffi::start(handle, operation, request);
            Ok(Box::into_raw(Box::new(netmile_run { run })))
        })
    }
}

/// Goes on until something is to be sent, or the operation is over. `input_json` is NULL in the first step, and says
/// what became of the request in every further one:
///
///     {"result":"answered","status":200,"content_type":"text/xml","body":"…Base64…"}
///     {"result":"not_sent"}   no byte of it can have left
///     {"result":"lost"}       it may have arrived: a timeout, a reset
///
/// `out` gets `{"step":"send","timeout_ms","request":{"method","url","headers":[{"name","value"}],"body"}}`: send it once,
/// without retries and redirects, and wait for so long at most (at least 1; null: for ever); or
/// `{"step":"done","answer":{…}}` with what netmile_invoke would have given. A `not_sent` that comes after this time counts
/// as lost, since others may look for the request by then. An input that cannot be used counts as lost, too; the step then
/// says why under `problem`.
///
/// # Safety
/// `run` is NULL or a run of this library; `input_json` is NULL or text that ends with NUL; `out` and `error` are NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_run_step(
    run: *const netmile_run,
    input_json: *const c_char,
    out: *mut *mut netmile_string,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let run = &text::object("run", run)?.run;
            let input = text::read_raw(input_json);
            Ok(own(&steps::step_bytes(run, input)?))
        })
    }
}

/// Frees a run; NULL does nothing. One that is not over leaves what a crash would leave: netmile_invoke of
/// `client.recover` finds out.
///
/// # Safety
/// `run` is NULL or a run of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_run_free(run: *mut netmile_run) {
    // SAFETY: promised above.
    unsafe { text::free(run) }
}
