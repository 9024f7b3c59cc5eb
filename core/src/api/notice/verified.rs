//! What remains to be checked about a notice whose hash was checked.

use super::model::ApiNotice;
use crate::error::{Error, ErrorKind, Result};
use crate::link::Verified;
use crate::time::Timestamp;

impl Verified<ApiNotice> {
    /// Checks that the notice is fresh at `now`.
    ///
    /// The protocol gives notices no time limit, and repeats are signed anew, so an age is refused only where the
    /// caller sets `max_age_seconds`. Notices are applied once whatever their age ([`ApiNotice::seen_key`]).
    ///
    /// # Errors
    /// `from_future` when `request_date` is more than `max_future_seconds` ahead
    /// ([`MAX_FUTURE_SECONDS`](crate::link::MAX_FUTURE_SECONDS) is usual), `expired` when it is older than
    /// `max_age_seconds`. Both carry the received bytes.
    pub fn check_window(
        &self,
        now: Timestamp,
        max_future_seconds: u32,
        max_age_seconds: Option<u32>,
    ) -> Result<()> {
        let made = self.get().request_date();
        if made > now.plus_seconds(i64::from(max_future_seconds)) {
            return Err(self.refused(
                ErrorKind::FromFuture,
                "request_date",
                "is further in the future than clocks may differ",
            ));
        }
        match max_age_seconds {
            Some(age) if now > made.plus_seconds(i64::from(age)) => Err(self.refused(
                ErrorKind::Expired,
                "request_date",
                "is older than the receiver accepts",
            )),
            _ => Ok(()),
        }
    }

    /// Checks that the notice is about the payment of this `tracking_id`, made for this `order_id`.
    ///
    /// The amount is not compared, since less or more may have been deposited: that is for whoever knows what was
    /// asked ([`Deposit::total`](super::model::Deposit::total)).
    ///
    /// # Errors
    /// `mismatch`, naming the field, with the received bytes. A notice without `order_id` passes: it is an option of
    /// the contract.
    pub fn check_ids(&self, tracking_id: &str, order_id: &str) -> Result<()> {
        let notice = self.get();
        if notice.tracking_id() != tracking_id {
            return Err(self.mismatch("tracking_id"));
        }
        match notice.order_id() {
            Some(named) if named != order_id => Err(self.mismatch("order_id")),
            _ => Ok(()),
        }
    }

    fn mismatch(&self, name: &'static str) -> Error {
        self.refused(ErrorKind::Mismatch, name, "is not what was asked for")
    }

    fn refused(&self, kind: ErrorKind, name: &'static str, rule: &'static str) -> Error {
        Error::field(kind, name, rule).with_evidence(self.evidence().expose())
    }
}
