//! マイル発行履歴 and 請求マイル.

use std::cmp::Ordering;

use super::{
    days,
    record::Issuance,
    refusal::Refusal,
    state::{ISSUANCE, Office, PAGE, id, paging},
    views::{BillView, CampaignBill, HistoryHead, HistoryPage, HistoryRow, IssueState},
};
use crate::clock;

/// How far back a history goes, in months.
const MONTHS: i64 = 3;

/// A column by which a history is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// 発行日時.
    #[default]
    IssuedAt,
    /// 指定キー.
    DesignatedKey,
    /// マイル数.
    Miles,
    /// 振込日.
    DepositOn,
    /// 状態: held, valid, cancelled.
    State,
}

/// The order of a history. Rows that are equal in it stand with the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistorySort {
    /// The column.
    pub by: SortBy,
    /// The greatest first.
    pub descending: bool,
}

impl Default for HistorySort {
    /// The newest first.
    fn default() -> Self {
        Self {
            by: SortBy::IssuedAt,
            descending: true,
        }
    }
}

impl HistorySort {
    /// Reads `miles`, or `-miles` for the greatest first.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let descending = text.starts_with('-');
        let by = match text.strip_prefix('-').unwrap_or(text) {
            "issued_at" => SortBy::IssuedAt,
            "designated_key" => SortBy::DesignatedKey,
            "miles" => SortBy::Miles,
            "deposit_on" => SortBy::DepositOn,
            "state" => SortBy::State,
            _ => return None,
        };
        Some(Self { by, descending })
    }

    /// As it is read.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match (self.by, self.descending) {
            (SortBy::IssuedAt, false) => "issued_at",
            (SortBy::IssuedAt, true) => "-issued_at",
            (SortBy::DesignatedKey, false) => "designated_key",
            (SortBy::DesignatedKey, true) => "-designated_key",
            (SortBy::Miles, false) => "miles",
            (SortBy::Miles, true) => "-miles",
            (SortBy::DepositOn, false) => "deposit_on",
            (SortBy::DepositOn, true) => "-deposit_on",
            (SortBy::State, false) => "state",
            (SortBy::State, true) => "-state",
        }
    }

    fn compare(self, one: &Issuance, other: &Issuance) -> Ordering {
        let state = |issuance: &Issuance| match issuance.state {
            IssueState::Held => 0,
            IssueState::Valid => 1,
            IssueState::Cancelled => 2,
        };
        let day = |issuance: &Issuance| days::of(issuance.deposit_at);
        let order = match self.by {
            SortBy::IssuedAt => one.issued_at.cmp(&other.issued_at),
            SortBy::DesignatedKey => one.key.cmp(&other.key),
            SortBy::Miles => one.miles.cmp(&other.miles),
            SortBy::DepositOn => day(one).cmp(&day(other)),
            SortBy::State => state(one).cmp(&state(other)),
        };
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }
}

/// What a history is searched for; everything when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistorySearch {
    /// 指定キー, whole.
    pub key: Option<String>,
    /// First hour of the issue, `YYYY-MM-DDTHH`.
    pub from: Option<String>,
    /// Last hour of the issue; all of that hour counts.
    pub to: Option<String>,
    /// Fewest miles.
    pub miles_from: Option<u64>,
    /// Most miles.
    pub miles_to: Option<u64>,
    /// State.
    pub state: Option<IssueState>,
    /// The order.
    pub sort: HistorySort,
    /// Page, from 1.
    pub page: u64,
}

impl Office {
    /// The history of a campaign, 50 a page: from yesterday back to 3 months.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such campaign or a condition breaks a rule.
    pub fn history(
        &self,
        site_id: &str,
        campaign_id: &str,
        search: &HistorySearch,
        now: i64,
    ) -> Result<HistoryPage, Refusal> {
        let site = self.own_site(site_id)?;
        let number = self.own_campaign(site, campaign_id)?;
        let hour = |name: &str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match days::parse_hour(text) {
                Some(at) => Ok(Some(at)),
                None => Err(Refusal::bad(name, "an hour like 2026-01-02T13")),
            },
        };
        let from = hour("from", &search.from)?;
        let until = hour("to", &search.to)?.map(|at| at + 3_600);
        let today = days::of(now);
        let first = days::start(days::add_months(today, -MONTHS)).max(from.unwrap_or(i64::MIN));
        // A row shows from the day after.
        let end = days::start(today);
        let last = end.min(until.unwrap_or(i64::MAX));
        let shown_from_deposit = self.terms.rules.history_from_deposit;
        let fits = |issuance: &Issuance| {
            let miles = u64::from(issuance.miles);
            let seen = !shown_from_deposit || issuance.deposit_at < end;
            (first..last).contains(&issuance.issued_at)
                && seen
                && search
                    .key
                    .as_deref()
                    .is_none_or(|key| key == &*issuance.key)
                && search.miles_from.is_none_or(|least| least <= miles)
                && search.miles_to.is_none_or(|most| miles <= most)
                && search.state.is_none_or(|state| state == issuance.state)
        };
        let place = usize::from(number);
        let all = self.by_campaign.get(place).map_or(&[][..], Vec::as_slice);
        let newest_first = all.iter().rev().copied();
        let mut numbers: Vec<u32> = newest_first
            .filter(|n| self.issuance(*n).is_some_and(fits))
            .collect();
        if search.sort != HistorySort::default() {
            numbers.sort_by(|one, other| {
                let (one, other) = (self.issuance(*one), self.issuance(*other));
                let pair = one.zip(other);
                pair.map_or(Ordering::Equal, |(one, other)| {
                    search.sort.compare(one, other)
                })
            });
        }
        let (skip, pages) = paging(numbers.len(), search.page)?;
        let rows = numbers.iter().skip(skip).take(PAGE);
        let rows = rows.filter_map(|n| {
            let issuance = self.issuance(*n)?;
            Some(HistoryRow {
                issuance_id: id(ISSUANCE, *n),
                issued_at: clock::rfc3339(issuance.issued_at),
                designated_key: issuance.key.to_string(),
                miles: u64::from(issuance.miles),
                deposit_on: days::text(days::of(issuance.deposit_at)),
                state: issuance.state,
            })
        });
        let figures = self.figures.get(place).copied().unwrap_or_default();
        let campaign = self.terms.campaign(number);
        Ok(HistoryPage {
            head: HistoryHead {
                campaign_name: campaign.map_or(String::new(), |c| c.terms.name_ja.clone()),
                miles_issued: figures.miles,
                issued: figures.issued,
                valid: figures.issued - figures.cancelled,
                cancelled: figures.cancelled,
            },
            total: u64::try_from(numbers.len()).unwrap_or(u64::MAX),
            page: search.page,
            pages,
            rows: rows.collect(),
        })
    }

    /// What a month costs: 1 yen for each mile issued in it less each mile cancelled in it.
    ///
    /// # Errors
    /// [`Refusal`] when it is no month.
    pub fn bill(&self, site_id: &str, month: &str) -> Result<BillView, Refusal> {
        let site = self.own_site(site_id)?;
        let number = days::parse_month(month);
        let number = number.ok_or_else(|| Refusal::bad("month", "a month like 2026-01"))?;
        let signed = |miles: u64| i64::try_from(miles).unwrap_or(i64::MAX);
        let mut bill = BillView {
            month: month.to_owned(),
            issued_miles: 0,
            cancelled_miles: 0,
            billed_miles: 0,
            yen: 0,
            campaigns: Vec::new(),
        };
        let rows = self.bills.range((number, 0)..=(number, u16::MAX));
        for ((_, campaign), (issued, cancelled)) in rows {
            if self
                .terms
                .campaign(*campaign)
                .is_none_or(|c| c.site != site)
            {
                continue;
            }
            let billed = signed(*issued) - signed(*cancelled);
            bill.issued_miles += issued;
            bill.cancelled_miles += cancelled;
            bill.billed_miles += billed;
            bill.campaigns.push(CampaignBill {
                campaign_id: self.terms.campaign_id(*campaign).to_owned(),
                issued_miles: *issued,
                cancelled_miles: *cancelled,
                billed_miles: billed,
                yen: billed,
            });
        }
        bill.yen = bill.billed_miles;
        Ok(bill)
    }
}
