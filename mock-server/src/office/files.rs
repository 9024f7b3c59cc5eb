//! Files: accepted at once, worked on later, listed until the lists are deleted.

use std::{ops::RangeInclusive, sync::Arc};

use super::{
    code::Code,
    csv::{self, Writer},
    days,
    issue::{Manner, Wanted, read_miles},
    record::{Became, Call, FileOf, Registration, SentMail},
    refusal::{FileFault, Refusal},
    request::FileRequest,
    state::{Office, REGISTRATION, check_tran_id, digest, id, next_number, number, paging},
    user::is_mail,
    views::{
        Accepted, CodeCount, FileState, FoundRegistration, Kind, Lists, Refused, RegistrationPage,
        RegistrationView,
    },
};
use crate::clock;

/// Largest file, in bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Largest row number of a batch.
const LAST_ROW: u64 = 1_000_000_000_000;
/// How far back a search goes, in months.
const SEARCH_MONTHS: i64 = 3;

/// What a search of registrations looks for; everything when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistrationSearch {
    /// Campaign.
    pub campaign_id: Option<String>,
    /// 発行登録ID.
    pub registration_id: Option<String>,
    /// 発行種別.
    pub kind: Option<Kind>,
    /// First day of acceptance, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day of acceptance.
    pub to: Option<String>,
    /// Page, from 1.
    pub page: u64,
}

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOf {
    /// 登録完了リスト.
    Completed,
    /// エラーリスト, of files only.
    Errors,
}

impl From<FileFault> for Refused {
    fn from(fault: FileFault) -> Self {
        let code = match fault {
            FileFault::Malformed => "malformed",
            FileFault::TooManyRows => "too_many_rows",
        };
        Self {
            table: "file".to_owned(),
            code: code.to_owned(),
        }
    }
}

fn check_file(request: &FileRequest) -> Result<(), Refusal> {
    check_tran_id(&request.tran_id)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let batch = &request.batch_id;
    if !(1..=40).contains(&batch.len()) || !batch.bytes().all(plain) {
        return Err(Refusal::bad("batch_id", "1 to 40 of [0-9A-Za-z._-]"));
    }
    if !(1..=LAST_ROW).contains(&request.first_row) {
        return Err(Refusal::bad("first_row", "a number from 1"));
    }
    if request.tran_id != format!("{batch}:{}", request.first_row) {
        return Err(Refusal::bad("tran_id", "batch_id, a colon and first_row"));
    }
    let name = &request.file_name;
    if !(1..=255).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(Refusal::bad("file_name", "1 to 255 characters"));
    }
    if request.csv.len() > MOST_BYTES {
        return Err(Refusal::bad("csv", "at most 4 MiB"));
    }
    if request.notify.as_deref().is_some_and(|mail| !is_mail(mail)) {
        return Err(Refusal::bad("notify", "a mail address"));
    }
    Ok(())
}

impl Office {
    /// Takes a file; its rows are issued by [`Office::process_due`]. The same file may come again
    /// under another batch.
    ///
    /// # Errors
    /// [`Refusal`]; a file that is refused whole stays so for its `tran_id`.
    pub fn upload(
        &mut self,
        site_id: &str,
        request: &FileRequest,
        now: i64,
    ) -> Result<Accepted, Refusal> {
        let site = self.own_site(site_id)?;
        check_file(request)?;
        let digest = digest(request);
        let tran_id = request.tran_id.as_str();
        match self.before(site, Call::File, tran_id, &digest)? {
            Some(Became::Registered(number)) => return Ok(accepted(tran_id, number)),
            Some(Became::FileRefused(fault)) => return Err(Refusal::File(fault)),
            _ => {}
        }
        let campaign = self.own_campaign(site, &request.campaign_id)?;
        self.check_settings(campaign, request.method, &request.settings)?;
        let rows = match csv::read(&request.csv) {
            Ok(rows) => rows,
            Err(fault) => {
                let became = Became::FileRefused(fault);
                self.remember(site, Call::File, tran_id, digest, became);
                return Err(Refusal::File(fault));
            }
        };
        let records = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let last_row = request.first_row + u64::from(records) - 1;
        let batch = (site, request.batch_id.clone());
        if self.overlaps(&batch, request.first_row..=last_row) {
            let rule = "rows of this batch overlap those of another upload";
            return Err(Refusal::Conflict(rule));
        }
        let uploads = self.batches.entry(batch).or_default();
        uploads.insert(request.first_row, last_row);
        let ready_at = now + i64::from(self.terms.rules.processing_seconds);
        let number = self.register(Registration {
            site,
            campaign,
            kind: Kind::Csv,
            single: false,
            method: request.method,
            file: Some(FileOf {
                name: request.file_name.clone(),
                batch_id: request.batch_id.clone(),
                first_row: request.first_row,
                notify: request.notify.clone(),
            }),
            accepted_at: now,
            ready_at,
            finished_at: None,
            settings: Arc::new(request.settings.clone()),
            records,
            rows: Some(rows),
            codes: Vec::new(),
            errors: 0,
            miles_issued: 0,
            miles_refused: 0,
            first_issuance: 0,
            deleted: false,
        });
        self.queue.insert((ready_at, number));
        let became = Became::Registered(number);
        self.remember(site, Call::File, tran_id, digest, became);
        Ok(accepted(tran_id, number))
    }

    fn overlaps(&self, batch: &(u16, String), rows: RangeInclusive<u64>) -> bool {
        let Some(uploads) = self.batches.get(batch) else {
            return false;
        };
        let before = uploads.range(..=*rows.end()).next_back();
        before.is_some_and(|(_, last)| last >= rows.start())
    }

    /// The next instant at which [`Office::process_due`] has something to do.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        let file = self.queue.first().map(|(at, _)| *at);
        let deposit = self.due.first_key_value().map(|(at, _)| *at);
        file.into_iter().chain(deposit).min()
    }

    /// The registrations of the files that are due.
    pub(crate) fn waiting_files(&self, now: i64) -> Vec<String> {
        let due = self.queue.iter().take_while(|(at, _)| *at <= now);
        due.map(|(_, number)| id(REGISTRATION, *number)).collect()
    }

    /// Works on the files and deposits the miles that are due, each at its own instant; how many
    /// of both. A deposit comes before a file of the same instant.
    pub fn process_due(&mut self, now: i64) -> usize {
        let mut done = 0;
        while let Some(at) = self.next_due().filter(|at| *at <= now) {
            self.changed = true;
            done += 1;
            if let Some(numbers) = self.due.remove(&at) {
                for number in numbers {
                    self.deposit(number, at);
                }
            } else if let Some((_, number)) = self.queue.pop_first() {
                self.process(number, at);
            }
        }
        done
    }

    /// Works on every file that waits, at `now`; how many.
    pub fn hurry(&mut self, now: i64) -> u64 {
        let waiting = std::mem::take(&mut self.queue);
        let files = waiting.len();
        for (_, number) in waiting {
            self.changed = true;
            self.process(number, now);
        }
        u64::try_from(files).unwrap_or(u64::MAX)
    }

    fn process(&mut self, number: u32, at: i64) {
        let Ok(place) = usize::try_from(number) else {
            return;
        };
        let Some(registration) = self.registrations.get_mut(place) else {
            return;
        };
        // Borrowed for the time of the work instead of copied.
        let Some(rows) = registration.rows.take() else {
            return;
        };
        let (site, campaign, method) = (
            registration.site,
            registration.campaign,
            registration.method,
        );
        let manner = Manner {
            registration: number,
            deposit: registration.settings.deposit,
            mail: registration.settings.deposit_mail,
        };
        let first_issuance = next_number(&self.issuances);
        let mut codes = Vec::with_capacity(rows.len());
        let (mut issued, mut refused, mut errors) = (0_u64, 0_u64, 0_u32);
        for row in 0..rows.len() {
            let [user, key, text] = rows.row(row);
            let said = read_miles(text);
            let wanted = Wanted {
                site,
                campaign,
                method,
                user,
                key,
                // A file has no empty amount: 0 is refused as it should be.
                miles: Some(said.unwrap_or(0)),
            };
            match self.give(wanted, manner, at) {
                Ok((_, miles)) => {
                    issued += miles;
                    codes.push(None);
                }
                Err(code) => {
                    refused += said.unwrap_or(0);
                    errors += 1;
                    codes.push(Some(code));
                }
            }
        }
        let Some(registration) = self.registrations.get_mut(place) else {
            return;
        };
        registration.rows = Some(rows);
        registration.finished_at = Some(at);
        registration.codes = codes;
        registration.errors = errors;
        registration.miles_issued = issued;
        registration.miles_refused = refused;
        registration.first_issuance = first_issuance;
        let notify = registration.file.as_ref().and_then(|f| f.notify.as_ref());
        if notify.is_some() {
            self.mails.push(SentMail::Finished {
                at,
                registration: number,
            });
        }
    }

    fn own_registration(&self, site_id: &str, registration_id: &str) -> Result<u32, Refusal> {
        let site = self.own_site(site_id)?;
        let number = number(REGISTRATION, registration_id).ok_or(Refusal::NotFound)?;
        let registration = self.registration(number).ok_or(Refusal::NotFound)?;
        if registration.site == site {
            Ok(number)
        } else {
            Err(Refusal::NotYours)
        }
    }

    /// A registration.
    ///
    /// # Errors
    /// [`Refusal`] when there is none, or it is another site's.
    pub fn registration_view(
        &self,
        site_id: &str,
        registration_id: &str,
        now: i64,
    ) -> Result<RegistrationView, Refusal> {
        let number = self.own_registration(site_id, registration_id)?;
        self.view_registration(number, now)
    }

    pub(crate) fn view_registration(
        &self,
        number: u32,
        now: i64,
    ) -> Result<RegistrationView, Refusal> {
        let r = self.registration(number).ok_or(Refusal::NotFound)?;
        let file = r.file.as_ref();
        let half = r.accepted_at + (r.ready_at - r.accepted_at) / 2;
        let state = match r.finished_at {
            Some(_) => FileState::Finished,
            None if now > half => FileState::Processing,
            None => FileState::Accepted,
        };
        let mut breakdown: Vec<CodeCount> = Vec::new();
        for code in Code::ALL {
            let count = r.codes.iter().filter(|c| **c == Some(*code)).count();
            if count > 0 {
                breakdown.push(CodeCount {
                    code: code.number().to_owned(),
                    count: u32::try_from(count).unwrap_or(u32::MAX),
                });
            }
        }
        let campaign = self.terms.campaign(r.campaign);
        Ok(RegistrationView {
            registration_id: id(REGISTRATION, number),
            kind: r.kind,
            campaign_id: self.terms.campaign_id(r.campaign).to_owned(),
            campaign_name: campaign.map_or(String::new(), |c| c.terms.name_ja.clone()),
            method: r.method,
            file_name: file.map(|f| f.name.clone()),
            batch_id: file.map(|f| f.batch_id.clone()),
            first_row: file.map(|f| f.first_row),
            accepted_at: clock::rfc3339(r.accepted_at),
            finished_at: r.finished_at.map(clock::rfc3339),
            state,
            records: r.records,
            errors: r.errors,
            miles_issued: r.miles_issued,
            miles_refused: r.miles_refused,
            breakdown,
            deposit: r.settings.deposit,
            deposit_mail: r.settings.deposit_mail,
            inserted_text: r.settings.inserted_text.clone(),
            member_registration: r.settings.member_registration,
            password_generation: r.settings.password_generation,
            lists: match r.finished_at {
                _ if r.deleted => Lists::Deleted,
                Some(_) if !r.single => Lists::Available,
                _ => Lists::None,
            },
        })
    }

    /// What became of the `tran_id` of a file or of rows by hand: of `kind` when it is given, since a `tran_id` is unique
    /// for each of them only.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such site.
    pub fn find_registration(
        &self,
        site_id: &str,
        tran_id: &str,
        kind: Option<Kind>,
        now: i64,
    ) -> Result<FoundRegistration, Refusal> {
        let site = self.own_site(site_id)?;
        let file = || self.tran(site, Call::File, tran_id);
        let by_hand = || self.tran(site, Call::ByHand, tran_id);
        let became = match kind {
            Some(Kind::Csv) => file(),
            Some(Kind::ByHand) => by_hand(),
            None => file().or_else(by_hand),
        };
        let mut found = FoundRegistration {
            tran_id: tran_id.to_owned(),
            found: true,
            registration: None,
            refused: None,
        };
        match became {
            Some(Became::Registered(number)) => {
                found.registration = Some(self.view_registration(number, now)?);
            }
            Some(Became::FileRefused(fault)) => found.refused = Some(fault.into()),
            _ => found.found = false,
        }
        Ok(found)
    }

    /// マイル発行登録検索: registrations of the past 3 months, newest first, 50 a page.
    ///
    /// # Errors
    /// [`Refusal`] when a condition breaks a rule.
    pub fn search_registrations(
        &self,
        site_id: &str,
        search: &RegistrationSearch,
        now: i64,
    ) -> Result<RegistrationPage, Refusal> {
        let site = self.own_site(site_id)?;
        let campaign = match &search.campaign_id {
            Some(id) => Some(self.own_campaign(site, id)?),
            None => None,
        };
        let day = |name: &str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match days::parse(text) {
                Some(day) => Ok(Some(day)),
                None => Err(Refusal::bad(name, "a day like 2026-01-02")),
            },
        };
        let (from, to) = (day("from", &search.from)?, day("to", &search.to)?);
        let today = days::of(now);
        let first = days::add_months(today, -SEARCH_MONTHS).max(from.unwrap_or(i32::MIN));
        let last = today.min(to.unwrap_or(i32::MAX));
        let wanted = search
            .registration_id
            .as_deref()
            .map(|id| number(REGISTRATION, id));
        let fits = |r: &Registration, at: u32| {
            r.site == site
                && campaign.is_none_or(|c| c == r.campaign)
                && search.kind.is_none_or(|k| k == r.kind)
                && wanted.is_none_or(|w| w == Some(at))
                && (first..=last).contains(&days::of(r.accepted_at))
        };
        let numbers: Vec<u32> = (0_u32..)
            .zip(&self.registrations)
            .filter(|(at, r)| fits(r, *at))
            .map(|(at, _)| at)
            .collect();
        let (skip, pages) = paging(numbers.len(), search.page)?;
        let shown = numbers.iter().rev().skip(skip).take(super::state::PAGE);
        let registrations: Result<_, _> = shown.map(|n| self.view_registration(*n, now)).collect();
        Ok(RegistrationPage {
            total: u64::try_from(numbers.len()).unwrap_or(u64::MAX),
            page: search.page,
            pages,
            registrations: registrations?,
        })
    }

    /// A list of a finished registration, in CP932 with the published header row.
    ///
    /// # Errors
    /// [`Refusal`] when there is none, not yet, or no longer.
    pub fn list(
        &self,
        site_id: &str,
        registration_id: &str,
        list: ListOf,
    ) -> Result<Vec<u8>, Refusal> {
        let number = self.own_registration(site_id, registration_id)?;
        let r = self.registration(number).ok_or(Refusal::NotFound)?;
        let errors = list == ListOf::Errors;
        if r.single || (errors && r.kind != Kind::Csv) {
            return Err(Refusal::NotFound);
        }
        if r.deleted {
            return Err(Refusal::Deleted);
        }
        let (Some(_), Some(rows)) = (r.finished_at, &r.rows) else {
            return Err(Refusal::NotFound);
        };
        let mut writer = Writer::default();
        let head = [
            "メールアドレス・ユーザーID",
            "指定キー",
            "マイル発行数",
            "パスワード",
            "氏名(氏)",
            "氏名(名)",
            "エラー",
        ];
        writer.line(if errors {
            &head
        } else {
            head.get(..6).unwrap_or_default()
        });
        for (at, code) in r.codes.iter().enumerate() {
            let [user, key, miles] = rows.row(at);
            match code {
                Some(code) if errors => {
                    writer.line(&[user, key, miles, "", "", "", code.number()]);
                }
                None if !errors => writer.line(&[user, key, miles, "", "", ""]),
                _ => {}
            }
        }
        Ok(writer.cp932())
    }

    /// Deletes both lists of a registration for good; again is fine.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such registration or it has no lists.
    pub fn delete_lists(&mut self, site_id: &str, registration_id: &str) -> Result<(), Refusal> {
        let number = self.own_registration(site_id, registration_id)?;
        let place = usize::try_from(number).map_err(|_| Refusal::NotFound)?;
        let registration = self.registrations.get_mut(place).ok_or(Refusal::NotFound)?;
        if registration.single || registration.finished_at.is_none() {
            return Err(Refusal::NotFound);
        }
        if !registration.deleted {
            registration.deleted = true;
            registration.rows = None;
            self.changed = true;
        }
        Ok(())
    }
}

fn accepted(tran_id: &str, number: u32) -> Accepted {
    Accepted {
        tran_id: tran_id.to_owned(),
        registration_id: id(REGISTRATION, number),
        state: FileState::Accepted,
    }
}
