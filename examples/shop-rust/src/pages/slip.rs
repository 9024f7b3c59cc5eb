//! Paying at the convenience store: the form that a slip needs, and what the customer takes to the till.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use netmile::api::{SlipRequest, Store};
use netmile::charge::{Charge, ChargePhase};
use netmile::{ErrorKind, Lang};

use super::layout::{note, page};
use super::orders::own_order;
use super::screen::{
    attempt_of, begin, cancel_form, elsewhere_form, refusal, to_order, to_screen, total, try_of,
};
use super::text::{self, Tone};
use crate::App;
use crate::failure::Failure;
use crate::own;
use crate::slip::{self, STORES, store_name};
use crate::store::{Order, Way};
use crate::visit::{Posted, Visit};

pub(super) fn router() -> Router<App> {
    // One address for both: the language switch of the form that is shown again leads to the form.
    Router::new().route("/orders/{id}/slip", get(show).post(pay))
}

/// A field of the form.
struct Field {
    name: &'static str,
    en: &'static str,
    ja: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    /// Most bytes in Shift_JIS, as the gateway counts.
    most: usize,
}

const FIELDS: [Field; 7] = [
    field("last_name", "Family name", "姓", "text", "family-name", 20),
    field("first_name", "First name", "名", "text", "given-name", 20),
    field(
        "zip",
        "Postal code (7 digits)",
        "郵便番号（数字7桁）",
        "text",
        "postal-code",
        7,
    ),
    field(
        "prefecture",
        "Prefecture",
        "都道府県",
        "text",
        "address-level1",
        50,
    ),
    field(
        "address",
        "Town and street",
        "市区町村・番地",
        "text",
        "address-line1",
        50,
    ),
    field(
        "tel",
        "Telephone (digits only)",
        "電話番号（数字のみ）",
        "tel",
        "tel-national",
        11,
    ),
    field(
        "mail",
        "Mail address",
        "メールアドレス",
        "email",
        "email",
        100,
    ),
];

const fn field(
    name: &'static str,
    en: &'static str,
    ja: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    most: usize,
) -> Field {
    Field {
        name,
        en,
        ja,
        kind,
        autocomplete,
        most,
    }
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Failure> {
    let order = own_order(&app, &visit, &id).await?;
    let charge = own::charge(&app, &order).await?;
    match own::attempt(&order, charge.as_ref()) {
        Some(attempt) if order.way == Way::Slip => {
            let body = form(&visit, &order, charge.as_ref(), attempt, |_| "");
            Ok(page(&visit, title(visit.lang), &body).into_response())
        }
        _ => Ok(to_order(&id, None).into_response()),
    }
}

const fn title(lang: Lang) -> &'static str {
    lang.pick("Pay at the convenience store", "コンビニでお支払い")
}

fn form<'p>(
    visit: &Visit,
    order: &Order,
    last: Option<&Charge>,
    attempt: u32,
    typed: impl Fn(&str) -> &'p str,
) -> Markup {
    let lang = visit.lang;
    html! {
        (refusal(visit, last))
        (total(visit, order))
        form method="post" action={ "/orders/" (order.id) "/slip" } {
            (try_of(visit, attempt))
            fieldset {
                legend { (lang.pick("At which store will you pay?", "お支払いになる店舗")) }
                @for store in STORES {
                    p class="choice" {
                        input type="radio" id={ "store-" (store.wire()) } name="store" value=(store.wire())
                            checked[typed("store") == store.wire()] required;
                        " "
                        label for={ "store-" (store.wire()) } { (store_name(store, lang)) }
                    }
                }
            }
            @for it in FIELDS {
                p class="field" {
                    label for={ "slip-" (it.name) } { (lang.pick(it.en, it.ja)) }
                    input id={ "slip-" (it.name) } name=(it.name) type=(it.kind) value=(typed(it.name))
                        maxlength=(it.most) autocomplete=(it.autocomplete) required;
                }
            }
            p { (lang.pick(
                "You get a number that you pay with at the till. The goods go out when your payment has been reported to us.",
                "レジでのお支払いに必要な番号を発行します。ご入金の連絡が届いてから発送します。")) }
            button type="submit" { (lang.pick("Get the number", "番号を発行する")) }
        }
        (elsewhere_form(visit, order, "plain"))
        (cancel_form(visit, order))
    }
}

/// What was typed, if all of it can be on a slip; else the first field that cannot.
fn read(posted: &Posted) -> Result<(Store, SlipRequest), &'static Field> {
    let text = |name: &str| posted.get(name).trim().to_owned();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    for field in &FIELDS {
        let text = text(field.name);
        let (bytes, _, unknown) = encoding_rs::SHIFT_JIS.encode(&text);
        let fits = match field.name {
            "zip" => text.len() == 7 && digits(&text),
            "tel" => (9..=11).contains(&text.len()) && digits(&text),
            "mail" => text.is_ascii() && text.contains('@') && !text.contains(' '),
            _ => true,
        };
        let is_long = bytes.len() > field.most || text.is_empty();
        if !fits || unknown || is_long || text.chars().any(char::is_control) {
            return Err(field);
        }
    }
    let store = STORES
        .into_iter()
        .find(|store| store.wire() == posted.get("store"));
    let store = store.unwrap_or(Store::SevenEleven);
    Ok((
        store,
        SlipRequest {
            store,
            last_name: text("last_name"),
            first_name: text("first_name"),
            last_name_kana: String::new(),
            first_name_kana: String::new(),
            zip: text("zip"),
            prefecture: text("prefecture"),
            address: text("address"),
            building: String::new(),
            tel: text("tel"),
            mail: text("mail"),
            pay_by: None,
        },
    ))
}

/// However often the form is sent, its try issues one slip.
async fn pay(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    posted: Posted,
) -> Result<Response, Failure> {
    let lang = visit.lang;
    let order = own_order(&app, &visit, &id).await?;
    let attempt = attempt_of(&posted)?;
    if order.way != Way::Slip {
        return Ok(to_order(&id, Some("stale")).into_response());
    }
    let again = |text: String| {
        let body = html! {
            (note(Tone::Bad, &text))
            (form(&visit, &order, None, attempt, |name| posted.get(name)))
        };
        let page = page(&visit, title(lang), &body);
        (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    };
    let (store, slip) = match read(&posted) {
        Ok(read) => read,
        Err(field) => return Ok(again(wrong(lang, field))),
    };
    if !begin(&app, &order, Way::Slip, attempt, None, Some(store.wire())).await? {
        return Ok(to_order(&id, Some("stale")).into_response());
    }
    Ok(match slip::issue(&app, &order, attempt, slip).await {
        Ok(netmile::operation::Outcome::Rejected(_)) => to_screen(&order, None).into_response(),
        // Issued, or not known yet: the order's page says which.
        Ok(_) => to_order(&id, None).into_response(),
        // Issued before, with other words.
        Err(error) if error.kind() == ErrorKind::Conflict => {
            to_order(&id, Some("stale")).into_response()
        }
        Err(error) => {
            tracing::warn!(%error, order = id, "no slip issued");
            to_screen(&order, Some(error.code())).into_response()
        }
    })
}

fn wrong(lang: Lang, field: &Field) -> String {
    let name = lang.pick(field.en, field.ja);
    match lang {
        Lang::En => format!("Please check this field: {name}."),
        Lang::Ja => format!("「{name}」の入力内容をご確認ください。"),
    }
}

/// What the customer takes to the till, while the slip waits for it.
pub(super) fn till(visit: &Visit, order: &Order, charge: &Charge) -> Markup {
    let lang = visit.lang;
    let waits = charge.phase == ChargePhase::AwaitingDeposit;
    let till = slip::till(charge).filter(|_| waits);
    let chain = order.store.as_deref();
    let chain = STORES.into_iter().find(|it| chain == Some(it.wire()));
    html! {
        @if let Some(till) = till {
            dl id="slip" {
                @if let Some(chain) = chain {
                    dt { (lang.pick("Pay at", "お支払い先")) }
                    dd { strong { (store_name(chain, lang)) } }
                }
                dt { (lang.pick("Number for the till", "お支払い番号")) }
                dd class="number" { (till.number) }
                dt { (lang.pick("To pay", "お支払い額")) }
                dd { (text::yen(lang, charge.amount)) }
                @if let Some(until) = till.until {
                    dt { (lang.pick("Until", "お支払い期限")) }
                    dd { (until) }
                }
                @if let Some(page) = till.page {
                    dt { (lang.pick("Slip to print", "払込票")) }
                    dd { a href=(page) rel="noreferrer" { (lang.pick("Show the slip", "払込票を表示する")) } }
                }
                @if charge.deposited.get() > 0 {
                    dt { (lang.pick("Paid so far", "入金済みの額")) }
                    dd { (text::yen(lang, charge.deposited)) }
                }
            }
        }
    }
}
