//! What is done in which order, for each subject: straight-line functions over the step machine's [`Io`].
//!
//! The client, the step API and the simulator run the same functions, so that nobody loses a promise by choosing a
//! driver.
//!
//! [`Io`]: crate::engine::Io

mod answer;
pub(crate) mod bulk;
mod call;
mod charge;
mod evidence;
pub(crate) mod exchange;
mod raw;
mod record;
mod resolve;
pub(crate) mod transaction;

pub(crate) use charge::{perform, start};
pub(crate) use evidence::{look_up, note};
pub use raw::RawVerdict;
pub(crate) use raw::{RAW_KIND, RAW_OPEN, raw, raw_reviewed, raw_row_id, raw_sent_at};
pub(crate) use record::{
    Billing, KIND, Open, Record, Written, order_key, row_id, tracking_key, unknown,
};
pub(crate) use resolve::resolve;

use std::sync::Arc;

use crate::api::{ChargeRequest, Gateway, Means};
use crate::charge::{Bounds, Kind, Plan};
use crate::contract::{ApiFlow, InquiryBy};
use crate::engine::{RetryBudget, RetryPolicy};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

/// What the flows of one method of one contract need.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) gateway: Gateway,
    pub(crate) bounds: Bounds,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Arc<RetryBudget>,
}

/// How the method of a gateway works, as far as a charge has to remember it.
pub(crate) fn plan(gateway: &Gateway, kind: &Kind) -> Plan {
    let ids = gateway.ids();
    let ask = ids.functions.inquiry.is_some();
    // A period is requested by another function than a payment, and commits nothing.
    let flow = match kind {
        Kind::Period { .. } => ApiFlow::OneStep,
        _ => ids.flow,
    };
    Plan {
        flow,
        capture: ids.capture,
        ask,
        ask_by_order: ask && ids.inquiry_by == InquiryBy::Order,
        ask_refunded: ask && ids.tells_refunds,
        limit_seconds: limit_seconds(gateway),
    }
}

/// Seconds for which this gateway's calls are signed.
fn limit_seconds(gateway: &Gateway) -> u32 {
    let limit = gateway.context().limit();
    limit.map_or(MAX_LIMIT, |limit| u32::from(limit.get()))
}

/// Longest time for which a request can stay valid, where the contract's preset is not known. Seconds.
const MAX_LIMIT: u32 = 9999;

/// Last instant at which the slip of a request can be paid.
pub(crate) fn pay_by(request: &ChargeRequest) -> Result<Option<Timestamp>> {
    let Means::Slip(slip) = &request.means else {
        return Ok(None);
    };
    let Some(day) = &slip.pay_by else {
        return Ok(None);
    };
    let at = Timestamp::parse_jst(&format!("{day}235959")).map_err(|_| {
        Error::field(
            ErrorKind::InvalidValue,
            "pay_by",
            "must be a date written YYYYMMDD",
        )
    })?;
    Ok(Some(at))
}
