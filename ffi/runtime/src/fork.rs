//! Values that belong to the process that made them.
//!
//! A forked child inherits memory but no threads: a runtime, a pool or a lock that the parent held is dead in it.
//! So such values are keyed by process id and built again in the child.

use std::fmt;
use std::process;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Holds one value per process. Reading takes no lock, so a child can not inherit a taken one.
///
/// The value that a child inherits is neither used nor dropped: its threads do not exist there, and its sockets
/// are the parent's. It stays as a few unused kilobytes.
pub struct ForkCell<T> {
    current: AtomicPtr<Keyed<T>>,
}

struct Keyed<T> {
    pid: u32,
    value: T,
    /// What a forked child found here. Kept reachable, never touched.
    inherited: AtomicPtr<Keyed<T>>,
}

impl<T: Send + Sync> ForkCell<T> {
    /// An empty cell.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            current: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// This process's value, if it has one.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        let keyed = Self::keyed(self.current.load(Ordering::Acquire))?;
        (keyed.pid == process::id()).then_some(&keyed.value)
    }

    /// The values of the processes that this one descends from, nearest first. They stay as the fork found them: a lock
    /// in them may be held for ever by a thread that does not exist here.
    pub fn inherited(&self) -> impl Iterator<Item = &T> {
        let pid = process::id();
        let mut next = Self::keyed(self.current.load(Ordering::Acquire));
        std::iter::from_fn(move || {
            let keyed = next?;
            next = Self::keyed(keyed.inherited.load(Ordering::Relaxed));
            Some(keyed)
        })
        .filter(move |keyed| keyed.pid != pid)
        .map(|keyed| &keyed.value)
    }

    /// Gives this process a value and returns it; when another thread was faster, `value` is dropped and the other
    /// one is returned.
    pub fn set_or_get(&self, value: T) -> &T {
        let pid = process::id();
        let new = Box::into_raw(Box::new(Keyed {
            pid,
            value,
            inherited: AtomicPtr::new(ptr::null_mut()),
        }));
        let mut seen = self.current.load(Ordering::Acquire);
        loop {
            if let Some(keyed) = Self::keyed(seen)
                && keyed.pid == pid
            {
                if seen != new {
                    Self::free(new);
                }
                return &keyed.value;
            }
            if let Some(keyed) = Self::keyed(new) {
                keyed.inherited.store(seen, Ordering::Relaxed);
            }
            seen =
                match self
                    .current
                    .compare_exchange(seen, new, Ordering::AcqRel, Ordering::Acquire)
                {
                    Ok(_) => new,
                    Err(now) => now,
                };
        }
    }

    #[expect(
        unsafe_code,
        reason = "the only way to read without a lock; see the safety comment"
    )]
    fn keyed<'a>(pointer: *mut Keyed<T>) -> Option<&'a Keyed<T>> {
        // SAFETY: the pointer is null or comes from `Box::into_raw` in `set_or_get`. What was once published is
        // freed only by `drop`, which has the cell for itself, so it outlives every borrow of the cell; callers
        // shorten the lifetime to such a borrow.
        unsafe { pointer.as_ref() }
    }
}

impl<T> ForkCell<T> {
    #[expect(
        unsafe_code,
        reason = "gives back what `Box::into_raw` gave out; see the safety comment"
    )]
    fn free(pointer: *mut Keyed<T>) {
        // SAFETY: the pointer comes from `Box::into_raw`, and nobody else has it: either it was never published,
        // or the cell is being dropped.
        drop(unsafe { Box::from_raw(pointer) });
    }
}

impl<T: Send + Sync> Default for ForkCell<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Drop for ForkCell<T> {
    fn drop(&mut self) {
        let pointer = *self.current.get_mut();
        #[expect(
            unsafe_code,
            reason = "the process id decides whether the value may be dropped"
        )]
        // SAFETY: as in `keyed`; the cell is borrowed mutably.
        let own = unsafe { pointer.as_ref() }.is_some_and(|keyed| keyed.pid == process::id());
        if own {
            Self::free(pointer);
        }
    }
}

impl<T> fmt::Debug for ForkCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ForkCell")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_first_value_stays_and_the_others_are_dropped() {
        let first = Arc::new(1);
        let second = Arc::new(2);
        let cell = ForkCell::new();
        assert!(cell.get().is_none());
        assert_eq!(**cell.set_or_get(Arc::clone(&first)), 1);
        assert_eq!(cell.inherited().count(), 0);
        assert_eq!(**cell.set_or_get(Arc::clone(&second)), 1);
        assert_eq!(
            (Arc::strong_count(&first), Arc::strong_count(&second)),
            (2, 1)
        );
        drop(cell);
        assert_eq!(Arc::strong_count(&first), 1);
    }

    #[test]
    fn threads_agree_on_one_value() {
        let cell = ForkCell::new();
        let seen: Vec<usize> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8usize)
                .map(|n| {
                    let cell = &cell;
                    scope.spawn(move || *cell.set_or_get(n))
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(seen.iter().all(|n| Some(n) == cell.get()));
    }

    #[cfg(unix)]
    #[test]
    #[expect(unsafe_code, reason = "fork and waitpid have no safe form")]
    fn a_child_has_no_value_until_it_sets_its_own() {
        let cell = ForkCell::new();
        cell.set_or_get(1);
        // SAFETY: the child only touches the cell and leaves by `_exit`.
        let status = unsafe {
            let child = libc::fork();
            assert!(child >= 0);
            if child == 0 {
                let empty = cell.get().is_none();
                let before = cell.inherited().copied().eq([1]);
                let own = *cell.set_or_get(2) == 2 && cell.get() == Some(&2);
                let own = own && before && cell.inherited().copied().eq([1]);
                libc::_exit(if empty && own { 0 } else { 1 });
            }
            let mut status = -1;
            assert_eq!(libc::waitpid(child, &mut status, 0), child);
            status
        };
        assert_eq!(status, 0);
        assert_eq!(cell.get(), Some(&1));
    }
}
