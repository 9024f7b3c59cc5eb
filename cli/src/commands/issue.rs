//! `netmile issue`: the miles of a file.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use netmile::client::{BatchFiles, FileOnDisk};
use netmile::miles::batch::{BatchProgress, BatchReport, BatchRequest, BatchState, Stage};
use netmile::miles::file::{
    Checked, ErrorFile, FileEncoding, FileFaults, RefusedFile, UploadEnd, UploadKind, UploadReader,
    UploadRules,
};
use netmile::miles::{Deposit, IssueSettings, codes};
use netmile::reference::Mail;
use netmile::{Error, Lang};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::describe;
use crate::draft::Draft;
use crate::http::block_on;
use crate::output::{Answer, Exit, Failure, Outcome, table};
use crate::progress::Progress;
use crate::shop::{for_miles, refused};

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Most faults that are printed; all are in the file.
const MOST_FAULTS: usize = 20;

#[derive(Debug, Args)]
pub(crate) struct Issue {
    /// CSV file to issue.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Campaign id.
    #[arg(long, value_name = "ID", required_unless_present = "check")]
    campaign: Option<String>,
    /// Your own id of this issue: up to 40 half-width letters, digits, '.', '_' and '-'. Nothing is issued twice under it.
    #[arg(long, value_name = "ID", required_unless_present = "check")]
    batch: Option<String>,
    /// Who is in the first column.
    #[arg(long, value_enum, value_name = "METHOD", default_value = "mail")]
    method: Method,
    /// When the miles are deposited: campaign (what the campaign says), now, or a number of days.
    #[arg(long, value_name = "WHEN", default_value = "campaign", value_parser = deposit)]
    deposit: Deposit,
    /// Sends no mail about the deposit.
    #[arg(long)]
    no_deposit_mail: bool,
    /// Text for the mail about the deposit, up to 500 characters.
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// Mail address of the operator that is told when it is processed.
    #[arg(long, value_name = "MAIL")]
    notify: Option<String>,
    /// Issues the rows that have no fault; otherwise one fault stops everything.
    #[arg(long)]
    leave_out_faulty: bool,
    /// Checks the file only, and sends nothing.
    #[arg(long)]
    check: bool,
    /// File for the rows that NetMile refuses; by default FILE.refused.csv.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// File for the faults of the file; by default FILE.faults.csv.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// File for the proven sums, once every row has its outcome; by default FILE.result.json.
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
    /// Most rows of one upload.
    #[arg(long, value_name = "NUMBER", default_value = "10000",
        value_parser = clap::value_parser!(u64).range(1..=10_000))]
    rows: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Method {
    Mail,
    MobileMail,
    UserId,
}

impl Method {
    const fn kind(self) -> UploadKind {
        match self {
            Self::Mail => UploadKind::Mail,
            Self::MobileMail => UploadKind::MobileMail,
            Self::UserId => UploadKind::UserId,
        }
    }
}

fn deposit(text: &str) -> Result<Deposit, String> {
    match text {
        "campaign" => Ok(Deposit::Campaign),
        "now" => Ok(Deposit::AtOnce),
        days => match days.parse() {
            Ok(days @ 0..=365) => Ok(Deposit::AfterDays(days)),
            _ => Err("campaign, now, 0-365".to_owned()),
        },
    }
}

pub(crate) fn run(context: &Context, arguments: &Issue) -> Outcome {
    if arguments.check {
        return check(context, arguments);
    }
    let config = context.config()?;
    let request = request(context, arguments)?;
    block_on(context, async {
        let client = for_miles(context, &config).await?;
        let campaign = arguments.campaign.as_deref().unwrap_or_default();
        let told = client.miles().campaign(campaign).await;
        let told = told.map_err(|error| refused(context, &error))?;
        let request = request.with_rule(told.rule);
        issue(context, arguments, &client, &request).await
    })
}

fn request(context: &Context, arguments: &Issue) -> Result<BatchRequest, Failure> {
    let failed = |error: Error| refused(context, &error);
    let mut settings = IssueSettings::default().with_deposit(arguments.deposit);
    if arguments.no_deposit_mail {
        settings = settings.with_deposit_mail(false);
    }
    if let Some(text) = &arguments.text {
        settings = settings.with_inserted_text(text);
    }
    let name = arguments
        .file
        .file_name()
        .map(|name| name.to_string_lossy());
    let mut request = BatchRequest::new(
        arguments.batch.as_deref().unwrap_or_default(),
        arguments.campaign.as_deref().unwrap_or_default(),
        arguments.method.kind(),
    )
    .with_settings(settings)
    .with_file_name(name.unwrap_or_default())
    .with_rows_per_upload(arguments.rows);
    if let Some(operator) = &arguments.notify {
        request = request.with_notify(Mail::new(operator).map_err(failed)?);
    }
    if arguments.leave_out_faulty {
        request = request.leaving_out_faulty_rows();
    }
    request.check().map_err(failed)?;
    Ok(request)
}

async fn issue(
    context: &Context,
    arguments: &Issue,
    client: &netmile::Client,
    request: &BatchRequest,
) -> Outcome {
    let (faults_path, refused_path) = (faults_path(arguments), refused_path(arguments));
    let result_path = result_path(arguments);
    // Looked at before the other files are begun.
    drop(open(context, &arguments.file)?);
    apart(
        context,
        &[&arguments.file, &faults_path, &refused_path, &result_path],
    )?;
    let may_be_cut = may_be_cut(&arguments.file);
    if may_be_cut {
        // Before anything is sent; `may_be_cut` of the answer says it again.
        let _ = writeln!(std::io::stderr(), "netmile issue: {}", cut_warning(context));
    }
    let mut faults = begun(context, &faults_path)?;
    let mut refused_rows = begun(context, &refused_path)?;
    let result = begun(context, &result_path)?;
    let source = FileOnDisk(arguments.file.clone());
    let checking = context.say("checking", "検査しています");
    let issuing = context.say("issuing", "発行しています");
    let size = std::fs::metadata(&arguments.file).map_or(0, |data| data.len());
    let mut progress = Progress::bytes(context, checking, size);
    let mut stage = Stage::Checking;
    let mut tell = |told: &BatchProgress| {
        if stage != told.stage {
            stage = told.stage;
            progress.rows(issuing, told.rows);
        }
        progress.set(match told.stage {
            Stage::Checking => told.bytes,
            Stage::Issuing => told.finished,
        });
    };
    let files = BatchFiles {
        faults: &mut faults.out,
        refused: &mut refused_rows.out,
        lang: context.lang,
    };
    let issued = client
        .miles()
        .issue_file(request, &source, files, &mut tell)
        .await;
    drop(progress);
    match issued {
        Ok(report) => {
            let listed = keep_refused(context, refused_rows, &report)?;
            let kept = keep(context, faults, &faults_path, report.left_out > 0)?;
            let mut found = found(arguments, &report, kept, &listed);
            found.insert("may_be_cut".to_owned(), json!(may_be_cut));
            // The last one: where it is, the others are in their places.
            let is_over = report.state == BatchState::Done;
            keep_result(context, result, &found, is_over)?;
            let proven = is_over.then_some(result_path.as_path());
            let text = told(context, &report, kept, &listed, proven);
            let shown = proven.map(|path| path.display().to_string());
            found.insert("result_file".to_owned(), json!(shown));
            Ok(Answer::new(ending(&report), Value::Object(found), text))
        }
        Err(error) => {
            let of_file = std::error::Error::source(&error)
                .and_then(|source| source.downcast_ref::<FileFaults>())
                .cloned();
            let kept = keep(context, faults, &faults_path, of_file.is_some())?;
            Err(match of_file {
                Some(found) => faulty(context, &arguments.file, &found, kept),
                None => refused(context, &error),
            })
        }
    }
}

fn begun(context: &Context, path: &Path) -> Result<Draft, Failure> {
    Draft::new(path).map_err(|error| unusable(context, path, &error))
}

fn write(context: &Context, draft: &mut Draft, pending: &mut Vec<u8>) -> Result<(), Failure> {
    let written = draft.write(pending);
    written.map_err(|error| unusable(context, draft.path(), &error))
}

fn put(context: &Context, draft: Draft) -> Result<(), Failure> {
    let path = draft.path().to_owned();
    draft
        .keep()
        .map_err(|error| unusable(context, &path, &error))
}

/// Where refused rows are listed.
struct Listed {
    /// The file of this run, or of an earlier one that has rows which NetMile does not tell any more.
    path: PathBuf,
    /// Whether it is an earlier run's.
    is_earlier: bool,
    /// What this run heard, beside an earlier run's file.
    incomplete: Option<PathBuf>,
}

/// Puts the list of refused rows in its place, unless that would lose rows of an earlier run: error lists that were deleted at
/// NetMile never come again.
fn keep_refused(
    context: &Context,
    mut draft: Draft,
    report: &BatchReport,
) -> Result<Listed, Failure> {
    let path = draft.path().to_owned();
    let failed = |error: std::io::Error| unusable(context, &path, &error);
    // A run that stopped early has not listed what comes behind, nor is a list that contradicts the counts written.
    let is_whole = report.state == BatchState::Done && report.lists_missing == 0;
    if is_whole || draft.has_all_of_its_place().map_err(failed)? {
        draft.keep().map_err(failed)?;
        return Ok(Listed {
            path,
            is_earlier: false,
            incomplete: None,
        });
    }
    let header = RefusedFile::new(context.lang, FileEncoding::Cp932).header();
    let has_rows = draft.len().map_err(failed)? > header.len() as u64;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".incomplete.csv");
    let beside = PathBuf::from(beside);
    if has_rows {
        draft.keep_as(&beside).map_err(failed)?;
    }
    Ok(Listed {
        path,
        is_earlier: true,
        incomplete: has_rows.then_some(beside),
    })
}

/// Puts the proven sums in their place when the batch is over. Until then what an earlier batch left there stays.
fn keep_result(
    context: &Context,
    mut draft: Draft,
    found: &Map<String, Value>,
    is_over: bool,
) -> Result<(), Failure> {
    if !is_over {
        return Ok(());
    }
    let mut text = format!("{:#}\n", json!(found)).into_bytes();
    write(context, &mut draft, &mut text)?;
    put(context, draft)
}

/// The file, if it is to be kept; else nothing is left of it.
fn keep<'p>(
    context: &Context,
    draft: Draft,
    path: &'p Path,
    keep: bool,
) -> Result<Option<&'p Path>, Failure> {
    if keep {
        put(context, draft)?;
    }
    Ok(keep.then_some(path))
}

/// What the result file and `--json` say.
fn found(
    arguments: &Issue,
    report: &BatchReport,
    faults: Option<&Path>,
    listed: &Listed,
) -> Map<String, Value> {
    let shown = |path: &Path| json!(path.display().to_string());
    let mut found = match json!(report) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    found.extend([
        ("batch_id".to_owned(), json!(arguments.batch)),
        ("campaign_id".to_owned(), json!(arguments.campaign)),
        ("file".to_owned(), shown(&arguments.file)),
        ("refused_file".to_owned(), shown(&listed.path)),
        (
            "refused_incomplete".to_owned(),
            listed.incomplete.as_deref().map_or(Value::Null, shown),
        ),
        ("faults_file".to_owned(), faults.map_or(Value::Null, shown)),
    ]);
    found
}

fn ending(report: &BatchReport) -> Exit {
    match report.state {
        BatchState::Done if report.refused == 0 && report.left_out == 0 => Exit::Fine,
        BatchState::Waiting => Exit::Unknown,
        _ => Exit::Problem,
    }
}

/// What people are told.
fn told(
    context: &Context,
    report: &BatchReport,
    faults: Option<&Path>,
    listed: &Listed,
    result: Option<&Path>,
) -> String {
    let lang = context.lang;
    let headline = match report.state {
        BatchState::Done => context.say(
            "Every row has its outcome, and all sums agree.",
            "すべての行の結果が確定し、件数とマイル数の合計が一致しました。",
        ),
        BatchState::Waiting => context.say(
            "NetMile has not told the outcome of all rows yet. Give the same command again: it goes on, and issues nothing twice.",
            "まだ結果の分からない行があります。同じコマンドをもう一度実行してください。続きから再開し、二重に発行されることはありません。",
        ),
        BatchState::Refused => context.say(
            "NetMile refused an upload. Correct what it names and give the same command again: it goes on.",
            "アップロードが拒否されました。原因を修正し、同じコマンドをもう一度実行してください。続きから再開します。",
        ),
        _ => context.say(
            "A person must look: sums do not agree, or what became of an upload is not known. `netmile uploads --batch` names it: compare it with NetMile's management site, and record what that shows with --review, before anything is issued again.",
            "担当者の確認が必要です。合計が一致しないか、結果の分からないアップロードがあります。`netmile uploads --batch` で対象を確認し、マネージメントサイトの発行登録と照合した内容を --review で記録してから、もう一度実行してください。",
        ),
    };
    let count = |rows: u64, miles: u64| match lang {
        Lang::En => format!("{}, {}", row_count(lang, rows), mile_count(lang, miles)),
        Lang::Ja => format!("{}、{}", row_count(lang, rows), mile_count(lang, miles)),
    };
    let mut rows = vec![
        line(
            context,
            ("sent", "発行対象"),
            count(report.rows, report.miles.get()),
        ),
        line(
            context,
            ("issued", "発行済み"),
            count(report.issued, report.miles_issued.get()),
        ),
        line(
            context,
            ("refused", "拒否"),
            count(report.refused, report.miles_refused.get()),
        ),
    ];
    if report.unknown > 0 {
        rows.push(line(
            context,
            ("sent, outcome not known", "送信済み・結果未確認"),
            count(report.unknown, report.miles_unknown.get()),
        ));
    }
    for (uploads, title) in [
        (
            report.lists_missing,
            ("error lists deleted", "削除済みのエラーリスト"),
        ),
        (
            report.lists_open,
            ("error lists to come", "未取得のエラーリスト"),
        ),
    ] {
        if uploads > 0 {
            rows.push(line(context, title, uploads.to_string()));
        }
    }
    if report.left_out > 0 {
        let text = row_count(lang, report.left_out);
        rows.push(line(context, ("left out", "除外"), text));
    }
    for (code, count) in &report.breakdown {
        let meaning =
            codes::lookup(codes::Table::Manual, code).map_or("", |row| row.meaning.text(lang));
        rows.push(vec![format!("    {code}"), format!("{count}  {meaning}")]);
    }
    if let Some(rejection) = &report.rejection {
        rows.push(line(
            context,
            ("why", "理由"),
            describe::rejection(context, rejection),
        ));
    }
    if report.refused > 0 {
        let path = listed.path.display().to_string();
        let title = match listed.is_earlier {
            false => ("refused rows", "拒否された行"),
            true => (
                "refused rows, as an earlier run listed them",
                "拒否された行（以前の実行の一覧を残しました）",
            ),
        };
        rows.push(line(context, title, path));
    }
    if let Some(path) = &listed.incomplete {
        let title = (
            "those that this run could still list",
            "今回取得できた分のみの一覧",
        );
        rows.push(line(context, title, path.display().to_string()));
    }
    if let Some(path) = faults {
        let path = path.display().to_string();
        rows.push(line(context, ("faults", "誤りの一覧"), path));
    }
    if let Some(path) = result {
        let path = path.display().to_string();
        rows.push(line(context, ("result file", "結果ファイル"), path));
    }
    format!("{headline}\n\n{}", table(&rows))
}

fn row_count(lang: Lang, rows: u64) -> String {
    lang.counted(rows, ["row", "rows"], "件")
}

fn mile_count(lang: Lang, miles: u64) -> String {
    lang.counted(miles, ["mile", "miles"], "マイル")
}

fn line(context: &Context, (en, ja): (&str, &str), text: String) -> Vec<String> {
    vec![format!("  {}", context.say(en, ja)), text]
}

/// Checks the file by itself: no configuration, no network.
fn check(context: &Context, arguments: &Issue) -> Outcome {
    let kind = arguments.method.kind();
    let mut input = open(context, &arguments.file)?;
    let path = faults_path(arguments);
    apart(context, &[&arguments.file, &path])?;
    let mut draft = begun(context, &path)?;
    let size = input.metadata().map_or(0, |data| data.len());
    let progress = Progress::bytes(context, context.say("checking", "検査しています"), size);
    let errors = ErrorFile::new(kind, context.lang, FileEncoding::Cp932);
    let mut pending = errors.header();
    let mut found = FileFaults::default();
    let mut reader = UploadReader::new(UploadRules::new(kind).of_any_size());
    let mut piece = vec![0; PIECE];
    let mut take = |checked: Checked<'_>, pending: &mut Vec<u8>| {
        if let Checked::Faulty(row) = checked {
            row.faults.iter().for_each(|fault| found.push(*fault));
            errors.append(pending, &row);
        }
    };
    loop {
        let count = input
            .read(&mut piece)
            .map_err(|error| unusable(context, &arguments.file, &error))?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        reader.feed(bytes, &mut |checked| take(checked, &mut pending));
        write(context, &mut draft, &mut pending)?;
        progress.advance(count);
    }
    let end = reader.finish(&mut |checked| take(checked, &mut pending));
    write(context, &mut draft, &mut pending)?;
    drop(progress);
    let kept = keep(context, draft, &path, !end.is_clean())?;
    if end.is_clean() {
        return Ok(clean(context, &end));
    }
    Err(faulty(context, &arguments.file, &found, kept))
}

fn clean(context: &Context, end: &UploadEnd) -> Answer {
    let miles = end.miles.get();
    let lang = context.lang;
    let (rows, sum) = (row_count(lang, end.rows), mile_count(lang, miles));
    let text = match lang {
        Lang::En => format!("{rows}, {sum}; no faults. Nothing was sent."),
        Lang::Ja => format!("{rows}、{sum}。誤りはありません。何も送信していません。"),
    };
    let text = match end.ends_with_newline {
        true => text,
        false => format!("{text}\n{}", cut_warning(context)),
    };
    let json = json!({
        "rows": end.rows,
        "miles": miles,
        "header": end.has_header,
        "encoding": if end.is_utf8 { "utf-8" } else { "cp932" },
        "faults": 0,
        "may_be_cut": !end.ends_with_newline,
    });
    Answer::new(Exit::Fine, json, text)
}

/// Whether the last line of a file has no line end. Nothing is said of one that cannot be read: reading it says that.
fn may_be_cut(path: &Path) -> bool {
    let last = || {
        let mut file = File::open(path)?;
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        Ok::<_, std::io::Error>(last)
    };
    last().is_ok_and(|last| !matches!(last, [b'\r' | b'\n']))
}

fn cut_warning(context: &Context) -> &'static str {
    context.say(
        "Warning: the last line does not end. The file may have been cut, and the miles of its last row with it: compare that row with where the file comes from.",
        "警告：最終行に改行がありません。ファイルが途切れ、最後の行のマイル数が欠けている可能性があります。最後の行を元のデータと照合してください。",
    )
}

fn faulty(context: &Context, file: &Path, found: &FileFaults, kept: Option<&Path>) -> Failure {
    let lang = context.lang;
    let mut text = match lang {
        Lang::En => format!(
            "{}: {}; nothing was sent",
            file.display(),
            lang.counted(found.count(), ["fault", "faults"], "件")
        ),
        Lang::Ja => format!(
            "{}: 誤りが {} 件あります。何も送信していません",
            file.display(),
            found.count()
        ),
    };
    for fault in found.faults().iter().take(MOST_FAULTS) {
        text.push_str("\n  ");
        text.push_str(&fault.text(lang));
    }
    if found.count() > MOST_FAULTS as u64 {
        text.push_str("\n  …");
    }
    if let Some(path) = kept {
        let all = context.say("all of them, for Excel", "すべての誤り（Excel 用）");
        text.push_str(&format!("\n{all}: {}", path.display()));
    }
    Failure::usage("file_invalid", text)
}

fn faults_path(arguments: &Issue) -> PathBuf {
    beside(arguments.faults.as_ref(), &arguments.file, ".faults.csv")
}

fn refused_path(arguments: &Issue) -> PathBuf {
    beside(arguments.refused.as_ref(), &arguments.file, ".refused.csv")
}

fn result_path(arguments: &Issue) -> PathBuf {
    beside(arguments.result.as_ref(), &arguments.file, ".result.json")
}

fn beside(named: Option<&PathBuf>, file: &Path, ending: &str) -> PathBuf {
    named.cloned().unwrap_or_else(|| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

fn open(context: &Context, path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unusable(context, path, &error))
}

/// Refuses to write one file over another, or over the one that is read.
fn apart(context: &Context, paths: &[&Path]) -> Result<(), Failure> {
    for (at, path) in paths.iter().enumerate() {
        let same = |other: &&Path| place(other) == place(path);
        if paths.iter().take(at).any(same) {
            let what = context.say(
                "is named twice: FILE, --refused, --faults and --result must be different files",
                "が重複しています。FILE、--refused、--faults、--result には別々のファイルを指定してください",
            );
            let text = format!("{} {what}", path.display());
            return Err(Failure::usage("file_named_twice", text));
        }
    }
    Ok(())
}

/// Where a file is, or will be.
fn place(path: &Path) -> PathBuf {
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    folder.join(path.file_name().unwrap_or_default())
}

fn unusable(context: &Context, path: &Path, error: &std::io::Error) -> Failure {
    let what = context.say(
        "the file cannot be read or written",
        "ファイルを読み書きできません",
    );
    let text = format!("{}: {what} ({error})", path.display());
    Failure::new(Exit::Unreachable, "file_unusable", text)
}
