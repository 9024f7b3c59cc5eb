//! A private PostgreSQL server for the tests of this crate.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

use super::{Folder, random};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/postgres.sh");

/// A server that ends with this value, or with the process if that is earlier.
pub(crate) struct Postgres {
    /// Stops the server when its standard input is closed.
    keeper: Child,
    folder: Folder,
    /// Of the database `postgres`.
    url: String,
}

impl Postgres {
    pub(crate) fn start() -> Self {
        let folder = Folder::new();
        let mut keeper = Command::new(SCRIPT)
            .arg("run")
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("tests/postgres.sh must run");
        let mut url = String::new();
        let out = keeper.stdout.take().expect("it has an output");
        BufReader::new(out).read_line(&mut url).expect("it speaks");
        assert!(
            url.starts_with("postgres://"),
            "there is no PostgreSQL server for this test: see what tests/postgres.sh said above"
        );
        Self {
            keeper,
            folder,
            url: url.trim().to_owned(),
        }
    }

    /// The one of this test process.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// The URL of another database of the server.
    pub(crate) fn url(&self, database: &str) -> String {
        let (server, _) = self.url.rsplit_once('/').expect("the URL has a path");
        format!("{server}/{database}")
    }

    /// The URL of a new, empty database.
    pub(crate) fn database(&self) -> String {
        let name = format!("journal_{:016x}", random());
        self.order(&self.url, &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// Has the server do something; on a thread of its own, so that async tests may call it.
    pub(crate) fn order(&self, url: &str, sql: &str) {
        std::thread::scope(|scope| {
            let done = scope.spawn(|| {
                let mut runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = runtime.enable_all().build().unwrap();
                runtime.block_on(async {
                    sqlx::raw_sql(AssertSqlSafe(sql))
                        .execute(&mut raw(url).await)
                        .await
                        .unwrap();
                });
            });
            done.join().unwrap();
        });
    }

    pub(crate) fn authority(&self) -> String {
        let file = self.folder.file("tls/authority.pem");
        file.to_str().expect("an ASCII path").to_owned()
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.file("server/log")).unwrap_or_default()
    }

    /// `shut`, `crash`, or `again`.
    pub(crate) fn control(&self, what: &str) {
        let done = Command::new(SCRIPT)
            .arg(what)
            .arg(self.folder.path())
            .status();
        assert!(done.unwrap().success(), "tests/postgres.sh {what}");
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}

/// A connection beside the journal's.
pub(crate) async fn raw(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    options.disable_statement_logging().connect().await.unwrap()
}
