//! `netmile uploads`: uploads of files that wait for NetMile or for a person, and batches that are not done.

use clap::{ArgGroup, Args};
use netmile::client::MilesDesk;
use netmile::miles::batch::{
    BatchPhase, BatchRecord, ChunkCause, ChunkPhase, ChunkRecord, ChunkReview,
};
use netmile::{ErrorKind, Lang, Miles};
use serde_json::{Value, json};

use crate::context::Context;
use crate::describe;
use crate::http::block_on;
use crate::output::{Answer, Exit, Failure, Outcome, printable, table};
use crate::progress::Progress;
use crate::shop::{for_miles, refused};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("verdict").args(["not_there", "refused"]))]
pub(crate) struct Uploads {
    /// Batch whose uploads are listed; without one, those of all batches that wait for NetMile or for a person, and batches that are not done.
    #[arg(long, value_name = "ID")]
    batch: Option<String>,
    /// Asks NetMile first what became of those that wait.
    #[arg(long, conflicts_with = "review")]
    ask: bool,
    /// First row of an upload that needs review: records what the management site shows of it.
    #[arg(long, value_name = "ROW", requires = "batch", requires = "verdict",
        value_parser = clap::value_parser!(u64).range(1..))]
    review: Option<u64>,
    /// The site does not show it: none of its rows was issued.
    #[arg(long, requires = "review")]
    not_there: bool,
    /// Rows of it that were refused; the others were issued.
    #[arg(
        long,
        value_name = "NUMBER",
        requires = "review",
        requires = "refused_miles"
    )]
    refused: Option<u64>,
    /// Miles of the rows that were refused.
    #[arg(long, value_name = "MILES", requires = "refused")]
    refused_miles: Option<u64>,
    /// Most uploads that are listed.
    #[arg(long, value_name = "NUMBER", default_value = "100",
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

pub(crate) fn run(context: &Context, arguments: &Uploads) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let client = for_miles(context, &config).await?;
        let miles = client.miles();
        let failed = |error: netmile::Error| refused(context, &error);
        if let (Some(batch), Some(row)) = (&arguments.batch, arguments.review) {
            let upload = miles.review_upload(batch, row, verdict(arguments)).await;
            return Ok(answer(context, &[upload.map_err(failed)?], &[]));
        }
        let mut uploads = listed(arguments, &miles).await.map_err(failed)?;
        if arguments.ask {
            ask(context, &miles, &mut uploads).await?;
        }
        let batches = match arguments.batch {
            Some(_) => Vec::new(),
            None => miles
                .unresolved_batches(None, arguments.limit)
                .await
                .map_err(failed)?,
        };
        if uploads.is_empty() && arguments.batch.is_some() {
            let text = context.say(
                "the journal knows no upload of this batch",
                "このバッチのアップロードはジャーナルにありません",
            );
            return Err(Failure::usage("unknown_order", text));
        }
        Ok(answer(context, &uploads, &batches))
    })
}

fn verdict(arguments: &Uploads) -> ChunkReview {
    match (arguments.refused, arguments.refused_miles) {
        (Some(refused), Some(miles)) => ChunkReview::Counted {
            refused,
            miles_refused: Miles::new(miles),
        },
        _ => ChunkReview::NotThere,
    }
}

async fn listed(arguments: &Uploads, miles: &MilesDesk<'_>) -> netmile::Result<Vec<ChunkRecord>> {
    match &arguments.batch {
        Some(batch) => miles.uploads(batch, 1, arguments.limit).await,
        None => miles.unresolved_uploads(None, arguments.limit).await,
    }
}

async fn ask(
    context: &Context,
    miles: &MilesDesk<'_>,
    uploads: &mut [ChunkRecord],
) -> Result<(), Failure> {
    let progress = Progress::start(context, context.say("finding out", "確認しています"));
    for upload in uploads.iter_mut().filter(|upload| upload.is_open()) {
        progress.say(&upload.tran_id());
        let asked = miles
            .resolve_upload(&upload.batch_id, upload.first_row)
            .await;
        match asked {
            Ok(known) => *upload = known,
            // Another site's upload: its own configuration asks.
            Err(error) if error.kind() == ErrorKind::UnknownOrder => {}
            Err(error) => return Err(refused(context, &error)),
        }
    }
    Ok(())
}

fn answer(context: &Context, uploads: &[ChunkRecord], batches: &[BatchRecord]) -> Answer {
    let waits = |upload: &ChunkRecord| upload.phase != ChunkPhase::Finished;
    let exit = if uploads.iter().any(waits) || !batches.is_empty() {
        Exit::Problem
    } else {
        Exit::Fine
    };
    let text = if uploads.is_empty() && batches.is_empty() {
        context
            .say("nothing waits", "結果を待つアップロードはありません")
            .to_owned()
    } else {
        let uploads = uploads.iter().map(|upload| row(context, upload));
        let batches = batches.iter().map(|batch| batch_row(context, batch));
        table(&uploads.chain(batches).collect::<Vec<_>>())
    };
    let uploads: Vec<_> = uploads.iter().map(as_json).collect();
    let batches: Vec<_> = batches.iter().map(batch_json).collect();
    Answer::new(
        exit,
        json!({ "uploads": uploads, "batches": batches }),
        text,
    )
}

fn batch_row(context: &Context, batch: &BatchRecord) -> Vec<String> {
    let standing = match batch.phase {
        BatchPhase::Running => context.say(
            "whole batch: it runs, or was interrupted; the same `netmile issue` goes on",
            "バッチ全体: 実行中、または中断（同じ netmile issue で再開）",
        ),
        BatchPhase::NeedsReview => context.say(
            "whole batch: a person must look; `netmile uploads --batch` names its uploads",
            "バッチ全体: 要確認（対象は netmile uploads --batch で確認）",
        ),
        BatchPhase::Done => context.say("whole batch: done", "バッチ全体: 完了"),
    };
    vec![
        printable(&batch.batch_id, 40),
        context.lang.counted(batch.rows, ["row", "rows"], "件"),
        describe::miles(context, batch.miles),
        "-".to_owned(),
        standing.to_owned(),
    ]
}

fn batch_json(batch: &BatchRecord) -> Value {
    json!({
        "batch_id": batch.batch_id,
        "site_id": batch.site,
        "rows": batch.rows,
        "miles": batch.miles,
        "left_out": batch.left_out,
        "phase": batch.phase.name(),
    })
}

fn row(context: &Context, upload: &ChunkRecord) -> Vec<String> {
    let (first, miles) = (upload.first_row, upload.miles);
    let last = first + upload.rows.saturating_sub(1);
    vec![
        printable(&upload.batch_id, 40),
        match context.lang {
            Lang::En if first == last => format!("row {first}"),
            Lang::En => format!("rows {first}-{last}"),
            Lang::Ja => format!("{first}～{last} 行目"),
        },
        describe::miles(context, miles),
        upload
            .registration_id
            .as_deref()
            .map_or_else(|| "-".to_owned(), |id| printable(id, 40)),
        standing(context, upload),
    ]
}

fn standing(context: &Context, upload: &ChunkRecord) -> String {
    let text = match (upload.phase, upload.cause) {
        (ChunkPhase::Sending, _) => {
            context.say("sent, no answer yet", "送信済み（応答を確認していません）")
        }
        (ChunkPhase::Accepted, _) => {
            context.say("NetMile is processing it", "ネットマイルで処理中")
        }
        (ChunkPhase::Refused, _) => context.say(
            "not taken; the same `netmile issue` sends it again",
            "受け付けられていません（同じ netmile issue で再送されます）",
        ),
        (ChunkPhase::Finished, _) => {
            let issued = upload.rows.saturating_sub(upload.refused);
            return match context.lang {
                Lang::En => format!(
                    "{} issued, {} refused",
                    Lang::En.counted(issued, ["row", "rows"], ""),
                    upload.refused
                ),
                Lang::Ja => format!("発行 {issued} 件、拒否 {} 件", upload.refused),
            };
        }
        (ChunkPhase::NeedsReview, Some(ChunkCause::Unanswered)) => context.say(
            "a person must look: NetMile does not tell its outcome",
            "要確認（ネットマイルから結果を得られません）",
        ),
        (ChunkPhase::NeedsReview, Some(ChunkCause::Refused)) => context.say(
            "a person must look: NetMile refused the file",
            "要確認（ファイル全体が拒否されました）",
        ),
        (ChunkPhase::NeedsReview, Some(ChunkCause::SumsDiffer)) => context.say(
            "a person must look: NetMile's counts are not what was sent",
            "要確認（送信した件数・マイル数と一致しません）",
        ),
        (ChunkPhase::NeedsReview, Some(ChunkCause::ListDiffers)) => context.say(
            "a person must look: the error list contradicts the counts",
            "要確認（エラーリストと件数が矛盾しています）",
        ),
        (ChunkPhase::NeedsReview, _) => context.say("a person must look", "要確認"),
    };
    text.to_owned()
}

fn as_json(upload: &ChunkRecord) -> Value {
    json!({
        "batch_id": upload.batch_id,
        "first_row": upload.first_row,
        "rows": upload.rows,
        "miles": upload.miles,
        "phase": upload.phase.name(),
        "cause": upload.cause,
        "registration_id": upload.registration_id,
        "refused": upload.refused,
        "miles_issued": upload.miles_issued,
        "miles_refused": upload.miles_refused,
        "rejection": upload.rejection.as_ref().map(|rejection| &rejection.code),
    })
}
