//! The endpoints of the link type: requests by the customer's browser, and the checker.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use super::visit::{Visit, answer, see};
use crate::{
    clock, diagnosis,
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::{
        check::{self, Reason, Refusal},
        fields::{Function, Provenance},
        request::Request,
        rules,
    },
    notify::{
        compose::{self, Carrier, Res},
        send::{self, Draft},
    },
    options::MockError,
    pages::{self, CheckedField, CheckerPage, HashReport, Lang, Problem, RefusedPage},
    store::{
        contracts,
        sessions::{self, Session},
    },
    wire::form::Fields,
    wire::{
        form::{self, Bounds},
        hash,
    },
};

pub(crate) async fn purchase(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    receive(&gateway, &visit, body, Function::Purchase).await
}

pub(crate) async fn customer(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    receive(&gateway, &visit, body, Function::Customer).await
}

pub(crate) async fn customer_delete(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    receive(&gateway, &visit, body, Function::CustomerDelete).await
}

pub(crate) async fn recurring(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    receive(&gateway, &visit, body, Function::Recurring).await
}

fn bounds(gateway: &Gateway) -> Bounds {
    Bounds {
        bytes: gateway.scenario.rules.max_body_bytes,
        fields: gateway.scenario.rules.max_fields,
    }
}

async fn receive(
    gateway: &Arc<Gateway>,
    visit: &Visit,
    body: Body,
    function: Function,
) -> Response {
    let Ok(bytes) = axum::body::to_bytes(body, bounds(gateway).bytes).await else {
        return visit.problem(Problem::TooLarge, None);
    };
    let fields = match form::parse(&bytes, bounds(gateway)) {
        Ok(fields) => fields,
        Err(error) => {
            let refusal = Refusal::new(
                Reason::Body,
                "",
                format!("リクエストを読み取れません: {error}"),
                format!("The request cannot be read: {error}"),
            );
            let page = visit.html(refused(gateway, visit, function, &refusal, None));
            let outcome = log_unreadable(gateway, function, &refusal.en).await;
            return answer(visit, outcome.map(|()| page));
        }
    };
    let (request, odd) = Request::sort(function, &fields);
    let fault = gateway.faults.draw(
        function.name(),
        request.get("merchant_id"),
        request.get("order_id"),
    );
    let kind = fault.as_ref().map(|f| f.kind);
    let blow = |bytes: usize| {
        if let Some(fuse) = &visit.fuse {
            fuse.blow_after(bytes);
        }
    };
    match (kind, &fault) {
        (Some(FaultKind::LostBefore | FaultKind::Reset), _) => {
            blow(0);
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        (Some(FaultKind::ServerError), _) => {
            return (StatusCode::SERVICE_UNAVAILABLE, "503 Service Unavailable").into_response();
        }
        (Some(FaultKind::Html), _) => {
            return axum::response::Html(
                "<!doctype html><title>Maintenance</title><h1>Maintenance</h1>",
            )
            .into_response();
        }
        (Some(FaultKind::Delay), Some(rule)) => tokio::time::sleep(rule.delay()).await,
        _ => {}
    }
    let outcome = accept(gateway, visit, &fields, &request, &odd).await;
    let response = answer(visit, outcome);
    match kind {
        Some(FaultKind::LostAfter) => blow(0),
        Some(FaultKind::Truncated) => blow(60),
        _ => {}
    }
    response
}

async fn log_unreadable(gateway: &Gateway, function: Function, why: &str) -> Result<(), MockError> {
    let mut conn = gateway.conn().await?;
    let message = Logged {
        direction: "in",
        peer: "browser",
        message: function.name(),
        merchant_id: "",
        order_id: "",
        fields: &Vec::new(),
        provenance: function.provenance(),
        outcome: why,
    };
    gateway.log(&mut conn, message).await
}

async fn accept(
    gateway: &Gateway,
    visit: &Visit,
    sent: &Fields,
    request: &Request,
    odd: &crate::link::request::Oddities,
) -> Result<Response, MockError> {
    let now = gateway.clock.now();
    let checked = check::check(&gateway.scenario, request, odd, now);
    let mut tx = gateway.begin().await?;
    let opened = match checked {
        Ok(merchant) => open(gateway, &mut tx, merchant, request, now).await?,
        Err(refusal) => Err(refusal),
    };
    let outcome = match &opened {
        Ok(_) => "accepted".to_owned(),
        Err(refusal) => format!(
            "refused {}: {}{}",
            refusal.code(&gateway.scenario),
            refusal
                .field
                .as_deref()
                .map(|f| format!("{f}: "))
                .unwrap_or_default(),
            refusal.en
        ),
    };
    let mut shown = request.in_order();
    shown.push(("sps_hashcode".to_owned(), request.hash.clone()));
    gateway
        .log(
            &mut tx,
            Logged {
                direction: "in",
                peer: "browser",
                message: request.function.name(),
                merchant_id: request.get("merchant_id"),
                order_id: request.get("order_id"),
                fields: &shown,
                provenance: request.function.provenance(),
                outcome: &outcome,
            },
        )
        .await?;
    tx.commit().await?;
    let refusal = match opened {
        Ok(id) => return Ok(see(&format!("/pay/{id}"))),
        Err(refusal) => refusal,
    };
    let diagnosis = if refusal.reason == Reason::Hash {
        diagnose(gateway, request, sent, visit.lang).await
    } else {
        None
    };
    Ok(visit.html(refused(
        gateway,
        visit,
        request.function,
        &refusal,
        diagnosis,
    )))
}

/// The checks that need stored state; then the purchase id is used up and the session opens.
async fn open(
    gateway: &Gateway,
    tx: &mut sqlx::SqliteConnection,
    merchant: &crate::scenario::Merchant,
    request: &Request,
    now: i64,
) -> Result<Result<String, Box<Refusal>>, MockError> {
    let mut methods = rules::methods(merchant, request);
    if rules::ends_contract(request) {
        let contract = contracts::get(tx, request.get("tracking_id")).await?;
        let fits = contract.as_ref().is_some_and(|c| {
            c.active
                && c.merchant_id == merchant.merchant_id
                && c.service_id == merchant.service_id
                && c.cust_code == request.get("cust_code")
                && (request.function == Function::Recurring
                    || (c.pay_type == request.get("pay_type") && c.amount == request.get("amount")))
        });
        if !fits {
            return Ok(Err(Box::new(Refusal::new(
                Reason::Tracking,
                "tracking_id",
                "有効な契約が見つからないか、顧客・課金方式・金額が契約と異なります。",
                "No running contract with this id, customer, pay_type and amount.",
            ))));
        }
        // The contract's method ends it, whatever the customer would choose.
        methods = contract.into_iter().map(|c| c.method).collect();
    }
    let yen = request.get("amount").parse().unwrap_or(0);
    if request.function == Function::Purchase && !rules::netmile_takes(&gateway.scenario, yen) {
        // Other methods take the amount, so the customer may choose among those.
        methods.retain(|m| m != "netmile");
    }
    let has_order = matches!(request.function, Function::Purchase | Function::Recurring);
    if has_order && !sessions::use_order(tx, request, now).await? {
        return Ok(Err(Box::new(Refusal::new(
            Reason::DuplicateOrder,
            "order_id",
            "この購入IDは使用済みです。",
            "This order_id has been used before.",
        ))));
    }
    let session = Session {
        id: gateway.opaque_id(tx, "session").await?,
        merchant_id: merchant.merchant_id.clone(),
        service_id: merchant.service_id.clone(),
        order_id: request.get("order_id").to_owned(),
        request: request.clone(),
        method: match methods.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        methods,
        member: None,
        state: sessions::State::Open,
        tracking_id: None,
        error_code: None,
        done: None,
        res: Vec::new(),
        return_form: None,
        at: now,
    };
    sessions::insert(tx, &session).await?;
    sessions::note(tx, &session.id, now, "accepted", request.function.name()).await?;
    Ok(Ok(session.id))
}

fn refused(
    gateway: &Gateway,
    visit: &Visit,
    function: Function,
    refusal: &Refusal,
    diagnosis: Option<String>,
) -> String {
    let page = RefusedPage {
        code: refusal.code(&gateway.scenario).to_owned(),
        function: function.name().to_owned(),
        reason: reason_text(visit.lang, refusal.reason).to_owned(),
        field: refusal.field.clone(),
        rule: Some(visit.t(&refusal.ja, &refusal.en).to_owned()),
        diagnosis,
    };
    pages::refused(&visit.frame_at("/"), &page)
}

async fn diagnose(
    gateway: &Gateway,
    request: &Request,
    sent: &Fields,
    lang: Lang,
) -> Option<String> {
    let merchant = gateway
        .scenario
        .merchant(request.get("merchant_id"), request.get("service_id"))?;
    let others = gateway
        .scenario
        .merchants
        .iter()
        .filter(|m| m.hash_key != merchant.hash_key)
        .map(|m| {
            (
                format!("{}/{}", m.merchant_id, m.service_id),
                m.hash_key.clone(),
            )
        })
        .collect();
    let differs = diagnosis::Differs {
        function: request.function,
        fields: sent.clone(),
        key: merchant.hash_key.clone(),
        other_keys: others,
        claimed: request.hash.clone(),
    };
    // Thousands of digests: not on a thread that serves others.
    tokio::task::spawn_blocking(move || diagnosis::why(&differs, lang))
        .await
        .ok()
        .flatten()
}

fn reason_text(lang: Lang, reason: Reason) -> &'static str {
    let (ja, en) = match reason {
        Reason::Body => ("リクエストの形式が不正です。", "The request is malformed."),
        Reason::Merchant => ("加盟店が見つかりません。", "The merchant is unknown."),
        Reason::Hash => ("チェックサムが一致しません。", "The hash does not match."),
        Reason::Field => ("項目の値が不正です。", "A field has a wrong value."),
        Reason::UnknownField => ("定義にない項目です。", "A field is unknown."),
        Reason::Expired => ("有効時間を過ぎています。", "The request has expired."),
        Reason::Future => (
            "リクエスト日時が未来です。",
            "The request comes from the future.",
        ),
        Reason::Contract => ("契約にない要求です。", "The contract does not have this."),
        Reason::Amount => ("金額が範囲外です。", "The amount is out of range."),
        Reason::DuplicateOrder => (
            "購入IDが重複しています。",
            "The purchase id is a duplicate.",
        ),
        Reason::Tracking => ("対象の契約がありません。", "There is no such contract."),
    };
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

pub(crate) async fn check_purchase(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    report(&gateway, &visit, body, Function::Purchase).await
}

pub(crate) async fn check_customer(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    report(&gateway, &visit, body, Function::Customer).await
}

/// The checker: every fault at once, nothing stored, results to send back by hand.
async fn report(gateway: &Gateway, visit: &Visit, body: Body, function: Function) -> Response {
    let Ok(bytes) = axum::body::to_bytes(body, bounds(gateway).bytes).await else {
        return visit.problem(Problem::TooLarge, None);
    };
    let fields = match form::parse(&bytes, bounds(gateway)) {
        Ok(fields) => fields,
        Err(error) => {
            return visit.problem(Problem::BadRequest, Some(&error.to_string()));
        }
    };
    let (request, odd) = Request::sort(function, &fields);
    let now = gateway.clock.now();
    let faults = check::all_faults(&gateway.scenario, &request, &odd, now);
    let merchant = gateway
        .scenario
        .merchant(request.get("merchant_id"), request.get("service_id"));
    let matches = merchant
        .and_then(|m| request.expected_hash(&m.hash_key))
        .is_some_and(|expected| hash::same(&expected, hash::trim(&request.hash)));
    let checked = request
        .in_order()
        .into_iter()
        .map(|(name, value)| {
            let problem = faults
                .iter()
                .find(|f| f.field.as_deref() == Some(name.as_str()))
                .map(|f| visit.t(&f.ja, &f.en).to_owned());
            CheckedField {
                name,
                value,
                problem,
            }
        })
        .collect();
    let problems = faults
        .iter()
        .map(|f| {
            let text = visit.t(&f.ja, &f.en);
            match &f.field {
                Some(field) => format!("{field}: {text}"),
                None => text.to_owned(),
            }
        })
        .collect();
    let mut page = CheckerPage {
        function: function.name().to_owned(),
        fields: checked,
        hash: HashReport {
            matches,
            received: request.hash.chars().take(80).collect(),
            diagnosis: if matches {
                None
            } else {
                diagnose(gateway, &request, &fields, visit.lang).await
            },
        },
        problems,
        ..CheckerPage::default()
    };
    // Only a request that is right gets results: nobody else's address is called.
    if let (Some(merchant), true, true) = (merchant, matches, faults.is_empty()) {
        let outcome = results(gateway, &request, &merchant.hash_key, now, &mut page).await;
        if let Err(error) = outcome {
            return visit.broken(&error);
        }
    }
    visit.shift_jis(pages::checker_report(&visit.frame_at("/"), &page))
}

async fn results(
    gateway: &Gateway,
    request: &Request,
    key: &str,
    now: i64,
    page: &mut CheckerPage,
) -> Result<(), MockError> {
    let (id, tracking_id) = {
        let mut conn = gateway.conn().await?;
        (
            gateway.opaque_id(&mut conn, "checker").await?,
            gateway.tracking_id(&mut conn).await?,
        )
    };
    let ok = send::settled_res(request.get("pay_method"), &tracking_id, now);
    let draft = Draft {
        session: id.clone(),
        tracking_id,
        request: request.clone(),
        res: ok.fields.clone(),
    };
    gateway.tell(&draft).await?;
    let mut conn = gateway.conn().await?;
    page.notice = crate::store::notices::attempts(&mut conn, Some(&id))
        .await?
        .last()
        .map(super::manage::attempt_view);
    let form = |url: &str, res: &Res| {
        Some(pages::ReturnForm {
            action: request.get(url).to_owned(),
            fields: compose::sign(request, res, key, Carrier::Browser, now, None),
        })
    };
    let ng = Res::default()
        .set("res_pay_method", request.get("pay_method"))
        .set("res_result", "NG");
    page.success = form("success_url", &ok);
    page.cancel = form("cancel_url", &ng);
    page.error = form(
        "error_url",
        &ng.clone()
            .set("res_err_code", gateway.scenario.codes.institution.clone()),
    );
    let mut shown = request.in_order();
    shown.push(("checked_at".to_owned(), clock::stamp(now)));
    gateway
        .log(
            &mut conn,
            Logged {
                direction: "in",
                peer: "browser",
                message: "checker",
                merchant_id: request.get("merchant_id"),
                order_id: request.get("order_id"),
                fields: &shown,
                provenance: Provenance::Recorded,
                outcome: "passed",
            },
        )
        .await
}
