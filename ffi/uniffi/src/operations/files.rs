//! Files of miles of any size.

use std::fs::File;
use std::io::{BufWriter, Read as _};
use std::path::Path;

use netmile::client::{BatchFiles, FileOnDisk};
use netmile::miles::batch::ChunkRecord;
use netmile::miles::file::{Checked, FileFaults, UploadReader};
use netmile::{Error, ErrorKind};
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{count, invalid, limit, signed};
use crate::seen::Seen;
use crate::shapes::files::{
    BatchId, BatchIssueReport, BatchIssueRequest, BatchProgressReport, BatchState, Batches,
    FileCheckReport, FileCheckRequest, FileFaultEntry, OpenBatchQuery, OpenUploadQuery, Source,
    Upload, UploadId, UploadQuery, UploadRef, UploadReview, Uploads,
};

type Answer<T> = Result<T, FfiError>;

/// Most links that are followed from one to the next.
const MAX_LINKS: usize = 40;

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

fn unusable(field: &'static str) -> impl Fn(std::io::Error) -> Error {
    move |source| {
        Error::field(ErrorKind::Configuration, field, "cannot be read or written")
            .with_source(source)
    }
}

pub(super) async fn check(context: &Context, asked: FileCheckRequest) -> Answer<FileCheckReport> {
    let mut reader = UploadReader::new(asked.rules()?);
    let mut found = FileFaults::default();
    let mut take = |checked: Checked<'_>| {
        if let Checked::Faulty(row) = checked {
            row.faults.iter().for_each(|fault| found.push(*fault));
        }
    };
    match asked.source()? {
        Source::Bytes(bytes) => reader.feed(bytes, &mut take),
        Source::Path(path) => {
            let mut file = File::open(path).map_err(unusable("path"))?;
            let mut piece = vec![0; PIECE];
            loop {
                let read = file.read(&mut piece).map_err(unusable("path"))?;
                let bytes = piece.get(..read).unwrap_or_default();
                if bytes.is_empty() {
                    break;
                }
                reader.feed(bytes, &mut take);
            }
        }
    }
    let end = reader.finish(&mut take);
    let lang = context.config().lang;
    Ok(FileCheckReport {
        clean: end.is_clean(),
        rows: signed(end.rows),
        faulty_rows: signed(end.faulty_rows),
        faults: signed(end.faults),
        miles: signed(end.miles.get()),
        has_header: end.has_header,
        found: found
            .faults()
            .iter()
            .map(|fault| FileFaultEntry::new(fault, lang))
            .collect(),
    })
}

/// Three files that are not the same one, also not by another path: what is written is emptied first.
fn apart(asked: &BatchIssueRequest) -> netmile::Result<()> {
    let input = Path::new(&asked.path);
    File::open(input).map_err(unusable("path"))?;
    let (faults, refused) = (
        Path::new(&asked.faults_path),
        Path::new(&asked.refused_path),
    );
    for (field, path) in [("faults_path", faults), ("refused_path", refused)] {
        if is_same(path, input) {
            return Err(invalid(field, "must not be the file that is issued"));
        }
    }
    if is_same(refused, faults) {
        return Err(invalid("refused_path", "must not be faults_path as well"));
    }
    Ok(())
}

/// Whether two paths lead to one file, or would when it is made.
fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if let (Ok(one), Ok(other)) = (one.metadata(), other.metadata()) {
            return (one.dev(), one.ino()) == (other.dev(), other.ino());
        }
    }
    let whole = |path: &Path| {
        // Of a file that is not there yet: that of its directory, and of what a dangling link points to.
        let mut path = std::path::absolute(path).ok()?;
        for _ in 0..MAX_LINKS {
            let Ok(to) = path.read_link() else { break };
            path = path.parent()?.join(to);
        }
        path.canonicalize()
            .ok()
            .or_else(|| Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?)))
    };
    whole(one).is_some_and(|one| Some(one) == whole(other))
}

pub(super) async fn issue(context: &Context, asked: BatchIssueRequest) -> Answer<BatchIssueReport> {
    let request = asked.to_core()?.seen();
    apart(&asked)?;
    let source = FileOnDisk(asked.path.clone().into());
    let made = |field, path: &str| File::create(path).map_err(unusable(field));
    let mut faults = BufWriter::new(made("faults_path", &asked.faults_path)?);
    let mut refused = BufWriter::new(made("refused_path", &asked.refused_path)?);
    let files = BatchFiles {
        faults: &mut faults,
        refused: &mut refused,
        lang: context.config().lang,
    };
    let mut tell =
        |progress: &netmile::miles::batch::BatchProgress| context.tell(&asked.batch_id, progress);
    let miles = context.client.miles();
    let report = miles
        .issue_file(&request, &source, files, &mut tell)
        .await?
        .seen();
    Ok(report.into())
}

pub(super) async fn progress(context: &Context, asked: BatchId) -> Answer<BatchProgressReport> {
    Ok(context.told(&asked.batch_id).into())
}

pub(super) async fn batch(context: &Context, asked: BatchId) -> Answer<BatchState> {
    Ok(context
        .client
        .miles()
        .batch(&asked.batch_id)
        .await?
        .seen()
        .into())
}

pub(super) async fn open_batches(context: &Context, query: OpenBatchQuery) -> Answer<Batches> {
    let after = match &query.after {
        Some(asked) => {
            let site = context.client.for_site(&asked.site_id)?;
            Some(site.miles().batch(&asked.batch_id).await?.seen())
        }
        None => None,
    };
    let miles = context.client.miles();
    let found = miles.unresolved_batches(after.as_ref(), limit(query.limit)?);
    Ok(Batches {
        batches: found.await?.seen().into_iter().map(Into::into).collect(),
    })
}

pub(super) async fn uploads(context: &Context, asked: UploadQuery) -> Answer<Uploads> {
    let first = count("first_row", asked.first_row)?;
    let miles = context.client.miles();
    let found = miles.uploads(&asked.batch_id, first, limit(asked.limit)?);
    Ok(Uploads {
        uploads: found.await?.seen().into_iter().map(Into::into).collect(),
    })
}

pub(super) async fn review(context: &Context, found: UploadReview) -> Answer<Upload> {
    let first = count("first_row", found.first_row)?;
    let miles = context.client.miles();
    let reviewed = miles.review_upload(&found.batch_id, first, found.to_core()?.seen());
    Ok(reviewed.await?.seen().into())
}

/// The upload that a page ended with, of whichever site.
async fn named(context: &Context, asked: &UploadRef) -> Answer<ChunkRecord> {
    let first = count("first_row", asked.first_row)?;
    let site = context.client.for_site(&asked.site_id)?;
    let mut found = site
        .miles()
        .uploads(&asked.batch_id, first, 1)
        .await?
        .seen();
    let unknown = || Error::field(ErrorKind::UnknownOrder, "after", "is not in the journal");
    Ok(found.pop().ok_or_else(unknown)?)
}

pub(super) async fn unresolved(context: &Context, query: OpenUploadQuery) -> Answer<Uploads> {
    let after = match &query.after {
        Some(asked) => Some(named(context, asked).await?.seen()),
        None => None,
    };
    let miles = context.client.miles();
    let found = miles.unresolved_uploads(after.as_ref(), limit(query.limit)?);
    Ok(Uploads {
        uploads: found.await?.seen().into_iter().map(Into::into).collect(),
    })
}

pub(super) async fn resolve(context: &Context, asked: UploadId) -> Answer<Upload> {
    let first = count("first_row", asked.first_row)?;
    let miles = context.client.miles();
    Ok(miles
        .resolve_upload(&asked.batch_id, first)
        .await?
        .seen()
        .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &Path, faults: &Path, refused: &Path) -> BatchIssueRequest {
        let request = serde_json::json!({
            "batch_id": "B1", "campaign_id": "C1", "kind": "mail",
            "path": path, "faults_path": faults, "refused_path": refused,
        });
        serde_json::from_value(request).unwrap()
    }

    #[test]
    fn the_file_that_is_issued_is_never_written() {
        let directory = std::env::temp_dir().join(format!("netmile-files-{}", std::process::id()));
        std::fs::create_dir_all(directory.join("sub")).unwrap();
        let file = |name: &str| directory.join(name);
        let (input, faults, refused) = (file("in.csv"), file("faults.csv"), file("refused.csv"));
        std::fs::write(&input, "rows").unwrap();
        let field = |path: &Path, faults: &Path, refused: &Path| {
            let done = apart(&request(path, faults, refused));
            done.err()
                .and_then(|error| error.field_name().map(str::to_owned))
        };
        assert_eq!(field(&input, &faults, &refused), None);
        let round = directory.join("sub").join("..").join("in.csv");
        for same in [&input, &round] {
            assert_eq!(
                field(&input, same, &refused).as_deref(),
                Some("faults_path")
            );
            assert_eq!(
                field(&input, &faults, same).as_deref(),
                Some("refused_path")
            );
        }
        let other = directory.join("sub").join("..").join("faults.csv");
        assert_eq!(
            field(&input, &faults, &other).as_deref(),
            Some("refused_path")
        );
        assert_eq!(
            field(&file("none.csv"), &faults, &refused).as_deref(),
            Some("path")
        );
        #[cfg(unix)]
        {
            let (link, hard, dangling) = (file("link.csv"), file("hard.csv"), file("dangling.csv"));
            std::os::unix::fs::symlink("in.csv", &link).unwrap();
            std::fs::hard_link(&input, &hard).unwrap();
            std::os::unix::fs::symlink("faults.csv", &dangling).unwrap();
            for same in [&link, &hard] {
                assert_eq!(
                    field(&input, same, &refused).as_deref(),
                    Some("faults_path")
                );
                assert_eq!(
                    field(same, &faults, &input).as_deref(),
                    Some("refused_path")
                );
            }
            assert_eq!(
                field(&input, &dangling, &faults).as_deref(),
                Some("refused_path")
            );
        }
        assert_eq!(std::fs::read_to_string(&input).unwrap(), "rows");
        std::fs::remove_dir_all(&directory).unwrap();
    }
}
