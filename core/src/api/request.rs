//! What a shop asks to be charged.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contract::Terminal;
use crate::link::DetailRow;
use crate::money::Yen;
use crate::secret::SecretText;

/// A purchase to be charged server to server.
///
/// ```
/// use netmile::api::{ChargeRequest, Means};
/// use netmile::Yen;
/// let request = ChargeRequest::new("ORDER-0001", "netmile", Yen::new(300), Means::member("taro"))
///     .customer("CUST0001")
///     .item("ITEM1", "ネットマイルのしおり");
/// assert_eq!(request.amount(), Yen::new(300));
/// ```
///
/// Source: docs/protocol/api-type.md#fields
#[derive(Clone, Serialize, Deserialize)]
pub struct ChargeRequest {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) terminal: Terminal,
    pub(crate) cust_code: String,
    pub(crate) item_id: String,
    pub(crate) item_name: String,
    pub(crate) amount: Yen,
    pub(crate) tax: Option<Yen>,
    pub(crate) free: [String; 3],
    pub(crate) rows: Vec<DetailRow>,
    pub(crate) means: Means,
    pub(crate) return_customer_info: bool,
    #[serde(default)]
    pub(crate) camp_type: Option<u8>,
}

/// By what means the customer pays.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Means {
    /// A card, by the one-time token that the browser got from the gateway. The SDK never sees a card number. The
    /// token is not kept in the journal.
    Token(CardToken),
    /// The card that is stored for this `cust_code`.
    StoredCustomer(CardOptions),
    /// A member of a point service, by id.
    Member(String),
    /// A slip for the convenience store.
    Slip(Box<SlipRequest>),
    /// Leaves of `pay_method_info` of a method that the merchant added: name, value, multi-byte or not.
    Fields(Vec<MethodField>),
    /// The contract that was applied for before.
    Contract,
}

/// A leaf of `pay_method_info`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodField {
    /// Tag.
    pub name: String,
    /// Value.
    pub value: String,
    /// Whether it may hold multi-byte characters.
    pub multi_byte: bool,
}

/// How a card is charged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardOptions {
    /// `dealings_type` (取引区分): 10 once, 21 bonus, 61 instalments, 80 revolving.
    pub dealings_type: Option<String>,
    /// `divide_times` (分割回数) of instalments.
    pub divide_times: Option<u16>,
    /// Store the card for this `cust_code`.
    pub store: bool,
}

/// A one-time token of a card.
#[derive(Clone, Serialize, Deserialize)]
pub struct CardToken {
    #[serde(skip)]
    pub(crate) token: Option<(SecretText, SecretText)>,
    pub(crate) options: CardOptions,
}

/// What a slip needs (Webコンビニ).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRequest {
    /// Which chain.
    pub store: Store,
    /// Family name, at most 20 bytes of Shift_JIS.
    pub last_name: String,
    /// First name, at most 20 bytes.
    pub first_name: String,
    /// Family name in full-width katakana; may be empty.
    pub last_name_kana: String,
    /// First name in full-width katakana; may be empty.
    pub first_name_kana: String,
    /// Postal code, 7 digits.
    pub zip: String,
    /// Prefecture, at most 50 bytes.
    pub prefecture: String,
    /// Town and street, at most 50 bytes.
    pub address: String,
    /// Building, at most 100 bytes; may be empty.
    pub building: String,
    /// Telephone, 9 to 11 digits without hyphens.
    pub tel: String,
    /// Mail address.
    pub mail: String,
    /// Last day on which it can be paid, `YYYYMMDD`; the gateway's default if `None`. From tomorrow to the 59th day.
    pub pay_by: Option<String>,
}

/// Convenience stores (`webcvstype`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Store {
    /// 7-Eleven, 001.
    SevenEleven,
    /// Lawson, 002.
    Lawson,
    /// Ministop, 005.
    Ministop,
    /// FamilyMart, 016.
    FamilyMart,
    /// Seicomart, 018.
    Seicomart,
}

impl Store {
    /// `webcvstype` on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::SevenEleven => "001",
            Self::Lawson => "002",
            Self::Ministop => "005",
            Self::FamilyMart => "016",
            Self::Seicomart => "018",
        }
    }
}

impl Means {
    /// A card by its one-time token and the token's key, charged once.
    #[must_use]
    pub fn token(token: impl Into<String>, key: impl Into<String>) -> Self {
        Self::Token(CardToken {
            token: Some((SecretText::new(token), SecretText::new(key))),
            options: CardOptions::default(),
        })
    }

    /// The same with other terms of the card; anything but a card stays as it is.
    #[must_use]
    pub fn with_card_options(self, options: CardOptions) -> Self {
        match self {
            Self::Token(CardToken { token, .. }) => Self::Token(CardToken { token, options }),
            Self::StoredCustomer(_) => Self::StoredCustomer(options),
            other => other,
        }
    }

    /// A member of a point service.
    #[must_use]
    pub fn member(id: impl Into<String>) -> Self {
        Self::Member(id.into())
    }

    /// Whether both ask for the same, apart from tokens, which differ each time.
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Token(a), Self::Token(b)) => a.options == b.options,
            (Self::StoredCustomer(a), Self::StoredCustomer(b)) => a == b,
            (Self::Member(a), Self::Member(b)) => a == b,
            (Self::Slip(a), Self::Slip(b)) => a == b,
            (Self::Fields(a), Self::Fields(b)) => a == b,
            (Self::Contract, Self::Contract) => true,
            _ => false,
        }
    }
}

impl ChargeRequest {
    /// A charge under an id of the shop's own: the `order_id`, 1 to 38 of `[0-9A-Za-z_-]`, never used twice.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        method: impl Into<String>,
        amount: Yen,
        means: Means,
    ) -> Self {
        Self {
            id: id.into(),
            method: method.into(),
            terminal: Terminal::Pc,
            cust_code: String::new(),
            item_id: String::new(),
            item_name: String::new(),
            amount,
            tax: None,
            free: Default::default(),
            rows: Vec::new(),
            means,
            return_customer_info: false,
            camp_type: None,
        }
    }

    /// The shop's id of the customer (`cust_code`), 1 to 64 single-byte characters.
    #[must_use]
    pub fn customer(mut self, cust_code: impl Into<String>) -> Self {
        self.cust_code = cust_code.into();
        self
    }

    /// What is bought: an id of 1 to 32 characters, a name of at most 40 bytes of Shift_JIS.
    #[must_use]
    pub fn item(mut self, id: impl Into<String>, name: impl Into<String>) -> Self {
        self.item_id = id.into();
        self.item_name = name.into();
        self
    }

    /// What the customer holds; decides whether the contract offers it. Default: a PC.
    #[must_use]
    pub fn terminal(mut self, terminal: Terminal) -> Self {
        self.terminal = terminal;
        self
    }

    /// The tax in the amount, in yen.
    #[must_use]
    pub fn tax(mut self, tax: Yen) -> Self {
        self.tax = Some(tax);
        self
    }

    /// Free texts, each at most 20 bytes of Shift_JIS.
    #[must_use]
    pub fn free(mut self, texts: [String; 3]) -> Self {
        self.free = texts;
        self
    }

    /// Adds a detail row (明細).
    #[must_use]
    pub fn row(mut self, row: DetailRow) -> Self {
        self.rows.push(row);
        self
    }

    /// Asks for the gateway's numbers of customer and payment.
    #[must_use]
    pub fn return_customer_info(mut self) -> Self {
        self.return_customer_info = true;
        self
    }

    /// `camp_type` (キャンペーンタイプ), one digit, of an application for a simple recurring contract: 1 for a first month
    /// that is free, 0 or nothing for one that is billed at once
    /// ([`FirstPeriod`](crate::schedule::FirstPeriod::camp_type)). For members and methods of the merchant's own: of
    /// cards no such field is known, and with one the application is refused.
    #[must_use]
    pub fn camp_type(mut self, digit: u8) -> Self {
        self.camp_type = Some(digit);
        self
    }

    /// The shop's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Tag of the method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Yen.
    #[must_use]
    pub fn amount(&self) -> Yen {
        self.amount
    }

    /// Whether both ask for the same charge. A one-time token differs each time and is not compared.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.id == other.id
            && self.method == other.method
            && self.terminal == other.terminal
            && self.cust_code == other.cust_code
            && self.item_id == other.item_id
            && self.item_name == other.item_name
            && self.amount == other.amount
            && self.tax == other.tax
            && self.free == other.free
            && self.rows == other.rows
            && self.camp_type == other.camp_type
            && self.means.same(&other.means)
    }
}

impl fmt::Debug for ChargeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChargeRequest")
            .field("id", &self.id)
            .field("method", &self.method)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}
