//! The contract of the walk: every method that has subscriptions, in the mock and in the SDK.

use std::sync::Arc;
use std::time::Duration;

use netmile::Client;
use netmile::contract::{
    ApiIds, CapabilityMatrix, CaptureMode, CarrierNumber, GatewayStatus as S, Method,
};
use netmile::engine::{Timer, Transport};
use netmile::time::Clock;
use netmile_mock::api::{Book, Config};
use netmile_tests::api::{World, contract, netmile};

/// The demo's books; au captures by itself, and miles can be held for a capture.
pub(crate) fn book() -> Book {
    let mut scenario = netmile_mock::Scenario::demo();
    let methods = &mut scenario.merchants[0].api_methods;
    let mut held = methods.iter().find(|m| m.tag == "netmile").unwrap().clone();
    held.number = "901".to_owned();
    held.tag = "heldmiles".to_owned();
    held.auto_capture = false;
    for method in methods.iter_mut().filter(|m| m.tag == "auone") {
        method.auto_capture = true;
    }
    methods.push(held);
    Book::new(Config::from(&scenario), 1)
}

pub(crate) fn client(world: &Arc<World>) -> Client {
    let carrier = |number| {
        Method::carrier(number).with_api(ApiIds::carrier(number).with_capture(CaptureMode::Manual))
    };
    let contract = contract("http://127.0.0.1:1")
        .with_method(held_miles())
        .with_method(carrier(CarrierNumber::Docomo))
        .with_method(carrier(CarrierNumber::SoftBank));
    Client::builder()
        .contract(contract)
        .journal(Arc::clone(&world.journal))
        .clock(Arc::clone(&world.clock) as Arc<dyn Clock>)
        .transport(Arc::clone(world) as Arc<dyn Transport>)
        .timer(Arc::new(NoWait))
        .build()
        .unwrap()
}

/// NetMile, reserved by the request and captured by the shop.
fn held_miles() -> Method {
    let mut ids = netmile().api().unwrap().clone();
    ids.number = "901".to_owned();
    ids.capture = CaptureMode::Manual;
    ids.functions.capture = Some("ST02-00201".into());
    ids.statuses.retain(|(value, _)| value != "1");
    let ids = ids
        .with_status("1", S::Authorised)
        .with_status("3", S::Cancelled);
    let limits = Method::netmile().limits();
    Method::new("heldmiles", "Held miles", "マイル(指定売上)")
        .with_limits(limits.min, limits.max)
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids)
}

/// Waits are over at once.
struct NoWait;

#[async_trait::async_trait]
impl Timer for NoWait {
    async fn sleep(&self, duration: Duration) {
        // Only an overall limit is this long, and it is never reached here.
        if duration >= Duration::from_secs(30) {
            std::future::pending::<()>().await;
        }
    }
}
