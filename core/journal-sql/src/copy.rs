//! From SQLite to PostgreSQL, when a shop outgrows its machine.

use netmile::{Error, ErrorKind, Result};
use sqlx::{AssertSqlSafe, PgConnection, Row, SqliteConnection};
use tokio::sync::mpsc;

use crate::failure::{Done, Failure, wrong_url};
use crate::postgres::{PostgresJournal, SCHEMES, Work};
use crate::sqlite::{Location, SqliteJournal};

/// Records that are under way at a time.
const PAGE: i64 = 500;

/// How much was copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Copied {
    /// Records.
    pub rows: u64,
    /// Keys that records are found by.
    pub keys: u64,
    /// First-seen keys.
    pub seen: u64,
    /// Facts that nobody acknowledged.
    pub events: u64,
    /// Kept messages.
    pub evidence: u64,
}

struct Table {
    name: &'static str,
    bytes: &'static [&'static str],
    numbers: &'static [&'static str],
    /// The column whose numbers are never used again.
    counter: Option<&'static str>,
}

/// In an order in which nothing refers to what is not there yet.
const TABLES: [Table; 5] = [
    Table {
        name: "netmile_rows",
        bytes: &["id", "kind", "phase", "body"],
        numbers: &["version", "due", "leased_until", "opened_at", "changed_at"],
        counter: None,
    },
    Table {
        name: "netmile_names",
        bytes: &["name", "row_id"],
        numbers: &[],
        counter: None,
    },
    Table {
        name: "netmile_seen",
        bytes: &["seen_key", "row_id"],
        numbers: &["seen_at"],
        counter: None,
    },
    Table {
        name: "netmile_events",
        bytes: &["row_id", "kind", "body"],
        numbers: &["id", "written_at", "leased_until"],
        counter: Some("id"),
    },
    Table {
        name: "netmile_evidence",
        bytes: &["digest", "code", "bytes"],
        numbers: &["seq", "came_at"],
        counter: Some("seq"),
    },
];

/// What goes from one database to the other.
enum Parcel {
    /// Some records of a table, column by column.
    Page {
        table: &'static Table,
        bytes: Vec<Vec<Vec<u8>>>,
        numbers: Vec<Vec<Option<i64>>>,
    },
    /// The highest number that a counter ever gave.
    Count(&'static Table, &'static str, i64),
    End,
}

/// Copies a whole journal from SQLite (`sqlite://FILE`) into an empty one in PostgreSQL (`postgres://…`), in one
/// transaction: open payments, contracts, first-seen keys, facts that nobody acknowledged with their numbers, evidence.
///
/// Stop every process that uses the file before, and do not let one open it afterwards: what they would write comes to
/// no other journal. Nobody can write to the file while it is copied. The file is left as it is.
///
/// # Errors
/// `configuration` when a URL is wrong or the file is missing; `invalid_state` when the target is not empty; `journal`
/// when either database fails. After an error the target is empty, unless the error says that the answer to the commit
/// was lost: then it holds all or nothing.
pub async fn copy(from: &str, to: &str) -> Result<Copied> {
    let there = match Location::parse(from)? {
        Location::File(path) => path.is_file(),
        Location::Memory => false,
    };
    if !there {
        return Err(wrong_url("must name a file that exists, to copy from"));
    }
    if !SCHEMES.iter().any(|scheme| to.starts_with(scheme)) {
        return Err(wrong_url("must start with postgres:, to copy into"));
    }
    let source = SqliteJournal::connect(from).await?;
    let target = PostgresJournal::connect(to).await?;
    let (sender, receiver) = mpsc::channel(2);
    let reading = source
        .database
        .write(async move |connection| send_all(connection, sender).await);
    let writing = target
        .server
        .write_once(move |connection| -> Work<'_, Copied> {
            Box::pin(receive_all(connection, receiver))
        });
    let (read, written) = tokio::join!(reading, writing);
    // An error of the reader is the cause of the writer's, unless the writer has stopped listening.
    match (read, written) {
        (Err(error), Err(_)) if error.kind() != ErrorKind::InvalidState => Err(error),
        (_, written) => written,
    }
}

fn interrupted() -> Failure {
    Error::new(ErrorKind::InvalidState, "the copy was interrupted").into()
}

async fn send_all(connection: &mut SqliteConnection, to: mpsc::Sender<Parcel>) -> Done<()> {
    for table in &TABLES {
        let texts = table
            .bytes
            .iter()
            .map(|name| format!("CAST({name} AS BLOB)"));
        let columns: Vec<String> = texts
            .chain(table.numbers.iter().map(|&name| name.to_owned()))
            .collect();
        let select = format!(
            "SELECT rowid, {} FROM {} WHERE rowid > $1 ORDER BY rowid LIMIT $2",
            columns.join(", "),
            table.name
        );
        let mut after = i64::MIN;
        loop {
            let page = sqlx::query(AssertSqlSafe(select.as_str()))
                .bind(after)
                .bind(PAGE)
                .fetch_all(&mut *connection)
                .await?;
            let Some(last) = page.last() else { break };
            after = last.try_get(0)?;
            let mut bytes = vec![Vec::with_capacity(page.len()); table.bytes.len()];
            let mut numbers = vec![Vec::with_capacity(page.len()); table.numbers.len()];
            for row in &page {
                let mut column = 1;
                for values in &mut bytes {
                    values.push(row.try_get(column)?);
                    column += 1;
                }
                for values in &mut numbers {
                    values.push(row.try_get(column)?);
                    column += 1;
                }
            }
            let page = Parcel::Page {
                table,
                bytes,
                numbers,
            };
            to.send(page).await.map_err(|_| interrupted())?;
        }
        if let Some(counter) = table.counter {
            let highest: Option<i64> =
                sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = $1")
                    .bind(table.name)
                    .fetch_optional(&mut *connection)
                    .await?;
            if let Some(highest) = highest {
                let count = Parcel::Count(table, counter, highest);
                to.send(count).await.map_err(|_| interrupted())?;
            }
        }
    }
    to.send(Parcel::End).await.map_err(|_| interrupted())
}

async fn receive_all(
    connection: &mut PgConnection,
    mut parcels: mpsc::Receiver<Parcel>,
) -> Done<Copied> {
    must_be_empty(connection).await?;
    let mut copied = Copied::default();
    while let Some(parcel) = parcels.recv().await {
        match parcel {
            Parcel::Page {
                table,
                bytes,
                numbers,
            } => {
                let written = insert(connection, table, bytes, numbers).await?;
                *copied.of(table) += written;
            }
            Parcel::Count(table, counter, highest) => {
                sqlx::query("SELECT setval(pg_get_serial_sequence($1, $2), $3)")
                    .bind(table.name)
                    .bind(counter)
                    .bind(highest)
                    .execute(&mut *connection)
                    .await?;
            }
            Parcel::End => return Ok(copied),
        }
    }
    Err(interrupted())
}

impl Copied {
    fn of(&mut self, table: &Table) -> &mut u64 {
        match table.name {
            "netmile_rows" => &mut self.rows,
            "netmile_names" => &mut self.keys,
            "netmile_seen" => &mut self.seen,
            "netmile_events" => &mut self.events,
            _ => &mut self.evidence,
        }
    }
}

/// Nobody else writes from here to the end of the transaction.
async fn must_be_empty(connection: &mut PgConnection) -> Done<()> {
    for table in &TABLES {
        let lock = format!("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", table.name);
        sqlx::raw_sql(AssertSqlSafe(lock))
            .execute(&mut *connection)
            .await?;
        let any = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
        let used: bool = sqlx::query_scalar(AssertSqlSafe(any))
            .fetch_one(&mut *connection)
            .await?;
        if used {
            return Err(Error::new(
                ErrorKind::InvalidState,
                "the target has records already: copy into a new database",
            )
            .into());
        }
    }
    Ok(())
}

async fn insert(
    connection: &mut PgConnection,
    table: &Table,
    bytes: Vec<Vec<Vec<u8>>>,
    numbers: Vec<Vec<Option<i64>>>,
) -> Done<u64> {
    let names: Vec<&str> = table.bytes.iter().chain(table.numbers).copied().collect();
    let types = std::iter::repeat_n("bytea", bytes.len())
        .chain(std::iter::repeat_n("bigint", numbers.len()))
        .zip(1..)
        .map(|(kind, number)| format!("${number}::{kind}[]"));
    let insert = format!(
        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT * FROM UNNEST ({})",
        table.name,
        names.join(", "),
        types.collect::<Vec<_>>().join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(insert));
    for values in bytes {
        query = query.bind(values);
    }
    for values in numbers {
        query = query.bind(values);
    }
    Ok(query.execute(connection).await?.rows_affected())
}
