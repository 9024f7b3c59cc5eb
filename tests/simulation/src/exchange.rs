//! What the shop does about exchanges of points: the points are its own business.

use netmile::exchange::{ExchangePhase, ExchangeRate, ExchangeRequest, ExchangedMiles, Points};
use netmile::operation::Outcome;
use netmile::purchase::FactKind;
use netmile::reference::{Review, UserId};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Miles, Result};

use crate::clock::{sleep, step_aside};
use crate::miles::still;
use crate::miles_plan::MILES_PER_POINT;
use crate::miles_told as told;
use crate::plan::SECOND;
use crate::shop::{ERRORS, Settled, Shop, wait};
use crate::world::{Invariant, World};

/// How one try to exchange ended.
enum Ended {
    /// The miles are there, or somebody else goes on.
    Over,
    /// The points are back, or were never taken.
    Back,
}

impl Shop {
    /// Exchanges a customer's points once.
    pub(crate) async fn exchange(&self, reward: usize) {
        for _ in 0..ERRORS {
            let id = self.name('X', reward);
            match self.exchange_fully(&id, reward).await {
                Ended::Over => return,
                Ended::Back if !self.anew('X', reward, &id) => return,
                Ended::Back => sleep(&self.shared, crate::plan::DAY).await,
            }
        }
    }

    /// The order of the guide: begin, take the points, say so, ask for the miles, give the points back if refused.
    async fn exchange_fully(&self, id: &str, reward: usize) -> Ended {
        let Some(phase) = self.until_begun(id, reward).await else {
            return Ended::Over;
        };
        match phase {
            // Said after a crash, when no points were taken.
            ExchangePhase::NotDebited if !self.has_taken(id) => return Ended::Back,
            ExchangePhase::CreditedBack => return Ended::Back,
            ExchangePhase::Debiting => {
                self.own_books().await;
                self.shared.lock().takes_points(id, reward);
                self.own_books().await;
            }
            _ => {}
        }
        let Some(phase) = self.until_debited(id).await else {
            return Ended::Over;
        };
        if phase == ExchangePhase::Refused {
            return self.until_back(id).await;
        }
        let settled = self
            .settle_miles(
                "exchange",
                id,
                async || self.client.exchanges().issue(id).await,
                told::exchanged,
            )
            .await;
        match settled {
            Settled::Rejected(_) => self.until_back(id).await,
            _ => Ended::Over,
        }
    }

    /// A customer's second click.
    pub(crate) async fn exchange_once(&self, id: &str, reward: usize) {
        self.exchange_fully(id, reward).await;
    }

    /// The system that keeps the points answers when it can.
    async fn own_books(&self) {
        let slow = {
            let mut world = self.shared.lock();
            let slow = world.dice.chance(150);
            slow.then(|| world.dice.between(1, 1200) * SECOND)
        };
        match slow {
            Some(nanos) => sleep(&self.shared, nanos).await,
            None => step_aside().await,
        }
    }

    async fn begin(&self, id: &str, reward: usize) -> Result<ExchangePhase> {
        let user = self.user(reward).await?;
        let rate = ExchangeRate::new(1, MILES_PER_POINT)?;
        let points = Points::new(self.miles_of(reward) / MILES_PER_POINT);
        let conversion = rate
            .convert(points)
            .map_err(|_| Error::new(ErrorKind::InvalidValue, "does not convert"))?;
        let request = ExchangeRequest::new(id, user, format!("CUST{reward}"), conversion);
        Ok(self.client.exchanges().begin(&request).await?.phase)
    }

    async fn until_begun(&self, id: &str, reward: usize) -> Option<ExchangePhase> {
        self.tries("begin", async || self.begin(id, reward).await)
            .await
    }

    async fn until_debited(&self, id: &str) -> Option<ExchangePhase> {
        self.tries("debited", async || {
            Ok(self.client.exchanges().debited(id).await?.phase)
        })
        .await
    }

    /// Gives the points back, and says so.
    async fn until_back(&self, id: &str) -> Ended {
        self.shared.lock().gives_points_back(id);
        let back = self
            .tries("credited back", async || {
                still(self.client.exchanges().credited_back(id).await)
            })
            .await;
        match back {
            Some(_) => Ended::Back,
            None => Ended::Over,
        }
    }

    async fn tries<T>(&self, verb: &str, act: impl AsyncFn() -> Result<T>) -> Option<T> {
        for turn in 0..ERRORS {
            match act().await {
                Ok(done) => return Some(done),
                Err(error) => self.complain(verb, &error),
            }
            sleep(&self.shared, wait(turn)).await;
        }
        None
    }

    fn has_taken(&self, id: &str) -> bool {
        self.shared.lock().shop.miles.points.has_taken(id)
    }

    /// Acts on an event about an exchange.
    pub(crate) async fn exchange_event(&self, kind: FactKind, id: &str) -> Result<()> {
        let exchanges = self.client.exchanges();
        match kind {
            FactKind::ExchangeUnconfirmed if self.has_taken(id) => {
                exchanges.debited(id).await?;
            }
            FactKind::ExchangeUnconfirmed => {
                // Said by somebody else meanwhile, it is no longer true.
                still(exchanges.not_debited(id).await)?;
            }
            FactKind::ExchangeIssued => {
                let outcome = exchanges.get(id).await?.outcome(None);
                self.told_later(id, outcome, told::exchanged);
            }
            FactKind::ExchangeRefused => {
                let exchange = exchanges.get(id).await?;
                // An event may be late: what stands in the journal counts.
                if matches!(
                    exchange.phase,
                    ExchangePhase::Refused | ExchangePhase::CreditedBack
                ) {
                    self.told_later(id, exchange.outcome(None), told::exchanged);
                    self.shared.lock().gives_points_back(id);
                    still(exchanges.credited_back(id).await)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A person looks at an exchange: at the office's management site.
    pub(crate) async fn review_exchange(&self, id: &str) -> Result<()> {
        let exchanges = self.client.exchanges();
        let exchange = exchanges.get(id).await?;
        let verdict = {
            let mut world = self.shared.lock();
            if exchange.is_doubled() {
                let detail = format!("{id}: the points are back, and the miles are there too");
                world.broken(Invariant::NoPointsLost, detail);
            } else {
                told::review(&mut world, id, exchange.issue.since);
            }
            world.exchanged_as(id)
        };
        let verdict = verdict.map_or(Review::Missing, Review::Happened);
        let reviewed = still(exchanges.review(id, verdict).await)?;
        let outcome: Option<Outcome<ExchangedMiles>> = reviewed.and_then(|e| e.outcome(None));
        self.told_later(id, outcome, told::exchanged);
        Ok(())
    }
}

impl World {
    fn takes_points(&mut self, id: &str, reward: usize) {
        let rewards = &self.plan.miles_plan.rewards;
        let miles = rewards.get(reward).map_or(0, |reward| reward.miles);
        let points = miles / MILES_PER_POINT;
        self.shop.miles.points.take(id, points);
        self.log(format_args!("shop takes {points} points for {id}"));
    }

    fn gives_points_back(&mut self, id: &str) {
        self.shop.miles.points.give_back(id);
        self.log(format_args!("shop gives the points for {id} back"));
    }

    /// What the management site shows of the `tran_id` of an exchange.
    fn exchanged_as(&self, id: &str) -> Option<ExchangedMiles> {
        let (exchange_id, user_id, miles) = self.gateway.counter.as_ref()?.exchange_of(id)?;
        Some(ExchangedMiles {
            exchange_id,
            user_id: UserId::new(user_id).ok()?,
            miles: Miles::new(miles),
            issued_at: Timestamp::from_unix(self.unix()),
        })
    }
}
