//! Batches and uploads in the journal.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::transaction::fact_of_site;
use crate::engine::Io;
use crate::engine::journal::{Advanced, Change, Intent, NewEvent, Opened, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::miles::batch::{ChunkEvent, ChunkRecord, transition};
use crate::purchase::{FactKind, Subject};
use crate::reference::{Limits, Told};
use crate::time::Timestamp;

/// What rows of batches are called.
pub(crate) const BATCH_KIND: &str = "batch";

/// What rows of uploads are called.
pub(crate) const CHUNK_KIND: &str = "chunk";

/// Times one step is tried again because somebody else changed the same row.
pub(super) const MAX_RACES: usize = 16;

/// A record at a version.
#[derive(Clone)]
pub(crate) struct Kept<R> {
    pub(crate) is: R,
    version: u64,
    row_id: String,
}

/// How a record is written.
pub(super) struct Listed<'a> {
    pub(super) phase: &'a str,
    pub(super) due: Option<Timestamp>,
    pub(super) told: Option<NewEvent>,
}

impl<'a> Listed<'a> {
    /// One that nobody looks after, and nobody is told of.
    pub(super) const fn by(phase: &'a str) -> Self {
        Self {
            phase,
            due: None,
            told: None,
        }
    }
}

pub(crate) fn batch_row(site: &str, batch_id: &str) -> String {
    format!("{BATCH_KIND}:{site}/{batch_id}")
}

pub(crate) fn upload_row(site: &str, batch_id: &str, first_row: u64) -> String {
    format!("{CHUNK_KIND}:{site}/{batch_id}/{first_row}")
}

/// How the rows of a site's uploads begin.
pub(crate) fn uploads_of(site: &str) -> String {
    format!("{CHUNK_KIND}:{site}/")
}

impl<R: Serialize + DeserializeOwned> Kept<R> {
    pub(crate) fn from_row(row: Row) -> Result<Self> {
        let is = serde_json::from_str(&row.body).map_err(|error| {
            let what = "a batch in the journal cannot be read";
            Error::new(ErrorKind::Journal, what).with_source(error)
        })?;
        Ok(Self {
            is,
            version: row.version,
            row_id: row.id,
        })
    }

    /// The other value says whether it was new.
    pub(super) async fn open(
        io: &Io,
        (id, kind): (String, &str),
        listed: Listed<'_>,
        new: &R,
    ) -> Result<(Self, bool)> {
        let intent = Intent {
            id,
            kind: kind.to_owned(),
            phase: listed.phase.to_owned(),
            body: json(new)?,
            keys: Vec::new(),
            due: listed.due,
            now: io.now(),
        };
        match io.open(intent).await? {
            Opened::New(row) => Ok((Self::from_row(row)?, true)),
            Opened::Existing(row) => Ok((Self::from_row(row)?, false)),
        }
    }

    /// False when somebody else was faster: then it was read again.
    pub(super) async fn advance(&mut self, io: &Io, listed: Listed<'_>, next: &R) -> Result<bool> {
        let change = Change {
            phase: listed.phase.to_owned(),
            body: json(next)?,
            new_keys: Vec::new(),
            due: listed.due,
            events: listed.told.into_iter().collect(),
            now: io.now(),
        };
        let (row, ours) = match io.advance(&self.row_id, self.version, change, None).await? {
            Advanced::Applied(row) => (row, true),
            Advanced::Stale(row) => (row, false),
            Advanced::SeenBefore => return Ok(true),
        };
        *self = Self::from_row(row)?;
        Ok(ours)
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(ErrorKind::Journal, "a record cannot be written as JSON").with_source(error)
    })
}

/// Who writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// A run that says in its report what it finds out. That a person must look is told all the same.
    Run,
    /// Whoever comes after it.
    Resolver,
}

impl Kept<ChunkRecord> {
    /// Applies an event, once. False when somebody else was faster: then nothing was written, and the row was read again.
    pub(super) async fn note(
        &mut self,
        io: &Io,
        limits: Limits,
        writer: Writer,
        event: &ChunkEvent,
    ) -> Result<bool> {
        let step = transition(&self.is, event, io.now(), limits)?;
        if step.record == self.is {
            return Ok(true);
        }
        let kind = match (step.told, writer) {
            (Some(Told::NeedsReview), _) => Some(FactKind::NeedsReview),
            (Some(Told::Done), Writer::Resolver) => Some(FactKind::MilesIssued),
            (Some(Told::Refused), Writer::Resolver) => Some(FactKind::MilesRefused),
            _ => None,
        };
        let told = kind.map(|kind| {
            let tran_id = self.is.tran_id();
            fact_of_site(&self.is.site, (Subject::Upload, &tran_id), kind, io.now())
        });
        let listed = Listed {
            phase: step.record.phase.name(),
            due: step.due,
            told: told.transpose()?,
        };
        self.advance(io, listed, &step.record).await
    }

    /// Applies an event that is true whatever somebody else wrote meanwhile.
    pub(super) async fn write(
        &mut self,
        io: &Io,
        limits: Limits,
        writer: Writer,
        event: &ChunkEvent,
    ) -> Result<()> {
        for _ in 0..MAX_RACES {
            if self.note(io, limits, writer, event).await? {
                return Ok(());
            }
        }
        Err(too_many())
    }
}

pub(super) fn too_many() -> Error {
    Error::field(
        ErrorKind::Conflict,
        "batch_id",
        "is changed by too many others at once",
    )
}
