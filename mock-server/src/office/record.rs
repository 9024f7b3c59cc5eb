//! What the office remembers.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    code::Code,
    csv::Rows,
    refusal::FileFault,
    request::Settings,
    user::{Method, PersonId},
    views::{IssueState, Kind},
};

/// Balances of members, in miles: what is deposited and not spent.
pub trait Balances {
    /// The balance of a member.
    fn balance(&self, login: &str) -> u64;
}

impl Balances for BTreeMap<String, u64> {
    fn balance(&self, login: &str) -> u64 {
        self.get(login).copied().unwrap_or(0)
    }
}

/// Miles that enter or leave a balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Unix seconds.
    pub at: i64,
    /// Member.
    pub login: String,
    /// Positive for a deposit, negative for an approved cancellation.
    pub miles: i64,
    /// `issue` or `issue_cancelled`.
    pub kind: &'static str,
    /// Campaign.
    pub campaign_id: String,
    /// Id of the issue.
    pub issuance_id: String,
}

/// Number of a registration for issues that have none.
pub(crate) const NO_REGISTRATION: u32 = u32::MAX;

#[derive(Debug, Clone)]
pub(crate) struct Issuance {
    pub(crate) registration: u32,
    pub(crate) person: PersonId,
    pub(crate) miles: u32,
    pub(crate) campaign: u16,
    pub(crate) state: IssueState,
    pub(crate) at_once: bool,
    pub(crate) mail: bool,
    /// A cancel application waits.
    pub(crate) applied: bool,
    pub(crate) issued_at: i64,
    pub(crate) deposit_at: i64,
    pub(crate) key: Box<str>,
}

#[derive(Debug, Clone)]
pub(crate) struct Registration {
    pub(crate) site: u16,
    pub(crate) campaign: u16,
    pub(crate) kind: Kind,
    /// An issue of its own: it has no lists.
    pub(crate) single: bool,
    pub(crate) method: Method,
    pub(crate) file: Option<FileOf>,
    pub(crate) accepted_at: i64,
    pub(crate) ready_at: i64,
    pub(crate) finished_at: Option<i64>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) rows: Option<Rows>,
    pub(crate) records: u32,
    pub(crate) codes: Vec<Option<Code>>,
    pub(crate) errors: u32,
    pub(crate) miles_issued: u64,
    pub(crate) miles_refused: u64,
    pub(crate) first_issuance: u32,
    pub(crate) deleted: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct FileOf {
    pub(crate) name: String,
    pub(crate) batch_id: String,
    pub(crate) first_row: u64,
    pub(crate) notify: Option<String>,
}

/// Which kind of call a `tran_id` belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Call {
    Issue,
    ByHand,
    File,
    Cancel,
    Exchange,
    Earn,
}

/// What became of a `tran_id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Became {
    Issued(u32),
    Registered(u32),
    Cancellation(u32),
    Refused(Code),
    FileRefused(FileFault),
}

#[derive(Debug, Clone)]
pub(crate) struct Tran {
    pub(crate) digest: [u8; 32],
    pub(crate) became: Became,
}

/// What a campaign issued so far, without test users.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    pub(crate) miles: u64,
    pub(crate) issued: u64,
    pub(crate) cancelled: u64,
}

/// A mail that was sent; its text is made when it is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SentMail {
    /// To the member of an issue.
    Deposited { at: i64, issuance: u32 },
    /// To the operator of a file.
    Finished { at: i64, registration: u32 },
}
