//! How a shop is started.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use netmile::contract::{ApiIds, CaptureMode, Endpoints, Method};
use netmile::engine::{NoObserver, Observer};
use netmile::miles::IssueRule;
use netmile::miles::tag::{MileTag, TagOrigin};
use netmile::reference::{Site, SiteSecret};
use netmile::time::{Clock, SystemClock};
use netmile::wire::TdesKey;
use netmile::{ErrorKind, HashKey, Miles};

use crate::testing::Testing;

/// The merchant's data, as the payment provider assigns it.
#[derive(Clone, Debug)]
pub struct Merchant {
    /// 5 digits.
    pub merchant_id: String,
    /// 3 digits.
    pub service_id: String,
    /// The key that signs; never printed.
    pub hash_key: HashKey,
    /// Whether the contract offers more than the published NetMile profile (link type, one-time, PC): every terminal
    /// and recurring billing. The mock's demo contract does.
    pub wide_contract: bool,
    /// What NetMile is called in the API type, from the contract papers; without it there is only the link type.
    pub netmile_api: Option<ApiIds>,
    /// Methods beside NetMile: `Method::credit()` brings the card's screen, `Method::web_convenience_store()` the slips.
    pub further_methods: Vec<Method>,
    /// Key that encrypts secret fields of the API type, where the contract has one; never printed.
    pub encryption: Option<TdesKey>,
}

/// NetMile's ids as the mock has them: the form of a file with your own.
const MOCK_API: &str = include_str!("../netmile-api.toml");

/// Reads what NetMile is called in the API type.
///
/// # Errors
/// `configuration`, with what is wrong in the file.
pub fn read_api_ids(file: &str) -> netmile::Result<ApiIds> {
    toml::from_str(file).map_err(|error| {
        let what = error.message().to_owned();
        netmile::Error::field(ErrorKind::Configuration, "netmile_api", what)
    })
}

/// The card, captured by the gateway or by the shop, as the contract says.
#[must_use]
pub fn card_captured_by(capture: CaptureMode) -> Method {
    Method::credit().with_api(ApiIds::credit().with_capture(capture))
}

impl Merchant {
    /// The merchant of the mock's demo scenario. Its key is invented and public.
    ///
    /// # Errors
    /// Never with this key; the type says so all the same.
    pub fn demo() -> netmile::Result<Self> {
        Ok(Self {
            merchant_id: "99999".to_owned(),
            service_id: "001".to_owned(),
            hash_key: HashKey::new("demo0key0of0the0mock0gateway0not0a0secr0")?,
            wide_contract: true,
            netmile_api: Some(read_api_ids(MOCK_API)?),
            further_methods: vec![
                card_captured_by(CaptureMode::Manual), // as the mock's demo merchant has it
                Method::web_convenience_store(),
            ],
            encryption: Some(TdesKey::new("0123456789abcdef01234567", "76543210")?),
        })
    }
}

/// Everything that can be chosen when a shop is started.
#[derive(Clone)]
pub struct ShopOptions {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the gateway is.
    pub endpoints: Endpoints,
    /// Address under which browsers and the gateway reach the shop, when it is not the one listened on.
    pub public_url: Option<String>,
    /// The shop's database; netmile's journal stands beside it, with `.netmile` added to the name. `None` keeps both
    /// in memory.
    pub database: Option<PathBuf>,
    /// Who sells.
    pub merchant: Merchant,
    /// The shop's site at NetMile, for exchanging points into miles; without it there is no exchange.
    pub site: Option<Site>,
    /// What a paid order earns at NetMile; without it the thank-you page has no tag.
    pub reward: Option<Reward>,
    /// What opens the desk of the shop's staff.
    pub desk_password: String,
    /// NetMile's page for new members: the exchange pages link to it. Without it they only say that one has to join.
    pub join_url: Option<String>,
    /// How long the fulfilment has for an event before it is handed out again.
    pub lease: Duration,
    /// Who is told what the client verified.
    pub observer: Arc<dyn Observer>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Faults for tests. Leave it alone in a real shop.
    pub testing: Testing,
}

impl ShopOptions {
    /// A shop at this gateway: on a free port of the loopback, in memory, with the mock's demo merchant.
    ///
    /// # Errors
    /// As [`Merchant::demo`].
    pub fn new(endpoints: Endpoints) -> netmile::Result<Self> {
        Ok(Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            endpoints,
            public_url: None,
            database: None,
            merchant: Merchant::demo()?,
            site: None,
            reward: None,
            desk_password: "desk-demo".to_owned(),
            join_url: None,
            lease: Duration::from_secs(60),
            observer: Arc::new(NoObserver),
            clock: Arc::new(SystemClock),
            testing: Testing::default(),
        })
    }
}

/// The site of the mock's demo scenario. Its secret is invented and public.
///
/// # Errors
/// `configuration` when this is no address of a mock.
pub fn demo_site(mock: &str) -> netmile::Result<Site> {
    let secret = SiteSecret::new("demo-secret-of-the-mock-not-a-secret-1")?;
    Site::new("8763", "demo-key-1", secret, mock)
}

/// The mile-get tag (マイル獲得用タグ) of the thank-you page: fixed miles of a campaign for each paid order.
///
/// The published tag proves nothing (docs/miles-tag.md): the campaign has to have a limit per member.
#[derive(Clone, Debug)]
pub struct Reward {
    pub(crate) tag: MileTag,
    pub(crate) miles: Miles,
    pub(crate) origin: TagOrigin,
}

impl Reward {
    /// A tag of a site (加盟サイト ID) and its campaign (定額発行), leading to the pages of `origin`.
    ///
    /// # Errors
    /// `invalid_value` naming the id.
    pub fn new(
        site_id: &str,
        campaign_id: &str,
        miles: Miles,
        origin: TagOrigin,
    ) -> netmile::Result<Self> {
        let rule = IssueRule::Fixed { miles };
        Ok(Self {
            tag: MileTag::new(site_id, campaign_id, rule, None)?,
            miles,
            origin,
        })
    }
}

/// 100 miles of the mock's demo scenario.
///
/// # Errors
/// `configuration` when this is no address of a mock.
pub fn demo_reward(mock: &str) -> netmile::Result<Reward> {
    Reward::new("8763", "46255", Miles::new(100), TagOrigin::new(mock)?)
}

impl fmt::Debug for ShopOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShopOptions")
            .field("listen", &self.listen)
            .field("endpoints", &self.endpoints)
            .field("public_url", &self.public_url)
            .field("database", &self.database)
            .field("merchant", &self.merchant)
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}

/// Why a shop did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShopError {
    /// The address could not be bound.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The shop's database could not be opened.
    #[error("the shop's database: {0}")]
    Database(#[from] sqlx::Error),
    /// The payment client could not be built.
    #[error("netmile: {0}")]
    Netmile(#[from] netmile::Error),
}
