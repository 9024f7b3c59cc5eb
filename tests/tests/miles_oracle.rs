//! 10,000 random actions at the mock's office and at the oracle: every answer must be the same, and
//! every row of both tables of codes must occur.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use netmile_mock::{
    Scenario,
    office::{HistorySearch, ListOf, Office, Refusal, Tag},
};
use netmile_tests::oracle::{
    Action, Deposit, Expected, Mailing, Oracle, RegistrationSearch, Search,
    compare::{Names, cells},
    days::hour_text,
    random::Actions,
    tables::{AUTOMATIC, MANUAL, Method, World},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sha2::Sha256;

const ACTIONS: usize = 10_000;

const KEYS: [(&str, &str); 2] = [
    ("oracle-shop", "oracle-shop-secret-0123456789abcdef"),
    ("oracle-other", "oracle-other-secret-0123456789abcde"),
];

/// The mock's office, its clock and the balances that it posts to.
struct Real {
    office: Office,
    now: i64,
    balances: BTreeMap<String, u64>,
    names: Names,
    /// The next automatic issue that fits meets an exception.
    broken: bool,
}

/// The query of a signed link, with a signature of this file's own.
fn signed(pairs: &[(&str, &str)], honest: bool) -> String {
    let (_, site) = pairs[0];
    let key = if site == "9001" { KEYS[1] } else { KEYS[0] };
    let mut query: Vec<String> = Vec::new();
    for (name, value) in pairs.iter().chain(&[("kid", key.0)]) {
        let mut encoded = String::new();
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"._~-".contains(&byte) {
                encoded.push(char::from(byte));
            } else {
                encoded += &format!("%{byte:02X}");
            }
        }
        query.push(format!("{name}={encoded}"));
    }
    let mut sorted = query.clone();
    sorted.sort_unstable();
    let mut mac = Hmac::<Sha256>::new_from_slice(key.1.as_bytes()).unwrap();
    mac.update(format!("earn-v1\n{}", sorted.join("&")).as_bytes());
    let mut signature = mac.finalize().into_bytes();
    signature[31] ^= u8::from(!honest);
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}&sig={hex}", query.join("&"))
}

fn request<T: DeserializeOwned>(body: Value) -> T {
    serde_json::from_value(body).expect("the action is a request of the reference API")
}

fn answer(answer: Result<impl Serialize, Refusal>) -> Result<Value, (String, String)> {
    let refused = |table: &str, code: &str| Err((table.to_owned(), code.to_owned()));
    match answer {
        Ok(answer) => Ok(serde_json::to_value(answer).unwrap()),
        Err(Refusal::Code(code)) => {
            let table = serde_json::to_value(code.table()).unwrap();
            refused(table.as_str().unwrap(), code.number())
        }
        Err(Refusal::File(fault)) => refused(
            "file",
            match fault {
                netmile_mock::office::FileFault::Malformed => "malformed",
                netmile_mock::office::FileFault::TooManyRows => "too_many_rows",
            },
        ),
        Err(Refusal::Bad { .. }) => refused("api", "bad_request"),
        Err(Refusal::NotFound) => refused("api", "not_found"),
        Err(Refusal::NotYours) => refused("api", "not_yours"),
        Err(Refusal::NotAuthenticated) => refused("api", "not_authenticated"),
        Err(Refusal::Conflict(_)) => refused("api", "conflict"),
        Err(Refusal::Deleted) => refused("api", "deleted"),
    }
}

fn user(by: Method, who: &str) -> Value {
    json!({ by.name(): who })
}

fn with_settings(mut body: Value, mailing: &Mailing) -> Value {
    body["deposit"] = match mailing.deposit {
        Deposit::Campaign => json!({ "kind": "campaign" }),
        Deposit::AtOnce => json!({ "kind": "at_once" }),
        Deposit::After(days) => json!({ "kind": "after_days", "days": days }),
    };
    body["deposit_mail"] = json!(mailing.mail);
    body["inserted_text"] = json!(mailing.text);
    body
}

fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, field| !field.is_null());
    }
    value
}

impl Real {
    fn new(world: &World) -> Self {
        let scenario = Scenario::parse(&world.scenario(&KEYS)).expect("the world is a scenario");
        let opening = world
            .members
            .iter()
            .map(|m| (m.login.to_owned(), m.opening));
        Self {
            office: Office::new(&scenario),
            now: world.begins,
            balances: opening.collect(),
            names: Names::default(),
            broken: false,
        }
    }

    fn earn(&mut self, tag: &Tag, mail: &str) -> Result<Value, (String, String)> {
        let earned = self
            .office
            .issue_automatic(tag, mail, self.broken, self.now);
        if earned.is_err_and(|code| code.number() == "20012") {
            self.broken = false;
        }
        answer(earned.map_err(Refusal::Code))
    }

    fn settle(&mut self) {
        self.office.process_due(self.now);
        for posting in self.office.take_postings() {
            let balance = self.balances.entry(posting.login).or_default();
            *balance = balance
                .checked_add_signed(posting.miles)
                .expect("no balance is negative");
        }
    }

    fn id(&self, kind: &str, number: usize) -> String {
        let name = format!("#{kind}:{number}");
        self.names.id(&name).unwrap_or("999999999").to_owned()
    }

    fn registrations(
        &self,
        search: &RegistrationSearch,
    ) -> netmile_mock::office::RegistrationSearch {
        netmile_mock::office::RegistrationSearch {
            campaign_id: search.campaign.clone(),
            registration_id: search.registration.map(|nth| self.id("registration", nth)),
            kind: search.kind.map(|kind| request(json!(kind))),
            from: search.from.map(|day| day.to_string()),
            to: search.to.map(|day| day.to_string()),
            page: search.page as u64,
        }
    }

    fn act(&mut self, action: &Action, oracle: &Oracle) -> Result<Value, (String, String)> {
        let now = self.now;
        let answered = match action {
            Action::Advance(seconds) => {
                self.now += seconds;
                Ok(Value::Null)
            }
            Action::Spend { login, miles } => {
                let balance = self.balances.get_mut(*login).unwrap();
                *balance = balance
                    .checked_sub(*miles)
                    .expect("the mock has less than the model");
                Ok(Value::Null)
            }
            Action::Verify { site, by, who } => {
                answer(self.office.verify(site, &request(user(*by, who))))
            }
            Action::Member { site, user_id } => answer(self.office.member(site, user_id)),
            Action::Passbook { site, user_id } => {
                answer(self.office.passbook(site, user_id, &self.balances))
            }
            Action::Issue {
                site,
                tran,
                campaign,
                by,
                who,
                key,
                miles,
                mailing,
            } => {
                let body = without_nulls(json!({
                    "tran_id": tran, "campaign_id": campaign, "user": user(*by, who),
                    "designated_key": key, "miles": miles,
                }));
                let body = request(with_settings(body, mailing));
                answer(self.office.issue_manual(site, &body, now))
            }
            Action::FindIssue { site, tran } => answer(self.office.find_issue(site, tran)),
            Action::ByHand {
                site,
                tran,
                campaign,
                rows,
                mailing,
            } => {
                let rows = rows.iter().map(|row| {
                    json!({ "mail": row.mail, "designated_key": row.key, "miles": row.miles })
                });
                let rows: Vec<Value> = rows.collect();
                let body = json!({ "tran_id": tran, "campaign_id": campaign, "rows": rows });
                let body = request(with_settings(body, mailing));
                answer(self.office.issue_by_hand(site, &body, now))
            }
            Action::Upload {
                site,
                campaign,
                batch,
                first_row,
                by,
                bytes,
                mailing,
                ..
            } => {
                let body = json!({
                    "tran_id": format!("{batch}:{first_row}"), "campaign_id": campaign,
                    "batch_id": batch, "first_row": first_row,
                    "file_name": format!("{batch}.csv"), "method": by.name(),
                    "csv": STANDARD.encode(bytes),
                });
                let body = request(with_settings(body, mailing));
                answer(self.office.upload(site, &body, now))
            }
            Action::Registration(nth) => {
                let (site, id) = (
                    oracle.site_of_registration(*nth),
                    self.id("registration", *nth),
                );
                answer(self.office.registration_view(site, &id, now))
            }
            Action::FindRegistration { site, tran, kind } => {
                let kind = kind.map(|kind| request(json!(kind)));
                answer(self.office.find_registration(site, tran, kind, now))
            }
            Action::Registrations { site, search } => {
                let search = self.registrations(search);
                answer(self.office.search_registrations(site, &search, now))
            }
            Action::Lists(nth) => {
                let (site, id) = (
                    oracle.site_of_registration(*nth),
                    self.id("registration", *nth),
                );
                let list = |of| match self.office.list(site, &id, of) {
                    Ok(bytes) => json!(cells(&bytes)),
                    Err(refusal) => json!(answer(Err::<(), _>(refusal)).unwrap_err().1),
                };
                let (completed, errors) = (list(ListOf::Completed), list(ListOf::Errors));
                Ok(json!({ "completed": completed, "errors": errors }))
            }
            Action::DeleteLists(nth) => {
                let (site, id) = (
                    oracle.site_of_registration(*nth),
                    self.id("registration", *nth),
                );
                answer(self.office.delete_lists(site, &id).map(|()| json!({})))
            }
            Action::Published {
                site,
                campaign,
                check,
                key,
                mile,
                mail,
            } => {
                let tag = Tag::Published {
                    param1: site.clone(),
                    param2: campaign.clone(),
                    param3: check.clone(),
                    earnsite_key: key.clone(),
                    mile: mile.clone(),
                    tran_id: String::new(),
                };
                self.earn(&tag, mail)
            }
            Action::Signed {
                site,
                campaign,
                key,
                mile,
                tran,
                expires,
                honest,
                mail,
            } => {
                let pairs = [
                    ("site", site.as_str()),
                    ("campaign", campaign),
                    ("earnsite_key", key),
                    ("mile", mile),
                    ("tran_id", tran),
                    ("exp", &expires.to_string()),
                ];
                self.earn(
                    &Tag::Signed {
                        query: signed(&pairs, *honest),
                    },
                    mail,
                )
            }
            Action::Break => {
                self.broken = true;
                Ok(Value::Null)
            }
            Action::Cancel {
                site,
                tran,
                issues,
                reason,
            } => {
                let ids: Vec<String> = issues.iter().map(|nth| self.id("issue", *nth)).collect();
                let body =
                    request(json!({ "tran_id": tran, "issuance_ids": ids, "reason": reason }));
                answer(self.office.cancel(site, &body, &self.balances, now))
            }
            Action::Cancellation { site, tran } => {
                answer(self.office.find_cancellation(site, tran))
            }
            Action::Decide {
                cancellation,
                issue,
                approve,
            } => {
                let (cancellation, issue) = (
                    self.id("cancellation", *cancellation),
                    self.id("issue", *issue),
                );
                let decided =
                    self.office
                        .decide(&cancellation, &issue, *approve, &self.balances, now);
                answer(decided.map(|approved| json!({ "approved": approved })))
            }
            Action::History {
                site,
                campaign,
                search,
            } => answer(self.office.history(site, campaign, &history(search), now)),
            Action::Bill { site, month } => answer(self.office.bill(site, month)),
            Action::Exchange {
                site,
                tran,
                by,
                who,
                key,
                miles,
            } => {
                let body = request(json!({
                    "tran_id": tran, "user": user(*by, who), "designated_key": key, "miles": miles,
                }));
                answer(self.office.exchange(site, &body, now))
            }
            Action::FindExchange { site, tran } => answer(self.office.find_exchange(site, tran)),
            Action::Fetched {
                site, name, bytes, ..
            } => answer(self.office.exchange_file(site, name, bytes, now)),
            Action::Result { site, name } => {
                let result = self.office.exchange_result(site, name);
                let rows = result.map(|bytes| json!({ "rows": cells(&bytes) }));
                answer(rows.ok_or(Refusal::NotFound))
            }
        };
        self.settle();
        answered
    }
}

fn history(search: &Search) -> HistorySearch {
    HistorySearch {
        key: search.key.clone(),
        from: search.from.map(hour_text),
        to: search.to.map(hour_text),
        miles_from: search.miles_from,
        miles_to: search.miles_to,
        state: search.state.map(|state| request(json!(state))),
        page: search.page as u64,
        ..HistorySearch::default()
    }
}

/// Lists whose order nothing prescribes are put in one.
fn ordered(mut value: Value) -> Value {
    for list in ["pending", "breakdown", "campaigns"] {
        if let Some(Value::Array(items)) = value.get_mut(list) {
            items.sort_by_key(|item| {
                let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
                let number = item["miles"].as_u64().unwrap_or(0);
                (
                    text("deposit_on"),
                    text("campaign_id"),
                    text("code"),
                    number,
                )
            });
        }
    }
    if let Some(registration) = value.get_mut("registration") {
        *registration = ordered(registration.take());
    }
    if let Some(Value::Array(registrations)) = value.get_mut("registrations") {
        for registration in registrations {
            *registration = ordered(registration.take());
        }
    }
    value
}

/// How often each code, and each other kind of answer, occurred.
type Histogram = BTreeMap<(String, String), usize>;

fn count(histogram: &mut Histogram, action: &Action, expected: &Expected) {
    let mut add = |table: &str, what: &str| {
        *histogram
            .entry((table.to_owned(), what.to_owned()))
            .or_default() += 1;
    };
    let told = match expected {
        Err(code) => return add(code.table, code.number),
        Ok(told) => told,
    };
    let texts = |list: &str, field: &str| -> Vec<String> {
        let items = told[list].as_array().cloned().unwrap_or_default();
        items
            .iter()
            .filter_map(|item| item[field].as_str().map(str::to_owned))
            .collect()
    };
    match action {
        Action::ByHand { .. } => texts("rows", "code").iter().for_each(|c| add("manual", c)),
        Action::Registration(_) => {
            texts("breakdown", "code")
                .iter()
                .for_each(|c| add("manual in files", c));
        }
        Action::Cancel { .. } => {
            texts("results", "result")
                .iter()
                .for_each(|r| add("cancel", r));
            texts("results", "why")
                .iter()
                .for_each(|r| add("cancel refused", r));
        }
        Action::Cancellation { .. } => {
            texts("results", "why")
                .iter()
                .for_each(|r| add("cancellation seen", r));
        }
        Action::Decide { .. } => add("decided", &told["approved"].to_string()),
        Action::FindExchange { .. } | Action::FindRegistration { .. } => {
            let what = ["exchange", "registration", "refused"];
            let there = what.into_iter().find(|name| told.get(*name).is_some());
            add("found", there.unwrap_or("nothing"));
        }
        Action::Registrations { .. } => {
            let many = told["total"].as_u64() > Some(50);
            let any = !told["registrations"].as_array().unwrap().is_empty();
            add(
                "searched",
                match (many, any) {
                    (true, true) => "a page of several",
                    (false, true) => "all on one page",
                    (_, false) => "nothing",
                },
            );
        }
        Action::Fetched { .. } => {
            if told["issued"] != 0 {
                add("fetched", "issued");
            }
            if told["refused"] != 0 {
                add("fetched", "refused");
            }
        }
        Action::Result { .. } => {
            for row in told["rows"].as_array().unwrap() {
                add("manual in results", row[3].as_str().unwrap());
            }
        }
        _ => {}
    }
}

/// Runs so many actions and tells what occurred.
fn run(seed: u64, actions: usize) -> Histogram {
    let world = World::of_the_oracle();
    let (mut oracle, mut real) = (Oracle::new(world.clone()), Real::new(&world));
    let mut random = Actions::new(seed);
    let mut histogram = Histogram::new();
    for nth in 0..actions {
        let action = random.next(&oracle, real.names.issues());
        let expected = oracle.act(&action);
        let found = real.act(&action, &oracle);
        count(&mut histogram, &action, &expected);
        let same = match (&expected, &found) {
            (Ok(expected), Ok(found)) => {
                let (expected, found) = (ordered(expected.clone()), ordered(found.clone()));
                real.names.same("answer", &expected, &found)
            }
            (Err(code), Err((table, number))) if code.table == table && code.number == number => {
                Ok(())
            }
            _ => Err(format!("the model has {expected:?}, the mock {found:?}")),
        };
        if let Err(difference) = same {
            panic!(
                "seed {seed}, action {nth} on {}: {action:?}\n{difference}",
                oracle.today()
            );
        }
    }
    histogram
}

#[test]
fn ten_thousand_actions_have_the_results_that_the_tables_predict() {
    let histogram = run(20_261_122, ACTIONS);
    for ((table, what), count) in &histogram {
        println!("{table:<20} {what:<22} {count:>6}");
    }
    let missing = |table: &str, codes: &[&'static str]| -> Vec<String> {
        let there =
            |code: &&&str| !histogram.contains_key(&(table.to_owned(), (**code).to_owned()));
        codes
            .iter()
            .filter(there)
            .map(|code| format!("{table} {code}"))
            .collect()
    };
    let mut none = missing("manual", &MANUAL);
    none.extend(missing("automatic", &AUTOMATIC));
    none.extend(missing("cancel refused", &WHYS));
    none.extend(missing(
        "found",
        &["exchange", "registration", "refused", "nothing"],
    ));
    let searched = ["a page of several", "all on one page", "nothing"];
    none.extend(missing("searched", &searched));
    none.extend(missing("fetched", &["issued", "refused"]));
    none.extend(missing("manual in results", &["41053", "19014", "41023"]));
    assert_eq!(none, Vec::<String>::new(), "these did not occur");
}

/// Every reason why an issue is not cancelled.
const WHYS: [&str; 7] = [
    "usable_at_once",
    "over_90_days",
    "over_3_months",
    "balance_short",
    "already_cancelled",
    "already_applied",
    "unknown_issuance",
];

#[test]
fn other_seeds_agree_too() {
    for seed in 1..=8 {
        run(seed, ACTIONS / 10);
    }
}

#[test]
fn the_two_tables_have_twenty_distinct_codes_in_23_rows() {
    let mut codes: Vec<&str> = MANUAL.iter().chain(&AUTOMATIC).copied().collect();
    assert_eq!(codes.len(), 23);
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 20);
}
