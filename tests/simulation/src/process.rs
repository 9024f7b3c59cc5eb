//! The shop's processes: what runs in them, and how a client is built.

use std::sync::Arc;

use netmile::contract::{
    ApiFunctions, ApiIds, CapabilityMatrix, CaptureMode, CarrierNumber, Contract, Endpoints,
    GatewayStatus, Method,
};
use netmile::engine::{MemoryJournal, Seeds};
use netmile::reference::{Site, SiteSecret};
use netmile::wire::TdesKey;
use netmile::{Client, HashKey, Result};

use crate::clock::{OVERALL, ShopClock, ShopTimer};
use crate::executor::Executor;
use crate::gateway::{HASH_KEY, MERCHANT, SERVICE, TDES_IV, TDES_KEY};
use crate::journal::Ledger;
use crate::network::Wire;
use crate::office::{KEY, SECRET, SITE};
use crate::plan::{Plan, Way};
use crate::shop::Shop;
use crate::world::Shared;

/// The process that talks to customers and takes notices.
pub const WEB: usize = 0;
/// The process of the workers, where they have one.
pub const WORKERS: usize = 1;

/// Starts a process: a new client over the journal that survived.
///
/// # Errors
/// Those of [`Client::builder`]: a mistake of the simulation.
pub fn start(
    executor: &mut Executor,
    shared: &Shared,
    journal: &Arc<MemoryJournal>,
    process: usize,
) -> Result<Shop> {
    let (plan, starts) = {
        let mut world = shared.lock();
        let plan = Arc::clone(&world.plan);
        let mut starts = 0;
        if let Some(started) = world.processes.get_mut(process) {
            started.alive = true;
            started.starts += 1;
            starts = started.starts;
        }
        world.log(format_args!("process {process} starts, {starts} times now"));
        (plan, starts)
    };
    let seed = plan.seed.rotate_left(17) ^ (u64::from(starts) << 8) ^ process as u64;
    let builder = if plan.way.is_miles() {
        Client::builder().site(site()?)
    } else {
        Client::builder().contract(contract(&plan)?)
    };
    let client = builder
        .journal(Arc::new(Ledger {
            inner: Arc::clone(journal),
            shared: shared.clone(),
            process,
        }))
        .clock(Arc::new(ShopClock(shared.clone())))
        .timer(Arc::new(ShopTimer(shared.clone())))
        .transport(Arc::new(Wire {
            shared: shared.clone(),
            process,
        }))
        .seeds(Seeds::fixed(seed))
        .overall(OVERALL)
        .build()?;
    let shop = Shop::new(client, shared.clone(), Arc::clone(&plan));
    if process == WEB {
        executor.spawn(process, Box::pin(shop.clone().script()));
        executor.spawn(process, Box::pin(shop.clone().outbox()));
        if plan.habits.double_click && starts == 1 && !plan.way.is_periods() {
            executor.spawn(process, Box::pin(shop.clone().second_click()));
        }
    }
    if process == WORKERS || !plan.habits.own_workers {
        for _ in 0..2 {
            executor.spawn(process, Box::pin(shop.clone().worker()));
        }
    }
    Ok(shop)
}

/// A client over the journal itself, which fails no more. It can ask nobody.
///
/// # Errors
/// As those of [`start`].
pub fn reader(shared: &Shared, journal: &Arc<MemoryJournal>, plan: &Plan) -> Result<Client> {
    let journal: Arc<MemoryJournal> = Arc::clone(journal);
    Client::builder()
        .contract(contract(plan)?)
        .journal(journal)
        .clock(Arc::new(ShopClock(shared.clone())))
        .timer(Arc::new(ShopTimer(shared.clone())))
        .build()
}

/// The shop's site at NetMile.
fn site() -> Result<Site> {
    Site::new(SITE, KEY, SiteSecret::new(SECRET)?, "http://127.0.0.1:1")
}

/// The shop's side of the contract.
fn contract(plan: &Plan) -> Result<Contract> {
    let key = HashKey::new(HASH_KEY)?;
    let contract = Contract::netmile(
        MERCHANT,
        SERVICE,
        key,
        Endpoints::mock("http://127.0.0.1:1"),
    )?;
    let capture = if plan.captures {
        CaptureMode::Manual
    } else {
        CaptureMode::Automatic
    };
    let method = match plan.way {
        way if way.is_netmile() => Method::netmile()
            .with_matrix(CapabilityMatrix::all())
            .with_api(netmile_ids()?.with_capture(capture)),
        way if way.is_card() => Method::credit().with_api(ApiIds::credit().with_capture(capture)),
        Way::Slip => Method::web_convenience_store(),
        _ => {
            let carrier = match plan.carrier {
                401 => CarrierNumber::Docomo,
                402 => CarrierNumber::Au,
                _ => CarrierNumber::SoftBank,
            };
            Method::carrier(carrier).with_api(ApiIds::carrier(carrier).with_capture(capture))
        }
    };
    let contract = contract.with_method(method);
    if !plan.encrypted {
        return Ok(contract);
    }
    Ok(contract
        .with_encryption(TdesKey::new(TDES_KEY, TDES_IV)?)
        .with_encrypted_notices())
}

/// NetMile's ids as the mock has them: no public document names any.
fn netmile_ids() -> Result<ApiIds> {
    use GatewayStatus as S;
    let ids = ApiIds::one_step("900")?
        .with_functions(ApiFunctions {
            request: Some("ST01-00101".into()),
            capture: Some("ST02-00201".into()),
            refund: Some("ST02-00303".into()),
            partial_refund: Some("ST02-00307".into()),
            simple_apply: Some("ST01-00102".into()),
            simple_end: Some("ST02-00302".into()),
            period: Some("ST01-00104".into()),
            metered_end: Some("ST02-00309".into()),
            balance: Some("MG01-00102".into()),
            ..ApiFunctions::default()
        })
        .with_inquiry_by_order("MG01-00101")
        .with_member_leaf("netmile_user_id")
        .with_status("0", S::None)
        .with_status("1", S::Authorised)
        .with_status("2", S::Captured)
        .with_status("3", S::Cancelled)
        .with_status("4", S::Refunded)
        .with_status("5", S::PartlyRefunded);
    Ok(ApiIds {
        tells_refunds: true,
        ..ids
    })
}
