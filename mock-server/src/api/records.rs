//! What the book remembers. Every kind of record can be written down and read back on its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::terms::Flow;

/// A value that is kept but never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[hidden]")
    }
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// A slip that nobody has paid in full.
    Requested,
    /// The amount is reserved.
    Authorised,
    /// The amount is the merchant's.
    Captured,
    /// The reservation was given up.
    Voided,
    /// Part was given back.
    PartlyRefunded,
    /// All was given back.
    Refunded,
    /// A slip whose day passed, or that was cancelled before it was paid.
    Closed,
}

/// A payment of the API type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApiPayment {
    /// Transaction id, 14 digits.
    pub tracking_id: String,
    /// Id of the exchange that made it, 32 characters.
    pub sps_transaction_id: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Method's number.
    pub method: String,
    /// What the method can do.
    pub flow: Flow,
    /// Purchase id.
    pub order_id: String,
    /// Merchant's customer id.
    #[schema(value_type = String)]
    pub cust_code: Hidden,
    /// Amount asked for in yen.
    pub amount: u64,
    /// State.
    pub state: PaymentState,
    /// A card payment the merchant has committed; others always.
    pub committed: bool,
    /// Yen captured.
    pub captured: u64,
    /// Yen given back.
    pub refunded: u64,
    /// NetMile member.
    pub user: Option<String>,
    /// Miles that came back to the member for it, and are still there.
    pub returned_miles: u64,
    /// Transaction id of the contract of which it is a period.
    pub contract: Option<String>,
    /// What is shown of the card.
    pub card: Option<CardShown>,
    /// The slip.
    pub slip: Option<Slip>,
    /// Unix seconds.
    pub at: i64,
    /// Unix seconds of the capture.
    pub captured_at: Option<i64>,
}

/// What is kept of a card: never its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CardShown {
    /// Last four digits.
    pub last4: String,
    /// `YYYYMM`.
    pub expiration: String,
    /// `V`, `M`, `J`, `A`, `D` or `X`.
    pub brand: String,
    /// `dealings_type` of the request.
    pub dealings_type: String,
    /// `divide_times` of the request.
    pub divide_times: String,
}

/// A payment slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Slip {
    /// Store code; empty for Pay-easy.
    pub store: String,
    /// Last day to pay, `YYYYMMDD`.
    pub bill_date: String,
    /// Where the customer is told.
    #[schema(value_type = String)]
    pub mail: Hidden,
    /// Yen reported as paid but not confirmed.
    pub preliminary: u64,
    /// Yen confirmed.
    pub confirmed: u64,
}

/// A recurring contract applied for by API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApiContract {
    /// Transaction id of the application.
    pub tracking_id: String,
    /// Id of the exchange that made it.
    pub sps_transaction_id: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Method's number.
    pub method: String,
    /// Purchase id of the application.
    pub order_id: String,
    /// Merchant's customer id.
    #[schema(value_type = String)]
    pub cust_code: Hidden,
    /// Yen a month.
    pub amount: u64,
    /// NetMile member.
    pub user: Option<String>,
    /// What is shown of the card.
    pub card: Option<CardShown>,
    /// Billing runs; a card contract waits for its commit.
    pub committed: bool,
    /// Unix seconds of the application.
    pub started_at: i64,
    /// Unix seconds of the end.
    pub ended_at: Option<i64>,
    /// `request` or `short`.
    pub ended_by: Option<String>,
    /// Instant of the next bill.
    pub next_at: i64,
    /// Months in a row that the miles did not suffice.
    pub short_months: u32,
    /// What happened in each month, by `YYYYMM`.
    pub months: BTreeMap<String, Month>,
}

/// One month of a simple contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Month {
    /// Unix seconds.
    pub at: i64,
    /// Yen billed; 0 when the miles did not suffice.
    pub billed: u64,
    /// Miles that came back for it.
    pub returned_miles: u64,
    /// Unix seconds of the refund.
    pub refunded_at: Option<i64>,
}

/// What the book knows of a contract applied for by link type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkState {
    /// Transaction id of the application.
    pub tracking_id: String,
    /// Months in a row that the miles did not suffice.
    pub short_months: u32,
    /// The last of them, `YYYYMM`.
    pub short_month: String,
    /// `request` or `short`, once ended by API.
    pub ended_by: Option<String>,
    /// Months given back by API.
    pub refunded: Vec<String>,
}

/// Stored card data of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCard {
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Merchant's customer id.
    pub cust_code: Hidden,
    /// 12 digits.
    pub cust_no: String,
    /// 3 digits.
    pub payment_no: String,
    /// What is shown of the card.
    pub card: CardShown,
    /// Free texts of the request.
    pub reserved: [Hidden; 3],
}

/// Failed tries of a purchase id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTries {
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id.
    pub order_id: String,
    /// How many.
    pub failed: u32,
}

/// What a movement of money was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// To the merchant.
    Captured,
    /// Back to the customer.
    Refunded,
}

/// One movement of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Movement {
    /// Number, from 1.
    pub id: u64,
    /// Unix seconds.
    pub at: i64,
    /// What it was.
    pub kind: MovementKind,
    /// Yen, positive both ways.
    pub yen: u64,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Method's number.
    pub method: String,
    /// Method's name in the link type.
    pub tag: String,
    /// Purchase id.
    pub order_id: String,
    /// Transaction id of the payment or contract.
    pub tracking_id: String,
    /// Month of a simple contract, `YYYYMM`; empty otherwise.
    pub month: String,
}

/// A notice to a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApiNotice {
    /// Number, from 1.
    pub id: u64,
    /// `NT01-00103-mmm` or `NT01-00104-mmm`.
    pub function: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Id of the exchange that made the slip.
    pub sps_transaction_id: String,
    /// Transaction id.
    pub tracking_id: String,
    /// Purchase id; sent where the contract says so.
    pub order_id: String,
    /// Unix seconds of the deposit or expiry.
    pub happened_at: i64,
    /// 1 preliminary, 2 preliminary cancelled, 3 confirmed, 4 confirmed cancelled; 0 for expiry.
    pub rec_type: u8,
    /// Yen of this deposit.
    pub rec_amount: u64,
    /// Yen of all deposits so far.
    pub rec_amount_total: u64,
    /// Customer's mail address.
    #[schema(value_type = String)]
    pub mail: Hidden,
    /// How often it was sent.
    pub tries: u32,
    /// When it is sent again, in Unix seconds; absent when it is not.
    pub next_at: Option<i64>,
    /// Whether the merchant said OK.
    pub accepted: bool,
}

/// Where a merchant's notices go when that was set while the mock runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeUrl {
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Address.
    pub url: String,
}

/// The numbers given so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Exchanges.
    pub transactions: u64,
    /// Transaction ids (tracking).
    pub tracking: u64,
    /// Customers.
    pub customers: u64,
    /// Notices.
    pub notices: u64,
}

/// One thing that is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is documented where its content is")]
pub enum Record {
    Payment(ApiPayment),
    Contract(ApiContract),
    Link(LinkState),
    Customer(StoredCard),
    Token(String),
    Tries(OrderTries),
    Movement(Movement),
    Notice(ApiNotice),
    NoticeUrl(NoticeUrl),
    Counters(Counters),
}

/// Where a record is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Payment(String),
    Contract(String),
    Link(String),
    Customer(CustomerKey),
    Token(String),
    Tries(OrderKey),
    Movement(u64),
    Notice(u64),
    NoticeUrl(String, String),
    Counters,
}

/// Merchant, service, purchase id.
pub(crate) type OrderKey = (String, String, String);
/// Merchant, service, customer id.
pub(crate) type CustomerKey = (String, String, String);

impl Key {
    /// Name of the row.
    pub(crate) fn name(&self) -> String {
        let three =
            |kind: &str, (a, b, c): &(String, String, String)| format!("{kind}:{a}/{b}/{c}");
        match self {
            Self::Payment(id) => format!("payment:{id}"),
            Self::Contract(id) => format!("contract:{id}"),
            Self::Link(id) => format!("link:{id}"),
            Self::Customer(key) => three("customer", key),
            Self::Token(token) => format!("token:{token}"),
            Self::Tries(key) => three("tries", key),
            Self::Movement(id) => format!("movement:{id:012}"),
            Self::Notice(id) => format!("notice:{id:012}"),
            Self::NoticeUrl(merchant, service) => format!("notice_url:{merchant}/{service}"),
            Self::Counters => "counters".to_owned(),
        }
    }
}
