//! Point exchange for code that is not async.

use super::Client;
use crate::error::Result;
use crate::exchange::{Applicant, Exchange, ExchangePhase, ExchangeRequest, ExchangedMiles};
use crate::operation::Outcome;
use crate::reference::Review;

twin! {
    /// Point exchange in real time.
    exchanges -> Exchanges {
        fn applicant(mail: &str) -> Applicant;
        fn begin(request: &ExchangeRequest) -> Exchange;
        fn debited(tran_id: &str) -> Exchange;
        fn not_debited(tran_id: &str) -> Exchange;
        fn issue(tran_id: &str) -> Outcome<ExchangedMiles>;
        fn credited_back(tran_id: &str) -> Exchange;
        fn get(tran_id: &str) -> Exchange;
        fn list(phases: &[ExchangePhase], after: Option<&Exchange>, limit: u32) -> Vec<Exchange>;
        fn unresolved(limit: u32) -> Vec<Exchange>;
        fn resolve(tran_id: &str) -> Exchange;
        fn review(tran_id: &str, verdict: Review<ExchangedMiles>) -> Exchange;
    }
}
