//! What the book asks the rest of the mock, and what it tells it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Miles into (positive) or out of (negative) a member's balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Unix seconds.
    pub at: i64,
    /// NetMile member.
    pub user: String,
    /// Miles.
    pub miles: i64,
    /// Yen that the payment settles (positive) or gives back (negative).
    pub yen: i64,
    /// `payment`, `return`, `refund` or `return_taken_back`.
    pub kind: String,
    /// Purchase id.
    pub order_id: String,
    /// Transaction id.
    pub tracking_id: String,
}

/// A contract that was applied for on the link type's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkContract {
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Merchant's customer id.
    pub cust_code: String,
    /// Payment method by its link name, such as `netmile`.
    pub method: String,
    /// `1` simple, `2` fixed/metered.
    pub pay_type: String,
    /// Whether it runs.
    pub active: bool,
    /// Who ended it: `request` the merchant, others the gateway.
    pub ended_by: Option<String>,
    /// NetMile member who applied.
    pub member: Option<String>,
}

/// What a month of a contract applied for by link type was billed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledMonth {
    /// Purchase id of the application.
    pub order_id: String,
    /// Yen.
    pub yen: u64,
    /// Miles returned to the member for it.
    pub returned_miles: u64,
    /// Whether it was given back before.
    pub refunded: bool,
}

/// A payment that was made on the link type's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkPayment {
    /// Transaction id.
    pub tracking_id: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id.
    pub order_id: String,
    /// Payment method by its link name, such as `docomo`.
    pub method: String,
    /// Yen.
    pub amount: u64,
    /// Unix seconds.
    pub paid_at: i64,
    /// Whether it was given back.
    pub refunded: bool,
}

/// The rest of the world as the book sees it.
pub trait Outside {
    /// A member's balance in miles; `None` when there is no such member.
    fn balance(&self, user: &str) -> Option<u64>;

    /// A contract applied for by link type.
    fn link_contract(&self, tracking_id: &str) -> Option<LinkContract>;

    /// A payment made by link type, by its transaction id, or by its purchase id when that is
    /// empty. Wallets and carriers are started there and refunded by API.
    fn link_payment(&self, _tracking_id: &str, _order_id: &str) -> Option<LinkPayment> {
        None
    }

    /// Whether a purchase id was used by link type.
    fn order_used(&self, _merchant_id: &str, _service_id: &str, _order_id: &str) -> bool {
        false
    }

    /// What a simple contract applied for by link type was billed for a month (`YYYYMM`).
    fn billed_month(&self, _tracking_id: &str, _month: &str) -> Option<BilledMonth> {
        None
    }
}

/// Members and contracts in memory, for simulations and tests.
///
/// ```
/// use netmile_mock::api::{Outside, Posting, Purse};
/// let mut purse = Purse::default();
/// purse.open("taro", 400);
/// assert_eq!(purse.balance("taro"), Some(400));
/// assert_eq!(purse.balance("jiro"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purse {
    balances: BTreeMap<String, i64>,
    contracts: BTreeMap<String, LinkContract>,
    payments: Vec<LinkPayment>,
}

impl Purse {
    /// Opens a member's balance, or adds to it.
    pub fn open(&mut self, user: &str, miles: i64) {
        *self.balances.entry(user.to_owned()).or_default() += miles;
    }

    /// Notes a contract that was applied for by link type.
    pub fn apply_for(&mut self, tracking_id: &str, contract: LinkContract) {
        self.contracts.insert(tracking_id.to_owned(), contract);
    }

    /// Notes a payment that was made by link type.
    pub fn pay(&mut self, payment: LinkPayment) {
        self.payments.push(payment);
    }

    /// Carries out postings.
    pub fn post(&mut self, postings: &[Posting]) {
        for posting in postings {
            self.open(&posting.user, posting.miles);
        }
    }

    /// Ends a contract, as the book asks for.
    pub fn end(&mut self, tracking_id: &str, by: &str) {
        if let Some(contract) = self.contracts.get_mut(tracking_id) {
            contract.active = false;
            contract.ended_by = Some(by.to_owned());
        }
    }

    /// All balances in miles.
    #[must_use]
    pub fn balances(&self) -> &BTreeMap<String, i64> {
        &self.balances
    }
}

impl Outside for Purse {
    fn balance(&self, user: &str) -> Option<u64> {
        self.balances
            .get(user)
            .map(|miles| u64::try_from(*miles).unwrap_or(0))
    }

    fn link_contract(&self, tracking_id: &str) -> Option<LinkContract> {
        self.contracts.get(tracking_id).cloned()
    }

    fn link_payment(&self, tracking_id: &str, order_id: &str) -> Option<LinkPayment> {
        let fits = |p: &&LinkPayment| match tracking_id {
            "" => p.order_id == order_id,
            id => p.tracking_id == id,
        };
        self.payments.iter().find(fits).cloned()
    }
}

/// The outside with postings that are decided but not yet carried out.
pub(crate) struct Running<'a> {
    pub(crate) outside: &'a dyn Outside,
    pub(crate) moved: BTreeMap<String, i64>,
}

impl Running<'_> {
    pub(crate) fn post(&mut self, postings: &[Posting]) {
        for posting in postings {
            *self.moved.entry(posting.user.clone()).or_default() += posting.miles;
        }
    }
}

impl Outside for Running<'_> {
    fn balance(&self, user: &str) -> Option<u64> {
        let balance = i64::try_from(self.outside.balance(user)?).unwrap_or(i64::MAX);
        let moved = self.moved.get(user).copied().unwrap_or(0);
        Some(u64::try_from(balance.saturating_add(moved)).unwrap_or(0))
    }

    fn link_contract(&self, tracking_id: &str) -> Option<LinkContract> {
        self.outside.link_contract(tracking_id)
    }
}
