//! Miles: issues, cancels, campaigns, registrations, history, bills, tags.

use netmile::Result;
use netmile::miles::tag::{MileTag, TagOrigin};
use netmile::miles::{
    self, CancelReason, CancelRefusal, CancelStanding, Deposit, DesignatedKey, HandResult,
    HistoryColumn, HistoryOrder, IssueRule, Usable,
};
use netmile::reference::{Mail, Phase, Review, Task, Transaction, User, UserId};
use netmile::time::Timestamp;

use netmile_ffi_runtime::config::one_of;

use super::payments::{OpenTicket, Refusal};
use super::{outcomes, shapes};
use crate::convert::{day, invalid, miles as checked, millis, signed};

shapes! {
    /// Who gets miles. Exactly one is given.
    MileUser shows [] {
        /// Mail address. Personal.
        #[serde(default)]
        mail: Option<String>,
        /// Mail address of a mobile carrier. Personal.
        #[serde(default)]
        mobile_mail: Option<String>,
        /// NetMile user id. Personal.
        #[serde(default)]
        user_id: Option<String>,
    }

    /// Settings of an issue; what is not given is as the campaign says.
    IssueSettings shows [deposit_days, deposit_mail, member_registration, password_generation] {
        /// Days until the miles are deposited: 0 for at once, 1 to 365.
        #[serde(default)]
        deposit_days: Option<i64>,
        /// Whether the member is mailed when they are.
        #[serde(default)]
        deposit_mail: Option<bool>,
        /// Text in that mail, at most 500 characters.
        #[serde(default)]
        inserted_text: Option<String>,
        /// Register who is no member yet.
        #[serde(default)]
        member_registration: bool,
        /// And make a password.
        #[serde(default)]
        password_generation: bool,
    }

    /// One issue of miles (自動発行).
    IssueRequest shows [tran_id, campaign_id, miles] {
        /// The shop's own id of the issue, never used twice.
        tran_id: String,
        /// Campaign (キャンペーンID).
        campaign_id: String,
        /// Who gets them.
        user: MileUser,
        /// The shop's own key of what is rewarded (指定キー). May be personal.
        designated_key: String,
        /// Miles; only for a campaign of variable miles.
        #[serde(default)]
        miles: Option<i64>,
        /// Settings.
        #[serde(default)]
        settings: Option<IssueSettings>,
    }

    /// Miles that were issued.
    IssuedMiles shows [issuance_id, registration_id, miles, state] {
        /// NetMile's id of the issue.
        issuance_id: String,
        /// NetMile's id of the registration.
        registration_id: String,
        /// Miles.
        miles: i64,
        /// When.
        issued_at_ms: i64,
        /// When they are deposited, `YYYY-MM-DD`.
        deposit_on: String,
        /// `held`, `valid` or `cancelled`.
        state: String,
    }

    /// How an issue ended.
    IssueOutcome shows [outcome, value, rejection, ticket] {
        /// `done`, `rejected` or `unknown`: miles may have been issued.
        outcome: String,
        /// What was issued.
        value: Option<IssuedMiles>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// One row of an issue by hand.
    HandRow shows [miles, deposit_mail] {
        /// Mail address. Personal.
        mail: String,
        /// The shop's own key (指定キー). May be personal.
        designated_key: String,
        /// Miles; only for a campaign of variable miles.
        #[serde(default)]
        miles: Option<i64>,
        /// Whether the member is mailed.
        #[serde(default)]
        deposit_mail: Option<bool>,
    }

    /// Up to ten issues under one id (手動発行).
    HandIssueRequest shows [tran_id, campaign_id] {
        /// The shop's own id.
        tran_id: String,
        /// Campaign.
        campaign_id: String,
        /// 1 to 10 rows.
        rows: Vec<HandRow>,
        /// Settings.
        #[serde(default)]
        settings: Option<IssueSettings>,
    }

    /// What became of a row.
    HandRowResult shows [issued, issuance_id, rejection] {
        /// Whether it was issued.
        issued: bool,
        /// NetMile's id of the issue.
        issuance_id: Option<String>,
        /// Why not.
        rejection: Option<Refusal>,
    }

    /// What became of an issue by hand.
    HandIssued shows [registration_id, rows] {
        /// NetMile's id of the registration.
        registration_id: String,
        /// In the order of the request.
        rows: Vec<HandRowResult>,
    }

    /// How an issue by hand ended.
    HandIssueOutcome shows [outcome, value, rejection, ticket] {
        /// `done` (each row tells for itself), `rejected` or `unknown`.
        outcome: String,
        /// What became of the rows.
        value: Option<HandIssued>,
        /// Why all of it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// Issues to cancel.
    MileCancelRequest shows [tran_id, issuance_ids, reason] {
        /// The shop's own id of this wish.
        tran_id: String,
        /// NetMile's ids of the issues, 1 to 1000.
        issuance_ids: Vec<String>,
        /// `duplicate`, `condition_not_met`, `returned_goods`, `wrong_amount` or `other`.
        reason: String,
    }

    /// What became of the wish for one issue.
    CancelledIssue shows [issuance_id, standing, code] {
        /// NetMile's id of the issue.
        issuance_id: String,
        /// `cancelled`, `applied` (NetMile decides), `approved`, `rejected` (by NetMile) or `refused` (by a rule).
        standing: String,
        /// Why not.
        code: Option<String>,
    }

    /// What became of a wish to cancel.
    MileCancellation shows [cancellation_id, reason, pending, results] {
        /// NetMile's id of it.
        cancellation_id: String,
        /// The reason that was given.
        reason: String,
        /// Whether NetMile still has to decide about some of it.
        pending: bool,
        /// In the order of the request.
        results: Vec<CancelledIssue>,
    }

    /// How a wish to cancel ended.
    MileCancelOutcome shows [outcome, value, rejection, ticket] {
        /// `done`, `rejected` or `unknown`.
        outcome: String,
        /// What became of it.
        value: Option<MileCancellation>,
        /// Why all of it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// Names a wish to cancel.
    CancellationId shows [cancellation_id] {
        /// NetMile's id.
        cancellation_id: String,
    }

    /// Names a task under a `tran_id`.
    TaskId shows [kind, tran_id] {
        /// `issue`, `by_hand` or `cancel`.
        kind: String,
        /// The shop's own id.
        tran_id: String,
    }

    /// Which tasks to list.
    TaskQuery shows [kind, phases, after, limit] {
        /// `issue`, `by_hand` or `cancel`.
        kind: String,
        /// In one of these phases; none means any.
        #[serde(default)]
        phases: Vec<String>,
        /// After the one with this `tran_id` (of the client's site): the last one of the previous page.
        #[serde(default)]
        after: Option<String>,
        /// At most so many, 1 to 1000.
        limit: i64,
    }

    /// What a person found out about a task under review. With `happened` comes what NetMile's pages show.
    TaskReview shows [kind, tran_id, verdict] {
        /// `issue`, `by_hand` or `cancel`.
        kind: String,
        /// The shop's own id.
        tran_id: String,
        /// `happened` or `missing`.
        verdict: String,
        /// What was issued, of an issue that happened.
        #[serde(default)]
        issued: Option<IssuedMiles>,
        /// What became of the rows, of issues by hand that happened.
        #[serde(default)]
        by_hand: Option<HandIssued>,
        /// What became of it, of a wish to cancel that happened.
        #[serde(default)]
        cancellation: Option<MileCancellation>,
    }

    /// A task under a `tran_id`, as the journal knows it.
    MileTask shows [kind, site_id, tran_id, phase, issued, by_hand, cancellation, rejection] {
        /// `issue`, `by_hand` or `cancel`.
        kind: String,
        /// Site.
        site_id: String,
        /// The shop's own id.
        tran_id: String,
        /// `prepared`, `sending`, `unknown`, `done`, `refused` or `needs_review`.
        phase: String,
        /// Since when.
        since_ms: i64,
        /// How often somebody looked for its outcome.
        looks: i64,
        /// What was issued.
        issued: Option<IssuedMiles>,
        /// What became of the rows.
        by_hand: Option<HandIssued>,
        /// What became of the wish.
        cancellation: Option<MileCancellation>,
        /// Why it was refused.
        rejection: Option<Refusal>,
    }

    /// Tasks.
    MileTasks shows [tasks] {
        /// In the order of site and `tran_id`.
        tasks: Vec<MileTask>,
    }

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

    /// What miles a campaign issues: `fixed`, or `min` and `max`.
    MileRule shows [fixed, min, max] {
        /// Every issue has so many.
        #[serde(default)]
        fixed: Option<i64>,
        /// At least so many.
        #[serde(default)]
        min: Option<i64>,
        /// At most so many.
        #[serde(default)]
        max: Option<i64>,
    }

    /// A mile-get tag to make. With `tran_id` and `expires_at_ms` it is signed by the client's site, which must be the
    /// one it is for.
    TagRequest shows [site_id, campaign_id, rule, miles, tran_id, expires_at_ms] {
        /// Site (加盟サイトID).
        site_id: String,
        /// Campaign.
        campaign_id: String,
        /// What the campaign issues.
        rule: MileRule,
        /// Miles; for a variable campaign only.
        #[serde(default)]
        miles: Option<i64>,
        /// The shop's key of what is rewarded (指定キー). May be personal.
        #[serde(default)]
        designated_key: Option<String>,
        /// The shop's own id, of a signed tag.
        #[serde(default)]
        tran_id: Option<String>,
        /// Until when a signed tag can be used.
        #[serde(default)]
        expires_at_ms: Option<i64>,
        /// Where it leads, such as `https://mile.example`; NetMile's own page when not given.
        #[serde(default)]
        origin: Option<String>,
    }

    /// A mile-get tag.
    TagText shows [signed] {
        /// Whether it is signed.
        signed: bool,
        /// The link. Holds the designated key.
        url: String,
        /// The link as HTML.
        html: String,
    }

    /// A tag or link to check.
    TagCheck shows [signed, at_ms] {
        /// Link or HTML. Holds the designated key.
        tag: String,
        /// Whether it must be signed by the client's site.
        #[serde(default)]
        signed: bool,
        /// Now, for tests; the machine's clock when not given.
        #[serde(default)]
        at_ms: Option<i64>,
    }

    /// What a tag says.
    TagContents shows [site_id, campaign_id, miles, signed, tran_id, expires_at_ms] {
        /// Site.
        site_id: String,
        /// Campaign.
        campaign_id: String,
        /// The key. May be personal.
        designated_key: Option<String>,
        /// Miles.
        miles: Option<i64>,
        /// Whether it is signed. A published tag proves nothing.
        signed: bool,
        /// The shop's own id.
        tran_id: Option<String>,
        /// Until when it can be used.
        expires_at_ms: Option<i64>,
    }
}

outcomes! {
    IssueOutcome of IssuedMiles,
    HandIssueOutcome of HandIssued,
    MileCancelOutcome of MileCancellation,
    DeletionOutcome of Done,
}

impl From<()> for Done {
    fn from((): ()) -> Self {
        Self {}
    }
}

impl MileUser {
    pub(crate) fn to_core(&self) -> Result<User> {
        match (&self.mail, &self.mobile_mail, &self.user_id) {
            (Some(mail), None, None) => User::mail(mail.as_str()),
            (None, Some(mail), None) => User::mobile_mail(mail.as_str()),
            (None, None, Some(id)) => User::user_id(id.as_str()),
            _ => Err(invalid(
                "user",
                "exactly one of mail, mobile_mail and user_id must be given",
            )),
        }
    }
}

impl IssueSettings {
    fn to_core(&self) -> Result<miles::IssueSettings> {
        let mut settings = miles::IssueSettings::default()
            .with_member_registration(self.member_registration)
            .with_password_generation(self.password_generation);
        if let Some(days) = self.deposit_days {
            let days = u16::try_from(days).map_err(|_| invalid("deposit_days", DEPOSIT_DAYS))?;
            settings = settings.with_deposit(match days {
                0 => Deposit::AtOnce,
                days => Deposit::AfterDays(days),
            });
        }
        if let Some(send) = self.deposit_mail {
            settings = settings.with_deposit_mail(send);
        }
        if let Some(text) = &self.inserted_text {
            settings = settings.with_inserted_text(text.as_str());
        }
        Ok(settings)
    }

    pub(crate) fn or_default(given: Option<&Self>) -> Result<miles::IssueSettings> {
        given.map_or_else(|| Ok(miles::IssueSettings::default()), Self::to_core)
    }
}

const DEPOSIT_DAYS: &str = "must be 0 to 365";

impl IssueRequest {
    pub(crate) fn to_core(&self) -> Result<miles::IssueRequest> {
        let mut request = miles::IssueRequest::new(
            self.tran_id.as_str(),
            self.campaign_id.as_str(),
            self.user.to_core()?,
            self.designated_key.as_str(),
        )
        .with_settings(IssueSettings::or_default(self.settings.as_ref())?);
        if let Some(given) = self.miles {
            request = request.with_miles(checked("miles", given)?);
        }
        Ok(request)
    }
}

impl HandIssueRequest {
    pub(crate) fn to_core(&self) -> Result<miles::ByHandRequest> {
        let row = |row: &HandRow| {
            let mut made = miles::HandRow::new(Mail::new(row.mail.as_str())?, &*row.designated_key);
            if let Some(given) = row.miles {
                made = made.with_miles(checked("miles", given)?);
            }
            if let Some(send) = row.deposit_mail {
                made = made.with_deposit_mail(send);
            }
            Ok(made)
        };
        let rows = self.rows.iter().map(row).collect::<Result<_>>()?;
        Ok(
            miles::ByHandRequest::new(self.tran_id.as_str(), self.campaign_id.as_str(), rows)
                .with_settings(IssueSettings::or_default(self.settings.as_ref())?),
        )
    }
}

pub(crate) fn cancel_reason(given: &str) -> Result<CancelReason> {
    CancelReason::named(given)
}

impl From<miles::IssuedMiles> for IssuedMiles {
    fn from(issued: miles::IssuedMiles) -> Self {
        Self {
            issuance_id: issued.issuance_id,
            registration_id: issued.registration_id,
            miles: signed(issued.miles.get()),
            issued_at_ms: millis(issued.issued_at),
            deposit_on: issued.deposit_on.to_string(),
            state: issued.state.name().to_owned(),
        }
    }
}

pub(crate) fn issue_state(field: &'static str, given: &str) -> Result<miles::IssueState> {
    use miles::IssueState as S;
    one_of(field, &[S::Held, S::Valid, S::Cancelled], S::name, given)
}

impl IssuedMiles {
    fn to_core(&self) -> Result<miles::IssuedMiles> {
        Ok(miles::IssuedMiles {
            issuance_id: self.issuance_id.clone(),
            registration_id: self.registration_id.clone(),
            miles: checked("miles", self.miles)?,
            issued_at: crate::convert::timestamp(self.issued_at_ms),
            deposit_on: day("deposit_on", &self.deposit_on)?,
            state: issue_state("state", &self.state)?,
        })
    }
}

impl From<miles::HandIssued> for HandIssued {
    fn from(issued: miles::HandIssued) -> Self {
        let row = |row: HandResult| match row {
            HandResult::Issued(id) => HandRowResult {
                issued: true,
                issuance_id: Some(id),
                rejection: None,
            },
            HandResult::Refused(why) => HandRowResult {
                issued: false,
                issuance_id: None,
                rejection: Some((&why).into()),
            },
        };
        Self {
            registration_id: issued.registration_id,
            rows: issued.rows.into_iter().map(row).collect(),
        }
    }
}

impl HandIssued {
    fn to_core(&self) -> Result<miles::HandIssued> {
        let row = |row: &HandRowResult| match (row.issued, &row.issuance_id, &row.rejection) {
            (true, Some(id), None) => Ok(HandResult::Issued(id.clone())),
            (false, None, Some(why)) => Ok(HandResult::Refused(netmile::operation::Rejection {
                code: why.code.clone(),
                details: why.details.clone().into_iter().collect(),
            })),
            _ => Err(invalid(
                "rows",
                "must have an issuance_id when issued, else a rejection",
            )),
        };
        Ok(miles::HandIssued {
            registration_id: self.registration_id.clone(),
            rows: self.rows.iter().map(row).collect::<Result<_>>()?,
        })
    }
}

impl From<miles::Cancellation> for MileCancellation {
    fn from(cancellation: miles::Cancellation) -> Self {
        let pending = cancellation.is_pending();
        let result = |result: miles::CancelResult| {
            let (standing, code) = match result.standing {
                CancelStanding::Cancelled => ("cancelled", None),
                CancelStanding::Applied => ("applied", None),
                CancelStanding::Approved => ("approved", None),
                CancelStanding::Rejected(why) => ("rejected", Some(refusal_name(&why))),
                CancelStanding::Refused(why) => ("refused", Some(refusal_name(&why))),
            };
            CancelledIssue {
                issuance_id: result.issuance_id,
                standing: standing.to_owned(),
                code,
            }
        };
        Self {
            cancellation_id: cancellation.cancellation_id,
            reason: cancellation.reason.name().to_owned(),
            pending,
            results: cancellation.results.into_iter().map(result).collect(),
        }
    }
}

const REFUSALS: [(CancelRefusal, &str); 7] = [
    (CancelRefusal::UsableAtOnce, "usable_at_once"),
    (CancelRefusal::Over90Days, "over_90_days"),
    (CancelRefusal::Over3Months, "over_3_months"),
    (CancelRefusal::BalanceShort, "balance_short"),
    (CancelRefusal::AlreadyCancelled, "already_cancelled"),
    (CancelRefusal::AlreadyApplied, "already_applied"),
    (CancelRefusal::UnknownIssuance, "unknown_issuance"),
];

fn refusal_name(refusal: &CancelRefusal) -> String {
    match refusal {
        CancelRefusal::Other(code) => code.clone(),
        known => REFUSALS
            .iter()
            .find(|(one, _)| one == known)
            .map_or_else(String::new, |(_, name)| (*name).to_owned()),
    }
}

impl MileCancellation {
    fn to_core(&self) -> Result<miles::Cancellation> {
        let why = |code: &Option<String>| {
            let code = code.clone().unwrap_or_default();
            let known = REFUSALS.iter().find(|(_, name)| *name == code);
            known.map_or(CancelRefusal::Other(code), |(refusal, _)| refusal.clone())
        };
        let result = |result: &CancelledIssue| {
            Ok(miles::CancelResult {
                issuance_id: result.issuance_id.clone(),
                standing: match result.standing.as_str() {
                    "cancelled" => CancelStanding::Cancelled,
                    "applied" => CancelStanding::Applied,
                    "approved" => CancelStanding::Approved,
                    "rejected" => CancelStanding::Rejected(why(&result.code)),
                    "refused" => CancelStanding::Refused(why(&result.code)),
                    _ => return Err(invalid("standing", "is not one of those that there are")),
                },
            })
        };
        Ok(miles::Cancellation {
            cancellation_id: self.cancellation_id.clone(),
            reason: cancel_reason(&self.reason)?,
            results: self.results.iter().map(result).collect::<Result<_>>()?,
        })
    }
}

/// What the three kinds of tasks differ in.
pub(crate) trait MileKind: Task {
    const NAME: &'static str;
    fn put(answer: Self::Answer, task: &mut MileTask);
    fn answer(review: &TaskReview) -> Result<Self::Answer>;
}

fn needed<T>(given: Option<T>) -> Result<T> {
    given.ok_or_else(|| invalid("verdict", "happened needs what NetMile's pages show"))
}

impl MileKind for miles::IssueRequest {
    const NAME: &'static str = "issue";

    fn put(answer: Self::Answer, task: &mut MileTask) {
        task.issued = Some(answer.into());
    }

    fn answer(review: &TaskReview) -> Result<Self::Answer> {
        needed(review.issued.as_ref())?.to_core()
    }
}

impl MileKind for miles::ByHandRequest {
    const NAME: &'static str = "by_hand";

    fn put(answer: Self::Answer, task: &mut MileTask) {
        task.by_hand = Some(answer.into());
    }

    fn answer(review: &TaskReview) -> Result<Self::Answer> {
        needed(review.by_hand.as_ref())?.to_core()
    }
}

impl MileKind for miles::CancelRequest {
    const NAME: &'static str = "cancel";

    fn put(answer: Self::Answer, task: &mut MileTask) {
        task.cancellation = Some(answer.into());
    }

    fn answer(review: &TaskReview) -> Result<Self::Answer> {
        needed(review.cancellation.as_ref())?.to_core()
    }
}

impl<T: MileKind> From<Transaction<T>> for MileTask {
    fn from(transaction: Transaction<T>) -> Self {
        let mut task = Self {
            kind: T::NAME.to_owned(),
            tran_id: transaction.tran_id().to_owned(),
            site_id: transaction.site,
            phase: transaction.phase.name().to_owned(),
            since_ms: millis(transaction.since),
            looks: i64::from(transaction.looks),
            issued: None,
            by_hand: None,
            cancellation: None,
            rejection: transaction.rejection.as_ref().map(Into::into),
        };
        if let Some(answer) = transaction.answer {
            T::put(answer, &mut task);
        }
        task
    }
}

impl TaskReview {
    pub(crate) fn to_core<T: MileKind>(&self) -> Result<Review<T::Answer>> {
        match self.verdict.as_str() {
            "happened" => Ok(Review::Happened(T::answer(self)?)),
            "missing" => Ok(Review::Missing),
            _ => Err(invalid("verdict", "must be happened or missing")),
        }
    }
}

impl TaskQuery {
    pub(crate) fn phases(&self) -> Result<Vec<Phase>> {
        self.phases
            .iter()
            .map(|given| one_of("phases", &Phase::ALL, Phase::name, given))
            .collect()
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

impl MileRule {
    pub(crate) fn to_core(&self) -> Result<IssueRule> {
        match (self.fixed, self.min, self.max) {
            (Some(fixed), None, None) => Ok(IssueRule::Fixed {
                miles: checked("fixed", fixed)?,
            }),
            (None, Some(min), Some(max)) => Ok(IssueRule::Variable {
                min: checked("min", min)?,
                max: checked("max", max)?,
            }),
            _ => Err(invalid("rule", "must be fixed, or min and max")),
        }
    }
}

impl TagRequest {
    pub(crate) fn tag(&self) -> Result<MileTag> {
        let miles = self.miles.map(|m| checked("miles", m)).transpose()?;
        let tag = MileTag::new(
            &self.site_id,
            &self.campaign_id,
            self.rule.to_core()?,
            miles,
        )?;
        match &self.designated_key {
            None => Ok(tag),
            Some(key) => Ok(tag.with_key(DesignatedKey::new(key)?)),
        }
    }

    pub(crate) fn origin(&self) -> Result<TagOrigin> {
        match &self.origin {
            None => Ok(TagOrigin::netmile()),
            Some(origin) => TagOrigin::new(origin),
        }
    }
}

impl TagContents {
    pub(crate) fn new(tag: &MileTag, signed_as: Option<(&str, Timestamp)>) -> Self {
        Self {
            site_id: tag.site_id().to_owned(),
            campaign_id: tag.campaign_id().to_owned(),
            designated_key: tag.key().map(|key| key.as_str().to_owned()),
            miles: tag.miles().map(|miles| signed(miles.get())),
            signed: signed_as.is_some(),
            tran_id: signed_as.map(|(tran_id, _)| tran_id.to_owned()),
            expires_at_ms: signed_as.map(|(_, at)| millis(at)),
        }
    }
}

pub(crate) fn member(id: &str) -> Result<UserId> {
    UserId::new(id)
}
