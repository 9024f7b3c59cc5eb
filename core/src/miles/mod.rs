//! Miles (マイル): issuing them one by one and by file, codes, the mile-get tag, looking them up, taking them back, and
//! what they cost.
//!
//! Source: docs/reference-api.md, docs/miles-api.md, docs/miles-file.md, docs/miles-tag.md

pub mod batch;
mod bill;
mod by_hand;
mod campaign;
mod cancel;
pub mod codes;
mod designated_key;
pub mod file;
mod history;
mod issue;
mod registration;
mod rule;
mod settings;
pub mod tag;

pub use bill::{Bill, Billed, GetBill};
pub use by_hand::{ByHand, ByHandRequest, HandIssued, HandResult, HandRow, MAX_HAND_ROWS};
pub use campaign::{
    Campaign, CampaignState, GetCampaign, GetSample, SampleKind, SampleMail, Usable,
};
pub use cancel::{
    Cancel, CancelReason, CancelRefusal, CancelRequest, CancelResult, CancelStanding, Cancellation,
    GetCancellation, MAX_CANCELLED,
};
pub use designated_key::DesignatedKey;
pub use history::{
    History, HistoryColumn, HistoryHead, HistoryOrder, HistoryRow, HistorySearch, Hour,
    SearchHistory,
};
pub use issue::{Issue, IssueRequest, IssueState, IssuedMiles};
pub(crate) use issue::{check_carrier, check_miles, found, read_id};
pub use registration::{
    CodeCount, DeleteLists, FindRegistration, GetList, GetRegistration, ListKind, Lists, Page,
    Registration, RegistrationKind, RegistrationSearch, RegistrationState, SearchRegistrations,
};
pub use rule::IssueRule;
pub use settings::{Deposit, IssueSettings, MAX_DEPOSIT_DAYS, MAX_INSERTED_TEXT};

use crate::reference::Transaction;
