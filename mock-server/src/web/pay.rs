//! The customer's journey: `/pay/{session}` and what is posted below it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{
    campaign,
    visit::{Visit, answer, page_form, see, value},
};
use crate::{
    clock,
    gateway::Gateway,
    journey::settle::{Means, Settled, Split, revision},
    link::{fields::Function, rules},
    mask,
    options::MockError,
    pages::{
        self, Checkout, Credentials, LoginProblem, Outcome, PaymentNotice, Problem, RecurringKind,
        ReturnForm,
    },
    scenario::Billing,
    store::{
        contracts, ledger, notices, registrations,
        sessions::{self, Done, Session, State as Stage},
    },
    wire::form::Fields,
};

type Answer = Result<Response, MockError>;

pub(super) async fn load(gateway: &Gateway, id: &str) -> Result<Session, MockError> {
    let mut conn = gateway.conn().await?;
    sessions::get(&mut conn, id)
        .await?
        .ok_or_else(|| MockError::NotFound {
            what: "session",
            id: id.to_owned(),
        })
}

pub(super) fn path(session: &Session) -> String {
    format!("/pay/{}", session.id)
}

/// The page for the session's current state.
pub(crate) async fn page(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    answer(&visit, show(&gateway, &visit, &id, None).await)
}

/// What the log-in page shows again after a failed try.
struct Retry {
    login: String,
    problem: LoginProblem,
}

async fn show(gateway: &Gateway, visit: &Visit, id: &str, retry: Option<Retry>) -> Answer {
    let mut session = load(gateway, id).await?;
    if session.state == Stage::Settling {
        // Another tab is waiting for the merchant: wait with it, then show what came of it.
        let lock = gateway.session_lock(id);
        drop(lock.lock().await);
        session = load(gateway, id).await?;
    }
    let frame = visit.frame_at(&path(&session));
    let checkout = checkout(gateway, visit, &session);
    match session.state {
        Stage::Open => open_page(gateway, visit, &session, retry).await,
        Stage::Settling | Stage::Done => completion(gateway, visit, &session).await,
        Stage::NoticeFailed => {
            let mut conn = gateway.conn().await?;
            let attempts = notices::attempts(&mut conn, Some(id)).await?;
            let page = pages::PurchaseNgPage {
                checkout,
                code: session.error_code.clone().unwrap_or_default(),
                tracking_id: session.tracking_id.clone().unwrap_or_default(),
                attempts: attempts.iter().map(super::manage::attempt_view).collect(),
            };
            Ok(visit.html(pages::purchase_ng(&frame, &page)))
        }
        Stage::Cancelled => {
            let form = gateway.return_form(&session).await?;
            withhold(visit, &form);
            let page = pages::CancelPage {
                checkout,
                form: view(form),
            };
            Ok(visit.shift_jis(pages::cancelled(&frame, &page)))
        }
        Stage::Failed => {
            let form = gateway.return_form(&session).await?;
            withhold(visit, &form);
            let page = pages::ErrorPage {
                checkout,
                code: session.error_code.clone().unwrap_or_default(),
                form: view(form),
            };
            Ok(visit.shift_jis(pages::failed(&frame, &page)))
        }
    }
}

/// A page that is nothing but its return form is lost with it.
fn withhold(visit: &Visit, form: &sessions::ReturnForm) {
    if let (false, Some(fuse)) = (form.shown, &visit.fuse) {
        fuse.blow_after(0);
    }
}

fn view(form: sessions::ReturnForm) -> ReturnForm {
    ReturnForm {
        action: form.action,
        fields: form.fields,
    }
}

async fn completion(gateway: &Gateway, visit: &Visit, session: &Session) -> Answer {
    let form = gateway.return_form(session).await?;
    let outcome = match session.done {
        Some(Done::Applied) => Outcome::Applied,
        Some(Done::ContractEnded) => Outcome::ContractEnded,
        Some(Done::Stored) => Outcome::DataStored,
        Some(Done::Deleted) => Outcome::DataDeleted,
        Some(Done::Paid {
            miles,
            paypal_yen,
            returned,
            balance,
        }) => Outcome::Paid {
            miles: unsigned(miles),
            paypal_yen: unsigned(paypal_yen),
            returned_miles: unsigned(returned),
            balance_miles: balance.map(unsigned),
        },
        None => Outcome::Applied,
    };
    let page = pages::CompletionPage {
        checkout: checkout(gateway, visit, session),
        method: session.method.clone().unwrap_or_default(),
        tracking_id: session.tracking_id.clone(),
        outcome,
        form: form.shown.then(|| view(form)),
    };
    Ok(visit.shift_jis(pages::completion(&visit.frame_at(&path(session)), &page)))
}

pub(super) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

fn checkout(gateway: &Gateway, visit: &Visit, session: &Session) -> Checkout {
    let request = &session.request;
    let merchant = gateway
        .scenario
        .merchant(&session.merchant_id, &session.service_id);
    let item = match request.get("item_name") {
        "" => request.get("item_id"),
        name => name,
    };
    let cell = |row: &Fields, name: &str| value(row, name).to_owned();
    Checkout {
        session: session.id.clone(),
        shop: merchant
            .map(|m| visit.t(&m.name_ja, &m.name_en).to_owned())
            .unwrap_or_default(),
        item: item.to_owned(),
        order_id: session.order_id.clone(),
        amount_yen: session.amount(),
        rows: request
            .rows
            .iter()
            .map(|row| pages::DetailRow {
                name: cell(row, "dtl_item_name"),
                count: cell(row, "dtl_item_count"),
                amount_yen: cell(row, "dtl_amount").parse().ok(),
            })
            .collect(),
        test_buttons: gateway.scenario.test_buttons,
    }
}

pub(super) fn demo_members(gateway: &Gateway) -> Vec<Credentials> {
    gateway
        .scenario
        .members
        .iter()
        .filter(|_| gateway.scenario.show_secrets)
        .map(|m| Credentials {
            login: m.login.clone(),
            password: m.password.clone(),
        })
        .collect()
}

fn kind(session: &Session) -> RecurringKind {
    if session.request.get("pay_type") == "1" {
        RecurringKind::Simple
    } else {
        RecurringKind::FixedOrMetered
    }
}

async fn open_page(
    gateway: &Gateway,
    visit: &Visit,
    session: &Session,
    retry: Option<Retry>,
) -> Answer {
    let frame = visit.frame_at(&path(session));
    let checkout = checkout(gateway, visit, session);
    let Some(method) = session.method.clone() else {
        let page = pages::MethodPage {
            checkout,
            methods: session.methods.clone(),
            nothing_chosen: visit.ask("n") == Some("nothing"),
        };
        return Ok(visit.html(pages::method_selection(&frame, &page)));
    };
    if session.is_netmile() && session.member.is_none() {
        let page = pages::LoginPage {
            checkout,
            login: retry.as_ref().map(|r| r.login.clone()).unwrap_or_default(),
            problem: retry.map(|r| r.problem),
            demo: demo_members(gateway),
        };
        return Ok(visit.html(pages::login(&frame, &page)));
    }
    let mut conn = gateway.conn().await?;
    let balance = match &session.member {
        Some(member) => Some(ledger::balance(&mut conn, member).await?),
        None => None,
    };
    let revision = revision(session, balance);
    let request = &session.request;
    if rules::ends_contract(request) {
        let target = request.get("tracking_id");
        let contract = contracts::get(&mut conn, target).await?;
        let page = pages::ContractCancelPage {
            checkout,
            method,
            revision,
            kind: kind(session),
            tracking_id: target.to_owned(),
            since: contract.map(|c| clock::display(c.started_at)),
        };
        return Ok(visit.html(pages::contract_cancel(&frame, &page)));
    }
    if matches!(
        request.function,
        Function::Customer | Function::CustomerDelete
    ) {
        let page = pages::CustomerDataPage {
            session: session.id.clone(),
            shop: checkout.shop,
            customer: mask::customer(request.get("cust_code")),
            method,
            revision,
            task: if request.function == Function::Customer {
                pages::CustomerDataTask::Register
            } else {
                pages::CustomerDataTask::Delete
            },
            test_buttons: gateway.scenario.test_buttons,
        };
        return Ok(visit.html(pages::customer_data(&frame, &page)));
    }
    let applies_only = !rules::charges_at_once(request);
    let enough = applies_only || balance.is_none_or(|b| unsigned(b) / 2 >= checkout.amount_yen);
    let recurring = rules::billing(request) != Some(Billing::OneTime);
    let taken = match &session.member {
        Some(member) => registrations::of_member(&mut conn, Some(member)).await?,
        None => Vec::new(),
    };
    let campaigns = if enough {
        Vec::new()
    } else {
        campaign::offers(gateway, visit, &taken)
    };
    if recurring {
        let page = pages::RecurringPage {
            checkout,
            method,
            revision,
            kind: kind(session),
            last_month: request
                .get("last_charge_month")
                .split_at_checked(4)
                .map(|(year, month)| format!("{year}-{month}")),
            balance_miles: balance.map(unsigned),
            apply_only: applies_only,
            campaigns,
        };
        return Ok(visit.html(pages::recurring_application(&frame, &page)));
    }
    let Some((member, balance)) = session.member.clone().zip(balance) else {
        let page = pages::StandInPage {
            checkout,
            method,
            revision,
        };
        return Ok(visit.html(pages::stand_in(&frame, &page)));
    };
    let page = pages::PaymentPage {
        checkout,
        revision,
        member: gateway
            .scenario
            .member(&member)
            .map(|m| m.name.clone())
            .unwrap_or_default(),
        balance_miles: unsigned(balance),
        campaigns,
        paypal: !enough,
        notice: notice(visit, session, &taken),
    };
    Ok(visit.html(pages::payment(&frame, &page)))
}

fn notice(
    visit: &Visit,
    session: &Session,
    taken: &[registrations::Registration],
) -> Option<PaymentNotice> {
    let latest = || taken.iter().rev().find(|r| r.session == session.id);
    match visit.ask("n")? {
        "miles" => latest().map(|r| PaymentNotice::MilesAdded {
            miles: unsigned(r.miles),
        }),
        "confirming" => Some(PaymentNotice::Confirming),
        "changed" => Some(PaymentNotice::Changed),
        "short" => Some(PaymentNotice::StillShort),
        "declined" => Some(PaymentNotice::PayPalDeclined),
        _ => None,
    }
}

/// Chooses the payment method.
pub(crate) async fn method(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let chosen = async {
        let session = load(&gateway, &id).await?;
        let method = value(&form, "method");
        if !session.methods.iter().any(|m| m == method) {
            return Ok(see(&format!("{}?n=nothing", path(&session))));
        }
        let member = session.member.as_deref().filter(|_| method == "netmile");
        let mut conn = gateway.conn().await?;
        if sessions::choose(&mut conn, &id, Some(method), member).await? {
            let now = gateway.clock.now();
            sessions::note(&mut conn, &id, now, "method_chosen", method).await?;
        }
        Ok(see(&path(&session)))
    };
    answer(&visit, chosen.await)
}

/// Logs the member in for this session.
pub(crate) async fn login(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let logged = async {
        let session = load(&gateway, &id).await?;
        let typed = value(&form, "login").trim();
        let again = |problem| Retry {
            login: typed.chars().take(200).collect(),
            problem,
        };
        if typed.is_empty() || value(&form, "password").is_empty() {
            return show(&gateway, &visit, &id, Some(again(LoginProblem::Empty))).await;
        }
        let Some(member) = gateway
            .scenario
            .member(typed)
            .filter(|m| m.password == value(&form, "password"))
        else {
            return show(&gateway, &visit, &id, Some(again(LoginProblem::Wrong))).await;
        };
        if session.is_netmile() {
            let mut conn = gateway.conn().await?;
            let method = session.method.as_deref();
            if sessions::choose(&mut conn, &id, method, Some(&member.login)).await? {
                let now = gateway.clock.now();
                let who = mask::member(&member.login);
                sessions::note(&mut conn, &id, now, "logged_in", &who).await?;
            }
        }
        Ok(see(&path(&session)))
    };
    answer(&visit, logged.await)
}

/// Pays, or confirms whatever the session is about.
pub(crate) async fn pay(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    settle(&gateway, &id, &visit, body, Means::Whole).await
}

/// The PayPal stand-in is approved.
pub(crate) async fn paypal_approve(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    settle(&gateway, &id, &visit, body, Means::RestByPayPal).await
}

async fn settle(
    gateway: &Arc<Gateway>,
    id: &str,
    visit: &Visit,
    body: Body,
    means: Means,
) -> Response {
    let form = match page_form(visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let seen = form
        .iter()
        .find(|(n, _)| n == "revision")
        .map(|(_, v)| v.clone());
    let outcome = gateway.settle(id, means, seen).await.map(|settled| {
        let hint = match settled {
            Settled::Ended | Settled::NotReady => "",
            Settled::Changed => "?n=changed",
            Settled::Short => "?n=short",
            Settled::Gone => {
                return visit.problem(
                    Problem::Conflict,
                    Some(visit.t(
                        "この契約はすでに終了しているか、別の会員の契約です。",
                        "This contract has already ended, or is another member's.",
                    )),
                );
            }
        };
        see(&format!("/pay/{id}{hint}"))
    });
    answer(visit, outcome)
}

/// Goes to the PayPal stand-in.
pub(crate) async fn paypal(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let going = async {
        let session = load(&gateway, &id).await?;
        let seen = value(&form, "revision");
        let mut conn = gateway.conn().await?;
        let balance = match &session.member {
            Some(member) => Some(ledger::balance(&mut conn, member).await?),
            None => None,
        };
        if !seen.is_empty() && seen != revision(&session, balance) {
            return Ok(see(&format!("{}?n=changed", path(&session))));
        }
        Ok(see(&format!("{}/paypal", path(&session))))
    };
    answer(&visit, going.await)
}

/// The PayPal stand-in.
pub(crate) async fn paypal_page(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let session = load(&gateway, &id).await?;
        let one_time = session.request.get("pay_type") == "0";
        let member = session
            .member
            .as_deref()
            .filter(|_| session.state == Stage::Open && session.is_netmile() && one_time);
        let Some(member) = member else {
            return Ok(see(&path(&session)));
        };
        let mut conn = gateway.conn().await?;
        let balance = ledger::balance(&mut conn, member).await?;
        let yen = i64::try_from(session.amount()).unwrap_or(i64::MAX);
        let from = gateway.scenario.rules.return_from_yen;
        let split = Split::of(yen, balance, Means::RestByPayPal, from);
        let Some(split) = split.filter(|s| s.paypal_yen > 0) else {
            return Ok(see(&path(&session)));
        };
        let page = pages::PayPalPage {
            checkout: checkout(&gateway, &visit, &session),
            netmile_miles: unsigned(split.miles),
            paypal_yen: unsigned(split.paypal_yen),
            revision: revision(&session, Some(balance)),
        };
        Ok(visit.html(pages::paypal(&visit.frame(), &page)))
    };
    answer(&visit, shown.await)
}

/// The PayPal stand-in is declined.
pub(crate) async fn paypal_decline(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let declined = async {
        let session = load(&gateway, &id).await?;
        Ok(see(&format!("{}?n=declined", path(&session))))
    };
    answer(&visit, declined.await)
}

/// The customer gives up.
pub(crate) async fn cancel(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    answer(&visit, end(&gateway, &id, Stage::Cancelled, "").await)
}

/// The institution fails, for testing.
pub(crate) async fn fail(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    if !gateway.scenario.test_buttons {
        return visit.problem(Problem::NotFound, None);
    }
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let code = match value(&form, "code") {
        "" => gateway.scenario.codes.institution.clone(),
        code if code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) => code.to_owned(),
        _ => {
            let rule = visit.t("codeは半角数字4桁です。", "code: 4 half-width digits.");
            return visit.problem(Problem::BadRequest, Some(rule));
        }
    };
    answer(&visit, end(&gateway, &id, Stage::Failed, &code).await)
}

async fn end(gateway: &Gateway, id: &str, stage: Stage, code: &str) -> Answer {
    let session = load(gateway, id).await?;
    let mut tx = gateway.begin().await?;
    if sessions::step(&mut tx, id, Stage::Open, stage).await? {
        if !code.is_empty() {
            sessions::set_error(&mut tx, id, code).await?;
        }
        sessions::note(&mut tx, id, gateway.clock.now(), stage.key(), code).await?;
    }
    tx.commit().await?;
    Ok(see(&path(&session)))
}
