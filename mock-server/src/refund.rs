//! What a merchant does on the management page: refund, tell again, end a contract.

use crate::{
    clock,
    faults::FaultKind,
    gateway::Gateway,
    notify::{compose::Res, send::Draft},
    options::MockError,
    store::{
        contracts,
        ledger::{self, NewEntry},
        notices::Verdict,
        payments::{self, Payment},
        sessions,
    },
};

/// Results that come later, without a customer.
pub(crate) const LATER_RESULTS: [&str; 5] = ["CR", "CC", "CL", "PY", "CN"];

/// Why a refund is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRefund {
    /// It was refunded before.
    Done,
    /// The period has passed.
    TooLate,
    /// Nothing was charged.
    NothingPaid,
}

impl Gateway {
    /// The first instant at which a payment can no longer be refunded.
    pub(crate) fn refund_end(&self, payment: &Payment) -> i64 {
        clock::end_of_month_after(payment.paid_at, self.scenario.rules.refund_months)
    }

    /// Refunds a payment in full: miles back, the return taken back, the PayPal part to PayPal.
    pub(crate) async fn refund(
        &self,
        tracking_id: &str,
    ) -> Result<Result<Payment, NoRefund>, MockError> {
        let mut tx = self.begin().await?;
        let done = self.refund_in(&mut tx, tracking_id).await?;
        if done.is_ok() {
            tx.commit().await?;
        }
        Ok(done)
    }

    /// Refunds a payment in a transaction that the caller commits.
    pub(crate) async fn refund_in(
        &self,
        tx: &mut sqlx::SqliteConnection,
        tracking_id: &str,
    ) -> Result<Result<Payment, NoRefund>, MockError> {
        let payment = payment(&mut *tx, tracking_id).await?;
        let now = self.clock.now();
        if payment.refunded_at.is_some() {
            return Ok(Err(NoRefund::Done));
        }
        if payment.amount == 0 {
            return Ok(Err(NoRefund::NothingPaid));
        }
        if now >= self.refund_end(&payment) {
            return Ok(Err(NoRefund::TooLate));
        }
        if !payments::set_refunded(&mut *tx, tracking_id, now).await? {
            return Ok(Err(NoRefund::Done));
        }
        let base = NewEntry {
            at: now,
            member: payment.member.as_deref(),
            order_id: Some(&payment.order_id),
            tracking_id: Some(tracking_id),
            detail: &payment.method,
            ..NewEntry::default()
        };
        let entries = [
            ("refund", payment.miles, payment.paypal_yen - payment.amount),
            ("return_taken_back", -payment.returned_miles, 0),
            ("paypal_refund", 0, -payment.paypal_yen),
        ];
        for (kind, miles, yen) in entries {
            if miles != 0 || yen != 0 {
                let entry = NewEntry {
                    miles,
                    yen,
                    kind,
                    ..base
                };
                ledger::add(&mut *tx, entry).await?;
            }
        }
        sessions::note(&mut *tx, &payment.session, now, "refunded", "").await?;
        let refunded = payments::get(&mut *tx, tracking_id).await?;
        Ok(Ok(refunded.unwrap_or(payment)))
    }

    /// Sends the result notice of a payment again, signed anew with a fresh date.
    pub(crate) async fn resend(&self, tracking_id: &str) -> Result<Verdict, MockError> {
        let draft = self.draft_of(tracking_id).await?;
        let verdict = self.attempt_with_fault(&draft).await?;
        let mut conn = self.conn().await?;
        let payment = payment(&mut conn, tracking_id).await?;
        if verdict == Verdict::Accepted && payment.status == "notice_failed" {
            payments::set_status(&mut conn, tracking_id, "paid").await?;
        }
        Ok(verdict)
    }

    /// Sends a later notice (`CR`, `CC`, `CL`, `PY`, `CN`) for a payment. The first three end its
    /// contract.
    pub(crate) async fn later_notice(
        &self,
        tracking_id: &str,
        result: &str,
    ) -> Result<Verdict, MockError> {
        if !LATER_RESULTS.contains(&result) {
            return Err(MockError::Refused(format!(
                "result is one of {}",
                LATER_RESULTS.join(", ")
            )));
        }
        let mut draft = self.draft_of(tracking_id).await?;
        let mut res = Res { fields: draft.res }.set("res_result", result);
        if result == "PY" {
            // Kind code, amount of this deposit, amount so far (recorded for deposits).
            let amount = draft.request.get("amount");
            res = res.set("res_payinfo_key", format!("P,{amount},{amount},"));
        }
        draft.res = res.fields;
        let now = self.clock.now();
        let mut tx = self.begin().await?;
        if matches!(result, "CR" | "CC" | "CL")
            && contracts::end(&mut tx, tracking_id, result, now).await?
        {
            sessions::note(&mut tx, &draft.session, now, "contract_ended", result).await?;
        }
        tx.commit().await?;
        self.attempt_with_fault(&draft).await
    }

    async fn attempt_with_fault(&self, draft: &Draft) -> Result<Verdict, MockError> {
        let fault = self.faults.draw_for(
            draft.request.function.notice(),
            draft.request.get("merchant_id"),
            draft.request.get("order_id"),
            draft.request.says_amount(),
        );
        if let Some(rule) = fault.as_ref().filter(|f| f.kind == FaultKind::Delay) {
            tokio::time::sleep(rule.delay()).await;
        }
        let kind = fault.map(|f| f.kind);
        if kind == Some(FaultKind::Reordered) {
            self.hold(draft).await?;
            return Ok(Verdict::NotSent);
        }
        let verdict = self.attempt(draft, kind).await?;
        if kind == Some(FaultKind::Duplicate) {
            return self.attempt(draft, kind).await;
        }
        Ok(verdict)
    }

    /// Sends the result notice of a settled session again, for functions without a payment too.
    pub(crate) async fn resend_session(&self, id: &str) -> Result<Verdict, MockError> {
        let draft = {
            let mut conn = self.conn().await?;
            let found = sessions::get(&mut conn, id).await?;
            let session =
                found
                    .filter(|s| s.tracking_id.is_some())
                    .ok_or_else(|| MockError::NotFound {
                        what: "settled session",
                        id: id.to_owned(),
                    })?;
            Draft {
                session: session.id,
                tracking_id: session.tracking_id.unwrap_or_default(),
                request: session.request,
                res: session.res,
            }
        };
        self.attempt_with_fault(&draft).await
    }

    async fn draft_of(&self, tracking_id: &str) -> Result<Draft, MockError> {
        let mut conn = self.conn().await?;
        let payment = payment(&mut conn, tracking_id).await?;
        let session = sessions::get(&mut conn, &payment.session)
            .await?
            .ok_or_else(|| MockError::NotFound {
                what: "session",
                id: payment.session.clone(),
            })?;
        Ok(Draft {
            session: session.id,
            tracking_id: tracking_id.to_owned(),
            request: session.request,
            res: session.res,
        })
    }
}

async fn payment(
    conn: &mut sqlx::SqliteConnection,
    tracking_id: &str,
) -> Result<Payment, MockError> {
    payments::get(conn, tracking_id)
        .await?
        .ok_or_else(|| MockError::NotFound {
            what: "payment",
            id: tracking_id.to_owned(),
        })
}
