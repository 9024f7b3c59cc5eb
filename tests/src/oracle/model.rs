//! The model: what was done so far, and what follows from it.

#![expect(
    clippy::indexing_slicing,
    reason = "JSON of the model itself; a missing field reads as null"
)]

use serde_json::{Value, json};

use super::{
    actions::{Action, Deposit, Mailing},
    days::{Day, rfc3339},
    fetched::Fetched,
    tables::{Campaign, Code, Member, Method, TEST_ADDRESS, Usable, World},
};

/// What an action is answered with: the JSON of an answer, or table and code of the refusal.
///
/// Ids are written as `#issue:3`, by their number in the model.
pub type Expected = Result<Value, Code>;

/// A refusal of the protocol, without a published code.
pub(super) const fn api(number: &'static str) -> Code {
    let table = "api";
    Code { table, number }
}

/// Who gets miles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A member, by number.
    Member(usize),
    /// The test address.
    Test,
}

#[derive(Clone, Debug)]
pub(super) struct Issue {
    pub(super) site: &'static str,
    pub(super) campaign: &'static str,
    pub(super) who: Who,
    pub(super) key: String,
    pub(super) miles: u64,
    pub(super) at: i64,
    /// The day of the issue in Japan.
    pub(super) on: Day,
    pub(super) deposit_on: Day,
    /// First second of that day.
    pub(super) deposit_at: i64,
    /// Deposited when it was issued.
    pub(super) at_once: bool,
    /// Because the setting is すぐに振込む: such an issue is never cancelled.
    pub(super) final_at_once: bool,
    pub(super) cancelled: Option<i64>,
    pub(super) applied: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Registration {
    pub(super) site: &'static str,
    pub(super) campaign: &'static str,
    pub(super) kind: &'static str,
    pub(super) single: bool,
    pub(super) by: Method,
    pub(super) file: Option<(String, u64)>,
    pub(super) accepted: i64,
    pub(super) finished: Option<i64>,
    pub(super) rows: Vec<[String; 3]>,
    /// Per row, when it is finished: the issue or the code.
    pub(super) results: Vec<Result<usize, Code>>,
    pub(super) mailing: Mailing,
    pub(super) deleted: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Cancellation {
    pub(super) site: &'static str,
    pub(super) tran: String,
    pub(super) reason: String,
    /// Issue, what became of it, why.
    pub(super) results: Vec<(usize, &'static str, Option<&'static str>)>,
}

/// A call with an idempotency key that was answered for good.
#[derive(Clone, Debug)]
struct Remembered {
    call: (&'static str, &'static str, String),
    action: Action,
    answer: Expected,
}

/// The model.
#[derive(Debug)]
pub struct Oracle {
    pub(super) world: World,
    pub(super) now: i64,
    pub(super) issues: Vec<Issue>,
    pub(super) registrations: Vec<Registration>,
    pub(super) cancellations: Vec<Cancellation>,
    pub(super) exchanges: usize,
    pub(super) fetched: Vec<Fetched>,
    pub(super) verified: Vec<(&'static str, usize)>,
    pub(super) spent: Vec<u64>,
    pub(super) earned: Vec<(String, String)>,
    pub(super) broken: bool,
    remembered: Vec<Remembered>,
}

impl Oracle {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(world: World) -> Self {
        Self {
            now: world.begins,
            issues: Vec::new(),
            registrations: Vec::new(),
            cancellations: Vec::new(),
            exchanges: 0,
            fetched: Vec::new(),
            verified: Vec::new(),
            spent: vec![0; world.members.len()],
            earned: Vec::new(),
            broken: false,
            remembered: Vec::new(),
            world,
        }
    }

    /// The instant, in Unix seconds.
    #[must_use]
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// The day in Japan.
    #[must_use]
    pub fn today(&self) -> Day {
        Day::at(self.now)
    }

    /// What is there before the first action.
    #[must_use]
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// How many issues there are.
    #[must_use]
    pub const fn issues(&self) -> usize {
        self.issues.len()
    }

    /// Site of an issue.
    #[must_use]
    pub fn site_of(&self, issue: usize) -> &'static str {
        self.issues.get(issue).map_or("", |i| i.site)
    }

    /// The day of an issue.
    #[must_use]
    pub fn issued_on(&self, issue: usize) -> Option<Day> {
        self.issues.get(issue).map(|i| i.on)
    }

    /// How many registrations there are.
    #[must_use]
    pub const fn registrations(&self) -> usize {
        self.registrations.len()
    }

    /// Site of a registration.
    #[must_use]
    pub fn site_of_registration(&self, nth: usize) -> &'static str {
        self.registrations.get(nth).map_or("", |r| r.site)
    }

    /// Applications that wait for a person: cancellation and issue.
    #[must_use]
    pub fn applications(&self) -> Vec<(usize, usize)> {
        let mut waiting = Vec::new();
        for (nth, cancellation) in self.cancellations.iter().enumerate() {
            for &(issue, result, _) in &cancellation.results {
                if result == "pending" {
                    waiting.push((nth, issue));
                }
            }
        }
        waiting
    }

    /// Actions with an idempotency key that were answered for good.
    #[must_use]
    pub fn remembered(&self) -> Vec<&Action> {
        self.remembered.iter().map(|r| &r.action).collect()
    }

    /// Deposited miles that a member has not spent.
    #[must_use]
    pub fn balance(&self, login: &str) -> u64 {
        let Some(nth) = self.world.members.iter().position(|m| m.login == login) else {
            return 0;
        };
        self.balance_of(nth)
    }

    pub(super) fn balance_of(&self, nth: usize) -> u64 {
        let mut balance = self.world.members.get(nth).map_or(0, |m| m.opening);
        for issue in &self.issues {
            if issue.who == Who::Member(nth) && self.state(issue) == "valid" {
                balance += issue.miles;
            }
        }
        balance - self.spent.get(nth).copied().unwrap_or(0)
    }

    /// 保留, 有効 or 取消, at this instant.
    pub(super) fn state(&self, issue: &Issue) -> &'static str {
        if issue.cancelled.is_some() {
            "cancelled"
        } else if issue.at_once || issue.deposit_at <= self.now {
            "valid"
        } else {
            "held"
        }
    }

    pub(super) fn campaign(&self, id: &str) -> Option<Campaign> {
        self.world.campaigns.iter().find(|c| c.id == id).cloned()
    }

    /// A campaign that a site may issue from.
    pub(super) fn own_campaign(&self, site: &str, id: &str) -> Result<Campaign, Code> {
        let campaign = self.campaign(id).ok_or(api("not_found"))?;
        if campaign.site == site {
            Ok(campaign)
        } else {
            Err(api("not_yours"))
        }
    }

    pub(super) fn find(&self, by: Method, who: &str) -> Option<Who> {
        if who == TEST_ADDRESS && by == Method::Mail {
            return Some(Who::Test);
        }
        let named = |member: &Member| match by {
            Method::Mail => member.mail == who,
            Method::Mobile => member.mobile == Some(who),
            Method::UserId => member.user_id == who,
        };
        self.world.members.iter().position(named).map(Who::Member)
    }

    /// Issues that a campaign gave a member and that stand, on a day or ever. A cancelled one does not
    /// count: `wrong_amount` and `duplicate` are reasons to issue again.
    pub(super) fn times(&self, campaign: &str, who: Who, day: Option<Day>) -> usize {
        let counts = |issue: &&Issue| {
            issue.campaign == campaign
                && issue.who == who
                && who != Who::Test
                && issue.cancelled.is_none()
                && day.is_none_or(|day| issue.on == day)
        };
        self.issues.iter().filter(counts).count()
    }

    /// The limits per day and per campaign, in this order: 44039, then 44038.
    pub(super) fn over(&self, campaign: &Campaign, who: Who, at: i64) -> Option<&'static str> {
        let reached = |most: Option<usize>, times: usize| most.is_some_and(|most| times >= most);
        if reached(
            campaign.per_day,
            self.times(campaign.id, who, Some(Day::at(at))),
        ) {
            return Some("44039");
        }
        reached(campaign.per_member, self.times(campaign.id, who, None)).then_some("44038")
    }

    /// Puts an issue down and tells its number.
    pub(super) fn put(
        &mut self,
        c: &Campaign,
        who: Who,
        key: &str,
        miles: u64,
        deposit: Deposit,
        at: i64,
    ) -> usize {
        let today = Day::at(at);
        let day = match (deposit, c.usable) {
            (Deposit::AtOnce, _) | (Deposit::Campaign, Usable::AtOnce) => today,
            (Deposit::After(days), _) | (Deposit::Campaign, Usable::After(days)) => {
                today.plus_days(days)
            }
            (Deposit::Campaign, Usable::On(date)) => date,
        };
        self.issues.push(Issue {
            site: c.site,
            campaign: c.id,
            who,
            key: key.to_owned(),
            miles,
            at,
            on: today,
            deposit_on: day.max(today),
            deposit_at: day.max(today).starts(),
            at_once: day <= today,
            final_at_once: matches!(
                (deposit, c.usable),
                (Deposit::AtOnce | Deposit::After(0), _) | (Deposit::Campaign, Usable::AtOnce)
            ),
            cancelled: None,
            applied: false,
        });
        self.issues.len() - 1
    }

    pub(super) fn issued(&self, tran: &str, issue: usize, registration: usize) -> Value {
        let Some(i) = self.issues.get(issue) else {
            return Value::Null;
        };
        json!({
            "tran_id": tran,
            "issuance_id": format!("#issue:{issue}"),
            "registration_id": format!("#registration:{registration}"),
            "miles": i.miles,
            "issued_at": rfc3339(i.at),
            "deposit_on": i.deposit_on.to_string(),
            "state": self.state(i),
        })
    }

    /// Says what an action is answered with, and lets it happen.
    pub fn act(&mut self, action: &Action) -> Expected {
        let Some(call) = identity(action) else {
            return self.really(action);
        };
        if let Some(first) = self.remembered.iter().find(|r| r.call == call) {
            let same = first.action == *action;
            return if same {
                first.answer.clone()
            } else {
                Err(api("conflict"))
            };
        }
        let answer = self.really(action);
        if answer.as_ref().err().is_none_or(|code| code.table != "api") {
            self.remembered.push(Remembered {
                call,
                action: action.clone(),
                answer: answer.clone(),
            });
        }
        answer
    }

    fn really(&mut self, action: &Action) -> Expected {
        match action {
            Action::Advance(seconds) => {
                self.advance(*seconds);
                Ok(Value::Null)
            }
            Action::Spend { login, miles } => {
                let found = self.world.members.iter().position(|m| m.login == *login);
                if let Some(spent) = found.and_then(|nth| self.spent.get_mut(nth)) {
                    *spent += miles;
                }
                Ok(Value::Null)
            }
            Action::Verify { site, by, who } => self.verify(site, *by, who),
            Action::Member { site, user_id } => self.member(site, user_id),
            Action::Passbook { site, user_id } => self.passbook(site, user_id),
            Action::Issue { .. } => self.issue(action),
            Action::FindIssue { site, tran } => self.find_issue(site, tran),
            Action::ByHand { .. } => self.by_hand(action),
            Action::Upload { .. } => self.upload(action),
            Action::Registration(nth) => self.registration(*nth),
            Action::Lists(nth) => self.lists(*nth),
            Action::DeleteLists(nth) => self.delete_lists(*nth),
            Action::Published { .. } | Action::Signed { .. } => self.automatic(action),
            Action::Break => {
                self.broken = true;
                Ok(Value::Null)
            }
            Action::Cancel {
                site,
                tran,
                issues,
                reason,
            } => self.cancel(site, tran, issues, reason),
            Action::Cancellation { site, tran } => self.cancellation(site, tran),
            Action::Decide {
                cancellation,
                issue,
                approve,
            } => self.decide(*cancellation, *issue, *approve),
            Action::History {
                site,
                campaign,
                search,
            } => self.history(site, campaign, search),
            Action::Bill { site, month } => self.bill(site, month),
            Action::FindRegistration { site, tran, kind } => {
                self.find_registration(site, tran, *kind)
            }
            Action::Registrations { site, search } => self.search(site, search),
            Action::Exchange { .. } => self.exchange(action),
            Action::FindExchange { site, tran } => Ok(self.find_exchange(site, tran)),
            Action::Fetched {
                site,
                name,
                rows,
                bytes,
            } => self.fetched(site, name, rows, bytes),
            Action::Result { site, name } => self.result(site, name),
        }
    }

    /// The first answer of a call that was answered for good.
    pub(super) fn first_answer(&self, kind: &str, site: &str, tran: &str) -> Option<&Expected> {
        let is = |r: &&Remembered| {
            let (theirs, of, named) = &r.call;
            *theirs == kind && *of == site && named == tran
        };
        self.remembered.iter().find(is).map(|r| &r.answer)
    }

    fn find_exchange(&self, site: &str, tran: &str) -> Value {
        match self.first_answer("exchange", site, tran) {
            None => json!({ "tran_id": tran, "found": false }),
            Some(Ok(done)) => json!({ "tran_id": tran, "found": true, "exchange": done }),
            Some(Err(code)) => json!({
                "tran_id": tran,
                "found": true,
                "refused": { "table": code.table, "code": code.number },
            }),
        }
    }

    fn find_issue(&self, site: &str, tran: &str) -> Expected {
        Ok(match self.first_answer("issue", site, tran) {
            None => json!({ "tran_id": tran, "found": false }),
            Some(Err(code)) => json!({
                "tran_id": tran,
                "found": true,
                "refused": { "table": code.table, "code": code.number },
            }),
            Some(Ok(first)) => {
                let mut issuance = first.clone();
                let number = first["issuance_id"]
                    .as_str()
                    .and_then(|id| id.split(':').nth(1));
                let number = number.and_then(|n| n.parse::<usize>().ok());
                if let Some(issue) = number.and_then(|n| self.issues.get(n)) {
                    issuance["state"] = json!(self.state(issue));
                }
                json!({ "tran_id": tran, "found": true, "issuance": issuance })
            }
        })
    }
}

/// Kind of call, site and idempotency key of an action that has one.
fn identity(action: &Action) -> Option<(&'static str, &'static str, String)> {
    match action {
        Action::Issue { site, tran, .. } => Some(("issue", site, tran.clone())),
        Action::ByHand { site, tran, .. } => Some(("by hand", site, tran.clone())),
        Action::Upload {
            site,
            batch,
            first_row,
            ..
        } => Some(("file", site, format!("{batch}:{first_row}"))),
        Action::Cancel { site, tran, .. } => Some(("cancel", site, tran.clone())),
        Action::Exchange { site, tran, .. } => Some(("exchange", site, tran.clone())),
        _ => None,
    }
}
