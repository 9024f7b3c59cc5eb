//! The merchant's side: its books of points, the drop it hosts, and the job that writes files and reads results.

use std::collections::BTreeMap;
use std::net::IpAddr;

use netmile::exchange::drop::{
    BasicCredentials, DropFile, DropName, DropPart, DropRequest, DropResponse, DropStore,
    ExchangeDrop, Kept, MemoryDrop, settled,
};
use netmile::exchange::{ExchangeRow, Settled, settle};
use netmile::reference::User;
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Miles, Result};

use super::{Mistake, Stage};
use crate::fault::Fault;
use crate::miles_plan::MILES_PER_POINT;
use crate::office::{SITE, mail};
use crate::world::Invariant;

/// Where NetMile comes from.
pub(super) const NETMILE: &str = "203.0.113.9";
/// What NetMile says.
pub(super) const AUTHORIZATION: &str = "Basic bmV0bWlsZTpvbmx5LWFuLWV4YW1wbGU=";

/// One wish of a customer.
#[derive(Clone, Copy, Debug)]
struct Wish {
    customer: usize,
    points: u64,
}

/// A file that the shop's books know.
#[derive(Clone, Debug)]
struct File {
    run: Timestamp,
    rows: Vec<Wish>,
    /// Whether each row was issued, once that is known.
    issued: Option<Vec<bool>>,
}

/// What survives a crash; every change of it is one transaction.
#[derive(Debug, Default)]
struct Books {
    waiting: Vec<Wish>,
    files: BTreeMap<DropName, File>,
    /// Points that each customer has less.
    gone: BTreeMap<usize, u64>,
}

impl Books {
    fn take(&mut self, rows: &[Wish]) {
        for wish in rows {
            *self.gone.entry(wish.customer).or_default() += wish.points;
        }
    }

    fn give_back(&mut self, rows: &[Wish], issued: &[bool]) {
        for (wish, _) in rows.iter().zip(issued).filter(|(_, issued)| !**issued) {
            let gone = self.gone.entry(wish.customer).or_default();
            *gone = gone.saturating_sub(wish.points);
        }
    }
}

/// The disk of the drop, and when the machine dies at it.
#[derive(Default)]
struct Disk {
    files: MemoryDrop,
    /// Writes until it dies, and whether that write is made.
    dies: Option<(u64, bool)>,
    is_dead: bool,
}

impl Disk {
    fn write<T>(&mut self, write: impl FnOnce(&mut MemoryDrop) -> Result<T>) -> Result<T> {
        let dead = || Error::new(ErrorKind::Journal, "the machine is dead");
        if self.is_dead {
            return Err(dead());
        }
        match self.dies {
            Some((0, is_made)) => {
                self.is_dead = true;
                if is_made {
                    write(&mut self.files)?;
                }
                return Err(dead());
            }
            Some((writes, is_made)) => self.dies = Some((writes - 1, is_made)),
            None => {}
        }
        write(&mut self.files)
    }
}

impl DropStore for Disk {
    fn names(&self) -> Result<Vec<DropName>> {
        self.files.names()
    }

    fn read(&self, name: &DropName) -> Result<Option<Vec<u8>>> {
        self.files.read(name)
    }

    fn keep(&mut self, name: &DropName, bytes: &[u8]) -> Result<Kept> {
        self.write(|files| files.keep(name, bytes))
    }

    fn replace(&mut self, name: &DropName, bytes: &[u8]) -> Result<()> {
        self.write(|files| files.replace(name, bytes))
    }
}

pub(super) struct Shop {
    books: Books,
    disk: Disk,
    door: Option<ExchangeDrop>,
    peer: Option<IpAddr>,
    down_until: u64,
}

impl Shop {
    pub(super) fn new() -> Self {
        let door = || {
            let credentials = BasicCredentials::new("netmile", "only-an-example")?;
            let door = ExchangeDrop::new(SITE, "/drop", credentials)?;
            Ok::<_, Error>(door.allow(NETMILE.parse()?))
        };
        Self {
            books: Books::default(),
            disk: Disk::default(),
            door: door().ok(),
            peer: NETMILE.parse().ok(),
            down_until: 0,
        }
    }

    /// A customer wants miles for points. Amounts repeat, so that rows of a file may be equal.
    pub(super) fn applies(&mut self, stage: &mut Stage) {
        if stage.calm {
            return;
        }
        let customer = usize::try_from(stage.dice.below(stage.plan.customers as u64)).unwrap_or(0);
        let points = stage.dice.pick(&[50, 100, 500]).unwrap_or(50);
        stage.log(&format!(
            "customer {customer} wants miles for {points} points"
        ));
        self.books.waiting.push(Wish { customer, points });
    }

    /// Whether it runs; a dead one starts again after a while.
    fn is_up(&mut self, stage: &mut Stage) -> bool {
        if self.disk.is_dead {
            if stage.seconds < self.down_until && !stage.calm {
                return false;
            }
            stage.log("the shop starts again");
            self.disk.is_dead = false;
            self.disk.dies = None;
            if stage.makes(Mistake::NewFileAfterCrash) {
                self.writes_anew(stage);
            }
        }
        if stage.goes_wrong(40) {
            self.disk.dies = Some((stage.dice.below(4), stage.dice.chance(500)));
        }
        true
    }

    fn died(&mut self, stage: &mut Stage) {
        stage.hit(Fault::CrashAtJournal);
        self.down_until = stage.seconds + stage.dice.between(1, 5_000);
    }

    /// Answers a request; nothing when it is down, or dies over it.
    pub(super) fn answers(
        &mut self,
        stage: &mut Stage,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Option<DropResponse> {
        self.answers_to(
            (self.peer?, Some(AUTHORIZATION)),
            stage,
            (method, path),
            body,
        )
    }

    pub(super) fn answers_to(
        &mut self,
        (peer_ip, authorization): (IpAddr, Option<&str>),
        stage: &mut Stage,
        (method, path): (&str, &str),
        body: &[u8],
    ) -> Option<DropResponse> {
        stage.requests += 1;
        if !self.is_up(stage) {
            stage.hit(Fault::Refused);
            return None;
        }
        let request = DropRequest {
            method,
            path,
            peer_ip,
            authorization,
            body,
        };
        let response = self.door.as_ref()?.handle(&request, &mut self.disk);
        if self.disk.is_dead {
            self.died(stage);
            return None;
        }
        stage.log(&format!("{method} {path}: {}", response.status));
        if response.status >= 500 {
            stage.broken(
                Invariant::NoNonsense,
                format!("{path}: {}", response.status),
            );
        }
        Some(response)
    }

    /// The job: reads results, publishes what is kept, writes the next file.
    pub(super) fn works(&mut self, stage: &mut Stage) {
        if !self.is_up(stage) {
            return;
        }
        let names: Vec<DropName> = self.books.files.keys().cloned().collect();
        for name in names {
            if let Some(file) = self.books.files.get(&name).cloned()
                && file.issued.is_none()
                && !self.follows(stage, &name, &file)
            {
                return;
            }
        }
        self.writes_next(stage);
    }

    /// Goes on with one file that is not settled. False when the machine died.
    fn follows(&mut self, stage: &mut Stage, name: &DropName, file: &File) -> bool {
        if !self.publishes(stage, file) {
            return false;
        }
        let told = if stage.makes(Mistake::BelievesHalfResult) {
            self.half(name)
        } else {
            settled(&self.disk, name)
        };
        match told {
            Ok(None) => true,
            Ok(Some(told)) => self.settles(stage, name, file, &told),
            Err(error) => {
                stage.broken(Invariant::NoNonsense, format!("{name}: {error}"));
                true
            }
        }
    }

    fn half(&self, name: &DropName) -> Result<Option<Settled>> {
        let part = |part| self.disk.read(&name.with(part));
        match (part(DropPart::Exchanges)?, part(DropPart::Result)?) {
            (Some(sent), Some(result)) => settle(&sent, &result).map(Some),
            _ => Ok(None),
        }
    }

    /// Gives points back, and writes down what became of the rows, in one transaction. False when the machine died.
    fn settles(&mut self, stage: &mut Stage, name: &DropName, file: &File, told: &Settled) -> bool {
        let issued: Vec<bool> = told.rows.iter().map(|row| row.refused.is_none()).collect();
        if issued.len() != file.rows.len() {
            let detail = format!(
                "{name}: {} rows sent, {} told",
                file.rows.len(),
                issued.len()
            );
            stage.broken(Invariant::NoNonsense, detail);
        }
        let is_apart = stage.makes(Mistake::CreditsApart);
        if is_apart {
            self.books.give_back(&file.rows, &issued);
        }
        if stage.goes_wrong(60) {
            self.disk.is_dead = true;
            self.died(stage);
            return false;
        }
        if !is_apart {
            self.books.give_back(&file.rows, &issued);
        }
        stage.log(&format!("{name} is settled: {issued:?}"));
        if let Some(kept) = self.books.files.get_mut(name) {
            kept.issued = Some(issued);
        }
        true
    }

    /// Takes the points of all who wait, and keeps in the same transaction which row is whose. Then it is published.
    fn writes_next(&mut self, stage: &mut Stage) {
        let run = Timestamp::from_unix(stage.now());
        let Ok(name) = DropName::new(SITE, run, DropPart::Exchanges) else {
            return;
        };
        if self.books.waiting.is_empty() || self.books.files.contains_key(&name) {
            return;
        }
        let file = File {
            run,
            rows: self.books.waiting.clone(),
            issued: None,
        };
        self.books.take(&file.rows);
        self.books.waiting.clear();
        self.books.files.insert(name.clone(), file.clone());
        stage.log(&format!("{name}: {:?}", file.rows));
        if stage.goes_wrong(60) {
            self.disk.is_dead = true;
            self.died(stage);
            return;
        }
        self.publishes(stage, &file);
    }

    /// Puts a file where NetMile finds it; again it does no harm. False when the machine died.
    fn publishes(&mut self, stage: &mut Stage, file: &File) -> bool {
        let row = |wish: &Wish| {
            let user = User::mail(mail(wish.customer))?;
            let miles = Miles::new(wish.points * MILES_PER_POINT);
            Ok(ExchangeRow::new(
                &user,
                format!("CUST{}", wish.customer),
                miles,
            ))
        };
        let rows: Result<Vec<ExchangeRow>> = file.rows.iter().map(row).collect();
        let written = rows.and_then(|rows| DropFile::write(SITE, file.run, rows));
        let published = written.and_then(|written| written.publish(&mut self.disk));
        if self.disk.is_dead {
            self.died(stage);
            return false;
        }
        if let Err(error) = published {
            stage.broken(Invariant::NoNonsense, format!("publish: {error}"));
        }
        true
    }

    /// A mistake: what is not settled after a crash goes out once more, under another name.
    fn writes_anew(&mut self, stage: &mut Stage) {
        let run = Timestamp::from_unix(stage.now() + 60);
        let Ok(name) = DropName::new(SITE, run, DropPart::Exchanges) else {
            return;
        };
        let open = self
            .books
            .files
            .iter()
            .find(|(_, file)| file.issued.is_none());
        if let Some((old, mut file)) = open.map(|(name, file)| (name.clone(), file.clone())) {
            self.books.files.remove(&old);
            file.run = run;
            self.books.files.insert(name, file);
        }
    }

    /// A file that is not settled.
    pub(super) fn open_file(&self) -> Option<&DropName> {
        let mut files = self.books.files.iter();
        let open = files.find(|(_, file)| file.issued.is_none());
        open.map(|(name, _)| name)
    }

    /// Points that a customer has less.
    pub(super) fn points_gone(&self, customer: usize) -> u64 {
        self.books.gone.get(&customer).copied().unwrap_or(0)
    }

    /// Miles of each of a customer's rows that were issued, as the books know.
    pub(super) fn issued_to(&self, customer: usize) -> Vec<u64> {
        let files = self.books.files.values();
        let rows = files.flat_map(|file| {
            let issued = file.issued.as_deref().unwrap_or_default();
            file.rows.iter().zip(issued)
        });
        rows.filter(|(wish, issued)| wish.customer == customer && **issued)
            .map(|(wish, _)| wish.points * MILES_PER_POINT)
            .collect()
    }
}
