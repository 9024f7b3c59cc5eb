//! Registrations of issues (発行登録): what became of them, and their lists.

use encoding_rs::SHIFT_JIS;

use super::IssueSettings;
use super::by_hand::is_code;
use super::issue::{MAX_ID, found, read_id};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::operation::{HttpResponse, Keyed, Read};
use crate::reference::{Day, Draft, Found, Function, Object, check_id, check_tran_id};
use crate::time::Timestamp;

/// Longest name that is read, in characters.
const MAX_NAME: usize = 1000;

/// Most registrations of one page.
const MAX_PAGE: usize = 1000;

/// Most different codes of one registration.
const MAX_CODES: usize = 100;

/// How a registration came in (発行種別).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistrationKind {
    /// By file (CSV発行).
    Csv,
    /// By hand (10件ずつ).
    ByHand,
}

impl RegistrationKind {
    /// The name on the wire and in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::ByHand => "by_hand",
        }
    }
}

/// How far a registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistrationState {
    /// Received.
    Accepted,
    /// Being processed.
    Processing,
    /// Done.
    Finished,
}

impl RegistrationState {
    /// The name on the wire and in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Processing => "processing",
            Self::Finished => "finished",
        }
    }

    /// Reads the field `state`.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn read(object: &Object<'_>) -> Result<Self> {
        match object.text("state", 20)? {
            "accepted" => Ok(Self::Accepted),
            "processing" => Ok(Self::Processing),
            "finished" => Ok(Self::Finished),
            _ => Err(object.malformed("state", "must be accepted, processing or finished")),
        }
    }
}

/// Whether the lists of a registration can be downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lists {
    /// There are none.
    None,
    /// They can.
    Available,
    /// They were deleted for good.
    Deleted,
}

/// How often one code came up (エラー内訳).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeCount {
    /// Code of the manual table.
    pub code: String,
    /// Rows.
    pub count: u64,
}

/// A registration (発行登録).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Its id (発行登録ID).
    pub registration_id: String,
    /// How it came in (発行種別).
    pub kind: RegistrationKind,
    /// The campaign.
    pub campaign_id: String,
    /// Its name (キャンペーン名).
    pub campaign_name: String,
    /// Who is named (マイル発行方法): `mail`, `mobile_mail` or `user_id`.
    pub method: String,
    /// The file's name (登録ファイル).
    pub file_name: Option<String>,
    /// The batch it belongs to.
    pub batch_id: Option<String>,
    /// Number of its first row within the batch.
    pub first_row: Option<u64>,
    /// When it came in (処理受付時刻).
    pub accepted_at: Timestamp,
    /// When it was done (処理終了時刻).
    pub finished_at: Option<Timestamp>,
    /// How far it is.
    pub state: RegistrationState,
    /// Rows (処理レコード数).
    pub records: u64,
    /// Rows that were refused (エラーレコード数).
    pub errors: u64,
    /// Miles of the rows that were issued.
    pub miles_issued: Miles,
    /// Miles of the rows that were refused.
    pub miles_refused: Miles,
    /// Refused rows by code (エラー内訳).
    pub breakdown: Vec<CodeCount>,
    /// What was set for all of its rows: マイル振込設定, マイル振込完了メール, 差込文, 会員登録 and パスワード自動生成.
    pub settings: IssueSettings,
    /// Whether its lists can be downloaded.
    pub lists: Lists,
}

impl Registration {
    /// Reads one.
    ///
    /// # Errors
    /// `missing_field`, `malformed`, `too_large`.
    pub fn read(object: &Object<'_>) -> Result<Self> {
        let kind = match object.text("kind", 20)? {
            "csv" => RegistrationKind::Csv,
            "by_hand" => RegistrationKind::ByHand,
            _ => return Err(object.malformed("kind", "must be csv or by_hand")),
        };
        let lists = match object.text("lists", 20)? {
            "none" => Lists::None,
            "available" => Lists::Available,
            "deleted" => Lists::Deleted,
            _ => return Err(object.malformed("lists", "must be none, available or deleted")),
        };
        let method = object.text("method", 20)?;
        if !matches!(method, "mail" | "mobile_mail" | "user_id") {
            return Err(object.malformed("method", "must be mail, mobile_mail or user_id"));
        }
        let (records, errors) = (object.number("records")?, object.number("errors")?);
        if errors > records {
            return Err(object.malformed("errors", "must not be more than records"));
        }
        let name = |name| object.optional_text(name, MAX_NAME);
        Ok(Self {
            registration_id: read_id(object, "registration_id")?,
            kind,
            campaign_id: read_id(object, "campaign_id")?,
            campaign_name: object.text("campaign_name", MAX_NAME)?.to_owned(),
            method: method.to_owned(),
            file_name: name("file_name")?.map(str::to_owned),
            batch_id: name("batch_id")?.map(str::to_owned),
            first_row: object.optional_number("first_row")?,
            accepted_at: object.instant("accepted_at")?,
            finished_at: object.optional_instant("finished_at")?,
            state: RegistrationState::read(object)?,
            records,
            errors,
            miles_issued: object.miles("miles_issued")?,
            miles_refused: object.miles("miles_refused")?,
            breakdown: breakdown(object)?,
            settings: IssueSettings::read(object)?,
            lists,
        })
    }
}

fn breakdown(object: &Object<'_>) -> Result<Vec<CodeCount>> {
    let counts = object.objects("breakdown", MAX_CODES)?;
    let one = |count: &Object<'_>| {
        let code = count.text("code", 20)?;
        if !is_code(code) {
            return Err(count.malformed("code", "must be five digits"));
        }
        Ok(CodeCount {
            code: code.to_owned(),
            count: count.number("count")?,
        })
    };
    counts.iter().map(one).collect()
}

/// Asks about one registration.
pub struct GetRegistration(pub String);

impl Function for GetRegistration {
    const KIND: &'static str = "miles.registration";
    type Answer = Registration;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        check_id("registration_id", &self.0, MAX_ID)?;
        Ok(Draft::get(&["registrations", &self.0]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Registration> {
        answer.require("registration_id", &self.0)?;
        Registration::read(answer)
    }
}

/// The `tran_id` of the upload of a batch whose first row is this one.
pub(crate) fn tran_id(batch_id: &str, first_row: u64) -> String {
    format!("{batch_id}:{first_row}")
}

/// Asks for the registration of a file by its `tran_id`.
pub struct FindRegistration(pub String);

impl Function for FindRegistration {
    const KIND: &'static str = "miles.find_registration";
    type Answer = Found<Registration>;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        check_tran_id(&self.0)?;
        Ok(Draft::get(&["registrations"])
            .with("tran_id", &self.0)
            .with("kind", RegistrationKind::Csv.name()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Found<Registration>> {
        found(answer, &self.0, "registration", |registration| {
            registration.require("kind", RegistrationKind::Csv.name())?;
            let is = Registration::read(registration)?;
            let named = is.batch_id.as_deref().zip(is.first_row);
            if named.is_none_or(|(batch, row)| tran_id(batch, row) != self.0) {
                return Err(Error::field(
                    ErrorKind::Mismatch,
                    "registration.batch_id",
                    "and first_row are not those of the upload that was asked about",
                ));
            }
            Ok(Found::Done(is))
        })
    }
}

/// What to search registrations by. Conditions are joined by "and"; without one all of the past 3 months fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistrationSearch {
    /// Of this campaign.
    pub campaign_id: Option<String>,
    /// With this id (発行登録ID).
    pub registration_id: Option<String>,
    /// Of this kind (発行種別).
    pub kind: Option<RegistrationKind>,
    /// Received on this day or later (処理受付日).
    pub from: Option<Day>,
    /// Received on this day or earlier.
    pub to: Option<Day>,
    /// Page, from 1; 0 stands for the first.
    pub page: u32,
}

/// One page of what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// How many there are on all pages.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
    /// What stands on it.
    pub items: Vec<T>,
}

impl<T> Page<T> {
    pub(crate) fn read(
        answer: &Object<'_>,
        name: &str,
        read: impl Fn(&Object<'_>) -> Result<T>,
    ) -> Result<Self> {
        let items = answer.objects(name, MAX_PAGE)?;
        Ok(Self {
            total: answer.number("total")?,
            page: answer.number("page")?,
            pages: answer.number("pages")?,
            items: items.iter().map(read).collect::<Result<_>>()?,
        })
    }
}

/// Searches registrations.
pub struct SearchRegistrations(pub RegistrationSearch);

impl Function for SearchRegistrations {
    const KIND: &'static str = "miles.search_registrations";
    type Answer = Page<Registration>;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        let search = &self.0;
        for (field, id) in [
            ("campaign_id", &search.campaign_id),
            ("registration_id", &search.registration_id),
        ] {
            id.as_deref()
                .map_or(Ok(()), |id| check_id(field, id, MAX_ID))?;
        }
        in_order("from", search.from.as_ref(), search.to.as_ref())?;
        Ok(Draft::get(&["registrations"])
            .with_some("campaign_id", search.campaign_id.as_deref())
            .with_some("registration_id", search.registration_id.as_deref())
            .with_some("kind", search.kind.map(RegistrationKind::name))
            .with_some("from", search.from)
            .with_some("to", search.to)
            .with("page", &search.page.max(1).to_string()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Page<Registration>> {
        Page::read(answer, "registrations", Registration::read)
    }
}

/// Checks that a range does not end before it begins.
pub(crate) fn in_order<T: PartialOrd>(
    field: &'static str,
    from: Option<&T>,
    to: Option<&T>,
) -> Result<()> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(Error::field(
            ErrorKind::InvalidValue,
            field,
            "must not be after the end of the range",
        )),
        _ => Ok(()),
    }
}

/// Which list of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// What was issued (登録完了リスト).
    Completed,
    /// What was refused, with its code (エラーリスト). Of files only.
    Errors,
}

/// Downloads a list: CSV in CP932 with its header row, as NetMile writes it.
pub struct GetList {
    /// The registration.
    pub registration_id: String,
    /// Which list.
    pub kind: ListKind,
}

impl Function for GetList {
    const KIND: &'static str = "miles.list";
    type Answer = Vec<u8>;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        check_id("registration_id", &self.registration_id, MAX_ID)?;
        let kind = match self.kind {
            ListKind::Completed => "completed",
            ListKind::Errors => "errors",
        };
        Ok(Draft::get(&["registrations", &self.registration_id, kind]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Vec<u8>> {
        Err(answer.malformed("result", "must be a list"))
    }

    fn read_bytes(&self, answer: &HttpResponse) -> Result<Vec<u8>> {
        let (header, ..) = SHIFT_JIS.encode("メールアドレス・ユーザーID");
        let unquoted = answer.body.strip_prefix(b"\"").unwrap_or(&answer.body);
        // What an intermediary says instead has no such first column.
        if unquoted.starts_with(&header) {
            return Ok(answer.body.clone());
        }
        Err(Error::new(
            ErrorKind::Malformed,
            "the list does not begin with its header row",
        ))
    }
}

/// Deletes both lists of a registration for good. A repeat is fine.
pub struct DeleteLists(pub String);

impl Function for DeleteLists {
    const KIND: &'static str = "miles.delete_lists";
    type Answer = ();
    type Effect = Keyed;

    fn draft(&self) -> Result<Draft> {
        check_id("registration_id", &self.0, MAX_ID)?;
        Ok(Draft::delete(&["registrations", &self.0, "lists"]))
    }

    fn read(&self, _: &Object<'_>) -> Result<()> {
        Ok(())
    }
}
