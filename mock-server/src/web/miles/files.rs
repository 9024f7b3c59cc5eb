//! CSV発行 and exchange files: upload, confirmation, acceptance.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    HOME, carry_out,
    hand::{number, settings},
    multipart::{self, Form},
    own, refused,
    site::download,
    who,
};
use crate::{
    gateway::Gateway,
    office::{
        ExchangeReport, Method, Refusal,
        command::Command,
        csv,
        request::FileRequest,
        terms::{IssuingCampaign, Site},
        views::Accepted,
    },
    options::MockError,
    pages::{
        Problem,
        miles::{self, CsvPage},
    },
    web::visit::{Visit, answer, see, value},
    wire::form::{self, Bounds, Fields},
};

/// Largest form with a file: 4 MiB of CSV in Base64, and the other fields.
const FORM_BYTES: usize = 6 * 1024 * 1024;
/// Largest file.
const FILE_BYTES: usize = 4 * 1024 * 1024;

async fn read(visit: &Visit, body: Body) -> Result<Vec<u8>, Box<Response>> {
    match axum::body::to_bytes(body, FORM_BYTES).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_) => Err(Box::new(visit.problem(Problem::TooLarge, None))),
    }
}

fn upload(headers: &HeaderMap, bytes: &[u8]) -> Option<Form> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    multipart::parse(bytes, multipart::boundary(kind)?)
}

fn page<'a>(campaign: &'a IssuingCampaign, form: &Fields) -> CsvPage<'a> {
    CsvPage {
        campaign,
        method: miles::method_of(value(form, "method")),
        notify: value(form, "notify").trim().chars().take(300).collect(),
        settings: settings(form),
        problems: Vec::new(),
        file_name: value(form, "file_name").chars().take(255).collect(),
        file: String::new(),
        rows: 0,
        batch_id: value(form, "batch_id").chars().take(40).collect(),
    }
}

fn show_form(visit: &Visit, site: &Site, page: &CsvPage<'_>) -> Response {
    let id = &page.campaign.campaign_id;
    let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/csv"));
    visit.html(miles::csv(&frame, site, page))
}

/// ① enter.
pub(crate) async fn csv_form(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let campaign = own(&gateway, site, &id).await?;
        let mut page = page(&campaign, &Fields::new());
        page.method = miles::method_of(visit.ask("method").unwrap_or_default());
        page.settings = miles::SettingsInput {
            // None can be sent to mobile mail addresses.
            mail: page.method != Method::MobileMail,
            ..miles::SettingsInput::default()
        };
        page.notify = site.operator_mail.clone().unwrap_or_default();
        Ok(show_form(&visit, site, &page))
    };
    answer(&visit, shown.await)
}

/// What speaks against the settings of a page.
fn problems(visit: &Visit, page: &CsvPage<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |field: &str, rule: &str| {
        let refusal = Refusal::Bad {
            field: field.to_owned(),
            rule: rule.to_owned(),
        };
        found.push(miles::refusal(visit.lang, &refusal));
    };
    if page.settings.read().is_none() {
        say("deposit", "days");
    }
    if page.settings.text.chars().count() > 500 {
        say("inserted_text", "long");
    }
    if page.method == Method::MobileMail {
        if page.settings.mail {
            say("deposit_mail", "mobile");
        }
        if !page.settings.text.is_empty() {
            say("inserted_text", "empty");
        }
    }
    found
}

/// ② confirm.
pub(crate) async fn csv_confirm(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    body: Body,
) -> Response {
    let bytes = match read(&visit, body).await {
        Ok(bytes) => bytes,
        Err(response) => return *response,
    };
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let campaign = &own(&gateway, site, &id).await?;
        let Some(form) = upload(&headers, &bytes) else {
            return Ok(visit.problem(Problem::BadRequest, None));
        };
        let mut page = page(campaign, &form.fields);
        page.problems = problems(&visit, &page);
        let (name, bytes) = form.file.unwrap_or_default();
        if name.is_empty() || bytes.len() > FILE_BYTES {
            let refusal = Refusal::Bad {
                field: "csv".to_owned(),
                rule: "missing or too large".to_owned(),
            };
            page.problems.push(miles::refusal(visit.lang, &refusal));
        } else {
            match csv::read(&bytes) {
                Ok(rows) => page.rows = rows.len(),
                Err(fault) => page
                    .problems
                    .push(miles::file_fault(visit.lang, fault).to_owned()),
            }
        }
        if !page.problems.is_empty() {
            return Ok(show_form(&visit, site, &page));
        }
        page.file_name = name.chars().take(255).collect();
        page.file = URL_SAFE_NO_PAD.encode(&bytes);
        page.batch_id = number(&gateway).await?;
        let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/csv"));
        Ok(visit.html(miles::csv_confirm(&frame, site, &page)))
    };
    answer(&visit, shown.await)
}

/// ③ register, and on to the status.
pub(crate) async fn csv_done(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let bytes = match read(&visit, body).await {
        Ok(bytes) => bytes,
        Err(response) => return *response,
    };
    let bounds = Bounds {
        bytes: FORM_BYTES,
        fields: 50,
    };
    let form = form::parse_utf8(&bytes, bounds);
    answer(&visit, register(&gateway, &visit, &id, &form).await)
}

async fn register(
    gateway: &Gateway,
    visit: &Visit,
    id: &str,
    form: &Fields,
) -> Result<Response, MockError> {
    let Some(site) = who(gateway, visit).await? else {
        return Ok(see(HOME));
    };
    let campaign = own(gateway, site, id).await?;
    let mut page = page(&campaign, form);
    let csv = URL_SAFE_NO_PAD.decode(value(form, "csv")).ok();
    let (Some(csv), Some(settings)) = (csv, page.settings.read()) else {
        return Ok(visit.problem(Problem::BadRequest, None));
    };
    let command = Command::Upload(FileRequest {
        tran_id: format!("{}:1", page.batch_id),
        campaign_id: id.to_owned(),
        batch_id: page.batch_id.clone(),
        first_row: 1,
        file_name: page.file_name.clone(),
        method: page.method,
        csv,
        notify: (!page.notify.is_empty()).then(|| page.notify.clone()),
        settings,
    });
    match carry_out::<Accepted>(gateway, site, command).await? {
        Ok(accepted) => Ok(see(&format!(
            "{HOME}/registrations/{}",
            accepted.registration_id
        ))),
        Err(refusal) => {
            page.problems = vec![miles::refusal(visit.lang, &refusal)];
            Ok(show_form(visit, site, &page))
        }
    }
}

/// The upload of an exchange file.
pub(crate) async fn exchange_form(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        Ok(visit.html(miles::exchange(&visit.frame(), site, &[])))
    };
    answer(&visit, shown.await)
}

/// An exchange file is uploaded (flow ③).
pub(crate) async fn exchange(
    State(gateway): State<Arc<Gateway>>,
    headers: HeaderMap,
    visit: Visit,
    body: Body,
) -> Response {
    let bytes = match read(&visit, body).await {
        Ok(bytes) => bytes,
        Err(response) => return *response,
    };
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let file = upload(&headers, &bytes).and_then(|form| form.file);
        let done = match file.filter(|(_, bytes)| bytes.len() <= FILE_BYTES) {
            Some((name, csv)) => {
                let command = Command::ExchangeFile { name, csv };
                carry_out::<ExchangeReport>(&gateway, site, command).await?
            }
            None => Err(Refusal::Bad {
                field: "csv".to_owned(),
                rule: "missing or too large".to_owned(),
            }),
        };
        let frame = visit.frame_at(&format!("{HOME}/exchange"));
        Ok(visit.html(match done {
            Ok(report) => miles::exchange_done(&frame, site, &report),
            Err(refusal) => {
                let problem = miles::refusal(visit.lang, &refusal);
                miles::exchange(&frame, site, &[problem])
            }
        }))
    };
    answer(&visit, shown.await)
}

/// The result of an exchange file: its failed rows, with a code as fourth column.
pub(crate) async fn exchange_result(
    State(gateway): State<Arc<Gateway>>,
    Path(name): Path<String>,
    visit: Visit,
) -> Response {
    let sent = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let result = gateway
            .office_read(|office, _| office.exchange_result(&site.site_id, &name))
            .await?;
        Ok(match result {
            Some(bytes) => download(&format!("result_{name}"), bytes),
            None => refused(&visit, &Refusal::NotFound),
        })
    };
    answer(&visit, sent.await)
}
