//! Notices of the API type: deposits for slips, and their expiry.

use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::journey::seller;
use super::{Fault, FaultSet, check_tracking_id, last_attempt, report, send, waiting};
use crate::config::Config;
use crate::context::Context;
use crate::http::{TOTAL, check_url};
use crate::mock::{ApiPayment, Mock};
use crate::output::Outcome;
use crate::progress::Progress;

/// Beginning of the functions that carry these notices.
const NOTICES: &str = "NT01";

#[derive(Debug, Args)]
pub(crate) struct Slip {
    /// Payment, as `netmile notify list` shows it.
    #[arg(value_name = "TRACKING_ID")]
    tracking_id: String,
    /// What happens.
    #[arg(value_enum, value_name = "EVENT")]
    event: SlipEvent,
    /// Yen of the deposit; by default what is missing.
    #[arg(long, value_name = "YEN")]
    yen: Option<u64>,
    /// What goes wrong with the notice.
    #[arg(long, value_enum, value_name = "FAULT")]
    fault: Option<Fault>,
}

#[derive(Debug, Args)]
pub(crate) struct Deposit {
    /// What the notice says.
    #[arg(value_enum, value_name = "EVENT")]
    event: DepositEvent,
    /// Payment it is about, 14 digits.
    #[arg(long, value_name = "TRACKING_ID")]
    tracking_id: String,
    /// Purchase id.
    #[arg(long, value_name = "ORDER_ID", default_value = "")]
    order_id: String,
    /// Where it goes; else notify_url of the configuration, else the address registered at the mock.
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// Number of the payment method; 701 is the web convenience store.
    #[arg(long, value_name = "NUMBER", default_value = "701")]
    method: String,
    /// Yen of this deposit.
    #[arg(long, value_name = "YEN", default_value_t = 1_000)]
    yen: u64,
    /// Yen of all deposits so far; by default this deposit's.
    #[arg(long, value_name = "YEN")]
    total: Option<u64>,
    /// Merchant, 5 digits; else merchant_id of the configuration.
    #[arg(long, value_name = "ID")]
    merchant_id: Option<String>,
    /// Service, 3 digits; else service_id of the configuration.
    #[arg(long, value_name = "ID")]
    service_id: Option<String>,
    /// Variants of the notice, separated by commas; by default as the contract says.
    #[arg(long, value_enum, value_name = "VARIANT", value_delimiter = ',')]
    variant: Vec<Variant>,
}

#[derive(Debug, Args)]
pub(crate) struct Again {
    /// Number of the notice, as `netmile notify list` shows it.
    #[arg(value_name = "NUMBER")]
    number: u64,
    /// Variants of the notice, separated by commas; by default as the contract says.
    #[arg(long, value_enum, value_name = "VARIANT", value_delimiter = ',')]
    variant: Vec<Variant>,
}

/// What can happen to a slip at the mock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SlipEvent {
    Preliminary,
    PreliminaryCancelled,
    Confirmed,
    ConfirmedCancelled,
    Cancelled,
    Expired,
}

impl SlipEvent {
    /// Beginning of the function that tells of it.
    const fn notice(self) -> &'static str {
        match self {
            Self::Cancelled | Self::Expired => "NT01-00104",
            _ => "NT01-00103",
        }
    }
}

/// What a notice can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DepositEvent {
    Preliminary,
    PreliminaryCancelled,
    Confirmed,
    ConfirmedCancelled,
    Expired,
}

impl DepositEvent {
    /// Operation of the function and `rec_type`.
    fn wire(self) -> (&'static str, u8) {
        match self {
            Self::Preliminary => ("00103", 1),
            Self::PreliminaryCancelled => ("00103", 2),
            Self::Confirmed => ("00103", 3),
            Self::ConfirmedCancelled => ("00103", 4),
            Self::Expired => ("00104", 0),
        }
    }
}

/// A way in which a notice may differ by contract, or be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Variant {
    Plain,
    OrderId,
    Encrypted,
    ShortDate,
    RecMail,
    ExtraField,
    BadHash,
}

/// The name of a value in the admin API.
fn snake(value: impl ValueEnum) -> String {
    value
        .to_possible_value()
        .map(|value| value.get_name().replace('-', "_"))
        .unwrap_or_default()
}

/// The variants as the admin API takes them; `null` leaves them to the contract.
fn style(variants: &[Variant]) -> Value {
    if variants.is_empty() {
        return Value::Null;
    }
    let chosen = variants.iter().filter(|v| **v != Variant::Plain);
    Value::Object(Map::from_iter(
        chosen.map(|variant| (snake(*variant), json!(true))),
    ))
}

pub(super) async fn slip(context: &Context, mock: &Mock<'_>, wanted: &Slip) -> Outcome {
    #[derive(Deserialize)]
    struct Done {
        verdict: String,
    }
    check_tracking_id(context, &wanted.tracking_id)?;
    let payments: Vec<ApiPayment> = mock.get("/_mock/api/payments").await?;
    let order_id = payments
        .iter()
        .find(|payment| payment.tracking_id == wanted.tracking_id)
        .map(|payment| payment.order_id.as_str());
    let fault = FaultSet::set(mock, wanted.fault, wanted.event.notice(), order_id).await?;
    let before = last_attempt(mock).await?.map_or(0, |attempt| attempt.id);
    let progress = Progress::start(context, waiting(context));
    let path = format!("/_mock/api/payments/{}/slip", wanted.tracking_id);
    let body = json!({ "event": snake(wanted.event), "yen": wanted.yen });
    let done: Result<Done, _> = mock.post(&path, &body, TOTAL).await;
    drop(progress);
    fault.lift(mock).await;
    let done = done?;
    let attempt = last_attempt(mock).await?.filter(|a| a.id > before);
    Ok(report(context, &done.verdict, attempt.as_ref()))
}

pub(super) async fn deposit(
    context: &Context,
    mock: &Mock<'_>,
    config: &Config,
    wanted: &Deposit,
) -> Outcome {
    let (merchant_id, service_id) = seller(
        context,
        config,
        wanted.merchant_id.as_deref(),
        wanted.service_id.as_deref(),
    )?;
    let to = wanted.to.as_deref().or(config.notify_url.as_deref());
    if let Some(to) = to {
        check_url(context, "--to", to)?;
    }
    let (operation, rec_type) = wanted.event.wire();
    let expired = wanted.event == DepositEvent::Expired;
    let order = json!({
        "url": to,
        "function": format!("{NOTICES}-{operation}-{}", wanted.method),
        "merchant_id": merchant_id,
        "service_id": service_id,
        "tracking_id": wanted.tracking_id,
        "order_id": wanted.order_id,
        "rec_type": rec_type,
        "rec_amount": if expired { 0 } else { wanted.yen },
        "rec_amount_total": wanted.total,
        "style": style(&wanted.variant),
    });
    send(context, mock, "/_mock/api/notify", &order, FaultSet::none()).await
}

pub(super) async fn again(context: &Context, mock: &Mock<'_>, wanted: &Again) -> Outcome {
    let path = format!("/_mock/api/notices/{}/send", wanted.number);
    let body = json!({ "style": style(&wanted.variant) });
    send(context, mock, &path, &body, FaultSet::none()).await
}
