//! A merchant's client for tests: the contract of the vectors, a clock that stands still.

use std::sync::Arc;

use netmile::contract::{CapabilityMatrix, Contract, Endpoints, Method, Terminal};
use netmile::engine::Journal;
use netmile::link::{OrderId, PurchaseRequest, ReturnUrls};
use netmile::time::{ManualClock, Timestamp};
use netmile::{Client, HashKey, Result, Yen};

use crate::gateway::KEY;

/// When the tests happen.
///
/// # Errors
/// Never: the date is one.
pub fn noon() -> Result<Timestamp> {
    Timestamp::parse_jst("20240102120000")
}

/// A client with a widened contract and the given journal.
///
/// # Errors
/// Never, unless the SDK refuses its own defaults.
pub fn client(journal: Arc<dyn Journal>, clock: Arc<ManualClock>) -> Result<Client> {
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new(KEY)?,
        Endpoints::mock("http://127.0.0.1:1"),
    )?
    .with_method(Method::netmile().with_matrix(CapabilityMatrix::all()));
    Client::builder()
        .contract(contract)
        .journal(journal)
        .clock(clock)
        .build()
}

/// A purchase of 300 yen whose every free field is filled.
///
/// # Errors
/// `invalid_value` when the id is none.
pub fn request(id: &str) -> Result<PurchaseRequest> {
    Ok(PurchaseRequest::new(
        OrderId::new(id)?,
        "CUST0001",
        "ITEM1",
        Yen::new(300),
        Terminal::Pc,
        ReturnUrls {
            success: "https://shop.example/success".into(),
            cancel: "https://shop.example/cancel".into(),
            error: "https://shop.example/error".into(),
            notify: "https://shop.example/notify".into(),
        },
    )
    .with_item_name("髙橋①ー～表ソ")
    .with_tax(Yen::new(27))
    .with_free("one", "二", "three"))
}

/// What the gateway adds to a paid purchase.
#[must_use]
pub fn paid(res_date: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("res_pay_method", "netmile"),
        ("res_result", "OK"),
        ("res_tracking_id", "12345678901234"),
        ("res_payment_date", "20240102115959"),
        ("res_date", res_date),
        ("limit_second", "600"),
    ]
}
