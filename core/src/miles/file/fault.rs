//! What is wrong with a file, cell by cell.

use super::rules::{MAX_MILE_DIGITS, MAX_UPLOAD_ROWS, UploadKind};
use crate::lang::Lang;
use crate::miles::DesignatedKey;
use crate::wire::csv::{CsvFault, CsvFaultKind};
use crate::wire::faults::{Faults, FileDefect, text_at};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileField {
    /// The first one: mail address or user id.
    User,
    /// 指定キー.
    DesignatedKey,
    /// マイル発行数, 交換マイル数.
    Miles,
    /// パスワード.
    Password,
    /// 氏名(氏).
    LastName,
    /// 氏名(名).
    FirstName,
    /// エラー, エラーコード.
    Code,
}

impl FileField {
    /// Stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::DesignatedKey => "designated_key",
            Self::Miles => "miles",
            Self::Password => "password",
            Self::LastName => "last_name",
            Self::FirstName => "first_name",
            Self::Code => "code",
        }
    }

    /// Name for people.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::User => lang.pick("mail address or user id", "メールアドレス・ユーザーID"),
            Self::DesignatedKey => lang.pick("designated key", "指定キー"),
            Self::Miles => lang.pick("miles", "マイル数"),
            Self::Password => lang.pick("password", "パスワード"),
            Self::LastName => lang.pick("last name", "氏名(氏)"),
            Self::FirstName => lang.pick("first name", "氏名(名)"),
            Self::Code => lang.pick("error code", "エラーコード"),
        }
    }
}

/// What is wrong. Says the rule, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileFaultKind {
    /// The bytes are no table from here on: nothing behind can be read.
    Csv(CsvFaultKind),
    /// There is no data row.
    Empty,
    /// The file is UTF-16: nothing of it can be read.
    Utf16,
    /// The file is UTF-8 without its byte order mark.
    UnmarkedUtf8,
    /// The first row has some names of the header, but not all.
    HeaderDiffers,
    /// More data rows than one upload may have; told once, on the first row too many.
    TooManyRows,
    /// Not as many columns as the format has.
    ColumnCount,
    /// A cell in quotation marks holds a line end: rows may be swallowed.
    SpansLines,
    /// All cells are blank.
    BlankRow,
    /// Blank where something must stand.
    Missing,
    /// Not in the characters of the file's encoding, or a control character.
    Characters,
    /// No mail address.
    MailForm,
    /// A mail address of more than 256 characters.
    MailTooLong,
    /// An address of a mobile carrier where others belong.
    CarrierMail,
    /// Another address where those of mobile carriers belong.
    NotCarrierMail,
    /// An address of a mobile carrier in point exchange, which has no method for those.
    CarrierExchange,
    /// No user id.
    UserIdForm,
    /// Neither a mail address nor a user id, in a column that takes both.
    UserForm,
    /// No designated key.
    KeyForm,
    /// A comma between thousands.
    MilesComma,
    /// Full-width digits.
    MilesFullWidth,
    /// No whole number.
    MilesForm,
    /// More than nine digits.
    MilesTooMany,
    /// Zero.
    MilesZero,
    /// Against the rule of the campaign.
    AgainstRule,
    /// No code of five digits.
    CodeForm,
    /// The last line has no line end: the file may have been cut.
    Unterminated,
}

impl FileFaultKind {
    /// The rule that was broken.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::Csv(kind) => return kind.text(lang),
            Self::Empty => ("the file has no data row", "データ行がありません"),
            Self::Utf16 => (
                "the file is UTF-16 (\"Unicode text\"); save it as CSV (comma delimited) or CSV UTF-8",
                "UTF-16（「Unicode テキスト」）のファイルです。「CSV (カンマ区切り)」または「CSV UTF-8」で保存してください",
            ),
            Self::UnmarkedUtf8 => (
                "the file is UTF-8 without a byte order mark; save it as CSV UTF-8 (with the mark) or as CSV (comma delimited)",
                "BOM のない UTF-8 のファイルです。「CSV UTF-8」（BOM 付き）または「CSV (カンマ区切り)」で保存してください",
            ),
            Self::HeaderDiffers => (
                "the header row must have the names of this format in their order, or be left out",
                "見出し行は、この形式の項目名を順番どおりに記載するか、省略してください",
            ),
            Self::TooManyRows => (
                "one upload has at most 10,000 rows",
                "1 回にアップロードできるのは 10,000 件までです",
            ),
            Self::ColumnCount => (
                "the row has another number of columns than the format",
                "列数がこの形式と異なります",
            ),
            Self::SpansLines => (
                "a quotation mark is opened and closed on another line; rows in between would be lost",
                "引用符（\"）が別の行で閉じられています。間の行が失われるおそれがあります",
            ),
            Self::BlankRow => (
                "the row is blank; delete it",
                "空の行です。行を削除してください",
            ),
            Self::Missing => ("must not be blank", "値がありません"),
            Self::Characters => (
                "has characters that the file's encoding does not allow, or control characters",
                "文字コードの誤り、または使用できない制御文字があります",
            ),
            Self::MailForm => (
                "must be a mail address in half-width characters",
                "半角のメールアドレスでなければなりません",
            ),
            Self::MailTooLong => (
                "must have at most 256 characters",
                "256 文字以内でなければなりません",
            ),
            Self::CarrierMail => (
                "is the address of a mobile phone; issue to it with the mobile method",
                "携帯電話のメールアドレスです。「携帯メールアドレスで発行する」で発行してください",
            ),
            Self::NotCarrierMail => (
                "is not the address of a mobile phone; issue to it with the mail method",
                "携帯電話のメールアドレスではありません。「メールアドレスで発行する」で発行してください",
            ),
            Self::CarrierExchange => (
                "is the address of a mobile phone; points are exchanged by PC mail address or user id",
                "携帯電話のメールアドレスです。ポイント交換には PC のメールアドレスまたはユーザーID を使用してください",
            ),
            Self::UserIdForm => (
                "must be 1 to 32 half-width letters, digits, '_' and '-'",
                "32 文字以内の半角英数字と「_」「-」でなければなりません",
            ),
            Self::UserForm => (
                "must be a mail address, or a user id of half-width letters, digits, '_' and '-'",
                "メールアドレス、または半角英数字と「_」「-」のユーザーID でなければなりません",
            ),
            Self::KeyForm => (
                "must be 1 to 255 half-width letters and digits",
                "255 文字以内の半角英数字でなければなりません",
            ),
            Self::MilesComma => (
                "must not have a comma: 1000, not 1,000",
                "「,」（カンマ）は使用できません（1000 は可、1,000 は不可）",
            ),
            Self::MilesFullWidth => (
                "must be half-width digits",
                "全角ではなく半角数字で記入してください",
            ),
            Self::MilesForm => (
                "must be digits only, without sign, point or unit",
                "数字だけで記入してください（符号、小数点、単位は使用できません）",
            ),
            Self::MilesTooMany => ("must have at most 9 digits", "9 桁以内でなければなりません"),
            Self::MilesZero => ("must be above zero", "1 以上でなければなりません"),
            Self::AgainstRule => (
                "does not follow the issue rule of the campaign",
                "キャンペーンのマイル発行ルールに合っていません",
            ),
            Self::CodeForm => (
                "must be a code of 5 digits",
                "5 桁のコードでなければなりません",
            ),
            Self::Unterminated => (
                "the last line does not end: the file may have been cut",
                "最終行に改行がありません。ファイルが途切れている可能性があります",
            ),
        };
        lang.pick(en, ja)
    }

    /// The code with which NetMile would refuse the row, as far as one is known (table of manual issuing).
    #[must_use]
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::MailForm
            | Self::MailTooLong
            | Self::CarrierMail
            | Self::NotCarrierMail
            | Self::CarrierExchange => Some("19013"),
            // Any text may be a user id; one of another form is nobody's.
            Self::UserIdForm | Self::UserForm => Some("41053"),
            Self::KeyForm => Some("19014"),
            Self::MilesComma
            | Self::MilesFullWidth
            | Self::MilesForm
            | Self::MilesTooMany
            | Self::MilesZero => Some("19015"),
            Self::AgainstRule => Some("12006"),
            _ => None,
        }
    }
}

// The limits are written out in the texts.
const _: () =
    assert!(MAX_UPLOAD_ROWS == 10_000 && MAX_MILE_DIGITS == 9 && DesignatedKey::MAX_LEN == 255);

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileFault {
    /// Line, from 1; of the end of the file its last line.
    pub line: u64,
    /// Column, from 1, if it is about one.
    pub column: Option<u16>,
    /// Field, if it is about one.
    pub field: Option<FileField>,
    /// What is wrong.
    pub kind: FileFaultKind,
}

impl FileFault {
    pub(super) const fn row(line: u64, kind: FileFaultKind) -> Self {
        Self {
            line,
            column: None,
            field: None,
            kind,
        }
    }

    /// The code with which NetMile would refuse the row, as [`FileFaultKind::code`]; of a blank cell that of its column.
    #[must_use]
    pub const fn code(&self, kind: UploadKind) -> Option<&'static str> {
        match (self.kind, self.field) {
            (FileFaultKind::Missing, Some(FileField::User)) => wrong_user(kind).code(),
            (FileFaultKind::Missing, Some(FileField::DesignatedKey)) => {
                FileFaultKind::KeyForm.code()
            }
            (FileFaultKind::Missing, Some(FileField::Miles)) => FileFaultKind::MilesForm.code(),
            _ => self.kind.code(),
        }
    }

    /// Place and rule, for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let field = self.field.map(|field| field.label(lang));
        let place = (self.line, self.column);
        text_at(lang, place, field, self.kind.text(lang))
    }
}

impl FileDefect for FileFault {
    const FILE: &'static str = "file";

    fn text(&self, lang: Lang) -> String {
        Self::text(self, lang)
    }
}

impl From<CsvFault> for FileFault {
    fn from(fault: CsvFault) -> Self {
        Self::row(fault.line, FileFaultKind::Csv(fault.kind))
    }
}

/// All that is wrong with a file of miles, as far as it is kept.
pub type FileFaults = Faults<FileFault>;

/// The kind of fault of a first column that is no address or id of its kind.
pub(super) const fn wrong_user(kind: UploadKind) -> FileFaultKind {
    match kind {
        UploadKind::Mail | UploadKind::MobileMail => FileFaultKind::MailForm,
        UploadKind::UserId => FileFaultKind::UserIdForm,
        UploadKind::Exchange => FileFaultKind::UserForm,
    }
}
