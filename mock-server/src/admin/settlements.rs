//! Settlement statements and billed months, in process and over HTTP.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Admin,
    routes::{Answer, Problem, Refused, admin},
};
use crate::{
    gateway::Gateway,
    options::MockError,
    settlement::{Month, Statement},
    store::{
        contracts,
        periods::{self, Period},
    },
};

/// A statement without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementView {
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// The closed month, `YYYYMM`.
    #[schema(value_type = String)]
    pub month: Month,
    /// Name of the file.
    pub file: String,
    /// Number of sales and refunds.
    pub movements: usize,
    /// Sales minus refunds, in yen.
    pub amount: i64,
    /// Commissions minus those given back, in yen.
    pub fee: i64,
    /// Amount minus fee, in yen.
    pub net: i64,
    /// Left from the month before, in yen.
    pub carried_in: i64,
    /// Paid out, in yen.
    pub payout: i64,
    /// Left for the next month, in yen.
    pub carried_over: i64,
    /// Day of the payout, `2026-02-25`.
    pub payout_day: String,
}

impl From<&Statement> for StatementView {
    fn from(s: &Statement) -> Self {
        Self {
            merchant_id: s.merchant_id.clone(),
            service_id: s.service_id.clone(),
            month: s.month,
            file: s.file_name(),
            movements: s.rows.len(),
            amount: s.amount(),
            fee: s.fee(),
            net: s.net(),
            carried_in: s.payout.carried_in,
            payout: s.payout.paid,
            carried_over: s.payout.carried_over,
            payout_day: s.payout.day.to_string(),
        }
    }
}

impl Admin {
    /// The settlement statement of a month that has ended; one without rows when nothing moved.
    /// [`Statement::to_csv`] is its file.
    ///
    /// # Errors
    /// [`MockError`] when there is no such service, the month has not ended, or storage fails.
    pub async fn settlement(
        &self,
        merchant_id: &str,
        service_id: &str,
        month: Month,
    ) -> Result<Statement, MockError> {
        self.gateway.statement(merchant_id, service_id, month).await
    }

    /// Every statement with something in it, by service, oldest first.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn settlements(&self) -> Result<Vec<StatementView>, MockError> {
        let all = self.gateway.statements().await?;
        Ok(all.iter().map(StatementView::from).collect())
    }

    /// The months after the first that a recurring simple contract was due for, oldest first.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when there is no such contract.
    pub async fn periods(&self, contract: &str) -> Result<Vec<Period>, MockError> {
        let mut conn = self.gateway.conn().await?;
        if contracts::get(&mut conn, contract).await?.is_none() {
            return Err(MockError::NotFound {
                what: "contract",
                id: contract.to_owned(),
            });
        }
        periods::of_contract(&mut conn, contract).await
    }

    /// Refunds a billed month of a contract in full; the contract goes on.
    ///
    /// # Errors
    /// [`MockError`] when there is no such month or it can not be refunded.
    pub async fn refund_period(&self, contract: &str, month: Month) -> Result<Period, MockError> {
        self.gateway.refund_period(contract, month).await
    }
}

pub(super) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/settlements", get(settlements))
        .route(
            "/settlements/{merchant_id}/{service_id}/{month}",
            get(settlement),
        )
        .route("/contracts/{tracking_id}/periods", get(periods))
        .route(
            "/contracts/{tracking_id}/periods/{month}/refund",
            post(refund_period),
        )
}

fn month(text: &str) -> Result<Month, Refused> {
    text.parse().map_err(Refused::bad)
}

/// Every settlement statement with something in it.
#[utoipa::path(get, path = "/_mock/settlements",
    responses((status = 200, body = Vec<StatementView>)))]
pub(crate) async fn settlements(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<StatementView>> {
    Ok(Json(admin(gateway).settlements().await?))
}

/// The settlement file of a month that has ended, for download.
#[utoipa::path(get, path = "/_mock/settlements/{merchant_id}/{service_id}/{month}",
    params(("merchant_id" = String, Path), ("service_id" = String, Path),
        ("month" = String, Path, description = "YYYYMM")),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn settlement(
    State(gateway): State<Arc<Gateway>>,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Response, Refused> {
    let Path((merchant_id, service_id, text)) = path?;
    let month = month(&text)?;
    let statement = admin(gateway)
        .settlement(&merchant_id, &service_id, month)
        .await?;
    let name = format!("attachment; filename=\"{}\"", statement.file_name());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=Shift_JIS"),
        (header::CONTENT_DISPOSITION, name.as_str()),
    ];
    Ok((headers, statement.to_csv()).into_response())
}

/// The months after the first that a recurring simple contract was due for.
#[utoipa::path(get, path = "/_mock/contracts/{tracking_id}/periods",
    params(("tracking_id" = String, Path)),
    responses((status = 200, body = Vec<Period>), (status = 404, body = Problem)))]
pub(crate) async fn periods(
    State(gateway): State<Arc<Gateway>>,
    Path(tracking_id): Path<String>,
) -> Answer<Vec<Period>> {
    Ok(Json(admin(gateway).periods(&tracking_id).await?))
}

/// Refunds a billed month of a contract in full.
#[utoipa::path(post, path = "/_mock/contracts/{tracking_id}/periods/{month}/refund",
    params(("tracking_id" = String, Path), ("month" = String, Path, description = "YYYYMM")),
    responses((status = 200, body = Period), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn refund_period(
    State(gateway): State<Arc<Gateway>>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Answer<Period> {
    let Path((tracking_id, text)) = path?;
    let month = month(&text)?;
    Ok(Json(
        admin(gateway).refund_period(&tracking_id, month).await?,
    ))
}
