//! Miles: campaigns, registrations, history, bills.

use netmile::Result;
use netmile::miles::{self, HistoryColumn, HistoryOrder, IssueRule, Usable};
use netmile_ffi_runtime::config::one_of;

use super::miles::issue_state;
use super::payments::{OpenTicket, Refusal};
use super::{outcomes, shapes};
use crate::convert::{day, invalid, miles as checked, millis, signed};

shapes! {
    /// Names a campaign.
    CampaignId shows [campaign_id] {
        /// Campaign (キャンペーンID).
        campaign_id: String,
    }

    /// A campaign.
    CampaignInfo shows [campaign_id, name, state, min_miles, max_miles, fixed] {
        /// Its id.
        campaign_id: String,
        /// Its name.
        name: String,
        /// `running`, `ended`, `suspended` or `unapproved`.
        state: String,
        /// Whether every issue has the same miles.
        fixed: bool,
        /// Fewest miles of an issue.
        min_miles: i64,
        /// Most miles of an issue.
        max_miles: i64,
        /// First day of issuing.
        issue_from: String,
        /// Last day of issuing.
        issue_until: String,
        /// How often a member may get it.
        per_member: Option<i64>,
        /// How often on one day.
        per_member_day: Option<i64>,
        /// When issued miles can be used: `at_once`, `after_days` or `on`.
        usable: String,
        /// Days until then.
        usable_days: Option<i64>,
        /// The day.
        usable_on: Option<String>,
    }

    /// Which sample.
    SampleQuery shows [campaign_id, kind] {
        /// Campaign.
        campaign_id: String,
        /// `deposit` or `member_registration`.
        kind: String,
        /// Text to insert.
        #[serde(default)]
        inserted_text: Option<String>,
    }

    /// A mail as a member gets it.
    SampleMailText shows [subject] {
        /// Subject.
        subject: String,
        /// Body.
        body: String,
    }

    /// Names a registration.
    RegistrationRef shows [registration_id] {
        /// NetMile's id.
        registration_id: String,
    }

    /// Names a registration by the shop's id.
    TranRef shows [tran_id] {
        /// The shop's own id.
        tran_id: String,
    }

    /// How often a code stands in a registration.
    CodeTally shows [code, count] {
        /// Code.
        code: String,
        /// Rows.
        count: i64,
    }

    /// A registration (登録).
    MileRegistration shows [registration_id, kind, campaign_id, state, records, errors, miles_issued, miles_refused] {
        /// NetMile's id.
        registration_id: String,
        /// `csv` or `by_hand`.
        kind: String,
        /// Campaign.
        campaign_id: String,
        /// Its name.
        campaign_name: String,
        /// By what the members are named.
        method: String,
        /// Name of the file.
        file_name: Option<String>,
        /// The batch it is of.
        batch_id: Option<String>,
        /// Number of its first row in the batch, from 1.
        first_row: Option<i64>,
        /// When it was accepted.
        accepted_at_ms: i64,
        /// When all of it was processed.
        finished_at_ms: Option<i64>,
        /// `accepted`, `processing` or `finished`.
        state: String,
        /// Rows.
        records: i64,
        /// Refused rows.
        errors: i64,
        /// Miles issued.
        miles_issued: i64,
        /// Miles refused.
        miles_refused: i64,
        /// Refused rows by code.
        breakdown: Vec<CodeTally>,
        /// Whether its lists can be fetched: `none`, `available` or `deleted`.
        lists: String,
    }

    /// A registration, if there is one.
    FoundRegistration shows [registration] {
        /// It.
        registration: Option<MileRegistration>,
    }

    /// Which registrations.
    RegistrationQuery shows [campaign_id, registration_id, kind, from, to, page] {
        /// Of this campaign.
        #[serde(default)]
        campaign_id: Option<String>,
        /// With this id.
        #[serde(default)]
        registration_id: Option<String>,
        /// `csv` or `by_hand`.
        #[serde(default)]
        kind: Option<String>,
        /// From this day, `YYYY-MM-DD`.
        #[serde(default)]
        from: Option<String>,
        /// To this day.
        #[serde(default)]
        to: Option<String>,
        /// Page, from 1.
        page: i64,
    }

    /// A page of registrations.
    RegistrationPage shows [total, page, pages, items] {
        /// How many there are.
        total: i64,
        /// This page.
        page: i64,
        /// How many pages.
        pages: i64,
        /// Those of this page.
        items: Vec<MileRegistration>,
    }

    /// A list of a registration, as CSV in CP932. Personal.
    ListFile shows [] {
        /// The bytes.
        #[serde(with = "crate::bytes")]
        file: Vec<u8>,
    }

    /// How deleting the lists ended.
    DeletionOutcome shows [outcome, rejection, ticket] {
        /// `done`, `rejected` or `unknown`.
        outcome: String,
        /// Nothing.
        value: Option<Done>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// It is done.
    Done shows [] {}

    /// Which issues of a campaign.
    HistoryQuery shows [campaign_id, from, to, miles_from, miles_to, state, order, page] {
        /// Campaign.
        campaign_id: String,
        /// With this key (指定キー). May be personal.
        #[serde(default)]
        designated_key: Option<String>,
        /// From this hour, `YYYY-MM-DDTHH`, Japanese time.
        #[serde(default)]
        from: Option<String>,
        /// To this hour.
        #[serde(default)]
        to: Option<String>,
        /// At least so many miles.
        #[serde(default)]
        miles_from: Option<i64>,
        /// At most so many miles.
        #[serde(default)]
        miles_to: Option<i64>,
        /// `held`, `valid` or `cancelled`.
        #[serde(default)]
        state: Option<String>,
        /// `issued_at`, `designated_key`, `miles`, `deposit_on` or `state`, the least first; with `-` before it the
        /// greatest first. Without it the newest first.
        #[serde(default)]
        order: Option<String>,
        /// Page, from 1.
        page: i64,
    }

    /// One issue of the history.
    HistoryRow shows [issuance_id, miles, state] {
        /// NetMile's id.
        issuance_id: String,
        /// When.
        issued_at_ms: i64,
        /// The key. May be personal.
        designated_key: String,
        /// Miles.
        miles: i64,
        /// When they are deposited.
        deposit_on: String,
        /// `held`, `valid` or `cancelled`.
        state: String,
    }

    /// What was issued in a campaign (発行履歴).
    HistoryPage shows [campaign_name, miles_issued, issued, valid, cancelled, total, page, pages, rows] {
        /// Name of the campaign.
        campaign_name: String,
        /// Miles in all.
        miles_issued: i64,
        /// Issues in all.
        issued: i64,
        /// Of which valid.
        valid: i64,
        /// Of which cancelled.
        cancelled: i64,
        /// Rows that were found.
        total: i64,
        /// This page.
        page: i64,
        /// How many pages.
        pages: i64,
        /// Those of this page.
        rows: Vec<HistoryRow>,
    }

    /// Names a month.
    MonthRef shows [month] {
        /// `YYYYMM`.
        month: String,
    }

    /// Sums of a bill.
    BillSums shows [issued, cancelled, miles, yen] {
        /// Miles issued.
        issued: i64,
        /// Miles cancelled.
        cancelled: i64,
        /// Miles to pay.
        miles: i64,
        /// Yen to pay.
        yen: i64,
    }

    /// A campaign's part of a bill.
    CampaignBill shows [campaign_id, sums] {
        /// Campaign.
        campaign_id: String,
        /// Sums.
        sums: BillSums,
    }

    /// What a month costs.
    MileBill shows [month, total, campaigns] {
        /// `YYYY-MM`.
        month: String,
        /// All of it.
        total: BillSums,
        /// By campaign.
        campaigns: Vec<CampaignBill>,
    }
}

outcomes! {
    DeletionOutcome of Done,
}

impl From<()> for Done {
    fn from((): ()) -> Self {
        Self {}
    }
}

impl From<miles::Campaign> for CampaignInfo {
    fn from(campaign: miles::Campaign) -> Self {
        use miles::CampaignState as S;
        let (fixed, min, max) = match campaign.rule {
            IssueRule::Fixed { miles } => (true, miles, miles),
            IssueRule::Variable { min, max } => (false, min, max),
        };
        let (usable, usable_days, usable_on) = match campaign.usable {
            Usable::AtOnce => ("at_once", None, None),
            Usable::AfterDays(days) => ("after_days", Some(i64::from(days)), None),
            Usable::On(day) => ("on", None, Some(day.to_string())),
        };
        Self {
            campaign_id: campaign.campaign_id,
            name: campaign.name,
            state: match campaign.state {
                S::Running => "running",
                S::Ended => "ended",
                S::Suspended => "suspended",
                S::Unapproved => "unapproved",
            }
            .to_owned(),
            fixed,
            min_miles: signed(min.get()),
            max_miles: signed(max.get()),
            issue_from: campaign.issue_from.to_string(),
            issue_until: campaign.issue_until.to_string(),
            per_member: campaign.per_member.map(signed),
            per_member_day: campaign.per_member_day.map(signed),
            usable: usable.to_owned(),
            usable_days,
            usable_on,
        }
    }
}

impl From<miles::Registration> for MileRegistration {
    fn from(found: miles::Registration) -> Self {
        let tally = |count: miles::CodeCount| CodeTally {
            code: count.code,
            count: signed(count.count),
        };
        Self {
            registration_id: found.registration_id,
            kind: found.kind.name().to_owned(),
            campaign_id: found.campaign_id,
            campaign_name: found.campaign_name,
            method: found.method,
            file_name: found.file_name,
            batch_id: found.batch_id,
            first_row: found.first_row.map(signed),
            accepted_at_ms: millis(found.accepted_at),
            finished_at_ms: found.finished_at.map(millis),
            state: found.state.name().to_owned(),
            records: signed(found.records),
            errors: signed(found.errors),
            miles_issued: signed(found.miles_issued.get()),
            miles_refused: signed(found.miles_refused.get()),
            breakdown: found.breakdown.into_iter().map(tally).collect(),
            lists: match found.lists {
                miles::Lists::None => "none",
                miles::Lists::Available => "available",
                miles::Lists::Deleted => "deleted",
            }
            .to_owned(),
        }
    }
}

impl RegistrationQuery {
    pub(crate) fn to_core(&self) -> Result<miles::RegistrationSearch> {
        use miles::RegistrationKind as K;
        let kind = |given: &String| one_of("kind", &[K::Csv, K::ByHand], K::name, given);
        let on =
            |field, given: &Option<String>| given.as_deref().map(|d| day(field, d)).transpose();
        Ok(miles::RegistrationSearch {
            campaign_id: self.campaign_id.clone(),
            registration_id: self.registration_id.clone(),
            kind: self.kind.as_ref().map(kind).transpose()?,
            from: on("from", &self.from)?,
            to: on("to", &self.to)?,
            page: page(self.page)?,
        })
    }
}

fn page(given: i64) -> Result<u32> {
    u32::try_from(given).map_err(|_| invalid("page", "must be a page number, from 1"))
}

impl HistoryQuery {
    pub(crate) fn to_core(&self) -> Result<miles::HistorySearch> {
        let hour = |field: &'static str, given: &Option<String>| {
            let wrong = || invalid(field, "must be an hour written YYYY-MM-DDTHH");
            given
                .as_ref()
                .map(|text| {
                    let (date, hour) = text.split_once('T').ok_or_else(wrong)?;
                    let digits = hour.len() == 2 && hour.bytes().all(|b| b.is_ascii_digit());
                    let hour = hour.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
                    miles::Hour::new(day(field, date)?, hour)
                })
                .transpose()
        };
        let bound = |field, given: Option<i64>| given.map(|m| checked(field, m)).transpose();
        Ok(miles::HistorySearch {
            designated_key: self.designated_key.clone(),
            from: hour("from", &self.from)?,
            to: hour("to", &self.to)?,
            miles_from: bound("miles_from", self.miles_from)?,
            miles_to: bound("miles_to", self.miles_to)?,
            state: match &self.state {
                None => None,
                Some(given) => Some(issue_state("state", given)?),
            },
            order: self.order.as_deref().map(order).transpose()?,
            page: page(self.page)?,
        })
    }
}

fn order(given: &str) -> Result<HistoryOrder> {
    let column = given.strip_prefix('-').unwrap_or(given);
    let column = one_of("order", &HistoryColumn::ALL, HistoryColumn::name, column)?;
    Ok(HistoryOrder {
        column,
        descending: given.starts_with('-'),
    })
}

impl From<miles::History> for HistoryPage {
    fn from(history: miles::History) -> Self {
        let row = |row: miles::HistoryRow| HistoryRow {
            issuance_id: row.issuance_id,
            issued_at_ms: millis(row.issued_at),
            designated_key: row.designated_key,
            miles: signed(row.miles.get()),
            deposit_on: row.deposit_on.to_string(),
            state: row.state.name().to_owned(),
        };
        Self {
            campaign_name: history.head.campaign_name,
            miles_issued: signed(history.head.miles_issued.get()),
            issued: signed(history.head.issued),
            valid: signed(history.head.valid),
            cancelled: signed(history.head.cancelled),
            total: signed(history.rows.total),
            page: signed(history.rows.page),
            pages: signed(history.rows.pages),
            rows: history.rows.items.into_iter().map(row).collect(),
        }
    }
}

impl From<miles::Billed> for BillSums {
    fn from(billed: miles::Billed) -> Self {
        Self {
            issued: signed(billed.issued.get()),
            cancelled: signed(billed.cancelled.get()),
            miles: billed.miles,
            yen: billed.yen,
        }
    }
}

impl From<miles::Bill> for MileBill {
    fn from(bill: miles::Bill) -> Self {
        let campaign = |(campaign_id, billed): (String, miles::Billed)| CampaignBill {
            campaign_id,
            sums: billed.into(),
        };
        Self {
            month: bill.month.to_string(),
            total: bill.total.into(),
            campaigns: bill.campaigns.into_iter().map(campaign).collect(),
        }
    }
}
