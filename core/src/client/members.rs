//! NetMile members.

use super::Client;
use crate::error::Result;
use crate::members::{GetMember, GetPassbook, Member, Membership, Passbook, Verify};
use crate::reference::{Mail, UserId};

/// NetMile members. Made by [`Client::members`]. Changes nothing, so nothing is journaled.
///
/// Every verb fails with `transport` when there was no usable answer, and with `configuration` when the site's key is
/// wrong.
pub struct Members<'c>(pub(super) &'c Client);

impl Members<'_> {
    /// Whether this mail address is registered with NetMile (会員認証), and the user id it belongs to. From then on this
    /// site may issue to the id.
    ///
    /// # Errors
    /// `invalid_value` when it is no mail address; else as all verbs.
    pub async fn verify_mail(&self, address: &str) -> Result<Membership> {
        self.0.ask(Verify::mail(Mail::new(address)?)).await
    }

    /// Whether this is a member's user id. From then on this site may issue to it.
    ///
    /// # Errors
    /// As all verbs.
    pub async fn verify_user_id(&self, id: &UserId) -> Result<Membership> {
        self.0.ask(Verify::user_id(id.clone())).await
    }

    /// A member that this site has authenticated.
    ///
    /// # Errors
    /// `invalid_state` when it was not authenticated before, `unknown_order` when there is no such member; else as all
    /// verbs.
    pub async fn info(&self, id: &UserId) -> Result<Member> {
        self.0.ask(GetMember(id.clone())).await
    }

    /// What a member has that this site has authenticated: deposited miles, and those that are still to come.
    ///
    /// # Errors
    /// As [`info`](Self::info).
    pub async fn passbook(&self, id: &UserId) -> Result<Passbook> {
        self.0.ask(GetPassbook(id.clone())).await
    }
}
