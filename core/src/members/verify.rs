//! Member authentication (会員認証).

use serde_json::json;

use crate::error::{Error, ErrorKind, Result};
use crate::operation::Read;
use crate::reference::{Draft, Function, Mail, Object, UserId};

/// Asks whether somebody is a member. A user id that was asked about can be used for issues afterwards.
pub struct Verify(Asked);

enum Asked {
    Mail(Mail),
    UserId(UserId),
}

impl Verify {
    /// By mail address.
    #[must_use]
    pub const fn mail(mail: Mail) -> Self {
        Self(Asked::Mail(mail))
    }

    /// By user id.
    #[must_use]
    pub const fn user_id(id: UserId) -> Self {
        Self(Asked::UserId(id))
    }
}

/// Whether somebody is a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The user id, of whoever exists.
    pub user_id: Option<UserId>,
    /// A full member who is not barred: miles can be issued by hand.
    pub active: bool,
}

impl Membership {
    /// Whether NetMile knows this user at all.
    #[must_use]
    pub const fn exists(&self) -> bool {
        self.user_id.is_some()
    }
}

impl Function for Verify {
    const KIND: &'static str = "members.verify";
    type Answer = Membership;
    // It changes nothing that a second one would change again.
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        let body = match &self.0 {
            Asked::Mail(mail) => json!({ "mail": mail.expose() }),
            Asked::UserId(id) => json!({ "user_id": id.as_str() }),
        };
        Ok(Draft::post(&["members", "verify"], body))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Membership> {
        let exists = answer.flag("exists")?;
        let active = answer.flag("active")?;
        if !exists {
            let user_id = None;
            return match active {
                false => Ok(Membership { user_id, active }),
                true => Err(answer.malformed("active", "must be false of nobody")),
            };
        }
        let user_id = read_user_id(answer)?;
        if let Asked::UserId(asked) = &self.0
            && *asked != user_id
        {
            return Err(another());
        }
        Ok(Membership {
            user_id: Some(user_id),
            active,
        })
    }
}

pub(super) fn read_user_id(answer: &Object<'_>) -> Result<UserId> {
    UserId::new(answer.text("user_id", 32)?)
        .map_err(|_| answer.malformed("user_id", "must be 1 to 32 of 0-9, A-Z, a-z, '_' and '-'"))
}

pub(super) fn another() -> Error {
    Error::field(
        ErrorKind::Mismatch,
        "user_id",
        "is not the one that was asked about",
    )
}
