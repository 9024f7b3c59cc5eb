//! How many requests are in flight at once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Lets at most so many requests of one lane (merchant and service) be in flight; the others wait in the order they
/// came. Clones share everything: give one gate to all clients of a process that share a contract.
///
/// It needs no runtime. A lane that nobody uses takes no memory. A waiter that is dropped leaves the queue, also when
/// its turn had just come.
///
/// A place goes straight to the first in the queue; semaphores that only wake the first (such as `async-lock`'s) let a
/// newcomer overtake.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use netmile::engine::Gate;
/// let gate = Gate::new(1);
/// let pass = gate.enter("99999/001").await;
/// assert_eq!(gate.in_flight("99999/001"), 1);
/// drop(pass);
/// assert_eq!(gate.in_flight("99999/001"), 0);
/// # });
/// ```
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    limit: usize,
    lanes: Mutex<Lanes>,
}

#[derive(Default)]
struct Lanes {
    next_ticket: u64,
    by_name: BTreeMap<String, Lane>,
}

/// A lane with something in flight. `in_flight` counts the places that are called but not yet taken, too.
#[derive(Default)]
struct Lane {
    in_flight: usize,
    waiting: VecDeque<(u64, Waker)>,
    called: BTreeSet<u64>,
}

impl Gate {
    /// What a contract allows unless more was agreed on.
    ///
    /// Source: docs/protocol/api-type.md#transport
    pub const DEFAULT_LIMIT: usize = 5;

    /// A gate with this limit for each lane. Zero counts as one.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self(Arc::new(Inner {
            limit: limit.max(1),
            lanes: Mutex::default(),
        }))
    }

    /// Waits for a place in this lane. The place is free again when the pass is dropped.
    pub fn enter(&self, lane: &str) -> impl Future<Output = Pass> + Send + use<> {
        Entering {
            gate: self.clone(),
            lane: lane.to_owned(),
            ticket: None,
        }
    }

    /// How many are in flight in this lane.
    #[must_use]
    pub fn in_flight(&self, lane: &str) -> usize {
        let lanes = self.lanes();
        lanes.by_name.get(lane).map_or(0, |lane| lane.in_flight)
    }

    fn leave(&self, name: &str) {
        let first = {
            let mut lanes = self.lanes();
            let Some(lane) = lanes.by_name.get_mut(name) else {
                return;
            };
            if let Some((ticket, waker)) = lane.waiting.pop_front() {
                lane.called.insert(ticket);
                Some(waker)
            } else {
                lane.in_flight = lane.in_flight.saturating_sub(1);
                if lane.in_flight == 0 {
                    lanes.by_name.remove(name);
                }
                None
            }
        };
        // Outside the lock: what is woken may come straight back here.
        if let Some(waker) = first {
            waker.wake();
        }
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(Self::DEFAULT_LIMIT)
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("limit", &self.0.limit)
            .finish_non_exhaustive()
    }
}

/// One place in flight. Free again when dropped.
#[must_use = "the place is free again as soon as the pass is dropped"]
pub struct Pass {
    gate: Gate,
    lane: String,
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.leave(&self.lane);
    }
}

impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pass")
            .field("lane", &self.lane)
            .finish_non_exhaustive()
    }
}

struct Entering {
    gate: Gate,
    lane: String,
    /// The place in the queue, while there.
    ticket: Option<u64>,
}

impl Entering {
    fn poll_place(&mut self, waker: &Waker) -> Poll<()> {
        let limit = self.gate.0.limit;
        let mut lanes = self.gate.lanes();
        let fresh = lanes.next_ticket;
        let lane = lanes.by_name.entry(self.lane.clone()).or_default();
        match self.ticket {
            Some(ticket) if lane.called.remove(&ticket) => {
                self.ticket = None;
                Poll::Ready(())
            }
            Some(ticket) => {
                let own = lane.waiting.iter_mut().find(|(other, _)| *other == ticket);
                if let Some((_, own)) = own {
                    own.clone_from(waker);
                }
                Poll::Pending
            }
            None if lane.in_flight < limit => {
                lane.in_flight += 1;
                Poll::Ready(())
            }
            None => {
                lane.waiting.push_back((fresh, waker.clone()));
                self.ticket = Some(fresh);
                lanes.next_ticket += 1;
                Poll::Pending
            }
        }
    }
}

impl Future for Entering {
    type Output = Pass;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Pass> {
        self.poll_place(context.waker()).map(|()| Pass {
            gate: self.gate.clone(),
            lane: self.lane.clone(),
        })
    }
}

impl Drop for Entering {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let called = {
            let mut lanes = self.gate.lanes();
            let Some(lane) = lanes.by_name.get_mut(&self.lane) else {
                return;
            };
            lane.waiting.retain(|(other, _)| *other != ticket);
            lane.called.remove(&ticket)
        };
        if called {
            self.gate.leave(&self.lane);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const LANE: &str = "99999/001";

    type Waiter = Pin<Box<dyn Future<Output = Pass> + Send>>;

    fn poll(waiter: &mut Waiter) -> Option<Pass> {
        match waiter
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(pass) => Some(pass),
            Poll::Pending => None,
        }
    }

    #[test]
    fn the_queue_is_served_in_order_and_nobody_overtakes() {
        let gate = Gate::new(1);
        let first = poll(&mut (Box::pin(gate.enter(LANE)) as Waiter)).unwrap();
        let mut second: Waiter = Box::pin(gate.enter(LANE));
        let mut third: Waiter = Box::pin(gate.enter(LANE));
        assert!(poll(&mut second).is_none() && poll(&mut third).is_none());
        drop(first);
        let mut newcomer: Waiter = Box::pin(gate.enter(LANE));
        assert!(poll(&mut newcomer).is_none());
        assert!(poll(&mut third).is_none());
        let second = poll(&mut second).unwrap();
        drop(second);
        assert!(poll(&mut newcomer).is_none());
        let third = poll(&mut third).unwrap();
        drop(third);
        assert!(poll(&mut newcomer).is_some());
    }

    #[test]
    fn lanes_do_not_wait_for_each_other_and_are_forgotten() {
        let gate = Gate::new(1);
        let one = poll(&mut (Box::pin(gate.enter("a")) as Waiter)).unwrap();
        let other = poll(&mut (Box::pin(gate.enter("b")) as Waiter)).unwrap();
        assert_eq!(gate.lanes().by_name.len(), 2);
        drop((one, other));
        assert!(gate.lanes().by_name.is_empty());
    }

    #[test]
    fn a_waiter_that_leaves_passes_its_turn_on() {
        let gate = Gate::new(1);
        let first = poll(&mut (Box::pin(gate.enter(LANE)) as Waiter)).unwrap();
        let mut called: Waiter = Box::pin(gate.enter(LANE));
        let mut gone: Waiter = Box::pin(gate.enter(LANE));
        let mut last: Waiter = Box::pin(gate.enter(LANE));
        for waiter in [&mut called, &mut gone, &mut last] {
            assert!(poll(waiter).is_none());
        }
        drop(gone);
        drop(first);
        assert!(poll(&mut last).is_none());
        drop(called);
        drop(poll(&mut last).unwrap());
        assert!(gate.lanes().by_name.is_empty());
    }

    #[test]
    fn a_limit_of_zero_lets_one_through() {
        let gate = Gate::new(0);
        assert!(poll(&mut (Box::pin(gate.enter(LANE)) as Waiter)).is_some());
        assert!(format!("{gate:?}").contains('1'));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn threads_keep_the_limit() {
        let gate = Gate::default();
        let inside = Arc::new(AtomicUsize::new(0));
        let most = Arc::new(AtomicUsize::new(0));
        let tasks: Vec<_> = (0..200)
            .map(|_| {
                let (gate, inside, most) = (gate.clone(), Arc::clone(&inside), Arc::clone(&most));
                tokio::spawn(async move {
                    let pass = gate.enter(LANE).await;
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    for _ in 0..3 {
                        tokio::task::yield_now().await;
                    }
                    inside.fetch_sub(1, Ordering::SeqCst);
                    drop(pass);
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), Gate::DEFAULT_LIMIT);
        assert!(gate.lanes().by_name.is_empty());
    }

    proptest! {
        /// Enter, poll, leave and give up in any order against a queue kept by the test.
        #[test]
        fn places_are_never_lost_nor_doubled(
            limit in 1_usize..4,
            acts in prop::collection::vec((0_u8..4, any::<prop::sample::Index>()), 0..80),
        ) {
            let gate = Gate::new(limit);
            let mut waiting: Vec<Waiter> = Vec::new();
            let mut inside: Vec<Pass> = Vec::new();
            for (act, which) in acts {
                match act {
                    0 => {
                        let mut waiter: Waiter = Box::pin(gate.enter(LANE));
                        match poll(&mut waiter) {
                            Some(pass) => inside.push(pass),
                            None => waiting.push(waiter),
                        }
                    }
                    1 if !waiting.is_empty() => {
                        // Whoever is let in, was first among those who wait.
                        let index = which.index(waiting.len());
                        if let Some(pass) = poll(&mut waiting[index]) {
                            prop_assert!(index < limit);
                            inside.push(pass);
                            drop(waiting.remove(index));
                        }
                    }
                    2 if !waiting.is_empty() => drop(waiting.remove(which.index(waiting.len()))),
                    3 if !inside.is_empty() => drop(inside.remove(which.index(inside.len()))),
                    _ => {}
                }
                prop_assert!(inside.len() <= limit);
            }
            // Everyone who still waits gets in as soon as the others leave.
            drop(inside);
            while !waiting.is_empty() {
                let mut first = waiting.remove(0);
                prop_assert!(poll(&mut first).is_some());
            }
            prop_assert!(gate.lanes().by_name.is_empty());
        }
    }
}
