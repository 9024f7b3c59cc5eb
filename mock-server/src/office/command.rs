//! What changes the office, as it is written down: the same commands at the same instants make the
//! same office again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    earn::Tag,
    refusal::Refusal,
    request::{ByHandRequest, CancelRequest, ExchangeRequest, FileRequest, IssueRequest},
    state::Office,
    terms::Usable,
    user::User,
};

/// One change.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Command {
    /// Time passed.
    Due,
    Verify(User),
    Issue(IssueRequest),
    ByHand(ByHandRequest),
    Upload(FileRequest),
    DeleteLists(String),
    Cancel {
        request: CancelRequest,
        /// What the members had then.
        balances: BTreeMap<String, u64>,
    },
    Decide {
        cancellation_id: String,
        issuance_id: String,
        approve: bool,
        balances: BTreeMap<String, u64>,
    },
    Exchange(ExchangeRequest),
    Earn {
        tag: Tag,
        mail: String,
        /// The issue fails with 20012.
        broken: bool,
    },
    ExchangeFile {
        name: String,
        #[serde(with = "super::request::base64_text")]
        csv: Vec<u8>,
    },
    /// The result of an exchange file was delivered.
    Delivered(String),
    /// 期間短縮: the miles of a running campaign are usable sooner from now on.
    Sooner {
        campaign_id: String,
        usable: Usable,
    },
    /// Files are worked on without waiting.
    Hurry,
}

fn json(answer: Result<impl Serialize, Refusal>) -> Result<Value, Refusal> {
    Ok(serde_json::to_value(answer?).unwrap_or_default())
}

impl Command {
    /// The members whose balances it has to know.
    pub(crate) fn members(&self, office: &Office) -> Vec<String> {
        match self {
            Self::Cancel { request, .. } => office.members_of(&request.issuance_ids),
            Self::Decide { issuance_id, .. } => {
                office.members_of(std::slice::from_ref(issuance_id))
            }
            _ => Vec::new(),
        }
    }

    /// Tells it the balances.
    pub(crate) fn told(&mut self, found: BTreeMap<String, u64>) {
        if let Self::Cancel { balances, .. } | Self::Decide { balances, .. } = self {
            *balances = found;
        }
    }

    /// Carries it out, for a site.
    pub(crate) fn run(&self, office: &mut Office, site: &str, now: i64) -> Result<Value, Refusal> {
        match self {
            Self::Due => Ok(Value::Null),
            Self::Verify(user) => json(office.verify(site, user)),
            Self::Issue(request) => json(office.issue_manual(site, request, now)),
            Self::ByHand(request) => json(office.issue_by_hand(site, request, now)),
            Self::Upload(request) => json(office.upload(site, request, now)),
            Self::DeleteLists(id) => json(office.delete_lists(site, id)),
            Self::Cancel { request, balances } => json(office.cancel(site, request, balances, now)),
            Self::Decide {
                cancellation_id,
                issuance_id,
                approve,
                balances,
            } => {
                let (cancellation, issuance) = (cancellation_id, issuance_id);
                json(office.decide(cancellation, issuance, *approve, balances, now))
            }
            Self::Exchange(request) => json(office.exchange(site, request, now)),
            Self::Earn { tag, mail, broken } => {
                let earned = office.issue_automatic(tag, mail, *broken, now);
                json(earned.map_err(Refusal::Code))
            }
            Self::ExchangeFile { name, csv } => json(office.exchange_file(site, name, csv, now)),
            Self::Delivered(name) => {
                office.delivered(site, name);
                Ok(Value::Null)
            }
            Self::Sooner {
                campaign_id,
                usable,
            } => json(office.usable_sooner(campaign_id, usable, now)),
            Self::Hurry => json(Ok(office.hurry(now))),
        }
    }
}
