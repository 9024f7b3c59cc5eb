//! What the shop has to act on, and where purchases stand.

use std::ffi::{CString, c_char};
use std::ptr;

use netmile_ffi_runtime::Context;
use netmile_uniffi::operations;
use netmile_uniffi::records::{EventId, Limit, PurchaseId};

use crate::client::{netmile_client, netmile_string, own};
use crate::error::{call, netmile_error, netmile_status};
use crate::text;

/// Events, oldest first. Freed by netmile_events_free.
pub struct netmile_events {
    events: Vec<Event>,
}

struct Event {
    id: i64,
    amount: i64,
    kind: CString,
    purchase_id: CString,
    order_id: Option<CString>,
    tracking_id: Option<CString>,
}

/// Takes at most `limit` (1 to 1000) events; other workers do not see them for a while. Acknowledge each after the
/// goods are out: until then it comes again.
///
/// # Safety
/// `client` is NULL or a client of this library; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_events_next(
    client: *const netmile_client,
    limit: i64,
    out: *mut *mut netmile_events,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let next = |context: Context| operations::events_next(context, Limit { limit });
            let taken = client.handle.run(next)?.deliveries;
            let events = taken.into_iter().map(|delivery| Event {
                id: delivery.id,
                amount: delivery.amount,
                kind: text::c_text(&delivery.kind),
                purchase_id: text::c_text(&delivery.purchase_id),
                order_id: text::c_optional(delivery.order_id.as_deref()),
                tracking_id: text::c_optional(delivery.tracking_id.as_deref()),
            });
            Ok(Box::into_raw(Box::new(netmile_events {
                events: events.collect(),
            })))
        })
    }
}

/// Acknowledges an event for good. `out` receives false when it was acknowledged before.
///
/// # Safety
/// `client` is NULL or a client of this library; `out` and `error` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_ack(
    client: *const netmile_client,
    id: i64,
    out: *mut bool,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let ack = |context: Context| operations::events_ack(context, EventId { id });
            Ok(client.handle.run(ack)?.acknowledged)
        })
    }
}

/// Where a purchase stands: `open`, `paid`, `needs_review`, … Freed by netmile_string_free. Everything else about a
/// purchase comes from netmile_invoke with `purchase.get`.
///
/// # Safety
/// `client` is NULL or a client of this library; `purchase_id` is NULL or ends with NUL; `out` and `error` are NULL
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_purchase_phase(
    client: *const netmile_client,
    purchase_id: *const c_char,
    out: *mut *mut netmile_string,
    error: *mut *mut netmile_error,
) -> netmile_status {
    // SAFETY: promised above.
    unsafe {
        call(out, error, || {
            let client = text::object("client", client)?;
            let request = PurchaseId {
                purchase_id: text::read("purchase_id", purchase_id)?.to_owned(),
            };
            let get = |context: Context| operations::purchase_get(context, request);
            Ok(own(&client.handle.run(get)?.phase))
        })
    }
}

/// How many events there are. 0 for NULL.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_events_count(events: *const netmile_events) -> usize {
    // SAFETY: promised above.
    unsafe { events.as_ref() }.map_or(0, |events| events.events.len())
}

unsafe fn at<'a>(events: *const netmile_events, index: usize) -> Option<&'a Event> {
    // SAFETY: the caller of the C function promised it.
    unsafe { events.as_ref() }.and_then(|events| events.events.get(index))
}

/// Number of an event, counted from 0: make the fulfilment idempotent by it and the purchase id together, since a
/// journal begun anew counts from 1 again. 0 behind the last one.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_id(events: *const netmile_events, index: usize) -> i64 {
    // SAFETY: promised above.
    unsafe { at(events, index) }.map_or(0, |event| event.id)
}

/// Yen of the purchase that an event is about. 0 behind the last one.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_amount(events: *const netmile_events, index: usize) -> i64 {
    // SAFETY: promised above.
    unsafe { at(events, index) }.map_or(0, |event| event.amount)
}

/// What happened: `paid`, `needs_review`, … NULL behind the last one. Lives as long as the events.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_kind(
    events: *const netmile_events,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { at(events, index) }.map_or(ptr::null(), |event| event.kind.as_ptr())
}

/// The shop's id of the purchase. NULL behind the last one. Lives as long as the events.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_purchase_id(
    events: *const netmile_events,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { at(events, index) }.map_or(ptr::null(), |event| event.purchase_id.as_ptr())
}

/// The attempt that the event is about. NULL when there is none. Lives as long as the events.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_order_id(
    events: *const netmile_events,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { at(events, index) }.map_or(ptr::null(), |event| text::pointer(event.order_id.as_ref()))
}

/// The payment that the event is about. NULL when there is none. Lives as long as the events.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_event_tracking_id(
    events: *const netmile_events,
    index: usize,
) -> *const c_char {
    // SAFETY: promised above.
    unsafe { at(events, index) }.map_or(ptr::null(), |event| {
        text::pointer(event.tracking_id.as_ref())
    })
}

/// Frees it; NULL does nothing.
///
/// # Safety
/// `events` is NULL or one of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn netmile_events_free(events: *mut netmile_events) {
    // SAFETY: promised above.
    unsafe { text::free(events) }
}
