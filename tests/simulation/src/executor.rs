//! One thread, virtual time, and dice that decide who goes first.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use netmile::{Error, ErrorKind};

use crate::world::{Action, Shared};

/// A task: a future of a process.
pub type Task = Pin<Box<dyn Future<Output = ()>>>;

struct Slot {
    process: usize,
    future: Option<Task>,
    waker: Waker,
    bell: Arc<Bell>,
}

/// Tells the executor that a task can go on.
struct Bell {
    task: usize,
    rung: AtomicBool,
    ready: Arc<Mutex<Vec<usize>>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.rung.swap(true, Ordering::SeqCst) {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.push(self.task);
        }
    }
}

/// Runs the tasks of a flow.
pub struct Executor {
    shared: Shared,
    slots: Vec<Slot>,
    ready: Arc<Mutex<Vec<usize>>>,
}

impl Executor {
    /// An executor without tasks.
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self {
            shared,
            slots: Vec::new(),
            ready: Arc::default(),
        }
    }

    /// Adds a task of a process; it is ready.
    pub fn spawn(&mut self, process: usize, future: Task) {
        let bell = Arc::new(Bell {
            task: self.slots.len(),
            rung: AtomicBool::new(false),
            ready: Arc::clone(&self.ready),
        });
        let waker = Waker::from(Arc::clone(&bell));
        waker.wake_by_ref();
        self.slots.push(Slot {
            process,
            future: Some(future),
            waker,
            bell,
        });
    }

    /// Runs until no task can go on. Processes that died meanwhile are returned.
    pub fn run(&mut self) -> Vec<usize> {
        let mut died = Vec::new();
        while let Some(task) = self.choose() {
            let Some(slot) = self.slots.get_mut(task) else {
                continue;
            };
            slot.bell.rung.store(false, Ordering::SeqCst);
            let Some(mut future) = slot.future.take() else {
                continue;
            };
            let process = slot.process;
            let waker = slot.waker.clone();
            if self.is_frozen(process, &waker) {
                self.put_back(task, future);
                continue;
            }
            let poll = future.as_mut().poll(&mut Context::from_waker(&waker));
            if poll == Poll::Pending {
                self.put_back(task, future);
            }
            if self.is_dying(process) {
                self.bury(process);
                died.push(process);
            }
        }
        died
    }

    fn put_back(&mut self, task: usize, future: Task) {
        if let Some(slot) = self.slots.get_mut(task) {
            slot.future = Some(future);
        }
    }

    /// Any of those that can go on.
    fn choose(&mut self) -> Option<usize> {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let at = match ready.len() {
            0 => return None,
            1 => 0,
            many => {
                let drawn = self.shared.lock().dice.below(many as u64);
                usize::try_from(drawn).unwrap_or(0)
            }
        };
        Some(ready.remove(at))
    }

    fn is_frozen(&self, process: usize, waker: &Waker) -> bool {
        let mut world = self.shared.lock();
        let until = world.processes.get(process).map_or(0, |p| p.frozen_until);
        if until <= world.now {
            return false;
        }
        let wait = until - world.now;
        world.after(wait, Action::Wake(waker.clone()));
        true
    }

    fn is_dying(&self, process: usize) -> bool {
        let world = self.shared.lock();
        world.processes.get(process).is_some_and(|p| p.dying)
    }

    /// Drops everything that a process was doing.
    fn bury(&mut self, process: usize) {
        let own = self.slots.iter_mut().filter(|slot| slot.process == process);
        let tasks: Vec<Task> = own.filter_map(|slot| slot.future.take()).collect();
        // Outside of any lock: what is dropped may lock.
        drop(tasks);
        let mut world = self.shared.lock();
        if let Some(dead) = world.processes.get_mut(process) {
            dead.alive = false;
            dead.dying = false;
            dead.frozen_until = 0;
        }
    }
}

/// Runs what never has to wait.
///
/// # Errors
/// Its own, or `journal` when it waits after all.
pub fn at_once<T>(future: impl Future<Output = netmile::Result<T>>) -> netmile::Result<T> {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(result) => result,
        Poll::Pending => Err(Error::new(ErrorKind::Journal, "waits")),
    }
}
