//! Does what netmile's outbox says, once: sends the goods of a paid order.

use std::time::Duration;

use netmile::charge::{Charge, ChargePhase, Step};
use netmile::client::Delivery;
use netmile::contract::Billing;
use netmile::purchase::{Fact, FactKind, Phase, Purchase, Subject};
use tokio::sync::watch;

use crate::store::{Effect, Fulfilment, Order};
use crate::testing::CrashPoint;
use crate::{App, ShopError, card, exchange, own, subscription};

/// Looks at the outbox after each notice, and from time to time: what was left by a crash comes back by itself.
pub(crate) async fn run(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = pass(&app, true).await {
            tracing::error!(%error, "the fulfilment stumbled and tries again");
        }
        tokio::select! {
            () = app.wake.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stopped.wait_for(|stop| *stop) => break,
        }
    }
}

/// Takes everything that waits. An event that fails holds up no other one: it is handed out again when its lease is
/// over, perhaps after a later event of the same order. The first failure is returned.
///
/// One pass at a time: whoever waited for another pass finds its events acknowledged instead of leased.
pub(crate) async fn work(app: &App) -> Result<(), ShopError> {
    pass(app, false).await
}

async fn pass(app: &App, by_itself: bool) -> Result<(), ShopError> {
    let _pass = app.fulfilling.lock().await;
    // Asked under the lock: once a test has paused the worker and called `work`, no pass of the worker is on its way.
    if by_itself && app.testing.is_paused() {
        return Ok(());
    }
    // Purchases whose notice never came are handed to the desk; charges whose answer was lost are found out about.
    let mut outcome: Result<(), ShopError> =
        app.client.resolve().await.map(|_| ()).map_err(Into::into);
    loop {
        let deliveries = app.client.events().next(20).await?;
        if deliveries.is_empty() {
            break;
        }
        for delivery in deliveries {
            if let Err(error) = fulfil(app, &delivery).await {
                let order = &delivery.fact.purchase_id;
                tracing::error!(%error, %order, "not fulfilled, tried again later");
                outcome = outcome.and(Err(error));
            }
        }
    }
    let billed = subscription::bill(app).await;
    outcome.and(billed.map_err(ShopError::from))
}

/// What may be done about a paid order by now: between the payment and this moment there may be a refund or a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It is paid: deliver.
    Deliver,
    /// A refund is asked for, a step is open, a deposit is being confirmed, or a person looks. The event is left alone,
    /// and comes again.
    Wait,
    /// The money went back, or the contract ended: nothing is delivered any more.
    Over,
}

impl Standing {
    const fn of_purchase(purchase: &Purchase) -> Self {
        match purchase.phase {
            // Paid twice is paid once as well.
            Phase::Paid | Phase::PaidTwice => Self::Deliver,
            Phase::Refunded | Phase::GivenUp => Self::Over,
            _ => Self::Wait,
        }
    }

    const fn of_charge(charge: &Charge) -> Self {
        use ChargePhase as P;
        match charge.phase {
            P::Refunded | P::Cancelled | P::Rejected | P::Expired | P::Ended => Self::Over,
            _ if charge.review.is_some() || charge.pending.is_some() || charge.doubt.is_some() => {
                Self::Wait
            }
            // What is left of a partly refunded charge is paid.
            P::Paid | P::PartlyRefunded | P::Active => Self::Deliver,
            _ => Self::Wait,
        }
    }
}

async fn standing(app: &App, fact: &Fact) -> netmile::Result<Standing> {
    let id = fact.purchase_id.as_str();
    Ok(match fact.subject {
        Subject::Purchase => Standing::of_purchase(&app.client.purchases().get(id).await?),
        Subject::Charge => Standing::of_charge(&app.client.payments().get(id).await?),
        // Rewards are no goods.
        _ => Standing::Wait,
    })
}

async fn fulfil(app: &App, delivery: &Delivery) -> Result<(), ShopError> {
    app.testing.crash_if(CrashPoint::BeforeFulfilment);
    let fact = &delivery.fact;
    if fact.subject == Subject::Exchange {
        if exchange::settle(app, fact).await? {
            app.client.events().ack(delivery.id).await?;
        }
        return Ok(());
    }
    let (order_id, is_period) = order_of(app, fact).await?;
    let mut kind = fact.kind.name().to_owned();
    let effect = match fact.kind {
        // The subscription itself began when the customer's application was accepted.
        FactKind::Paid | FactKind::ContractStarted if is_period => Effect::Note,
        FactKind::Paid | FactKind::ContractStarted => match standing(app, fact).await? {
            Standing::Deliver => deliver(app, fact, &order_id).await?,
            Standing::Wait => {
                tracing::info!(order = %order_id, "paid, but not to be delivered yet");
                return Ok(());
            }
            Standing::Over => {
                kind.push_str("_undelivered");
                Effect::Note
            }
        },
        FactKind::ContractEnded => Effect::End,
        FactKind::Reserved | FactKind::StepFailed => capture(app, fact).await?,
        // Nothing to send. What needs a person stands on the desk's list.
        _ => Effect::Note,
    };
    let done = Fulfilment {
        event_id: delivery.id,
        order_id,
        kind,
        at: app.clock.now(),
    };
    let first = app.store.fulfil(&done, effect).await?;
    tracing::info!(order = %done.order_id, kind = %done.kind, first, "event");
    app.testing.crash_if(CrashPoint::AfterFulfilment);
    app.client.events().ack(delivery.id).await?;
    Ok(())
}

/// Delivers; a subscription that the shop bills begins with taking its contract over.
async fn deliver(app: &App, fact: &Fact, order_id: &str) -> Result<Effect, ShopError> {
    if fact.subject == Subject::Purchase
        && let Some(order) = app.store.order(order_id).await?
        && order.billing == Billing::RecurringMetered
    {
        return subscribe(app, &order).await;
    }
    Ok(Effect::Ship)
}

/// Captures what a card reserved, unless that was done or is on its way. What stays reserved all the same (refused, or
/// a cancellation that failed) stands on the desk's list.
async fn capture(app: &App, fact: &Fact) -> Result<Effect, ShopError> {
    let charge = app.client.payments().get(&fact.purchase_id).await?;
    let failed = charge.log.last().map(|entry| entry.step);
    let wanted = fact.kind == FactKind::Reserved || failed == Some(Step::Capture);
    let open = charge.pending.is_some() || charge.review.is_some();
    if wanted && !open && charge.phase == ChargePhase::Reserved {
        match card::capture(app, &charge.id).await {
            Err(error) if error.is_retryable() => return Err(error.into()),
            _ => {}
        }
    }
    Ok(Effect::Note)
}

/// Takes over the contract that the customer applied for: the shop bills it from now on.
async fn subscribe(app: &App, order: &Order) -> Result<Effect, ShopError> {
    match subscription::adopt(app, order).await {
        Ok(_) => Ok(Effect::Ship),
        Err(error) if error.is_retryable() => Err(error.into()),
        // It ended before it began, or can never be billed. The next try would be told the same.
        Err(error) => {
            tracing::error!(%error, order = %order.id, "a subscription does not begin");
            Ok(Effect::Note)
        }
    }
}

/// The order that an event is about, and whether it is about a period of a subscription.
async fn order_of(app: &App, fact: &Fact) -> Result<(String, bool), ShopError> {
    let id = fact.purchase_id.as_str();
    if fact.subject == Subject::Purchase {
        return Ok((id.to_owned(), false));
    }
    if let Some(order_id) = own::order_of(id) {
        return Ok((order_id.to_owned(), false));
    }
    let contract_id = subscription::contract_id(id);
    let order_id = app.store.order_of_contract(contract_id).await?;
    Ok((order_id.unwrap_or_else(|| id.to_owned()), true))
}
