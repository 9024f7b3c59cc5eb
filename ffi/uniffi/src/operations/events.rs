//! What the shop has to act on.

use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::limit;
use crate::records::{Acknowledged, Deliveries, EventId, Limit};
use crate::seen::Seen;

pub(super) async fn next(context: &Context, request: Limit) -> Result<Deliveries, FfiError> {
    let events = context.client.events();
    let taken = events.next(limit(request.limit)?).await?.seen();
    Ok(Deliveries {
        deliveries: taken.into_iter().map(Into::into).collect(),
    })
}

pub(super) async fn ack(context: &Context, event: EventId) -> Result<Acknowledged, FfiError> {
    let acknowledged = context.client.events().ack(event.id).await?.seen();
    Ok(Acknowledged { acknowledged })
}
