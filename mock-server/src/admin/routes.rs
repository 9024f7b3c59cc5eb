//! The admin API over HTTP. It has no log-in: the mock listens on loopback by default.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Body,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{Admin, ClockView, MemberView, SessionView};
use crate::{
    due::Happening,
    faults::{FaultRule, WaitingFault},
    gateway::Gateway,
    options::MockError,
    scenario::AdvertiserAnswer,
    store::{
        contracts::Contract,
        ledger::Entry,
        notices::{Attempt, LogEntry, Verdict},
        payments::Payment,
        registrations::Registration,
    },
};

/// Largest admin request, in bytes.
const BODY_BYTES: usize = 64 * 1024;

/// Longest listing.
const MOST: u32 = 10_000;

/// An error of the admin API.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What went wrong: the field and the rule.
    error: String,
}

pub(crate) type Answer<T> = Result<Json<T>, Refused>;

pub(crate) struct Refused(StatusCode, String);

impl Refused {
    /// A request that breaks a rule.
    pub(super) fn bad(rule: String) -> Self {
        Self(StatusCode::BAD_REQUEST, rule)
    }
}

impl From<MockError> for Refused {
    fn from(error: MockError) -> Self {
        let status = match error {
            MockError::NotFound { .. } => StatusCode::NOT_FOUND,
            MockError::Refused(_) => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, error.to_string())
    }
}

impl From<QueryRejection> for Refused {
    fn from(error: QueryRejection) -> Self {
        Self(error.status(), error.body_text())
    }
}

impl From<PathRejection> for Refused {
    fn from(error: PathRejection) -> Self {
        Self(error.status(), error.body_text())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(Problem { error: self.1 })).into_response()
    }
}

pub(crate) async fn read<T: DeserializeOwned>(body: Body) -> Result<T, Refused> {
    let bytes = axum::body::to_bytes(body, BODY_BYTES)
        .await
        .map_err(|_| Refused(StatusCode::PAYLOAD_TOO_LARGE, "body: too large".to_owned()))?;
    serde_json::from_slice(&bytes)
        .map_err(|e| Refused(StatusCode::BAD_REQUEST, format!("body: {e}")))
}

pub(crate) fn admin(gateway: Arc<Gateway>) -> Admin {
    Admin { gateway }
}

pub(crate) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/openapi.json", get(openapi))
        .route("/clock", get(clock))
        .route("/clock/advance", post(advance))
        .route("/log", get(log))
        .route("/ledger", get(ledger))
        .route("/members", get(members))
        .route("/members/{login}/adjust", post(adjust))
        .route("/payments", get(payments))
        .route("/payments/{tracking_id}/refund", post(refund))
        .route("/payments/{tracking_id}/resend", post(resend))
        .route("/payments/{tracking_id}/notice", post(later_notice))
        .route("/notices", get(notices))
        .route("/sessions", get(sessions))
        .route("/sessions/{id}/resend", post(resend_session))
        .route("/registrations", get(registrations))
        .route("/contracts", get(contracts))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/faults/{id}", axum::routing::delete(remove_fault))
        .route("/advertisers/{id}", put(set_advertiser))
        .route("/reset", post(reset))
        .merge(super::settlements::router())
        .nest("/miles", crate::office::admin::router())
        .nest("/api", crate::api::routes::router())
}

async fn openapi() -> Response {
    Json(super::openapi::document()).into_response()
}

/// The clock.
#[utoipa::path(get, path = "/_mock/clock", responses((status = 200, body = ClockView)))]
pub(crate) async fn clock(State(gateway): State<Arc<Gateway>>) -> Json<ClockView> {
    Json(admin(gateway).clock())
}

/// How far to move the clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Advance {
    /// Seconds.
    seconds: u32,
}

/// What moving the clock brought about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Advanced {
    clock: ClockView,
    happened: Vec<Happening>,
}

/// Moves the clock forward and does everything that becomes due before it answers.
#[utoipa::path(post, path = "/_mock/clock/advance", request_body = Advance,
    responses((status = 200, body = Advanced), (status = 400, body = Problem), (status = 413, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn advance(State(gateway): State<Arc<Gateway>>, body: Body) -> Answer<Advanced> {
    let by: Advance = read(body).await?;
    let admin = admin(gateway);
    let happened = admin.advance(by.seconds).await?;
    Ok(Json(Advanced {
        clock: admin.clock(),
        happened,
    }))
}

/// Which part of the log.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogPart {
    /// Entries after this number; all when absent.
    after: Option<i64>,
    /// At most so many; 1000 by default.
    limit: Option<u32>,
}

/// Every message in and out, masked, with what the mock's reading of it rests on.
#[utoipa::path(get, path = "/_mock/log", params(LogPart),
    responses((status = 200, body = Vec<LogEntry>), (status = 400, body = Problem)))]
pub(crate) async fn log(
    State(gateway): State<Arc<Gateway>>,
    part: Result<Query<LogPart>, QueryRejection>,
) -> Answer<Vec<LogEntry>> {
    let Query(part) = part?;
    let limit = part.limit.unwrap_or(1_000).min(MOST);
    Ok(Json(
        admin(gateway).log(part.after.unwrap_or(0), limit).await?,
    ))
}

/// Whose ledger.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whose {
    /// Member; everybody when absent.
    member: Option<String>,
}

/// The ledger, oldest first.
#[utoipa::path(get, path = "/_mock/ledger", params(Whose),
    responses((status = 200, body = Vec<Entry>), (status = 400, body = Problem)))]
pub(crate) async fn ledger(
    State(gateway): State<Arc<Gateway>>,
    whose: Result<Query<Whose>, QueryRejection>,
) -> Answer<Vec<Entry>> {
    let Query(whose) = whose?;
    Ok(Json(admin(gateway).ledger(whose.member.as_deref()).await?))
}

/// The members with their balances.
#[utoipa::path(get, path = "/_mock/members", responses((status = 200, body = Vec<MemberView>)))]
pub(crate) async fn members(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<MemberView>> {
    Ok(Json(admin(gateway).members().await?))
}

/// A row for a passbook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Adjustment {
    /// Miles, negative to take.
    miles: i64,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Adds a row to a member's passbook.
#[utoipa::path(post, path = "/_mock/members/{login}/adjust", request_body = Adjustment,
    params(("login" = String, Path)),
    responses((status = 200, body = MemberView), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn adjust(
    State(gateway): State<Arc<Gateway>>,
    Path(login): Path<String>,
    body: Body,
) -> Answer<MemberView> {
    let by: Adjustment = read(body).await?;
    let miles = admin(gateway).adjust(&login, by.miles, &by.reason).await?;
    Ok(Json(MemberView { login, miles }))
}

/// All settled payments, oldest first.
#[utoipa::path(get, path = "/_mock/payments", responses((status = 200, body = Vec<Payment>)))]
pub(crate) async fn payments(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<Payment>> {
    Ok(Json(admin(gateway).payments().await?))
}

/// Refunds a payment in full.
#[utoipa::path(post, path = "/_mock/payments/{tracking_id}/refund",
    params(("tracking_id" = String, Path)),
    responses((status = 200, body = Payment), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn refund(
    State(gateway): State<Arc<Gateway>>,
    Path(tracking_id): Path<String>,
) -> Answer<Payment> {
    Ok(Json(admin(gateway).refund(&tracking_id).await?))
}

/// How a merchant took a notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sent {
    verdict: Verdict,
}

/// Sends a payment's result notice again, signed anew with a fresh date.
#[utoipa::path(post, path = "/_mock/payments/{tracking_id}/resend",
    params(("tracking_id" = String, Path)),
    responses((status = 200, body = Sent), (status = 404, body = Problem)))]
pub(crate) async fn resend(
    State(gateway): State<Arc<Gateway>>,
    Path(tracking_id): Path<String>,
) -> Answer<Sent> {
    let verdict = admin(gateway).resend(&tracking_id).await?;
    Ok(Json(Sent { verdict }))
}

/// A later notice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Later {
    /// `CR`, `CC`, `CL`, `PY` or `CN`.
    result: String,
}

/// Sends a later notice for a payment; `CR`, `CC` and `CL` end its contract.
#[utoipa::path(post, path = "/_mock/payments/{tracking_id}/notice", request_body = Later,
    params(("tracking_id" = String, Path)),
    responses((status = 200, body = Sent), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn later_notice(
    State(gateway): State<Arc<Gateway>>,
    Path(tracking_id): Path<String>,
    body: Body,
) -> Answer<Sent> {
    let later: Later = read(body).await?;
    let verdict = admin(gateway)
        .later_notice(&tracking_id, &later.result)
        .await?;
    Ok(Json(Sent { verdict }))
}

/// Every attempt to tell a merchant, with request, answer and verdict.
#[utoipa::path(get, path = "/_mock/notices", responses((status = 200, body = Vec<Attempt>)))]
pub(crate) async fn notices(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<Attempt>> {
    Ok(Json(admin(gateway).notices().await?))
}

/// The newest thousand sessions.
#[utoipa::path(get, path = "/_mock/sessions", responses((status = 200, body = Vec<SessionView>)))]
pub(crate) async fn sessions(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<SessionView>> {
    Ok(Json(admin(gateway).sessions(1_000).await?))
}

/// Sends the result notice of a settled session again, signed anew.
#[utoipa::path(post, path = "/_mock/sessions/{id}/resend", params(("id" = String, Path)),
    responses((status = 200, body = Sent), (status = 404, body = Problem)))]
pub(crate) async fn resend_session(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
) -> Answer<Sent> {
    let verdict = admin(gateway).resend_session(&id).await?;
    Ok(Json(Sent { verdict }))
}

/// All campaign registrations with their hand-over state.
#[utoipa::path(get, path = "/_mock/registrations",
    responses((status = 200, body = Vec<Registration>)))]
pub(crate) async fn registrations(
    State(gateway): State<Arc<Gateway>>,
) -> Answer<Vec<Registration>> {
    Ok(Json(admin(gateway).registrations().await?))
}

/// All recurring contracts.
#[utoipa::path(get, path = "/_mock/contracts", responses((status = 200, body = Vec<Contract>)))]
pub(crate) async fn contracts(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<Contract>> {
    Ok(Json(admin(gateway).contracts().await?))
}

/// The faults that wait.
#[utoipa::path(get, path = "/_mock/faults", responses((status = 200, body = Vec<WaitingFault>)))]
pub(crate) async fn faults(State(gateway): State<Arc<Gateway>>) -> Json<Vec<WaitingFault>> {
    Json(admin(gateway).faults())
}

/// Number of a fault.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FaultId {
    id: u64,
}

/// Sets a fault.
#[utoipa::path(post, path = "/_mock/faults", request_body = FaultRule,
    responses((status = 200, body = FaultId), (status = 400, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn add_fault(State(gateway): State<Arc<Gateway>>, body: Body) -> Answer<FaultId> {
    let rule: FaultRule = read(body).await?;
    rule.check(&gateway.scenario)
        .map_err(|rule| Refused(StatusCode::BAD_REQUEST, rule))?;
    Ok(Json(FaultId {
        id: admin(gateway).add_fault(rule),
    }))
}

/// Takes every fault away.
#[utoipa::path(delete, path = "/_mock/faults", responses((status = 204)))]
pub(crate) async fn clear_faults(State(gateway): State<Arc<Gateway>>) -> StatusCode {
    admin(gateway).clear_faults();
    StatusCode::NO_CONTENT
}

/// Takes one fault away.
#[utoipa::path(delete, path = "/_mock/faults/{id}", params(("id" = u64, Path)),
    responses((status = 204), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn remove_fault(
    State(gateway): State<Arc<Gateway>>,
    id: Result<Path<u64>, PathRejection>,
) -> Result<StatusCode, Refused> {
    let Path(id) = id?;
    if admin(gateway).remove_fault(id) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        let text = format!("no such fault: {id}");
        Err(Refused(StatusCode::NOT_FOUND, text))
    }
}

/// How an advertiser answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Behaviour {
    answer: AdvertiserAnswer,
}

/// Chooses how a built-in advertiser API answers from now on.
#[utoipa::path(put, path = "/_mock/advertisers/{id}", request_body = Behaviour,
    params(("id" = String, Path)),
    responses((status = 204), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 404, body = Problem)))]
pub(crate) async fn set_advertiser(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    body: Body,
) -> Result<StatusCode, Refused> {
    let behaviour: Behaviour = read(body).await?;
    admin(gateway).set_advertiser(&id, behaviour.answer)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets everything but the clock, and opens the balances anew.
#[utoipa::path(post, path = "/_mock/reset", responses((status = 204)))]
pub(crate) async fn reset(State(gateway): State<Arc<Gateway>>) -> Result<StatusCode, Refused> {
    admin(gateway).reset().await?;
    Ok(StatusCode::NO_CONTENT)
}
