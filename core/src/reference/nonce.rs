//! Numbers used once.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives each signature of one operation a nonce of its own. Unique is enough: a nonce is no secret.
pub struct Nonces {
    seed: u64,
    next: AtomicU64,
}

impl Nonces {
    /// Takes a random number that no other operation has.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            next: AtomicU64::new(0),
        }
    }

    /// The next one: 24 hex digits.
    #[must_use]
    pub fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:016x}{number:08x}", self.seed)
    }
}

impl fmt::Debug for Nonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonces")
    }
}
