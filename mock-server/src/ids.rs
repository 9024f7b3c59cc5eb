//! Deterministic ids and random choices: everything follows from the seed.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha1::{Digest, Sha1};

/// A generator for one purpose: the same seed, purpose and number give the same choices,
/// whatever else happens in between.
#[must_use]
pub fn rng(seed: u64, purpose: &str, number: i64) -> ChaCha8Rng {
    let mut sha = Sha1::new();
    sha.update(seed.to_be_bytes());
    sha.update(number.to_be_bytes());
    sha.update(purpose.as_bytes());
    let mut key = [0_u8; 32];
    for (slot, byte) in key.iter_mut().zip(sha.finalize()) {
        *slot = byte;
    }
    ChaCha8Rng::from_seed(key)
}

/// A 14-digit transaction id. Distinct for distinct numbers below 10^8.
///
/// ```
/// use netmile_mock::ids::tracking_id;
/// assert_eq!(tracking_id(7, 1), tracking_id(7, 1));
/// assert_ne!(tracking_id(7, 1), tracking_id(7, 2));
/// assert_eq!(tracking_id(7, 1).len(), 14);
/// ```
#[must_use]
pub fn tracking_id(seed: u64, number: i64) -> String {
    let head: u32 = rng(seed, "tracking-head", 0).random_range(100_000..1_000_000);
    let start: i64 = rng(seed, "tracking-start", 0).random_range(0..100_000_000);
    // 48271 shares no factor with 10^8, so the step visits every tail once.
    let tail = (start + number * 48_271).rem_euclid(100_000_000);
    format!("{head}{tail:08}")
}

/// An opaque id of 24 hexadecimal digits for `purpose`.
#[must_use]
pub fn opaque(seed: u64, purpose: &str, number: i64) -> String {
    let mut rng = rng(seed, purpose, number);
    format!("{:016x}{:08x}", rng.random::<u64>(), rng.random::<u32>())
}
