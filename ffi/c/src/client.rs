//! The client, its versions, and operations by name.

use std::ffi::{CString, c_char};

use netmile_ffi_runtime::{FfiError, Handle};

use crate::error::{call, call_plain, netmile_error, netmile_status};
use crate::text;

/// A configured client. Made by netmile_client_new, freed by netmile_client_free. Threads may share it, and a forked
/// child may go on using it.
pub struct netmile_client {
    pub(crate) handle: Handle,
}

/// A text of the library. Freed by netmile_string_free.
pub struct netmile_string {
    text: CString,
}

/// The version of this interface. Whoever loads functions by name compares it with the NETMILE_ABI_VERSION that they
/// were written for, before any other call; for a program that is compiled with the header netmile_client_new does it.
#[unsafe(no_mangle)]
pub extern "C" fn netmile_abi_version() -> u32 {
    netmile_uniffi::ABI_VERSION
}

/// The version of the library, `MAJOR.MINOR.PATCH`. Static; never freed.
#[unsafe(no_mangle)]
pub extern "C" fn netmile_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Makes a client from its configuration, a JSON object in UTF-8. Nothing is started or opened before the first
/// call. Written as a call it is the macro at the end of the header, by which the library refuses a program of
/// another interface; the function that is loaded by this name compares nothing.
///
/// # Safety
/// `config_json` is NULL or text that ends with NUL; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_client_new(
    config_json: *const c_char,
    out: *mut *mut netmile_client,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe { netmile_client_new_for(netmile_uniffi::ABI_VERSION, config_json, out, error) }
}

/// netmile_client_new for a program of the interface `abi_version`, the NETMILE_ABI_VERSION of its header. Another one
/// than the library's is refused (`version_mismatch`) before the configuration is looked at.
///
/// # Safety
/// `config_json` is NULL or text that ends with NUL; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_client_new_for(
    abi_version: u32,
    config_json: *const c_char,
    out: *mut *mut netmile_client,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            if abi_version != netmile_uniffi::ABI_VERSION {
                return Err(FfiError::new(
                    "version_mismatch",
                    format!(
                        "the program was compiled for interface {abi_version}; this library, version {}, has interface {}",
                        env!("CARGO_PKG_VERSION"),
                        netmile_uniffi::ABI_VERSION
                    ),
                ));
            }
            let handle = Handle::new(text::read("config_json", config_json)?)?;
            Ok(Box::into_raw(Box::new(netmile_client { handle })))
        })
    }
}

/// The same client for one of its contracts; needed only when it has several. The new client is freed on its own.
///
/// # Safety
/// `client` is NULL or a client of this library; the texts are NULL or end with NUL; `out` and `error` are NULL or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_client_for_contract(
    client: *const netmile_client,
    merchant_id: *const c_char,
    service_id: *const c_char,
    out: *mut *mut netmile_client,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let handle = text::object("client", client)?.handle.for_contract(
                text::read("merchant_id", merchant_id)?,
                text::read("service_id", service_id)?,
            )?;
            Ok(Box::into_raw(Box::new(netmile_client { handle })))
        })
    }
}

/// The same client for one of its sites; needed only when it has several. The new client is freed on its own.
///
/// # Safety
/// `client` is NULL or a client of this library; `site_id` is NULL or ends with NUL; `out` and `error` are NULL or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_client_for_site(
    client: *const netmile_client,
    site_id: *const c_char,
    out: *mut *mut netmile_client,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let handle = &text::object("client", client)?.handle;
            let handle = handle.for_site(text::read("site_id", site_id)?)?;
            Ok(Box::into_raw(Box::new(netmile_client { handle })))
        })
    }
}

/// Closes what this process must not have open when it forks: the database of a journal in SQLite. The next call, here
/// or in the child, opens it again.
///
/// # Safety
/// `client` is NULL or a client of this library; `error` is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_client_release(
    client: *const netmile_client,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe { call_plain(error, || text::object("client", client)?.handle.release()) }
}

/// Frees a client; NULL does nothing. No call may be under way with it.
///
/// # Safety
/// `client` is NULL or a client of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_client_free(client: *mut netmile_client) {
    // SAFETY: promised above.
    unsafe { text::free(client) }
}

/// Runs any operation of the library by its name: JSON in, JSON out, both UTF-8. Bytes are Base64 in JSON.
///
/// # Safety
/// `client` is NULL or a client of this library; the texts are NULL or end with NUL; `out` and `error` are NULL or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_invoke(
    client: *const netmile_client,
    operation: *const c_char,
    request_json: *const c_char,
    out: *mut *mut netmile_string,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let handle = &text::object("client", client)?.handle;
            let operation = text::read("operation", operation)?;
            let request = text::read("request_json", request_json)?;
            let answer = netmile_uniffi::invoke(handle, operation, request)?;
            Ok(own(&answer))
        })
    }
}

/// Every operation with its effect, the names of its request and answer, and what it does, as a JSON array.
///
/// # Safety
/// `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_operations(
    out: *mut *mut netmile_string,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let operations: Vec<_> = netmile_uniffi::operations::all().collect();
            Ok(own(&serde_json::to_string(&operations).unwrap_or_default()))
        })
    }
}

/// The whole manifest as JSON: operations, records with their fields, effects and error codes.
///
/// # Safety
/// `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_manifest(
    out: *mut *mut netmile_string,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe { call(out, error, || Ok(own(&netmile_uniffi::manifest()))) }
}

pub(crate) fn own(content: &str) -> *mut netmile_string {
    Box::into_raw(Box::new(netmile_string {
        text: text::c_text(content),
    }))
}

/// The text, ending with NUL. NULL for NULL. Lives as long as the string object.
///
/// # Safety
/// `string` is NULL or a string of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_string_text(string: *const netmile_string) -> *const c_char {
    // SAFETY: promised above.
    unsafe { string.as_ref() }.map_or(std::ptr::null(), |string| string.text.as_ptr())
}

/// Length of the text in bytes, without the NUL. 0 for NULL.
///
/// # Safety
/// `string` is NULL or a string of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_string_length(string: *const netmile_string) -> usize {
    // SAFETY: promised above.
    unsafe { string.as_ref() }.map_or(0, |string| string.text.as_bytes().len())
}

/// Frees a string; NULL does nothing.
///
/// # Safety
/// `string` is NULL or a string of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_string_free(string: *mut netmile_string) {
    // SAFETY: promised above.
    unsafe { text::free(string) }
}
