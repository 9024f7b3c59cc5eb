//! Filling in a purchase request.

use std::ffi::c_char;

use netmile_ffi_runtime::FfiError;
use netmile_uniffi::records::{DetailRow, Pair, PurchaseRequest, Urls};

use crate::error::{call, call_plain, netmile_error, netmile_status};
use crate::text;

/// A purchase request that is being filled in. Made by netmile_request_new, freed by netmile_request_free. It may be
/// used for several checkouts.
pub struct netmile_request {
    pub(crate) request: PurchaseRequest,
}

/// A request of a one-time purchase by NetMile on a PC. `purchase_id`: the shop's own id, 1 to 34 of
/// `[0-9A-Za-z_-]`. `cust_code`: the shop's id of the customer. `amount`: yen, tax included. The values are checked
/// when it is used.
///
/// # Safety
/// The texts are NULL or end with NUL; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_request_new(
    purchase_id: *const c_char,
    cust_code: *const c_char,
    item_id: *const c_char,
    amount: i64,
    out: *mut *mut netmile_request,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let request = PurchaseRequest {
                purchase_id: text::read("purchase_id", purchase_id)?.to_owned(),
                cust_code: text::read("cust_code", cust_code)?.to_owned(),
                item_id: text::read("item_id", item_id)?.to_owned(),
                amount,
                urls: Urls {
                    success: String::new(),
                    cancel: String::new(),
                    error: String::new(),
                    notify: String::new(),
                },
                terminal: "pc".to_owned(),
                item_name: String::new(),
                tax: None,
                billing: None,
                pay_methods: None,
                camp_type: None,
                last_charge_month: None,
                free: Vec::new(),
                free_csv: Vec::new(),
                rows: Vec::new(),
            };
            Ok(Box::into_raw(Box::new(netmile_request { request })))
        })
    }
}

/// Sets a text: `success_url`, `cancel_url`, `error_url`, `notify_url`, `terminal` (`pc`, `smartphone`,
/// `feature_phone`), `item_name`, `billing` (`one_time`, `recurring_simple`, `recurring_metered`), `pay_method` (a
/// tag, several tags with commas, or empty for all), `last_charge_month`, `free1`, `free2`, `free3`, or any
/// `free_csv.KEY`.
///
/// # Safety
/// `request` is NULL or a request of this library that nobody else uses; the texts are NULL or end with NUL; `error`
/// is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_request_set_text(
    request: *mut netmile_request,
    name: *const c_char,
    value: *const c_char,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call_plain(error, || {
            let request = &mut text::object_mut("request", request)?.request;
            set(
                request,
                text::read("name", name)?,
                text::read("value", value)?,
            )
        })
    }
}

/// Sets a number: `amount`, `tax` (yen) or `camp_type` (one digit).
///
/// # Safety
/// `request` is NULL or a request of this library that nobody else uses; `name` is NULL or ends with NUL; `error`
/// is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_request_set_number(
    request: *mut netmile_request,
    name: *const c_char,
    value: i64,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call_plain(error, || {
            let request = &mut text::object_mut("request", request)?.request;
            match text::read("name", name)? {
                "amount" => request.amount = value,
                "tax" => request.tax = Some(value),
                "camp_type" => request.camp_type = Some(value),
                _ => return Err(unknown("name")),
            }
            Ok(())
        })
    }
}

/// Adds a detail row; rows are numbered in this order. `count` and `tax` below zero mean: not given.
///
/// # Safety
/// `request` is NULL or a request of this library that nobody else uses; the texts are NULL or end with NUL; `error`
/// is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_request_add_row(
    request: *mut netmile_request,
    item_id: *const c_char,
    item_name: *const c_char,
    amount: i64,
    count: i64,
    tax: i64,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call_plain(error, || {
            let row = DetailRow {
                item_id: text::read("item_id", item_id)?.to_owned(),
                item_name: text::read("item_name", item_name)?.to_owned(),
                amount,
                count: (count >= 0).then_some(count),
                tax: (tax >= 0).then_some(tax),
                free: Vec::new(),
            };
            let rows = &mut text::object_mut("request", request)?.request.rows;
            rows.push(row);
            Ok(())
        })
    }
}

/// Frees a request; NULL does nothing.
///
/// # Safety
/// `request` is NULL or a request of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_request_free(request: *mut netmile_request) {
    // SAFETY: promised above.
    unsafe { text::free(request) }
}

fn unknown(field: &'static str) -> FfiError {
    FfiError::field(
        "invalid_argument",
        field,
        "is not a field that is set by this function",
    )
}

fn set(request: &mut PurchaseRequest, name: &str, value: &str) -> Result<(), FfiError> {
    let owned = value.to_owned();
    let free_text = |request: &mut PurchaseRequest, index: usize| {
        request.free.resize(3, String::new());
        if let Some(text) = request.free.get_mut(index) {
            value.clone_into(text);
        }
    };
    match name {
        "success_url" => request.urls.success = owned,
        "cancel_url" => request.urls.cancel = owned,
        "error_url" => request.urls.error = owned,
        "notify_url" => request.urls.notify = owned,
        "terminal" => request.terminal = owned,
        "item_name" => request.item_name = owned,
        "billing" => request.billing = Some(owned),
        "last_charge_month" => request.last_charge_month = Some(owned),
        "pay_method" => {
            let tags = value.split(',').filter(|tag| !tag.is_empty());
            request.pay_methods = Some(tags.map(str::to_owned).collect());
        }
        "free1" => free_text(request, 0),
        "free2" => free_text(request, 1),
        "free3" => free_text(request, 2),
        _ => match name.strip_prefix("free_csv.") {
            Some(key) => request.free_csv.push(Pair {
                name: key.to_owned(),
                value: owned,
            }),
            None => return Err(unknown("name")),
        },
    }
    Ok(())
}
