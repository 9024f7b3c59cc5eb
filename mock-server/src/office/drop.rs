//! Exchange files: what NetMile fetches from a merchant's drop, checks, issues and answers.
//!
//! Source: docs/reference-api.md#files-that-netmile-fetches.

use sha2::{Digest as _, Sha256};

use super::{
    code::Code,
    csv::{self, Rows, Writer},
    exchange::MANNER,
    gate::hex,
    issue::{Wanted, read_miles},
    refusal::{FileFault, Refusal},
    state::Office,
    user::Method,
};

/// An exchange file that was worked on.
#[derive(Debug, Clone)]
pub(crate) struct ExchangeFile {
    pub(crate) site: u16,
    pub(crate) name: String,
    pub(crate) digest: [u8; 32],
    pub(crate) rows: Rows,
    pub(crate) codes: Vec<Option<Code>>,
    pub(crate) delivered: bool,
}

/// What came of an exchange file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct ExchangeReport {
    /// Its name.
    pub name: String,
    /// Rows issued.
    pub issued: u32,
    /// Miles issued.
    pub miles: u64,
    /// Rows refused.
    pub refused: u32,
}

/// What an `.end` file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Name of the file that it is about.
    pub file: String,
    /// Its rows.
    pub rows: u64,
    /// Their miles.
    pub miles: u64,
    /// SHA-256 of its bytes in lower-case hex.
    pub sha256: String,
}

impl End {
    /// Reads the four lines; their order does not matter.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (mut file, mut rows, mut miles, mut sha256) = (None, None, None, None);
        for line in text.lines().filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once('=')?;
            match name {
                "file" => file = Some(value.to_owned()),
                "rows" => rows = value.parse().ok(),
                "miles" => miles = value.parse().ok(),
                "sha256" => sha256 = Some(value.to_owned()),
                _ => return None,
            }
        }
        Some(Self {
            file: file?,
            rows: rows?,
            miles: miles?,
            sha256: sha256?,
        })
    }

    /// What belongs to a file.
    pub(crate) fn of(file: String, bytes: &[u8], rows: u64, miles: u64) -> Self {
        Self {
            file,
            rows,
            miles,
            sha256: hex(&Sha256::digest(bytes)),
        }
    }

    /// The four lines.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "file={}\nrows={}\nmiles={}\nsha256={}\n",
            self.file, self.rows, self.miles, self.sha256
        )
    }
}

/// Whether a name is one of a site's exchange files.
pub(crate) fn is_name(site_id: &str, name: &str) -> bool {
    let stamp = name
        .strip_prefix("NMEXC_")
        .and_then(|rest| rest.strip_prefix(site_id))
        .and_then(|rest| rest.strip_prefix('_'))
        .and_then(|rest| rest.strip_suffix(".csv"));
    stamp.is_some_and(|s| s.len() == 12 && s.bytes().all(|b| b.is_ascii_digit()))
}

/// 内容確認 before anything is deposited: the rows of a file that is what its `.end` says.
pub(crate) fn check(name: &str, bytes: &[u8], end: &End) -> Result<Rows, &'static str> {
    if end.file != name {
        return Err("file");
    }
    if hex(&Sha256::digest(bytes)) != end.sha256 {
        return Err("sha256");
    }
    let rows = csv::read(bytes).map_err(|fault| match fault {
        FileFault::Malformed => "malformed",
        FileFault::TooManyRows => "too_many_rows",
    })?;
    if u64::try_from(rows.len()) != Ok(end.rows) {
        return Err("rows");
    }
    let miles: u64 = (0..rows.len())
        .map(|at| {
            let [_, _, miles] = rows.row(at);
            read_miles(miles).unwrap_or(0)
        })
        .sum();
    if miles == end.miles {
        Ok(rows)
    } else {
        Err("miles")
    }
}

/// Whether a file is what its `.end` says (内容確認).
///
/// # Errors
/// What does not fit.
pub fn fits(name: &str, bytes: &[u8], end: &End) -> Result<(), &'static str> {
    check(name, bytes, end).map(|_| ())
}

impl Office {
    /// Issues the rows of an exchange file, once for each name; the rows are checked as by hand.
    /// A first column with an at sign is a mail address, any other a user id.
    ///
    /// # Errors
    /// [`Refusal`] when the name is not one of the site's, the file is no such CSV, or the name came
    /// before with other bytes.
    pub fn exchange_file(
        &mut self,
        site_id: &str,
        name: &str,
        bytes: &[u8],
        now: i64,
    ) -> Result<ExchangeReport, Refusal> {
        let site = self.own_site(site_id)?;
        if !is_name(site_id, name) {
            return Err(Refusal::bad("name", "NMEXC_site_yyyymmddHHMM.csv"));
        }
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(known) = self.exchange_file_of(site, name) {
            if known.digest == digest {
                return Ok(report(known));
            }
            return Err(Refusal::Conflict("the name came before with other bytes"));
        }
        let rows = csv::read(bytes).map_err(Refusal::File)?;
        let campaign = self.exchange_campaign(site)?;
        let mut codes = Vec::with_capacity(rows.len());
        for at in 0..rows.len() {
            let [user, key, miles] = rows.row(at);
            let wanted = Wanted {
                site,
                campaign,
                method: if user.contains('@') {
                    Method::Mail
                } else {
                    Method::UserId
                },
                user,
                key,
                miles: Some(read_miles(miles).unwrap_or(0)),
            };
            codes.push(self.give(wanted, MANNER, now).err());
        }
        let file = ExchangeFile {
            site,
            name: name.to_owned(),
            digest,
            rows,
            codes,
            delivered: false,
        };
        let report = report(&file);
        self.exchange_files.push(file);
        self.changed = true;
        Ok(report)
    }

    fn exchange_file_of(&self, site: u16, name: &str) -> Option<&ExchangeFile> {
        let mut files = self.exchange_files.iter();
        files.find(|file| file.site == site && file.name == name)
    }

    /// Whether an exchange file was worked on before.
    #[must_use]
    pub fn has_exchange_file(&self, site_id: &str, name: &str) -> bool {
        let site = self.terms.site_number(site_id);
        site.is_some_and(|site| self.exchange_file_of(site, name).is_some())
    }

    /// The result of an exchange file: its failed rows with their code, four columns in CP932.
    #[must_use]
    pub fn exchange_result(&self, site_id: &str, name: &str) -> Option<Vec<u8>> {
        let site = self.terms.site_number(site_id)?;
        Some(result(self.exchange_file_of(site, name)?).0)
    }

    /// The results of a site that were not delivered: name of the exchange file, bytes, `.end`.
    #[must_use]
    pub fn undelivered(&self, site_id: &str) -> Vec<(String, Vec<u8>, End)> {
        let Some(site) = self.terms.site_number(site_id) else {
            return Vec::new();
        };
        let files = self.exchange_files.iter();
        files
            .filter(|file| file.site == site && !file.delivered)
            .map(|file| {
                let (bytes, end) = result(file);
                (file.name.clone(), bytes, end)
            })
            .collect()
    }

    /// Notes that a result was delivered.
    pub fn delivered(&mut self, site_id: &str, name: &str) {
        let Some(site) = self.terms.site_number(site_id) else {
            return;
        };
        for file in &mut self.exchange_files {
            if file.site == site && file.name == name && !file.delivered {
                file.delivered = true;
                self.changed = true;
            }
        }
    }
}

fn report(file: &ExchangeFile) -> ExchangeReport {
    let mut report = ExchangeReport {
        name: file.name.clone(),
        issued: 0,
        miles: 0,
        refused: 0,
    };
    for (at, code) in file.codes.iter().enumerate() {
        let [_, _, miles] = file.rows.row(at);
        if code.is_some() {
            report.refused += 1;
        } else {
            report.issued += 1;
            report.miles += read_miles(miles).unwrap_or(0);
        }
    }
    report
}

/// What the result of an exchange file is called.
#[must_use]
pub fn result_name(name: &str) -> String {
    name.replace("NMEXC_", "NMEXR_")
}

fn result(file: &ExchangeFile) -> (Vec<u8>, End) {
    let mut writer = Writer::default();
    let (mut rows, mut sum) = (0, 0);
    for (at, code) in file.codes.iter().enumerate() {
        let Some(code) = code else {
            continue;
        };
        let [user, key, miles] = file.rows.row(at);
        writer.line(&[user, key, miles, code.number()]);
        rows += 1;
        sum += read_miles(miles).unwrap_or(0);
    }
    let bytes = writer.cp932();
    let end = End::of(result_name(&file.name), &bytes, rows, sum);
    (bytes, end)
}
