//! Where the seeds of machines come from.

use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives each machine a seed of its own: the waits between retries are drawn from it, and the nonces of signed requests,
/// which must never be the same twice. Nothing secret is.
#[derive(Debug)]
pub struct Seeds {
    next: AtomicU64,
    /// Whether a fork, which copies `next`, has seeds of its own all the same.
    differs_by_process: bool,
}

impl Seeds {
    /// Seeds that are the same in every run: for tests and simulations.
    #[must_use]
    pub const fn fixed(first: u64) -> Self {
        Self {
            next: AtomicU64::new(first),
            differs_by_process: false,
        }
    }

    /// The next one.
    #[must_use]
    pub fn next(&self) -> u64 {
        // The golden ratio: neighbours are far apart.
        let next = self
            .next
            .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        if self.differs_by_process {
            next ^ of_process(std::process::id())
        } else {
            next
        }
    }
}

impl Default for Seeds {
    /// From the system's randomness. A process and its forks draw different ones.
    fn default() -> Self {
        Self {
            differs_by_process: true,
            ..Self::fixed(std::hash::RandomState::new().build_hasher().finish())
        }
    }
}

/// Odd, so that no two processes have the same; neighbours are far apart.
fn of_process(id: u32) -> u64 {
    u64::from(id).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_seeds_are_the_same_everywhere() {
        let (one, other) = (Seeds::fixed(7), Seeds::fixed(7));
        assert_eq!(one.next(), 7);
        assert_eq!(other.next(), 7);
        assert_eq!(one.next(), other.next());
    }

    #[test]
    fn processes_with_the_same_start_draw_different_seeds() {
        let drawn = |process: u32| {
            let seeds = Seeds::fixed(7);
            (0..1000).map(move |_| seeds.next() ^ of_process(process))
        };
        let all: std::collections::HashSet<u64> =
            [4710, 4711, 4712].into_iter().flat_map(drawn).collect();
        assert_eq!(all.len(), 3000);
    }
}
