//! The start page: what this is and how to go on.

use maud::html;

use super::layout::{Frame, document};

/// A merchant of the scenario.
#[derive(Clone, Default)]
pub struct StartMerchant {
    /// Name in the page's language.
    pub name: String,
    /// Merchant id.
    pub merchant_id: String,
    /// Service id.
    pub service_id: String,
    /// The scenario's hash key, if it is to be shown (never a real one).
    pub hash_key: Option<String>,
    /// The scenario's management password, if it is to be shown.
    pub management_password: Option<String>,
    /// Tags of the methods in its contract.
    pub methods: Vec<String>,
}

/// A member of the scenario.
#[derive(Clone, Default)]
pub struct StartMember {
    /// Display name.
    pub name: String,
    /// Log-in id.
    pub login: String,
    /// Demo password.
    pub password: String,
    /// Balance in miles, now.
    pub balance_miles: u64,
}

/// The start page.
#[derive(Clone, Default)]
pub struct StartPage {
    /// Version of the mock.
    pub version: String,
    /// The mock's time, JST, as text.
    pub now: String,
    /// Base URL that shops send their customers to.
    pub url: String,
    /// Merchants.
    pub merchants: Vec<StartMerchant>,
    /// Members.
    pub members: Vec<StartMember>,
    /// A shop to try, if one is running.
    pub shop_url: Option<String>,
}

/// What this is, merchants and members of the scenario, links, independence.
#[must_use]
pub fn start(frame: &Frame, page: &StartPage) -> String {
    document(frame, "netmile-mock", &html! { (page.version) })
}
