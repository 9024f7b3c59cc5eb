//! 10件ずつ: enter, confirm, result; sample mails.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{HOME, all, carry_out, own, refused, who};
use crate::{
    gateway::Gateway,
    office::{
        Refusal, Sample,
        command::Command,
        request::{ByHandRequest, HandRow},
        terms::{IssuingCampaign, MileRule, Site},
        views::ByHandDone,
    },
    options::MockError,
    pages::miles::{self, HandDonePage, HandInput, HandPage, SamplePage, SettingsInput},
    web::visit::{Visit, answer, page_form, see, value},
    wire::form::Fields,
};

/// Rows of the form.
const ROWS: usize = 10;

/// The settings of a form.
pub(super) fn settings(form: &Fields) -> SettingsInput {
    let short = |name: &str, most: usize| value(form, name).chars().take(most).collect();
    SettingsInput {
        deposit: short("deposit", 16),
        days: short("days", 8),
        mail: value(form, "deposit_mail") == "yes",
        // Browsers send line breaks as two characters.
        text: value(form, "inserted_text").replace("\r\n", "\n"),
    }
}

fn typed(form: &Fields) -> Vec<HandInput> {
    let field = |name: &str, at: usize, most: usize| -> String {
        let name = format!("{name}{at}");
        value(form, &name).trim().chars().take(most).collect()
    };
    let row = |at: usize| HandInput {
        mail: field("mail", at, 300),
        key: field("key", at, 300),
        miles: field("miles", at, 20),
        deposit_mail: !all(form, &format!("send{at}")).is_empty(),
    };
    (1..=ROWS).map(row).collect()
}

fn empty(row: &HandInput) -> bool {
    row.mail.is_empty() && row.key.is_empty() && row.miles.is_empty()
}

fn page<'a>(campaign: &'a IssuingCampaign, form: &Fields) -> HandPage<'a> {
    HandPage {
        campaign,
        rows: typed(form),
        settings: settings(form),
        problems: Vec::new(),
        tran_id: value(form, "tran_id").chars().take(64).collect(),
    }
}

/// What the office is asked for, or what is wrong.
fn request(visit: &Visit, page: &HandPage<'_>) -> Result<ByHandRequest, Vec<String>> {
    let mut problems = Vec::new();
    let mut say = |at: usize, ja: &str, en: &str| {
        problems.push(match at {
            0 => visit.t(ja, en).to_owned(),
            at => visit
                .t(&format!("{at}件目: {ja}"), &format!("Row {at}: {en}"))
                .to_owned(),
        });
    };
    let fixed = matches!(page.campaign.rule, MileRule::Fixed { .. });
    let mut rows = Vec::new();
    for (row, at) in page.rows.iter().zip(1_usize..).filter(|(r, _)| !empty(r)) {
        if row.mail.is_empty() {
            say(
                at,
                "メールアドレスを入力してください。",
                "enter a mail address.",
            );
        }
        if row.key.is_empty() {
            say(
                at,
                "指定キーを入力してください。",
                "enter a designated key.",
            );
        }
        let digits = row.miles.len() <= 9 && row.miles.bytes().all(|b| b.is_ascii_digit());
        let miles: Option<u64> = row.miles.parse().ok().filter(|_| digits);
        if miles.is_none() && !(fixed && row.miles.is_empty()) {
            say(
                at,
                "マイル発行数は9桁までの数字で入力してください(「,」は使えません)。",
                "miles are a number of up to 9 digits without a comma.",
            );
        }
        rows.push(HandRow {
            mail: row.mail.clone(),
            designated_key: row.key.clone(),
            miles,
            deposit_mail: Some(row.deposit_mail),
        });
    }
    if rows.is_empty() {
        say(0, "1件以上入力してください。", "Fill in at least one row.");
    }
    let settings = page.settings.read();
    if settings.is_none() {
        say(
            0,
            "振込までの日数は0~365の数字で入力してください。",
            "The days until the deposit are a number from 0 to 365.",
        );
    }
    if page.settings.text.chars().count() > 500 {
        say(
            0,
            "差込文は500文字以内で入力してください。",
            "The inserted text has at most 500 characters.",
        );
    }
    match settings {
        Some(settings) if problems.is_empty() => Ok(ByHandRequest {
            tran_id: page.tran_id.clone(),
            campaign_id: page.campaign.campaign_id.clone(),
            rows,
            settings,
        }),
        _ => Err(problems),
    }
}

fn show_form(visit: &Visit, site: &Site, page: &HandPage<'_>) -> Response {
    let frame = visit.frame_at(&format!(
        "{HOME}/campaigns/{}/issue",
        page.campaign.campaign_id
    ));
    visit.html(miles::hand(&frame, site, page))
}

/// マイル発行/会員登録: the ways to issue.
pub(crate) async fn ways(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let campaign = own(&gateway, site, &id).await?;
        let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/issuing"));
        Ok(visit.html(miles::issuing(&frame, site, &campaign)))
    };
    answer(&visit, shown.await)
}

/// ① enter.
pub(crate) async fn form(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let row = HandInput {
            deposit_mail: true,
            ..HandInput::default()
        };
        let campaign = own(&gateway, site, &id).await?;
        let page = HandPage {
            campaign: &campaign,
            rows: vec![row; ROWS],
            settings: SettingsInput::default(),
            problems: Vec::new(),
            tran_id: String::new(),
        };
        Ok(show_form(&visit, site, &page))
    };
    answer(&visit, shown.await)
}

/// Back to the form with what was typed.
pub(crate) async fn back(
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
        let campaign = own(&gateway, site, &id).await?;
        let page = page(&campaign, &form);
        Ok(show_form(&visit, site, &page))
    };
    answer(&visit, shown.await)
}

/// ② confirm.
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
        let campaign = own(&gateway, site, &id).await?;
        let mut page = page(&campaign, &form);
        if let Err(problems) = request(&visit, &page) {
            page.problems = problems;
            return Ok(show_form(&visit, site, &page));
        }
        page.rows.retain(|row| !empty(row));
        page.tran_id = number(&gateway).await?;
        let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/issue"));
        Ok(visit.html(miles::hand_confirm(&frame, site, &page)))
    };
    answer(&visit, shown.await)
}

/// A number for one issue or file.
pub(super) async fn number(gateway: &Gateway) -> Result<String, MockError> {
    let mut conn = gateway.conn().await?;
    let id = gateway.opaque_id(&mut conn, "manage").await?;
    Ok(format!("m-{}", id.chars().take(30).collect::<String>()))
}

/// ③ issue.
pub(crate) async fn done(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    answer(&visit, issue(&gateway, &visit, &id, &form).await)
}

async fn issue(
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
    let request = match request(visit, &page) {
        Ok(request) => request,
        Err(problems) => {
            page.problems = problems;
            return Ok(show_form(visit, site, &page));
        }
    };
    let command = Command::ByHand(request);
    match carry_out::<ByHandDone>(gateway, site, command).await? {
        Ok(done) => {
            let frame = visit.frame_at(&format!("{HOME}/registrations/{}", done.registration_id));
            let page = HandDonePage {
                campaign: page.campaign,
                done: &done,
            };
            Ok(visit.html(miles::hand_done(&frame, site, &page)))
        }
        Err(refusal) => {
            page.problems = vec![miles::refusal(visit.lang, &refusal)];
            Ok(show_form(visit, site, &page))
        }
    }
}

/// メールサンプル表示.
pub(crate) async fn sample(
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
        let kind = match visit.ask("kind") {
            Some("registration") => Sample::MemberRegistration,
            _ => Sample::Deposit,
        };
        let text = settings(&form).text;
        let mail: Result<_, Refusal> = gateway
            .office_read(|office, _| office.sample(&site.site_id, &id, kind, &text))
            .await?;
        Ok(match mail {
            Ok(mail) => {
                let frame = visit.frame_at(&format!("{HOME}/campaigns/{id}/issue"));
                let page = SamplePage {
                    campaign,
                    mail: &mail,
                };
                visit.html(miles::sample(&frame, &page))
            }
            Err(refusal) => refused(&visit, &refusal),
        })
    };
    answer(&visit, shown.await)
}
