//! The shop's side: whether its notice URL answers a signed test notice.

use std::time::Duration;

use netmile::HashKey;
use netmile::contract::ContractId;
use netmile::time::{Clock as _, SystemClock, Timestamp};
use netmile::wire::{LinkHasher, encode_form, hash};
use reqwest::Method;

use super::Doctor;
use super::check::{Check, State};
use super::gateway::unreachable;
use crate::config::Config;
use crate::context::Context;
use crate::http::{Http, Received, Sent, check_url};
use crate::output::printable;

const ID: &str = "notify_url";
const NAME: (&str, &str) = ("notice URL", "通知先");
/// The gateway's patience is not public; the mock has the same.
const TOTAL: Duration = Duration::from_secs(10);

pub(super) async fn check(
    context: &Context,
    http: &Http,
    arguments: &Doctor,
    config: &Config,
    id: Option<&ContractId>,
    key: Option<&HashKey>,
) -> Check {
    let url = arguments
        .notify_url
        .as_deref()
        .or(config.notify_url.as_deref());
    let Some(url) = url else {
        return Check::skipped(
            context,
            ID,
            NAME,
            "none is given (--notify-url, notify_url)",
            "指定されていません（--notify-url、notify_url）",
        );
    };
    let (Some(id), Some(key)) = (id, key) else {
        return Check::skipped(
            context,
            ID,
            NAME,
            "a test notice needs merchant_id, service_id and the hash key",
            "テスト通知には merchant_id、service_id、ハッシュキーが必要です",
        );
    };
    if let Err(failure) = check_url(context, "--notify-url", url) {
        return Check::new(context, ID, NAME, State::Failed, failure.message);
    }
    let now = SystemClock.now();
    let answer = http
        .exchange(Sent {
            method: Method::POST,
            url,
            headers: &[("content-type", "application/x-www-form-urlencoded")],
            body: notice(id, key, now),
            total: TOTAL,
        })
        .await;
    match answer {
        Ok(received) => judge(context, &received),
        Err(silence) => Check::new(
            context,
            ID,
            NAME,
            State::Unreachable,
            unreachable(context, silence, url),
        ),
    }
}

/// A02-1 of a purchase that failed and that nobody made: harmless wherever it arrives, and signed as the gateway signs.
/// In definition order; fields left out are blank in the hash.
fn notice(id: &ContractId, key: &HashKey, now: Timestamp) -> Vec<u8> {
    let order_id = format!("DOCTOR-{}", now.to_jst());
    let now = now.to_jst();
    let fields = [
        ("pay_method", "netmile"),
        ("merchant_id", id.merchant_id.as_str()),
        ("service_id", id.service_id.as_str()),
        ("cust_code", "netmile-doctor"),
        ("order_id", order_id.as_str()),
        ("item_id", "netmile-doctor"),
        ("amount", "10"),
        ("pay_type", "0"),
        ("service_type", "0"),
        ("terminal_type", "0"),
        ("request_date", now.as_str()),
        ("res_pay_method", "netmile"),
        ("res_result", "NG"),
        ("res_err_code", "4301"),
        ("res_date", now.as_str()),
        ("limit_second", "600"),
    ];
    let mut hasher = LinkHasher::new(key);
    for (_, value) in fields {
        hasher.update(value.as_bytes());
    }
    let digest = hash::hex_lower(&hasher.finish()).to_ascii_uppercase();
    let signed = fields
        .into_iter()
        .chain([("sps_hashcode", digest.as_str())])
        .map(|(name, value)| (name, value.as_bytes()));
    encode_form(signed)
}

fn judge(context: &Context, received: &Received) -> Check {
    let body = String::from_utf8_lossy(&received.body);
    let new = |state, text: String| {
        Check::new(context, ID, NAME, state, text).with_value(printable(&body, 80))
    };
    if received.status != 200 {
        let rule = context.say(
            "answers with HTTP {}; the gateway wants 200 with OK, or NG,",
            "HTTP {} で応答しました。200 で OK, または NG, を返す必要があります",
        );
        return new(
            State::Failed,
            rule.replace("{}", &received.status.to_string()),
        );
    }
    if body.starts_with("OK,") {
        return new(
            State::Ok,
            context
                .say(
                    "answers OK, to a test notice",
                    "テスト通知に OK, で応答しました",
                )
                .to_owned(),
        );
    }
    if body.starts_with("OK") {
        let text = context.say(
            "answers OK without the comma that the gateway's pages show",
            "カンマのない OK で応答しました。OK, が正しい形式です",
        );
        return new(State::Warning, text.to_owned());
    }
    let Some(reason) = body.strip_prefix("NG") else {
        let text = context.say(
            "answers neither OK, nor NG, at the start of the body (an HTML page?)",
            "本文の先頭が OK, でも NG, でもありません（HTML ページの可能性があります）",
        );
        return new(State::Failed, text.to_owned());
    };
    let (state, text) = match reason.trim_start_matches(',').trim() {
        // What this library answers: the hash was right, and the order is rightly unknown.
        "unknown_order" => (
            State::Ok,
            context.say(
                "verified the test notice, and rightly does not know its order",
                "テスト通知を検証しました（存在しない注文のため NG,unknown_order で応答）",
            ),
        ),
        "hash_mismatch" => (
            State::Failed,
            context.say(
                "the hash is refused: the shop uses another hash key",
                "ハッシュが一致しません。ショップ側のハッシュキーが異なります",
            ),
        ),
        "unknown_merchant" => (
            State::Failed,
            context.say(
                "the shop does not know this merchant_id and service_id",
                "この merchant_id と service_id がショップに登録されていません",
            ),
        ),
        "expired" | "from_future" => (
            State::Failed,
            context.say(
                "the notice counts as out of time: the clock of the shop's server is wrong",
                "通知の日時が受け付けられません。ショップのサーバーの時刻がずれています",
            ),
        ),
        _ => (
            State::Warning,
            context.say(
                "answers NG, to a failed purchase that nobody made; see its reason",
                "存在しない購入の失敗通知に NG で応答しました。理由を確認してください",
            ),
        ),
    };
    let text = match state {
        State::Warning => format!("{text}: {}", printable(&body, 80)),
        _ => text.to_owned(),
    };
    new(state, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use netmile::link::{Explanation, HashQuestion, HashedMessage, explain_hash};
    use netmile::wire::{FormLimits, decode_form};

    #[test]
    fn the_test_notice_is_signed_as_the_gateway_signs() {
        let key = HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc").unwrap();
        let id = ContractId::new("99999", "001").unwrap();
        let body = notice(&id, &key, Timestamp::from_unix(1_767_290_645));
        let form = decode_form(&body, FormLimits::default()).unwrap();
        let fields: Vec<_> = form
            .into_fields()
            .into_iter()
            .map(|field| (field.name, String::from_utf8(field.value).unwrap()))
            .collect();
        let claimed = fields
            .iter()
            .find(|(name, _)| name == "sps_hashcode")
            .unwrap();
        let explanation = explain_hash(&HashQuestion {
            message: HashedMessage::PurchaseResult,
            fields: &fields,
            key: &key,
            other_keys: &[],
            claimed: &claimed.1,
        });
        assert_eq!(explanation, Explanation::Correct);
    }
}
