//! Signed forms.

use std::ffi::{CString, c_char};
use std::ptr;

use netmile_ffi_runtime::{Context, FfiError};
use netmile_uniffi::operations;
use netmile_uniffi::records::{Checkout, PurchaseId, SignPurchase, SignedForm};

use crate::client::netmile_client;
use crate::error::{call, netmile_error, netmile_status};
use crate::request::netmile_request;
use crate::text;

/// A signed form. Freed by netmile_checkout_free. It holds no key.
pub struct netmile_checkout {
    purchase_id: CString,
    order_id: CString,
    action: CString,
    fields: Vec<(CString, CString)>,
    body: Vec<u8>,
    html: Vec<u8>,
    page: Vec<u8>,
    page_content_type: CString,
    page_headers: Vec<(CString, CString)>,
    hosted: Option<CString>,
}

impl netmile_checkout {
    fn new(checkout: Checkout) -> *mut Self {
        let Checkout {
            purchase_id,
            order_id,
            form,
            hosted,
        } = checkout;
        let pairs = |pairs: Vec<netmile_uniffi::records::Pair>| {
            let pair = |pair: netmile_uniffi::records::Pair| {
                (text::c_text(&pair.name), text::c_text(&pair.value))
            };
            pairs.into_iter().map(pair).collect()
        };
        Box::into_raw(Box::new(Self {
            purchase_id: text::c_text(&purchase_id),
            order_id: text::c_text(&order_id),
            action: text::c_text(&form.action),
            fields: pairs(form.fields),
            body: form.body,
            html: form.html,
            page: form.page.body,
            page_content_type: text::c_text(&form.page.content_type),
            page_headers: pairs(form.page.headers),
            hosted: text::c_optional(hosted.as_deref()),
        }))
    }
}

/// Starts a purchase, or a further attempt of it. The attempt is in the journal before this returns.
///
/// # Safety
/// `client` and `request` are NULL or objects of this library; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_start(
    client: *const netmile_client,
    request: *const netmile_request,
    out: *mut *mut netmile_checkout,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let request = text::object("request", request)?.request.clone();
            let start = |context: Context| operations::checkout_start(context, request);
            Ok(netmile_checkout::new(client.handle.run(start)?))
        })
    }
}

/// Signs the newest attempt of a purchase again: for a page that is rendered again.
///
/// # Safety
/// `client` is NULL or a client of this library; `purchase_id` is NULL or ends with NUL; `out` and `error` are NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_render(
    client: *const netmile_client,
    purchase_id: *const c_char,
    out: *mut *mut netmile_checkout,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let request = PurchaseId {
                purchase_id: text::read("purchase_id", purchase_id)?.to_owned(),
            };
            let render = |context: Context| operations::checkout_render(context, request);
            Ok(netmile_checkout::new(client.handle.run(render)?))
        })
    }
}

/// Signs a request as it is, under this `order_id` and with this date (`YYYYMMDDHHMMSS`, Japanese time). Nothing is
/// recorded: for tests, and for shops with records of their own.
///
/// # Safety
/// `client` and `request` are NULL or objects of this library; the texts are NULL or end with NUL; `out` and `error`
/// are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_sign_purchase(
    client: *const netmile_client,
    request: *const netmile_request,
    order_id: *const c_char,
    at: *const c_char,
    out: *mut *mut netmile_checkout,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let sign = SignPurchase {
                request: text::object("request", request)?.request.clone(),
                order_id: text::read("order_id", order_id)?.to_owned(),
                at: text::read("at", at)?.to_owned(),
            };
            let (purchase_id, order_id) = (sign.request.purchase_id.clone(), sign.order_id.clone());
            let form: Result<SignedForm, FfiError> = client
                .handle
                .run(|context| operations::link_sign_purchase(context, sign));
            Ok(netmile_checkout::new(Checkout {
                purchase_id,
                order_id,
                form: form?,
                hosted: None,
            }))
        })
    }
}

/// The shop's own id. NULL for NULL. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_purchase_id(
    checkout: *const netmile_checkout,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(ptr::null(), |checkout| checkout.purchase_id.as_ptr())
}

/// The id of this attempt at the gateway. NULL for NULL. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_order_id(
    checkout: *const netmile_checkout,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(ptr::null(), |checkout| checkout.order_id.as_ptr())
}

/// Where the browser posts the form. NULL for NULL. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_action(
    checkout: *const netmile_checkout,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(ptr::null(), |checkout| checkout.action.as_ptr())
}

/// `Content-Type` of the page. NULL for NULL. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_page_content_type(
    checkout: *const netmile_checkout,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(ptr::null(), |checkout| checkout.page_content_type.as_ptr())
}

/// What an app needs to show the payment in a web view, as JSON without any secret. NULL for NULL, and when two of
/// the browser's URLs are the same. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_hosted(
    checkout: *const netmile_checkout,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(ptr::null(), |checkout| {
        text::pointer(checkout.hosted.as_ref())
    })
}

/// The body that the browser posts: url-encoded, in Shift_JIS. Writes the number of bytes to `length`, which may be
/// NULL. NULL for NULL. Lives as long as the checkout; does not end with NUL.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed; `length` is NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_body(
    checkout: *const netmile_checkout,
    length: *mut usize,
) -> *const u8 {
    // SAFETY: promised above.
    unsafe {
        text::bytes(
            checkout.as_ref().map(|checkout| checkout.body.as_slice()),
            length,
        )
    }
}

/// A form with a button, in Shift_JIS, for a page of the shop in Shift_JIS. Writes the number of bytes to `length`,
/// which may be NULL. NULL for NULL. Lives as long as the checkout; does not end with NUL.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed; `length` is NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_html(
    checkout: *const netmile_checkout,
    length: *mut usize,
) -> *const u8 {
    // SAFETY: promised above.
    unsafe {
        text::bytes(
            checkout.as_ref().map(|checkout| checkout.html.as_slice()),
            length,
        )
    }
}

/// A whole page that posts itself; send it with its content type and headers. Writes the number of bytes to
/// `length`, which may be NULL. NULL for NULL. Lives as long as the checkout; does not end with NUL.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed; `length` is NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_page(
    checkout: *const netmile_checkout,
    length: *mut usize,
) -> *const u8 {
    // SAFETY: promised above.
    unsafe {
        text::bytes(
            checkout.as_ref().map(|checkout| checkout.page.as_slice()),
            length,
        )
    }
}

/// How many fields the form has. 0 for NULL.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_field_count(checkout: *const netmile_checkout) -> usize {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(0, |checkout| checkout.fields.len())
}

/// Name of a field of the form, in the order of the wire, counted from 0. NULL behind the last one. Lives as long as
/// the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_field_name(
    checkout: *const netmile_checkout,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    let pair = unsafe { checkout.as_ref() }.and_then(|checkout| checkout.fields.get(index));
    pair.map_or(ptr::null(), |(name, _)| name.as_ptr())
}

/// Value of a field of the form, UTF-8, counted from 0. NULL behind the last one. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_field_value(
    checkout: *const netmile_checkout,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    let pair = unsafe { checkout.as_ref() }.and_then(|checkout| checkout.fields.get(index));
    pair.map_or(ptr::null(), |(_, value)| value.as_ptr())
}

/// How many further headers the page has. 0 for NULL.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_page_header_count(
    checkout: *const netmile_checkout,
) -> usize {
    // SAFETY: promised above.
    unsafe { checkout.as_ref() }.map_or(0, |checkout| checkout.page_headers.len())
}

/// Name of a further header of the page, counted from 0. NULL behind the last one. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_page_header_name(
    checkout: *const netmile_checkout,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    let pair = unsafe { checkout.as_ref() }.and_then(|checkout| checkout.page_headers.get(index));
    pair.map_or(ptr::null(), |(name, _)| name.as_ptr())
}

/// Value of a further header of the page, counted from 0. NULL behind the last one. Lives as long as the checkout.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_page_header_value(
    checkout: *const netmile_checkout,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    let pair = unsafe { checkout.as_ref() }.and_then(|checkout| checkout.page_headers.get(index));
    pair.map_or(ptr::null(), |(_, value)| value.as_ptr())
}

/// Frees it; NULL does nothing.
///
/// # Safety
/// `checkout` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_checkout_free(checkout: *mut netmile_checkout) {
    // SAFETY: promised above.
    unsafe { text::free(checkout) }
}
