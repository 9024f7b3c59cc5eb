//! Miles for a file of any size.
//!
//! The file is read twice, piece by piece: once to check all of it, once to upload it. What is in memory at a time is one
//! piece, the upload that is being made, and a few that NetMile is processing.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::Client;
use super::miles::MilesDesk;
use crate::engine::journal::{Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::flow::bulk::{self, ErrorList, Kept, Looked};
use crate::flow::transaction::Counter;
use crate::lang::Lang;
use crate::miles::batch::{
    BatchPhase, BatchProgress, BatchRecord, BatchReport, BatchRequest, BatchState, Chunk,
    ChunkPhase, ChunkRecord, ChunkReview, Cutter, Plan, Stage, TermPrints,
};
use crate::miles::file::{
    Checked, ErrorFile, FileEncoding, FileFaults, RefusedFile, ResultKind, ResultReader, ResultRow,
    UploadReader, UploadRow,
};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::wire::signature::hex;

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Uploads that NetMile may be processing at a time.
const MAX_PROCESSING: usize = 4;

/// Longest pause between two looks at an upload.
const MAX_PAUSE: Duration = Duration::from_secs(5);

/// Looks at one upload before a run gives up: about a quarter of an hour.
const MAX_LOOKS: u32 = 180;

/// Looks at each upload that is under way when a run has to stop: it tells what is known, and does not wait long.
const LAST_LOOKS: u32 = 8;

/// Times an error list is fetched before it is believed to contradict the counts.
const MAX_FETCHED: u32 = 5;

/// A file that can be read from its beginning, twice.
pub trait BatchSource: Send + Sync {
    /// Starts at its beginning.
    ///
    /// # Errors
    /// Whatever the source says.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;

    /// Its bytes, if they are known: for the progress only.
    fn size(&self) -> Option<u64> {
        None
    }
}

/// A file on disk.
#[derive(Clone, Debug)]
pub struct FileOnDisk(pub PathBuf);

impl BatchSource for FileOnDisk {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(std::fs::File::open(&self.0)?))
    }

    fn size(&self) -> Option<u64> {
        std::fs::metadata(&self.0).ok().map(|data| data.len())
    }
}

impl BatchSource for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(io::Cursor::new(self.clone())))
    }

    fn size(&self) -> Option<u64> {
        u64::try_from(self.len()).ok()
    }
}

/// Where the two files that a run leaves are written, from their beginning, as CP932 for Excel. Both hold personal data.
pub struct BatchFiles<'a> {
    /// Faulty rows, with all their faults.
    pub faults: &'a mut (dyn Write + Send),
    /// Rows that NetMile refused, with their code and what it means.
    pub refused: &'a mut (dyn Write + Send),
    /// Language of both.
    pub lang: Lang,
}

/// Who is told how far a run is.
pub type Tell<'a> = &'a mut (dyn FnMut(&BatchProgress) + Send);

impl MilesDesk<'_> {
    /// Issues the miles of a file of any size, in uploads of at most 10,000 rows under one batch id.
    ///
    /// First all of the file is checked; nothing is sent when there is a fault, unless the request says that faulty rows
    /// are left out. Then it is uploaded, and the outcome of every row is waited for. Called again with the same batch
    /// id, file and settings, after a kill at any moment too, it goes on where it stopped: no row is issued twice. At the
    /// end the sums are proven: rows in = issued + refused, and the miles likewise; otherwise the state is
    /// [`NeedsReview`](BatchState::NeedsReview).
    ///
    /// The source is read, and the files are written, by blocking calls of small pieces.
    ///
    /// # Errors
    /// `malformed` when the file has faults (its source is [`FileFaults`]: all of them are in `files.faults`), `conflict`
    /// when the batch id was used for another file or other settings (the text names them), `invalid_value`, `not_in_contract`, `journal`,
    /// `configuration`, also when the source cannot be read or a file cannot be written. Nothing is lost by an error: the
    /// same call again goes on.
    pub async fn issue_file(
        &self,
        request: &BatchRequest,
        source: &dyn BatchSource,
        files: BatchFiles<'_>,
        tell: Tell<'_>,
    ) -> Result<BatchReport> {
        request.check()?;
        let client = self.0;
        let counter = client.counter(client.site_arc()?);
        let mut run = Run {
            client,
            counter,
            request: Arc::new(request.clone().or_carriers(&client.settings().carriers)),
            files,
            tell,
            progress: BatchProgress {
                stage: Stage::Checking,
                bytes: 0,
                bytes_total: source.size(),
                rows: 0,
                uploaded: 0,
                finished: 0,
                refused: 0,
            },
            processing: VecDeque::new(),
            checked: Vec::new(),
            terms: Arc::default(),
            report: BatchReport::new(0, Miles::new(0), 0),
        };
        let plan = run.check(source)?;
        run.report = BatchReport::new(plan.rows, plan.miles, plan.left_out);
        let record = BatchRecord::new(run.counter.site.id(), request, plan);
        run.terms = Arc::new(TermPrints::of(&record));
        let batch = client
            .run(client.script(move |io| async move { bulk::begin(&io, record).await }))
            .await?;
        run.progress.stage = Stage::Issuing;
        run.progress.bytes = 0;
        let refused_file = RefusedFile::new(run.files.lang, FileEncoding::Cp932);
        put(run.files.refused, &refused_file.header())?;
        let whole = run.upload(source).await?;
        run.settle_rest(if whole { MAX_LOOKS } else { LAST_LOOKS })
            .await?;
        run.end(batch, whole).await
    }

    /// Batches of all sites that were begun and are not done, ordered by site and batch id: at most `limit`, after `after`
    /// (one of the previous page). One that is `running` may be under way, or was when its process ended, also before its
    /// first upload or between two: then no upload of it is open. The same call of [`issue_file`](Self::issue_file) goes on
    /// with it.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved_batches(
        &self,
        after: Option<&BatchRecord>,
        limit: u32,
    ) -> Result<Vec<BatchRecord>> {
        let open = [BatchPhase::Running, BatchPhase::NeedsReview];
        let query = Query {
            kind: bulk::BATCH_KIND.to_owned(),
            phases: open.map(|phase| phase.name().to_owned()).to_vec(),
            after: after.map(|is| bulk::batch_row(&is.site, &is.batch_id)),
            limit,
        };
        let rows = self.0.journal().list(query).await?;
        rows.into_iter()
            .map(|row| Ok(Kept::from_row(row)?.is))
            .collect()
    }

    /// The batch with this id, as the journal knows it.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn batch(&self, batch_id: &str) -> Result<BatchRecord> {
        let site = self.0.site()?.id();
        match self
            .0
            .journal()
            .get(&bulk::batch_row(site, batch_id))
            .await?
        {
            Some(row) => Ok(Kept::from_row(row)?.is),
            None => Err(Error::field(
                ErrorKind::UnknownOrder,
                "batch_id",
                "is not in the journal",
            )),
        }
    }

    /// Uploads of a batch in the order of their rows, from the one whose first row is `first_row` (1 for the first upload),
    /// at most `limit`. The next page begins at the last one's `first_row + rows`.
    ///
    /// # Errors
    /// `journal`, `configuration`.
    pub async fn uploads(
        &self,
        batch_id: &str,
        first_row: u64,
        limit: u32,
    ) -> Result<Vec<ChunkRecord>> {
        let mut uploads = Vec::new();
        let mut next = first_row;
        for _ in 0..limit {
            let Some(kept) = self.kept_upload(batch_id, next).await? else {
                break;
            };
            next = next.saturating_add(kept.is.rows);
            uploads.push(kept.is);
        }
        Ok(uploads)
    }

    /// Writes down what a person found out about an upload that needs review. The next run of the batch goes on with it.
    ///
    /// # Errors
    /// `unknown_order`, `invalid_state` when it does not need review, `invalid_value`, `conflict`, `journal`.
    pub async fn review_upload(
        &self,
        batch_id: &str,
        first_row: u64,
        verdict: ChunkReview,
    ) -> Result<ChunkRecord> {
        let Some(kept) = self.kept_upload(batch_id, first_row).await? else {
            return Err(no_upload());
        };
        let limits = self.0.counter(self.0.site_arc()?).limits;
        let script = self
            .0
            .script(move |io| async move { bulk::review(&io, limits, kept, verdict).await });
        self.0.run(script).await
    }

    /// Uploads of all sites that somebody or something still has to act on: sent, processed, or under review. At most
    /// `limit`, after `after` (one of the previous page). Those that were refused wait for the next run of their batch.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved_uploads(
        &self,
        after: Option<&ChunkRecord>,
        limit: u32,
    ) -> Result<Vec<ChunkRecord>> {
        let query = Query {
            kind: bulk::CHUNK_KIND.to_owned(),
            phases: bulk::OPEN.map(|phase| phase.name().to_owned()).to_vec(),
            after: after.map(|is| bulk::upload_row(&is.site, &is.batch_id, is.first_row)),
            limit,
        };
        let rows = self.0.journal().list(query).await?;
        rows.into_iter()
            .map(|row| Ok(Kept::from_row(row)?.is))
            .collect()
    }

    /// Looks after one upload now, instead of when it is due: asks NetMile what became of it. Its rows are not sent:
    /// what never arrived is refused (`client:never_arrived`), and the next run of the batch sends it.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn resolve_upload(&self, batch_id: &str, first_row: u64) -> Result<ChunkRecord> {
        match self.kept_upload(batch_id, first_row).await? {
            Some(kept) => self.0.look_upload(kept).await,
            None => Err(no_upload()),
        }
    }

    async fn kept_upload(
        &self,
        batch_id: &str,
        first_row: u64,
    ) -> Result<Option<Kept<ChunkRecord>>> {
        let id = bulk::upload_row(self.0.site()?.id(), batch_id, first_row);
        let row = self.0.journal().get(&id).await?;
        row.map(Kept::from_row).transpose()
    }
}

fn no_upload() -> Error {
    Error::field(
        ErrorKind::UnknownOrder,
        "first_row",
        "is not that of an upload in the journal",
    )
}

impl Client {
    pub(super) async fn look_upload_row(&self, row: Row) -> Result<ChunkRecord> {
        self.look_upload(Kept::from_row(row)?).await
    }

    async fn look_upload(&self, kept: Kept<ChunkRecord>) -> Result<ChunkRecord> {
        let counter = self.counter(self.known_site(&kept.is.site)?);
        let script = self.script(move |io| async move { bulk::resolve(&io, &counter, kept).await });
        self.run(script).await
    }
}

struct Run<'c, 'f, 't> {
    client: &'c Client,
    counter: Counter,
    request: Arc<BatchRequest>,
    files: BatchFiles<'f>,
    tell: Tell<'t>,
    progress: BatchProgress,
    processing: VecDeque<Sent>,
    /// Of each upload that the first pass made, in their order.
    checked: Vec<Fingerprint>,
    /// What every upload is sent under.
    terms: Arc<TermPrints>,
    report: BatchReport,
}

/// Tells one upload from another.
type Fingerprint = [u8; 32];

/// An upload that NetMile has, and what its rows are told by.
struct Sent {
    kept: Kept<ChunkRecord>,
    rows: Prints,
}

impl Run<'_, '_, '_> {
    /// The first pass: every row is checked, every upload is made and thrown away.
    fn check(&mut self, source: &dyn BatchSource) -> Result<Plan> {
        let errors = ErrorFile::new(self.request.kind(), self.files.lang, FileEncoding::Cp932);
        put(self.files.faults, &errors.header())?;
        let mut reader = UploadReader::new(self.request.rules());
        let mut pass = Pass::new(&self.request, false);
        let mut plan = Sha256::new();
        let mut uploads = Vec::new();
        let mut found = FileFaults::default();
        let mut sums = (0_u64, 0_u64);
        let faulty = std::cell::RefCell::new(Vec::new());
        let mut file = Sha256::new();
        let mut input = Pieces::open(source)?;
        let leave_out = self.request.leave_out_faulty;
        let mut of_whole_file = 0_u64;
        let mut take = |checked: Checked<'_>, pass: &mut Pass| match checked {
            Checked::Row(row) => pass.push(&row),
            Checked::Faulty(row) => {
                of_whole_file += u64::from(row.number.is_none());
                row.faults.iter().for_each(|fault| found.push(*fault));
                errors.append(&mut faulty.borrow_mut(), &row);
            }
        };
        let mut count = |pass: &mut Pass| -> Result<()> {
            for Made { chunk, .. } in pass.take()? {
                plan.update(&chunk.sha256);
                uploads.push(fingerprint(&chunk));
                sums.0 += chunk.rows;
                sums.1 = sums.1.checked_add(chunk.miles.get()).ok_or_else(|| {
                    Error::field(ErrorKind::InvalidValue, "miles", "add up to too many")
                })?;
            }
            Ok(())
        };
        let mut bytes = 0;
        while let Some(piece) = input.next()? {
            file.update(piece);
            reader.feed(piece, &mut |checked| take(checked, &mut pass));
            count(&mut pass)?;
            put(self.files.faults, &faulty.take())?;
            bytes += piece.len();
            self.progress.bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
            self.progress.rows = pass.rows;
            (self.tell)(&self.progress);
        }
        let end = reader.finish(&mut |checked| take(checked, &mut pass));
        pass.finish();
        count(&mut pass)?;
        put(self.files.faults, &faulty.take())?;
        flush(self.files.faults)?;
        let may_go_on = leave_out && of_whole_file == 0 && end.is_whole && sums.0 > 0;
        if !end.is_clean() && !may_go_on {
            return Err(found.into());
        }
        self.checked = uploads;
        Ok(Plan {
            file_sha256: hex(&file.finalize()),
            plan_sha256: hex(&plan.finalize()),
            rows: sums.0,
            miles: Miles::new(sums.1),
            left_out: end.faulty_rows,
        })
    }

    /// The second pass: the same uploads are made again, and sent. False when it had to stop.
    async fn upload(&mut self, source: &dyn BatchSource) -> Result<bool> {
        let mut reader = UploadReader::new(self.request.rules());
        let mut pass = Pass::new(&self.request, true);
        let mut checked = std::mem::take(&mut self.checked).into_iter();
        let mut input = Pieces::open(source)?;
        let mut bytes = 0;
        while let Some(piece) = input.next()? {
            reader.feed(piece, &mut |checked| pass.take_good(&checked));
            bytes += piece.len();
            self.progress.bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
            for made in pass.take()? {
                if !self.send(made, checked.next()).await? {
                    return Ok(false);
                }
            }
        }
        reader.finish(&mut |checked| pass.take_good(&checked));
        pass.finish();
        for made in pass.take()? {
            if !self.send(made, checked.next()).await? {
                return Ok(false);
            }
        }
        match checked.next() {
            Some(_) => Err(changed()),
            None => Ok(true),
        }
    }

    /// Brings one upload to NetMile, if it is the one that was checked. False when nothing more can be sent now.
    async fn send(&mut self, made: Made, checked: Option<Fingerprint>) -> Result<bool> {
        let Made { chunk, rows } = made;
        if checked != Some(fingerprint(&chunk)) {
            return Err(changed());
        }
        while self.processing.len() >= MAX_PROCESSING {
            let Some(oldest) = self.processing.pop_front() else {
                break;
            };
            if !self.settle(oldest, MAX_LOOKS).await? {
                return Ok(false);
            }
        }
        let counter = self.counter.clone();
        let under = (Arc::clone(&self.request), Arc::clone(&self.terms));
        let chunk = Arc::new(chunk);
        let script = self
            .client
            .script(move |io| async move { bulk::upload(&io, &counter, under, chunk).await });
        let Looked { kept, refused } = self.client.run(script).await?;
        self.told_no(refused);
        match kept.is.phase {
            ChunkPhase::Accepted | ChunkPhase::Finished => {
                self.progress.uploaded += kept.is.rows;
                (self.tell)(&self.progress);
                self.processing.push_back(Sent { kept, rows });
                Ok(true)
            }
            ChunkPhase::Sending => {
                self.report.add(&kept.is);
                Ok(false)
            }
            ChunkPhase::Refused => {
                self.report.state = BatchState::Refused;
                self.report.add(&kept.is);
                Ok(false)
            }
            // It says nothing of the others.
            ChunkPhase::NeedsReview => self.settle(Sent { kept, rows }, 1).await,
        }
    }

    /// Settles what is under way when no more is sent.
    async fn settle_rest(&mut self, looks: u32) -> Result<()> {
        while let Some(sent) = self.processing.pop_front() {
            self.settle(sent, looks).await?;
        }
        Ok(())
    }

    /// Takes down why NetMile does not tell about an upload: waiting would not help.
    fn told_no(&mut self, refused: Option<Rejection>) {
        if refused.is_some() {
            self.report.rejection = self.report.rejection.take().or(refused);
            if self.report.state == BatchState::Waiting {
                self.report.state = BatchState::Refused;
            }
        }
    }

    /// Counts an upload in which nothing changes any more in this run.
    fn told(&mut self, record: &ChunkRecord) {
        if record.phase == ChunkPhase::NeedsReview {
            self.report.state = BatchState::NeedsReview;
        }
        self.report.add(record);
        if record.is_counted() {
            self.progress.finished += record.rows;
            self.progress.refused += record.refused;
        }
        (self.tell)(&self.progress);
    }

    /// Waits until every row of an upload has its outcome, and lists the refused ones. False when NetMile does not answer
    /// for too long.
    async fn settle(&mut self, sent: Sent, looks: u32) -> Result<bool> {
        let Sent { mut kept, rows } = sent;
        let mut pause = Duration::ZERO;
        for _ in 0..looks {
            if !kept.is.is_open() {
                break;
            }
            let counter = self.counter.clone();
            let script = self
                .client
                .script(move |io| async move { bulk::look(&io, &counter, kept, pause).await });
            let looked = self.client.run(script).await?;
            kept = looked.kept;
            if looked.refused.is_some() {
                self.told_no(looked.refused);
                break;
            }
            pause = MAX_PAUSE.min(pause * 2 + Duration::from_millis(50));
        }
        if kept.is.phase == ChunkPhase::Accepted {
            self.report.add(&kept.is);
            return Ok(false);
        }
        if kept.is.phase == ChunkPhase::Finished && kept.is.is_reviewed {
            self.report.lists_missing += u64::from(kept.is.refused > 0);
        } else if kept.is.phase == ChunkPhase::Finished && kept.is.refused > 0 {
            match self.list(kept.clone(), &rows).await? {
                Some(listed) => kept = listed,
                None => {
                    self.report.lists_open += 1;
                    self.told(&kept.is);
                    return Ok(false);
                }
            }
        }
        self.told(&kept.is);
        Ok(true)
    }

    /// Writes the refused rows of an upload, and compares them with what was counted and what was sent. `None` when NetMile
    /// does not answer, or not with a whole list.
    async fn list(
        &mut self,
        kept: Kept<ChunkRecord>,
        sent: &Prints,
    ) -> Result<Option<Kept<ChunkRecord>>> {
        let mut before: Option<Vec<ResultRow>> = None;
        let mut alike = 1;
        for _ in 0..MAX_FETCHED {
            let (counter, id) = (
                self.counter.clone(),
                kept.is.registration_id.clone().unwrap_or_default(),
            );
            let script = self
                .client
                .script(move |io| async move { bulk::errors(&io, &counter, id).await });
            let bytes = match self.client.run(script).await? {
                ErrorList::Bytes(bytes) => bytes,
                ErrorList::Missing => {
                    self.report.lists_missing += 1;
                    return Ok(Some(kept));
                }
                ErrorList::Unknown => continue,
            };
            let Ok(rows) = ResultReader::read(ResultKind::Errors, &bytes) else {
                continue;
            };
            if agrees(&kept.is, &rows) && sent.have(&rows) {
                let file = RefusedFile::new(self.files.lang, FileEncoding::Cp932);
                let mut out = Vec::new();
                rows.iter().for_each(|row| file.append(&mut out, row));
                put(self.files.refused, &out)?;
                return Ok(Some(kept));
            }
            alike = match &before {
                Some(before) if *before == rows => alike + 1,
                _ => 1,
            };
            // One that is too short may have been cut on its way, more than once at the same place.
            let is_short = u64::try_from(rows.len()).is_ok_and(|rows| rows < kept.is.refused);
            if alike >= if is_short { MAX_FETCHED } else { 2 } {
                let limits = self.counter.limits;
                let script = self
                    .client
                    .script(move |io| async move { bulk::differs(&io, limits, kept).await });
                return self.client.run(script).await.map(Some);
            }
            before = Some(rows);
        }
        Ok(None)
    }

    /// Proves the sums, and records how the batch stands.
    async fn end(mut self, batch: Kept<BatchRecord>, whole: bool) -> Result<BatchReport> {
        flush(self.files.refused)?;
        if whole {
            self.report.end();
        }
        let phase = match self.report.state {
            BatchState::Done => BatchPhase::Done,
            BatchState::NeedsReview => BatchPhase::NeedsReview,
            BatchState::Waiting | BatchState::Refused => BatchPhase::Running,
        };
        let script = self
            .client
            .script(move |io| async move { bulk::end(&io, batch, phase).await });
        self.client.run(script).await?;
        Ok(self.report)
    }
}

/// Whether a list of refused rows says the same as the counts.
fn agrees(record: &ChunkRecord, rows: &[ResultRow]) -> bool {
    let count = u64::try_from(rows.len()).ok();
    let miles = rows
        .iter()
        .try_fold(0_u64, |sum, row| sum.checked_add(row.miles()?.get()));
    let of_code = |code: &str| {
        let rows = rows.iter().filter(|row| row.code.as_deref() == Some(code));
        u64::try_from(rows.count()).ok()
    };
    count == Some(record.refused)
        && miles == Some(record.miles_refused.get())
        && record
            .breakdown
            .iter()
            .all(|(code, count)| of_code(code) == Some(*count))
}

fn fingerprint(chunk: &Chunk) -> Fingerprint {
    Sha256::digest(&chunk.sha256).into()
}

fn changed() -> Error {
    Error::field(
        ErrorKind::Conflict,
        "file",
        "was changed after it was checked; nothing of the change was sent",
    )
}

/// What the rows of an upload are told by.
#[derive(Default)]
struct Prints {
    keys: RandomState,
    rows: Vec<u64>,
}

impl Prints {
    fn push(&mut self, row: &UploadRow<'_>) {
        let print = self.keys.hash_one((row.user, row.key, row.miles.get()));
        self.rows.push(print);
    }

    /// Whether every row of a list was sent, and as often as it is listed.
    fn have(&self, listed: &[ResultRow]) -> bool {
        let mut left = HashMap::new();
        for row in &self.rows {
            *left.entry(*row).or_insert(0_u32) += 1;
        }
        listed.iter().all(|row| {
            let miles = row.miles().map(Miles::get);
            let print = miles.map(|miles| {
                self.keys
                    .hash_one((row.user.as_str(), row.key.as_str(), miles))
            });
            match print.and_then(|print| left.get_mut(&print)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            }
        })
    }
}

/// An upload, and what its rows are told by.
struct Made {
    chunk: Chunk,
    rows: Prints,
}

/// The uploads that a pass over the file makes.
struct Pass {
    cutter: Option<Cutter>,
    prints: Option<Prints>,
    ready: Vec<Made>,
    failed: Option<Error>,
    rows: u64,
}

impl Pass {
    fn new(request: &BatchRequest, with_prints: bool) -> Self {
        Self {
            cutter: Some(Cutter::new(request)),
            prints: with_prints.then(Prints::default),
            ready: Vec::new(),
            failed: None,
            rows: 0,
        }
    }

    fn push(&mut self, row: &UploadRow<'_>) {
        self.rows = row.number;
        if let Some(prints) = &mut self.prints {
            prints.push(row);
        }
        match self.cutter.as_mut().map(|cutter| cutter.push(row)) {
            Some(Ok(chunk)) => self.made(chunk),
            Some(Err(error)) => self.failed = Some(error),
            None => {}
        }
    }

    fn made(&mut self, chunk: Option<Chunk>) {
        if let Some(chunk) = chunk {
            let rows = self.prints.as_mut().map(std::mem::take).unwrap_or_default();
            self.ready.push(Made { chunk, rows });
        }
    }

    fn take_good(&mut self, checked: &Checked<'_>) {
        if let Checked::Row(row) = checked {
            self.push(row);
        }
    }

    fn finish(&mut self) {
        let last = self.cutter.take().and_then(Cutter::finish);
        self.made(last);
    }

    fn take(&mut self) -> Result<Vec<Made>> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(std::mem::take(&mut self.ready)),
        }
    }
}

/// A source, piece by piece.
struct Pieces {
    input: Box<dyn Read + Send>,
    buffer: Vec<u8>,
}

impl Pieces {
    fn open(source: &dyn BatchSource) -> Result<Self> {
        Ok(Self {
            input: source.open().map_err(|error| broken("source", error))?,
            buffer: vec![0; PIECE],
        })
    }

    fn next(&mut self) -> Result<Option<&[u8]>> {
        loop {
            match self.input.read(&mut self.buffer) {
                Ok(0) => return Ok(None),
                Ok(count) => return Ok(self.buffer.get(..count)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(broken("source", error)),
            }
        }
    }
}

fn put(file: &mut (dyn Write + Send), bytes: &[u8]) -> Result<()> {
    file.write_all(bytes)
        .map_err(|error| broken("files", error))
}

fn flush(file: &mut (dyn Write + Send)) -> Result<()> {
    file.flush().map_err(|error| broken("files", error))
}

fn broken(field: &'static str, error: io::Error) -> Error {
    Error::field(ErrorKind::Configuration, field, "cannot be read or written").with_source(error)
}
