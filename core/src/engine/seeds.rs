//! Where the seeds of machines come from.

use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives each machine a seed of its own. The waits between retries are drawn from it; nothing secret is.
#[derive(Debug)]
pub struct Seeds(AtomicU64);

impl Seeds {
    /// Seeds that are the same in every run: for tests and simulations.
    #[must_use]
    pub const fn fixed(first: u64) -> Self {
        Self(AtomicU64::new(first))
    }

    /// The next one.
    #[must_use]
    pub fn next(&self) -> u64 {
        let state = self.0.fetch_add(1, Ordering::Relaxed);
        // A machine counts on from its seed in steps of its own (splitmix64), so seeds must not stand a few of those
        // steps apart: mixed with other constants (MurmurHash3's), neighbours are anywhere.
        let mixed = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        mixed ^ (mixed >> 33)
    }
}

impl Default for Seeds {
    /// From the system's randomness.
    fn default() -> Self {
        Self::fixed(std::hash::RandomState::new().build_hasher().finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::io::Io;
    use std::collections::BTreeSet;

    #[test]
    fn machines_of_one_client_draw_nothing_twice() {
        let seeds = Seeds::fixed(0);
        let mut drawn = BTreeSet::new();
        for _ in 0..1000 {
            let io = Io::new(seeds.next());
            for _ in 0..8 {
                assert!(drawn.insert(io.random()));
            }
        }
    }
}
