//! Does what netmile's outbox says, once: sends the goods of a paid order.

use std::time::Duration;

use netmile::client::Delivery;
use netmile::contract::Billing;
use netmile::purchase::{Fact, FactKind, Subject};
use tokio::sync::watch;

use crate::store::{Effect, Fulfilment};
use crate::testing::CrashPoint;
use crate::{App, ShopError, own, subscription};

/// Looks at the outbox after each notice, and from time to time: what was left by a crash comes back by itself.
pub(crate) async fn run(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = work(&app).await {
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
    let _pass = app.fulfilling.lock().await;
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

async fn fulfil(app: &App, delivery: &Delivery) -> Result<(), ShopError> {
    app.testing.crash_if(CrashPoint::BeforeFulfilment);
    let fact = &delivery.fact;
    let (order_id, is_period) = order_of(app, fact).await?;
    let effect = match fact.kind {
        // The subscription began when the customer's application was accepted.
        FactKind::Paid if is_period => Effect::Note,
        FactKind::Paid => Effect::Ship,
        FactKind::ContractEnded => Effect::End,
        // Nothing to send. What needs a person stands on the desk's list.
        _ => Effect::Note,
    };
    if fact.subject == Subject::Purchase && fact.kind == FactKind::Paid {
        let order = app.store.order(&order_id).await?;
        if let Some(order) = order.filter(|order| order.billing == Billing::RecurringMetered) {
            subscription::adopt(app, &order).await?;
        }
    }
    let done = Fulfilment {
        event_id: delivery.id,
        order_id,
        kind: fact.kind.name().to_owned(),
        at: app.clock.now(),
    };
    let first = app.store.fulfil(&done, effect).await?;
    tracing::info!(order = %done.order_id, kind = %done.kind, first, "event");
    app.testing.crash_if(CrashPoint::AfterFulfilment);
    app.client.events().ack(delivery.id).await?;
    Ok(())
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
