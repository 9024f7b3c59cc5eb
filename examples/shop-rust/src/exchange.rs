//! Exchanging the shop's points for miles, at once (flow ①).

use netmile::exchange::{ExchangePhase, ExchangeRate, ExchangeRequest, PointPrice, Quote};
use netmile::purchase::{Fact, FactKind};
use netmile::reference::{User, UserId};

use crate::failure::Failure;
use crate::store::Application;
use crate::{App, ShopError};

/// A point is worth a yen, which is 2 miles; exchanged by the hundred, from 500 on.
pub(crate) fn rate() -> netmile::Result<ExchangeRate> {
    ExchangeRate::equal_value(PointPrice::new(1, 1)?)?
        .in_units_of(100)?
        .from(500)
}

/// Carries an application out: the points go first, then the miles come. What is open afterwards, the outbox tells.
/// False when the customer has too few points.
pub(crate) async fn apply(
    app: &App,
    wish: &Application,
    customer: &str,
    user: UserId,
    quote: &Quote,
) -> Result<bool, Failure> {
    let exchanges = app.client.exchanges();
    let tran_id = wish.tran_id.as_str();
    let request = ExchangeRequest::new(tran_id, User::UserId(user), customer, quote.conversion);
    exchanges.begin(&request).await?;
    if !app.store.take_points(wish).await? {
        exchanges.not_debited(tran_id).await?;
        return Ok(false);
    }
    app.testing.fail_if_points_taken()?;
    exchanges.debited(tran_id).await?;
    if let Err(error) = exchanges.issue(tran_id).await {
        // The resolver asks again.
        tracing::warn!(%error, %tran_id, "the miles are not issued yet");
    }
    app.wake.notify_one();
    Ok(true)
}

/// Does what the outbox says about an exchange. False: it is not done yet, and the event has to come again.
pub(crate) async fn settle(app: &App, fact: &Fact) -> Result<bool, ShopError> {
    let exchanges = app.client.exchanges();
    let tran_id = fact.purchase_id.as_str();
    match fact.kind {
        // The customer's page shows it. Points that were given back before are taken again, once a person has said that the
        // miles stay.
        FactKind::ExchangeIssued => {
            let is_issued = exchanges.get(tran_id).await?.phase == ExchangePhase::Issued;
            if is_issued && !app.store.take_points_again(tran_id).await? {
                tracing::error!(%tran_id, "points and miles are both with the customer, who spent the points");
            }
        }
        FactKind::ExchangeRefused => {
            app.store.give_points_back(tran_id).await?;
            exchanges.credited_back(tran_id).await?;
        }
        FactKind::ExchangeUnconfirmed => {
            match app.store.application(tran_id).await? {
                Some(_) => exchanges.debited(tran_id).await?,
                None => exchanges.not_debited(tran_id).await?,
            };
        }
        FactKind::NeedsReview => {
            // The desk lists every exchange that is open, this one among those for a person.
            let exchange = exchanges.get(tran_id).await?;
            let phase = exchange.phase.name();
            tracing::warn!(%tran_id, phase, "an exchange needs a person");
        }
        other => {
            tracing::error!(%tran_id, kind = other.name(), "nothing is known to do about this");
            return Ok(false);
        }
    }
    Ok(true)
}
