//! Search of registrations, one of them, its lists.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{HOME, campaigns_of, carry_out, refused, site::download, who};
use crate::{
    gateway::Gateway,
    office::{ListOf, Refusal, RegistrationSearch, command::Command, views::Kind},
    options::MockError,
    pages::{
        self,
        miles::{self, RegistrationsPage, Sought},
    },
    web::visit::{Visit, answer, see},
};

/// A text of the query, bounded.
pub(super) fn asked(visit: &Visit, name: &str) -> String {
    let text = visit.ask(name).unwrap_or_default().trim();
    text.chars().take(255).collect()
}

/// Nothing when empty.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The number of the page that is asked for.
pub(super) fn page_number(visit: &Visit) -> u64 {
    let number = visit.ask("page").and_then(|n| n.parse().ok());
    number.filter(|n| (1..=1_000_000).contains(n)).unwrap_or(1)
}

/// The query of a search again, without its page.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let pair = |(name, text): &(&str, &str)| format!("{name}={}", pages::encoded(text));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// マイル発行登録検索.
pub(crate) async fn search(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let kind = visit.ask("kind").unwrap_or_default();
        let sought = Sought {
            campaign: asked(&visit, "campaign"),
            id: asked(&visit, "id"),
            kind: match kind {
                "csv" => Some(Kind::Csv),
                "by_hand" => Some(Kind::ByHand),
                _ => None,
            },
            from: asked(&visit, "from"),
            to: asked(&visit, "to"),
        };
        let search = RegistrationSearch {
            campaign_id: some(&sought.campaign),
            registration_id: some(&sought.id),
            kind: sought.kind,
            from: some(&sought.from),
            to: some(&sought.to),
            page: page_number(&visit),
        };
        let found = gateway
            .office_read(|office, now| office.search_registrations(&site.site_id, &search, now))
            .await?
            .map_err(|refusal| miles::refusal(visit.lang, &refusal));
        let page = RegistrationsPage {
            query: query(&[
                ("campaign", &sought.campaign),
                ("id", &sought.id),
                ("kind", kind),
                ("from", &sought.from),
                ("to", &sought.to),
            ]),
            sought: &sought,
            found,
        };
        Ok(visit.html(miles::registrations(&visit.frame(), site, &page)))
    };
    answer(&visit, shown.await)
}

/// CSV発行履歴詳細.
pub(crate) async fn one(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    answer(&visit, show(&gateway, &visit, &id, false).await)
}

/// The rows that got one code.
pub(crate) async fn code(
    State(gateway): State<Arc<Gateway>>,
    Path((id, code)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let failed = gateway
            .office_read(|office, now| office.failed_rows(&site.site_id, &id, &code, now))
            .await?;
        Ok(match failed {
            Ok(failed) => {
                let page = miles::FailedPage {
                    id: &id,
                    failed: &failed,
                };
                visit.html(miles::failed(&visit.frame(), site, &page))
            }
            Err(refusal) => refused(&visit, &refusal),
        })
    };
    answer(&visit, shown.await)
}

/// Asks before the lists are deleted.
pub(crate) async fn ask_delete(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    answer(&visit, show(&gateway, &visit, &id, true).await)
}

async fn show(
    gateway: &Gateway,
    visit: &Visit,
    id: &str,
    delete: bool,
) -> Result<Response, MockError> {
    let Some(site) = who(gateway, visit).await? else {
        return Ok(see(HOME));
    };
    let view = gateway
        .office_read(|office, now| office.registration_view(&site.site_id, id, now))
        .await?;
    Ok(match view {
        Ok(view) => {
            let own = campaigns_of(gateway, site).await?;
            let campaign = own.iter().find(|c| c.campaign_id == view.campaign_id);
            let name = campaign.map_or(view.campaign_name.as_str(), |c| {
                visit.t(&c.name_ja, &c.name_en)
            });
            let frame = visit.frame();
            visit.html(miles::registration(&frame, site, &view, name, delete))
        }
        Err(refusal) => refused(visit, &refusal),
    })
}

/// Deletes the lists for good.
pub(crate) async fn delete(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let done = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let command = Command::DeleteLists(id.clone());
        Ok(match carry_out::<()>(&gateway, site, command).await? {
            Ok(()) => see(&format!("{HOME}/registrations/{id}")),
            Err(refusal) => refused(&visit, &refusal),
        })
    };
    answer(&visit, done.await)
}

/// 登録完了リスト.
pub(crate) async fn completed(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    answer(&visit, list(&gateway, &visit, &id, ListOf::Completed).await)
}

/// エラーリスト.
pub(crate) async fn errors(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    answer(&visit, list(&gateway, &visit, &id, ListOf::Errors).await)
}

async fn list(
    gateway: &Gateway,
    visit: &Visit,
    id: &str,
    list: ListOf,
) -> Result<Response, MockError> {
    let Some(site) = who(gateway, visit).await? else {
        return Ok(see(HOME));
    };
    let bytes: Result<_, Refusal> = gateway
        .office_read(|office, _| office.list(&site.site_id, id, list))
        .await?;
    let name = match list {
        ListOf::Completed => "completed",
        ListOf::Errors => "errors",
    };
    Ok(match bytes {
        Ok(bytes) => download(&format!("{name}_{id}.csv"), bytes),
        Err(refusal) => refused(visit, &refusal),
    })
}
