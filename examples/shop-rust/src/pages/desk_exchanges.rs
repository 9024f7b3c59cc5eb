//! The desk's part about point exchanges: those that wait for a person, and those that are on their way.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::post;
use maud::{Markup, html};
use netmile::exchange::{Exchange, ExchangePhase, ExchangedMiles};
use netmile::reference::{Review, User};
use netmile::{ErrorKind, Lang};

use super::layout::{button, token};
use super::{Next, text};
use crate::App;
use crate::failure::Failure;
use crate::visit::{Posted, Visit};

/// Most exchanges of each list on the page.
const MOST: u32 = 50;
/// Longest number of an exchange at NetMile.
const LONGEST_ID: usize = 64;

pub(super) fn router() -> Router<App> {
    Router::new().route("/desk/exchanges/{tran_id}/{step}", post(step))
}

/// Both lists; nothing for a shop that exchanges no points.
pub(super) async fn lists(app: &App, visit: &Visit) -> netmile::Result<Markup> {
    if app.client.site().is_err() {
        return Ok(html! {});
    }
    let lang = visit.lang;
    let exchanges = app.client.exchanges();
    // By itself: what waits for a person must not be pushed off the page by what only takes its time.
    let review = [ExchangePhase::NeedsReview];
    let review = exchanges.list(&review, None, MOST).await?;
    let mut open = exchanges.unresolved(MOST).await?;
    open.retain(|exchange| exchange.phase != ExchangePhase::NeedsReview);
    Ok(html! {
        h2 { (lang.pick("Point exchanges that need a person", "確認が必要なポイント交換")) }
        @if review.is_empty() { p { (lang.pick("None.", "ありません。")) } }
        ul class="lines" id="review-exchanges" {
            @for exchange in &review { li { (waiting(visit, exchange)) } }
        }
        @if !open.is_empty() {
            h2 { (lang.pick("Point exchanges on their way", "手続き中のポイント交換")) }
            ul class="lines" id="open-exchanges" {
                @for exchange in &open {
                    li {
                        (head(lang, exchange))
                        (button(visit, &to(exchange, "look"), "", lang.pick("Look now", "今すぐ照会する")))
                    }
                }
            }
        }
    })
}

fn to(exchange: &Exchange, step: &str) -> String {
    format!("/desk/exchanges/{}/{step}", exchange.tran_id())
}

fn head(lang: Lang, exchange: &Exchange) -> Markup {
    let (en, ja) = match exchange.phase {
        ExchangePhase::Debiting => ("Begun, points not confirmed", "受付済み・ポイント未確認"),
        ExchangePhase::Debited => (
            "Points taken, miles not asked for yet",
            "ポイント減算済み・マイル未申請",
        ),
        ExchangePhase::Issuing => (
            "Miles asked for, outcome open",
            "マイル申請済み・結果未確定",
        ),
        ExchangePhase::Refused => (
            "Refused, points to be given back",
            "不成立・ポイント返却待ち",
        ),
        ExchangePhase::NeedsReview => ("Needs a person", "要確認"),
        _ => ("Over", "完了"),
    };
    html! {
        p { strong { (lang.pick(en, ja)) } " " code { (exchange.phase.name()) } }
        p class="price" {
            (text::points(lang, exchange.points().get())) " → " (text::miles(lang, exchange.miles()))
        }
        p class="id" { small { (exchange.tran_id()) } }
        p { small { (lang.pick("Begun", "受付日時")) " " (text::instant(exchange.begun_at)) } }
    }
}

fn waiting(visit: &Visit, exchange: &Exchange) -> Markup {
    let lang = visit.lang;
    let field = format!("exchange-{}", exchange.tran_id());
    let shown = lang.pick("NetMile issued the miles", "マイルは発行されている");
    html! {
        (head(lang, exchange))
        @if exchange.is_doubled() {
            p { (lang.pick(
                "The points were given back after a refusal, and then NetMile issued the miles after all. Please agree with NetMile whether it takes them back.",
                "不成立としてポイントを返した後に、マイルが発行されていたことが分かりました。マイルを取り消すかどうか、ネットマイルとご確認ください。")) }
            (button(visit, &to(exchange, "issued"), "plain", lang.pick("The miles stay: take the points again", "マイルはそのまま残る（ポイントを再度引き落とす）")))
            (button(visit, &to(exchange, "missing"), "plain", lang.pick("NetMile took the miles back", "マイルは取り消された")))
        } @else {
            p { (lang.pick(
                "No answer says whether NetMile issued the miles. Please ask NetMile under this number; until then the points stay taken.",
                "マイルが発行されたかどうか、応答からは確認できません。この番号でネットマイルにお問い合わせください。それまでポイントはお預かりしたままです。")) }
            form method="post" action=(to(exchange, "issued")) class="row" {
                (token(visit))
                label for=(field) { (lang.pick("NetMile's number of the exchange", "ネットマイル側の交換番号")) }
                input id=(field) name="exchange_id" maxlength=(LONGEST_ID) autocomplete="off" required;
                button type="submit" class="plain" { (shown) }
            }
            (button(visit, &to(exchange, "missing"), "plain", lang.pick("NetMile did not issue them: give the points back", "発行されていない（ポイントを返す）")))
        }
    }
}

async fn step(
    State(app): State<App>,
    Path((tran_id, step)): Path<(String, String)>,
    visit: Visit,
    posted: Posted,
) -> Next {
    if !app.store.is_desk(&visit.session).await? {
        return Ok(Redirect::to("/desk"));
    }
    let exchanges = app.client.exchanges();
    let done = match step.as_str() {
        "look" => exchanges.resolve(&tran_id).await.map(|is| {
            if is.phase.is_open() {
                "still_open"
            } else {
                "done"
            }
        }),
        "issued" => {
            let exchange = exchanges.get(&tran_id).await;
            let is_doubled = exchange.as_ref().is_ok_and(Exchange::is_doubled);
            match exchange.and_then(|exchange| seen(&app, &exchange, posted.get("exchange_id"))) {
                Ok(_) if is_doubled && !app.store.take_points_again(&tran_id).await? => {
                    Ok("points_spent")
                }
                Ok(seen) => {
                    let verdict = Review::Happened(seen);
                    exchanges.review(&tran_id, verdict).await.map(|_| "done")
                }
                Err(error) if error.kind() == ErrorKind::InvalidValue => Ok("exchange_id"),
                Err(error) => Err(error),
            }
        }
        "missing" => {
            // Somebody may have said before that the miles stay, and the points are taken again.
            if exchanges
                .get(&tran_id)
                .await
                .is_ok_and(|is| is.is_doubled())
            {
                app.store.give_points_back(&tran_id).await?;
            }
            let verdict = exchanges.review(&tran_id, Review::Missing).await;
            verdict.map(|_| "done")
        }
        _ => return Err(Failure::NotFound),
    };
    app.wake.notify_one();
    let say = match &done {
        Ok(say) => say,
        Err(error) => error.code(),
    };
    Ok(Redirect::to(&format!("/desk?say={say}")))
}

/// What somebody saw at NetMile. The miles are those that were asked for: other ones would be another exchange.
fn seen(app: &App, exchange: &Exchange, number: &str) -> netmile::Result<ExchangedMiles> {
    if let Some(known) = &exchange.issue.answer {
        return Ok(known.clone());
    }
    let number = number.trim();
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let (true, User::UserId(user_id)) = (
        (1..=LONGEST_ID).contains(&number.len()) && number.bytes().all(is_id),
        exchange.request().user(),
    ) else {
        return Err(netmile::Error::field(
            ErrorKind::InvalidValue,
            "exchange_id",
            "is 1 to 64 letters, digits, '-' and '_'",
        ));
    };
    Ok(ExchangedMiles {
        exchange_id: number.to_owned(),
        user_id: user_id.clone(),
        miles: exchange.miles(),
        issued_at: app.clock.now(),
    })
}
