//! Charges server to server.

use netmile::charge::ChargePhase;
use netmile_ffi_runtime::config::one_of;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{limit, yen};
use crate::records::{Limit, Problem};
use crate::seen::Seen;
use crate::shapes::payments::{
    Balance, BalanceQuery, CaptureRequest, Charge, ChargeId, ChargeOutcome, ChargeQuery,
    ChargeRequest, ChargeReview, Charges, CustomerDataOutcome, CustomerDataRequest, Ids,
    InquiryAnswer, PartRefundRequest, RawOutcome, RawRequest, RawReview, XmlNotice,
    XmlNoticeAnswer, facts, leaves,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn charge(context: &Context, request: ChargeRequest) -> Answer<ChargeOutcome> {
    let request = request.to_core()?.seen();
    Ok(context
        .client
        .payments()
        .charge(&request)
        .await?
        .seen()
        .into())
}

pub(super) async fn capture(context: &Context, asked: CaptureRequest) -> Answer<ChargeOutcome> {
    let amount = asked
        .amount
        .map(|amount| yen("amount", amount))
        .transpose()?;
    let payments = context.client.payments();
    Ok(payments.capture(&asked.id, amount).await?.seen().into())
}

pub(super) async fn refund(context: &Context, charge: ChargeId) -> Answer<ChargeOutcome> {
    Ok(context
        .client
        .payments()
        .refund(&charge.id)
        .await?
        .seen()
        .into())
}

pub(super) async fn refund_part(
    context: &Context,
    part: PartRefundRequest,
) -> Answer<ChargeOutcome> {
    let amount = yen("amount", part.amount)?;
    let payments = context.client.payments();
    Ok(payments
        .refund_part(&part.id, &part.name, amount)
        .await?
        .seen()
        .into())
}

pub(super) async fn get(context: &Context, charge: ChargeId) -> Answer<Charge> {
    Ok(context
        .client
        .payments()
        .get(&charge.id)
        .await?
        .seen()
        .into())
}

pub(super) async fn list(context: &Context, query: ChargeQuery) -> Answer<Charges> {
    let payments = context.client.payments();
    let phases = query
        .phases
        .iter()
        .map(|name| one_of("phases", &ChargePhase::ALL, ChargePhase::name, name))
        .collect::<netmile::Result<Vec<_>>>()?;
    let after = match &query.after {
        Some(id) => Some(payments.get(id).await?.seen()),
        None => None,
    };
    let found = payments.list(&phases, after.as_ref(), limit(query.limit)?);
    Ok(found.await?.seen().into())
}

pub(super) async fn unresolved(context: &Context, asked: Limit) -> Answer<Charges> {
    let payments = context.client.payments();
    Ok(payments
        .unresolved(limit(asked.limit)?)
        .await?
        .seen()
        .into())
}

pub(super) async fn resolve(context: &Context, charge: ChargeId) -> Answer<Charge> {
    Ok(context
        .client
        .payments()
        .resolve(&charge.id)
        .await?
        .seen()
        .into())
}

pub(super) async fn inquire(context: &Context, charge: ChargeId) -> Answer<InquiryAnswer> {
    Ok(context
        .client
        .payments()
        .inquire(&charge.id)
        .await?
        .seen()
        .into())
}

pub(super) async fn notice(context: &Context, notice: XmlNotice) -> Answer<XmlNoticeAnswer> {
    let payments = context.client.payments();
    let (ack, repeated, charge, problem) = match payments.notice(&notice.body).await {
        Ok(receipt) => (
            receipt.ack,
            receipt.repeated,
            Some(receipt.charge.into()),
            None,
        ),
        Err(error) => {
            let ack = payments.refuse(&error);
            let problem = Problem::new(&error.into(), context.config().lang);
            (ack, false, None, Some(problem))
        }
    };
    Ok(XmlNoticeAnswer {
        status: ack.status(),
        content_type: ack.content_type().to_owned(),
        body: ack.body().to_vec(),
        accepted: ack.is_ok(),
        repeated,
        charge,
        problem,
    })
}

pub(super) async fn review(context: &Context, found: ChargeReview) -> Answer<Charge> {
    let verdict = found.to_core()?.seen();
    let payments = context.client.payments();
    Ok(payments.review(&found.id, verdict).await?.seen().into())
}

pub(super) async fn raw(context: &Context, asked: RawRequest) -> Answer<RawOutcome> {
    let message = asked.to_core()?.seen();
    let payments = context.client.payments();
    let outcome = payments
        .raw(&asked.id, &asked.method, message)
        .await?
        .seen();
    Ok(outcome.map(|answer| leaves(&answer)).into())
}

pub(super) async fn raw_unresolved(context: &Context, asked: Limit) -> Answer<Ids> {
    let payments = context.client.payments();
    let ids = payments.raw_unresolved(limit(asked.limit)?).await?.seen();
    Ok(Ids { ids })
}

pub(super) async fn raw_review(context: &Context, found: RawReview) -> Answer<RawReview> {
    let verdict = found.to_core()?.seen();
    let payments = context.client.payments();
    payments.raw_review(&found.id, verdict).await?.seen();
    Ok(found)
}

pub(super) async fn balance(context: &Context, asked: BalanceQuery) -> Answer<Balance> {
    let payments = context.client.payments();
    Ok(payments
        .balance(&asked.method, &asked.member)
        .await?
        .seen()
        .into())
}

pub(super) async fn customer_data(
    context: &Context,
    asked: CustomerDataRequest,
) -> Answer<CustomerDataOutcome> {
    let step = asked.to_core()?.seen();
    let payments = context.client.payments();
    let outcome = payments
        .customer_data(&asked.method, &asked.cust_code, &step)
        .await?
        .seen();
    Ok(outcome.map(facts).into())
}
