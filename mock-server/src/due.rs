//! Work that becomes due as the clock moves.

mod months;

use serde::{Deserialize, Serialize};

use crate::{
    clock,
    gateway::Gateway,
    notify::send::Draft,
    options::MockError,
    store::{
        self, contracts,
        ledger::{self, NewEntry},
        members, notices, registrations,
    },
};

/// Something that happened because time passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Happening {
    /// Unix seconds of the mock's clock.
    pub at: i64,
    /// `notice_sent`, `registration_tried`, `miles_deposited`, `period_billed`, `period_failed`,
    /// `contract_ended`, `month_closed`, `payout`, `campaign_ended`, `file_processed` or
    /// `drop_visited`.
    pub kind: String,
    /// Transaction, registration, member, campaign, or merchant/service/month.
    pub id: String,
    /// What came of it.
    pub outcome: String,
}

impl Gateway {
    /// Moves the clock and does everything that has become due. Where a month begins or a payout is
    /// made on the way, the clock stops there, so that each happens once and at its own instant.
    pub(crate) async fn advance(&self, seconds: u32) -> Result<Vec<Happening>, MockError> {
        let _alone = self.sweep.lock().await;
        if !self.clock.reaches(seconds) {
            return Err(MockError::Refused(
                "seconds: the clock ends with the year 9989".to_owned(),
            ));
        }
        let mut happened = Vec::new();
        let mut left = seconds;
        loop {
            let step = match self.next_stop().await? {
                Some(at) => {
                    let ahead = at.saturating_sub(self.clock.now()).max(0);
                    u32::try_from(ahead).map_or(left, |ahead| ahead.min(left))
                }
                None => left,
            };
            self.clock.advance(step);
            let mut conn = self.conn().await?;
            store::set_meta(&mut conn, "advanced", self.clock.offset()).await?;
            drop(conn);
            self.sweep(&mut happened).await?;
            left -= step;
            if left == 0 {
                return Ok(happened);
            }
        }
    }

    /// Does everything that is due now.
    pub(crate) async fn run_due(&self) -> Result<Vec<Happening>, MockError> {
        let _alone = self.sweep.lock().await;
        let mut happened = Vec::new();
        self.sweep(&mut happened).await?;
        Ok(happened)
    }

    async fn sweep(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        self.held_notices(happened).await?;
        self.retry_registrations(happened).await?;
        self.deposit(happened).await?;
        self.office_due(happened).await?;
        self.pull_due(happened).await?;
        self.api_due(happened).await?;
        self.months(happened).await?;
        self.end_contracts(self.clock.now(), happened).await?;
        self.end_campaigns(happened).await
    }

    fn happening(&self, kind: &str, id: &str, outcome: &str) -> Happening {
        Happening {
            at: self.clock.now(),
            kind: kind.to_owned(),
            id: id.to_owned(),
            outcome: outcome.to_owned(),
        }
    }

    async fn held_notices(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        let mut conn = self.conn().await?;
        let held = notices::take_held(&mut conn, self.clock.now()).await?;
        drop(conn);
        for text in held {
            let draft: Draft = serde_json::from_str(&text)?;
            let verdict = self.attempt(&draft, None).await?;
            happened.push(self.happening("notice_sent", &draft.tracking_id, verdict.key()));
        }
        Ok(())
    }

    async fn retry_registrations(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        // A jump over several waits makes several tries, one after the other.
        for _ in 0..=self.scenario.rules.advertiser_retry_seconds.len() {
            let mut conn = self.conn().await?;
            let due = registrations::due(&mut conn, self.clock.now()).await?;
            drop(conn);
            if due.is_empty() {
                break;
            }
            for registration in due {
                let Some(campaign) = self.scenario.campaign(&registration.campaign) else {
                    continue;
                };
                let planned = registration.next_at;
                let mut tried = self.hand_over(registration, campaign).await?;
                // The next wait counts from the planned time, not from the jump's end.
                if let (Some(planned), Some(_)) = (planned, tried.next_at) {
                    let waits = &self.scenario.rules.advertiser_retry_seconds;
                    let at = usize::try_from(tried.tries - 1).unwrap_or(usize::MAX);
                    let wait = waits.get(at).copied().unwrap_or(0);
                    tried.next_at = Some(planned + i64::from(wait));
                    let mut conn = self.conn().await?;
                    registrations::update(&mut conn, &tried).await?;
                }
                happened.push(self.happening("registration_tried", &tried.id, tried.state.key()));
            }
        }
        Ok(())
    }

    async fn deposit(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        let mut tx = self.begin().await?;
        for (member, what, miles, kind, due) in members::take_due(&mut tx, self.clock.now()).await?
        {
            let entry = NewEntry {
                at: due,
                member: Some(&member),
                miles,
                kind: &kind,
                detail: &what,
                ..NewEntry::default()
            };
            ledger::add(&mut tx, entry).await?;
            happened.push(self.happening("miles_deposited", &member, &format!("{what}: {miles}")));
        }
        tx.commit().await?;
        Ok(())
    }

    /// Ends the contracts whose last month has passed at `now`.
    async fn end_contracts(
        &self,
        now: i64,
        happened: &mut Vec<Happening>,
    ) -> Result<(), MockError> {
        let mut conn = self.conn().await?;
        let all = contracts::with_last_month(&mut conn).await?;
        drop(conn);
        for contract in all {
            let Some(end) = clock::end_of_month(&contract.last_month).filter(|end| *end <= now)
            else {
                continue;
            };
            let attempt = self.later_notice(&contract.tracking_id, "CL").await?;
            happened.push(Happening {
                at: end.max(contract.started_at),
                ..self.happening("contract_ended", &contract.tracking_id, attempt.key())
            });
        }
        Ok(())
    }

    async fn end_campaigns(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        if self.scenario.campaigns.iter().all(|c| c.until.is_none()) {
            return Ok(());
        }
        let mut conn = self.conn().await?;
        let now = self.clock.now();
        let since = store::get_meta(&mut conn, "swept").await?.unwrap_or(now);
        store::set_meta(&mut conn, "swept", now.max(since)).await?;
        for campaign in &self.scenario.campaigns {
            if campaign.end().is_some_and(|end| since < end && end <= now) {
                happened.push(self.happening("campaign_ended", &campaign.id, "ended"));
            }
        }
        Ok(())
    }
}
