//! The API type: whether Basic authentication, ids, hash and clock pass, asked by an inquiry that finds nothing.

use std::time::Duration;

use netmile::HashKey;
use netmile::api::codes::{ApiCode, Class, explain_http};
use netmile::api::{Answer, AnswerResult, ApiContext, FunctionId, Message, SignedMessage};
use netmile::contract::ContractId;
use netmile::time::{Clock as _, SystemClock};
use reqwest::Method;
use zeroize::Zeroizing;

use super::Doctor;
use super::check::{Check, State};
use super::gateway::unreachable;
use crate::config::Config;
use crate::context::Context;
use crate::http::{Http, Received, Sent, check_url};
use crate::keys;

const ID: &str = "api_sign_in";
const NAME: (&str, &str) = ("API sign-in", "API 認証");
const TOTAL: Duration = Duration::from_secs(60);
/// A tracking id that no payment has.
const NOBODYS: &str = "00000000000000";
/// Variable with the password of the Basic authentication, where it is not the hash key.
const PASSWORD: &str = "NETMILE_API_PASSWORD";

pub(super) async fn check(
    context: &Context,
    http: &Http,
    arguments: &Doctor,
    config: &Config,
    url: &str,
    who: Option<(&ContractId, &HashKey)>,
) -> Check {
    let Some((id, key)) = who else {
        return Check::skipped(
            context,
            ID,
            NAME,
            "a test inquiry needs merchant_id, service_id and the hash key",
            "テスト照会には merchant_id、service_id、ハッシュキーが必要です",
        );
    };
    let new = |state, text: String| Check::new(context, ID, NAME, state, text);
    if let Err(failure) = check_url(context, "URL", url) {
        return new(State::Failed, failure.message);
    }
    let signed = match inquiry(context, arguments, config, id, key) {
        Ok(signed) => signed,
        Err(problem) => return new(State::Failed, problem),
    };
    let answer = http
        .exchange(Sent {
            method: Method::POST,
            url,
            headers: &[
                ("content-type", signed.content_type()),
                ("authorization", signed.authorization()),
            ],
            body: signed.body().to_vec(),
            total: TOTAL,
        })
        .await;
    match answer {
        Ok(received) => judge(context, &received),
        Err(silence) => new(State::Unreachable, unreachable(context, silence, url)),
    }
}

/// An inquiry reads; whatever it meets, nothing is bought or changed.
fn inquiry(
    context: &Context,
    arguments: &Doctor,
    config: &Config,
    id: &ContractId,
    key: &HashKey,
) -> Result<SignedMessage, String> {
    let mut api = ApiContext::new(id.clone(), key.clone());
    let own = config.api.as_ref();
    let file = own.and_then(|own| own.password_file.as_deref());
    let password = keys::find(context, None, PASSWORD, file).map_err(|failure| failure.message)?;
    let user = own.and_then(|own| own.user.as_deref());
    if user.is_some() || password.is_some() {
        let usual = format!("{}{}", id.merchant_id, id.service_id);
        let user = user.unwrap_or(&usual);
        let password = password.map_or_else(
            || Zeroizing::new(key.expose().to_owned()),
            |found| found.value,
        );
        api = api
            .with_basic(user, &password)
            .map_err(|error| error.to_string())?;
    }
    let function = FunctionId::from_parts("MG01", "00101", &arguments.api_method)
        .map_err(|error| error.to_string())?;
    Message::new(function)
        .exactly("tracking_id", NOBODYS, 14)
        .answers_secret()
        .seal(&api, SystemClock.now())
        .map_err(|error| error.to_string())
}

fn judge(context: &Context, received: &Received) -> Check {
    let lang = context.lang;
    let new = |state, text: String| {
        Check::new(context, ID, NAME, state, text).with_value(received.status)
    };
    if received.status != 200 {
        let found = explain_http(received.status);
        return new(
            State::Failed,
            format!(
                "HTTP {}: {} {}",
                received.status,
                found.meaning.text(lang),
                found.remedy.text(lang)
            ),
        );
    }
    let answer = match Answer::read(&received.body, None, false) {
        Ok(answer) => answer,
        Err(error) => {
            let text = context.say(
                "answers something that is not the gateway's XML",
                "決済ゲートウェイの XML ではない応答です",
            );
            return new(State::Failed, format!("{text}: {error}"));
        }
    };
    let AnswerResult::Ng(code) = answer.result() else {
        return new(
            State::Warning,
            context
                .say(
                    "the inquiry for a payment that does not exist was answered OK",
                    "存在しない決済の照会に OK で応答しました",
                )
                .to_owned(),
        );
    };
    let code = ApiCode::parse(code);
    // What is checked before the payment is looked for: hash, ids, time, form.
    let failed = matches!(
        code.kind(),
        "00" | "02" | "03" | "04" | "05" | "06" | "07" | "09" | "10" | "13" | "14"
    );
    if failed || code.class() == Class::UnknownOutcome {
        return new(State::Failed, code.explain().text(lang));
    }
    new(
        State::Ok,
        context
            .say(
                "sign-in, hash and clock are accepted (a test inquiry was answered {})",
                "認証、ハッシュ、時刻が受け付けられました（テスト照会の応答: {}）",
            )
            .replace("{}", &code.to_string()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Arguments;
    use crate::arguments::Command;
    use clap::Parser as _;

    fn received(status: u16, code: &str) -> Received {
        let body = format!(
            "<?xml version='1.0' encoding='Shift_JIS' ?><sps-api-response><res_result>NG</res_result>\
             <res_err_code>{code}</res_err_code><res_date>20300103100001</res_date></sps-api-response>"
        );
        Received {
            status,
            date: None,
            location: None,
            body: body.into_bytes(),
        }
    }

    fn context() -> Context {
        let arguments = Arguments::try_parse_from(["netmile", "doctor"]).unwrap();
        assert!(matches!(arguments.command, Command::Doctor(_)));
        Context::new(netmile::Lang::En, &arguments.global)
    }

    #[test]
    fn an_unknown_payment_says_that_all_before_it_was_right() {
        for (status, code, state) in [
            (200, "10112027", State::Ok),
            (200, "10183999", State::Ok),
            (200, "10101999", State::Ok),
            (200, "10109999", State::Failed),
            (200, "10114001", State::Failed),
            (200, "10110023", State::Failed),
            (200, "10103027", State::Failed),
            (200, "10190999", State::Failed),
            (401, "", State::Failed),
            (503, "", State::Failed),
            (200, "", State::Failed),
        ] {
            let check = judge(&context(), &received(status, code));
            assert_eq!(check.state, state, "{status} {code}: {}", check.text);
        }
        let mut page = received(200, "");
        page.body = b"<html>busy</html>".to_vec();
        assert_eq!(judge(&context(), &page).state, State::Failed);
    }
}
