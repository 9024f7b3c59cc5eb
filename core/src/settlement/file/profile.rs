//! Where the columns of a statement are, and what their values mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Characters of the file. A file that begins with the byte order mark of UTF-8 is UTF-8 whatever is said here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Shift_JIS as Windows has it.
    #[default]
    Cp932,
    /// UTF-8.
    Utf8,
}

/// What the first line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// Names of columns, in any order, more than are mapped.
    #[default]
    Named,
    /// The names of the mapped columns in the order of [`Columns`], and no others.
    Exact,
    /// Data already; columns are mapped by number.
    None,
}

/// How amounts of refunds are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amounts {
    /// Without a sign; the kind says which way the money went.
    #[default]
    Unsigned,
    /// Refunds with a minus sign in the amount, in its parts and in the commission that is given back. The kind
    /// column may then be missing.
    Signed,
}

/// One column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// By its number, from 1.
    Number(u16),
    /// By its name in the header.
    Name(String),
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

/// Where things stand. A column that the file does not have is left out; `processed_at`, `amount` and one of the ids
/// it must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// What kind of line it is; without it, all are movements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Column>,
    /// When the movement happened.
    pub processed_at: Column,
    /// The shop's id (購入ID).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_id: Option<Column>,
    /// The gateway's id (処理トラッキングID).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<Column>,
    /// The payment method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_method: Option<Column>,
    /// Sale or refund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Column>,
    /// Yen that moved.
    pub amount: Column,
    /// Yen of it that were paid in miles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub netmile_amount: Option<Column>,
    /// Yen of it that were paid by PayPal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paypal_amount: Option<Column>,
    /// Commission, or what of it is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Column>,
    /// What it adds to the payout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Column>,
    /// State of the payment at the close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Column>,
}

impl Columns {
    /// Mapped columns with their field names, in the order of the reference format.
    pub(super) fn mapped(&self) -> impl Iterator<Item = (&'static str, &Column)> {
        [
            ("record", self.record.as_ref()),
            ("processed_at", Some(&self.processed_at)),
            ("order_id", self.order_id.as_ref()),
            ("tracking_id", self.tracking_id.as_ref()),
            ("pay_method", self.pay_method.as_ref()),
            ("kind", self.kind.as_ref()),
            ("amount", Some(&self.amount)),
            ("netmile_amount", self.netmile_amount.as_ref()),
            ("paypal_amount", self.paypal_amount.as_ref()),
            ("fee", self.fee.as_ref()),
            ("net", self.net.as_ref()),
            ("status", self.status.as_ref()),
        ]
        .into_iter()
        .filter_map(|(field, column)| Some((field, column?)))
    }
}

/// What the values of the record column mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Records {
    /// One movement of money.
    pub detail: Vec<String>,
    /// A line about the payout.
    pub payout: Vec<String>,
    /// The last line, with sums.
    pub trailer: Vec<String>,
    /// Lines that are passed over.
    pub ignored: Vec<String>,
}

/// What the values of the kind column mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kinds {
    /// A sale (売上).
    pub sale: Vec<String>,
    /// A refund (返金), in full or in part.
    pub refund: Vec<String>,
    /// Of a payout line: carried in from the month before.
    pub carried_in: Vec<String>,
    /// Of a payout line: carried over to the next month (繰越).
    pub carried_over: Vec<String>,
    /// Of a payout line: paid (入金).
    pub payout: Vec<String>,
    /// Movements that are passed over, such as an authorisation.
    pub ignored: Vec<String>,
}

/// What the values of the status column mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Statuses {
    /// Paid.
    pub captured: Vec<String>,
    /// Refunded in part.
    pub partly_refunded: Vec<String>,
    /// Refunded in full.
    pub refunded: Vec<String>,
    /// Movements that are passed over, such as one that failed.
    pub ignored: Vec<String>,
}

/// Where the sums of the last line stand. A sum that the file does not have is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trailer {
    /// Number of movements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Column>,
    /// Sales less refunds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Column>,
    /// Commission less what of it is given back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Column>,
    /// What the movements add to the payout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net: Option<Column>,
}

impl Trailer {
    pub(super) fn mapped(&self) -> impl Iterator<Item = (&'static str, &Column)> {
        [
            ("trailer.count", &self.count),
            ("trailer.amount", &self.amount),
            ("trailer.fee", &self.fee),
            ("trailer.net", &self.net),
        ]
        .into_iter()
        .filter_map(|(field, column)| Some((field, column.as_ref()?)))
    }
}

/// How a statement is written.
///
/// ```
/// use netmile::settlement::file::Profile;
/// let profile: Profile = serde_json::from_str(r#"{
///     "encoding": "utf8",
///     "date_format": "YYYY/MM/DD hh:mm",
///     "amounts": "signed",
///     "thousands_separators": true,
///     "columns": {
///         "processed_at": "処理日時", "order_id": "購入ID", "tracking_id": "トラッキングID",
///         "pay_method": "決済手段", "amount": "金額"
///     },
///     "methods": { "ネットマイル": "netmile" }
/// }"#).unwrap();
/// profile.check()?;
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Characters; CP932.
    #[serde(default)]
    pub encoding: Encoding,
    /// What separates columns: comma, semicolon or tab; comma.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// What the first line is; names.
    #[serde(default)]
    pub header: Header,
    /// How dates are written, in Japanese time: `YYYY`, `MM`, `DD`, and if there is a time `hh`, `mm`, `ss`, each with
    /// all its digits, and any other characters between them.
    pub date_format: String,
    /// How amounts of refunds are written; without a sign.
    #[serde(default)]
    pub amounts: Amounts,
    /// Whether amounts may be written `1,234`; they may not.
    #[serde(default)]
    pub thousands_separators: bool,
    /// Where things stand.
    pub columns: Columns,
    /// What kinds of lines there are.
    #[serde(default)]
    pub records: Records,
    /// Which movements are sales, which refunds.
    #[serde(default)]
    pub kinds: Kinds,
    /// What states there are.
    #[serde(default)]
    pub statuses: Statuses,
    /// Names of payment methods in the file, and the `pay_method` tag of each. A name that is a tag needs no entry.
    #[serde(default)]
    pub methods: BTreeMap<String, String>,
    /// The sums of the last line. A file without them can not prove that a payment did not happen: it may have been
    /// cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trailer: Option<Trailer>,
}

const fn comma() -> char {
    ','
}

impl Profile {
    /// Our reference format (assumed): what the mock gateway writes.
    #[must_use]
    pub fn reference() -> Self {
        let column = |name: &str| Some(Column::from(name));
        let values = |name: &str| vec![name.to_owned()];
        Self {
            encoding: Encoding::Cp932,
            delimiter: ',',
            header: Header::Exact,
            date_format: "YYYYMMDDhhmmss".to_owned(),
            amounts: Amounts::Unsigned,
            thousands_separators: false,
            columns: Columns {
                record: column("record"),
                processed_at: Column::from("processed_at"),
                order_id: column("order_id"),
                tracking_id: column("tracking_id"),
                pay_method: column("pay_method"),
                kind: column("kind"),
                amount: Column::from("amount"),
                netmile_amount: column("netmile_amount"),
                paypal_amount: column("paypal_amount"),
                fee: column("fee"),
                net: column("net"),
                status: column("status"),
            },
            records: Records {
                detail: values("D"),
                payout: values("P"),
                trailer: values("T"),
                ignored: Vec::new(),
            },
            kinds: Kinds {
                sale: values("sale"),
                refund: values("refund"),
                carried_in: values("carried_in"),
                carried_over: values("carried_over"),
                payout: values("payout"),
                ignored: Vec::new(),
            },
            statuses: Statuses {
                captured: values("captured"),
                partly_refunded: values("partly_refunded"),
                refunded: values("refunded"),
                ignored: Vec::new(),
            },
            methods: BTreeMap::new(),
            trailer: Some(Trailer {
                count: column("order_id"),
                amount: column("amount"),
                fee: column("fee"),
                net: column("net"),
            }),
        }
    }
}
