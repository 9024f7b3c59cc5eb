//! Files that are put in their place when they are whole.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Times a draft is begun again because somebody swept it away before it was locked.
const MAX_TRIES: u32 = 8;

/// A file that is begun beside its place and put there when it is whole: what was there before stays until then. It holds
/// personal data, and is for its owner only.
///
/// It is locked as long as its process lives, so that the next one finds and deletes what a killed one left. On a file system
/// without locks its name alone keeps others away: nobody can tell there whether a process lives, so what a killed one left
/// stays until somebody deletes it.
pub(crate) struct Draft {
    path: PathBuf,
    beside: PathBuf,
    pub(crate) out: BufWriter<File>,
}

impl Draft {
    /// Begins a file, and deletes what runs that were killed left of it.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        Self::locked_by(Locks::OF_SYSTEM, path)
    }

    fn locked_by(locks: Locks, path: &Path) -> io::Result<Self> {
        sweep(path, locks.try_lock);
        for try_number in 0..MAX_TRIES {
            let mut beside = path.as_os_str().to_owned();
            beside.push(name_ending(try_number));
            let beside = PathBuf::from(beside);
            let file = match create(&beside) {
                // Another machine's process of the same number, or one that was killed where nothing can be locked.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                created => created?,
            };
            if let Err(error) = (locks.lock)(&file)
                && !has_no_locks(&error)
            {
                let _ = std::fs::remove_file(&beside);
                let what = format!("{} cannot be locked: {error}", beside.display());
                return Err(io::Error::new(error.kind(), what));
            }
            // Somebody may have taken it for one that was left, before it was locked.
            if is_at(&beside, &file)? {
                return Ok(Self {
                    path: path.to_owned(),
                    beside,
                    out: BufWriter::new(file),
                });
            }
        }
        Err(io::Error::other(format!(
            "no draft can be begun beside it: delete the files {}.*.tmp if no other process runs",
            path.display()
        )))
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
    pub(crate) fn keep(self) -> io::Result<()> {
        let path = self.path.clone();
        self.keep_as(&path)
    }

    /// Puts it in another place of the same folder.
    pub(crate) fn keep_as(mut self, path: &Path) -> io::Result<()> {
        self.out.flush()?;
        std::fs::rename(&self.beside, path)
    }

    /// Whether all lines of what is in its place already are in it too, each as often: then nothing is lost when it is put
    /// there. Nothing is lost either when nothing is there.
    pub(crate) fn has_all_of_its_place(&mut self) -> io::Result<bool> {
        self.out.flush()?;
        let there = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            opened => opened?,
        };
        let mut lines = HashMap::new();
        for line in BufReader::new(File::open(&self.beside)?).split(b'\n') {
            *lines.entry(line?).or_insert(0_u64) += 1;
        }
        for line in BufReader::new(there).split(b'\n') {
            match lines.get_mut(&line?) {
                Some(left) if *left > 0 => *left -= 1,
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Bytes that were written.
    pub(crate) fn len(&mut self) -> io::Result<u64> {
        self.out.flush()?;
        Ok(self.out.get_ref().metadata()?.len())
    }
}

/// How a file is locked, and how it is seen whether it is.
#[derive(Clone, Copy)]
struct Locks {
    lock: fn(&File) -> io::Result<()>,
    try_lock: fn(&File) -> Result<(), TryLockError>,
}

impl Locks {
    const OF_SYSTEM: Self = Self {
        lock: File::lock,
        try_lock: File::try_lock,
    };
}

/// How a draft's name ends: with the number of its process, and of the try when others stand in its way.
fn name_ending(try_number: u32) -> String {
    let process = std::process::id();
    match try_number {
        0 => format!(".{process}.tmp"),
        more => format!(".{process}{more:02}.tmp"),
    }
}

/// Whether an error says that the file system has no locks, as some network file systems do.
fn has_no_locks(error: &io::Error) -> bool {
    /// `ENOLCK`, the same number on Linux; the standard library has no kind for it.
    const NO_LOCKS: i32 = 37;
    error.kind() == io::ErrorKind::Unsupported
        || (cfg!(target_os = "linux") && error.raw_os_error() == Some(NO_LOCKS))
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
fn sweep(path: &Path, try_lock: fn(&File) -> Result<(), TryLockError>) {
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
            delete_if_left(&entry.path(), try_lock);
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

fn delete_if_left(path: &Path, try_lock: fn(&File) -> Result<(), TryLockError>) {
    let Ok(file) = OpenOptions::new().write(true).open(path) else {
        return;
    };
    match try_lock(&file) {
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
    fn where_nothing_can_be_locked_the_name_alone_keeps_others_away() {
        let folder = std::env::temp_dir().join(format!("netmile-locks-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("out.csv");
        let none = Locks {
            lock: |_| Err(io::ErrorKind::Unsupported.into()),
            try_lock: |_| Err(TryLockError::Error(io::ErrorKind::Unsupported.into())),
        };
        let mut one = Draft::locked_by(none, &path).unwrap();
        // One with the same process number, as from another machine: each has its own.
        let mut two = Draft::locked_by(none, &path).unwrap();
        assert_ne!(one.beside, two.beside);
        assert!(is_draft(
            &two.beside.file_name().unwrap().to_string_lossy(),
            "out.csv"
        ));
        one.write(&mut b"one".to_vec()).unwrap();
        two.write(&mut b"two".to_vec()).unwrap();
        one.keep().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        two.keep().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        // Another trouble is told, and nothing is left.
        let broken = Locks {
            lock: |_| Err(io::Error::other("the disk is gone")),
            ..Locks::OF_SYSTEM
        };
        let error = Draft::locked_by(broken, &path).err().unwrap().to_string();
        assert!(
            error.contains("cannot be locked: the disk is gone"),
            "{error}"
        );
        // So is that all names are taken.
        for number in 0..MAX_TRIES {
            std::fs::write(folder.join(format!("out.csv{}", name_ending(number))), "").unwrap();
        }
        let locks: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| {
                File::options()
                    .write(true)
                    .open(entry.unwrap().path())
                    .unwrap()
            })
            .collect();
        locks.iter().for_each(|file| file.lock().unwrap());
        let error = Draft::new(&path).err().unwrap().to_string();
        assert!(error.contains("no draft can be begun"), "{error}");
        drop(locks);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_would_lose_lines_is_told_from_what_would_not() {
        let folder = std::env::temp_dir().join(format!("netmile-lines-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("out.csv");
        let has_all = |new: &str| {
            let mut draft = Draft::new(&path).unwrap();
            draft.write(&mut new.as_bytes().to_vec()).unwrap();
            assert_eq!(draft.len().unwrap(), new.len() as u64);
            draft.has_all_of_its_place().unwrap()
        };
        assert!(has_all(""), "nothing is there");
        std::fs::write(&path, "head\r\na\r\na\r\n").unwrap();
        for (new, expected) in [
            ("head\r\na\r\na\r\n", true),
            ("head\r\na\r\nb\r\na\r\n", true),
            ("head\r\na\r\nb\r\n", false),
            ("head\r\n", false),
        ] {
            assert_eq!(has_all(new), expected, "{new:?}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
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
        sweep(&path, File::try_lock);
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
