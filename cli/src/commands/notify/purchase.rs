//! A whole purchase at the mock, as a member would make it, so that the result notice goes to any URL.

use clap::Args;
use netmile::Yen;
use netmile::contract::{Contract, Endpoints, Terminal};
use netmile::link::{LimitSeconds, OrderId, PurchaseRequest, ReturnUrls};
use netmile::time::Timestamp;
use netmile::wire::{TextPolicy, encode_form};
use zeroize::Zeroizing;

use super::{Fault, FaultSet, NOTICE, last_attempt, report, waiting};
use crate::arguments::KeyArguments;
use crate::config::Config;
use crate::context::Context;
use crate::http::check_url;
use crate::keys;
use crate::mock::{ClockView, Mock, Payment};
use crate::output::{Exit, Failure, Outcome};
use crate::progress::Progress;

/// Variable with the member's password at the mock; by default that of the demo scenario.
const PASSWORD: &str = "NETMILE_MOCK_PASSWORD";

#[derive(Debug, Args)]
pub(crate) struct Purchase {
    /// Where the notice goes (pagecon_url); else notify_url of the configuration.
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// Purchase id; a new one if it is not given.
    #[arg(long, value_name = "ORDER_ID")]
    order_id: Option<String>,
    /// Amount in yen.
    #[arg(long, value_name = "YEN", default_value_t = 100)]
    amount: u64,
    /// Member of the mock who pays; the demo scenario's password is taken unless NETMILE_MOCK_PASSWORD is set.
    #[arg(long, value_name = "LOGIN", default_value = "hanako")]
    member: String,
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
    fault: Option<Fault>,
}

pub(super) async fn run(
    context: &Context,
    mock: &Mock<'_>,
    config: &Config,
    wanted: &Purchase,
) -> Outcome {
    let clock: ClockView = mock.get("/_mock/clock").await?;
    let now = Timestamp::from_unix(clock.unix);
    let order_id = wanted
        .order_id
        .clone()
        .unwrap_or_else(|| format!("CLI-{}-{}", now.to_jst(), std::process::id()));
    let form = signed(context, mock, config, wanted, &order_id, now)?;
    let progress = Progress::start(context, context.say("buying", "購入しています"));
    let before = last_attempt(mock).await?.map_or(0, |attempt| attempt.id);

    let path = form.path;
    let received = mock.form(&path, form.body).await?;
    let session = received
        .location
        .filter(|to| received.status == 303 && to.starts_with('/'));
    let session = session.ok_or_else(|| {
        stopped(
            context,
            "purchase_refused",
            "the mock refused the purchase request; its page and log say why (merchant, key, order_id used before?)",
            "モックゲートウェイが購入要求を拒否しました。理由は画面とログで確認できます（マーチャント、キー、使用済みの購入 ID など）",
        )
    })?;
    let password = std::env::var(PASSWORD).map_or_else(
        |_| Zeroizing::new(format!("{}-demo", wanted.member)),
        Zeroizing::new,
    );
    let login = Zeroizing::new(encode_form([
        ("login", wanted.member.as_bytes()),
        ("password", password.as_bytes()),
    ]));
    let received = mock
        .form(&format!("{session}/login"), login.to_vec())
        .await?;
    if received.status != 303 {
        return Err(stopped(
            context,
            "login_refused",
            "the mock refused the member's log-in (--member, NETMILE_MOCK_PASSWORD)",
            "モックゲートウェイが会員のログインを拒否しました（--member、NETMILE_MOCK_PASSWORD）",
        ));
    }
    progress.say(waiting(context));
    let fault = FaultSet::set(mock, wanted.fault, NOTICE, Some(&order_id)).await?;
    let paid = mock.form(&format!("{session}/pay"), Vec::new()).await;
    fault.lift(mock).await;
    paid?;
    let attempt = last_attempt(mock).await?.filter(|a| a.id > before);
    drop(progress);
    if let Some(attempt) = attempt.filter(|a| a.order_id == order_id) {
        return Ok(report(context, &attempt.verdict, Some(&attempt)));
    }
    let payments: Vec<Payment> = mock.get("/_mock/payments").await?;
    if payments.iter().any(|payment| payment.order_id == order_id) {
        return Ok(report(context, "not_sent", None));
    }
    Err(stopped(
        context,
        "not_paid",
        "the mock took no payment (too few miles?), so there was nothing to notify",
        "決済が行われなかったため、通知はありません（マイル不足など）",
    ))
}

fn stopped(context: &Context, code: &'static str, en: &str, ja: &str) -> Failure {
    Failure::new(Exit::Problem, code, context.lang.pick(en, ja))
}

struct Form {
    path: String,
    body: Vec<u8>,
}

fn signed(
    context: &Context,
    mock: &Mock<'_>,
    config: &Config,
    wanted: &Purchase,
    order_id: &str,
    now: Timestamp,
) -> Result<Form, Failure> {
    let to = wanted.to.as_deref().or(config.notify_url.as_deref());
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
        wanted.merchant_id.as_deref(),
        wanted.service_id.as_deref(),
    )?;
    let key = keys::require_hash_key(context, wanted.key.key_file.as_deref(), config)?;
    let library = |error: netmile::Error| Failure::library(context.lang, &error);
    let contract = Contract::netmile(merchant_id, service_id, key, Endpoints::mock(mock.url()))
        .map_err(library)?;
    let urls = ReturnUrls {
        success: to.to_owned(),
        cancel: to.to_owned(),
        error: to.to_owned(),
        notify: to.to_owned(),
    };
    let form = PurchaseRequest::new(
        OrderId::new(order_id).map_err(library)?,
        "netmile-cli",
        "netmile-cli",
        Yen::new(wanted.amount),
        Terminal::Pc,
        urls,
    )
    .sign(&contract, now, LimitSeconds::default(), &TextPolicy::Cp932)
    .map_err(library)?;
    let path = form.action().strip_prefix(mock.url()).unwrap_or_default();
    Ok(Form {
        path: path.to_owned(),
        body: form.urlencoded(),
    })
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
