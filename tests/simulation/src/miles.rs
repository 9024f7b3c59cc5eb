//! What the shop does about miles: issues, issues by hand, cancels.

use netmile::exchange::Applicant;
use netmile::miles::{ByHandRequest, CancelReason, HandIssued, HandRow, IssueRequest, IssuedMiles};
use netmile::operation::{Outcome, Rejection};
use netmile::purchase::{Fact, FactKind, Subject};
use netmile::reference::{Mail, User};
use netmile::{Error, ErrorKind, Miles, Result};

use crate::clock::sleep;
use crate::miles_book::Belief;
use crate::miles_told as told;
use crate::office::{CAMPAIGN, mail};
use crate::plan::{Act, DAY};
use crate::shop::{ERRORS, Settled, Shop, TURNS, wait};
use crate::shop_book::Verdict;
use crate::world::World;

/// How often the shop begins anew after what was no refusal by a rule.
const ANEW: u32 = 3;

impl Shop {
    /// Performs one act about miles; whether the script goes on.
    pub(crate) async fn about_miles(&self, act: &Act) -> bool {
        match act {
            Act::Reward(reward) => self.reward(*reward).await,
            Act::Hand => self.by_hand().await,
            Act::Exchange(reward) => self.exchange(*reward).await,
            Act::CancelReward(reward) => self.cancel_reward(*reward).await,
            Act::AskCancel(reward) => self.ask_cancel(*reward).await,
            _ => {}
        }
        true
    }

    /// The customer's second click, on whatever is asked for first.
    pub(crate) async fn second_wish(&self) {
        let first = self.plan.script.first();
        match first {
            Some(Act::Reward(reward)) => {
                let id = self.name('T', *reward);
                let heard = self.issue(&id, *reward).await;
                self.hear_miles("issue", &id, &heard, told::issued);
            }
            Some(Act::Hand) => {
                let id = self.name('H', 0);
                let heard = self.hand_once(&id).await;
                self.hear_miles("by hand", &id, &heard, told::by_hand);
            }
            Some(Act::Exchange(reward)) => {
                let id = self.name('X', *reward);
                self.exchange_once(&id, *reward).await;
            }
            _ => {}
        }
    }

    /// The `tran_id` of a reward's present try.
    pub(crate) fn name(&self, letter: char, reward: usize) -> String {
        let mut world = self.shared.lock();
        let seed = self.plan.seed;
        world.shop.miles.tran_id(letter, seed, reward)
    }

    /// Begins anew under another name, unless somebody else did, or it was tried often enough.
    pub(crate) fn anew(&self, letter: char, reward: usize, id: &str) -> bool {
        let mut world = self.shared.lock();
        let most = self.plan.habits.more_tries + 1;
        let same = world.shop.miles.tran_id(letter, self.plan.seed, reward) == id;
        let tries = world.shop.miles.tries.entry(reward).or_insert(1);
        if same && *tries < most {
            *tries += 1;
            return true;
        }
        !same
    }

    /// Rewards a customer once.
    async fn reward(&self, reward: usize) {
        let mut again = 0;
        for _ in 0..ERRORS {
            let id = self.name('T', reward);
            let settled = self
                .settle_miles(
                    "issue",
                    &id,
                    async || self.issue(&id, reward).await,
                    told::issued,
                )
                .await;
            let Settled::Rejected(rejection) = settled else {
                return;
            };
            if !self.goes_on('T', reward, &id, &rejection, &mut again).await {
                return;
            }
        }
    }

    /// Whether the shop asks once more after a refusal.
    pub(crate) async fn goes_on(
        &self,
        letter: char,
        reward: usize,
        id: &str,
        rejection: &Rejection,
        again: &mut u32,
    ) -> bool {
        let by_rule = rejection.table() == Some("manual");
        if !by_rule && self.plan.habits.asks_again && letter == 'T' {
            // What never got as far as a rule may go under the same name.
            *again += 1;
            return *again < ANEW;
        }
        if !self.anew(letter, reward, id) {
            return false;
        }
        if by_rule {
            sleep(&self.shared, DAY).await;
        }
        true
    }

    async fn issue(&self, id: &str, reward: usize) -> Result<Outcome<IssuedMiles>> {
        let user = self.user(reward).await?;
        let request = IssueRequest::new(id, CAMPAIGN, user, format!("CUST{reward}"));
        let request = match self.plan.miles_plan.fixed {
            Some(_) => request,
            None => request.with_miles(Miles::new(self.miles_of(reward))),
        };
        self.client.miles().issue(&request).await
    }

    /// Who a reward is for; a user id is asked for once, and kept.
    pub(crate) async fn user(&self, reward: usize) -> Result<User> {
        if !self.plan.miles_plan.by_user_id {
            return User::mail(mail(reward));
        }
        if let Some(known) = self.shared.lock().shop.miles.users.get(&reward) {
            return Ok(User::UserId(known.clone()));
        }
        let applicant = self.client.exchanges().applicant(&mail(reward)).await?;
        let Applicant::Registered(id) = applicant else {
            return Err(Error::new(ErrorKind::UnknownOrder, "is no member"));
        };
        let mut world = self.shared.lock();
        world.shop.miles.users.insert(reward, id.clone());
        Ok(User::UserId(id))
    }

    pub(crate) fn miles_of(&self, reward: usize) -> u64 {
        let rewards = &self.plan.miles_plan.rewards;
        rewards.get(reward).map_or(0, |reward| reward.miles)
    }

    async fn by_hand(&self) {
        let id = self.name('H', 0);
        self.settle_miles(
            "by hand",
            &id,
            async || self.hand_once(&id).await,
            told::by_hand,
        )
        .await;
    }

    async fn hand_once(&self, id: &str) -> Result<Outcome<HandIssued>> {
        let plan = &self.plan.miles_plan;
        let mut rows = Vec::new();
        for (reward, wanted) in plan.rewards.iter().enumerate() {
            let row = HandRow::new(Mail::new(mail(reward))?, format!("CUST{reward}"));
            rows.push(match plan.fixed {
                Some(_) => row,
                None => row.with_miles(Miles::new(wanted.miles)),
            });
        }
        let request = ByHandRequest::new(id, CAMPAIGN, rows);
        self.client.miles().issue_by_hand(&request).await
    }

    /// Takes back what a reward led to, as far as the shop knows.
    async fn cancel_reward(&self, reward: usize) {
        let (issuance, position) = {
            let world = self.shared.lock();
            let issuance = world.issued_to(reward);
            (issuance, world.shop.position)
        };
        let Some(issuance) = issuance else {
            return;
        };
        let id = format!("C{}-{reward}-{position}", self.plan.seed);
        let wish = [issuance];
        self.settle_miles(
            "cancel",
            &id,
            async || {
                let reason = CancelReason::ReturnedGoods;
                self.client.miles().cancel(&id, &wish, reason).await
            },
            |world, id, outcome| {
                if let Outcome::Done(cancellation) = outcome {
                    let wish = cancellation.cancellation_id.clone();
                    world.shop.miles.wishes.insert(reward, wish);
                }
                told::cancelled(world, id, outcome);
            },
        )
        .await;
    }

    /// Asks what a person at the office decided.
    async fn ask_cancel(&self, reward: usize) {
        let wish = self.shared.lock().shop.miles.wishes.get(&reward).cloned();
        let Some(wish) = wish else {
            return;
        };
        for turn in 0..TURNS {
            match self.client.miles().cancellation(&wish).await {
                Ok(cancellation) => {
                    let waits = cancellation.is_pending();
                    let mut world = self.shared.lock();
                    world.log(format_args!("shop hears of {wish}: pending={waits}"));
                    told::cancelled(&mut world, &wish, &Outcome::Done(cancellation));
                    if !waits {
                        return;
                    }
                }
                Err(error) => self.complain("cancellation", &error),
            }
            sleep(&self.shared, wait(turn)).await;
        }
    }

    /// Asks until the outcome is known, or the shop has had enough.
    pub(crate) async fn settle_miles<A>(
        &self,
        verb: &str,
        id: &str,
        act: impl AsyncFn() -> Result<Outcome<A>>,
        learn: impl Fn(&mut World, &str, &Outcome<A>),
    ) -> Settled {
        let mut errors = 0;
        for turn in 0..TURNS {
            let heard = act().await;
            self.hear_miles(verb, id, &heard, &learn);
            match heard {
                Ok(Outcome::Done(_)) => return Settled::Done,
                Ok(Outcome::Rejected(rejection)) => return Settled::Rejected(rejection),
                Ok(Outcome::Unknown(_)) if self.plan.habits.walks_away => return Settled::Left,
                Ok(Outcome::Unknown(_)) if self.plan.habits.asks_again => {
                    sleep(&self.shared, wait(turn)).await;
                }
                Ok(Outcome::Unknown(_)) => self.until_settled(id).await,
                Err(error) if error.kind() == ErrorKind::InvalidState => {
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

    /// Notes what the shop was told, and whether that is so.
    pub(crate) fn hear_miles<A>(
        &self,
        verb: &str,
        id: &str,
        heard: &Result<Outcome<A>>,
        learn: impl Fn(&mut World, &str, &Outcome<A>),
    ) {
        let mut world = self.shared.lock();
        let (verdict, words) = match heard {
            Ok(Outcome::Done(_)) => (Verdict::Done, String::new()),
            Ok(Outcome::Rejected(rejection)) => (Verdict::Rejected, rejection.code.clone()),
            Ok(Outcome::Unknown(ticket)) => (Verdict::Unknown, ticket.step.clone()),
            Err(error) => (Verdict::Err, error.code().to_owned()),
        };
        let name = verdict.name();
        world.log(format_args!("shop hears {verb} {id}: {name} {words}"));
        world.shop.saw(verdict);
        match heard {
            Ok(outcome) => learn(&mut world, id, outcome),
            Err(error) => crate::told::error(&mut world, verb, error),
        }
    }

    /// Acts on an event about miles, before it is acknowledged.
    ///
    /// # Errors
    /// The event is to be looked at again.
    pub(crate) async fn miles_event(&self, fact: &Fact) -> Result<()> {
        let id = fact.purchase_id.as_str();
        if fact.kind == FactKind::NeedsReview {
            return self.review_miles(fact.subject, id).await;
        }
        let miles = self.client.miles();
        match fact.subject {
            Subject::Issue => {
                let outcome = miles.issues().get(id).await?.outcome(None);
                self.told_later(id, outcome, told::issued);
            }
            Subject::ByHand => {
                let outcome = miles.by_hand().get(id).await?.outcome(None);
                self.told_later(id, outcome, told::by_hand);
            }
            Subject::Cancel => {
                let outcome = miles.cancels().get(id).await?.outcome(None);
                self.told_later(id, outcome, told::cancelled);
            }
            Subject::Exchange => return self.exchange_event(fact.kind, id).await,
            _ => {}
        }
        Ok(())
    }

    pub(crate) fn told_later<A>(
        &self,
        id: &str,
        outcome: Option<Outcome<A>>,
        learn: impl Fn(&mut World, &str, &Outcome<A>),
    ) {
        if let Some(outcome) = outcome {
            learn(&mut self.shared.lock(), id, &outcome);
        }
    }

    /// A person looks at the office's management site.
    async fn review_miles(&self, subject: Subject, id: &str) -> Result<()> {
        use netmile::reference::Review;
        let miles = self.client.miles();
        match subject {
            Subject::Issue => {
                let issue = miles.issues().get(id).await?;
                let verdict = {
                    let mut world = self.shared.lock();
                    told::review(&mut world, id, issue.since);
                    world.issued_as(id)
                };
                let verdict = verdict.map_or(Review::Missing, Review::Happened);
                let reviewed = miles.issues().review(id, verdict).await;
                let outcome = still(reviewed)?.and_then(|issue| issue.outcome(None));
                self.told_later(id, outcome, told::issued);
            }
            // What became of each row, and of each wish, stands in the answer alone: the person asks once more.
            Subject::ByHand => {
                let since = miles.by_hand().get(id).await?.since;
                told::review(&mut self.shared.lock(), id, since);
                for turn in 0..TURNS {
                    sleep(&self.shared, wait(turn)).await;
                    let found = miles.by_hand().resolve(id).await?;
                    self.told_later(id, found.outcome(None), told::by_hand);
                    if !found.phase.is_open() {
                        break;
                    }
                }
            }
            Subject::Cancel => {
                let wish = miles.cancels().get(id).await?;
                told::review(&mut self.shared.lock(), id, wish.since);
                for turn in 0..TURNS {
                    sleep(&self.shared, wait(turn)).await;
                    let found = miles.cancels().resolve(id).await?;
                    self.told_later(id, found.outcome(None), told::cancelled);
                    if !found.phase.is_open() {
                        break;
                    }
                }
            }
            Subject::Exchange => self.review_exchange(id).await?,
            _ => {}
        }
        Ok(())
    }
}

/// What a person says of something that is settled by now changes nothing.
pub(crate) fn still<T>(reviewed: Result<T>) -> Result<Option<T>> {
    match reviewed {
        Ok(reviewed) => Ok(Some(reviewed)),
        Err(error) if error.kind() == ErrorKind::InvalidState => Ok(None),
        Err(error) => Err(error),
    }
}

impl World {
    /// The issue that a reward led to, as the shop believes.
    pub(crate) fn issued_to(&self, reward: usize) -> Option<String> {
        let seed = self.plan.seed;
        let miles = &self.shop.miles;
        let issued = miles.issued(&miles.names('T', seed, reward));
        let by_hand = || {
            let names = miles.names('H', seed, 0);
            let rows: Vec<String> = names
                .iter()
                .map(|name| format!("{name}/{reward}"))
                .collect();
            miles.issued(&rows).map(str::to_owned)
        };
        issued.map(str::to_owned).or_else(by_hand)
    }

    /// What the management site shows of the `tran_id` of an issue.
    fn issued_as(&self, id: &str) -> Option<IssuedMiles> {
        let issued = self.gateway.counter.as_ref()?.issue_of(id)?;
        Some(IssuedMiles {
            issuance_id: issued.issuance_id,
            registration_id: issued.registration_id,
            miles: Miles::new(issued.miles),
            issued_at: netmile::time::Timestamp::from_unix(self.unix()),
            deposit_on: issued.deposit_on.parse().ok()?,
            state: netmile::miles::IssueState::Held,
        })
    }

    /// Notes what the shop believes of a `tran_id`.
    pub(crate) fn believes(&mut self, id: &str, belief: Belief) {
        self.shop.miles.beliefs.insert(id.to_owned(), belief);
    }
}
