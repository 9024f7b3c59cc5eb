//! Miles of questionnaires and mail clicks.

use crate::{
    gateway::Gateway,
    options::MockError,
    store::{
        ledger::{self, NewEntry},
        members,
    },
};

/// Seconds of a day.
const DAY: i64 = 86_400;

impl Gateway {
    /// Credits a reward once, now or after `days`; `false` when the member had it before.
    pub(crate) async fn earn(
        &self,
        member: &str,
        what: &str,
        miles: u64,
        kind: &'static str,
        days: u32,
    ) -> Result<bool, MockError> {
        let now = self.clock.now();
        let miles = i64::try_from(miles).unwrap_or(i64::MAX);
        let due = now + i64::from(days) * DAY;
        let mut tx = self.begin().await?;
        if !members::earn(&mut tx, member, what, miles, kind, due, days == 0).await? {
            return Ok(false);
        }
        if days == 0 {
            let entry = NewEntry {
                at: now,
                member: Some(member),
                miles,
                kind,
                detail: what,
                ..NewEntry::default()
            };
            ledger::add(&mut tx, entry).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
