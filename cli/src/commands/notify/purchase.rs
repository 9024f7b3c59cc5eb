//! A whole purchase at the mock, as a member would make it, so that the result notice goes to any URL.

use clap::Args;
use netmile::Yen;
use netmile::contract::Terminal;
use netmile::link::{LimitSeconds, OrderId, PurchaseRequest};
use netmile::wire::TextPolicy;

use super::journey::{self, Journey, Shop};
use crate::config::Config;
use crate::context::Context;
use crate::mock::Mock;
use crate::output::{Failure, Outcome};

#[derive(Debug, Args)]
pub(crate) struct Purchase {
    /// Purchase id; a new one if it is not given.
    #[arg(long, value_name = "ORDER_ID")]
    order_id: Option<String>,
    /// Amount in yen.
    #[arg(long, value_name = "YEN", default_value_t = 100)]
    amount: u64,
    /// Member of the mock who pays; the demo scenario's password is taken unless NETMILE_MOCK_PASSWORD is set.
    #[arg(long, value_name = "LOGIN", default_value = "hanako")]
    member: String,
    #[command(flatten)]
    shop: Shop,
}

pub(super) async fn run(
    context: &Context,
    mock: &Mock<'_>,
    config: &Config,
    wanted: &Purchase,
) -> Outcome {
    let now = journey::now(mock).await?;
    let order_id = journey::order_id(wanted.order_id.as_deref(), now);
    let (contract, urls) = wanted.shop.open(context, mock, config)?;
    let library = |error: netmile::Error| Failure::library(context.lang, &error);
    let form = PurchaseRequest::new(
        OrderId::new(order_id.as_str()).map_err(library)?,
        "netmile-cli",
        "netmile-cli",
        Yen::new(wanted.amount),
        Terminal::Pc,
        urls,
    )
    .sign(&contract, now, LimitSeconds::default(), &TextPolicy::Cp932)
    .map_err(library)?;
    let journey = Journey {
        form,
        order_id: &order_id,
        member: Some(&wanted.member),
        notice: "A02-1",
        fault: wanted.shop.fault,
        refused: "purchase_refused",
    };
    journey.go(context, mock).await
}
