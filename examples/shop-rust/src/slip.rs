//! A slip (払込票) for the convenience store (701): the shop shows its number, the customer pays it at the till, and a
//! notice tells that the money is there.

use netmile::api::{Means, SlipRequest, Store};
use netmile::charge::Charge;
use netmile::operation::Outcome;
use netmile::{Lang, Result};

use crate::store::Order;
use crate::{App, own};

/// Tag of the method.
pub(crate) const METHOD: &str = "webcvs";

/// The chains that the shop offers.
pub(crate) const STORES: [Store; 5] = [
    Store::SevenEleven,
    Store::Lawson,
    Store::Ministop,
    Store::FamilyMart,
    Store::Seicomart,
];

/// What the customer calls a chain.
pub(crate) const fn store_name(store: Store, lang: Lang) -> &'static str {
    match store {
        Store::SevenEleven => lang.pick("7-Eleven", "セブン-イレブン"),
        Store::Lawson => lang.pick("Lawson", "ローソン"),
        Store::Ministop => lang.pick("Ministop", "ミニストップ"),
        Store::FamilyMart => lang.pick("FamilyMart", "ファミリーマート"),
        Store::Seicomart => lang.pick("Seicomart", "セイコーマート"),
        _ => lang.pick("convenience store", "コンビニエンスストア"),
    }
}

/// Has a slip issued, once per try.
pub(crate) async fn issue(
    app: &App,
    order: &Order,
    attempt: u32,
    slip: SlipRequest,
) -> Result<Outcome<Charge>> {
    let request = own::request(order, attempt, METHOD, Means::Slip(Box::new(slip)));
    let issued = app.client.payments().charge(&request).await;
    app.wake.notify_one();
    issued
}

/// What the customer needs at the till.
pub(crate) struct Till<'c> {
    /// The number to say or to type. Two numbers, joined by a hyphen, where the store asks for both.
    pub(crate) number: &'c str,
    /// A page with the slip, at some stores.
    pub(crate) page: Option<&'c str>,
    /// Last day, `YYYY-MM-DD`.
    pub(crate) until: Option<String>,
}

/// What the gateway's answer says about an issued slip.
pub(crate) fn till(charge: &Charge) -> Option<Till<'_>> {
    let detail = |name: &str| charge.details.get(name).map(String::as_str);
    let day = |day: &str| {
        let (year, month, date) = (day.get(..4)?, day.get(4..6)?, day.get(6..8)?);
        Some(format!("{year}-{month}-{date}"))
    };
    Some(Till {
        number: detail("cvs_pay_data1").or_else(|| detail("invoice_no"))?,
        // Only an address that a browser opens becomes a link.
        page: detail("cvs_pay_data2").filter(|page| page.starts_with("https://")),
        until: detail("bill_date").and_then(day),
    })
}
