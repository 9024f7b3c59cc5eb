//! NetMile's side of miles: the mock's office in this process, behind a door that reads requests and checks signatures.

use std::collections::BTreeMap;

use netmile::engine::{HttpRequest, HttpResponse};
use netmile_mock::Scenario;
use netmile_mock::office::gate::{Gate, Signed};
use netmile_mock::office::request::{ByHandRequest, CancelRequest, ExchangeRequest, IssueRequest};
use netmile_mock::office::terms::{IssuingCampaign, MileRule, Site, SiteKey, Usable};
use netmile_mock::office::views::{Issued, Kind};
use netmile_mock::office::{Office, Posting, Refusal, User};
use netmile_mock::scenario::Member;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::plan::Plan;

/// The shop's site.
pub const SITE: &str = "8763";
/// Names its secret.
pub const KEY: &str = "K1";
/// What it signs with: for tests only.
pub const SECRET: &str = "SIMULATIONSITESECRET0123456789abcdef0123";
/// The campaign of every issue and exchange.
pub const CAMPAIGN: &str = "46255";

/// Seconds after which everything that was issued is deposited.
const EVERYTHING: i64 = 400 * 86_400;

/// The office, its door, and what came out of it.
#[derive(Debug)]
pub struct Counter {
    office: Office,
    gate: Gate,
    /// What entered and left members' passbooks: the truth.
    postings: Vec<Posting>,
    balances: BTreeMap<String, u64>,
}

/// The member whom a reward goes to: nobody else gets anything there.
#[must_use]
pub fn member(reward: usize) -> String {
    format!("m{reward}")
}

/// That member's mail address.
#[must_use]
pub fn mail(reward: usize) -> String {
    format!("m{reward}@member.example")
}

impl Counter {
    /// The office that a flow needs.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let scenario = scenario(plan);
        Self {
            office: Office::new(&scenario),
            gate: Gate::new(&scenario),
            postings: Vec::new(),
            balances: BTreeMap::new(),
        }
    }

    /// Does what is due.
    pub fn tick(&mut self, now: i64) {
        self.office.process_due(now);
        for posting in self.office.take_postings() {
            let balance = self.balances.entry(posting.login.clone()).or_default();
            *balance = balance.saturating_add_signed(posting.miles);
            self.postings.push(posting);
        }
    }

    /// Lets so much time pass that everything is deposited.
    pub fn close(&mut self, now: i64) {
        self.tick(now + EVERYTHING);
    }

    /// Takes a request; the answer, and what came of it in a word.
    pub fn handle(&mut self, request: &HttpRequest, now: i64) -> (HttpResponse, String) {
        self.tick(now);
        let target = request.url.split_once("/v1/").map_or("", |(_, rest)| rest);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let header = |name: &str| {
            let mut headers = request.headers.iter();
            let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map_or("", |(_, value)| value.as_str())
        };
        let signed = Signed {
            method: request.method.name(),
            path: &format!("/v1/{path}"),
            query,
            key_id: header("x-key-id"),
            timestamp: header("x-timestamp"),
            nonce: header("x-nonce"),
            signature: header("x-signature"),
            body: &request.body,
        };
        let believed = self.gate.believe(&signed, &[now]);
        let entered = believed.and_then(|believed| {
            self.gate.enter(&believed, &[now])?;
            Ok(believed.site)
        });
        let (status, value, outcome) = match entered {
            Err(why) => (401, api(why.key()), why.key().to_owned()),
            Ok(site) => match self.answer(&site, &signed, path, now) {
                Ok(mut value) => {
                    if let Value::Object(fields) = &mut value {
                        fields.insert("result".to_owned(), "ok".into());
                    }
                    (200, value, "ok".to_owned())
                }
                Err(refusal) => refused(&refusal),
            },
        };
        self.tick(now);
        let response = HttpResponse {
            status,
            content_type: Some("application/json".to_owned()),
            body: value.to_string().into_bytes(),
        };
        (response, outcome)
    }

    fn answer(
        &mut self,
        site: &str,
        request: &Signed<'_>,
        path: &str,
        now: i64,
    ) -> Result<Value, Refusal> {
        let office = &mut self.office;
        // Names that the simulation gives need no percent signs.
        let asked = |name: &str| {
            let mut pairs = request.query.split('&').filter_map(|p| p.split_once('='));
            let found = pairs.find_map(|(key, value)| (key == name).then_some(value));
            found.unwrap_or_default().to_owned()
        };
        let tran_id = asked("tran_id");
        match (request.method, path) {
            ("POST", "members/verify") => shown(office.verify(site, &read::<User>(request)?)),
            ("POST", "issuances") => {
                shown(office.issue_manual(site, &read::<IssueRequest>(request)?, now))
            }
            ("GET", "issuances") => shown(office.find_issue(site, &tran_id)),
            ("POST", "registrations/by-hand") => {
                shown(office.issue_by_hand(site, &read::<ByHandRequest>(request)?, now))
            }
            ("GET", "registrations") => {
                let kind = (asked("kind") == "by_hand").then_some(Kind::ByHand);
                shown(office.find_registration(site, &tran_id, kind, now))
            }
            ("POST", "cancellations") => {
                let request = read::<CancelRequest>(request)?;
                shown(office.cancel(site, &request, &self.balances, now))
            }
            ("GET", "cancellations") => shown(office.find_cancellation(site, &tran_id)),
            ("POST", "exchanges") => {
                shown(office.exchange(site, &read::<ExchangeRequest>(request)?, now))
            }
            ("GET", "exchanges") => shown(office.find_exchange(site, &tran_id)),
            ("GET", path) => match path.strip_prefix("cancellations/") {
                Some(id) => shown(office.cancellation(site, id)),
                None => Err(Refusal::NotFound),
            },
            _ => Err(Refusal::NotFound),
        }
    }

    /// Whether a person at the office has to decide about a wish to cancel.
    #[must_use]
    pub fn has_applications(&self) -> bool {
        !self.office.applications().is_empty()
    }

    /// A person at the office decides about every wish that waits; how many.
    pub fn decide(&mut self, dice: &mut Dice, now: i64) -> usize {
        self.tick(now);
        let waiting = self.office.applications();
        for one in &waiting {
            let (cancellation, issuance) = (&one.cancellation_id, &one.issuance_id);
            let approve = dice.chance(700);
            // It waits, so it can be decided about.
            let _ = self
                .office
                .decide(cancellation, issuance, approve, &self.balances, now);
        }
        self.tick(now);
        waiting.len()
    }

    /// The issue that the office made of a `tran_id`, as it stands.
    #[must_use]
    pub fn issue_of(&self, tran_id: &str) -> Option<Issued> {
        self.office.find_issue(SITE, tran_id).ok()?.issuance
    }

    /// What the office made of the `tran_id` of an exchange: its id, the user, the miles.
    #[must_use]
    pub fn exchange_of(&self, tran_id: &str) -> Option<(String, String, u64)> {
        let found = self.office.find_exchange(SITE, tran_id).ok()?.exchange?;
        Some((found.exchange_id, found.user_id, found.miles))
    }

    /// Whether an issue was cancelled: once everything is deposited, its miles are not there, or were taken back.
    #[must_use]
    pub fn is_cancelled(&self, issuance_id: &str) -> bool {
        let of = |kind: &str| {
            let mut postings = self.postings.iter();
            postings.any(|posting| posting.issuance_id == issuance_id && posting.kind == kind)
        };
        !of("issue") || of("issue_cancelled")
    }

    /// What entered and left a member's passbook.
    pub fn postings<'c>(&'c self, login: &'c str) -> impl Iterator<Item = &'c Posting> {
        let own = move |posting: &&Posting| posting.login == login;
        self.postings.iter().filter(own)
    }
}

fn read<T: DeserializeOwned>(request: &Signed<'_>) -> Result<T, Refusal> {
    serde_json::from_slice(request.body).map_err(|error| Refusal::Bad {
        field: "body".to_owned(),
        rule: error.to_string(),
    })
}

fn shown(answer: Result<impl Serialize, Refusal>) -> Result<Value, Refusal> {
    answer.map(|view| serde_json::to_value(view).unwrap_or_default())
}

fn api(code: &str) -> Value {
    json!({"result": "error", "table": "api", "code": code, "message": "no"})
}

fn refused(refusal: &Refusal) -> (u16, Value, String) {
    let (status, code) = match refusal {
        Refusal::Code(code) => {
            let number = code.number();
            let value =
                json!({"result": "error", "table": "manual", "code": number, "message": "no"});
            return (422, value, number.to_owned());
        }
        Refusal::NotFound => (404, "not_found"),
        Refusal::NotYours => (403, "not_yours"),
        Refusal::NotAuthenticated => (403, "not_authenticated"),
        Refusal::Conflict(_) => (409, "conflict"),
        Refusal::Deleted => (410, "deleted"),
        Refusal::Bad { .. } | Refusal::File(_) => (400, "bad_request"),
    };
    (status, api(code), format!("{code}: {refusal}"))
}

/// One site, one campaign, and a member for each reward of the flow.
fn scenario(plan: &Plan) -> Scenario {
    let miles = &plan.miles_plan;
    let first =
        netmile::time::Timestamp::from_unix(plan.start + i64::from(miles.opens_in) * 86_400);
    let day = first.to_jst();
    let part = |from: usize, to: usize| day.get(from..to).unwrap_or_default().to_owned();
    let campaign = IssuingCampaign {
        campaign_id: CAMPAIGN.to_owned(),
        site_id: SITE.to_owned(),
        name_ja: String::new(),
        name_en: String::new(),
        state: Default::default(),
        rule: miles.fixed.map_or(
            MileRule::Variable {
                min: 1,
                max: 999_999_999,
            },
            |miles| MileRule::Fixed { miles },
        ),
        issue_from: format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)),
        issue_until: "2099-12-31".to_owned(),
        per_member: None,
        per_member_day: None,
        usable: match miles.usable_after {
            0 => Usable::AtOnce,
            days => Usable::AfterDays { days },
        },
        at_once_cancellable: miles.at_once_cancellable,
    };
    let site = Site {
        site_id: SITE.to_owned(),
        name_ja: String::new(),
        name_en: String::new(),
        keys: vec![SiteKey {
            id: KEY.to_owned(),
            secret: SECRET.to_owned(),
        }],
        management_password: String::new(),
        exchange_campaign: Some(CAMPAIGN.to_owned()),
        operator_mail: None,
        drop: None,
    };
    let member = |reward: usize| Member {
        login: member(reward),
        mail: mail(reward),
        password: String::new(),
        name: String::new(),
        miles: 0,
        user_id: None,
        status: Default::default(),
        registered_on: "2010-04-01".to_owned(),
        mobile_mails: Vec::new(),
    };
    let rewards = miles.rewards.iter().enumerate();
    Scenario {
        sites: vec![site],
        issuing_campaigns: vec![campaign],
        members: rewards
            .filter(|(_, reward)| reward.is_member)
            .map(|(number, _)| member(number))
            .collect(),
        ..Scenario::default()
    }
}
