//! A customer's way at the mock: a signed request, the log-in, the confirmation, and the notice that follows.

use clap::Args;
use netmile::contract::{Contract, Endpoints};
use netmile::link::{ReturnUrls, SignedForm};
use netmile::time::Timestamp;
use netmile::wire::encode_form;
use zeroize::Zeroizing;

use super::{Fault, FaultSet, last_attempt, report, waiting};
use crate::arguments::KeyArguments;
use crate::config::Config;
use crate::context::Context;
use crate::http::check_url;
use crate::keys;
use crate::mock::{ClockView, Mock, Session};
use crate::output::{Exit, Failure, Outcome};
use crate::progress::Progress;

/// Variable with the member's password at the mock; by default that of the demo scenario.
const PASSWORD: &str = "NETMILE_MOCK_PASSWORD";

/// Who asks, and where the notice goes.
#[derive(Debug, Args)]
pub(super) struct Shop {
    /// Where the notice goes (pagecon_url); else notify_url of the configuration.
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// Merchant, 5 digits; else merchant_id of the configuration.
    #[arg(long, value_name = "ID")]
    merchant_id: Option<String>,
    /// Service, 3 digits; else service_id of the configuration.
    #[arg(long, value_name = "ID")]
    service_id: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    /// What goes wrong with the notice.
    #[arg(long, value_enum, value_name = "FAULT")]
    pub(super) fault: Option<Fault>,
}

impl Shop {
    /// The contract that signs, and the addresses of the request.
    pub(super) fn open(
        &self,
        context: &Context,
        mock: &Mock<'_>,
        config: &Config,
    ) -> Result<(Contract, ReturnUrls), Failure> {
        let to = self.to.as_deref().or(config.notify_url.as_deref());
        let to = to.ok_or_else(|| {
            Failure::usage(
                "notify_url_missing",
                context.say(
                    "say where the notice goes: --to URL, or notify_url in netmile.toml",
                    "--to または netmile.toml の notify_url で、通知の送信先を指定してください",
                ),
            )
        })?;
        check_url(context, "--to", to)?;
        let (merchant_id, service_id) = seller(
            context,
            config,
            self.merchant_id.as_deref(),
            self.service_id.as_deref(),
        )?;
        let key = keys::require_hash_key(context, self.key.key_file.as_deref(), config)?;
        let contract = Contract::netmile(merchant_id, service_id, key, Endpoints::mock(mock.url()))
            .map_err(|error| Failure::library(context.lang, &error))?;
        let urls = ReturnUrls {
            success: to.to_owned(),
            cancel: to.to_owned(),
            error: to.to_owned(),
            notify: to.to_owned(),
        };
        Ok((contract, urls))
    }
}

/// The mock's time, by which requests are dated.
pub(super) async fn now(mock: &Mock<'_>) -> Result<Timestamp, Failure> {
    let clock: ClockView = mock.get("/_mock/clock").await?;
    Ok(Timestamp::from_unix(clock.unix))
}

/// The purchase id that was given, or a new one.
pub(super) fn order_id(given: Option<&str>, now: Timestamp) -> String {
    given.map_or_else(
        || format!("CLI-{}-{}", now.to_jst(), std::process::id()),
        str::to_owned,
    )
}

/// What a customer goes through.
pub(super) struct Journey<'a> {
    pub(super) form: SignedForm,
    /// Purchase id; empty where the request has none.
    pub(super) order_id: &'a str,
    /// Member who logs in; nobody where the method asks for no log-in.
    pub(super) member: Option<&'a str>,
    /// The notice that follows.
    pub(super) notice: &'static str,
    pub(super) fault: Option<Fault>,
    /// Code of the error when the mock refuses the request.
    pub(super) refused: &'static str,
}

impl Journey<'_> {
    /// Goes all the way, and reports what came of the notice.
    pub(super) async fn go(self, context: &Context, mock: &Mock<'_>) -> Outcome {
        let progress = Progress::start(context, context.say("asking", "要求を送信しています"));
        let before = last_attempt(mock).await?.map_or(0, |attempt| attempt.id);
        let path = self.form.action().strip_prefix(mock.url());
        let body = self.form.urlencoded();
        let received = mock.form(path.unwrap_or_default(), body).await?;
        let session = received
            .location
            .filter(|to| received.status == 303 && to.starts_with('/'));
        let session = session.ok_or_else(|| {
            stopped(
                context,
                self.refused,
                "the mock refused the request; its page and log say why (merchant, key, contract, order_id used before?)",
                "モックゲートウェイが要求を拒否しました。理由は画面とログで確認できます（マーチャント、キー、契約、使用済みの購入 ID など）",
            )
        })?;
        if let Some(member) = self.member {
            log_in(context, mock, &session, member).await?;
        }
        progress.say(waiting(context));
        let order_id = (!self.order_id.is_empty()).then_some(self.order_id);
        let fault = FaultSet::set(mock, self.fault, self.notice, order_id).await?;
        let confirmed = mock.form(&format!("{session}/pay"), Vec::new()).await;
        fault.lift(mock).await;
        confirmed?;
        let attempt = last_attempt(mock).await?.filter(|a| a.id > before);
        drop(progress);
        let ours = |message: &str, order: &str| message == self.notice && order == self.order_id;
        if let Some(attempt) = attempt.filter(|a| ours(&a.message, &a.order_id)) {
            return Ok(report(context, &attempt.verdict, Some(&attempt)));
        }
        let sessions: Vec<Session> = mock.get("/_mock/sessions").await?;
        let id = session.rsplit('/').next().unwrap_or_default();
        if sessions.iter().any(|s| s.id == id && s.state != "open") {
            return Ok(report(context, "not_sent", None));
        }
        Err(stopped(
            context,
            "not_paid",
            "the mock took no payment (too few miles?), so there was nothing to notify",
            "決済が行われなかったため、通知はありません（マイル不足など）",
        ))
    }
}

async fn log_in(
    context: &Context,
    mock: &Mock<'_>,
    session: &str,
    member: &str,
) -> Result<(), Failure> {
    let password = std::env::var(PASSWORD)
        .map_or_else(|_| Zeroizing::new(format!("{member}-demo")), Zeroizing::new);
    let login = Zeroizing::new(encode_form([
        ("login", member.as_bytes()),
        ("password", password.as_bytes()),
    ]));
    let received = mock
        .form(&format!("{session}/login"), login.to_vec())
        .await?;
    if received.status == 303 {
        return Ok(());
    }
    Err(stopped(
        context,
        "login_refused",
        "the mock refused the member's log-in (--member, NETMILE_MOCK_PASSWORD)",
        "モックゲートウェイが会員のログインを拒否しました（--member、NETMILE_MOCK_PASSWORD）",
    ))
}

fn stopped(context: &Context, code: &'static str, en: &str, ja: &str) -> Failure {
    Failure::new(Exit::Problem, code, context.lang.pick(en, ja))
}

/// Merchant and service, from the options or the configuration.
pub(super) fn seller<'a>(
    context: &Context,
    config: &'a Config,
    merchant_id: Option<&'a str>,
    service_id: Option<&'a str>,
) -> Result<(&'a str, &'a str), Failure> {
    let merchant_id = merchant_id.or(config.merchant_id.as_deref());
    let service_id = service_id.or(config.service_id.as_deref());
    merchant_id.zip(service_id).ok_or_else(|| {
        Failure::usage(
            "merchant_missing",
            context.say(
                "say who sells: --merchant-id and --service-id, or both in netmile.toml",
                "--merchant-id と --service-id、または netmile.toml で、マーチャントとサービスを指定してください",
            ),
        )
    })
}
