//! Files that are put in their place when they are whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Times a draft is begun again because somebody swept it away before it was locked.
const MAX_TRIES: u32 = 8;

/// A file that is begun beside its place and put there when it is whole: what was there before stays until then. It holds
/// personal data, and is for its owner only.
///
/// It is locked as long as its process lives, so that the next one finds and deletes what a killed one left.
pub(crate) struct Draft {
    path: PathBuf,
    beside: PathBuf,
    pub(crate) out: BufWriter<File>,
}

impl Draft {
    /// Begins a file, and deletes what runs that were killed left of it.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        sweep(path);
        for _ in 0..MAX_TRIES {
            let mut beside = path.as_os_str().to_owned();
            beside.push(format!(".{}.tmp", std::process::id()));
            let beside = PathBuf::from(beside);
            let file = create(&beside)?;
            file.lock()?;
            // Somebody may have taken it for one that was left, before it was locked.
            if is_at(&beside, &file)? {
                return Ok(Self {
                    path: path.to_owned(),
                    beside,
                    out: BufWriter::new(file),
                });
            }
        }
        Err(io::Error::other("another process deletes it each time"))
    }

    pub(crate) fn write(&mut self, pending: &mut Vec<u8>) -> io::Result<()> {
        self.out.write_all(pending)?;
        pending.clear();
        Ok(())
    }

    /// Its place.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in its place.
    pub(crate) fn keep(mut self) -> io::Result<()> {
        self.out.flush()?;
        std::fs::rename(&self.beside, &self.path)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already when it was put in its place.
        let _ = std::fs::remove_file(&self.beside);
    }
}

fn create(beside: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Never through a link, and never into a file that others may read.
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(beside)
}

#[cfg(unix)]
fn is_at(path: &Path, file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let ours = file.metadata()?;
    match std::fs::symlink_metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (ours.dev(), ours.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_at(path: &Path, _: &File) -> io::Result<bool> {
    // A file that is open is not deleted there.
    path.try_exists()
}

/// Deletes the drafts of a file whose process is gone. What cannot be deleted stays: it harms nobody.
fn sweep(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let (Some(name), Ok(entries)) = (path.file_name(), std::fs::read_dir(folder)) else {
        return;
    };
    let name = name.to_string_lossy();
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_draft(&entry.file_name().to_string_lossy(), &name) {
            delete_if_left(&entry.path());
        }
    }
}

/// Whether a file is called like the draft of another.
fn is_draft(entry: &str, name: &str) -> bool {
    let process = entry
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('.'))
        .and_then(|rest| rest.strip_suffix(".tmp"));
    process.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
}

fn delete_if_left(path: &Path) {
    let Ok(file) = OpenOptions::new().write(true).open(path) else {
        return;
    };
    match file.try_lock() {
        Ok(()) => {
            let _ = std::fs::remove_file(path);
        }
        // Its process lives, or nobody can tell.
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_known_by_its_name() {
        assert!(is_draft("a.csv.12.tmp", "a.csv"));
        for other in [
            "a.csv",
            "a.csv.tmp",
            "a.csv..tmp",
            "a.csv.1a.tmp",
            "b.csv.12.tmp",
        ] {
            assert!(!is_draft(other, "a.csv"), "{other}");
        }
    }

    #[test]
    fn what_a_killed_process_left_is_deleted_and_what_a_living_one_writes_is_not() {
        let folder = std::env::temp_dir().join(format!("netmile-draft-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("out.csv");
        let (left, living) = (folder.join("out.csv.1.tmp"), folder.join("out.csv.2.tmp"));
        std::fs::write(&left, "old").unwrap();
        let lock = File::create(&living).unwrap();
        lock.lock().unwrap();

        let mut draft = Draft::new(&path).unwrap();
        assert!(!left.exists() && living.exists());
        draft.write(&mut b"new".to_vec()).unwrap();
        assert!(!path.exists());
        let beside = draft.beside.clone();
        sweep(&path);
        assert!(beside.exists(), "it is ours, and locked");
        draft.keep().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert!(!beside.exists());
        drop(lock);
        drop(Draft::new(&path).unwrap());
        assert!(!living.exists());
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
