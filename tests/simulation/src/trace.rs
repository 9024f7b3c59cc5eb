//! What happened in a flow, and its digest.

use std::fmt::{self, Write as _};

/// Every event of a flow in its order. The text is kept only when it is asked for; the digest always.
#[derive(Debug)]
pub struct Trace {
    digest: u64,
    line: String,
    kept: Option<String>,
}

impl Trace {
    /// An empty trace.
    #[must_use]
    pub fn new(keep: bool) -> Self {
        Self {
            digest: FNV_START,
            line: String::new(),
            kept: keep.then(String::new),
        }
    }

    /// Writes an event down. `at` is in nanoseconds since the start of the flow.
    pub fn event(&mut self, at: u64, what: fmt::Arguments<'_>) {
        self.line.clear();
        let (seconds, nanos) = (at / 1_000_000_000, at % 1_000_000_000);
        // Writing to a string does not fail.
        let _ = writeln!(self.line, "{seconds:>9}.{nanos:09} {what}");
        self.digest = fnv(self.digest, self.line.as_bytes());
        if let Some(kept) = &mut self.kept {
            kept.push_str(&self.line);
        }
    }

    /// The digest so far.
    #[must_use]
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// The text, if it was kept.
    #[must_use]
    pub fn text(&self) -> &str {
        self.kept.as_deref().unwrap_or_default()
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: tells traces apart, no more.
#[must_use]
pub fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The digest of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> u64 {
    fnv(FNV_START, bytes)
}
