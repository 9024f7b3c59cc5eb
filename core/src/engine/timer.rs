//! Who waits.

use std::time::Duration;

use async_trait::async_trait;

/// Waits. Injected, so that tests and simulations wait in no time.
#[async_trait]
pub trait Timer: Send + Sync {
    /// Returns after this time, measured from the first poll; never earlier. Dropping it ends the wait.
    async fn sleep(&self, duration: Duration);
}

/// The timer of the tokio runtime that a client runs on.
#[cfg(feature = "http")]
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTimer;

#[cfg(feature = "http")]
#[async_trait]
impl Timer for TokioTimer {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

#[cfg(all(test, feature = "http"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn waits_at_least_so_long() {
        let start = std::time::Instant::now();
        TokioTimer.sleep(Duration::from_millis(20)).await;
        assert!(start.elapsed() >= Duration::from_millis(20));
    }
}
