//! Faults on demand: for every message the mock sends and every answer it gives.

use std::sync::Mutex;

use rand::Rng as _;
use serde::{Deserialize, Serialize};

mod place;

use crate::{ids, scenario::Scenario};

/// What goes wrong. Each kind says where it applies: notices (`A02-1`, `B03-1`, …; of the API type `NT01-…`), returns
/// (`A03-1`, `cancel`, `error`, …), answers (to `A01-1`, …), API answers, and calls of an `advertiser`. Calls about
/// miles have those of answers and `ng_result`; `earn` has `ng_result`, `miles-pull` is lost before, `miles-result`
/// before or after. A rule that names a message to which its kind does nothing is refused ([`FaultRule::check`]); one
/// that names none, or many, is used up by the first message that it meets, whatever that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Lost before it has an effect: a notice is not sent, a request is dropped. Everywhere.
    LostBefore,
    /// Lost after the effect: a notice's answer, or our answer, never arrives. Everywhere.
    LostAfter,
    /// Late by `delay_ms` of real time. Everywhere.
    Delay,
    /// The connection is reset half-way. Everywhere.
    Reset,
    /// The body ends half-way. Everywhere.
    Truncated,
    /// The hash is wrong. Notices, returns.
    WrongHash,
    /// Sent twice. Notices.
    Duplicate,
    /// Sent later, by the clock: the browser's result is shown before the notice. Notices.
    Reordered,
    /// The right shape, signed with another key. Notices, returns.
    Forged,
    /// `res_date`, or `request_date` of the API type, lies a day in the past. Notices, returns.
    Stale,
    /// `res_result` is `ZZ`; in notices of the API type `rec_type` is 9. Notices but those of an expiry, returns, API
    /// answers.
    UnknownResult,
    /// A field that no definition has. Notices, returns, API answers.
    ExtraField,
    /// `res_result` is `NG` with a code. Notices of the link type, returns, API answers; an advertiser rejects.
    NgResult,
    /// One yen (two miles) more than it was, properly signed. Notices, returns and API answers that say an amount; it
    /// waits for one of them.
    WrongAmount,
    /// The notice is never sent, the browser's result is shown. Notices.
    NoNotice,
    /// The notice is sent, the browser's result is never offered. Returns.
    NoReturn,
    /// Status 503. Answers, advertisers.
    ServerError,
    /// An HTML page of somebody else. Answers, advertisers.
    Html,
}

impl FaultKind {
    /// Name in the database and the admin API.
    #[must_use]
    pub fn key(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// A fault: where, what, how often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Message it is for: `A01-1` (our answer), `A02-1`, `A03-1`, `cancel`, `error`,
    /// `advertiser`, `ST01-00101-900`, `NT01-00103-701`, `miles-issue`, …; the beginning of one up to a hyphen,
    /// such as `ST01` or `ST01-00101`, means all of them. Any when absent.
    #[serde(default)]
    pub message: Option<String>,
    /// Purchase id it is for; any when absent.
    #[serde(default)]
    pub order_id: Option<String>,
    /// Merchant it is for; any when absent.
    #[serde(default)]
    pub merchant_id: Option<String>,
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many messages it hits; 1 when neither this nor `probability` is given.
    #[serde(default)]
    pub times: Option<u32>,
    /// Chance, 0 to 1, drawn from the seed; without it every message is hit.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Length of a delay in milliseconds (real time).
    #[serde(default)]
    pub delay_ms: Option<u64>,
    /// The call has its effect although its answer is broken, late or NG. API answers; those
    /// lost or truncated say by their kind whether it has.
    #[serde(default)]
    pub after_effect: bool,
    /// Code of an NG: all 8 characters, or the kind alone, such as `90`; 5 digits for
    /// calls about miles. API answers.
    #[serde(default)]
    pub code: Option<String>,
}

impl FaultRule {
    /// A fault that hits the next message of this name once.
    #[must_use]
    pub fn once(message: &str, kind: FaultKind) -> Self {
        Self {
            message: Some(message.to_owned()),
            order_id: None,
            merchant_id: None,
            kind,
            times: None,
            probability: None,
            delay_ms: None,
            after_effect: false,
            code: None,
        }
    }

    /// Checks what the types do not say, against what the scenario's merchants can call.
    ///
    /// # Errors
    /// The field and its rule.
    ///
    /// ```
    /// use netmile_mock::{Scenario, faults::{FaultKind, FaultRule}};
    /// let demo = Scenario::demo();
    /// assert!(FaultRule::once("MG01-00101-900", FaultKind::WrongAmount).check(&demo).is_ok());
    /// assert!(FaultRule::once("MG01-00101-101", FaultKind::WrongAmount).check(&demo).is_err());
    /// ```
    pub fn check(&self, scenario: &Scenario) -> Result<(), String> {
        let code = |c: &String| {
            matches!(c.len(), 2 | 5 | 8) && c.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        if !self.code.as_ref().is_none_or(code) {
            return Err("code: 8 characters, a kind of 2, or 5 digits".to_owned());
        }
        match self.probability {
            Some(chance) if !(0.0..=1.0).contains(&chance) => Err("probability: 0 to 1".to_owned()),
            _ => place::check(self, scenario),
        }
    }

    /// The delay, at most a minute.
    #[must_use]
    pub fn delay(&self) -> std::time::Duration {
        std::time::Duration::from_millis(self.delay_ms.unwrap_or(1_000).min(60_000))
    }
}

#[derive(Debug)]
struct Slot {
    id: u64,
    rule: FaultRule,
    left: Option<u32>,
    draws: i64,
}

/// A fault that waits, with its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WaitingFault {
    /// Number.
    pub id: u64,
    /// Messages it will still hit; unlimited when absent.
    pub left: Option<u32>,
    /// The rule.
    pub rule: FaultRule,
}

/// All faults that are set, oldest first.
#[derive(Debug)]
pub struct FaultBook {
    seed: u64,
    inner: Mutex<(u64, Vec<Slot>)>,
}

impl FaultBook {
    /// A book with the scenario's faults.
    #[must_use]
    pub fn new(seed: u64, rules: &[FaultRule]) -> Self {
        let book = Self {
            seed,
            inner: Mutex::new((0, Vec::new())),
        };
        for rule in rules {
            book.add(rule.clone());
        }
        book
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (u64, Vec<Slot>)> {
        self.inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Adds a fault; its number.
    pub fn add(&self, rule: FaultRule) -> u64 {
        let mut inner = self.lock();
        inner.0 += 1;
        let id = inner.0;
        let left = match (rule.times, rule.probability) {
            (Some(times), _) => Some(times),
            (None, Some(_)) => None,
            (None, None) => Some(1),
        };
        inner.1.push(Slot {
            id,
            rule,
            left,
            draws: 0,
        });
        id
    }

    /// Takes every fault away.
    pub fn clear(&self) {
        self.lock().1.clear();
    }

    /// Takes one fault away; `false` when there is none of that number.
    pub fn remove(&self, id: u64) -> bool {
        let mut inner = self.lock();
        let before = inner.1.len();
        inner.1.retain(|slot| slot.id != id);
        inner.1.len() < before
    }

    /// The faults that wait.
    #[must_use]
    pub fn waiting(&self) -> Vec<WaitingFault> {
        let inner = self.lock();
        inner
            .1
            .iter()
            .map(|slot| WaitingFault {
                id: slot.id,
                left: slot.left,
                rule: slot.rule.clone(),
            })
            .collect()
    }

    /// The fault for one message that says no amount, if one hits; it is used up by that.
    pub fn draw(&self, message: &str, merchant_id: &str, order_id: &str) -> Option<FaultRule> {
        self.draw_for(message, merchant_id, order_id, false)
    }

    /// The fault for one message, if one hits; it is used up by that. A wrong amount waits for a
    /// message that says one.
    pub fn draw_for(
        &self,
        message: &str,
        merchant_id: &str,
        order_id: &str,
        says_amount: bool,
    ) -> Option<FaultRule> {
        let mut inner = self.lock();
        let mut hit = None;
        for slot in &mut inner.1 {
            if slot.left == Some(0) {
                continue;
            }
            let rule = &slot.rule;
            let fits = |want: &Option<String>, is: &str| want.as_deref().is_none_or(|w| w == is);
            let named = rule
                .message
                .as_deref()
                .is_none_or(|want| place::begins(want, message));
            let idle = rule.kind == FaultKind::WrongAmount && !says_amount;
            if !named
                || idle
                || !fits(&rule.merchant_id, merchant_id)
                || !fits(&rule.order_id, order_id)
            {
                continue;
            }
            if let Some(chance) = rule.probability {
                slot.draws += 1;
                let purpose = format!("fault-{}", slot.id);
                let drawn: f64 = ids::rng(self.seed, &purpose, slot.draws).random();
                if drawn >= chance {
                    continue;
                }
            }
            if let Some(left) = &mut slot.left {
                *left = left.saturating_sub(1);
            }
            hit = Some(rule.clone());
            break;
        }
        inner.1.retain(|slot| slot.left != Some(0));
        hit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queued_faults_hit_in_order_and_only_their_target() {
        let book = FaultBook::new(1, &[]);
        let mut mine = FaultRule::once("A02-1", FaultKind::Stale);
        mine.order_id = Some("O1".to_owned());
        book.add(mine);
        book.add(FaultRule::once("A02-1", FaultKind::WrongHash));
        assert_eq!(book.draw("A03-1", "99999", "O1"), None);
        let kind = |order: &str| book.draw("A02-1", "99999", order).map(|r| r.kind);
        assert_eq!(kind("O2"), Some(FaultKind::WrongHash));
        assert_eq!(kind("O2"), None);
        assert_eq!(kind("O1"), Some(FaultKind::Stale));
        assert!(book.waiting().is_empty());
    }

    #[test]
    fn a_wrong_amount_waits_for_a_message_that_says_one() {
        let rule = FaultRule {
            message: None,
            ..FaultRule::once("", FaultKind::WrongAmount)
        };
        let book = FaultBook::new(1, &[rule]);
        assert_eq!(book.draw("A01-1", "99999", "O1"), None);
        assert_eq!(book.draw_for("MG01-00101-101", "99999", "O1", false), None);
        assert!(
            book.draw_for("MG01-00101-900", "99999", "O1", true)
                .is_some()
        );
        assert!(book.waiting().is_empty());
    }

    #[test]
    fn chances_follow_the_seed() {
        let draws = |seed| {
            let mut rule = FaultRule::once("A02-1", FaultKind::LostAfter);
            rule.probability = Some(0.5);
            let book = FaultBook::new(seed, &[rule]);
            (0..64)
                .map(|_| book.draw("A02-1", "", "").is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
        assert!(draws(1).contains(&true) && draws(1).contains(&false));
    }
}
