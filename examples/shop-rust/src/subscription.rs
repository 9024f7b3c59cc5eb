//! Billing a subscription each month by API type, after the customer applied for it at the gateway.

use netmile::charge::Charge;
use netmile::operation::Outcome;
use netmile::schedule::{BillingDay, FirstPeriod, Schedule};
use netmile::{ErrorKind, Result};

use crate::store::Order;
use crate::{App, own};

/// Characters of the order's id that the contract's id has: behind it the `order_id` holds the period as well.
pub(crate) const PREFIX: usize = 24;

/// The id of an order's contract.
pub(crate) fn contract_id(order_id: &str) -> &str {
    order_id.get(..PREFIX).unwrap_or(order_id)
}

/// Takes the contract that the customer applied for under control, once: billed on the first of each month, and for
/// the rest of this one at once.
pub(crate) async fn adopt(app: &App, order: &Order) -> Result<Charge> {
    let start = order.created_at.jst_date();
    let schedule = Schedule::monthly(start, BillingDay::new(1)?, FirstPeriod::BillAtOnce)?;
    let id = contract_id(&order.id);
    app.client
        .subscriptions()
        .adopt_purchase(&order.id, id, own::METHOD, order.total(), schedule)
        .await
}

/// The billing job: every period that is due, once, however often it runs.
pub(crate) async fn bill(app: &App) -> Result<()> {
    let price = |due: &netmile::client::DuePeriod| Some(due.contract.amount);
    for billed in app.client.subscriptions().bill_due(price).await? {
        let (contract, period) = (&billed.subscription, &billed.period);
        match billed.outcome {
            Ok(Outcome::Done(charge)) => {
                tracing::info!(%contract, %period, phase = charge.phase.name(), "billed");
            }
            Ok(Outcome::Rejected(why)) => {
                tracing::warn!(%contract, %period, code = %why.code, "not billed");
            }
            Ok(Outcome::Unknown(_)) => tracing::warn!(%contract, %period, "billed or not"),
            Err(error) => tracing::warn!(%contract, %period, %error, "not billed yet"),
        }
    }
    Ok(())
}

/// What was billed for an order, period by period.
pub(crate) async fn periods(app: &App, order: &Order) -> Result<Vec<Charge>> {
    match app
        .client
        .subscriptions()
        .periods(contract_id(&order.id))
        .await
    {
        Err(error) if error.kind() == ErrorKind::UnknownOrder => Ok(Vec::new()),
        periods => periods,
    }
}

/// Ends the contract.
pub(crate) async fn end(app: &App, order: &Order) -> Result<Outcome<Charge>> {
    let ended = app
        .client
        .subscriptions()
        .end_by_api(contract_id(&order.id))
        .await;
    app.wake.notify_one();
    ended
}
