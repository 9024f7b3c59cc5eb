//! Text and bytes across the border.

use std::ffi::{CStr, CString, c_char};
use std::slice;

use netmile_ffi_runtime::FfiError;

/// Largest body taken: more than any message has, little enough not to hurt.
const MAX_BYTES: usize = 16 * 1024 * 1024;

fn null(name: &'static str) -> FfiError {
    FfiError::field("invalid_argument", name, "must not be NULL")
}

/// Reads an argument.
///
/// # Safety
/// `text` is NULL or points to bytes that end with NUL and stay unchanged during the call.
pub(crate) unsafe fn read<'a>(
    name: &'static str,
    text: *const c_char,
) -> Result<&'a str, FfiError> {
    // SAFETY: the caller of the C function promised it.
    unsafe { read_optional(name, text) }?.ok_or_else(|| null(name))
}

/// Reads an argument that may be NULL.
///
/// # Safety
/// As [`read`].
pub(crate) unsafe fn read_optional<'a>(
    name: &'static str,
    text: *const c_char,
) -> Result<Option<&'a str>, FfiError> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller of the C function promised it.
    let text = unsafe { CStr::from_ptr(text) }.to_str();
    text.map(Some)
        .map_err(|_| FfiError::field("invalid_argument", name, "must be UTF-8"))
}

/// Reads text that need not be UTF-8, or NULL.
///
/// # Safety
/// As [`read`].
pub(crate) unsafe fn read_raw<'a>(text: *const c_char) -> Option<&'a [u8]> {
    // SAFETY: the caller of the C function promised it.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// Reads bytes.
///
/// # Safety
/// `data` is NULL with `len` 0, or points to `len` bytes that stay unchanged during the call.
pub(crate) unsafe fn read_bytes(
    name: &'static str,
    data: *const u8,
    len: usize,
) -> Result<Vec<u8>, FfiError> {
    if len == 0 {
        return Ok(Vec::new());
    }
    if data.is_null() {
        return Err(null(name));
    }
    if len > MAX_BYTES {
        return Err(FfiError::field("too_large", name, "must be at most 16 MiB"));
    }
    // SAFETY: the caller of the C function promised it.
    Ok(unsafe { slice::from_raw_parts(data, len) }.to_vec())
}

/// Borrows an object.
///
/// # Safety
/// `object` is NULL or came from this library, was not freed, and is not changed by another thread.
pub(crate) unsafe fn object<'a, T>(
    name: &'static str,
    object: *const T,
) -> Result<&'a T, FfiError> {
    // SAFETY: the caller of the C function promised it.
    unsafe { object.as_ref() }.ok_or_else(|| null(name))
}

/// Borrows an object to change it.
///
/// # Safety
/// As [`object`], and nobody else uses it.
pub(crate) unsafe fn object_mut<'a, T>(
    name: &'static str,
    object: *mut T,
) -> Result<&'a mut T, FfiError> {
    // SAFETY: the caller of the C function promised it.
    unsafe { object.as_mut() }.ok_or_else(|| null(name))
}

/// Frees an object; NULL does nothing.
///
/// # Safety
/// `object` is NULL or came from this library as an owned pointer and was not freed.
pub(crate) unsafe fn free<T>(object: *mut T) {
    if !object.is_null() {
        // SAFETY: it was made by `Box::into_raw`.
        let owned = unsafe { Box::from_raw(object) };
        let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || drop(owned)));
        if let Err(payload) = dropped {
            std::mem::forget(payload);
        }
    }
}

/// Text for C. Nothing that comes here holds a NUL; if one did, the text would end there.
pub(crate) fn c_text(text: &str) -> CString {
    let until = text.split('\0').next().unwrap_or_default();
    CString::new(until).unwrap_or_default()
}

/// Text for C, or nothing.
pub(crate) fn c_optional(text: Option<&str>) -> Option<CString> {
    text.map(c_text)
}

/// The pointer of a text that may be absent.
pub(crate) fn pointer(text: Option<&CString>) -> *const c_char {
    text.map_or(std::ptr::null(), |text| text.as_ptr())
}

/// Gives out bytes with their number.
///
/// # Safety
/// `length` is NULL or writable.
pub(crate) unsafe fn bytes(bytes: Option<&[u8]>, length: *mut usize) -> *const u8 {
    if !length.is_null() {
        // SAFETY: the caller of the C function promised it.
        unsafe { std::ptr::write(length, bytes.map_or(0, <[u8]>::len)) };
    }
    bytes.map_or(std::ptr::null(), <[u8]>::as_ptr)
}
