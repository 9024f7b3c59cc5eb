//! Member information (会員情報照会).

use crate::error::Result;
use crate::members::verify::{another, read_user_id};
use crate::operation::Read;
use crate::reference::{Day, Draft, Function, Object, UserId};

/// Whether miles can be issued to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberStatus {
    /// Registered provisionally (仮登録): gets automatic issues only.
    Provisional,
    /// A full member.
    Full,
    /// Barred by NetMile.
    Barred,
}

impl MemberStatus {
    /// The name on the wire and in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Full => "full",
            Self::Barred => "barred",
        }
    }
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user id.
    pub user_id: UserId,
    /// Whether miles can be issued.
    pub status: MemberStatus,
    /// Since when.
    pub registered_on: Day,
}

/// Asks about a member that this site has authenticated.
pub struct GetMember(pub UserId);

impl Function for GetMember {
    const KIND: &'static str = "members.info";
    type Answer = Member;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        Ok(Draft::get(&["members", self.0.as_str()]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Member> {
        let user_id = read_user_id(answer)?;
        if user_id != self.0 {
            return Err(another());
        }
        let status = match answer.text("status", 20)? {
            "provisional" => MemberStatus::Provisional,
            "full" => MemberStatus::Full,
            "barred" => MemberStatus::Barred,
            _ => return Err(answer.malformed("status", "must be provisional, full or barred")),
        };
        Ok(Member {
            user_id,
            status,
            registered_on: answer.day("registered_on")?,
        })
    }
}
