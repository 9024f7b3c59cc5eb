//! The example shop as a program of its own, beside a gateway that runs already.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use netmile::contract::{CaptureMode, Endpoints, Method};
use netmile::miles::tag::TagOrigin;
use netmile::reference::{Site, SiteSecret};
use netmile::wire::TdesKey;
use netmile::{HashKey, Miles};
use shop_rust::testing::Testing;
use shop_rust::{
    Merchant, Reward, Shop, ShopOptions, card_captured_by, demo_reward, demo_site, read_api_ids,
};

/// A small shop that takes NetMile payments.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Base address of the mock gateway; or `test` or `production` for the payment provider's own.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    gateway: String,
    /// Address under which browsers and the gateway reach this shop.
    #[arg(long)]
    public_url: Option<String>,
    /// Database file; without it everything is forgotten at the end.
    #[arg(long)]
    database: Option<PathBuf>,
    /// Seconds before an event that was taken and not acknowledged is handed out again.
    #[arg(long, default_value_t = 60)]
    lease: u64,
    /// NetMile's page for new members (http or https): the exchange pages link to it.
    #[arg(long, env = "NETMILE_JOIN_URL", value_parser = web_address)]
    join_url: Option<String>,
    /// Merchant id (5 digits). Default: the mock's demo merchant.
    #[arg(long, env = "NETMILE_MERCHANT_ID", requires = "service_id")]
    merchant_id: Option<String>,
    /// Service id (3 digits).
    #[arg(long, env = "NETMILE_SERVICE_ID", requires = "merchant_id")]
    service_id: Option<String>,
    /// Whether the contract offers every terminal and recurring billing, beyond the published NetMile profile.
    #[arg(long, env = "NETMILE_WIDE_CONTRACT")]
    wide_contract: bool,
    /// File with what NetMile is called in the API type, in the form of `netmile-api.toml`: the own payment screen.
    #[arg(long, env = "NETMILE_API_IDS", requires = "merchant_id")]
    netmile_api: Option<PathBuf>,
    /// Take cards by token, captured by the gateway (`automatic`) or by the shop (`manual`), as the contract says.
    #[arg(long, requires = "merchant_id")]
    card: Option<Capture>,
    /// Take payments at the convenience store.
    #[arg(long, requires = "merchant_id")]
    slips: bool,
    /// Site at NetMile (加盟サイト ID), for exchanging points. Default: with the mock's demo merchant its demo site.
    #[arg(long, env = "NETMILE_SITE_ID", requires_all = ["site_key_id", "site_url"])]
    site_id: Option<String>,
    /// Id of the site's key; the key itself comes from NETMILE_SITE_SECRET.
    #[arg(long, env = "NETMILE_SITE_KEY_ID", requires = "site_id")]
    site_key_id: Option<String>,
    /// Address of the reference API.
    #[arg(long, env = "NETMILE_SITE_URL", requires = "site_id")]
    site_url: Option<String>,
    /// Site (加盟サイト ID) of the mile-get tag that the thank-you page shows.
    #[arg(long, env = "NETMILE_REWARD_SITE", requires_all = ["reward_campaign", "reward_miles"])]
    reward_site: Option<String>,
    /// Its campaign, with fixed miles and a limit per member.
    #[arg(long, env = "NETMILE_REWARD_CAMPAIGN", requires = "reward_site")]
    reward_campaign: Option<String>,
    /// Miles of that campaign.
    #[arg(long, env = "NETMILE_REWARD_MILES", requires = "reward_site")]
    reward_miles: Option<u64>,
    /// Scheme, host and port of the page behind the tag. Default: NetMile's own.
    #[arg(long, requires = "reward_site")]
    reward_origin: Option<String>,
}

/// Who captures a card.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Capture {
    Automatic,
    Manual,
}

fn further_methods(card: Option<Capture>, slips: bool) -> Vec<Method> {
    let card = card.map(|capture| {
        card_captured_by(match capture {
            Capture::Automatic => CaptureMode::Automatic,
            Capture::Manual => CaptureMode::Manual,
        })
    });
    let slips = slips.then(Method::web_convenience_store);
    card.into_iter().chain(slips).collect()
}

/// The merchant's site at NetMile.
fn site(arguments: &Arguments) -> Result<Option<Site>, Box<dyn std::error::Error>> {
    let Arguments {
        site_id: Some(id),
        site_key_id: Some(key_id),
        site_url: Some(url),
        ..
    } = arguments
    else {
        return Ok(None);
    };
    let secret = std::env::var("NETMILE_SITE_SECRET")
        .map_err(|_| "NETMILE_SITE_SECRET must be set together with the site")?;
    Ok(Some(Site::new(id, key_id, SiteSecret::new(secret)?, url)?))
}

/// What a paid order earns there.
fn reward(arguments: &Arguments) -> netmile::Result<Option<Reward>> {
    let Arguments {
        reward_site: Some(site_id),
        reward_campaign: Some(campaign_id),
        reward_miles: Some(miles),
        ..
    } = arguments
    else {
        return Ok(None);
    };
    let origin = match &arguments.reward_origin {
        Some(origin) => TagOrigin::new(origin)?,
        None => TagOrigin::netmile(),
    };
    Reward::new(site_id, campaign_id, Miles::new(*miles), origin).map(Some)
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info")),
        )
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("shop-rust: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let endpoints = match arguments.gateway.as_str() {
        "test" => Endpoints::test(),
        "production" => Endpoints::production(),
        url => Endpoints::mock(url),
    };
    let is_mock = !matches!(arguments.gateway.as_str(), "test" | "production");
    let mut options = ShopOptions::new(endpoints)?;
    options.site = site(&arguments)?;
    options.reward = reward(&arguments)?;
    if is_mock && arguments.merchant_id.is_none() && options.site.is_none() {
        options.site = Some(demo_site(&arguments.gateway)?);
        options.reward = Some(demo_reward(&arguments.gateway)?);
    }
    options.listen = arguments.listen;
    options.public_url = arguments.public_url;
    options.database = arguments.database;
    options.join_url = arguments.join_url;
    options.lease = Duration::from_secs(arguments.lease);
    options.testing = Testing::from_env();
    let real = arguments.merchant_id.is_some();
    if let (Some(merchant_id), Some(service_id)) = (arguments.merchant_id, arguments.service_id) {
        // Secrets come from the environment only: arguments show in process lists.
        let key = std::env::var("NETMILE_HASH_KEY")
            .map_err(|_| "NETMILE_HASH_KEY must be set together with the merchant")?;
        options.merchant = Merchant {
            merchant_id,
            service_id,
            hash_key: HashKey::new(key)?,
            wide_contract: arguments.wide_contract,
            netmile_api: match arguments.netmile_api {
                Some(file) => Some(read_api_ids(&std::fs::read_to_string(file)?)?),
                None => None,
            },
            further_methods: further_methods(arguments.card, arguments.slips),
            encryption: match (
                std::env::var("NETMILE_3DES_KEY"),
                std::env::var("NETMILE_3DES_IV"),
            ) {
                (Ok(key), Ok(iv)) => Some(TdesKey::new(&key, &iv)?),
                _ => None,
            },
        };
    }
    match std::env::var("NETMILE_SHOP_DESK_PASSWORD") {
        Ok(password) if !password.is_empty() => options.desk_password = password,
        _ if real => {
            return Err("NETMILE_SHOP_DESK_PASSWORD must be set for a merchant of your own".into());
        }
        _ => {}
    }
    let shop = Shop::start(options).await?;
    println!("shop: {}", shop.url());
    shop_rust::interrupted().await?;
    shop.stop().await;
    Ok(())
}

fn web_address(text: &str) -> Result<String, &'static str> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web.then(|| text.to_owned()).ok_or("is no web address")
}
