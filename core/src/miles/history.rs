//! What was issued (マイル発行履歴).

use std::fmt;

use super::issue::{MAX_ID, read_id};
use super::registration::in_order;
use super::{IssueState, Page};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::operation::Read;
use crate::reference::{
    Day, Draft, Function, MAX_DESIGNATED_KEY, Object, check_designated_key, check_id,
};
use crate::time::Timestamp;

/// An hour of Japan time, written `2026-11-20T13`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour {
    day: Day,
    hour: u8,
}

impl Hour {
    /// Takes a day and an hour of it.
    ///
    /// # Errors
    /// `invalid_value` for an hour after 23.
    pub fn new(day: Day, hour: u8) -> Result<Self> {
        if hour > 23 {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "hour",
                "must be 0 to 23",
            ));
        }
        Ok(Self { day, hour })
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}", self.day, self.hour)
    }
}

/// A column of the history to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HistoryColumn {
    /// When it was issued (発行日時).
    IssuedAt,
    /// The shop's name of its customer (指定キー).
    DesignatedKey,
    /// How many (マイル数).
    Miles,
    /// When they can be used (振込日).
    DepositOn,
    /// Where they stand (状態): held, valid, cancelled.
    State,
}

impl HistoryColumn {
    /// Every column.
    pub const ALL: [Self; 5] = [
        Self::IssuedAt,
        Self::DesignatedKey,
        Self::Miles,
        Self::DepositOn,
        Self::State,
    ];

    /// The name on the wire and in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IssuedAt => "issued_at",
            Self::DesignatedKey => "designated_key",
            Self::Miles => "miles",
            Self::DepositOn => "deposit_on",
            Self::State => "state",
        }
    }
}

/// The order of a history. Rows that are equal in the column stand with the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HistoryOrder {
    /// The column.
    pub column: HistoryColumn,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl fmt::Display for HistoryOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.column.name())
    }
}

/// What to search the history of a campaign by. Conditions are joined by "and". The window is from yesterday back to 3
/// months.
///
/// `Debug` does not show the designated key.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HistorySearch {
    /// With this designated key (指定キー).
    pub designated_key: Option<String>,
    /// Issued in this hour or later (発行日).
    pub from: Option<Hour>,
    /// Issued in this hour or earlier.
    pub to: Option<Hour>,
    /// At least so many miles (マイル発行数).
    pub miles_from: Option<Miles>,
    /// At most so many miles.
    pub miles_to: Option<Miles>,
    /// In this state (状態).
    pub state: Option<IssueState>,
    /// The order; the newest first when there is none.
    pub order: Option<HistoryOrder>,
    /// Page, from 1; 0 stands for the first.
    pub page: u32,
}

/// The head figures of a campaign's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryHead {
    /// Its name (キャンペーン名).
    pub campaign_name: String,
    /// Miles issued (マイル発行数).
    pub miles_issued: Miles,
    /// Issues (マイル発行件数).
    pub issued: u64,
    /// Issues that stand (マイル発行有効件数).
    pub valid: u64,
    /// Issues that were cancelled (マイル取消件数).
    pub cancelled: u64,
}

/// One issue in the history.
///
/// `Debug` does not show the designated key.
#[derive(Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// What a cancel names.
    pub issuance_id: String,
    /// When (発行日時).
    pub issued_at: Timestamp,
    /// The shop's name of its customer (指定キー); empty where an automatic issue had none.
    pub designated_key: String,
    /// How many (マイル数).
    pub miles: Miles,
    /// When they can be used (振込日).
    pub deposit_on: Day,
    /// Where they stand (状態).
    pub state: IssueState,
}

impl fmt::Debug for HistorySearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistorySearch")
            .field("from", &self.from)
            .field("to", &self.to)
            .field("miles_from", &self.miles_from)
            .field("miles_to", &self.miles_to)
            .field("state", &self.state)
            .field("order", &self.order)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for HistoryRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistoryRow")
            .field("issuance_id", &self.issuance_id)
            .field("issued_at", &self.issued_at)
            .field("miles", &self.miles)
            .field("deposit_on", &self.deposit_on)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// One page of a campaign's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The figures of the whole campaign.
    pub head: HistoryHead,
    /// What was found.
    pub rows: Page<HistoryRow>,
}

/// Searches the history of a campaign.
pub struct SearchHistory {
    /// The campaign.
    pub campaign_id: String,
    /// By what.
    pub search: HistorySearch,
}

impl Function for SearchHistory {
    const KIND: &'static str = "miles.history";
    type Answer = History;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        let search = &self.search;
        check_id("campaign_id", &self.campaign_id, MAX_ID)?;
        let key = search.designated_key.as_deref();
        key.map_or(Ok(()), check_designated_key)?;
        in_order("from", search.from.as_ref(), search.to.as_ref())?;
        let (least, most) = (search.miles_from, search.miles_to);
        in_order("miles_from", least.as_ref(), most.as_ref())?;
        Ok(Draft::get(&["campaigns", &self.campaign_id, "history"])
            .with_some("key", key)
            .with_some("from", search.from)
            .with_some("to", search.to)
            .with_some("miles_from", least.map(Miles::get))
            .with_some("miles_to", most.map(Miles::get))
            .with_some("state", search.state.map(IssueState::name))
            .with_some("sort", search.order)
            .with("page", &search.page.max(1).to_string()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<History> {
        let head = answer.object("head")?;
        Ok(History {
            head: HistoryHead {
                campaign_name: head.text("campaign_name", 1000)?.to_owned(),
                miles_issued: head.miles("miles_issued")?,
                issued: head.number("issued")?,
                valid: head.number("valid")?,
                cancelled: head.number("cancelled")?,
            },
            rows: Page::read(answer, "rows", |row| {
                Ok(HistoryRow {
                    issuance_id: read_id(row, "issuance_id")?,
                    issued_at: row.instant("issued_at")?,
                    designated_key: row.text("designated_key", MAX_DESIGNATED_KEY)?.to_owned(),
                    miles: row.miles("miles")?,
                    deposit_on: row.day("deposit_on")?,
                    state: IssueState::read(row)?,
                })
            })?,
        })
    }
}
