//! The network between shop and gateway, and what it does to messages.

use std::future::poll_fn;
use std::task::{Poll, Waker};

use async_trait::async_trait;
use netmile::engine::{HttpRequest, HttpResponse, NotDelivered, Transport};

use crate::clock::{sleep, step_aside};
use crate::fault::{CrashPoint, Fault};
use crate::plan::{DAY, HOUR, MINUTE, SECOND, Visit};
use crate::records::is_open;
use crate::trace::digest;
use crate::wire::{Facts, refuses, with_amount, with_miles};
use crate::world::{Action, Invariant, Shared, Trick, World};

const MILLI: u64 = 1_000_000;
/// After so long the shop's transport gives up.
const TIMEOUT: u64 = 60 * SECOND;

/// One request and what became of it.
#[derive(Debug)]
pub struct Exchange {
    /// The request.
    pub request: HttpRequest,
    /// What it says.
    pub facts: Facts,
    /// What is done to it.
    pub fault: Option<Fault>,
    /// How it ended for the sender.
    pub outcome: Option<Result<HttpResponse, NotDelivered>>,
    /// Who waits for that.
    pub waker: Option<Waker>,
    /// When it left the shop, nanoseconds.
    pub left: Option<u64>,
    /// When it first reached the gateway, Unix seconds.
    pub arrived: Option<i64>,
    /// Movements of money that it made.
    pub effects: usize,
    /// The answer is the gateway's own, whole.
    pub honest: bool,
    /// When the shop got it, nanoseconds.
    pub answered: Option<u64>,
    /// The gateway refused.
    pub refused: bool,
}

/// The shop's transport: one for each process.
#[derive(Clone, Debug)]
pub struct Wire {
    /// The world.
    pub shared: Shared,
    /// Whose it is.
    pub process: usize,
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NotDelivered> {
        let (number, crash, pause) = self.begin(request);
        if crash == Some(CrashPoint::BeforeSend) {
            return self.die(CrashPoint::BeforeSend).await;
        }
        if let Some(nanos) = pause {
            self.stand_still(nanos).await;
        }
        self.shared.lock().transmit(number);
        if crash == Some(CrashPoint::AfterSend) {
            return self.die(CrashPoint::AfterSend).await;
        }
        let outcome = poll_fn(|context| {
            let mut world = self.shared.lock();
            let Some(exchange) = world.exchanges.get_mut(number) else {
                return Poll::Pending;
            };
            exchange.waker = Some(context.waker().clone());
            exchange.outcome.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await;
        if crash == Some(CrashPoint::AfterAnswer) {
            return self.die(CrashPoint::AfterAnswer).await;
        }
        outcome
    }
}

impl Wire {
    /// Takes the request over; its number, where the process dies, and for how long it stands still before.
    fn begin(&self, request: HttpRequest) -> (usize, Option<CrashPoint>, Option<u64>) {
        let mut world = self.shared.lock();
        let number = world.exchanges.len();
        let facts = Facts::read(&request);
        world.log(format_args!(
            "process {} sends #{number} {} order={} tracking={} signed={} body={:016x}",
            self.process,
            facts.function,
            facts.order_id,
            facts.tracking_id,
            facts.signed_at,
            digest(&request.body),
        ));
        world.check_recorded(&facts);
        let at = u32::try_from(number).unwrap_or(u32::MAX);
        let fault = world.fault_of(at);
        let crash = world.plan.crashes_at_network.get(&at).copied();
        let pause = (fault == Some(Fault::Pause)).then(|| {
            world.hit(Fault::Pause);
            match world.dice.below(3) {
                0 => world.dice.between(1, 10) * MINUTE,
                1 => world.dice.between(9, 14) * MINUTE,
                _ => world.dice.between(1, 5) * HOUR,
            }
        });
        world.exchanges.push(Exchange {
            request,
            facts,
            fault,
            outcome: None,
            waker: None,
            left: None,
            arrived: None,
            effects: 0,
            honest: false,
            answered: None,
            refused: false,
        });
        (number, crash, pause)
    }

    async fn die<T>(&self, point: CrashPoint) -> T {
        self.shared.lock().kill(self.process, point);
        std::future::pending().await
    }

    /// The whole process stands still.
    async fn stand_still(&self, nanos: u64) {
        {
            let mut world = self.shared.lock();
            let until = world.now + nanos;
            world.log(format_args!(
                "process {} stands still for {nanos} ns",
                self.process
            ));
            if let Some(process) = world.processes.get_mut(self.process) {
                process.frozen_until = until;
            }
        }
        step_aside().await;
        // Not before the pause is over; a frozen process is not polled earlier.
        sleep(&self.shared, 0).await;
    }
}

impl World {
    /// Nothing may be sent that does not stand in the journal as being sent, signed at that time.
    fn check_recorded(&mut self, facts: &Facts) {
        if facts.is_question() {
            return;
        }
        let record = if facts.tracking_id.is_empty() {
            self.records.of(&facts.order_id)
        } else if facts.order_id.is_empty() {
            self.records.of_tracking(&facts.tracking_id)
        } else {
            self.records.of(&facts.order_id)
        };
        let signed = format!("\"signed_at\":{}", facts.signed_at);
        let complaint = match record {
            None => "no row of it",
            Some(record) if !is_open(&record.phase) => "no open step in its row",
            Some(record) if !record.body.contains(&signed) => "signed at another time",
            Some(_) => return,
        };
        self.broken(
            Invariant::JournalFirst,
            format!("{}: {complaint}", facts.name()),
        );
    }

    fn fault_of(&mut self, number: u32) -> Option<Fault> {
        if let Some((from, to)) = self.plan.outage
            && (from..to).contains(&self.now)
        {
            return Some(Fault::Outage);
        }
        let planned = self.plan.exchanges.get(&number).copied();
        let storm = self.plan.storm;
        planned.or_else(|| {
            // Even the worst weather ends.
            (storm > 0 && self.now < 2 * DAY && self.dice.chance(storm))
                .then(|| self.dice.pick(&Fault::OF_EXCHANGES))
                .flatten()
        })
    }

    /// The request leaves: plans its arrival and what the sender will see.
    fn transmit(&mut self, number: usize) {
        let Some(exchange) = self.exchanges.get(number) else {
            return;
        };
        let (fault, facts) = (exchange.fault, exchange.facts.clone());
        let fault = self.fitting(fault);
        if let Some(fault) = fault
            && !matches!(fault, Fault::Pause | Fault::WrongAmount | Fault::Truncated)
        {
            self.hit(fault);
        }
        if let Some(exchange) = self.exchanges.get_mut(number) {
            exchange.fault = fault;
        }
        let refused = matches!(fault, Some(Fault::Refused | Fault::Outage));
        let now = self.now;
        if let Some(exchange) = self.exchanges.get_mut(number).filter(|_| !refused) {
            exchange.left = Some(now);
        }
        let way = self.dice.between(5, 150) * MILLI;
        let back = self.dice.between(5, 150) * MILLI;
        let lost = self.lost_after();
        match fault {
            Some(Fault::Refused | Fault::Outage) => {
                let why = NotDelivered::NotSent("connection refused".to_owned());
                self.deliver(MILLI, number, Err(why));
            }
            Some(Fault::LostBefore) => self.lose(lost, number),
            Some(Fault::LostAfter) => {
                self.arrive(way, number, false, false);
                self.lose(lost.max(way + back), number);
            }
            Some(Fault::Late) => {
                let late = self.dice.between(61, 580) * SECOND;
                self.arrive(late, number, false, false);
                self.lose(TIMEOUT, number);
            }
            Some(Fault::TooLate) => {
                let late = self.dice.between(700, 4000) * SECOND;
                self.arrive(late, number, false, false);
                self.lose(TIMEOUT, number);
            }
            Some(Fault::Twice) => {
                self.doubled_part |= facts.is_part();
                let first = self.dice.chance(500);
                let gap = self.dice.between(1, 400) * 10 * MILLI;
                self.arrive(way, number, first, false);
                self.arrive(way + gap, number, !first, true);
            }
            Some(Fault::ErrorBefore) => self.instead(way + back, number, 500),
            Some(Fault::PageBefore) => self.instead(way + back, number, 200),
            Some(kind @ (Fault::Kind80 | Fault::Kind85 | Fault::Kind90)) => {
                let effect = self.dice.chance(500);
                if effect {
                    self.arrive(way, number, false, false);
                }
                let body = crate::gateway::Gateway::refusal(&facts, code(kind), self.unix());
                self.deliver(way + back, number, Ok(answer(200, "text/xml", body)));
            }
            _ => self.arrive(way, number, true, false),
        }
    }

    /// A fault that this request can have; else none.
    fn fitting(&self, fault: Option<Fault>) -> Option<Fault> {
        let miles = self.plan.way.is_miles();
        match fault {
            Some(Fault::WrongAmount) if self.plan.encrypted => None,
            // How many miles an issue has is checked where the shop says it.
            Some(Fault::WrongAmount) if self.plan.miles_plan.fixed.is_some() => None,
            // Codes of the gateway's; the office answers as a server in trouble does.
            Some(Fault::Kind80) if miles => Some(Fault::ErrorBefore),
            Some(Fault::Kind85) if miles => Some(Fault::ErrorAfter),
            Some(Fault::Kind90) if miles => Some(Fault::PageAfter),
            fault => fault,
        }
    }

    fn lost_after(&mut self) -> u64 {
        if self.dice.chance(500) {
            TIMEOUT
        } else {
            self.dice.between(20, 900) * MILLI
        }
    }

    fn arrive(&mut self, after: u64, exchange: usize, answers: bool, copy: bool) {
        let action = Action::Arrive {
            exchange,
            answers,
            copy,
        };
        self.after(after, action);
    }

    fn deliver(
        &mut self,
        after: u64,
        exchange: usize,
        outcome: Result<HttpResponse, NotDelivered>,
    ) {
        self.after(after, Action::Deliver { exchange, outcome });
    }

    fn lose(&mut self, after: u64, exchange: usize) {
        let why = NotDelivered::Lost("no answer".to_owned());
        self.deliver(after, exchange, Err(why));
    }

    fn instead(&mut self, after: u64, exchange: usize, status: u16) {
        let body = b"<html><body><h1>Sorry</h1></body></html>".to_vec();
        let status = match status {
            500 => self.dice.pick(&[500, 502, 503, 504]).unwrap_or(500),
            other => other,
        };
        self.deliver(after, exchange, Ok(answer(status, "text/html", body)));
    }

    /// A request reaches the gateway.
    pub fn arrived(&mut self, number: usize, answers: bool, copy: bool) {
        self.tick();
        let Some(exchange) = self.exchanges.get(number) else {
            return;
        };
        let now = self.plan.start + i64::try_from(self.now / SECOND).unwrap_or(0);
        let (fault, facts) = (exchange.fault, exchange.facts.clone());
        let moved_before = self.gateway.book.ledger().len();
        let (response, outcome, notices) = match &mut self.gateway.counter {
            Some(counter) => {
                let (response, outcome) = counter.handle(&exchange.request, now);
                (response, outcome, Vec::new())
            }
            None => {
                let (response, handled) = self.gateway.handle(&exchange.request, now);
                (response, handled.outcome, handled.notices)
            }
        };
        self.trace.event(
            self.now,
            format_args!("gateway #{number} copy={copy}: {outcome}"),
        );
        let moved = self.gateway.book.ledger().len() - moved_before;
        if let Some(exchange) = self.exchanges.get_mut(number) {
            exchange.effects += moved;
            exchange.arrived.get_or_insert(now);
        }
        for notice in notices {
            self.post(notice.id, 0);
        }
        self.plan_decision();
        self.first_visits(&facts);
        let mut back = self.dice.between(5, 150) * MILLI;
        if !answers {
            return;
        }
        let hasty = self.visits_first(&facts);
        if hasty {
            back = 20 * SECOND;
        }
        let order = self.gateway.order_of(&facts);
        let believable = self.gateway.knows(&order);
        match fault {
            Some(Fault::ErrorAfter) => self.instead(back, number, 500),
            Some(Fault::PageAfter) => self.instead(back, number, 200),
            Some(Fault::Truncated) if !response.body.trim_ascii_end().is_empty() => {
                self.hit(Fault::Truncated);
                // An answer without its last line break is whole.
                let whole = response.body.trim_ascii_end().len();
                let keep = self.dice.below(whole as u64);
                let keep = usize::try_from(keep).unwrap_or(0);
                let mut response = response;
                response.body.truncate(keep);
                self.deliver(back, number, Ok(response));
            }
            Some(Fault::WrongAmount) => {
                let other = self.plan.amount + self.dice.between(1, 1000);
                let changed = if self.plan.way.is_miles() {
                    with_miles(&response.body, other)
                } else {
                    with_amount(&response.body, other)
                };
                match changed {
                    Some(body) => {
                        self.hit(Fault::WrongAmount);
                        let response = HttpResponse { body, ..response };
                        self.deliver(back, number, Ok(response));
                    }
                    None => self.deliver(back, number, Ok(response)),
                }
            }
            _ => {
                if facts.tells_outcome() && response.status == 200 {
                    self.gateway
                        .answered
                        .insert(facts.order_id.clone(), self.now + back);
                }
                if believable {
                    self.gateway.told.insert(order);
                }
                if let Some(exchange) = self.exchanges.get_mut(number) {
                    exchange.honest = true;
                }
                self.deliver(back, number, Ok(response));
            }
        }
    }

    /// An exchange ends for the sender.
    pub fn delivered(&mut self, number: usize, outcome: Result<HttpResponse, NotDelivered>) {
        let words = match &outcome {
            Ok(response) => format!("{} {:016x}", response.status, digest(&response.body)),
            Err(NotDelivered::NotSent(_)) => "not sent".to_owned(),
            Err(NotDelivered::Lost(_)) => "lost".to_owned(),
        };
        self.log(format_args!("answer #{number}: {words}"));
        let now = self.now;
        if let Some(exchange) = self.exchanges.get_mut(number) {
            if let Ok(response) = &outcome {
                exchange.answered = Some(now);
                exchange.refused = refuses(&response.body);
            }
            exchange.outcome = Some(outcome);
            if let Some(waker) = exchange.waker.take() {
                waker.wake();
            }
        }
    }

    /// The gateway does what is due.
    pub fn tick(&mut self) {
        for notice in self.gateway.tick(self.unix()) {
            self.post(notice.id, 0);
        }
    }

    /// A person at the office decides about what waits.
    fn plan_decision(&mut self) {
        let counter = self.gateway.counter.as_ref();
        if counter.is_some_and(crate::office::Counter::has_applications) {
            let wait = self.dice.between(1, 96) * HOUR;
            self.after(wait, Action::Decide);
        }
    }

    /// The customer pays before the shop knows the slip.
    fn visits_first(&mut self, facts: &Facts) -> bool {
        let wanted = self.plan.notices.contains_key(&Fault::NoticeFirst);
        let first = self.plan.visits.first().copied();
        if !wanted || !facts.function.starts_with("ST01-00101-701") {
            return false;
        }
        let Some((_, Visit::Pays(_) | Visit::PaysForCertain(_))) = first else {
            return false;
        };
        if std::mem::replace(&mut self.records.visited, true) {
            return false;
        }
        self.hit(Fault::NoticeFirst);
        self.after(MILLI, Action::Visit(0));
        true
    }

    /// The customer's visits begin with the slip.
    fn first_visits(&mut self, facts: &Facts) {
        if !facts.function.starts_with("ST01-00101-701") {
            return;
        }
        let end = self.gateway.slip_end();
        if let Some(end) = end {
            self.at_unix(end + 1, Action::Tick);
        }
        if self.records.visits_planned || self.plan.notices.contains_key(&Fault::NoticeFirst) {
            return;
        }
        if end.is_some() {
            self.records.visits_planned = true;
            self.plan_visit(0);
        }
    }

    /// Plans the customer's next visit.
    pub fn plan_visit(&mut self, number: usize) {
        if let Some((wait, _)) = self.plan.visits.get(number).copied() {
            self.after(wait, Action::Visit(number));
        }
    }

    /// Sends a notice on its way, with what the flow's plan does to it.
    pub fn post(&mut self, id: u64, wait: u64) {
        let plan = std::sync::Arc::clone(&self.plan);
        let mut trick = |fault: Fault| {
            let chance = plan.notices.get(&fault).copied().unwrap_or(0);
            chance > 0 && self.dice.chance(chance)
        };
        let (twice, late, over) = (
            trick(Fault::NoticeTwice),
            trick(Fault::NoticeLate),
            trick(Fault::NoticeReordered),
        );
        let (forged, wrong) = (trick(Fault::NoticeForged), trick(Fault::WrongNotice));
        let mut delay = wait + self.dice.between(5, 400) * MILLI;
        if late {
            self.hit(Fault::NoticeLate);
            delay += self.dice.between(1, 30) * HOUR;
        } else if over {
            delay += self.dice.between(1, 5) * SECOND;
        }
        if forged {
            self.hit(Fault::NoticeForged);
            let trick = Trick::Forged;
            self.after(delay / 2, Action::Notice { id, trick });
        }
        let mut trick = Trick::Honest;
        if wrong {
            self.hit(Fault::WrongNotice);
            trick = Trick::WrongAmount;
        }
        self.after(delay, Action::Notice { id, trick });
        if twice {
            self.hit(Fault::NoticeTwice);
            let again = delay + self.dice.between(1, 300) * 10 * MILLI;
            self.after(again, Action::Notice { id, trick });
        }
    }
}

fn code(kind: Fault) -> &'static str {
    match kind {
        Fault::Kind80 => "80",
        Fault::Kind85 => "85",
        _ => "90",
    }
}

fn answer(status: u16, content_type: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse {
        status,
        content_type: Some(content_type.to_owned()),
        body,
    }
}
