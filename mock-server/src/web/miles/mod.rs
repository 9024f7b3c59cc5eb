//! The merchant's management site for miles and the page of NetMile's staff.

mod files;
mod hand;
mod history;
mod multipart;
mod registrations;
mod reverse;
mod site;

use std::sync::Arc;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use serde::de::DeserializeOwned;

use super::visit::Visit;
use crate::{
    gateway::Gateway,
    office::{
        Refusal,
        command::Command,
        terms::{IssuingCampaign, Site},
    },
    options::MockError,
    pages::Problem,
    store::members,
    wire::form::Fields,
};

const COOKIE: &str = "site";
const HOME: &str = "/manage/miles";

/// The routes below `/manage/miles`, and the staff's page.
pub(super) fn router() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/manage/miles", get(site::home))
        .route("/manage/miles/login", get(site::home).post(site::login))
        .route("/manage/miles/logout", post(site::logout))
        .route("/manage/miles/bill", get(site::bill))
        .route("/manage/miles/kit", get(site::kit))
        .route("/manage/miles/kit/{name}", get(site::sample_file))
        .route("/manage/miles/campaigns/{id}/issuing", get(hand::ways))
        .route("/manage/miles/campaigns/{id}/issue", get(hand::form))
        .route(
            "/manage/miles/campaigns/{id}/issue/back",
            get(hand::form).post(hand::back),
        )
        .route(
            "/manage/miles/campaigns/{id}/issue/confirm",
            get(hand::form).post(hand::confirm),
        )
        .route(
            "/manage/miles/campaigns/{id}/issue/done",
            get(hand::form).post(hand::done),
        )
        .route("/manage/miles/campaigns/{id}/sample", post(hand::sample))
        .route("/manage/miles/campaigns/{id}/csv", get(files::csv_form))
        .route(
            "/manage/miles/campaigns/{id}/csv/confirm",
            get(files::csv_form).post(files::csv_confirm),
        )
        .route(
            "/manage/miles/campaigns/{id}/csv/done",
            get(files::csv_form).post(files::csv_done),
        )
        .route("/manage/miles/campaigns/{id}/history", get(history::page))
        .route(
            "/manage/miles/campaigns/{id}/history/confirm",
            get(history::page).post(history::confirm),
        )
        .route(
            "/manage/miles/campaigns/{id}/history/cancel",
            get(history::page).post(history::cancel),
        )
        .route("/manage/miles/registrations", get(registrations::search))
        .route("/manage/miles/registrations/{id}", get(registrations::one))
        .route(
            "/manage/miles/registrations/{id}/codes/{code}",
            get(registrations::code),
        )
        .route(
            "/manage/miles/registrations/{id}/completed.csv",
            get(registrations::completed),
        )
        .route(
            "/manage/miles/registrations/{id}/errors.csv",
            get(registrations::errors),
        )
        .route(
            "/manage/miles/registrations/{id}/delete",
            get(registrations::ask_delete).post(registrations::delete),
        )
        .route(
            "/manage/miles/exchange",
            get(files::exchange_form).post(files::exchange),
        )
        .route("/manage/miles/exchange/{name}", get(files::exchange_result))
        .route("/manage/miles/reverse", get(reverse::page))
        .route("/staff", get(history::staff).post(history::decide))
}

/// The site whose operator is logged in.
async fn who<'a>(gateway: &'a Gateway, visit: &Visit) -> Result<Option<&'a Site>, MockError> {
    let Some(token) = visit.cookie(COOKIE) else {
        return Ok(None);
    };
    let mut conn = gateway.conn().await?;
    let found = members::logged_in(&mut conn, token, COOKIE).await?;
    Ok(found.and_then(|id| find_site(gateway, &id)))
}

fn find_site<'a>(gateway: &'a Gateway, site_id: &str) -> Option<&'a Site> {
    gateway.scenario.sites.iter().find(|s| s.site_id == site_id)
}

async fn campaigns_of(gateway: &Gateway, site: &Site) -> Result<Vec<IssuingCampaign>, MockError> {
    gateway
        .office_read(|office, _| office.campaigns_of(&site.site_id))
        .await
}

/// A campaign of the site; another site's does not exist for it.
async fn own(gateway: &Gateway, site: &Site, id: &str) -> Result<IssuingCampaign, MockError> {
    let own = campaigns_of(gateway, site).await?;
    own.into_iter()
        .find(|c| c.campaign_id == id)
        .ok_or_else(|| MockError::NotFound {
            what: "campaign",
            id: id.to_owned(),
        })
}

/// Every value of a form that has this name.
fn all<'a>(fields: &'a Fields, name: &str) -> Vec<&'a str> {
    let named = fields.iter().filter(|(n, _)| n == name);
    named.map(|(_, value)| value.as_str()).collect()
}

/// Carries a command out and reads what it answers.
async fn carry_out<T: DeserializeOwned>(
    gateway: &Gateway,
    site: &Site,
    command: Command,
) -> Result<Result<T, Refusal>, MockError> {
    Ok(match gateway.office_do(&site.site_id, command).await? {
        Ok(value) => Ok(serde_json::from_value(value)?),
        Err(refusal) => Err(refusal),
    })
}

/// The page for what can not be shown.
fn refused(visit: &Visit, refusal: &Refusal) -> Response {
    let problem = match refusal {
        Refusal::NotFound | Refusal::NotYours => Problem::NotFound,
        _ => Problem::BadRequest,
    };
    let text = crate::pages::miles::refusal(visit.lang, refusal);
    visit.problem(problem, Some(&text))
}
