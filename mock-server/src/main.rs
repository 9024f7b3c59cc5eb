//! `netmile-mock`: the gateway on a developer's own machine.

use std::{
    io::IsTerminal as _,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, Subcommand};
use netmile_mock::{ClockMode, Mock, Options, Scenario, admin, clock, scenario};

/// Mock of the payment gateway and of NetMile's side. Independent of both companies.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves until interrupted.
    Serve(Serve),
    /// Prints the built-in demo scenario (TOML).
    Scenario,
    /// Prints the OpenAPI document of the admin API (JSON).
    Openapi,
}

#[derive(Debug, clap::Args)]
struct Serve {
    /// Port; 0 takes a free one.
    #[arg(long, env = "NETMILE_MOCK_PORT", default_value_t = 8080)]
    port: u16,
    /// Address to listen on. The admin API has no log-in: keep it on loopback.
    #[arg(long, env = "NETMILE_MOCK_HOST", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Database file; everything stays in memory without it.
    #[arg(long)]
    database: Option<PathBuf>,
    /// Seed of every id and random choice.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Scenario file (TOML); the built-in demo without it.
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Freezes the clock at an instant, like 2026-01-02T03:04:05+09:00.
    #[arg(long, value_parser = clock::parse_instant)]
    clock: Option<i64>,
    /// Seconds to wait for the answer to a notice.
    #[arg(long, default_value_t = 10)]
    notice_timeout: u64,
    /// Address under which browsers reach the mock, when it differs.
    #[arg(long)]
    public_url: Option<String>,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("netmile-mock: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    match arguments.command {
        Command::Scenario => print!("{}", scenario::DEMO),
        Command::Openapi => println!("{}", admin::openapi::json()?),
        Command::Serve(serve) => {
            let filter = tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,netmile_mock=info"));
            tracing_subscriber::fmt()
                .with_env_filter(filter)
                .with_writer(std::io::stderr)
                .with_ansi(std::io::stderr().is_terminal())
                .init();
            let options = options(serve)?;
            tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?
                .block_on(until_interrupted(options))?;
        }
    }
    Ok(())
}

fn options(serve: Serve) -> Result<Options, Box<dyn std::error::Error>> {
    let scenario = match &serve.scenario {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|e| format!("--scenario {}: {e}", path.display()))?;
            Scenario::parse(&text)?
        }
        None => Scenario::demo(),
    };
    Ok(Options {
        listen: SocketAddr::new(serve.host, serve.port),
        database: serve.database,
        seed: serve.seed,
        scenario,
        clock: serve.clock.map_or(ClockMode::Real, ClockMode::Frozen),
        notice_timeout: Duration::from_secs(serve.notice_timeout),
        public_url: serve.public_url,
    })
}

async fn until_interrupted(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::start(options).await?;
    println!("netmile-mock is ready: {}", mock.public_url());
    interrupted().await?;
    mock.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn interrupted() -> std::io::Result<()> {
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
