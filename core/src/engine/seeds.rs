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
        // The golden ratio: neighbours are far apart.
        self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
    }
}

impl Default for Seeds {
    /// From the system's randomness.
    fn default() -> Self {
        Self::fixed(std::hash::RandomState::new().build_hasher().finish())
    }
}
