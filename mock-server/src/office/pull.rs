//! NetMile's visits to the drops of merchants.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    days,
    drop::{self, End, ExchangeReport},
    terms::{Drop, Schedule},
};
use crate::{
    due::Happening,
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    store,
};

/// Largest listing, in bytes.
const LISTING_BYTES: usize = 64 * 1024;
/// Largest exchange file, in bytes.
const FILE_BYTES: usize = 8 * 1024 * 1024;
/// Most files of one visit.
const MOST_FILES: usize = 1_000;
/// How many scheduled days back a visit is looked for: a month and a day.
const LOOK_BACK: i32 = 32;

/// What came of one file of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PulledFile {
    /// Its name.
    pub name: String,
    /// `issued …`, `refused: …`, `unreachable`, `delivered`, `not delivered: …`.
    pub outcome: String,
}

/// The latest scheduled instant up to `now`.
fn scheduled(drop: &Drop, now: i64) -> Option<i64> {
    let today = days::of(now);
    (0..LOOK_BACK)
        .map(|back| today - back)
        .filter(|day| match drop.schedule {
            Schedule::Daily => true,
            Schedule::Weekly => days::is_weekday(*day, drop.weekday),
            Schedule::Monthly => days::is_day_of_month(*day, drop.day),
        })
        .map(|day| days::start(day) + i64::from(drop.hour) * 3_600 + i64::from(drop.minute) * 60)
        .find(|at| *at <= now)
}

impl Gateway {
    fn drop_of(&self, site_id: &str) -> Option<Drop> {
        let set = self.miles.drops.lock();
        let set = set.unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(drop) = set.get(site_id) {
            return Some(drop.clone());
        }
        let mut sites = self.scenario.sites.iter();
        sites.find(|s| s.site_id == site_id)?.drop.clone()
    }

    /// Visits the drops whose hour has come. A jump of the clock over several makes one visit.
    pub(crate) async fn pull_due(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        let now = self.clock.now();
        for site in &self.scenario.sites {
            let Some(drop) = self.drop_of(&site.site_id) else {
                continue;
            };
            let name = format!("pulled {}", site.site_id);
            let mut conn = self.conn().await?;
            let last = store::get_meta(&mut conn, &name).await?;
            let due = match (last, scheduled(&drop, now)) {
                (Some(last), Some(at)) => last < at,
                _ => false,
            };
            if last.is_none() || due {
                store::set_meta(&mut conn, &name, now).await?;
            }
            std::mem::drop(conn);
            if due {
                for file in self.pull(&site.site_id).await? {
                    happened.push(Happening {
                        at: now,
                        kind: "drop_visited".to_owned(),
                        id: file.name,
                        outcome: file.outcome,
                    });
                }
            }
        }
        Ok(())
    }

    /// Visits a drop now: fetches, checks and issues the new files, and delivers results.
    pub(crate) async fn pull(&self, site_id: &str) -> Result<Vec<PulledFile>, MockError> {
        let drop = self.drop_of(site_id).ok_or_else(|| MockError::NotFound {
            what: "drop of site",
            id: site_id.to_owned(),
        })?;
        let mut report = Vec::new();
        let mut note = |name: &str, outcome: String| {
            report.push(PulledFile {
                name: name.to_owned(),
                outcome,
            });
        };
        match self.fetch(&drop, site_id, "", LISTING_BYTES).await {
            Ok(listing) => {
                let listing = String::from_utf8_lossy(&listing).into_owned();
                let names = listing.lines().map(str::trim);
                let names = names.filter(|name| drop::is_name(site_id, name));
                for name in names.take(MOST_FILES) {
                    let known = self
                        .office_read(|office, _| office.has_exchange_file(site_id, name))
                        .await?;
                    if !known {
                        note(name, self.take_file(&drop, site_id, name).await?);
                    }
                }
            }
            Err(why) => note("", why),
        }
        let results = self
            .office_read(|office, _| office.undelivered(site_id))
            .await?;
        for (name, bytes, end) in results {
            note(
                &name,
                self.deliver(&drop, site_id, &name, bytes, &end).await?,
            );
        }
        for file in &report {
            let mut conn = self.conn().await?;
            let message = Logged {
                direction: "out",
                peer: "merchant",
                message: "miles-pull",
                merchant_id: site_id,
                order_id: &file.name,
                fields: &Vec::new(),
                provenance: Provenance::Assumed,
                outcome: &file.outcome,
            };
            self.log(&mut conn, message).await?;
        }
        Ok(report)
    }

    async fn take_file(&self, drop: &Drop, site: &str, name: &str) -> Result<String, MockError> {
        let end_name = name.replace(".csv", ".end");
        let end = match self.fetch(drop, site, &end_name, LISTING_BYTES).await {
            Ok(bytes) => bytes,
            Err(why) => return Ok(why),
        };
        let Some(end) = std::str::from_utf8(&end).ok().and_then(End::read) else {
            return Ok("refused: end".to_owned());
        };
        let csv = match self.fetch(drop, site, name, FILE_BYTES).await {
            Ok(bytes) => bytes,
            Err(why) => return Ok(why),
        };
        if let Err(why) = drop::check(name, &csv, &end) {
            return Ok(format!("refused: {why}"));
        }
        let command = Command::ExchangeFile {
            name: name.to_owned(),
            csv,
        };
        Ok(match self.office_do(site, command).await? {
            Ok(report) => {
                let report: ExchangeReport = serde_json::from_value(report)?;
                format!("issued {}, refused {}", report.issued, report.refused)
            }
            Err(refusal) => format!("refused: {refusal}"),
        })
    }

    async fn deliver(
        &self,
        drop: &Drop,
        site: &str,
        name: &str,
        bytes: Vec<u8>,
        end: &End,
    ) -> Result<String, MockError> {
        let result = drop::result_name(name);
        let fault = self.faults.draw("miles-result", site, name);
        let kind = fault.map(|f| f.kind);
        if kind == Some(FaultKind::LostBefore) {
            return Ok("not delivered: lost".to_owned());
        }
        if let Err(why) = self.put(drop, &result, bytes).await {
            return Ok(format!("not delivered: {why}"));
        }
        let ended = self
            .put(drop, &result.replace(".csv", ".end"), end.text().into())
            .await;
        if let Err(why) = ended {
            return Ok(format!("not delivered: {why}"));
        }
        if kind == Some(FaultKind::LostAfter) {
            return Ok("not delivered: the answer was lost".to_owned());
        }
        let command = Command::Delivered(name.to_owned());
        let _ = self.office_do(site, command).await?;
        Ok("delivered".to_owned())
    }

    async fn fetch(
        &self,
        drop: &Drop,
        site: &str,
        name: &str,
        most: usize,
    ) -> Result<Vec<u8>, String> {
        let fault = self.faults.draw("miles-pull", site, name);
        if fault.is_some_and(|f| f.kind == FaultKind::LostBefore) {
            return Err("unreachable: lost".to_owned());
        }
        let work = async {
            let mut response = self
                .http
                .get(format!("{}/{name}", drop.url))
                .header("Authorization", basic(drop))
                .send()
                .await
                .map_err(|_| "unreachable".to_owned())?;
            if response.status() != StatusCode::OK {
                return Err(format!(
                    "unreachable: status {}",
                    response.status().as_u16()
                ));
            }
            let mut bytes = Vec::new();
            loop {
                match response.chunk().await {
                    Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                    Ok(None) => return Ok(bytes),
                    Err(_) => return Err("unreachable: truncated".to_owned()),
                }
                if bytes.len() > most {
                    return Err("refused: too large".to_owned());
                }
            }
        };
        let done = tokio::time::timeout(self.notice_timeout, work).await;
        done.unwrap_or_else(|_| Err("unreachable: timed out".to_owned()))
    }

    async fn put(&self, drop: &Drop, name: &str, body: Vec<u8>) -> Result<(), String> {
        let work = self
            .http
            .post(format!("{}/results/{name}", drop.url))
            .header("Authorization", basic(drop))
            .header("Content-Type", "application/octet-stream")
            .body(body)
            .send();
        match tokio::time::timeout(self.notice_timeout, work).await {
            Ok(Ok(response)) if response.status().is_success() => Ok(()),
            Ok(Ok(response)) => Err(format!("status {}", response.status().as_u16())),
            Ok(Err(_)) => Err("unreachable".to_owned()),
            Err(_) => Err("timed out".to_owned()),
        }
    }
}

fn basic(drop: &Drop) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let pair = format!("{}:{}", drop.user, drop.password);
    format!("Basic {}", STANDARD.encode(pair))
}
