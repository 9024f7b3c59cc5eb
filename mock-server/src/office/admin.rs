//! Steering the office: applications, files, mails, visits.

use std::sync::{Arc, PoisonError};

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
    routing::{get, post, put},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    cancel::Application,
    command::Command,
    mails::MailView,
    pull::PulledFile,
    refusal::Refusal,
    terms::{Drop, Usable},
};
use crate::{
    admin::{
        Admin,
        routes::{Answer, Problem, Refused, admin, read},
    },
    gateway::Gateway,
    options::MockError,
};

/// Most mails of one listing.
const MOST_MAILS: usize = 1_000;

/// How much there is in the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeView {
    /// Issues, cancelled ones included.
    pub issuances: u64,
    /// Issues that were deposited.
    pub deposited: u64,
    /// Registrations.
    pub registrations: u64,
    /// Files that wait to be worked on.
    pub waiting_files: u64,
    /// Cancel applications that wait for a person.
    pub applications: u64,
    /// Mails sent.
    pub mails: u64,
}

fn not_done(refusal: &Refusal, id: &str) -> MockError {
    match refusal {
        Refusal::NotFound => MockError::NotFound {
            what: "cancel application",
            id: id.to_owned(),
        },
        other => MockError::Refused(other.to_string()),
    }
}

impl Admin {
    /// How much there is in the office.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn miles(&self) -> Result<OfficeView, MockError> {
        self.gateway.office_read(|office, _| office.view()).await
    }

    /// The cancel applications that wait for a person, oldest first.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn miles_applications(&self) -> Result<Vec<Application>, MockError> {
        self.gateway
            .office_read(|office, _| office.applications())
            .await
    }

    /// Approves or rejects a cancel application; `true` when the issue was cancelled.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when no such application waits.
    pub async fn decide_application(
        &self,
        cancellation_id: &str,
        issuance_id: &str,
        approve: bool,
    ) -> Result<bool, MockError> {
        let command = Command::Decide {
            cancellation_id: cancellation_id.to_owned(),
            issuance_id: issuance_id.to_owned(),
            approve,
            balances: std::collections::BTreeMap::new(),
        };
        let done = self.gateway.office_do("", command).await?;
        let value = done.map_err(|refusal| not_done(&refusal, issuance_id))?;
        Ok(value.as_bool().unwrap_or(false))
    }

    /// Shortens the time until the miles of a running campaign are usable (期間短縮), as a change application that was
    /// approved does. What was issued before keeps its day.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when there is no such campaign, [`MockError::Refused`] when it is over or the miles would
    /// not be usable sooner.
    pub async fn usable_sooner(&self, campaign_id: &str, usable: Usable) -> Result<(), MockError> {
        let command = Command::Sooner {
            campaign_id: campaign_id.to_owned(),
            usable,
        };
        let done = self.gateway.office_do("", command).await?;
        done.map(|_| ()).map_err(|refusal| match refusal {
            Refusal::NotFound => MockError::NotFound {
                what: "issuing campaign",
                id: campaign_id.to_owned(),
            },
            other => MockError::Refused(other.to_string()),
        })
    }

    /// The mails after number `after`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn miles_mails(&self, after: u64, limit: usize) -> Result<Vec<MailView>, MockError> {
        self.gateway
            .office_read(|office, _| office.mails(after, limit))
            .await
    }

    /// Works on every file that waits, without waiting; how many.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn process_files(&self) -> Result<u64, MockError> {
        let done = self.gateway.office_do("", Command::Hurry).await?;
        Ok(done.ok().and_then(|v| v.as_u64()).unwrap_or(0))
    }

    /// Tells NetMile where a site's drop is; `None` takes the scenario's again.
    ///
    /// # Errors
    /// [`MockError`] when there is no such site or the drop breaks a rule.
    pub fn set_drop(&self, site_id: &str, drop: Option<Drop>) -> Result<(), MockError> {
        let known = |s: &super::terms::Site| s.site_id == site_id;
        if !self.gateway.scenario.sites.iter().any(known) {
            return Err(MockError::NotFound {
                what: "site",
                id: site_id.to_owned(),
            });
        }
        if let Some(Err(rule)) = drop.as_ref().map(Drop::check) {
            return Err(MockError::Refused(rule.to_owned()));
        }
        let drops = self.gateway.miles.drops.lock();
        let mut drops = drops.unwrap_or_else(PoisonError::into_inner);
        match drop {
            Some(drop) => drops.insert(site_id.to_owned(), drop),
            None => drops.remove(site_id),
        };
        Ok(())
    }

    /// NetMile visits the drop of a site now.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when the site has none.
    pub async fn pull_drop(&self, site_id: &str) -> Result<Vec<PulledFile>, MockError> {
        self.gateway.pull(site_id).await
    }
}

pub(crate) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/", get(office))
        .route("/applications", get(applications))
        .route(
            "/applications/{cancellation_id}/{issuance_id}",
            post(decide),
        )
        .route("/campaigns/{campaign_id}/usable", put(set_usable))
        .route("/mails", get(mails))
        .route("/files/process", post(process))
        .route("/sites/{site_id}/drop", put(set_drop))
        .route("/sites/{site_id}/pull", post(pull))
}

/// How much there is in the office.
#[utoipa::path(get, path = "/_mock/miles", responses((status = 200, body = OfficeView)))]
pub(crate) async fn office(State(gateway): State<Arc<Gateway>>) -> Answer<OfficeView> {
    Ok(Json(admin(gateway).miles().await?))
}

/// The cancel applications that wait for a person.
#[utoipa::path(get, path = "/_mock/miles/applications",
    responses((status = 200, body = Vec<Application>)))]
pub(crate) async fn applications(State(gateway): State<Arc<Gateway>>) -> Answer<Vec<Application>> {
    Ok(Json(admin(gateway).miles_applications().await?))
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    /// Yes or no.
    approve: bool,
}

/// What came of a decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// Whether the issue was cancelled: limits and balance are checked again.
    cancelled: bool,
}

/// Approves or rejects a cancel application.
#[utoipa::path(post, path = "/_mock/miles/applications/{cancellation_id}/{issuance_id}",
    request_body = Decision,
    params(("cancellation_id" = String, Path), ("issuance_id" = String, Path)),
    responses((status = 200, body = Decided), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn decide(
    State(gateway): State<Arc<Gateway>>,
    Path((cancellation_id, issuance_id)): Path<(String, String)>,
    body: Body,
) -> Answer<Decided> {
    let decision: Decision = read(body).await?;
    let admin = admin(gateway);
    let cancelled = admin
        .decide_application(&cancellation_id, &issuance_id, decision.approve)
        .await?;
    Ok(Json(Decided { cancelled }))
}

/// Shortens the time until the miles of a running campaign are usable (期間短縮). What was issued before keeps its day.
#[utoipa::path(put, path = "/_mock/miles/campaigns/{campaign_id}/usable", request_body = Usable,
    params(("campaign_id" = String, Path)),
    responses((status = 204), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn set_usable(
    State(gateway): State<Arc<Gateway>>,
    Path(campaign_id): Path<String>,
    body: Body,
) -> Result<StatusCode, Refused> {
    let usable: Usable = read(body).await?;
    admin(gateway).usable_sooner(&campaign_id, usable).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which part of the mails.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MailPart {
    /// Mails after this number; all when absent.
    after: Option<u64>,
    /// At most so many; 1000 by default and at most.
    limit: Option<u32>,
}

/// The mails that were sent to members and operators. They are personal data, as in the scenario.
#[utoipa::path(get, path = "/_mock/miles/mails", params(MailPart),
    responses((status = 200, body = Vec<MailView>), (status = 400, body = Problem)))]
pub(crate) async fn mails(
    State(gateway): State<Arc<Gateway>>,
    part: Result<Query<MailPart>, QueryRejection>,
) -> Answer<Vec<MailView>> {
    let Query(part) = part?;
    let limit = usize::try_from(part.limit.unwrap_or(1_000)).unwrap_or(MOST_MAILS);
    let after = part.after.unwrap_or(0);
    let admin = admin(gateway);
    Ok(Json(admin.miles_mails(after, limit.min(MOST_MAILS)).await?))
}

/// How many files were worked on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Processed {
    files: u64,
}

/// Works on every file that waits.
#[utoipa::path(post, path = "/_mock/miles/files/process",
    responses((status = 200, body = Processed)))]
pub(crate) async fn process(State(gateway): State<Arc<Gateway>>) -> Answer<Processed> {
    let files = admin(gateway).process_files().await?;
    Ok(Json(Processed { files }))
}

/// Tells NetMile where a site's drop is, until the mock ends or is reset.
#[utoipa::path(put, path = "/_mock/miles/sites/{site_id}/drop", request_body = Drop,
    params(("site_id" = String, Path)),
    responses((status = 204), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn set_drop(
    State(gateway): State<Arc<Gateway>>,
    Path(site_id): Path<String>,
    body: Body,
) -> Result<StatusCode, Refused> {
    let drop: Drop = read(body).await?;
    admin(gateway).set_drop(&site_id, Some(drop))?;
    Ok(StatusCode::NO_CONTENT)
}

/// NetMile visits the drop of a site now.
#[utoipa::path(post, path = "/_mock/miles/sites/{site_id}/pull",
    params(("site_id" = String, Path)),
    responses((status = 200, body = Vec<PulledFile>), (status = 404, body = Problem)))]
pub(crate) async fn pull(
    State(gateway): State<Arc<Gateway>>,
    Path(site_id): Path<String>,
) -> Answer<Vec<PulledFile>> {
    Ok(Json(admin(gateway).pull_drop(&site_id).await?))
}
