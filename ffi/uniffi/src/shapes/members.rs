//! NetMile members.

use netmile::members;

use super::shapes;
use crate::convert::signed;

shapes! {
    /// Whose membership is asked. Exactly one is given.
    MemberQuery shows [] {
        /// Mail address. Personal.
        #[serde(default)]
        mail: Option<String>,
        /// NetMile user id. Personal.
        #[serde(default)]
        user_id: Option<String>,
    }

    /// Whether somebody is a member.
    MembershipAnswer shows [exists, active] {
        /// Whether the address or id belongs to a member.
        exists: bool,
        /// Whether miles can be issued to it.
        active: bool,
        /// The user id. Personal.
        user_id: Option<String>,
    }

    /// Names a member.
    MemberId shows [] {
        /// NetMile user id. Personal.
        user_id: String,
    }

    /// A member.
    MemberInfo shows [status] {
        /// NetMile user id. Personal.
        user_id: String,
        /// `provisional`, `full` or `barred`.
        status: String,
        /// `YYYY-MM-DD`.
        registered_on: String,
    }

    /// What a member has. All of it is personal.
    PassbookAnswer shows [] {
        /// Deposited miles.
        balance: i64,
        /// Miles that are still to come.
        pending_total: i64,
        /// When which of them come.
        pending: Vec<PendingMiles>,
    }

    /// Miles that are still to come.
    PendingMiles shows [campaign_id] {
        /// Miles.
        miles: i64,
        /// `YYYY-MM-DD`.
        deposit_on: String,
        /// Of which campaign.
        campaign_id: String,
    }
}

impl From<members::Membership> for MembershipAnswer {
    fn from(membership: members::Membership) -> Self {
        Self {
            exists: membership.exists(),
            active: membership.active,
            user_id: membership.user_id.map(|id| id.as_str().to_owned()),
        }
    }
}

impl From<members::Member> for MemberInfo {
    fn from(member: members::Member) -> Self {
        Self {
            user_id: member.user_id.as_str().to_owned(),
            status: member.status.name().to_owned(),
            registered_on: member.registered_on.to_string(),
        }
    }
}

impl From<members::Passbook> for PassbookAnswer {
    fn from(passbook: members::Passbook) -> Self {
        let pending = |one: members::PendingDeposit| PendingMiles {
            miles: signed(one.miles.get()),
            deposit_on: one.deposit_on.to_string(),
            campaign_id: one.campaign_id,
        };
        Self {
            balance: signed(passbook.balance.get()),
            pending_total: signed(passbook.pending_total.get()),
            pending: passbook.pending.into_iter().map(pending).collect(),
        }
    }
}
