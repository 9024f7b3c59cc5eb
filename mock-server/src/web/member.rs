//! The member's own page: passbook, questionnaires, mails.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{
    pay::{demo_members, unsigned},
    rewards,
    visit::{Visit, answer, page_form, see, value, with_cookie},
};
use crate::{
    clock,
    gateway::Gateway,
    options::MockError,
    pages::{
        self, EarnOffer, LoginProblem, MemberLoginPage, MemberNotice, MemberPage, PassbookKind,
        PassbookRow, QuestionnairePage,
    },
    scenario::Questionnaire,
    store::{ledger, members},
    wire::form::Fields,
};

const COOKIE: &str = "member";

pub(super) async fn who(gateway: &Gateway, visit: &Visit) -> Result<Option<String>, MockError> {
    let Some(token) = visit.cookie(COOKIE) else {
        return Ok(None);
    };
    let mut conn = gateway.conn().await?;
    members::logged_in(&mut conn, token, COOKIE).await
}

fn login_page(
    gateway: &Gateway,
    visit: &Visit,
    login: &str,
    problem: Option<LoginProblem>,
) -> Response {
    let page = MemberLoginPage {
        login: login.chars().take(200).collect(),
        problem,
        demo: demo_members(gateway),
    };
    visit.html(pages::member_login(&visit.frame_at("/member"), &page))
}

pub(crate) async fn to_page() -> Response {
    see("/member")
}

/// The member's page, or the log-in.
pub(crate) async fn page(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(login) = who(&gateway, &visit).await? else {
            return Ok(login_page(&gateway, &visit, "", None));
        };
        let page = member_page(&gateway, &visit, &login).await?;
        Ok(visit.html(pages::member(&visit.frame_at("/member"), &page)))
    };
    answer(&visit, shown.await)
}

async fn member_page(
    gateway: &Gateway,
    visit: &Visit,
    login: &str,
) -> Result<MemberPage, MockError> {
    let mut conn = gateway.conn().await?;
    let rows = ledger::rows(&mut conn, Some(login)).await?;
    let pending = members::pending(&mut conn, login).await?;
    let earned = members::earned(&mut conn, login).await?;
    let mut balance = 0_i64;
    let mut passbook: Vec<PassbookRow> = Vec::new();
    for row in rows.iter().filter(|r| r.miles != 0 || r.kind == "opening") {
        balance += row.miles;
        passbook.push(PassbookRow {
            at: clock::display(row.at),
            kind: passbook_kind(&row.kind),
            detail: detail(gateway, visit, row),
            miles: row.miles,
            balance_miles: Some(unsigned(balance)),
            due: None,
        });
    }
    for (what, miles, kind, due) in &pending {
        passbook.push(PassbookRow {
            at: clock::display(gateway.clock.now()),
            kind: passbook_kind(kind),
            detail: title(gateway, visit, what),
            miles: *miles,
            balance_miles: None,
            due: Some(clock::display(*due)),
        });
    }
    drop(conn);
    let held = gateway
        .office_read(|office, _| office.pending_of_login(login))
        .await?;
    let held_miles: u64 = held.iter().map(|pending| pending.miles).sum();
    for pending in held {
        passbook.push(PassbookRow {
            at: clock::display(gateway.clock.now()),
            kind: PassbookKind::Campaign,
            detail: issuing(gateway, visit, &pending.campaign_id),
            miles: i64::try_from(pending.miles).unwrap_or(i64::MAX),
            balance_miles: None,
            due: Some(pending.deposit_on),
        });
    }
    passbook.reverse();
    let notice = match visit.ask("n") {
        Some("earned") => {
            let of = |id: &str| {
                let scenario = &gateway.scenario;
                let asked = scenario.questionnaires.iter().find(|q| q.id == id);
                let mailed = scenario.mails.iter().find(|m| m.id == id);
                asked.map(|q| q.miles).or(mailed.map(|m| m.miles))
            };
            visit
                .ask("what")
                .and_then(of)
                .map(|miles| MemberNotice::Earned { miles })
        }
        Some("again") => Some(MemberNotice::AlreadyEarned),
        Some("exchanged") => {
            let token = visit.ask("what");
            let mut exchanges = rows.iter().filter(|row| row.kind == rewards::KIND);
            let row = exchanges.find(|row| row.order_id.as_deref() == token);
            row.map(|row| MemberNotice::Exchanged {
                miles: row.miles.unsigned_abs(),
            })
        }
        _ => None,
    };
    let offer = |id: &str, title: &str, miles: u64| EarnOffer {
        id: id.to_owned(),
        title: title.to_owned(),
        miles,
        done: earned.iter().any(|e| e == id),
    };
    let scenario = &gateway.scenario;
    Ok(MemberPage {
        name: scenario
            .member(login)
            .map(|m| m.name.clone())
            .unwrap_or_default(),
        balance_miles: unsigned(balance),
        pending_miles: pending.iter().map(|p| unsigned(p.1)).sum::<u64>() + held_miles,
        passbook,
        questionnaires: scenario
            .questionnaires
            .iter()
            .map(|q| offer(&q.id, visit.t(&q.title_ja, &q.title_en), q.miles))
            .collect(),
        mails: scenario
            .mails
            .iter()
            .map(|m| offer(&m.id, visit.t(&m.subject_ja, &m.subject_en), m.miles))
            .collect(),
        notice,
    })
}

fn passbook_kind(kind: &str) -> PassbookKind {
    match kind {
        "opening" => PassbookKind::Opening,
        "campaign" | "issue" | "issue_cancelled" => PassbookKind::Campaign,
        "questionnaire" => PassbookKind::Questionnaire,
        "mail" => PassbookKind::MailClick,
        "payment" => PassbookKind::Payment,
        "return" => PassbookKind::Return,
        "refund" => PassbookKind::Refund,
        "return_taken_back" => PassbookKind::ReturnTakenBack,
        rewards::KIND => PassbookKind::Reward,
        _ => PassbookKind::Adjustment,
    }
}

fn detail(gateway: &Gateway, visit: &Visit, row: &ledger::Entry) -> String {
    match row.kind.as_str() {
        "campaign" => gateway
            .scenario
            .campaign(&row.detail)
            .map(|c| visit.t(&c.name_ja, &c.name_en).to_owned())
            .unwrap_or_default(),
        "issue" | "issue_cancelled" => issuing(gateway, visit, &row.detail),
        "questionnaire" | "mail" => title(gateway, visit, &row.detail),
        rewards::KIND => rewards::name(visit, &row.detail),
        _ => row.order_id.clone().unwrap_or_default(),
    }
}

fn issuing(gateway: &Gateway, visit: &Visit, campaign_id: &str) -> String {
    let mut all = gateway.scenario.issuing_campaigns.iter();
    all.find(|c| c.campaign_id == campaign_id)
        .map(|c| visit.t(&c.name_ja, &c.name_en).to_owned())
        .unwrap_or_default()
}

fn title(gateway: &Gateway, visit: &Visit, what: &str) -> String {
    let asked = gateway
        .scenario
        .questionnaires
        .iter()
        .find(|q| q.id == what);
    let mailed = gateway.scenario.mails.iter().find(|m| m.id == what);
    asked
        .map(|q| visit.t(&q.title_ja, &q.title_en))
        .or(mailed.map(|m| visit.t(&m.subject_ja, &m.subject_en)))
        .unwrap_or_default()
        .to_owned()
}

/// Logs in.
pub(crate) async fn login(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let logged = async {
        let typed = value(&form, "login").trim();
        if typed.is_empty() || value(&form, "password").is_empty() {
            let problem = Some(LoginProblem::Empty);
            return Ok(login_page(&gateway, &visit, typed, problem));
        }
        let Some(member) = gateway
            .scenario
            .member(typed)
            .filter(|m| m.password == value(&form, "password"))
        else {
            let problem = Some(LoginProblem::Wrong);
            return Ok(login_page(&gateway, &visit, typed, problem));
        };
        let mut conn = gateway.conn().await?;
        let token = gateway.opaque_id(&mut conn, "login").await?;
        members::log_in(&mut conn, &token, COOKIE, &member.login).await?;
        let cookie = format!("{COOKIE}={token}; Path=/member; HttpOnly; SameSite=Lax");
        Ok(with_cookie(see("/member"), &cookie))
    };
    answer(&visit, logged.await)
}

/// Logs out.
pub(crate) async fn logout(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let gone = async {
        if let Some(token) = visit.cookie(COOKIE) {
            let mut conn = gateway.conn().await?;
            members::log_out(&mut conn, token).await?;
        }
        let cookie = format!("{COOKIE}=; Path=/member; Max-Age=0");
        Ok(with_cookie(see("/member"), &cookie))
    };
    answer(&visit, gone.await)
}

fn find<'a>(gateway: &'a Gateway, id: &str) -> Result<&'a Questionnaire, MockError> {
    gateway
        .scenario
        .questionnaires
        .iter()
        .find(|q| q.id == id)
        .ok_or_else(|| MockError::NotFound {
            what: "questionnaire",
            id: id.to_owned(),
        })
}

/// The questions with the answers given so far; `checked` marks the missing ones.
fn questions(
    visit: &Visit,
    questionnaire: &Questionnaire,
    given: &Fields,
    checked: bool,
) -> QuestionnairePage {
    let questions = questionnaire
        .questions
        .iter()
        .enumerate()
        .map(|(number, question)| {
            let key = format!("q{}", number + 1);
            let texts = question.choices_ja.iter().zip(&question.choices_en);
            let choices: Vec<(String, String)> = texts
                .enumerate()
                .map(|(i, (ja, en))| (format!("{}", i + 1), visit.t(ja, en).to_owned()))
                .collect();
            let chosen = given
                .iter()
                .find(|(n, v)| *n == key && choices.iter().any(|(c, _)| c == v))
                .map(|(_, v)| v.clone());
            pages::Question {
                key,
                text: visit.t(&question.ja, &question.en).to_owned(),
                choices,
                unanswered: checked && chosen.is_none(),
                chosen,
            }
        })
        .collect();
    QuestionnairePage {
        id: questionnaire.id.clone(),
        title: visit
            .t(&questionnaire.title_ja, &questionnaire.title_en)
            .to_owned(),
        miles: questionnaire.miles,
        questions,
    }
}

/// The questionnaire.
pub(crate) async fn questionnaire(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        if who(&gateway, &visit).await?.is_none() {
            return Ok(see("/member"));
        }
        let page = questions(&visit, find(&gateway, &id)?, &Vec::new(), false);
        Ok(visit.html(pages::questionnaire(&visit.frame(), &page)))
    };
    answer(&visit, shown.await)
}

async fn answered(
    gateway: &Gateway,
    visit: &Visit,
    id: &str,
    form: &Fields,
) -> Result<Response, MockError> {
    let Some(login) = who(gateway, visit).await? else {
        return Ok(see("/member"));
    };
    let found = find(gateway, id)?;
    let page = questions(visit, found, form, true);
    if page.questions.iter().any(|q| q.unanswered) {
        return Ok(visit.html(pages::questionnaire(&visit.frame(), &page)));
    }
    let days = found.deposit_after_days;
    let new = gateway
        .earn(&login, &found.id, found.miles, "questionnaire", days)
        .await?;
    Ok(after(&found.id, new))
}

fn after(what: &str, new: bool) -> Response {
    if new {
        see(&format!("/member?n=earned&what={what}"))
    } else {
        see("/member?n=again")
    }
}

/// The questionnaire is answered.
pub(crate) async fn questionnaire_answer(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    answer(&visit, answered(&gateway, &visit, &id, &form).await)
}

/// The link of a mail.
pub(crate) async fn mail(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let clicked = async {
        let Some(login) = who(&gateway, &visit).await? else {
            return Ok(see("/member"));
        };
        let mail = gateway.scenario.mails.iter().find(|m| m.id == id);
        let mail = mail.ok_or_else(|| MockError::NotFound {
            what: "mail",
            id: id.clone(),
        })?;
        let new = gateway
            .earn(&login, &mail.id, mail.miles, "mail", 0)
            .await?;
        Ok(after(&mail.id, new))
    };
    answer(&visit, clicked.await)
}
