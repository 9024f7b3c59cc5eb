//! The admin API's part for the API type, under `/_mock/api`.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    routing::{get, post, put},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    records::{ApiContract, ApiNotice, ApiPayment, Movement},
    steps::slip::SlipEvent,
    terms::NoticeStyle,
    verbs::{ApiNoticeOrder, SlipOutcome},
};
use crate::{
    admin::routes::{Answer, Problem, Refused, admin, read},
    gateway::Gateway,
    store::notices::Verdict,
};

pub(crate) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/payments", get(payments))
        .route("/contracts", get(contracts))
        .route("/ledger", get(ledger))
        .route("/notices", get(notices))
        .route("/payments/{tracking_id}/slip", post(slip))
        .route("/notices/{id}/send", post(send))
        .route("/notify", post(notify))
        .route(
            "/merchants/{merchant_id}/{service_id}/notice-url",
            put(notice_url),
        )
}

/// The payments of the API type.
#[utoipa::path(get, path = "/_mock/api/payments", responses((status = 200, body = Vec<ApiPayment>)))]
pub(crate) async fn payments(State(gateway): State<Arc<Gateway>>) -> Json<Vec<ApiPayment>> {
    Json(admin(gateway).api_payments().await)
}

/// The contracts applied for by API.
#[utoipa::path(get, path = "/_mock/api/contracts", responses((status = 200, body = Vec<ApiContract>)))]
pub(crate) async fn contracts(State(gateway): State<Arc<Gateway>>) -> Json<Vec<ApiContract>> {
    Json(admin(gateway).api_contracts().await)
}

/// Every movement of money of the API type, oldest first.
#[utoipa::path(get, path = "/_mock/api/ledger", responses((status = 200, body = Vec<Movement>)))]
pub(crate) async fn ledger(State(gateway): State<Arc<Gateway>>) -> Json<Vec<Movement>> {
    Json(admin(gateway).api_ledger().await)
}

/// The notices of the API type, oldest first.
#[utoipa::path(get, path = "/_mock/api/notices", responses((status = 200, body = Vec<ApiNotice>)))]
pub(crate) async fn notices(State(gateway): State<Arc<Gateway>>) -> Json<Vec<ApiNotice>> {
    Json(admin(gateway).api_notices().await)
}

/// What happens to a slip.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    /// What happens.
    event: SlipEvent,
    /// Yen of the deposit; what is missing when absent.
    #[serde(default)]
    yen: Option<u64>,
}

/// Lets a slip be paid, cancelled or expire, and tells the merchant.
#[utoipa::path(post, path = "/_mock/api/payments/{tracking_id}/slip", request_body = Event,
    params(("tracking_id" = String, Path)),
    responses((status = 200, body = SlipOutcome), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 409, body = Problem)))]
pub(crate) async fn slip(
    State(gateway): State<Arc<Gateway>>,
    Path(tracking_id): Path<String>,
    body: Body,
) -> Answer<SlipOutcome> {
    let event: Event = read(body).await?;
    let admin = admin(gateway);
    let done = admin.api_slip(&tracking_id, event.event, event.yen).await?;
    Ok(Json(done))
}

/// In which variant a notice is sent again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Again {
    /// The merchant's own when absent.
    #[serde(default)]
    style: Option<NoticeStyle>,
}

/// How a merchant took a notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Taken {
    verdict: Verdict,
}

/// Sends a notice of the API type again, signed anew.
#[utoipa::path(post, path = "/_mock/api/notices/{id}/send", request_body = Again,
    params(("id" = u64, Path)),
    responses((status = 200, body = Taken), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn send(
    State(gateway): State<Arc<Gateway>>,
    id: Result<Path<u64>, PathRejection>,
    body: Body,
) -> Answer<Taken> {
    let Path(id) = id?;
    let again: Again = read(body).await?;
    let verdict = admin(gateway).api_resend(id, again.style).await?;
    Ok(Json(Taken { verdict }))
}

/// Sends a notice that is made up on the spot.
#[utoipa::path(post, path = "/_mock/api/notify", request_body = ApiNoticeOrder,
    responses((status = 200, body = Taken), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 409, body = Problem)))]
pub(crate) async fn notify(State(gateway): State<Arc<Gateway>>, body: Body) -> Answer<Taken> {
    let order: ApiNoticeOrder = read(body).await?;
    let verdict = admin(gateway).api_notify(&order).await?;
    Ok(Json(Taken { verdict }))
}

/// Where notices go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Target {
    /// An http or https address.
    url: String,
}

/// Registers where a merchant's notices of the API type go.
#[utoipa::path(put, path = "/_mock/api/merchants/{merchant_id}/{service_id}/notice-url", request_body = Target,
    params(("merchant_id" = String, Path), ("service_id" = String, Path)),
    responses((status = 204), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 409, body = Problem)))]
pub(crate) async fn notice_url(
    State(gateway): State<Arc<Gateway>>,
    Path((merchant_id, service_id)): Path<(String, String)>,
    body: Body,
) -> Result<StatusCode, Refused> {
    let target: Target = read(body).await?;
    admin(gateway)
        .set_api_notice_url(&merchant_id, &service_id, &target.url)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
