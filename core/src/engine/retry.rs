//! How often, and after how long, something is sent again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::planted::{self, Defect};

/// How often one call is sent at most, and how long it waits in between.
///
/// The wait before the next send is drawn evenly from zero to `base · 2ⁿ` ("full jitter"), at most `cap`: so clients
/// that failed together do not come back together.
///
/// ```
/// use netmile::engine::RetryPolicy;
/// use std::time::Duration;
/// let policy = RetryPolicy::default();
/// assert_eq!(policy.delay(1, u64::MAX), Duration::from_millis(200));
/// assert_eq!(policy.delay(3, u64::MAX), Duration::from_millis(800));
/// assert_eq!(policy.delay(30, u64::MAX), Duration::from_secs(10));
/// assert_eq!(policy.delay(3, 0), Duration::ZERO);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Sends at most, the first included. Zero counts as one. Default 4.
    pub attempts: u32,
    /// Longest wait after the first send. Doubles with each further one. Default 200 milliseconds.
    pub base: Duration,
    /// Longest wait at all. Default 10 seconds.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(10),
        }
    }
}

impl RetryPolicy {
    /// Sends once.
    pub const ONCE: Self = Self {
        attempts: 1,
        base: Duration::ZERO,
        cap: Duration::ZERO,
    };

    /// How long to wait after the `attempt`-th send (from 1). `random` is any number, all equally likely.
    #[must_use]
    pub fn delay(&self, attempt: u32, random: u64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let ceiling = self.base.saturating_mul(1 << doublings).min(self.cap);
        // The share of `random` in all of u64, of the nanoseconds 0 to `ceiling` inclusive.
        let nanos = u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX);
        if planted::is(Defect::JitterZero) {
            return ceiling;
        }
        let drawn = (u128::from(random) * (u128::from(nanos) + 1)) >> 64;
        Duration::from_nanos(u64::try_from(drawn).unwrap_or(nanos))
    }

    /// Whether something that was sent so often may be sent again.
    pub(super) fn allows_after(&self, sent: u32) -> bool {
        sent < self.attempts
    }
}

/// Bounds the retries of a whole client, so that a gateway in trouble is not beaten further: a bucket of tokens.
///
/// A retry takes one token, an answered call puts a tenth of one back; when the bucket is empty nothing is sent
/// again. It needs no clock. Clones share the bucket.
///
/// ```
/// use netmile::engine::RetryBudget;
/// let budget = RetryBudget::new(1);
/// assert!(budget.take());
/// assert!(!budget.take());
/// for _ in 0..10 {
///     budget.put_back();
/// }
/// assert!(budget.take());
/// ```
#[derive(Clone, Debug)]
pub struct RetryBudget {
    tenths: Arc<AtomicU32>,
    capacity: u32,
}

/// What a retry costs, in tenths of a token.
const RETRY: u32 = 10;

impl RetryBudget {
    /// A full bucket of so many tokens. Zero means that nothing is ever sent again.
    #[must_use]
    pub fn new(tokens: u32) -> Self {
        let capacity = tokens.saturating_mul(RETRY);
        Self {
            tenths: Arc::new(AtomicU32::new(capacity)),
            capacity,
        }
    }

    /// Takes the token of one retry. False when there is none: then do not retry.
    #[must_use]
    pub fn take(&self) -> bool {
        self.tenths
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |tenths| {
                tenths.checked_sub(RETRY)
            })
            .is_ok()
    }

    /// Puts a tenth of a token back, for a call that was answered.
    pub fn put_back(&self) {
        let more = |tenths: u32| Some(tenths.saturating_add(1).min(self.capacity));
        // The closure always gives a value, so this cannot fail.
        let _ = self
            .tenths
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, more);
    }

    /// Whole tokens that are left.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        self.tenths.load(Ordering::SeqCst) / RETRY
    }
}

impl Default for RetryBudget {
    /// Ten tokens.
    fn default() -> Self {
        Self::new(10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_delay_keeps_its_bounds(
            attempt in any::<u32>(),
            random in any::<u64>(),
            base in any::<u64>(),
            cap in any::<u64>(),
        ) {
            let policy = RetryPolicy {
                attempts: 4,
                base: Duration::from_nanos(base),
                cap: Duration::from_nanos(cap),
            };
            let delay = policy.delay(attempt, random);
            let doubled = u128::from(base) << attempt.saturating_sub(1).min(63);
            prop_assert!(delay.as_nanos() <= u128::from(cap));
            prop_assert!(delay.as_nanos() <= doubled);
            prop_assert!(policy.delay(attempt, 0) == Duration::ZERO);
        }
    }

    #[test]
    fn jitter_is_full_and_even() {
        let policy = RetryPolicy::default();
        let io = super::super::io::Io::new(7);
        let mut quarters = [0_u32; 4];
        for _ in 0..4000 {
            let share = policy.delay(1, io.random()).as_nanos() * 4 / 200_000_001;
            quarters[usize::try_from(share).unwrap()] += 1;
        }
        assert!(
            quarters.iter().all(|&n| (900..1100).contains(&n)),
            "{quarters:?}"
        );
    }

    #[test]
    fn the_longest_values_do_not_overflow() {
        let policy = RetryPolicy {
            attempts: u32::MAX,
            base: Duration::MAX,
            cap: Duration::MAX,
        };
        assert!(policy.delay(u32::MAX, u64::MAX) > Duration::from_secs(1 << 33));
        let budget = RetryBudget::new(u32::MAX);
        budget.put_back();
        assert!(budget.take());
    }

    #[test]
    fn the_bucket_never_holds_more_than_its_size() {
        let budget = RetryBudget::new(2);
        for _ in 0..100 {
            budget.put_back();
        }
        assert_eq!(budget.tokens(), 2);
        assert!(budget.take());
        assert!(budget.clone().take());
        assert!(!budget.take());
        assert!(!RetryBudget::new(0).take());
    }

    #[test]
    fn threads_share_the_bucket_exactly() {
        let budget = RetryBudget::new(100);
        let taken: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..50).filter(|_| budget.take()).count()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!(taken, 100);
    }
}
