//! The verbs of the admin API, in process.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    clock,
    due::Happening,
    faults::{FaultRule, WaitingFault},
    gateway::Gateway,
    options::MockError,
    refund::NoRefund,
    scenario::AdvertiserAnswer,
    store::{
        self,
        contracts::{self, Contract},
        ledger::{self, Entry, NewEntry},
        notices::{self, Attempt, LogEntry, Verdict},
        payments::{self, Payment},
        registrations::{self, Registration},
        sessions::{self, State},
    },
};

/// The clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ClockView {
    /// Japan time, like `2026-01-02T03:04:05+09:00`.
    pub now: String,
    /// Unix seconds.
    pub unix: i64,
    /// Seconds advanced so far.
    pub advanced: i64,
    /// Whether it stands still by itself.
    pub frozen: bool,
}

/// A member with the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MemberView {
    /// NetMile id.
    pub login: String,
    /// Balance in miles.
    pub miles: i64,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SessionView {
    /// Id, part of its address.
    pub id: String,
    /// `A01-1`, `B01-1`, …
    pub function: String,
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id.
    pub order_id: String,
    /// Chosen method.
    pub method: Option<String>,
    /// Member logged in.
    pub member: Option<String>,
    /// State.
    pub state: State,
    /// Transaction id.
    pub tracking_id: Option<String>,
    /// Code shown to the customer.
    pub error_code: Option<String>,
}

/// Handle on a running mock; cheap to clone.
#[derive(Debug, Clone)]
pub struct Admin {
    pub(crate) gateway: Arc<Gateway>,
}

impl Admin {
    /// The clock.
    #[must_use]
    pub fn clock(&self) -> ClockView {
        let clock = &self.gateway.clock;
        let now = clock.now();
        ClockView {
            now: clock::rfc3339(now),
            unix: now,
            advanced: clock.offset(),
            frozen: clock.is_frozen(),
        }
    }

    /// Moves the clock and does what becomes due; what happened.
    ///
    /// # Errors
    /// [`MockError`] when the clock would leave the year 9989, or storage fails.
    pub async fn advance(&self, seconds: u32) -> Result<Vec<Happening>, MockError> {
        self.gateway.advance(seconds).await
    }

    /// The message log after entry `after`, at most `limit` entries.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn log(&self, after: i64, limit: u32) -> Result<Vec<LogEntry>, MockError> {
        let mut conn = self.gateway.conn().await?;
        notices::read_log(&mut conn, after, limit).await
    }

    /// The ledger, of one member or whole, oldest first.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn ledger(&self, member: Option<&str>) -> Result<Vec<Entry>, MockError> {
        let mut conn = self.gateway.conn().await?;
        ledger::rows(&mut conn, member).await
    }

    /// All members with their balances.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn members(&self) -> Result<Vec<MemberView>, MockError> {
        let mut views = Vec::new();
        for member in &self.gateway.scenario.members {
            views.push(MemberView {
                login: member.login.clone(),
                miles: self.balance(&member.login).await?,
            });
        }
        Ok(views)
    }

    /// A member's balance in miles.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when there is no such member.
    pub async fn balance(&self, login: &str) -> Result<i64, MockError> {
        self.known(login)?;
        let mut conn = self.gateway.conn().await?;
        ledger::balance(&mut conn, login).await
    }

    fn known(&self, login: &str) -> Result<(), MockError> {
        let known = self
            .gateway
            .scenario
            .members
            .iter()
            .any(|m| m.login == login);
        known.then_some(()).ok_or_else(|| MockError::NotFound {
            what: "member",
            id: login.to_owned(),
        })
    }

    /// Adds a row to a member's passbook; the balance does not go below zero.
    ///
    /// # Errors
    /// [`MockError`] when there is no such member or the miles do not suffice.
    pub async fn adjust(&self, login: &str, miles: i64, reason: &str) -> Result<i64, MockError> {
        self.known(login)?;
        let mut tx = self.gateway.begin().await?;
        let balance = ledger::balance(&mut tx, login).await?;
        let after = balance
            .checked_add(miles)
            .filter(|after| *after >= 0)
            .ok_or_else(|| MockError::Refused("miles: the balance would leave 0".to_owned()))?;
        let entry = NewEntry {
            at: self.gateway.clock.now(),
            member: Some(login),
            miles,
            kind: "adjustment",
            detail: reason,
            ..NewEntry::default()
        };
        ledger::add(&mut tx, entry).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// All settled payments, oldest first.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn payments(&self) -> Result<Vec<Payment>, MockError> {
        let mut conn = self.gateway.conn().await?;
        payments::all(&mut conn).await
    }

    /// Refunds a payment in full.
    ///
    /// # Errors
    /// [`MockError`] when there is no such payment or it can not be refunded.
    pub async fn refund(&self, tracking_id: &str) -> Result<Payment, MockError> {
        self.gateway.refund(tracking_id).await?.map_err(|why| {
            MockError::Refused(
                match why {
                    NoRefund::Done => "the payment has been refunded before",
                    NoRefund::TooLate => "the refund period has passed",
                    NoRefund::NothingPaid => "nothing was charged",
                }
                .to_owned(),
            )
        })
    }

    /// Sends a payment's result notice again, signed anew.
    ///
    /// # Errors
    /// [`MockError`] when there is no such payment.
    pub async fn resend(&self, tracking_id: &str) -> Result<Verdict, MockError> {
        self.gateway.resend(tracking_id).await
    }

    /// Sends the result notice of a settled session again, for B01-1 and C01-1 too.
    ///
    /// # Errors
    /// [`MockError`] when there is no such settled session.
    pub async fn resend_session(&self, session: &str) -> Result<Verdict, MockError> {
        self.gateway.resend_session(session).await
    }

    /// Sends a later notice: `CR`, `CC`, `CL`, `PY` or `CN`.
    ///
    /// # Errors
    /// [`MockError`] when there is no such payment or result.
    pub async fn later_notice(
        &self,
        tracking_id: &str,
        result: &str,
    ) -> Result<Verdict, MockError> {
        self.gateway.later_notice(tracking_id, result).await
    }

    /// Every attempt to tell a merchant, oldest first.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn notices(&self) -> Result<Vec<Attempt>, MockError> {
        let mut conn = self.gateway.conn().await?;
        notices::attempts(&mut conn, None).await
    }

    /// The newest sessions.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn sessions(&self, limit: u32) -> Result<Vec<SessionView>, MockError> {
        let mut conn = self.gateway.conn().await?;
        let sessions = sessions::newest(&mut conn, limit).await?;
        Ok(sessions
            .into_iter()
            .map(|s| SessionView {
                id: s.id,
                function: s.request.function.name().to_owned(),
                merchant_id: s.merchant_id,
                service_id: s.service_id,
                order_id: s.order_id,
                method: s.method,
                member: s.member,
                state: s.state,
                tracking_id: s.tracking_id,
                error_code: s.error_code,
            })
            .collect())
    }

    /// All campaign registrations, oldest first, without what was typed.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn registrations(&self) -> Result<Vec<Registration>, MockError> {
        let mut conn = self.gateway.conn().await?;
        registrations::of_member(&mut conn, None).await
    }

    /// All recurring contracts, oldest first.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn contracts(&self) -> Result<Vec<Contract>, MockError> {
        let mut conn = self.gateway.conn().await?;
        contracts::all(&mut conn).await
    }

    /// The faults that wait.
    #[must_use]
    pub fn faults(&self) -> Vec<WaitingFault> {
        self.gateway.faults.waiting()
    }

    /// Sets a fault; its number. Over HTTP a rule that can do nothing is refused; here
    /// [`FaultRule::check`] says so to whoever asks.
    pub fn add_fault(&self, rule: FaultRule) -> u64 {
        self.gateway.faults.add(rule)
    }

    /// Takes a fault away; `false` when there is none of that number.
    #[must_use]
    pub fn remove_fault(&self, id: u64) -> bool {
        self.gateway.faults.remove(id)
    }

    /// Takes every fault away.
    pub fn clear_faults(&self) {
        self.gateway.faults.clear();
    }

    /// Chooses how a built-in advertiser answers from now on.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when there is no such advertiser.
    pub fn set_advertiser(&self, id: &str, answer: AdvertiserAnswer) -> Result<(), MockError> {
        if self.gateway.advertiser_answer(id).is_none() {
            return Err(MockError::NotFound {
                what: "advertiser",
                id: id.to_owned(),
            });
        }
        self.gateway.set_advertiser_answer(id, answer);
        Ok(())
    }

    /// Forgets every payment, session, log entry and fault, and opens the balances anew.
    /// The clock and the numbering of ids go on.
    ///
    /// # Errors
    /// [`MockError`] when storage fails.
    pub async fn reset(&self) -> Result<(), MockError> {
        {
            // A call of the API type comes before all of it or after.
            let mut book = self.gateway.api.book.lock().await;
            let mut tx = self.gateway.begin().await?;
            store::clear(&mut tx).await?;
            tx.commit().await?;
            self.gateway.read_again(&mut book).await?;
            let mut office = self.gateway.miles.office.lock().await;
            self.gateway.office_again(&mut office).await?;
        }
        self.gateway
            .miles
            .drops
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clear();
        self.gateway.forget_statements().await;
        self.gateway.reset_switches();
        self.gateway.open_balances().await
    }
}
