//! The forms that take the customer's browser back to the merchant.

use super::compose::{self, Carrier, Res};
use crate::{
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    store::sessions::{self, ReturnForm, Session, State},
};

impl Gateway {
    /// The return form of a session that has ended; made once, then kept.
    pub(crate) async fn return_form(&self, session: &Session) -> Result<ReturnForm, MockError> {
        // Two tabs may ask at once: the second gets what the first made.
        let lock = self.session_lock(&session.id);
        let _held = lock.lock().await;
        let made = {
            let mut conn = self.conn().await?;
            sessions::get(&mut conn, &session.id).await?
        };
        if let Some(form) = made.and_then(|s| s.return_form) {
            return Ok(form);
        }
        let request = &session.request;
        let method = session.method.clone().unwrap_or_default();
        let (message, url, res) = match session.state {
            State::Cancelled => (
                "cancel",
                "cancel_url",
                Res::default()
                    .set("res_pay_method", method)
                    .set("res_result", "NG"),
            ),
            State::Failed => (
                "error",
                "error_url",
                Res::default()
                    .set("res_pay_method", method)
                    .set("res_result", "NG")
                    .set(
                        "res_err_code",
                        session.error_code.clone().unwrap_or_default(),
                    ),
            ),
            _ => (
                request.function.browser_result(),
                "success_url",
                Res {
                    fields: session.res.clone(),
                },
            ),
        };
        let fault = self.faults.draw_for(
            message,
            &session.merchant_id,
            &session.order_id,
            request.says_amount(),
        );
        let kind = fault.as_ref().map(|f| f.kind);
        if let (Some(FaultKind::Delay), Some(rule)) = (kind, &fault) {
            tokio::time::sleep(rule.delay()).await;
        }
        let key = self
            .scenario
            .merchant(&session.merchant_id, &session.service_id)
            .map_or("", |m| m.hash_key.as_str());
        let now = self.clock.now();
        let mut fields = compose::sign(request, &res, key, Carrier::Browser, now, kind);
        if kind == Some(FaultKind::Truncated) {
            fields.truncate(fields.len() / 2);
        }
        let form = ReturnForm {
            action: request.get(url).to_owned(),
            fields,
            shown: !matches!(
                kind,
                Some(
                    FaultKind::NoReturn
                        | FaultKind::LostBefore
                        | FaultKind::LostAfter
                        | FaultKind::Reset
                )
            ),
        };
        let mut conn = self.conn().await?;
        sessions::set_return(&mut conn, &session.id, &form).await?;
        sessions::note(&mut conn, &session.id, now, "return_shown", message).await?;
        self.log(
            &mut conn,
            Logged {
                direction: "out",
                peer: "browser",
                message,
                merchant_id: &session.merchant_id,
                order_id: &session.order_id,
                fields: &form.fields,
                provenance: if message == "A03-1" {
                    Provenance::Recorded
                } else {
                    Provenance::Assumed
                },
                outcome: if form.shown { "offered" } else { "withheld" },
            },
        )
        .await?;
        Ok(form)
    }
}
