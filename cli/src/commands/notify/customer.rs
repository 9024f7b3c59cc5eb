//! What a customer does at the mock beside a purchase: payment data are registered or deleted, a contract is applied
//! for or ended. Each has a notice of its own.

use clap::Args;
use netmile::contract::{CapabilityMatrix, Contract, Method, Terminal};
use netmile::link::{
    LimitSeconds, OrderId, PayMethods, RecurringRequest, RecurringService, RegistrationDeletion,
    RegistrationRequest,
};
use netmile::wire::TextPolicy;

use super::journey::{self, Journey, Shop};
use crate::config::Config;
use crate::context::Context;
use crate::mock::Mock;
use crate::output::{Failure, Outcome};

/// The one method at which a member of NetMile logs in.
const NETMILE: &str = "netmile";

#[derive(Debug, Args)]
pub(crate) struct Registration {
    /// Deletes the data instead (C01-1).
    #[arg(long)]
    delete: bool,
    /// Customer id at the shop.
    #[arg(long, value_name = "CODE", default_value = "netmile-cli")]
    cust_code: String,
    /// Payment method (pay_method); NetMile stores no payment data.
    #[arg(long, value_name = "TAG", default_value = "credit")]
    method: String,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct Application {
    /// Ends this contract instead of applying for one.
    #[arg(long, value_name = "TRACKING_ID")]
    end: Option<String>,
    /// Purchase id; a new one if it is not given.
    #[arg(long, value_name = "ORDER_ID")]
    order_id: Option<String>,
    /// Customer id at the shop; to end a contract, that of its application.
    #[arg(long, value_name = "CODE", default_value = "netmile-cli")]
    cust_code: String,
    /// Payment method (pay_method).
    #[arg(long, value_name = "TAG", default_value = NETMILE)]
    method: String,
    /// Member of the mock who applies with NetMile; the demo scenario's password is taken unless NETMILE_MOCK_PASSWORD is set.
    #[arg(long, value_name = "LOGIN", default_value = "hanako")]
    member: String,
    #[command(flatten)]
    shop: Shop,
}

/// The contract with a method that everything is offered for: what the mock's offers it says itself.
fn offering(contract: Contract, tag: &str) -> Contract {
    let method = Method::new(tag.to_owned(), tag.to_owned(), tag.to_owned());
    contract.with_method(method.with_matrix(CapabilityMatrix::all()))
}

pub(super) async fn registration(
    context: &Context,
    mock: &Mock<'_>,
    config: &Config,
    wanted: &Registration,
) -> Outcome {
    let now = journey::now(mock).await?;
    let (contract, urls) = wanted.shop.open(context, mock, config)?;
    let contract = offering(contract, &wanted.method);
    let methods = PayMethods::one(&wanted.method);
    let (limit, policy) = (LimitSeconds::default(), TextPolicy::Cp932);
    let cust_code = wanted.cust_code.as_str();
    let form = if wanted.delete {
        RegistrationDeletion::new(methods, cust_code, Terminal::Pc, urls)
            .sign(&contract, now, limit, &policy)
    } else {
        RegistrationRequest::new(methods, cust_code, Terminal::Pc, urls)
            .sign(&contract, now, limit, &policy)
    };
    let journey = Journey {
        form: form.map_err(|error| Failure::library(context.lang, &error))?,
        order_id: "",
        member: None,
        notice: if wanted.delete { "C03-1" } else { "B03-1" },
        fault: wanted.shop.fault,
        refused: "registration_refused",
    };
    journey.go(context, mock).await
}

pub(super) async fn application(
    context: &Context,
    mock: &Mock<'_>,
    config: &Config,
    wanted: &Application,
) -> Outcome {
    let now = journey::now(mock).await?;
    let order_id = journey::order_id(wanted.order_id.as_deref(), now);
    let (contract, urls) = wanted.shop.open(context, mock, config)?;
    let contract = offering(contract, &wanted.method);
    let library = |error: netmile::Error| Failure::library(context.lang, &error);
    let request = RecurringRequest::new(
        RecurringService::Apply,
        PayMethods::one(&wanted.method),
        OrderId::new(order_id.as_str()).map_err(library)?,
        wanted.cust_code.as_str(),
        "netmile-cli",
        Terminal::Pc,
        urls,
    );
    let request = match &wanted.end {
        Some(tracking_id) => request.cancelling(tracking_id),
        None => request,
    };
    let form = request
        .sign(&contract, now, LimitSeconds::default(), &TextPolicy::Cp932)
        .map_err(library)?;
    let journey = Journey {
        form,
        order_id: &order_id,
        member: (wanted.method == NETMILE).then_some(wanted.member.as_str()),
        notice: "D02-1",
        fault: wanted.shop.fault,
        refused: "application_refused",
    };
    journey.go(context, mock).await
}
