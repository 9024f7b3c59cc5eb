//! Charging a card by its one-time token (101). The card number goes from the browser to the gateway, whose script gives
//! the page a token in exchange; the shop never sees it.

use netmile::Result;
use netmile::api::Means;
use netmile::charge::{Charge, ChargePhase};
use netmile::operation::Outcome;

use crate::store::Order;
use crate::{App, own};

/// Tag of the method.
pub(crate) const METHOD: &str = "credit";

/// Longest token, and longest key of a token.
pub(crate) const MAX_TOKEN: usize = 200;

/// Charges the card behind a token, once per try, and captures where that is left to the shop.
pub(crate) async fn pay(
    app: &App,
    order: &Order,
    attempt: u32,
    token: &str,
    key: &str,
) -> Result<Outcome<Charge>> {
    let request = own::request(order, attempt, METHOD, Means::token(token, key));
    let charged = app.client.payments().charge(&request).await;
    let charged = match charged {
        // If the process stops here, the fulfilment captures: netmile tells it that the amount is reserved.
        Ok(Outcome::Done(charge)) if charge.phase == ChargePhase::Reserved => {
            capture(app, &charge.id).await
        }
        charged => charged,
    };
    app.wake.notify_one();
    charged
}

/// Captures what is only reserved: all of it, once. Captured before, it says so.
pub(crate) async fn capture(app: &App, charge_id: &str) -> Result<Outcome<Charge>> {
    let captured = app.client.payments().capture(charge_id, None).await;
    match &captured {
        Ok(Outcome::Rejected(why)) => {
            tracing::error!(charge = charge_id, code = %why.code, "reserved, but not captured");
        }
        Err(error) => tracing::warn!(%error, charge = charge_id, "not captured yet"),
        Ok(_) => {}
    }
    captured
}
