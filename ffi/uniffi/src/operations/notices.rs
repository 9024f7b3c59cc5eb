//! What the gateway tells, and what the browser brings back.

use netmile::client::PendingNotice;
use netmile::link::{Ack, ReturnedBy};
use netmile_ffi_runtime::config::one_of;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::raw;
use crate::records::{
    BrowserReturn, Message, NoticeAnswer, NoticeView, Problem, Received, ReceivedReturn,
    RefusedNotice,
};
use crate::seen::Seen;

type Answer<T> = Result<T, FfiError>;

/// Never fails once the journal is open: what cannot be accepted is answered `NG`, and the answer says why.
pub(super) async fn handle(context: &Context, notice: Received) -> Answer<NoticeAnswer> {
    let raw = raw(notice.body, notice.content_type);
    let recorded = match context.client.notices().verify(&raw).await {
        Ok(pending) => pending.accept().await,
        Err(error) => Err(error),
    };
    Ok(match recorded {
        Ok(ack) => NoticeAnswer::new(&ack, None),
        Err(error) => {
            let problem = Problem::new(&error.clone().into(), context.config().lang);
            NoticeAnswer::new(&Ack::ng(error.code()), Some(problem))
        }
    })
}

pub(super) async fn inspect(context: &Context, notice: Received) -> Answer<NoticeView> {
    let raw = raw(notice.body, notice.content_type);
    let pending: PendingNotice<'_> = context.client.notices().verify(&raw).await?;
    Ok(NoticeView {
        message: Message::from_core(pending.message()),
        purchase: pending.purchase().clone().seen().into(),
    })
}

pub(super) async fn refuse(context: &Context, notice: RefusedNotice) -> Answer<NoticeAnswer> {
    let raw = raw(notice.body, notice.content_type);
    let pending = context.client.notices().verify(&raw).await?;
    let ack = pending.refuse(&notice.reason).await?.seen();
    Ok(NoticeAnswer::new(&ack, None))
}

pub(super) async fn read_return(context: &Context, back: ReceivedReturn) -> Answer<BrowserReturn> {
    const WAYS: [(ReturnedBy, &str); 3] = [
        (ReturnedBy::Success, "success"),
        (ReturnedBy::Cancel, "cancel"),
        (ReturnedBy::Error, "error"),
    ];
    let (by, name) = one_of("by", &WAYS, |(_, name)| name, &back.by)?;
    let raw = raw(back.body, back.content_type);
    let returns = context.client.returns();
    let read = match by {
        ReturnedBy::Success => returns.success(&raw).await?.seen(),
        ReturnedBy::Cancel => returns.cancel(&raw).await?.seen(),
        ReturnedBy::Error => returns.error(&raw).await?.seen(),
    };
    Ok(BrowserReturn {
        by: name.to_owned(),
        order_id: read.order_id,
        err_code: read.err_code,
        purchase: read.purchase.map(Into::into),
    })
}
