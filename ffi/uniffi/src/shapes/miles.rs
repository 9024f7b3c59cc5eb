//! Miles: issues, cancels, and what is known of them.

use netmile::Result;
use netmile::miles::{self, CancelReason, CancelRefusal, CancelStanding, Deposit, HandResult};
use netmile::reference::{Mail, Phase, Review, Task, Transaction, User, UserId};

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
}

outcomes! {
    IssueOutcome of IssuedMiles,
    HandIssueOutcome of HandIssued,
    MileCancelOutcome of MileCancellation,
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

pub(crate) fn member(id: &str) -> Result<UserId> {
    UserId::new(id)
}
