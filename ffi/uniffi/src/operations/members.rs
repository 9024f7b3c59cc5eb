//! NetMile members.

use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::invalid;
use crate::seen::Seen;
use crate::shapes::members::{MemberId, MemberInfo, MemberQuery, MembershipAnswer, PassbookAnswer};
use crate::shapes::miles::member;

type Answer<T> = Result<T, FfiError>;

pub(super) async fn verify(context: &Context, asked: MemberQuery) -> Answer<MembershipAnswer> {
    let members = context.client.members();
    let membership = match (&asked.mail, &asked.user_id) {
        (Some(mail), None) => members.verify_mail(mail).await?.seen(),
        (None, Some(id)) => members.verify_user_id(&member(id)?).await?.seen(),
        _ => return Err(invalid("mail", "must be given, or user_id, not both").into()),
    };
    Ok(membership.into())
}

pub(super) async fn info(context: &Context, asked: MemberId) -> Answer<MemberInfo> {
    let id = member(&asked.user_id)?;
    Ok(context.client.members().info(&id).await?.seen().into())
}

pub(super) async fn passbook(context: &Context, asked: MemberId) -> Answer<PassbookAnswer> {
    let id = member(&asked.user_id)?;
    Ok(context.client.members().passbook(&id).await?.seen().into())
}
