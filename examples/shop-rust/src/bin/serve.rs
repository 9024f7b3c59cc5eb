//! Mock gateway and shop in one process, for a person with a browser. Runs until Ctrl-C.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use netmile::contract::Endpoints;
use netmile_mock::{Mock, Options};
use shop_rust::{Shop, ShopOptions, demo_reward, demo_site};

/// Starts the mock gateway and the example shop, and prints where they are.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address of the shop.
    #[arg(long, default_value = "127.0.0.1:3000")]
    shop: SocketAddr,
    /// Address of the mock gateway.
    #[arg(long, default_value = "127.0.0.1:8080")]
    gateway: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    let quiet = tracing_subscriber::EnvFilter::new("warn,shop_rust=info,netmile_mock=info");
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or(quiet))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serve: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let options = Options {
        listen: arguments.gateway,
        ..Options::default()
    };
    let members = options.scenario.members.clone();
    let merchant = options.scenario.merchants.first().cloned();
    let mock = Mock::start(options).await?;
    let mut options = ShopOptions::new(Endpoints::mock(mock.url()))?;
    options.listen = arguments.shop;
    options.site = Some(demo_site(mock.url())?);
    options.reward = Some(demo_reward(mock.url())?);
    let desk = options.desk_password.clone();
    options.join_url = Some(format!("{}/member", mock.url()));
    let shop = Shop::start(options).await?;

    if let Some(merchant) = &merchant {
        let (id, service) = (&merchant.merchant_id, &merchant.service_id);
        let notices = format!("{}/netmile/api-notify", shop.url());
        let admin = mock.admin();
        admin.set_api_notice_url(id, service, &notices).await?;
    }

    println!("Shop               {}/", shop.url());
    println!("  its desk         {}/desk  (password {desk})", shop.url());
    println!("  point exchange   {}/points", shop.url());
    println!("Mock gateway       {}/", mock.url());
    println!("  member pages     {}/member", mock.url());
    println!(
        "  miles            {}/manage/miles  (site 8763, password manage-demo)",
        mock.url()
    );
    if let Some(merchant) = merchant {
        println!(
            "  management       {}/manage  (merchant {}, service {}, password {})",
            mock.url(),
            merchant.merchant_id,
            merchant.service_id,
            merchant.management_password
        );
    }
    println!(
        "To pay a slip of the convenience store, with the tracking id from the order's payment record:"
    );
    println!(
        "  curl -X POST {}/_mock/api/payments/TRACKING_ID/slip -d '{{\"event\": \"confirmed\"}}'",
        mock.url()
    );
    println!("Members of the mock");
    for member in members {
        println!(
            "  {:<8} {:>9} miles   password {}",
            member.login, member.miles, member.password
        );
    }
    println!("Nothing here moves real money or miles. Ctrl-C ends it.");

    shop_rust::interrupted().await?;
    shop.stop().await;
    mock.stop().await;
    Ok(())
}
