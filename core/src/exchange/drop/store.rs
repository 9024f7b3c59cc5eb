//! Where the drop keeps its files.

use std::collections::BTreeMap;
use std::fmt;

use super::{DropName, DropPart};
use crate::error::Result;

/// What became of bytes that were to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are kept now.
    New,
    /// The same bytes were there.
    Same,
    /// Other bytes were there, and still are.
    Other,
}

/// A place for the files of the drop: a directory, a bucket, a table. Names are safe as they are.
pub trait DropStore {
    /// Names of all files.
    ///
    /// # Errors
    /// `journal` when they cannot be listed.
    fn names(&self) -> Result<Vec<DropName>>;

    /// The bytes of a file, if there is one.
    ///
    /// # Errors
    /// `journal` when it cannot be read.
    fn read(&self, name: &DropName) -> Result<Option<Vec<u8>>>;

    /// Keeps bytes under a name that is free; whoever reads sees all of them or no file. What is there stays.
    ///
    /// # Errors
    /// `journal` when they cannot be kept.
    fn keep(&mut self, name: &DropName, bytes: &[u8]) -> Result<Kept>;

    /// Puts bytes in the place of a result that was not confirmed; whoever reads sees all of the old or all of the new.
    ///
    /// # Errors
    /// `journal` when they cannot be kept.
    fn replace(&mut self, name: &DropName, bytes: &[u8]) -> Result<()>;
}

/// A drop in memory: for tests. `Debug` shows the names only.
#[derive(Clone, Default)]
pub struct MemoryDrop(BTreeMap<DropName, Vec<u8>>);

impl DropStore for MemoryDrop {
    fn names(&self) -> Result<Vec<DropName>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, name: &DropName) -> Result<Option<Vec<u8>>> {
        Ok(self.0.get(name).cloned())
    }

    fn keep(&mut self, name: &DropName, bytes: &[u8]) -> Result<Kept> {
        Ok(match self.0.get(name) {
            Some(known) if known == bytes => Kept::Same,
            Some(_) => Kept::Other,
            None => {
                self.0.insert(name.clone(), bytes.to_owned());
                Kept::New
            }
        })
    }

    fn replace(&mut self, name: &DropName, bytes: &[u8]) -> Result<()> {
        self.0.insert(name.clone(), bytes.to_owned());
        Ok(())
    }
}

impl fmt::Debug for MemoryDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// Whether the exchanges of this run are there, and whole.
pub(super) fn is_finished(store: &dyn DropStore, name: &DropName) -> Result<bool> {
    Ok(store.read(&name.with(DropPart::ExchangesEnd))?.is_some())
}
