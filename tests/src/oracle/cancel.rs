//! Cancelling: at once while held, by application afterwards.

#![expect(
    clippy::indexing_slicing,
    reason = "JSON of the model itself; a missing field reads as null"
)]

use serde_json::{Value, json};

use super::model::{Cancellation, Expected, Issue, Oracle, Who, api};

const REASONS: [&str; 5] = [
    "duplicate",
    "condition_not_met",
    "returned_goods",
    "wrong_amount",
    "other",
];

impl Oracle {
    /// 90 days count, and less than three calendar months; both in days of Japan time.
    fn too_late(&self, issue: &Issue) -> Option<&'static str> {
        let (issued, today) = (issue.on, self.today());
        if today.number() - issued.number() > 90 {
            Some("over_90_days")
        } else if today >= issued.plus_months(3) {
            Some("over_3_months")
        } else {
            None
        }
    }

    fn short(&self, issue: &Issue) -> Option<&'static str> {
        match issue.who {
            Who::Member(nth) if self.balance_of(nth) < issue.miles => Some("balance_short"),
            Who::Member(_) => None,
            // Nothing is deposited for the test address, so nothing can be taken back.
            Who::Test => Some("balance_short"),
        }
    }

    fn cancel_one(&mut self, site: &str, nth: usize) -> (&'static str, Option<&'static str>) {
        let refused = |why| ("refused", Some(why));
        let Some(issue) = self.issues.get(nth).cloned().filter(|i| i.site == site) else {
            return refused("unknown_issuance");
        };
        if issue.cancelled.is_some() {
            return refused("already_cancelled");
        }
        if issue.applied {
            return refused("already_applied");
        }
        if issue.final_at_once {
            return refused("usable_at_once");
        }
        if let Some(why) = self.too_late(&issue) {
            return refused(why);
        }
        let held = self.state(&issue) == "held";
        if !held && let Some(why) = self.short(&issue) {
            return refused(why);
        }
        let now = self.now;
        let Some(issue) = self.issues.get_mut(nth) else {
            return refused("unknown_issuance");
        };
        if held {
            issue.cancelled = Some(now);
            ("cancelled", None)
        } else {
            issue.applied = true;
            ("pending", None)
        }
    }

    pub(super) fn cancel(
        &mut self,
        site: &'static str,
        tran: &str,
        issues: &[usize],
        reason: &str,
    ) -> Expected {
        if issues.is_empty() || !REASONS.contains(&reason) {
            return Err(api("bad_request"));
        }
        let mut results: Vec<(usize, &'static str, Option<&'static str>)> = Vec::new();
        for &issue in issues {
            // Each issue that is named stands once.
            if results.iter().any(|(named, _, _)| *named == issue) {
                continue;
            }
            let (result, why) = self.cancel_one(site, issue);
            results.push((issue, result, why));
        }
        self.cancellations.push(Cancellation {
            site,
            tran: tran.to_owned(),
            reason: reason.to_owned(),
            results,
        });
        let nth = self.cancellations.len() - 1;
        let mut told = self.told(nth);
        for result in told["results"].as_array_mut().into_iter().flatten() {
            if result["result"] == "pending" {
                result["result"] = json!("application_received");
            }
        }
        Ok(told)
    }

    fn told(&self, nth: usize) -> Value {
        let Some(cancellation) = self.cancellations.get(nth) else {
            return Value::Null;
        };
        let results: Vec<Value> = cancellation
            .results
            .iter()
            .map(|(issue, result, why)| {
                let mut told =
                    json!({ "issuance_id": format!("#issue:{issue}"), "result": result });
                if let Some(why) = why {
                    told["why"] = json!(why);
                }
                told
            })
            .collect();
        json!({
            "cancellation_id": format!("#cancellation:{nth}"),
            "reason": cancellation.reason,
            "results": results,
        })
    }

    pub(super) fn cancellation(&self, site: &str, tran: &str) -> Expected {
        let same = |c: &Cancellation| c.site == site && c.tran == tran;
        let Some(nth) = self.cancellations.iter().position(same) else {
            return Ok(json!({ "found": false }));
        };
        let mut told = self.told(nth);
        told["found"] = json!(true);
        Ok(told)
    }

    /// A person decides; limits and balance are looked at again.
    pub(super) fn decide(&mut self, cancellation: usize, nth: usize, approve: bool) -> Expected {
        let waits = self.applications().contains(&(cancellation, nth));
        let Some(issue) = self.issues.get(nth).cloned().filter(|_| waits) else {
            return Err(api("not_found"));
        };
        let against = if approve {
            self.too_late(&issue).or_else(|| self.short(&issue))
        } else {
            Some("declined")
        };
        let now = self.now;
        if let Some(issue) = self.issues.get_mut(nth) {
            issue.applied = false;
            if against.is_none() {
                issue.cancelled = Some(now);
            }
        }
        for result in self
            .cancellations
            .get_mut(cancellation)
            .into_iter()
            .flat_map(|c| &mut c.results)
        {
            if result.0 == nth && result.1 == "pending" {
                result.1 = if against.is_none() {
                    "approved"
                } else {
                    "rejected"
                };
                result.2 = against;
            }
        }
        Ok(json!({ "approved": against.is_none() }))
    }
}
