//! Exchanging points for miles: notice, application, what came of it.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::get;
use maud::{Markup, html};
use netmile::exchange::{Applicant, ExchangePhase, ExchangeRate, Points};
use netmile::{ErrorKind, Lang};

use super::Next;
use super::layout::{note, page, token};
use super::text::{self, Tone};
use crate::failure::Failure;
use crate::store::Application;
use crate::visit::{Posted, Visit, is_hex, random_hex};
use crate::{App, exchange};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/points", get(notice))
        .route("/points/apply", get(form).post(apply))
        .route("/points/not-registered", get(not_registered))
        .route("/points/{tran_id}", get(done))
}

fn points(lang: Lang, points: u64) -> String {
    let number = text::grouped(points);
    match lang {
        Lang::Ja => format!("{number}ポイント"),
        Lang::En => format!("{number} points"),
    }
}

/// Only a shop with a site at NetMile exchanges points.
fn offered(app: &App) -> Result<ExchangeRate, Failure> {
    app.client.site().map_err(|_| Failure::NotFound)?;
    Ok(exchange::rate()?)
}

/// ポイント交換 告知ページ.
async fn notice(State(app): State<App>, visit: Visit) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let rate = offered(&app)?;
    let (held, _) = app.store.points(&visit.session).await?;
    let least = rate
        .convert(Points::new(500))
        .map_err(netmile::Error::from)?;
    let body = html! {
        p { (lang.pick(
            "You can exchange the points of this shop for NetMile miles. They keep their full value, and there is no fee.",
            "当店のポイントをネットマイルに交換できます。等価交換で、手数料はかかりません。")) }
        dl {
            dt { (lang.pick("Rate", "交換レート")) }
            dd { (points(lang, rate.points())) " → " (text::miles(lang, netmile::Miles::new(rate.miles()))) }
            dt { (lang.pick("Exchanged from", "最低交換数")) }
            dd { (points(lang, 500)) " → " (text::miles(lang, least.miles)) }
            dt { (lang.pick("In units of", "交換単位")) }
            dd { (points(lang, 100)) }
            dt { (lang.pick("Your points", "保有ポイント")) }
            dd { (points(lang, held)) }
        }
        p { a class="go" href="/points/apply" { (lang.pick("Apply for an exchange", "ポイント交換を申請する")) } }
    };
    Ok(page(
        &visit,
        lang.pick("Exchange points for miles", "ポイント交換のご案内"),
        &body,
    ))
}

/// ポイント交換 申請ページ.
async fn form(State(app): State<App>, visit: Visit) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let rate = offered(&app)?;
    let (held, _) = app.store.points(&visit.session).await?;
    let application = rate.application(Points::new(held));
    let step = usize::try_from(application.step.get()).unwrap_or(100);
    let choices: Vec<_> = match (application.least, application.most) {
        (Some(least), Some(most)) => (least.points.get()..=most.points.get())
            .step_by(step.max(1))
            .filter_map(|wanted| rate.quote(Points::new(held), Points::new(wanted)).ok())
            .collect(),
        _ => Vec::new(),
    };
    let body = html! {
        p { (lang.pick("Your points: ", "保有ポイント：")) strong { (points(lang, held)) } }
        @if choices.is_empty() {
            (note(Tone::Wait, lang.pick(
                "You do not have enough points for an exchange yet.",
                "交換に必要なポイントがまだ貯まっていません。")))
        } @else {
            form method="post" action="/points/apply" {
                (token(&visit))
                input type="hidden" name="tran_id" value=(random_hex());
                p class="field" {
                    label for="points" { (lang.pick("Points to exchange, and what is left", "交換するポイント（交換後の残高）")) }
                    select id="points" name="points" {
                        @for quote in &choices {
                            option value=(quote.conversion.points.get()) {
                                (points(lang, quote.conversion.points.get()))
                                " → " (text::miles(lang, quote.conversion.miles))
                                (lang.pick(" (left: ", "（残り")) (points(lang, quote.balance_after.get())) (lang.pick(")", "）"))
                            }
                        }
                    }
                }
                p class="field" {
                    label for="mail" { (lang.pick("Mail address registered with NetMile", "ネットマイルに登録したメールアドレス")) }
                    input id="mail" name="mail" type="email" maxlength="256" autocomplete="email" required;
                }
                button type="submit" { (lang.pick("Exchange", "交換を申請する")) }
            }
        }
        p { a href="/points" { (lang.pick("Back", "ご案内に戻る")) } }
    };
    Ok(page(
        &visit,
        lang.pick("Apply for an exchange", "ポイント交換の申請"),
        &body,
    ))
}

async fn apply(State(app): State<App>, visit: Visit, posted: Posted) -> Next {
    let rate = offered(&app)?;
    let (held, customer) = app.store.points(&visit.session).await?;
    let tran_id = posted.get("tran_id");
    let wanted: u64 = posted
        .get("points")
        .parse()
        .map_err(|_| Failure::NotAForm)?;
    if !is_hex(tran_id) {
        return Err(Failure::NotAForm);
    }
    let there = format!("/points/{tran_id}");
    // The form was sent twice: the first time counts.
    if app.store.application(tran_id).await?.is_some() {
        return Ok(Redirect::to(&there));
    }
    let Ok(quote) = rate.quote(Points::new(held), Points::new(wanted)) else {
        return Ok(Redirect::to("/points/apply"));
    };
    let user = match app
        .client
        .exchanges()
        .applicant(posted.get("mail").trim())
        .await
    {
        Ok(Applicant::Registered(user)) => user,
        Ok(_) => return Ok(Redirect::to("/points/not-registered")),
        Err(error) if error.kind() == ErrorKind::InvalidValue => {
            return Ok(Redirect::to("/points/not-registered"));
        }
        Err(error) => return Err(error.into()),
    };
    let wish = Application {
        tran_id: tran_id.to_owned(),
        session: visit.session.clone(),
        user_id: user.as_str().to_owned(),
        points: quote.conversion.points.get(),
        miles: quote.conversion.miles.get(),
    };
    let taken = exchange::apply(&app, &wish, &customer, user, &quote).await?;
    Ok(Redirect::to(if taken { &there } else { "/points/apply" }))
}

/// The member authentication found nobody.
async fn not_registered(visit: Visit) -> Markup {
    let lang = visit.lang;
    let body = html! {
        (note(Tone::Bad, lang.pick(
            "This mail address is not registered with NetMile, or its registration is not complete. Your points were not used.",
            "このメールアドレスはネットマイルに登録されていないか、登録が完了していません。ポイントは使われていません。")))
        p { (lang.pick(
            "Please check the address, or register with NetMile first.",
            "メールアドレスをお確かめいただくか、先にネットマイルの会員登録を行ってください。")) }
        p { a class="go" href="/points/apply" { (lang.pick("Back to the application", "申請ページに戻る")) } }
    };
    page(
        &visit,
        lang.pick(
            "The exchange was not possible",
            "ポイント交換ができませんでした",
        ),
        &body,
    )
}

/// What came of it.
async fn done(
    State(app): State<App>,
    Path(tran_id): Path<String>,
    visit: Visit,
) -> Result<Markup, Failure> {
    let lang = visit.lang;
    let wish = app.store.application(&tran_id).await?;
    let wish = wish.filter(|wish| wish.session == visit.session);
    let wish = wish.ok_or(Failure::NotFound)?;
    let phase = app.client.exchanges().get(&tran_id).await?.phase;
    let (held, _) = app.store.points(&visit.session).await?;
    let (tone, word) = match phase {
        ExchangePhase::Issued => (
            Tone::Good,
            lang.pick("The exchange is complete.", "ポイント交換が完了しました。"),
        ),
        ExchangePhase::Refused | ExchangePhase::CreditedBack | ExchangePhase::NotDebited => (
            Tone::Bad,
            lang.pick(
                "NetMile did not issue the miles. Your points come back.",
                "マイルを発行できませんでした。ポイントはお返しします。",
            ),
        ),
        _ => (
            Tone::Wait,
            lang.pick(
                "The exchange is being confirmed. There is no need to apply again.",
                "交換の結果を確認しています。もう一度申請する必要はありません。",
            ),
        ),
    };
    let body = html! {
        (note(tone, word))
        dl {
            dt { (lang.pick("Points exchanged", "交換ポイント")) }
            dd { (points(lang, wish.points)) }
            dt { (lang.pick("Miles", "交換マイル数")) }
            dd { (text::miles(lang, netmile::Miles::new(wish.miles))) }
            dt { (lang.pick("NetMile user id", "ネットマイル会員ID")) }
            dd class="id" { (wish.user_id) }
            dt { (lang.pick("Points left", "ポイント残高")) }
            dd { (points(lang, held)) }
            dt { (lang.pick("Number", "受付番号")) }
            dd class="id" { (wish.tran_id) }
        }
        p { a href="/points" { (lang.pick("Back to the exchange", "ポイント交換のご案内へ")) } }
    };
    Ok(page(
        &visit,
        lang.pick("Your exchange", "ポイント交換の結果"),
        &body,
    ))
}
