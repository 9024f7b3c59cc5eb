//! `netmile doctor`: checks a set-up before a customer does.

mod api;
mod check;
mod gateway;
mod journal;
mod secrets;
mod shop;

use clap::Args;
use netmile::contract::ContractId;
use serde_json::json;

use crate::arguments::KeyArguments;
use crate::config::{Config, Environment};
use crate::context::Context;
use crate::http::{Http, block_on};
use crate::output::{Answer, Exit, Failure, Outcome, table};
use crate::progress::Progress;
use check::{Check, State};

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Gateway to check; else environment of the configuration.
    #[arg(long, value_enum, value_name = "ENVIRONMENT")]
    environment: Option<EnvironmentName>,
    /// Address of the mock gateway; else mock_url of the configuration, else http://127.0.0.1:8080.
    #[arg(
        long,
        value_name = "URL",
        env = "NETMILE_MOCK_URL",
        hide_env_values = true
    )]
    mock: Option<String>,
    /// Merchant, 5 digits; else merchant_id of the configuration.
    #[arg(long, value_name = "ID")]
    merchant_id: Option<String>,
    /// Service, 3 digits; else service_id of the configuration.
    #[arg(long, value_name = "ID")]
    service_id: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    /// Where the shop takes notices: it is sent a signed test notice of a failed purchase that nobody made.
    #[arg(long, value_name = "URL")]
    notify_url: Option<String>,
    /// Checks the API type too, by an inquiry that finds nothing; implied by [api] in the configuration.
    #[arg(long)]
    api: bool,
    /// Number of the payment method that the test inquiry names.
    #[arg(long, value_name = "NUMBER", default_value = "101")]
    api_method: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum EnvironmentName {
    Mock,
    Test,
    Production,
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Mock => Self::Mock,
            EnvironmentName::Test => Self::Test,
            EnvironmentName::Production => Self::Production,
        }
    }
}

pub(crate) fn run(context: &Context, arguments: &Doctor) -> Outcome {
    let config = context.config()?;
    let mut checks = vec![contract(context, arguments, &config)];
    let (key, key_checks) = secrets::check(context, arguments.key.key_file.as_deref(), &config);
    checks.extend(key_checks);
    block_on(context, async {
        let http = Http::new(context)?;
        let progress = Progress::start(
            context,
            context.say("asking the gateway", "決済ゲートウェイに接続しています"),
        );
        let (found, api) = gateway::check(context, &http, arguments, &config).await;
        checks.extend(found);
        let id = id(arguments, &config);
        if let Some(url) = api {
            let who = id.as_ref().zip(key.as_ref());
            checks.push(api::check(context, &http, arguments, &config, &url, who).await);
        }
        checks.extend(journal::check(context, &config));
        progress.say(context.say("asking the shop", "ショップに接続しています"));
        checks.push(
            shop::check(
                context,
                &http,
                arguments,
                &config,
                id.as_ref(),
                key.as_ref(),
            )
            .await,
        );
        drop(progress);
        Ok::<_, Failure>(())
    })?;
    Ok(answer(context, &checks))
}

/// Merchant and service, if both are given and well-formed.
fn id(arguments: &Doctor, config: &Config) -> Option<ContractId> {
    let merchant = arguments
        .merchant_id
        .as_ref()
        .or(config.merchant_id.as_ref())?;
    let service = arguments
        .service_id
        .as_ref()
        .or(config.service_id.as_ref())?;
    ContractId::new(merchant, service).ok()
}

fn contract(context: &Context, arguments: &Doctor, config: &Config) -> Check {
    let name = ("contract", "契約");
    let merchant = arguments
        .merchant_id
        .as_ref()
        .or(config.merchant_id.as_ref());
    let service = arguments.service_id.as_ref().or(config.service_id.as_ref());
    let (Some(merchant), Some(service)) = (merchant, service) else {
        return Check::skipped(
            context,
            "contract",
            name,
            "no merchant_id and service_id are given",
            "merchant_id と service_id が指定されていません",
        );
    };
    match ContractId::new(merchant, service) {
        Ok(id) => Check::new(context, "contract", name, State::Ok, id.to_string()),
        Err(error) => Check::new(context, "contract", name, State::Failed, error.to_string()),
    }
}

fn answer(context: &Context, checks: &[Check]) -> Answer {
    let has = |state: State| checks.iter().any(|check| check.state == state);
    let exit = if has(State::Failed) {
        Exit::Problem
    } else if has(State::Unreachable) {
        Exit::Unreachable
    } else if has(State::Ok) || has(State::Warning) {
        Exit::Fine
    } else {
        Exit::Usage
    };
    let rows: Vec<_> = checks
        .iter()
        .map(|check| {
            vec![
                check.state.word(context).to_owned(),
                check.name.clone(),
                check.text.clone(),
            ]
        })
        .collect();
    let mut text = table(&rows);
    text.push('\n');
    text.push_str(match exit {
        Exit::Fine if has(State::Warning) => context.say(
            "No errors; look at the warnings.",
            "エラーはありません。警告を確認してください。",
        ),
        Exit::Fine => context.say("Nothing is wrong.", "問題は見つかりませんでした。"),
        Exit::Unreachable => context.say(
            "Something could not be reached.",
            "接続できない相手があります。",
        ),
        Exit::Usage => context.say(
            "Nothing was checked; see `netmile doctor --help`.",
            "確認した項目はありません。`netmile doctor --help` を参照してください。",
        ),
        _ => context.say("Something is wrong.", "問題が見つかりました。"),
    });
    let checks: Vec<_> = checks
        .iter()
        .map(|check| {
            json!({
                "id": check.id,
                "state": check.state.name(),
                "text": check.text,
                "value": check.value,
            })
        })
        .collect();
    Answer::new(exit, json!({ "checks": checks }), text)
}
