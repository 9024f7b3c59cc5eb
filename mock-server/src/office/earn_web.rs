//! The pages behind the mile-get tag and the signed link.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

use super::{
    code::{Code, Table},
    command::Command,
    earn::{Click, Earned, Tag},
    refusal::Refusal,
    user::is_mail,
};
use crate::{
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    pages::{self, Lang, MileGetPage, MileGotPage, MileRefusedPage},
    web::visit::{Visit, answer, page_form, value},
    wire::form::{self, Bounds, Fields},
};

/// Path of the published tag.
pub(crate) const TAG_PATH: &str = "/ctrl/user/uMilePublishInput.do";
/// Path of the signed link.
pub(crate) const EARN_PATH: &str = "/v1/earn";
/// Longest query that is read, in bytes.
const QUERY_BYTES: usize = 4_096;

/// A banner of 234 by 60 pixels, drawn for this project.
const GIF: &[u8] = include_bytes!("../pages/mileget.gif");

/// The banner's image.
pub(crate) async fn image() -> Response {
    ([(header::CONTENT_TYPE, "image/gif")], GIF).into_response()
}

fn published(query: &str) -> Tag {
    let bounds = Bounds {
        bytes: QUERY_BYTES,
        fields: 64,
    };
    let pairs = form::parse_utf8(query.as_bytes(), bounds);
    let get = |name: &str| value(&pairs, name).to_owned();
    Tag::Published {
        param1: get("param1"),
        param2: get("param2"),
        param3: get("param3"),
        earnsite_key: get("earnsite_key"),
        mile: get("mile"),
        tran_id: get("tran_id"),
    }
}

/// The signed link without what the language switch adds.
fn signed(query: &str) -> Tag {
    let own = |pair: &&str| !pair.starts_with("lang=") && *pair != "lang";
    let query: Vec<&str> = query.split('&').filter(own).collect();
    Tag::Signed {
        query: query.join("&"),
    }
}

/// A click on the published tag.
pub(crate) async fn tag(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Response {
    let query: String = query
        .unwrap_or_default()
        .chars()
        .take(QUERY_BYTES)
        .collect();
    let page = ask(&gateway, &visit, published(&query), &query, TAG_PATH).await;
    answer(&visit, page)
}

/// A click on the signed link.
pub(crate) async fn link(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Response {
    let query: String = query
        .unwrap_or_default()
        .chars()
        .take(QUERY_BYTES)
        .collect();
    let page = ask(&gateway, &visit, signed(&query), &query, EARN_PATH).await;
    answer(&visit, page)
}

async fn ask(
    gateway: &Gateway,
    visit: &Visit,
    tag: Tag,
    query: &str,
    path: &str,
) -> Result<Response, MockError> {
    let clicked = gateway
        .office_read(|office, now| {
            let click = office.click(&tag, now)?;
            let names = office.names_of(&click);
            Ok::<_, Code>((click, names))
        })
        .await?;
    match clicked {
        Ok((click, names)) => {
            let page = form_page(visit, &click, names, query, path, "", None);
            Ok(visit.html(pages::mile_get(&visit.frame(), &page)))
        }
        Err(code) => {
            log(gateway, "earn", "", code.number()).await?;
            Ok(refused(visit, code, query, path))
        }
    }
}

fn form_page(
    visit: &Visit,
    click: &Click,
    [site, campaign]: [(String, String); 2],
    query: &str,
    path: &str,
    mail: &str,
    problem: Option<Code>,
) -> MileGetPage {
    let shown = |(ja, en): (String, String)| match visit.lang {
        Lang::Ja => ja,
        Lang::En => en,
    };
    MileGetPage {
        site: shown(site),
        campaign: shown(campaign),
        miles: click.miles,
        action: path.to_owned(),
        hidden: vec![("q".to_owned(), query.to_owned())],
        mail: mail.chars().take(256).collect(),
        problem: problem.map(|code| (code.number().to_owned(), meaning(visit, code).to_owned())),
    }
}

fn meaning(visit: &Visit, code: Code) -> &'static str {
    visit.t(code.text(), code.english())
}

/// The page of a refusal. Its language switch goes to the page of the click, where nothing has happened yet.
fn refused(visit: &Visit, code: Code, query: &str, path: &str) -> Response {
    let page = MileRefusedPage {
        code: code.number().to_owned(),
        text: meaning(visit, code).to_owned(),
    };
    let other = |pair: &&str| !pair.starts_with("lang=") && *pair != "lang";
    let query: Vec<&str> = query.split('&').filter(other).collect();
    let here = format!("{path}?{}", query.join("&"));
    let mut response = visit.html(pages::mile_refused(&visit.frame_at(&here), &page));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// マイルGET! under the published tag.
pub(crate) async fn tag_pressed(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    pressed(&gateway, &visit, body, TAG_PATH).await
}

/// マイルGET! under the signed link.
pub(crate) async fn link_pressed(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    pressed(&gateway, &visit, body, EARN_PATH).await
}

async fn pressed(gateway: &Gateway, visit: &Visit, body: Body, path: &str) -> Response {
    match page_form(visit, body).await {
        Ok(fields) => answer(visit, press(gateway, visit, &fields, path).await),
        Err(response) => *response,
    }
}

async fn press(
    gateway: &Gateway,
    visit: &Visit,
    fields: &Fields,
    path: &str,
) -> Result<Response, MockError> {
    let query: String = value(fields, "q").chars().take(QUERY_BYTES).collect();
    let mail = value(fields, "mail").trim();
    let tag = if path == TAG_PATH {
        published(&query)
    } else {
        signed(&query)
    };
    let clicked = gateway
        .office_read(|office, now| {
            let click = office.click(&tag, now)?;
            let names = office.names_of(&click);
            Ok::<_, Code>((click, names))
        })
        .await?;
    let (click, names) = match clicked {
        Ok(clicked) => clicked,
        Err(code) => return Ok(refused(visit, code, &query, path)),
    };
    let fault = gateway.faults.draw("earn", &click.site_id, "");
    let broken = fault.is_some_and(|f| f.kind == FaultKind::NgResult);
    let command = Command::Earn {
        tag,
        // What is no mail address is nobody's.
        mail: if is_mail(mail) {
            mail.to_owned()
        } else {
            String::new()
        },
        broken,
    };
    let earned = gateway.office_do(&click.site_id, command).await?;
    let outcome = match &earned {
        Ok(_) => "ok",
        Err(Refusal::Code(code)) => code.number(),
        Err(_) => "refused",
    };
    log(gateway, "earn", &click.site_id, outcome).await?;
    match earned {
        Ok(value) => {
            let earned: Earned = serde_json::from_value(value)?;
            let [site, campaign] = names;
            let page = MileGotPage {
                site: visit.t(&site.0, &site.1).to_owned(),
                campaign: visit.t(&campaign.0, &campaign.1).to_owned(),
                miles: earned.miles,
            };
            Ok(visit.html(pages::mile_got(&visit.frame_at("/member"), &page)))
        }
        // Another address may be tried at once.
        Err(Refusal::Code(code)) if code == Code::A11022 => {
            let page = form_page(visit, &click, names, &query, path, mail, Some(code));
            Ok(visit.html(pages::mile_get(&visit.frame_at("/member"), &page)))
        }
        Err(Refusal::Code(code)) => Ok(refused(visit, code, &query, path)),
        Err(_) => {
            let code = Code::find(Table::Automatic, "20012").unwrap_or(Code::A20012);
            Ok(refused(visit, code, &query, path))
        }
    }
}

async fn log(gateway: &Gateway, message: &str, site: &str, outcome: &str) -> Result<(), MockError> {
    let mut conn = gateway.conn().await?;
    let message = Logged {
        direction: "in",
        peer: "browser",
        message,
        merchant_id: site,
        order_id: "",
        fields: &Vec::new(),
        provenance: Provenance::Assumed,
        outcome,
    };
    gateway.log(&mut conn, message).await
}
