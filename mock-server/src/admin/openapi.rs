//! The OpenAPI document of the admin API.

use utoipa::OpenApi;

use super::{routes, settlements};
use crate::{api::routes as api, office::admin as miles};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "netmile-mock admin API",
        description = "See and steer the mock gateway: clock, log, ledger, payments, notices, faults."
    ),
    paths(
        routes::clock,
        routes::advance,
        routes::log,
        routes::ledger,
        routes::members,
        routes::adjust,
        routes::payments,
        routes::refund,
        routes::resend,
        routes::later_notice,
        routes::notices,
        routes::sessions,
        routes::resend_session,
        routes::registrations,
        routes::contracts,
        routes::faults,
        routes::add_fault,
        routes::clear_faults,
        routes::remove_fault,
        routes::set_advertiser,
        routes::reset,
        settlements::settlements,
        settlements::settlement,
        settlements::periods,
        settlements::refund_period,
        api::payments,
        api::contracts,
        api::ledger,
        api::notices,
        api::slip,
        api::send,
        api::notify,
        api::notice_url,
        miles::office,
        miles::applications,
        miles::decide,
        miles::set_usable,
        miles::mails,
        miles::process,
        miles::set_drop,
        miles::pull,
    )
)]
struct Document;

/// The document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The document as JSON text.
///
/// # Errors
/// Never in practice: the document is built from our own types.
pub fn json() -> Result<String, serde_json::Error> {
    document().to_pretty_json()
}
