//! The shop's clock and timer.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use netmile::engine::Timer;
use netmile::time::{Clock, Timestamp};

use crate::world::{Action, Shared};

/// Longest overall time of a verb: what the clients are built with.
pub const OVERALL: Duration = Duration::from_secs(80);

/// Virtual time as the shop sees it.
#[derive(Clone, Debug)]
pub struct ShopClock(pub Shared);

impl Clock for ShopClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.lock().shop_unix())
    }
}

/// Waits in virtual time.
#[derive(Clone, Debug)]
pub struct ShopTimer(pub Shared);

#[async_trait]
impl Timer for ShopTimer {
    async fn sleep(&self, duration: Duration) {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        if duration != OVERALL {
            retry(&self.0, nanos);
        }
        sleep(&self.0, nanos).await;
    }
}

/// A wait before something is sent again.
fn retry(shared: &Shared, nanos: u64) {
    use crate::world::Invariant;
    let mut world = shared.lock();
    world.log(format_args!("waits {nanos} ns before it sends again"));
    if !world.waits.insert(nanos) {
        world.broken(
            Invariant::RetriesSpread,
            format!("two retries waited exactly {nanos} ns"),
        );
    }
}

/// Waits so many nanoseconds, measured from the first poll.
pub async fn sleep(shared: &Shared, nanos: u64) {
    let mut until = None;
    poll_fn(|context| {
        let mut world = shared.lock();
        let end = *until.get_or_insert_with(|| {
            world.after(nanos, Action::Wake(context.waker().clone()));
            world.now.saturating_add(nanos)
        });
        if world.now >= end {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// Lets others go first, at the same instant.
pub async fn step_aside() {
    let mut aside = false;
    poll_fn(|context| {
        if std::mem::replace(&mut aside, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
