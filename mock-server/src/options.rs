//! How a mock is started.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use crate::{clock::ClockMode, scenario::Scenario};

/// Everything that can be chosen when starting a mock.
///
/// ```
/// let options = netmile_mock::Options::default();
/// assert_eq!(options.listen.port(), 0);
/// assert!(options.database.is_none());
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Database file; `None` keeps everything in memory.
    pub database: Option<PathBuf>,
    /// Seed of every id and every random choice.
    pub seed: u64,
    /// Merchants, members, campaigns, rules.
    pub scenario: Scenario,
    /// How the clock runs.
    pub clock: ClockMode,
    /// How long an answer to a notice is awaited. 10 seconds by default (assumed).
    pub notice_timeout: Duration,
    /// Address under which others reach the mock, when it differs from the one listened on.
    pub public_url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            database: None,
            seed: 1,
            scenario: Scenario::demo(),
            clock: ClockMode::Real,
            notice_timeout: Duration::from_secs(10),
            public_url: None,
        }
    }
}

/// Why a mock did not start, or an admin verb did not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MockError {
    /// The address could not be bound.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The database could not be opened, read or written.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The scenario breaks a rule.
    #[error("scenario: {0}")]
    Scenario(String),
    /// The HTTP client could not be made.
    #[error("HTTP client: {0}")]
    Http(#[from] reqwest::Error),
    /// Stored data could not be read back.
    #[error("stored data: {0}")]
    Stored(#[from] serde_json::Error),
    /// An admin verb named something that does not exist.
    #[error("no such {what}: {id}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// The id given.
        id: String,
    },
    /// An admin verb broke a rule.
    #[error("{0}")]
    Refused(String),
}
