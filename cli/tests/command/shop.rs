//! A shop whose payments were made by the library, and whose journal the command opens.

use std::sync::Arc;

use netmile::api::{ChargeRequest, Means};
use netmile::charge::Charge;
use netmile::contract::{
    ApiFunctions, ApiIds, CapabilityMatrix, Contract, Endpoints, GatewayStatus, Method,
};
use netmile::operation::Outcome;
use netmile::time::{Clock, ManualClock, SystemClock, Timestamp};
use netmile::{Client, HashKey, Yen};
use netmile_journal_sql::SqlJournal;
use netmile_mock::Mock;
use netmile_mock::faults::{FaultKind, FaultRule};

use crate::support::{KEY, Ran, Run, Scratch};

/// `[[methods]]` with NetMile's ids as the mock has them, taken from the page that documents them.
fn methods() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli.md");
    let page = std::fs::read_to_string(path).unwrap();
    let block = page.split("```toml\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    let from = block.find("[[methods]]").unwrap();
    let until = block.find("[settlement]").unwrap();
    block[from..until].to_owned()
}

/// The same ids in the library's words.
fn netmile() -> Method {
    use GatewayStatus as S;
    let mut ids = ApiIds::one_step("900")
        .unwrap()
        .with_functions(ApiFunctions {
            request: Some("ST01-00101".into()),
            refund: Some("ST02-00303".into()),
            partial_refund: Some("ST02-00307".into()),
            ..ApiFunctions::default()
        })
        .with_inquiry_by_order("MG01-00101")
        .with_member_leaf("netmile_user_id")
        .with_status("0", S::None)
        .with_status("2", S::Captured)
        .with_status("4", S::Refunded)
        .with_status("5", S::PartlyRefunded);
    ids.tells_refunds = true;
    Method::netmile()
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids)
}

pub struct Shop {
    pub scratch: Scratch,
    pub client: Client,
}

impl Shop {
    /// A shop with the machine's clock.
    pub async fn open(mock: &Mock) -> Self {
        Self::at(mock, Arc::new(SystemClock)).await
    }

    /// A shop in the time of a frozen mock.
    pub async fn frozen(mock: &Mock) -> Self {
        let now = mock.admin().clock().unix;
        Self::at(mock, Arc::new(ManualClock::new(Timestamp::from_unix(now)))).await
    }

    async fn at(mock: &Mock, clock: Arc<dyn Clock>) -> Self {
        let scratch = Scratch::new();
        scratch.file("hash.key", KEY);
        scratch.file(
            "netmile.toml",
            format!(
                "merchant_id = \"99999\"\nservice_id = \"001\"\nhash_key_file = \"hash.key\"\n\
                 mock_url = \"{}\"\n[journal]\nurl = \"sqlite://shop.db\"\n{}",
                mock.url(),
                methods()
            ),
        );
        let url = format!("sqlite://{}/shop.db", scratch.path().display());
        let journal = SqlJournal::connect(&url).await.unwrap();
        let key = HashKey::new(KEY).unwrap();
        let contract = Contract::netmile("99999", "001", key, Endpoints::mock(mock.url()))
            .unwrap()
            .with_method(netmile());
        let client = Client::builder()
            .contract(contract)
            .journal(Arc::new(journal))
            .clock(clock)
            .build()
            .unwrap();
        Self { scratch, client }
    }

    pub async fn charge(&self, id: &str, yen: u64) -> Outcome<Charge> {
        let request = ChargeRequest::new(id, "netmile", Yen::new(yen), Means::member("hanako"))
            .customer("CUST0001")
            .item("ITEM1", "しおり");
        self.client.payments().charge(&request).await.unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Run::within(&self.scratch).netmile(arguments)
    }
}

/// The answers to the next calls of this function are lost; the calls have their effect.
pub fn lose_answers(mock: &Mock, function: &str, times: u32) {
    mock.admin().add_fault(FaultRule {
        times: Some(times),
        ..FaultRule::once(function, FaultKind::LostAfter)
    });
}
