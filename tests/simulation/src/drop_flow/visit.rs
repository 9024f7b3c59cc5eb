//! NetMile's side: a visit to the drop, a step at a time, over a network that goes wrong.

use std::collections::VecDeque;

use netmile::exchange::drop::DropResponse;
use netmile_mock::office::{DropEnd, drop_file_fits, drop_result_name};

use super::Stage;
use super::shop::{AUTHORIZATION, Shop};
use crate::fault::Fault;
use crate::office::SITE;
use crate::world::Invariant;

/// A request that brings something.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

/// What is next in a visit.
enum Step {
    List,
    Fetch(String),
    Results,
    Bring(String, Vec<u8>, DropEnd),
}

/// A visit; it may die at any step.
pub(super) struct Visit(VecDeque<Step>);

impl Visit {
    pub(super) fn new() -> Self {
        Self(VecDeque::from([Step::List]))
    }

    /// Goes a step further. False when it is over.
    pub(super) fn goes_on(&mut self, stage: &mut Stage, shop: &mut Shop) -> bool {
        if stage.goes_wrong(25) {
            stage.hit(Fault::CrashAtNetwork);
            return false;
        }
        match self.0.pop_front() {
            None => return false,
            Some(Step::List) => {
                if let Some(listing) = get(stage, shop, "/drop/") {
                    let listing = String::from_utf8_lossy(&listing).into_owned();
                    let own = |name: &&str| {
                        name.starts_with(&format!("NMEXC_{SITE}_")) && name.ends_with(".csv")
                    };
                    let names = listing.lines().filter(own).map(str::to_owned);
                    self.0.extend(names.map(Step::Fetch));
                }
                self.0.push_back(Step::Results);
            }
            Some(Step::Fetch(name)) => fetch(stage, shop, &name),
            Some(Step::Results) => {
                let results = stage.office.undelivered(SITE).into_iter();
                self.0
                    .extend(results.map(|(name, bytes, end)| Step::Bring(name, bytes, end)));
            }
            Some(Step::Bring(name, bytes, end)) => bring(stage, shop, &name, bytes, &end),
        }
        true
    }
}

/// Fetches a file, checks it, and issues its rows.
fn fetch(stage: &mut Stage, shop: &mut Shop, name: &str) {
    if stage.office.has_exchange_file(SITE, name) {
        return;
    }
    let end = get(
        stage,
        shop,
        &format!("/drop/{}", name.replace(".csv", ".end")),
    );
    let end = end.and_then(|bytes| DropEnd::read(std::str::from_utf8(&bytes).ok()?));
    let Some(end) = end else { return };
    let Some(csv) = get(stage, shop, &format!("/drop/{name}")) else {
        return;
    };
    if let Err(why) = drop_file_fits(name, &csv, &end) {
        stage.log(&format!("{name} does not fit: {why}"));
        return;
    }
    let now = stage.now();
    let issued = stage.office.exchange_file(SITE, name, &csv, now);
    stage.log(&format!("{name}: {issued:?}"));
    if let Err(refusal) = issued {
        let detail = format!("{name}: the office refuses: {refusal}");
        stage.broken(Invariant::NoNonsense, detail);
    }
}

/// Brings a result, then what says that it is whole.
fn bring(stage: &mut Stage, shop: &mut Shop, name: &str, bytes: Vec<u8>, end: &DropEnd) {
    let result = format!("/drop/results/{}", drop_result_name(name));
    let marks = result.replace(".csv", ".end");
    if post(stage, shop, result, bytes) && post(stage, shop, marks, end.text().into_bytes()) {
        stage.office.delivered(SITE, name);
    }
}

fn get(stage: &mut Stage, shop: &mut Shop, path: &str) -> Option<Vec<u8>> {
    if stage.goes_wrong(40) {
        stage.hit(Fault::LostBefore);
        return None;
    }
    let body = shop
        .answers(stage, "GET", path, b"")
        .filter(|r| r.status == 200)?
        .body;
    if stage.goes_wrong(40) {
        stage.hit(Fault::LostAfter);
        return None;
    }
    if stage.goes_wrong(60) {
        stage.hit(Fault::Truncated);
        return Some(cut(stage, &body));
    }
    if stage.goes_wrong(30) {
        stage.hit(Fault::PageAfter);
        return Some(b"<html><body>please sign in</body></html>".to_vec());
    }
    Some(body)
}

/// Whether it was taken, as far as the sender hears.
fn post(stage: &mut Stage, shop: &mut Shop, path: String, body: Vec<u8>) -> bool {
    let taken = |response: Option<DropResponse>| response.is_some_and(|r| r.status < 300);
    match stage.dice.below(1000) {
        _ if stage.calm => taken(shop.answers(stage, "POST", &path, &body)),
        0..60 => {
            stage.hit(Fault::LostBefore);
            false
        }
        60..130 => {
            stage.hit(Fault::LostAfter);
            shop.answers(stage, "POST", &path, &body);
            false
        }
        130..180 => {
            stage.hit(Fault::Late);
            let due = stage.seconds + stage.dice.between(1, 200_000);
            stage.late.push((due, Post { path, body }));
            false
        }
        180..230 => {
            stage.hit(Fault::Twice);
            shop.answers(stage, "POST", &path, &body);
            taken(shop.answers(stage, "POST", &path, &body))
        }
        // What comes whole now may come cut later, and the other way round.
        230..300 => {
            stage.hit(Fault::Truncated);
            let part = cut(stage, &body);
            shop.answers(stage, "POST", &path, &part);
            false
        }
        300..330 => {
            stage.hit(Fault::TooLate);
            let due = stage.seconds + stage.dice.between(1, 200_000);
            let part = Post {
                body: cut(stage, &body),
                path: path.clone(),
            };
            stage.late.push((due, part));
            taken(shop.answers(stage, "POST", &path, &body))
        }
        330..350 => {
            stage.hit(Fault::ErrorAfter);
            shop.answers(stage, "POST", &path, &body);
            false
        }
        _ => taken(shop.answers(stage, "POST", &path, &body)),
    }
}

/// A part of it: at a line end as often as within a line, for the one looks like a whole file.
fn cut(stage: &mut Stage, body: &[u8]) -> Vec<u8> {
    let at = usize::try_from(stage.dice.below(body.len() as u64)).unwrap_or(0);
    let part = body.get(..at).unwrap_or_default();
    let line = part.iter().rposition(|byte| *byte == b'\n');
    let end = match line {
        Some(line) if stage.dice.chance(500) => line + 1,
        None if stage.dice.chance(500) => 0,
        _ => at,
    };
    body.get(..end).unwrap_or_default().to_vec()
}

/// Somebody who is not NetMile brings a result in which everything was issued.
pub(super) fn stranger(stage: &mut Stage, shop: &mut Shop) {
    let Some(name) = shop.open_file().map(ToString::to_string) else {
        return;
    };
    let path = format!("/drop/results/{}", drop_result_name(&name));
    let elsewhere = std::net::IpAddr::from([198, 51, 100, 1]);
    let at_home = std::net::IpAddr::from([203, 0, 113, 9]);
    let wrong = Some("Basic bmV0bWlsZTpndWVzc2Vk");
    for who in [
        (elsewhere, Some(AUTHORIZATION)),
        (at_home, wrong),
        (at_home, None),
    ] {
        let answer = shop.answers_to(who, stage, ("POST", &path), b"");
        if answer.is_some_and(|answer| answer.status < 400) {
            let detail = format!("{path} was taken from a stranger");
            stage.broken(Invariant::NothingForged, detail);
        }
    }
}
