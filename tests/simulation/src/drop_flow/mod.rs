//! Points that go through the hosted drop (flow ②): the shop's own books, the real drop, the mock's office, and a network
//! between them that loses, cuts, doubles and delays.
//!
//! Nobody waits for anybody here, so a flow needs no executor: by dice a customer applies, the shop's job runs, a visit of
//! NetMile's goes a step further (two may be under way), an old request arrives, or time passes. At any write the shop may
//! die, at any step a visit may. When the faults end, everything has to come to rest: every row issued or refused, the
//! points that are gone are the miles that came.

mod shop;
mod visit;

use std::collections::BTreeMap;

use netmile_mock::Scenario;
use netmile_mock::office::Office;
use netmile_mock::office::terms::{IssuingCampaign, MileRule, Site, Usable};
use netmile_mock::scenario::Member;

use crate::dice::Dice;
use crate::fault::Fault;
use crate::flow::Report;
use crate::miles_plan::MILES_PER_POINT;
use crate::office::{CAMPAIGN, SITE, mail, member};
use crate::plan::{SECOND, Way};
use crate::tally::MilesSums;
use crate::trace::Trace;
use crate::world::{Invariant, Violation};
use shop::Shop;
use visit::Visit;

/// Rounds after the last fault within which everything has to be settled.
const CALM_ROUNDS: u32 = 12;
/// Seconds after which everything that was issued is deposited.
const EVERYTHING: i64 = 400 * 86_400;

/// What a shop may get wrong in its own books; the guide says why it must not. Planted, to show that the checks find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// After a crash it writes the rows into a file of another minute.
    NewFileAfterCrash,
    /// It believes a result before its `.end` has come.
    BelievesHalfResult,
    /// It gives points back and writes that down in two transactions.
    CreditsApart,
}

impl Mistake {
    /// Every one.
    pub const ALL: [Self; 3] = [
        Self::NewFileAfterCrash,
        Self::BelievesHalfResult,
        Self::CreditsApart,
    ];
}

/// What a flow is.
#[derive(Clone, Debug)]
struct Plan {
    seed: u64,
    start: i64,
    customers: usize,
    /// Bit by customer.
    members: u64,
    per_member: Option<u32>,
    turns: u64,
    faults: bool,
}

impl Plan {
    fn draw(seed: u64, dice: &mut Dice) -> Self {
        let customers = dice.between(1, 5);
        Self {
            seed,
            start: 1_767_193_200 + i64::try_from(dice.below(2 * 365 * 86_400)).unwrap_or(0),
            customers: usize::try_from(customers).unwrap_or(1),
            members: (0..customers)
                .filter(|_| dice.chance(850))
                .fold(0, |all, customer| all | (1 << customer)),
            per_member: dice
                .chance(400)
                .then(|| if dice.chance(500) { 1 } else { 2 }),
            turns: dice.between(60, 260),
            faults: dice.chance(900),
        }
    }
}

/// Whether the points of a seed's flow go through the drop.
pub(crate) fn is_drop(seed: u64) -> bool {
    Dice::new(seed, 4).chance(250)
}

/// Runs the flow of a seed.
#[must_use]
pub fn run(seed: u64, keep_trace: bool) -> Report {
    with_mistake(None, seed, keep_trace)
}

/// Runs it with a shop that makes a mistake.
#[must_use]
pub fn with_mistake(mistake: Option<Mistake>, seed: u64, keep_trace: bool) -> Report {
    let mut dice = Dice::new(seed, 5);
    let plan = Plan::draw(seed, &mut dice);
    let mut stage = Stage {
        office: Office::new(&scenario(&plan)),
        seconds: 0,
        trace: Trace::new(keep_trace),
        faults: BTreeMap::new(),
        violations: Vec::new(),
        requests: 0,
        calm: !plan.faults,
        late: Vec::new(),
        mistake,
        dice,
        plan,
    };
    let text = format!("{:#?}", stage.plan);
    stage.log(&text);
    let mut shop = Shop::new();
    let mut visits: Vec<Visit> = Vec::new();
    for _ in 0..stage.plan.turns {
        stage.turn(&mut shop, &mut visits);
    }
    stage.calm(&mut shop, &mut visits);
    let miles = stage.check(&shop);
    Report {
        seed: stage.plan.seed,
        way: Way::Drop,
        digest: stage.trace.digest(),
        trace: stage.trace.text().to_owned(),
        violations: stage.violations,
        faults: stage.faults,
        verdicts: BTreeMap::new(),
        reviews: 0,
        exchanges: stage.requests,
        miles,
    }
}

/// Everything but the shop and the visits.
struct Stage {
    plan: Plan,
    dice: Dice,
    seconds: u64,
    trace: Trace,
    office: Office,
    faults: BTreeMap<Fault, u32>,
    violations: Vec<Violation>,
    requests: usize,
    /// Nothing goes wrong any more.
    calm: bool,
    /// Requests that the network still has, each with when it gives them up.
    late: Vec<(u64, visit::Post)>,
    mistake: Option<Mistake>,
}

impl Stage {
    fn now(&self) -> i64 {
        self.plan.start + i64::try_from(self.seconds).unwrap_or(i64::MAX)
    }

    fn log(&mut self, what: &str) {
        self.trace
            .event(self.seconds * SECOND, format_args!("{what}"));
    }

    fn hit(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
        self.log(fault.name());
    }

    fn broken(&mut self, invariant: Invariant, detail: String) {
        self.log(&format!("BROKEN: {}: {detail}", invariant.name()));
        self.violations.push(Violation { invariant, detail });
    }

    fn goes_wrong(&mut self, per_mille: u64) -> bool {
        !self.calm && self.dice.chance(per_mille)
    }

    /// Whether the shop makes this mistake.
    fn makes(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    fn turn(&mut self, shop: &mut Shop, visits: &mut Vec<Visit>) {
        match self.dice.below(100) {
            0..8 => self.seconds += self.dice.between(1, 90),
            8..12 => self.seconds += self.dice.between(60, 20_000),
            12..27 => shop.applies(self),
            27..42 => shop.works(self),
            42..47 if visits.len() < 2 => visits.push(Visit::new()),
            47..50 => visit::stranger(self, shop),
            50..56 => self.delivers_late(shop),
            _ => {
                let which = self.dice.below(visits.len() as u64);
                let which = usize::try_from(which).unwrap_or(0);
                if let Some(visit) = visits.get_mut(which)
                    && !visit.goes_on(self, shop)
                {
                    visits.remove(which);
                }
            }
        }
    }

    /// A request arrives that its sender gave up long ago.
    fn delivers_late(&mut self, shop: &mut Shop) {
        let (seconds, calm) = (self.seconds, self.calm);
        let is_due = |(due, _): &(u64, visit::Post)| calm || *due <= seconds;
        if let Some(at) = self.late.iter().position(is_due) {
            let (_, post) = self.late.remove(at);
            self.log(&format!("late: POST {}", post.path));
            shop.answers(self, "POST", &post.path, &post.body);
        }
    }

    /// The faults end: what is under way ends, and what is left to do is done.
    fn calm(&mut self, shop: &mut Shop, visits: &mut Vec<Visit>) {
        self.calm = true;
        self.log("nothing goes wrong any more");
        for _ in 0..CALM_ROUNDS {
            self.seconds += 86_400;
            while !self.late.is_empty() {
                self.delivers_late(shop);
            }
            shop.works(self);
            visits.push(Visit::new());
            for visit in visits.iter_mut() {
                while visit.goes_on(self, shop) {}
            }
            visits.clear();
        }
        shop.works(self);
    }

    fn check(&mut self, shop: &Shop) -> MilesSums {
        self.office.process_due(self.now() + EVERYTHING);
        let postings = self.office.take_postings();
        let mut sums = MilesSums::default();
        if let Some(name) = shop.open_file() {
            self.broken(Invariant::EndsInTime, format!("{name} is not settled"));
        }
        for customer in 0..self.plan.customers {
            let login = member(customer);
            let mut there: Vec<u64> = postings
                .iter()
                .filter(|posting| posting.login == login)
                .map(|posting| posting.miles.unsigned_abs())
                .collect();
            let mut here = shop.issued_to(customer);
            there.sort_unstable();
            here.sort_unstable();
            let (miles, points) = (there.iter().sum::<u64>(), shop.points_gone(customer));
            sums.deposited += there.len() as u64;
            sums.exchanged += miles;
            sums.points += points;
            if points * MILES_PER_POINT != miles {
                let detail =
                    format!("customer {customer}: {points} points gone, {miles} miles came");
                self.broken(Invariant::NoPointsLost, detail);
            }
            if there.len() > here.len() {
                let detail = format!("customer {customer}: {there:?} came, {here:?} are known");
                self.broken(Invariant::IssuedOnce, detail);
            } else if there != here {
                let detail = format!("customer {customer}: {there:?} came, {here:?} are known");
                self.broken(Invariant::NoMilesLost, detail);
            }
        }
        sums
    }
}

/// One site, one campaign, and a member for most customers.
fn scenario(plan: &Plan) -> Scenario {
    let campaign = IssuingCampaign {
        campaign_id: CAMPAIGN.to_owned(),
        site_id: SITE.to_owned(),
        name_ja: String::new(),
        name_en: String::new(),
        state: Default::default(),
        rule: MileRule::Variable {
            min: 1,
            max: 999_999_999,
        },
        issue_from: "2020-01-01".to_owned(),
        issue_until: "2099-12-31".to_owned(),
        per_member: plan.per_member,
        per_member_day: None,
        usable: Usable::AtOnce,
        at_once_cancellable: false,
    };
    let site = Site {
        site_id: SITE.to_owned(),
        name_ja: String::new(),
        name_en: String::new(),
        keys: Vec::new(),
        management_password: String::new(),
        exchange_campaign: Some(CAMPAIGN.to_owned()),
        operator_mail: None,
        drop: None,
    };
    let is_member = |customer: &usize| plan.members & (1 << customer) != 0;
    let member = |customer: usize| Member {
        login: member(customer),
        mail: mail(customer),
        password: String::new(),
        name: String::new(),
        miles: 0,
        user_id: None,
        status: Default::default(),
        registered_on: "2010-04-01".to_owned(),
        mobile_mails: Vec::new(),
    };
    Scenario {
        sites: vec![site],
        issuing_campaigns: vec![campaign],
        members: (0..plan.customers).filter(is_member).map(member).collect(),
        ..Scenario::default()
    }
}
