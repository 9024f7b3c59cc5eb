//! The gateway's side: whether the endpoints answer, and how far the clocks differ.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use netmile::contract::Endpoints;
use reqwest::Method;

use super::Doctor;
use super::check::{Check, State};
use crate::config::{Config, Environment};
use crate::context::Context;
use crate::http::{Http, Received, Sent, Silence, check_url};

/// A clock this far off does no harm: the header has whole seconds, and 5 were accepted by the gateway.
const FINE_SECONDS: i64 = 5;
/// A notice that comes from further in the future is refused, and a request may be too.
const MOST_SECONDS: i64 = 60;
const TOTAL: Duration = Duration::from_secs(10);
const DEFAULT_MOCK: &str = "http://127.0.0.1:8080";

/// What the gateway's endpoints answer, and the address of the API type if the contract has it.
pub(super) async fn check(
    context: &Context,
    http: &Http,
    arguments: &Doctor,
    config: &Config,
) -> (Vec<Check>, Option<String>) {
    let environment = arguments
        .environment
        .map(Environment::from)
        .or(config.endpoints.environment)
        .or((arguments.mock.is_some() || config.mock_url.is_some()).then_some(Environment::Mock));
    let own = &config.endpoints;
    if environment.is_none() && own.purchase.is_none() && own.api.is_none() {
        let check = Check::skipped(
            context,
            "endpoint",
            ("endpoint", "接続先"),
            "none is given (--environment, --mock, [endpoints] in netmile.toml)",
            "指定されていません（--environment、--mock、netmile.toml の [endpoints]）",
        );
        return (vec![check], None);
    }
    let mock = arguments.mock.as_deref().or(config.mock_url.as_deref());
    let (mut checks, mut clock, mut api) = (Vec::new(), None, None);
    let wants_api = arguments.api || config.api.is_some() || own.api.is_some();
    for (id, url) in endpoints(environment, mock.unwrap_or(DEFAULT_MOCK), config) {
        if id == "api" {
            if !wants_api {
                continue;
            }
            api = Some(url.clone());
        }
        let (check, skew) = endpoint(context, http, id, &url).await;
        checks.push(check);
        clock = clock.or(skew);
    }
    if let Some(skew) = clock {
        checks.push(clock_check(context, skew));
    }
    (checks, api)
}

/// Endpoints by name: those of the environment, changed by the configuration.
fn endpoints(
    environment: Option<Environment>,
    mock: &str,
    config: &Config,
) -> Vec<(&'static str, String)> {
    let preset = environment.map(|environment| match environment {
        Environment::Mock => Endpoints::mock(mock),
        Environment::Test => Endpoints::test(),
        Environment::Production => Endpoints::production(),
    });
    let own = &config.endpoints;
    let of = |own: &Option<String>, pick: fn(&Endpoints) -> Option<String>| {
        own.clone().or_else(|| preset.as_ref().and_then(pick))
    };
    [
        ("purchase", of(&own.purchase, |e| Some(e.purchase.clone()))),
        (
            "registration",
            of(&own.registration, |e| Some(e.registration.clone())),
        ),
        (
            "registration_delete",
            of(&own.registration_delete, |e| e.registration_delete.clone()),
        ),
        ("recurring", of(&own.recurring, |e| e.recurring.clone())),
        ("api", of(&own.api, |e| Some(e.api.clone()))),
    ]
    .into_iter()
    .filter_map(|(id, url)| Some((id, url?)))
    .collect()
}

/// Any answer will do: the endpoints take POST only, and nothing is posted to them here.
async fn endpoint(
    context: &Context,
    http: &Http,
    id: &'static str,
    url: &str,
) -> (Check, Option<i64>) {
    let new = |state, text: String| Check::new(context, id, (id, id), state, text).with_value(url);
    if let Err(failure) = check_url(context, "URL", url) {
        return (new(State::Failed, failure.message), None);
    }
    let started = SystemTime::now();
    let answer = http
        .exchange(Sent {
            method: Method::HEAD,
            url,
            headers: &[],
            body: Vec::new(),
            total: TOTAL,
        })
        .await;
    match answer {
        Ok(received) => {
            let skew = skew(&received, started, SystemTime::now());
            let text = format!("{} ({url})", context.say("answers", "応答あり"));
            // 404 says that the host is right and the path is not.
            let state = if received.status == 404 {
                State::Failed
            } else {
                State::Ok
            };
            let text = if state == State::Failed {
                format!("HTTP 404 ({url})")
            } else {
                text
            };
            (new(state, text), skew)
        }
        Err(silence) => (
            new(State::Unreachable, unreachable(context, silence, url)),
            None,
        ),
    }
}

pub(super) fn unreachable(context: &Context, silence: Silence, url: &str) -> String {
    let words = match silence.why() {
        "no connection" => context.say("no connection", "接続できません"),
        "no connection in time" => {
            context.say("no connection in time", "接続がタイムアウトしました")
        }
        "no answer in time" => context.say("no answer in time", "応答がタイムアウトしました"),
        "the TLS certificate or handshake is not accepted" => context.say(
            "the TLS certificate or handshake is not accepted",
            "TLS の証明書またはハンドシェイクに問題があります",
        ),
        _ => context.say("the exchange broke off", "通信が途中で切断されました"),
    };
    format!("{words} ({url})")
}

/// Seconds that the other clock is ahead of ours. Its header tells whole seconds, so half of one is added; ours is
/// taken at the middle of the exchange.
fn skew(received: &Received, started: SystemTime, ended: SystemTime) -> Option<i64> {
    let theirs = jiff::fmt::rfc2822::parse(received.date.as_deref()?).ok()?;
    let millis = |time: SystemTime| {
        let since = time.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    };
    let ours = millis(started)?.checked_add(millis(ended)?)? / 2;
    let theirs = theirs.timestamp().as_millisecond().checked_add(500)?;
    // Rounded to the next second.
    Some((theirs - ours + 500).div_euclid(1000))
}

fn clock_check(context: &Context, skew: i64) -> Check {
    let state = match skew.abs() {
        0..=FINE_SECONDS => State::Ok,
        ..=MOST_SECONDS => State::Warning,
        _ => State::Failed,
    };
    let seconds = skew.unsigned_abs();
    let text = match (state, skew > 0) {
        (State::Ok, _) => context
            .say(
                "agrees with the gateway's",
                "決済ゲートウェイと一致しています",
            )
            .to_owned(),
        (_, true) => context
            .say(
                "is {} s behind the gateway's; set it by NTP",
                "決済ゲートウェイより {} 秒遅れています。NTP で合わせてください",
            )
            .replace("{}", &seconds.to_string()),
        (_, false) => context
            .say(
                "is {} s ahead of the gateway's; set it by NTP",
                "決済ゲートウェイより {} 秒進んでいます。NTP で合わせてください",
            )
            .replace("{}", &seconds.to_string()),
    };
    Check::new(context, "clock", ("clock", "時計"), state, text).with_value(skew)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(date: &str) -> Received {
        Received {
            status: 405,
            date: Some(date.to_owned()),
            location: None,
            body: Vec::new(),
        }
    }

    #[test]
    fn the_difference_of_the_clocks_is_taken_at_the_middle_of_the_exchange() {
        let at = |millis| UNIX_EPOCH + Duration::from_millis(millis);
        let date = "Fri, 02 Jan 1970 00:00:00 GMT";
        for (started, ended, expected) in [
            (86_400_000, 86_400_400, 0),
            (86_400_999, 86_400_999, 0),
            (86_390_000, 86_394_000, 9),
            (86_460_500, 86_460_500, -60),
        ] {
            let found = skew(&answer(date), at(started), at(ended)).unwrap();
            assert!((found - expected).abs() <= 1, "{started}: {found}");
        }
        assert_eq!(skew(&answer("yesterday"), at(0), at(0)), None);
    }
}
