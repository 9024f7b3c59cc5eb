//! What can be done, as plain data.

use super::{days::Day, tables::Method};

/// マイル振込設定 of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deposit {
    /// What the campaign says.
    Campaign,
    /// すぐに振込む.
    AtOnce,
    /// 〇日後に振込む.
    After(i64),
}

/// Settings of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// When the miles are deposited.
    pub deposit: Deposit,
    /// Whether the member is told.
    pub mail: bool,
    /// 差込文.
    pub text: String,
}

/// A row entered by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandRow {
    /// PC address.
    pub mail: String,
    /// 指定キー.
    pub key: String,
    /// Miles.
    pub miles: u64,
}

/// What a history is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// 指定キー.
    pub key: Option<String>,
    /// First hour, as its first second.
    pub from: Option<i64>,
    /// Last hour, as its first second.
    pub to: Option<i64>,
    /// Fewest miles.
    pub miles_from: Option<u64>,
    /// Most miles.
    pub miles_to: Option<u64>,
    /// `held`, `valid`, `cancelled`.
    pub state: Option<&'static str>,
    /// Page, from 1.
    pub page: usize,
}

/// What registrations are searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistrationSearch {
    /// Campaign.
    pub campaign: Option<String>,
    /// Registration, by number; one that there is not names an unknown one.
    pub registration: Option<usize>,
    /// `csv`, `by_hand`.
    pub kind: Option<&'static str>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Page, from 1.
    pub page: usize,
}

/// One action. Issues, registrations and cancellations are named by their number in the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The clock is moved by so many seconds.
    Advance(i64),
    /// A member spends deposited miles elsewhere.
    Spend {
        /// Which member.
        login: &'static str,
        /// Miles.
        miles: u64,
    },
    /// Member authentication.
    Verify {
        /// Who asks.
        site: &'static str,
        /// By mail or user id.
        by: Method,
        /// Address or id.
        who: String,
    },
    /// Member information.
    Member {
        /// Who asks.
        site: &'static str,
        /// Whom.
        user_id: String,
    },
    /// Balance and 振込予定.
    Passbook {
        /// Who asks.
        site: &'static str,
        /// Whom.
        user_id: String,
    },
    /// One issue.
    Issue {
        /// Who issues.
        site: &'static str,
        /// Idempotency key.
        tran: String,
        /// Campaign.
        campaign: String,
        /// How the member is named.
        by: Method,
        /// The member.
        who: String,
        /// 指定キー.
        key: String,
        /// Miles; may be left out in a fixed campaign.
        miles: Option<u64>,
        /// Settings.
        mailing: Mailing,
    },
    /// What became of one issue.
    FindIssue {
        /// Who asks.
        site: &'static str,
        /// Idempotency key.
        tran: String,
    },
    /// Up to 10 rows by hand.
    ByHand {
        /// Who issues.
        site: &'static str,
        /// Idempotency key.
        tran: String,
        /// Campaign.
        campaign: String,
        /// Rows.
        rows: Vec<HandRow>,
        /// Settings.
        mailing: Mailing,
    },
    /// A file.
    Upload {
        /// Who issues.
        site: &'static str,
        /// Campaign.
        campaign: String,
        /// Batch.
        batch: String,
        /// Number of the first row in it.
        first_row: u64,
        /// Who is in the first column.
        by: Method,
        /// The data rows.
        rows: Vec<[String; 3]>,
        /// The rows as a file.
        bytes: Vec<u8>,
        /// Settings.
        mailing: Mailing,
    },
    /// What a registration says of itself.
    Registration(usize),
    /// What became of a file or of rows by hand.
    FindRegistration {
        /// Who asks.
        site: &'static str,
        /// Idempotency key.
        tran: String,
        /// `csv`, `by_hand`.
        kind: Option<&'static str>,
    },
    /// マイル発行登録検索.
    Registrations {
        /// Who asks.
        site: &'static str,
        /// Conditions.
        search: RegistrationSearch,
    },
    /// Both lists of a registration.
    Lists(usize),
    /// Both lists are deleted.
    DeleteLists(usize),
    /// The published tag, clicked and filled in.
    Published {
        /// `param1`.
        site: String,
        /// `param2`.
        campaign: String,
        /// `param3`.
        check: String,
        /// `earnsite_key`.
        key: String,
        /// `mile`.
        mile: String,
        /// Address that is entered.
        mail: String,
    },
    /// The signed link, clicked and filled in.
    Signed {
        /// `site`.
        site: String,
        /// `campaign`.
        campaign: String,
        /// `earnsite_key`.
        key: String,
        /// `mile`.
        mile: String,
        /// `tran_id`.
        tran: String,
        /// `exp`, in Unix seconds.
        expires: i64,
        /// Whether the signature is the right one.
        honest: bool,
        /// Address that is entered.
        mail: String,
    },
    /// The next automatic issue meets an exception.
    Break,
    /// Issues are cancelled.
    Cancel {
        /// Who cancels.
        site: &'static str,
        /// Idempotency key.
        tran: String,
        /// Issues; a number that no issue has names an unknown one.
        issues: Vec<usize>,
        /// Reason.
        reason: String,
    },
    /// A cancellation, as it is now.
    Cancellation {
        /// Who asks.
        site: &'static str,
        /// Idempotency key.
        tran: String,
    },
    /// A person at NetMile decides.
    Decide {
        /// Which cancellation.
        cancellation: usize,
        /// Which issue of it.
        issue: usize,
        /// Yes or no.
        approve: bool,
    },
    /// History of a campaign.
    History {
        /// Who asks.
        site: &'static str,
        /// Campaign.
        campaign: String,
        /// Conditions.
        search: Search,
    },
    /// The bill of a month.
    Bill {
        /// Who asks.
        site: &'static str,
        /// `YYYY-MM`.
        month: String,
    },
    /// Exchanged points.
    Exchange {
        /// Who issues.
        site: &'static str,
        /// Idempotency key.
        tran: String,
        /// How the member is named.
        by: Method,
        /// The member.
        who: String,
        /// 指定キー.
        key: String,
        /// Miles.
        miles: u64,
    },
    /// What became of exchanged points.
    FindExchange {
        /// Who asks.
        site: &'static str,
        /// Idempotency key.
        tran: String,
    },
    /// A file of exchanged points, fetched from the merchant's drop and found whole.
    Fetched {
        /// Whose drop.
        site: &'static str,
        /// Name of the file.
        name: String,
        /// The data rows.
        rows: Vec<[String; 3]>,
        /// The rows as a file.
        bytes: Vec<u8>,
    },
    /// The result that is delivered for such a file.
    Result {
        /// Whose drop.
        site: &'static str,
        /// Name of the file.
        name: String,
    },
}
