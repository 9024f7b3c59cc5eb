//! Exchange files that NetMile fetches, and the results that it brings back.

use serde_json::{Value, json};

use super::{
    actions::Deposit,
    files::file,
    manual::miles_in,
    model::{Expected, Oracle, api},
    tables::{Code, MOST_ROWS, Method},
};

/// A file that was worked on: the code of each row that was refused.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    site: &'static str,
    name: String,
    bytes: Vec<u8>,
    rows: Vec<([String; 3], Option<Code>)>,
}

impl Fetched {
    fn report(&self) -> Value {
        let issued = self.rows.iter().filter(|(_, code)| code.is_none());
        let miles = issued
            .clone()
            .filter_map(|([_, _, miles], _)| miles_in(miles));
        json!({
            "name": self.name,
            "issued": issued.count(),
            "miles": miles.sum::<u64>(),
            "refused": self.rows.iter().filter(|(_, code)| code.is_some()).count(),
        })
    }
}

/// `NMEXC_`, the site, and the minute in twelve digits.
fn is_of(site: &str, name: &str) -> bool {
    let parts: Vec<&str> = name.split(['_', '.']).collect();
    let [head, theirs, minute, end] = parts.as_slice() else {
        return false;
    };
    let digits = minute.len() == 12 && minute.chars().all(|c| c.is_ascii_digit());
    *head == "NMEXC" && *theirs == site && digits && *end == "csv"
}

impl Oracle {
    pub(super) fn fetched(
        &mut self,
        site: &'static str,
        name: &str,
        rows: &[[String; 3]],
        bytes: &[u8],
    ) -> Expected {
        if !is_of(site, name) {
            return Err(api("bad_request"));
        }
        if let Some(known) = self.fetched_file(site, name) {
            return if known.bytes == bytes {
                Ok(known.report())
            } else {
                Err(api("conflict"))
            };
        }
        if rows.is_empty() {
            return Err(file("malformed"));
        }
        if rows.len() > MOST_ROWS {
            return Err(file("too_many_rows"));
        }
        let campaign = self.exchange_campaign(site)?;
        let mut done = Vec::new();
        for cells in rows {
            let [who, key, miles] = cells;
            // A mail address has an at sign, a user id has none.
            let by = if who.contains('@') {
                Method::Mail
            } else {
                Method::UserId
            };
            let miles = Some(miles_in(miles).unwrap_or(0));
            let fits = self.manual_rules(&campaign, (by, who), key, miles, self.now);
            let code = match fits {
                Ok((found, miles)) => {
                    self.put(&campaign, found, key, miles, Deposit::Campaign, self.now);
                    None
                }
                Err(code) => Some(code),
            };
            done.push((cells.clone(), code));
        }
        let file = Fetched {
            site,
            name: name.to_owned(),
            bytes: bytes.to_vec(),
            rows: done,
        };
        let report = file.report();
        self.fetched.push(file);
        Ok(report)
    }

    fn fetched_file(&self, site: &str, name: &str) -> Option<&Fetched> {
        let mut files = self.fetched.iter();
        files.find(|file| file.site == site && file.name == name)
    }

    /// The failed rows, each with its code.
    pub(super) fn result(&self, site: &str, name: &str) -> Expected {
        let file = self.fetched_file(site, name).ok_or(api("not_found"))?;
        let mut failed = Vec::new();
        for ([who, key, miles], code) in &file.rows {
            if let Some(code) = code {
                failed.push(json!([who, key, miles, code.number]));
            }
        }
        Ok(json!({ "rows": failed }))
    }
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_name_says_whose_file_it_is() {
        assert!(is_of("8763", "NMEXC_8763_202611221200.csv"));
        for wrong in [
            "NMEXC_9001_202611221200.csv",
            "NMEXC_8763_20261122120.csv",
            "NMEXC_8763_202611221200.end",
            "NMEXR_8763_202611221200.csv",
            "NMEXC_8763_202611221200.csv.csv",
        ] {
            assert!(!is_of("8763", wrong), "{wrong}");
        }
    }
}
