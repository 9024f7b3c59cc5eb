//! History and cancellation; the decisions of NetMile's staff.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{
    HOME, all, carry_out,
    hand::number,
    own,
    registrations::{asked, page_number, query, some},
    who,
};
use crate::{
    gateway::Gateway,
    office::{
        HistorySearch, HistorySort, Refusal,
        command::Command,
        request::CancelRequest,
        terms::{IssuingCampaign, Site},
        views::{CancellationView, HistoryRow},
    },
    options::MockError,
    pages::miles::{self, CampaignHistory, CancelPage, HistorySought, STATES, state_key},
    web::visit::{Visit, answer, page_form, see, value},
    wire::form::Fields,
};

/// Pages of the history that a confirmation looks through.
const MOST_PAGES: u64 = 2_000;

/// マイル発行履歴/取消.
pub(crate) async fn page(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let campaign = &own(&gateway, site, &id).await?;
        show(&gateway, &visit, site, campaign, Vec::new()).await
    };
    answer(&visit, shown.await)
}

async fn show(
    gateway: &Gateway,
    visit: &Visit,
    site: &Site,
    campaign: &IssuingCampaign,
    mut problems: Vec<String>,
) -> Result<Response, MockError> {
    let state = visit.ask("state").unwrap_or_default();
    let sought = HistorySought {
        key: asked(visit, "key"),
        from: asked(visit, "from"),
        to: asked(visit, "to"),
        miles_from: asked(visit, "miles_from"),
        miles_to: asked(visit, "miles_to"),
        state: STATES
            .into_iter()
            .find(|s| state_key(*s) == state)
            .flatten(),
        sort: visit
            .ask("sort")
            .and_then(HistorySort::parse)
            .unwrap_or_default(),
    };
    let mut number = |text: &str| {
        let read = text.parse().ok();
        if read.is_none() && !text.is_empty() {
            let refusal = Refusal::Bad {
                field: "miles".to_owned(),
                rule: "a number".to_owned(),
            };
            problems.push(miles::refusal(visit.lang, &refusal));
        }
        read
    };
    let search = HistorySearch {
        key: some(&sought.key),
        from: some(&sought.from),
        to: some(&sought.to),
        miles_from: number(&sought.miles_from),
        miles_to: number(&sought.miles_to),
        state: sought.state,
        sort: sought.sort,
        page: page_number(visit),
    };
    let id = campaign.campaign_id.as_str();
    let found = gateway
        .office_read(|office, now| office.history(&site.site_id, id, &search, now))
        .await?
        .map_err(|refusal| problems.push(miles::refusal(visit.lang, &refusal)))
        .ok();
    let unsorted = query(&[
        ("key", &sought.key),
        ("from", &sought.from),
        ("to", &sought.to),
        ("miles_from", &sought.miles_from),
        ("miles_to", &sought.miles_to),
        ("state", state_key(sought.state)),
    ]);
    let query = format!("{unsorted}&sort={}", sought.sort.key());
    let here = format!("{HOME}/campaigns/{id}/history");
    let page = CampaignHistory {
        campaign,
        sought,
        found,
        problems,
        reasons: &gateway.scenario.office.cancel_reasons,
        query,
        unsorted,
    };
    let frame = visit.frame_at(&format!("{here}?{}", page.query));
    Ok(visit.html(miles::history(&frame, site, &page)))
}

fn request(form: &Fields) -> CancelRequest {
    let short = |text: &str| text.chars().take(64).collect::<String>();
    CancelRequest {
        tran_id: short(value(form, "tran_id")),
        issuance_ids: all(form, "id").into_iter().map(short).collect(),
        reason: short(value(form, "reason")),
    }
}

/// The chosen issues as the history shows them.
async fn chosen(
    gateway: &Gateway,
    site: &Site,
    campaign: &str,
    ids: &[String],
) -> Result<Vec<HistoryRow>, MockError> {
    let look = gateway.office_read(|office, now| {
        let mut rows = BTreeMap::new();
        let mut search = HistorySearch::default();
        for page in 1..=MOST_PAGES {
            search.page = page;
            let Ok(found) = office.history(&site.site_id, campaign, &search, now) else {
                break;
            };
            for row in found.rows {
                if ids.contains(&row.issuance_id) {
                    rows.insert(row.issuance_id.clone(), row);
                }
            }
            if page >= found.pages || rows.len() == ids.len() {
                break;
            }
        }
        rows.into_values().collect()
    });
    look.await
}

/// まとめて取消確認.
pub(crate) async fn confirm(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let campaign = &own(&gateway, site, &id).await?;
        let request = request(&form);
        let reasons = &gateway.scenario.office.cancel_reasons;
        let rows = chosen(&gateway, site, &id, &request.issuance_ids).await?;
        let mut problems = Vec::new();
        for (field, bad) in [
            ("issuance_ids", rows.is_empty()),
            ("reason", !reasons.contains_key(&request.reason)),
        ] {
            if bad {
                let refusal = Refusal::Bad {
                    field: field.to_owned(),
                    rule: "required".to_owned(),
                };
                problems.push(miles::refusal(visit.lang, &refusal));
            }
        }
        let Some(text) = reasons.get(&request.reason).filter(|_| problems.is_empty()) else {
            return show(&gateway, &visit, site, campaign, problems).await;
        };
        let page = CancelPage {
            campaign,
            rows,
            reason: &request.reason,
            reason_text: text,
            tran_id: number(&gateway).await?,
        };
        let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/history"));
        Ok(visit.html(miles::cancel_confirm(&frame, site, &page)))
    };
    answer(&visit, shown.await)
}

/// まとめて取消する, or the application.
pub(crate) async fn cancel(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let done = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let campaign = &own(&gateway, site, &id).await?;
        let command = Command::Cancel {
            request: request(&form),
            balances: BTreeMap::new(),
        };
        match carry_out::<CancellationView>(&gateway, site, command).await? {
            Ok(done) => {
                let reasons = &gateway.scenario.office.cancel_reasons;
                let text = reasons.get(&done.reason).unwrap_or(&done.reason);
                let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/history"));
                let page = miles::cancel_done(&frame, site, campaign, &done, text);
                Ok(visit.html(page))
            }
            Err(refusal) => {
                let problems = vec![miles::refusal(visit.lang, &refusal)];
                show(&gateway, &visit, site, campaign, problems).await
            }
        }
    };
    answer(&visit, done.await)
}

/// The applications that wait for NetMile's staff.
pub(crate) async fn staff(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let waiting = gateway
            .office_read(|office, _| office.applications())
            .await?;
        let decided = match visit.ask("n") {
            Some("approved") => Some(true),
            Some("kept") => Some(false),
            _ => None,
        };
        let reasons = &gateway.scenario.office.cancel_reasons;
        let frame = visit.frame_at("/staff");
        Ok(visit.html(miles::staff(&frame, &waiting, reasons, decided)))
    };
    answer(&visit, shown.await)
}

/// One application is approved or rejected.
pub(crate) async fn decide(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let decided = async {
        let command = Command::Decide {
            cancellation_id: value(&form, "cancellation_id").to_owned(),
            issuance_id: value(&form, "issuance_id").to_owned(),
            approve: value(&form, "decision") == "approve",
            balances: BTreeMap::new(),
        };
        Ok(match gateway.office_do("", command).await? {
            Ok(done) if done.as_bool() == Some(true) => see("/staff?n=approved"),
            Ok(_) => see("/staff?n=kept"),
            Err(refusal) => super::refused(&visit, &refusal),
        })
    };
    answer(&visit, decided.await)
}
