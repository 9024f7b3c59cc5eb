//! Refunds: asked for here, executed by a person on the management page.

use netmile_ffi_runtime::{Context, FfiError};

use crate::records::{PaymentId, Purchase, RefundConfirmation, RefundRequest, RefundTicket};
use crate::seen::Seen;

type Answer<T> = Result<T, FfiError>;

pub(super) async fn request(context: &Context, asked: RefundRequest) -> Answer<RefundTicket> {
    let ticket = context
        .client
        .refunds()
        .request(
            &asked.purchase_id,
            asked.tracking_id.as_deref(),
            &asked.reason,
        )
        .await?
        .seen();
    Ok(ticket.into())
}

pub(super) async fn confirm(context: &Context, done: RefundConfirmation) -> Answer<Purchase> {
    let evidence = done.evidence.to_core()?.seen();
    let refunds = context.client.refunds();
    let purchase = refunds
        .confirm(&done.purchase_id, &done.tracking_id, evidence)
        .await?
        .seen();
    Ok(purchase.into())
}

pub(super) async fn withdraw(context: &Context, payment: PaymentId) -> Answer<Purchase> {
    let refunds = context.client.refunds();
    let purchase = refunds
        .withdraw(&payment.purchase_id, &payment.tracking_id)
        .await?
        .seen();
    Ok(purchase.into())
}
