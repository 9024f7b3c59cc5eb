//! Recurring contracts by API.

use std::sync::{Mutex, PoisonError};

use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::yen;
use crate::records::Nothing;
use crate::seen::Seen;
use crate::shapes::payments::{Charge, ChargeId, ChargeOutcome, ChargeRequest, Charges};
use crate::shapes::subscriptions::{
    AdoptPurchaseRequest, AdoptRequest, AdoptSimplePurchaseRequest, AdoptSimpleRequest,
    BillDueRequest, BillRequest, BilledPeriod, BilledPeriods, DuePeriod, DuePeriods,
    MonthRefundRequest, PeriodId,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn apply(context: &Context, request: ChargeRequest) -> Answer<ChargeOutcome> {
    let request = request.to_core()?.seen();
    let subscriptions = context.client.subscriptions();
    Ok(subscriptions.apply_by_api(&request).await?.seen().into())
}

pub(super) async fn adopt(context: &Context, request: AdoptRequest) -> Answer<Charge> {
    let request = request.to_core()?.seen();
    Ok(context
        .client
        .subscriptions()
        .adopt(&request)
        .await?
        .seen()
        .into())
}

pub(super) async fn adopt_purchase(
    context: &Context,
    request: AdoptPurchaseRequest,
) -> Answer<Charge> {
    let (amount, schedule) = (
        yen("amount", request.amount)?,
        request.schedule.to_core()?.seen(),
    );
    let subscriptions = context.client.subscriptions();
    let adopted = subscriptions.adopt_purchase(
        &request.purchase_id,
        &request.id,
        &request.method,
        amount,
        schedule,
    );
    Ok(adopted.await?.seen().into())
}

pub(super) async fn adopt_simple(context: &Context, request: AdoptSimpleRequest) -> Answer<Charge> {
    let asked = request.to_core()?.seen();
    let subscriptions = context.client.subscriptions();
    let adopted = subscriptions.adopt_simple(&asked, &request.tracking_id);
    Ok(adopted.await?.seen().into())
}

pub(super) async fn adopt_simple_purchase(
    context: &Context,
    request: AdoptSimplePurchaseRequest,
) -> Answer<Charge> {
    let subscriptions = context.client.subscriptions();
    let adopted =
        subscriptions.adopt_simple_purchase(&request.purchase_id, &request.id, &request.method);
    Ok(adopted.await?.seen().into())
}

pub(super) async fn bill(context: &Context, request: BillRequest) -> Answer<ChargeOutcome> {
    let amount = yen("amount", request.amount)?;
    let subscriptions = context.client.subscriptions();
    let billed = subscriptions.bill(&request.id, &request.period, amount);
    Ok(billed.await?.seen().into())
}

pub(super) async fn bill_again(context: &Context, period: PeriodId) -> Answer<ChargeOutcome> {
    let subscriptions = context.client.subscriptions();
    let billed = subscriptions.bill_again(&period.id, &period.period);
    Ok(billed.await?.seen().into())
}

pub(super) async fn due(context: &Context, _: Nothing) -> Answer<DuePeriods> {
    let due = Mutex::new(Vec::new());
    let ask = |period: &netmile::client::DuePeriod| {
        let mut due = due.lock().unwrap_or_else(PoisonError::into_inner);
        due.push(DuePeriod::from(period));
        None
    };
    // A period without an amount is left as it is, so this changes nothing.
    context.client.subscriptions().bill_due(ask).await?.seen();
    let due = due.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(DuePeriods { due })
}

pub(super) async fn bill_due(context: &Context, request: BillDueRequest) -> Answer<BilledPeriods> {
    let prices = request.prices()?;
    let amount = |due: &netmile::client::DuePeriod| {
        let named = prices.get(&(due.contract.id.clone(), due.period.key()));
        let agreed = Some(due.contract.amount).filter(|yen| yen.get() > 0);
        named
            .copied()
            .or(agreed.filter(|_| request.contract_amount))
    };
    let billed = context
        .client
        .subscriptions()
        .bill_due(amount)
        .await?
        .seen();
    let lang = context.config().lang;
    let periods = billed
        .into_iter()
        .map(|billed| BilledPeriod::new(billed, lang));
    Ok(BilledPeriods {
        periods: periods.collect(),
    })
}

pub(super) async fn periods(context: &Context, contract: ChargeId) -> Answer<Charges> {
    let subscriptions = context.client.subscriptions();
    Ok(subscriptions.periods(&contract.id).await?.seen().into())
}

pub(super) async fn end(context: &Context, contract: ChargeId) -> Answer<ChargeOutcome> {
    let subscriptions = context.client.subscriptions();
    Ok(subscriptions.end_by_api(&contract.id).await?.seen().into())
}

pub(super) async fn refund_month(
    context: &Context,
    refund: MonthRefundRequest,
) -> Answer<ChargeOutcome> {
    let subscriptions = context.client.subscriptions();
    let refunded = subscriptions.refund_month(&refund.id, &refund.month);
    Ok(refunded.await?.seen().into())
}
