//! Files of miles of any size.

use std::path::Path;

use netmile::miles::batch::{self, BatchProgress, ChunkReview, Stage};
use netmile::miles::file::{FileFault, UploadKind, UploadRules};
use netmile::reference::Mail;
use netmile::{Lang, Result};
use netmile_ffi_runtime::config::one_of;

use super::mile_campaigns::CodeTally;
use super::mile_tags::MileRule;
use super::miles::IssueSettings;
use super::payments::Refusal;
use super::shapes;
use crate::convert::{count, invalid, miles as checked, name, signed};

shapes! {
    /// A file to check. Exactly one of `file` and `path` is given.
    FileCheckRequest shows [kind, path] {
        /// `mail`, `mobile_mail`, `user_id` or `exchange`.
        kind: String,
        /// The bytes, at most 16 MB. Personal.
        #[serde(default, with = "crate::bytes::optional")]
        file: Option<Vec<u8>>,
        /// A file on this machine, of any size.
        #[serde(default)]
        path: Option<String>,
        /// What the campaign issues.
        #[serde(default)]
        rule: Option<MileRule>,
        /// Whether more rows than one upload may have are allowed.
        #[serde(default)]
        any_size: bool,
        /// Which mail domains are those of mobile carriers, instead of the known ones.
        #[serde(default)]
        carrier_domains: Option<Vec<String>>,
    }

    /// What is wrong in a place of a file.
    FileFaultEntry shows [line, column, field, code] {
        /// Line, from 1.
        line: i64,
        /// Column, from 1.
        column: Option<i64>,
        /// Which field.
        field: Option<String>,
        /// NetMile's code for it, if it has one.
        code: Option<String>,
        /// What, in the client's language. Never the value.
        text: String,
    }

    /// What a check found.
    FileCheckReport shows [clean, rows, faulty_rows, faults, miles] {
        /// Whether it can be uploaded as it is.
        clean: bool,
        /// Data rows.
        rows: i64,
        /// Of which faulty.
        faulty_rows: i64,
        /// How many faults.
        faults: i64,
        /// Miles of the good rows.
        miles: i64,
        /// Whether it begins with a header.
        has_header: bool,
        /// The first 1000 faults.
        found: Vec<FileFaultEntry>,
    }

    /// Miles for a file of any size, under one batch id. Called again with the same, also after a crash, it goes on.
    BatchIssueRequest shows [batch_id, campaign_id, kind, path, leave_out_faulty] {
        /// The shop's own id, at most 40 characters.
        batch_id: String,
        /// Campaign.
        campaign_id: String,
        /// `mail`, `mobile_mail`, `user_id` or `exchange`.
        kind: String,
        /// The file on this machine.
        path: String,
        /// Where faulty rows are written, with all their faults. Personal.
        faults_path: String,
        /// Where refused rows are written, with their codes. Personal.
        refused_path: String,
        /// Settings of the issues.
        #[serde(default)]
        settings: Option<IssueSettings>,
        /// What the campaign issues; with it rows are checked against it.
        #[serde(default)]
        rule: Option<MileRule>,
        /// Name under which NetMile shows it.
        #[serde(default)]
        file_name: Option<String>,
        /// Whom NetMile mails when an upload is processed. Personal.
        #[serde(default)]
        notify: Option<String>,
        /// Rows of one upload, 1 to 10000.
        #[serde(default)]
        rows_per_upload: Option<i64>,
        /// Issue the good rows although there are faulty ones.
        #[serde(default)]
        leave_out_faulty: bool,
        /// Which mail domains are those of mobile carriers, instead of the known ones.
        #[serde(default)]
        carrier_domains: Option<Vec<String>>,
    }

    /// What became of a file.
    BatchIssueReport shows [state, rows, miles, issued, miles_issued, refused, miles_refused, unknown, adds_up] {
        /// `done`, `waiting` (call again), `refused` or `needs_review`.
        state: String,
        /// Rows to issue.
        rows: i64,
        /// Their miles.
        miles: i64,
        /// Faulty rows that were left out.
        left_out: i64,
        /// Uploads that NetMile has.
        uploads: i64,
        /// Rows issued.
        issued: i64,
        /// Their miles.
        miles_issued: i64,
        /// Rows refused.
        refused: i64,
        /// Their miles.
        miles_refused: i64,
        /// Rows of which nothing is known yet.
        unknown: i64,
        /// Their miles.
        miles_unknown: i64,
        /// Refused rows by code.
        breakdown: Vec<CodeTally>,
        /// Why NetMile refused an upload as a whole.
        rejection: Option<Refusal>,
        /// Whether rows in are issued + refused, and the miles likewise.
        adds_up: bool,
    }

    /// Names a batch.
    BatchId shows [batch_id] {
        /// The shop's own id.
        batch_id: String,
    }

    /// How far a batch is that runs in this process.
    BatchProgressReport shows [known, stage, bytes, bytes_total, rows, uploaded, finished, refused] {
        /// Whether it was started in this process.
        known: bool,
        /// `checking` or `issuing`.
        stage: Option<String>,
        /// Bytes read in this stage.
        bytes: i64,
        /// Bytes of the file.
        bytes_total: Option<i64>,
        /// Good rows found.
        rows: i64,
        /// Rows that NetMile has.
        uploaded: i64,
        /// Rows whose outcome is known.
        finished: i64,
        /// Of which refused.
        refused: i64,
    }

    /// A batch as the journal knows it.
    BatchState shows [batch_id, site_id, rows, miles, left_out, phase] {
        /// The shop's own id.
        batch_id: String,
        /// Site.
        site_id: String,
        /// SHA-256 of the file.
        file_sha256: String,
        /// Rows to issue.
        rows: i64,
        /// Their miles.
        miles: i64,
        /// Faulty rows that were left out.
        left_out: i64,
        /// `running`, `done` or `needs_review`.
        phase: String,
    }

    /// Which uploads of a batch.
    UploadQuery shows [batch_id, first_row, limit] {
        /// The shop's own id.
        batch_id: String,
        /// From the upload whose first row is this; 1 for the first.
        first_row: i64,
        /// At most so many, 1 to 1000.
        limit: i64,
    }

    /// Names an upload.
    UploadId shows [batch_id, first_row] {
        /// The shop's own id of the batch.
        batch_id: String,
        /// Its first row.
        first_row: i64,
    }

    /// Names an upload of any site of the client.
    UploadRef shows [site_id, batch_id, first_row] {
        /// Site.
        site_id: String,
        /// The shop's own id of the batch.
        batch_id: String,
        /// Its first row.
        first_row: i64,
    }

    /// Which open uploads.
    OpenUploadQuery shows [after, limit] {
        /// After this one: the last one of the previous page.
        #[serde(default)]
        after: Option<UploadRef>,
        /// At most so many, 1 to 1000.
        limit: i64,
    }

    /// One upload of a batch.
    Upload shows [site_id, batch_id, first_row, rows, miles, phase, registration_id, refused, miles_issued, miles_refused, review] {
        /// Site.
        site_id: String,
        /// The shop's own id of the batch.
        batch_id: String,
        /// Its first row.
        first_row: i64,
        /// Its rows.
        rows: i64,
        /// Their miles.
        miles: i64,
        /// `sending`, `accepted`, `finished`, `refused` or `needs_review`.
        phase: String,
        /// NetMile's id.
        registration_id: Option<String>,
        /// Refused rows.
        refused: i64,
        /// Miles issued.
        miles_issued: i64,
        /// Miles refused.
        miles_refused: i64,
        /// Refused rows by code.
        breakdown: Vec<CodeTally>,
        /// Why it was refused as a whole.
        rejection: Option<Refusal>,
        /// Why a person must look: `unanswered`, `refused`, `sums_differ`, `two_ids` or `list_differs`.
        review: Option<String>,
    }

    /// Uploads.
    Uploads shows [uploads] {
        /// In the order of site, batch and rows.
        uploads: Vec<Upload>,
    }

    /// What a person found out about an upload under review: it is not there, or what was counted.
    UploadReview shows [batch_id, first_row, verdict, refused, miles_refused] {
        /// The shop's own id.
        batch_id: String,
        /// Its first row.
        first_row: i64,
        /// `not_there` or `counted`.
        verdict: String,
        /// Refused rows, when counted.
        #[serde(default)]
        refused: Option<i64>,
        /// Miles refused, when counted.
        #[serde(default)]
        miles_refused: Option<i64>,
    }
}

fn kind(given: &str) -> Result<UploadKind> {
    one_of("kind", &UploadKind::ALL, UploadKind::name, given)
}

fn carriers(domains: &[String]) -> netmile::miles::file::CarrierDomains {
    netmile::miles::file::CarrierDomains::new(domains.iter().map(String::as_str))
}

impl FileCheckRequest {
    pub(crate) fn rules(&self) -> Result<UploadRules> {
        let mut rules = UploadRules::new(kind(&self.kind)?);
        if let Some(rule) = &self.rule {
            rules = rules.with_rule(rule.to_core()?);
        }
        if self.any_size {
            rules = rules.of_any_size();
        }
        if let Some(domains) = &self.carrier_domains {
            rules = rules.with_carriers(carriers(domains));
        }
        Ok(rules)
    }

    pub(crate) fn source(&self) -> Result<Source<'_>> {
        match (&self.file, &self.path) {
            (Some(bytes), None) => Ok(Source::Bytes(bytes)),
            (None, Some(path)) => Ok(Source::Path(Path::new(path))),
            _ => Err(invalid("file", "must be given, or path, not both")),
        }
    }
}

/// Where a file comes from.
pub(crate) enum Source<'a> {
    Bytes(&'a [u8]),
    Path(&'a Path),
}

impl FileFaultEntry {
    pub(crate) fn new(fault: &FileFault, lang: Lang) -> Self {
        Self {
            line: signed(fault.line),
            column: fault.column.map(i64::from),
            field: fault.field.map(|field| field.name().to_owned()),
            code: fault.kind.code().map(str::to_owned),
            text: fault.text(lang),
        }
    }
}

impl BatchIssueRequest {
    pub(crate) fn to_core(&self) -> Result<batch::BatchRequest> {
        let mut request = batch::BatchRequest::new(
            self.batch_id.as_str(),
            self.campaign_id.as_str(),
            kind(&self.kind)?,
        )
        .with_settings(IssueSettings::or_default(self.settings.as_ref())?);
        if let Some(rule) = &self.rule {
            request = request.with_rule(rule.to_core()?);
        }
        if let Some(name) = &self.file_name {
            request = request.with_file_name(name.as_str());
        }
        if let Some(operator) = &self.notify {
            request = request.with_notify(Mail::new(operator.as_str())?);
        }
        if let Some(rows) = self.rows_per_upload {
            request = request.with_rows_per_upload(count("rows_per_upload", rows)?);
        }
        if self.leave_out_faulty {
            request = request.leaving_out_faulty_rows();
        }
        if let Some(domains) = &self.carrier_domains {
            request = request.with_carriers(carriers(domains));
        }
        Ok(request)
    }
}

impl From<batch::BatchReport> for BatchIssueReport {
    fn from(report: batch::BatchReport) -> Self {
        let adds_up = report.adds_up();
        let tally = |(code, rows): (String, u64)| CodeTally {
            code,
            count: signed(rows),
        };
        Self {
            state: report.state.name().to_owned(),
            rows: signed(report.rows),
            miles: signed(report.miles.get()),
            left_out: signed(report.left_out),
            uploads: signed(report.uploads),
            issued: signed(report.issued),
            miles_issued: signed(report.miles_issued.get()),
            refused: signed(report.refused),
            miles_refused: signed(report.miles_refused.get()),
            unknown: signed(report.unknown),
            miles_unknown: signed(report.miles_unknown.get()),
            breakdown: report.breakdown.into_iter().map(tally).collect(),
            rejection: report.rejection.as_ref().map(Into::into),
            adds_up,
        }
    }
}

impl From<Option<BatchProgress>> for BatchProgressReport {
    fn from(progress: Option<BatchProgress>) -> Self {
        let known = progress.is_some();
        let stage = progress.as_ref().map(|progress| {
            let stage = match progress.stage {
                Stage::Checking => "checking",
                Stage::Issuing => "issuing",
            };
            stage.to_owned()
        });
        let of =
            |count: fn(&BatchProgress) -> u64| progress.as_ref().map_or(0, |p| signed(count(p)));
        Self {
            known,
            stage,
            bytes: of(|p| p.bytes),
            bytes_total: progress.as_ref().and_then(|p| p.bytes_total).map(signed),
            rows: of(|p| p.rows),
            uploaded: of(|p| p.uploaded),
            finished: of(|p| p.finished),
            refused: of(|p| p.refused),
        }
    }
}

impl From<batch::BatchRecord> for BatchState {
    fn from(record: batch::BatchRecord) -> Self {
        Self {
            batch_id: record.batch_id,
            site_id: record.site,
            file_sha256: record.file_sha256,
            rows: signed(record.rows),
            miles: signed(record.miles.get()),
            left_out: signed(record.left_out),
            phase: record.phase.name().to_owned(),
        }
    }
}

impl From<batch::ChunkRecord> for Upload {
    fn from(record: batch::ChunkRecord) -> Self {
        let tally = |(code, count): (String, u64)| CodeTally {
            code,
            count: signed(count),
        };
        Self {
            site_id: record.site,
            batch_id: record.batch_id,
            first_row: signed(record.first_row),
            rows: signed(record.rows),
            miles: signed(record.miles.get()),
            phase: name(&record.phase),
            registration_id: record.registration_id,
            refused: signed(record.refused),
            miles_issued: signed(record.miles_issued.get()),
            miles_refused: signed(record.miles_refused.get()),
            breakdown: record.breakdown.into_iter().map(tally).collect(),
            rejection: record.rejection.as_ref().map(Into::into),
            review: record.cause.as_ref().map(name),
        }
    }
}

impl UploadReview {
    pub(crate) fn to_core(&self) -> Result<ChunkReview> {
        match (self.verdict.as_str(), self.refused, self.miles_refused) {
            ("not_there", None, None) => Ok(ChunkReview::NotThere),
            ("counted", Some(refused), Some(miles)) => Ok(ChunkReview::Counted {
                refused: count("refused", refused)?,
                miles_refused: checked("miles_refused", miles)?,
            }),
            _ => Err(invalid(
                "verdict",
                "must be not_there, or counted with refused and miles_refused",
            )),
        }
    }
}
