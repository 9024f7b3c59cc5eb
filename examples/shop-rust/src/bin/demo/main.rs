//! Walks the worked example over real HTTP, from an empty basket to a confirmed refund, then the API type: a charge whose
//! answer is lost, miles that are short, a partial refund, a period; then points that become miles, and an order that is
//! paid with them; last, a subscription that the gateway bills by itself. It checks every step.
//!
//! 300 yen; balance 400 mile (200 yen); short 200 mile (100 yen); campaign 200 mile; 600 mile (300 yen); paid.

mod browser;
mod charges;
mod points;
mod timeline;
mod walk;

use std::process::ExitCode;
use std::sync::Arc;

use netmile::contract::Endpoints;
use netmile::time::{Clock as _, ManualClock, SystemClock};
use netmile_mock::clock::ClockMode;
use netmile_mock::{Mock, Options};
use shop_rust::{Shop, ShopOptions, demo_reward, demo_site};

use browser::Lost;
use timeline::{Seen, Timeline};
use walk::Walk;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ndemo: stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Lost> {
    let lost = |error: &dyn std::error::Error| Lost(error.to_string());
    // Both stand still and are moved by hand, so that nothing has to be waited for.
    let clock = Arc::new(ManualClock::new(SystemClock.now()));
    let gateway = Options {
        clock: ClockMode::Frozen(clock.now().as_unix()),
        ..Options::default()
    };
    let mock = Mock::start(gateway).await.map_err(|e| lost(&e))?;
    let seen = Arc::new(Seen::default());
    let mut options = ShopOptions::new(Endpoints::mock(mock.url())).map_err(|e| lost(&e))?;
    options.observer = seen.clone();
    options.clock = clock.clone();
    options.site = Some(demo_site(mock.url()).map_err(|e| lost(&e))?);
    options.reward = Some(demo_reward(mock.url()).map_err(|e| lost(&e))?);
    let shop = Shop::start(options).await.map_err(|e| lost(&e))?;

    let timeline = Timeline::start();
    timeline.line(
        "NetMile by link type and by API type, end to end. Everything runs in this process; no real miles move.",
    );
    timeline.line(&format!("shop     {}", shop.url()));
    timeline.line(&format!("gateway  {}   (mock)", mock.url()));
    let walked = Walk::new(&timeline, &seen, &mock, &shop, &clock)?
        .all()
        .await;
    shop.stop().await;
    mock.stop().await;
    walked
}
