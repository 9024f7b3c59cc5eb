//! What the shop does: its script, its workers, its outbox, its notices.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use netmile::api::{ChargeRequest, Means, SlipRequest, Store};
use netmile::charge::{Charge, Review, Step};
use netmile::client::Repaired;
use netmile::operation::{Outcome, Rejection};
use netmile::purchase::{FactKind, Subject};
use netmile::schedule::YearMonth;
use netmile::settlement::SettlementTerms;
use netmile::settlement::reconcile::Repair;
use netmile::time::Timestamp;
use netmile::{Client, Error, ErrorKind, Result, Yen};
use netmile_mock::api::{Ack, read_ack};

use crate::clock::sleep;
use crate::gateway::{CUSTOMER, MEMBER};
use crate::plan::{Act, HOUR, MINUTE, Plan, SECOND, Way};
use crate::records::is_open;
use crate::recurring::both;
use crate::shop_book::Verdict;
use crate::statement;
use crate::told;
use crate::world::{Action, Invariant, Shared, Trick, World};

/// A shop in one process. Clones share everything.
#[derive(Clone)]
pub struct Shop {
    pub(crate) client: Client,
    pub(crate) shared: Shared,
    pub(crate) plan: Arc<Plan>,
}

/// A notice as it reaches the shop.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its number at the gateway.
    pub id: u64,
    /// What was done to it.
    pub trick: Trick,
    /// The function.
    pub function: String,
    /// What it reports, in words of the simulation.
    pub what: String,
    /// Yen deposited in all, if it reports that.
    pub sum: Option<u64>,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// How an act ended.
pub(crate) enum Settled {
    /// As the shop wanted.
    Done,
    /// Refused.
    Rejected(Rejection),
    /// Not possible in this state.
    Impossible,
    /// The shop left it to others.
    Left,
}

/// Waits between tries, nanoseconds; the last one repeats.
const WAITS: [u64; 9] = [
    2 * SECOND,
    10 * SECOND,
    MINUTE,
    5 * MINUTE,
    20 * MINUTE,
    HOUR,
    3 * HOUR,
    8 * HOUR,
    40 * HOUR,
];
/// Tries of one act.
pub(crate) const TURNS: usize = 70;
/// Tries after errors.
pub(crate) const ERRORS: usize = 8;

impl Shop {
    /// A shop over a client.
    #[must_use]
    pub fn new(client: Client, shared: Shared, plan: Arc<Plan>) -> Self {
        Self {
            client,
            shared,
            plan,
        }
    }

    /// Goes through the script, from where the shop's database says it is.
    pub async fn script(self) {
        if self.plan.habits.recovers {
            for turn in 0..3 {
                match self.client.recover().await {
                    Ok(_) => break,
                    Err(error) => self.complain("recover", &error),
                }
                sleep(&self.shared, wait(turn)).await;
            }
        }
        loop {
            let position = self.shared.lock().shop.position;
            let Some(act) = self.plan.script.get(position) else {
                return;
            };
            let go_on = self.perform(act).await;
            self.shared.lock().shop.position = if go_on { position + 1 } else { usize::MAX };
        }
    }

    /// The customer's second click.
    pub async fn second_click(self) {
        sleep(&self.shared, 1_000_000).await;
        if self.plan.way.is_miles() {
            self.second_wish().await;
            return;
        }
        let id = self.shared.lock().shop.id().to_owned();
        if !id.is_empty() {
            let heard = self.act(&Act::Charge, &id).await;
            self.hear(&Act::Charge, &id, &heard);
        }
    }

    /// Performs one act; whether the script goes on.
    async fn perform(&self, act: &Act) -> bool {
        if let Act::Wait(nanos) = act {
            sleep(&self.shared, *nanos).await;
            return true;
        }
        if self.plan.way.is_miles() {
            return self.about_miles(act).await;
        }
        if let Act::Together(parts) = act {
            return self.together(parts).await;
        }
        let once = matches!(
            act,
            Act::Charge | Act::Capture(_) | Act::Refund | Act::Part(..)
        );
        if !once {
            return self.recurs(act).await;
        }
        for number in 1..=self.plan.habits.more_tries + 1 {
            let id = self.current_id(act, number);
            match self.settle(act, &id).await {
                Settled::Done => return true,
                Settled::Rejected(rejection) if *act == Act::Charge => {
                    if rejection.code.contains("S1") {
                        // Short of miles: the customer goes and gets some.
                        let (miles, wait) = {
                            let mut world = self.shared.lock();
                            let wait = world.dice.between(1, 30) * MINUTE;
                            (self.plan.miles * 6 + 1000, wait)
                        };
                        sleep(&self.shared, wait).await;
                        self.shared.lock().gateway.purse.open(MEMBER, miles);
                    }
                }
                // The shop asks once more for what was never processed, and takes a refusal for an answer.
                Settled::Rejected(rejection) if rejection.code == "not_processed" => {}
                Settled::Rejected(_) | Settled::Impossible => return true,
                Settled::Left => return *act != Act::Charge,
            }
        }
        *act != Act::Charge
    }

    /// Two clerks refund a part each. One of them may be refused because of the other, and asks again.
    async fn together(&self, parts: &[(String, u64); 2]) -> bool {
        let id = self.shared.lock().shop.id().to_owned();
        let [one, other] = parts.clone().map(|(name, yen)| Act::Part(name, yen));
        let heard = both(self.act(&one, &id), self.act(&other, &id)).await;
        self.hear(&one, &id, &heard.0);
        self.hear(&other, &id, &heard.1);
        for act in [&one, &other] {
            if !Box::pin(self.perform(act)).await {
                return false;
            }
        }
        true
    }

    /// The id of a try; the charge of every later act has the last one.
    fn current_id(&self, act: &Act, number: u32) -> String {
        let shop = &mut self.shared.lock().shop;
        let tries = u32::try_from(shop.ids.len()).unwrap_or(u32::MAX);
        if *act == Act::Charge && tries < number {
            let id = format!("S{}-{number}", self.plan.seed);
            shop.ids.push(id);
        }
        shop.id().to_owned()
    }

    /// Takes a step until its outcome is known, or the shop has had enough.
    pub(crate) async fn settle(&self, act: &Act, id: &str) -> Settled {
        let mut errors = 0;
        for turn in 0..TURNS {
            let heard = self.act(act, id).await;
            self.hear(act, id, &heard);
            match heard {
                Ok(Outcome::Done(_)) => return Settled::Done,
                Ok(Outcome::Rejected(rejection)) => return Settled::Rejected(rejection),
                Ok(Outcome::Unknown(_)) => {
                    if self.plan.habits.hurries && turn == 0 {
                        self.hurry(act, id).await;
                    }
                    if self.plan.habits.walks_away {
                        return Settled::Left;
                    }
                    if self.plan.habits.asks_again {
                        sleep(&self.shared, wait(turn)).await;
                    } else {
                        self.until_settled(id).await;
                    }
                }
                Err(error)
                    if error.kind() == ErrorKind::InvalidState
                        && !self.plan.habits.walks_away
                        && self.is_open(id).await =>
                {
                    // Another step has to end first.
                    self.until_settled(id).await;
                }
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::InvalidState | ErrorKind::NotInContract
                    ) =>
                {
                    return Settled::Impossible;
                }
                Err(_) => {
                    errors += 1;
                    if errors > ERRORS {
                        return Settled::Left;
                    }
                    sleep(&self.shared, wait(errors)).await;
                }
            }
        }
        Settled::Left
    }

    /// Whether a step of a charge is open.
    async fn is_open(&self, id: &str) -> bool {
        let known = self.client.payments().get(id).await;
        known.is_ok_and(|charge| charge.pending.is_some())
    }

    async fn act(&self, act: &Act, id: &str) -> Result<Outcome<Charge>> {
        if let Act::Part(name, yen) = act {
            let mut world = self.shared.lock();
            let now = world.now;
            world.shop.asks_part(id, name, *yen, now);
        }
        let payments = self.client.payments();
        let subscriptions = self.client.subscriptions();
        match act {
            Act::Charge if self.plan.way.is_monthly() => {
                subscriptions.apply_by_api(&self.request(id)).await
            }
            Act::RefundMonth(months) => self.refund_month(id, *months).await,
            Act::End => subscriptions.end_by_api(id).await,
            Act::Charge => payments.charge(&self.request(id)).await,
            Act::Capture(amount) => payments.capture(id, amount.map(Yen::new)).await,
            Act::Refund => payments.refund(id).await,
            Act::Part(name, amount) => payments.refund_part(id, name, Yen::new(*amount)).await,
            _ => Err(Error::new(ErrorKind::InvalidState, "is no step")),
        }
    }

    /// Does something until it succeeds, or the shop has had enough.
    pub(crate) async fn until_done(&self, verb: &str, act: impl AsyncFn() -> Result<()>) {
        for turn in 0..ERRORS {
            match act().await {
                Ok(()) => return,
                Err(error) => self.complain(verb, &error),
            }
            sleep(&self.shared, wait(turn)).await;
        }
    }

    /// Takes the next step although this one is not known yet.
    async fn hurry(&self, act: &Act, id: &str) {
        let script = &self.plan.script;
        let after = script.iter().skip_while(|known| *known != act).skip(1);
        let next = after.into_iter().find(|act| !matches!(act, Act::Wait(_)));
        if let Some(next) = next {
            let heard = self.act(next, id).await;
            self.hear(next, id, &heard);
        }
    }

    /// Waits until the journal knows the outcome of the open step.
    pub(crate) async fn until_settled(&self, id: &str) {
        poll_fn(|context| {
            let mut world = self.shared.lock();
            let row = world.records.of(id);
            let open = row.is_some_and(|row| is_open(&row.phase) || row.phase == "needs_review");
            if !open {
                return Poll::Ready(());
            }
            world.records.wake_me(context.waker());
            Poll::Pending
        })
        .await;
    }

    /// Notes what the shop was told, and whether that is so.
    pub(crate) fn hear(&self, act: &Act, id: &str, heard: &Result<Outcome<Charge>>) {
        let mut world = self.shared.lock();
        let (verdict, words) = match heard {
            Ok(Outcome::Done(charge)) => (Verdict::Done, charge.phase.name().to_owned()),
            Ok(Outcome::Rejected(rejection)) => (Verdict::Rejected, rejection.code.clone()),
            Ok(Outcome::Unknown(ticket)) => (Verdict::Unknown, ticket.step.clone()),
            Err(error) => (Verdict::Err, error.code().to_owned()),
        };
        world.log(format_args!(
            "shop hears {act:?} {id}: {} {words}",
            verdict.name()
        ));
        world.shop.saw(verdict);
        match heard {
            Ok(Outcome::Done(charge)) => told::done(&mut world, act, charge),
            Ok(Outcome::Unknown(ticket)) => told::unknown(&mut world, act, ticket),
            Ok(Outcome::Rejected(_)) => {}
            Err(error) => told::error(&mut world, &format!("{act:?}"), error),
        }
    }

    pub(crate) fn complain(&self, verb: &str, error: &Error) {
        let mut world = self.shared.lock();
        world.log(format_args!("{verb}: {}", error.code()));
        told::error(&mut world, verb, error);
    }

    /// Looks after what is due, as soon as it is.
    pub async fn worker(self) {
        loop {
            self.until_due().await;
            match self.client.resolve().await {
                Ok(_) => {}
                Err(error) => {
                    self.complain("resolve", &error);
                    sleep(&self.shared, 5 * SECOND).await;
                }
            }
        }
    }

    /// Waits until a row is due, and a little longer.
    async fn until_due(&self) {
        loop {
            let nanos = poll_fn(|context| {
                let mut world = self.shared.lock();
                let Some(due) = world.records.next_due() else {
                    world.records.wake_me(context.waker());
                    return Poll::Pending;
                };
                let seconds = u64::try_from(due - world.shop_unix()).unwrap_or(0);
                Poll::Ready(seconds * SECOND + world.dice.below(3 * SECOND))
            })
            .await;
            let before = self.shared.lock().records.changes;
            self.sleep_or_change(nanos, before).await;
            let world = self.shared.lock();
            let due = world.records.next_due();
            if due.is_some_and(|due| due <= world.shop_unix()) {
                return;
            }
        }
    }

    /// Waits so long, or until the journal changes.
    async fn sleep_or_change(&self, nanos: u64, before: u64) {
        let mut until = None;
        poll_fn(|context| {
            let mut world = self.shared.lock();
            let end = *until.get_or_insert_with(|| {
                world.after(nanos, Action::Wake(context.waker().clone()));
                world.now.saturating_add(nanos)
            });
            if world.now >= end || world.records.changes != before {
                return Poll::Ready(());
            }
            world.records.wake_me(context.waker());
            Poll::Pending
        })
        .await;
    }

    /// Acts on what the shop has to know.
    pub async fn outbox(self) {
        loop {
            poll_fn(|context| {
                let mut world = self.shared.lock();
                if world.records.unacknowledged > 0 {
                    return Poll::Ready(());
                }
                world.records.wake_me(context.waker());
                Poll::Pending
            })
            .await;
            let deliveries = match self.client.events().next(10).await {
                Ok(deliveries) => deliveries,
                Err(error) => {
                    self.complain("events", &error);
                    sleep(&self.shared, 5 * SECOND).await;
                    continue;
                }
            };
            if deliveries.is_empty() {
                // Another one holds them; their lease ends.
                sleep(&self.shared, 61 * SECOND).await;
            }
            for delivery in deliveries {
                let review = {
                    let mut world = self.shared.lock();
                    told::fact(&mut world, delivery.id, &delivery.fact);
                    let charges = delivery.fact.subject == Subject::Charge;
                    (charges && delivery.fact.kind == FactKind::NeedsReview)
                        .then(|| delivery.fact.purchase_id.clone())
                };
                if let Err(error) = self.miles_event(&delivery.fact).await {
                    self.complain("event", &error);
                    continue;
                }
                // First what an event asks for, then its acknowledgement: a crash between them brings it again.
                if let Some(id) = review {
                    self.review(&id).await;
                }
                if let Err(error) = self.client.events().ack(delivery.id).await {
                    self.complain("ack", &error);
                }
            }
        }
    }

    /// The settlement file of these months came: compares it with the journal, and writes down what it proves.
    pub async fn file(self, file: String, from: YearMonth, to: YearMonth) {
        self.until_done("file", async || {
            let terms = SettlementTerms::default();
            let statement = statement::read(&file, from, to)?;
            let found = self.client.reconcile(statement, &terms).await?;
            let plan = found.repair_plan();
            let repaired = self.client.repair(&plan).await?;
            let mut world = self.shared.lock();
            for (step, done) in plan.iter().zip(&repaired) {
                world.log(format_args!("file: {:?}: {done:?}", step.repair));
                if let (Repaired::Left(why), Repair::Investigate { order_id, .. }) =
                    (done, &step.repair)
                {
                    told::investigate(&mut world, order_id, step.cause, why);
                }
            }
            Ok(())
        })
        .await;
        self.shared.lock().file_was_read();
    }

    /// A person looks at a charge: at the gateway's management page, that is at its books. Says what the page shows.
    async fn review(&self, id: &str) {
        self.until_done("review", async || {
            let payments = self.client.payments();
            let charge = payments.get(id).await?;
            if charge.review.is_none() {
                // Evidence came meanwhile.
                return Ok(());
            }
            let verdict = {
                let mut world = self.shared.lock();
                told::review(&mut world, &charge);
                let reason = charge.review;
                world.log(format_args!("a person looks at {id}: {reason:?}"));
                world.management_page(&charge)
            };
            match payments.review(id, verdict).await {
                Err(error) if error.kind() == ErrorKind::InvalidState => Ok(()),
                reviewed => reviewed.map(|_| ()),
            }
        })
        .await;
    }

    /// Takes a notice; the gateway's side of the answer.
    pub async fn notice(self, letter: Letter) {
        let Letter {
            id,
            trick,
            function,
            what,
            sum,
            body,
        } = letter;
        let received = self.client.payments().notice(&body).await;
        let mut world = self.shared.lock();
        let ack = match &received {
            Ok(receipt) => {
                world.log(format_args!(
                    "notice {id} {trick:?}: {} repeated={}",
                    receipt.charge.phase.name(),
                    receipt.repeated
                ));
                if trick == Trick::Forged {
                    let detail = format!("a forged notice about {} was taken", receipt.charge.id);
                    world.broken(Invariant::NothingForged, detail);
                }
                told::noticed(&mut world, what, sum, &receipt.charge, receipt.repeated);
                receipt.ack.clone()
            }
            Err(error) => {
                world.log(format_args!("notice {id} {trick:?}: {}", error.code()));
                self.client.payments().refuse(error)
            }
        };
        if trick == Trick::Forged {
            return;
        }
        let ack = read_ack(ack.status(), &function, ack.body());
        if received.is_ok() && ack != Ack::Ok {
            let detail = format!("the gateway cannot read the answer to a notice: {ack:?}");
            world.broken(Invariant::NoNonsense, detail);
        }
        world.noticed(id, &ack);
    }

    fn request(&self, id: &str) -> ChargeRequest {
        let plan = &self.plan;
        let means = match plan.way {
            Way::Slip => Means::Slip(Box::new(self.slip())),
            way if way.is_card() => {
                // The browser gets a new token each time.
                let number = self.shared.lock().dice.any();
                Means::token(format!("token-{number:016x}"), "key")
            }
            _ => Means::member(MEMBER),
        };
        ChargeRequest::new(id, plan.tag(), Yen::new(plan.amount), means)
            .customer(CUSTOMER)
            .item("item-1", "しおり")
    }

    fn slip(&self) -> SlipRequest {
        let last = |days: u64| {
            let seconds = i64::try_from(days * 86_400).unwrap_or(0);
            let day = Timestamp::from_unix(self.plan.start + seconds).to_jst();
            day.get(..8).unwrap_or_default().to_owned()
        };
        SlipRequest {
            store: Store::FamilyMart,
            last_name: "山田".to_owned(),
            first_name: "太郎".to_owned(),
            last_name_kana: "ヤマダ".to_owned(),
            first_name_kana: "タロウ".to_owned(),
            zip: "1000001".to_owned(),
            prefecture: "東京都".to_owned(),
            address: "千代田区１－１".to_owned(),
            building: String::new(),
            tel: "0312345678".to_owned(),
            mail: "taro@customer.example".to_owned(),
            pay_by: self.plan.slip_days.map(last),
        }
    }
}

pub(crate) fn wait(turn: usize) -> u64 {
    let last = WAITS.last().copied().unwrap_or(SECOND);
    WAITS.get(turn).copied().unwrap_or(last)
}

impl World {
    /// What the management page shows of a charge under review.
    fn management_page(&mut self, charge: &Charge) -> Review {
        let id = charge.id.as_str();
        let moved = self.gateway.moved(id);
        let Some(pending) = &charge.pending else {
            // Nothing is open: the sum of a deposit is another one. The person writes it into the shop's own books.
            self.shop.seen_by_person.insert(id.to_owned(), moved);
            return Review::Happened;
        };
        self.shop.decided.push((id.to_owned(), self.now));
        let (captured, _) = moved;
        match pending.step {
            Step::PartialRefund => {
                let yen = pending.amount.get();
                let there = self.gateway.refunds_of(id, yen);
                if there > self.shop.told_parts(id, yen) + self.copies(id, yen) {
                    Review::Happened
                } else {
                    Review::Missing
                }
            }
            // What nobody has told the shop the management page shows.
            Step::Request if captured > 0 && charge.tracking_id.is_none() => {
                match self.gateway.tracking_of(id) {
                    Some(tracking_id) => Review::HappenedAs { tracking_id },
                    None => Review::Missing,
                }
            }
            _ if captured > 0 => Review::Happened,
            _ => Review::Missing,
        }
    }
}
