//! Starting, looking up and resolving purchases.

use netmile::purchase::{Phase, ReviewVerdict as Verdict};
use netmile_ffi_runtime::config::one_of;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{invalid, limit, millis};
use crate::records::{
    Checkout, Evidence, EvidenceList, Limit, Nothing, OrderId, Purchase, PurchaseId, PurchaseQuery,
    PurchaseRequest, Purchases, RecurringRequest, ReviewVerdict,
};
use crate::seen::Seen;

type Answer<T> = Result<T, FfiError>;

pub(super) async fn start(context: &Context, request: PurchaseRequest) -> Answer<Checkout> {
    let request_core = request.to_core(&request.purchase_id)?.seen();
    let checkout = context.client.checkout().start(&request_core).await?.seen();
    Ok(Checkout::from_core(&checkout, context.config().lang))
}

pub(super) async fn render(context: &Context, request: PurchaseId) -> Answer<Checkout> {
    let checkout = context.client.checkout();
    let checkout = checkout.render(&request.purchase_id).await?.seen();
    Ok(Checkout::from_core(&checkout, context.config().lang))
}

pub(super) async fn give_up(context: &Context, request: PurchaseId) -> Answer<Purchase> {
    let checkout = context.client.checkout();
    Ok(checkout.give_up(&request.purchase_id).await?.seen().into())
}

pub(super) async fn subscribe(context: &Context, request: PurchaseRequest) -> Answer<Checkout> {
    let request_core = request.to_core(&request.purchase_id)?.seen();
    let checkout = context
        .client
        .subscriptions()
        .start(&request_core)
        .await?
        .seen();
    Ok(Checkout::from_core(&checkout, context.config().lang))
}

pub(super) async fn apply(context: &Context, request: RecurringRequest) -> Answer<Checkout> {
    let request_core = request.to_core(&request.purchase_id)?.seen();
    let checkout = context
        .client
        .subscriptions()
        .apply(&request_core)
        .await?
        .seen();
    Ok(Checkout::from_core(&checkout, context.config().lang))
}

pub(super) async fn end(context: &Context, request: PurchaseId) -> Answer<Checkout> {
    let subscriptions = context.client.subscriptions();
    let checkout = subscriptions.end(&request.purchase_id).await?.seen();
    Ok(Checkout::from_core(&checkout, context.config().lang))
}

pub(super) async fn get(context: &Context, request: PurchaseId) -> Answer<Purchase> {
    let purchases = context.client.purchases();
    Ok(purchases.get(&request.purchase_id).await?.seen().into())
}

pub(super) async fn by_order(context: &Context, request: OrderId) -> Answer<Purchase> {
    let purchases = context.client.purchases();
    Ok(purchases.by_order(&request.order_id).await?.seen().into())
}

pub(super) async fn list(context: &Context, query: PurchaseQuery) -> Answer<Purchases> {
    let phases = query
        .phases
        .iter()
        .map(|name| one_of("phases", &Phase::ALL, Phase::name, name))
        .collect::<netmile::Result<Vec<_>>>()?;
    let purchases = context.client.purchases();
    let after = match &query.after {
        Some(id) => Some(purchases.get(id).await?.seen()),
        None => None,
    };
    let found = purchases
        .list(&phases, after.as_ref(), limit(query.limit)?)
        .await?
        .seen();
    Ok(all(found))
}

pub(super) async fn unresolved(context: &Context, request: Limit) -> Answer<Purchases> {
    let purchases = context.client.purchases();
    Ok(all(purchases
        .unresolved(limit(request.limit)?)
        .await?
        .seen()))
}

pub(super) async fn resolve(context: &Context, _: Nothing) -> Answer<Purchases> {
    Ok(all(context.client.purchases().resolve().await?.seen()))
}

pub(super) async fn review(context: &Context, found: ReviewVerdict) -> Answer<Purchase> {
    let verdict = match (found.paid, found.order_id, found.tracking_id) {
        (true, Some(order_id), Some(tracking_id)) => Verdict::Paid {
            order_id,
            tracking_id,
        },
        (false, None, None) => Verdict::NotPaid,
        _ => {
            return Err(invalid(
                "tracking_id",
                "order_id and tracking_id must be given when it is paid, and only then",
            )
            .into());
        }
    };
    let purchases = context.client.purchases();
    Ok(purchases
        .review(&found.purchase_id, verdict)
        .await?
        .seen()
        .into())
}

pub(super) async fn accept_late(context: &Context, request: PurchaseId) -> Answer<Purchase> {
    let purchases = context.client.purchases();
    Ok(purchases
        .accept_late(&request.purchase_id)
        .await?
        .seen()
        .into())
}

pub(super) async fn evidence(context: &Context, request: Limit) -> Answer<EvidenceList> {
    let kept = context
        .client
        .purchases()
        .evidence(limit(request.limit)?)
        .await?
        .seen();
    let evidence = kept
        .into_iter()
        .map(|kept| Evidence {
            digest: kept.digest,
            code: kept.code,
            body: kept.bytes,
            at_ms: millis(kept.at),
        })
        .collect();
    Ok(EvidenceList { evidence })
}

fn all(purchases: Vec<netmile::purchase::Purchase>) -> Purchases {
    Purchases {
        purchases: purchases.into_iter().map(Into::into).collect(),
    }
}
