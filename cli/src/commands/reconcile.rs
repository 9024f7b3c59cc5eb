//! `netmile reconcile`: the journal against a settlement statement.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use netmile::Lang;
use netmile::client::Repaired;
use netmile::schedule::YearMonth;
use netmile::settlement::reconcile::{Class, RepairStep};
use netmile::settlement::{
    Profile, Reconciliation, Statement, StatementFaults, StatementPeriod, StatementReader,
};
use serde_json::{Map, Value, json};

use crate::arguments::KeyArguments;
use crate::config::Config;
use crate::context::Context;
use crate::http::block_on;
use crate::output::{Answer, Exit, Failure, Outcome, printable};
use crate::progress::Progress;
use crate::shop::{Shop, refused};

/// Largest profile, in bytes.
const MOST_PROFILE_BYTES: u64 = 64 * 1024;
/// Bytes of the statement that are read at once.
const PIECE: usize = 256 * 1024;
/// Most faults of a file that are printed.
const MOST_FAULTS: usize = 30;

#[derive(Debug, Args)]
pub(crate) struct Reconcile {
    /// Settlement statements as they were downloaded, of months that follow one another.
    #[arg(value_name = "FILE", required = true)]
    statements: Vec<PathBuf>,
    /// The month that the first statement is about.
    #[arg(long, value_name = "YYYYMM", value_parser = parse_month)]
    month: YearMonth,
    /// How the statement is written, in TOML or JSON; by default the reference format, which the mock writes.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Writes what the statement proves into the journal; moves no money.
    #[arg(long)]
    repair: bool,
    #[command(flatten)]
    key: KeyArguments,
}

fn parse_month(text: &str) -> Result<YearMonth, String> {
    YearMonth::parse(text).map_err(|_| "write it like 202601".to_owned())
}

pub(crate) fn run(context: &Context, arguments: &Reconcile) -> Outcome {
    let config = context.config()?;
    let statement = read_all(context, arguments)?;
    block_on(context, async {
        let shop = Shop::open(context, &arguments.key, &config).await?;
        compare(context, &shop, &config, arguments, statement).await
    })
}

async fn compare(
    context: &Context,
    shop: &Shop,
    config: &Config,
    arguments: &Reconcile,
    statement: Statement,
) -> Outcome {
    let lang = context.lang;
    let failed = |error: netmile::Error| refused(context, &error);
    let whole = statement.end.is_proven_whole;
    let progress = Progress::start(context, context.say("comparing", "突合しています"));
    let compared = shop.client.reconcile(statement, &config.settlement);
    let before = compared.await.map_err(failed)?;
    let plan = before.repair_plan();
    let mut text = before.summary(lang);
    let json = json!({
        "month": arguments.month.to_wire(),
        "proven_whole": whole,
        "clean": before.is_clean(),
        "classes": classes(&before),
        "commission": {
            "checked": before.fees_checked(),
            "differences": texts(before.fee_differences(), |d| d.text(lang)),
        },
        "payout": {"differences": texts(before.payout_differences(), |d| d.text(lang))},
        "plan": plan.iter().map(|step| step_json(lang, step)).collect::<Vec<_>>(),
    });
    let mut clean = before.is_clean();
    let mut more = Map::new();
    if arguments.repair {
        progress.say(context.say("repairing", "修復しています"));
        let repaired = shop.client.repair(&plan).await.map_err(failed)?;
        text.push('\n');
        text.push_str(&repairs(context, &plan, &repaired));
        let told: Vec<_> = plan
            .iter()
            .zip(&repaired)
            .map(|(step, repaired)| repair_json(lang, step, repaired))
            .collect();
        more.insert("repairs".to_owned(), json!(told));
        // Each difference between movements has a step; commission and payout have none, since no record cures them.
        clean = !repaired.iter().any(|r| matches!(r, Repaired::Left(_)))
            && before.fee_differences().is_empty()
            && before.payout_differences().is_empty();
        more.insert("clean_after_repair".to_owned(), json!(clean));
        text.push_str(if clean {
            context.say("Nothing is left to do.\n", "未対応の事項はありません。\n")
        } else {
            context.say("Differences are left.\n", "相違が残っています。\n")
        });
    } else if !plan.is_empty() {
        text.push_str(context.say(
            "\nNothing was changed. --repair records what the file proves.\n",
            "\n何も変更していません。--repair を指定すると、ファイルが証明する内容を記録します。\n",
        ));
    }
    let exit = if clean { Exit::Fine } else { Exit::Problem };
    let mut answer = Answer::new(exit, json, text);
    answer.json.extend(more);
    Ok(answer)
}

fn texts<T>(items: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    items.iter().map(text).collect()
}

fn classes(result: &Reconciliation) -> Value {
    // Yen of a statement are below 10^18: eleven digits in at most ten million rows.
    let yen = |yen: i128| i64::try_from(yen).unwrap_or(if yen < 0 { i64::MIN } else { i64::MAX });
    let mut classes = Map::new();
    for class in Class::ALL {
        let tally = result.tally(class);
        classes.insert(
            class.name().to_owned(),
            json!({
                "file": {"count": tally.file_count, "yen": yen(tally.file_yen)},
                "journal": {"count": tally.journal_count, "yen": yen(tally.journal_yen)},
            }),
        );
    }
    Value::Object(classes)
}

fn step_json(lang: Lang, step: &RepairStep) -> Value {
    json!({
        "act": step.repair.name(),
        "order_id": step.repair.order_id(),
        "tracking_id": step.repair.tracking_id(),
        "line": step.line,
        "cause": step.cause,
        "reason": step.reason(lang),
    })
}

fn repair_json(lang: Lang, step: &RepairStep, repaired: &Repaired) -> Value {
    let result = match repaired {
        Repaired::Done => "done",
        Repaired::Known => "known",
        Repaired::Left(_) => "left",
    };
    json!({
        "act": step.repair.name(),
        "order_id": step.repair.order_id(),
        "result": result,
        "why": left(lang, step, repaired),
    })
}

/// Why a step is left to a person.
fn left(lang: Lang, step: &RepairStep, repaired: &Repaired) -> Option<String> {
    match repaired {
        Repaired::Left(why) if why == step.reason(Lang::En) => Some(step.reason(lang).to_owned()),
        Repaired::Left(why) => Some(printable(why, 300)),
        Repaired::Done | Repaired::Known => None,
    }
}

fn repairs(context: &Context, plan: &[RepairStep], repaired: &[Repaired]) -> String {
    let lang = context.lang;
    let done = repaired.iter().filter(|r| **r == Repaired::Done).count();
    let known = repaired.iter().filter(|r| **r == Repaired::Known).count();
    let rest = repaired.len().saturating_sub(done + known);
    let mut text = match lang {
        Lang::En => {
            format!("Repair: {done} recorded, {known} known already, {rest} left to a person\n")
        }
        Lang::Ja => {
            format!("修復：記録 {done} 件、記録済み {known} 件、担当者の対応が必要 {rest} 件\n")
        }
    };
    for (step, repaired) in plan.iter().zip(repaired) {
        let result = match repaired {
            Repaired::Done => context.say("recorded", "記録しました"),
            Repaired::Known => context.say("known already", "記録済みです"),
            Repaired::Left(_) => context.say("left to a person", "担当者の対応が必要です"),
        };
        let order = printable(step.repair.order_id(), 64);
        text.push_str(&format!("  - {} {order}: {result}", step.repair.name()));
        if let Some(why) = left(lang, step, repaired) {
            text.push_str(&format!(" ({why})"));
        }
        text.push('\n');
    }
    text
}

/// Reads the statements, each of the month after the one before, as one.
fn read_all(context: &Context, arguments: &Reconcile) -> Result<Statement, Failure> {
    let failed = |error| Failure::library(context.lang, &error);
    let profile = profile(context, arguments.profile.as_deref())?;
    let mut month = Some(arguments.month);
    let mut all: Option<Statement> = None;
    for path in &arguments.statements {
        let Some(this) = month else {
            let text = context.say("there is no such month", "対象月が範囲外です");
            return Err(Failure::usage("invalid_value", text));
        };
        let one = read(context, path, (&profile, this))?;
        all = Some(match all {
            Some(all) => all.followed_by(one).map_err(failed)?,
            None => one,
        });
        month = this.next();
    }
    all.ok_or_else(|| {
        let text = context.say("name a statement", "精算ファイルを指定してください");
        Failure::usage("statement_unreadable", text)
    })
}

/// Reads a statement piece by piece. Nothing of it is used before its end has shown that it is whole.
fn read(
    context: &Context,
    path: &Path,
    (profile, month): (&Profile, YearMonth),
) -> Result<Statement, Failure> {
    let lang = context.lang;
    let unreadable = |error: std::io::Error| {
        Failure::new(
            Exit::Unreachable,
            "statement_unreadable",
            format!(
                "{}: {} ({error})",
                path.display(),
                context.say(
                    "the statement cannot be read",
                    "精算ファイルを読み込めません"
                )
            ),
        )
    };
    let period = StatementPeriod::month(month);
    let mut reader = StatementReader::new(profile.clone(), period)
        .map_err(|error| Failure::library(lang, &error))?;
    let mut file = File::open(path).map_err(unreadable)?;
    let total = file.metadata().map_err(unreadable)?.len();
    let what = context.say("reading the statement", "精算ファイルを読み込んでいます");
    let progress = Progress::bytes(context, what, total);
    let mut rows = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let count = file.read(&mut piece).map_err(unreadable)?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        reader.feed_with(bytes, |row| rows.push(row));
        progress.advance(bytes.len());
    }
    drop(progress);
    let end = reader
        .finish()
        .map_err(|faults| not_whole(context, path, &faults))?;
    Ok(Statement { rows, end })
}

fn not_whole(context: &Context, path: &Path, faults: &StatementFaults) -> Failure {
    let lang = context.lang;
    let mut text = format!(
        "{}: {}",
        path.display(),
        context.say(
            "the statement is refused as a whole, since it is not as it was written",
            "精算ファイルに誤りがあるため、全体を使用できません"
        )
    );
    for fault in faults.faults().iter().take(MOST_FAULTS) {
        text.push_str("\n  ");
        text.push_str(&fault.text(lang));
    }
    let more = faults
        .count()
        .saturating_sub(u64::try_from(MOST_FAULTS).unwrap_or(u64::MAX));
    if more > 0 {
        text.push_str(&match lang {
            Lang::En => format!("\n  … and {more} more"),
            Lang::Ja => format!("\n  … ほか {more} 件"),
        });
    }
    Failure::usage("statement_invalid", text)
}

fn profile(context: &Context, path: Option<&Path>) -> Result<Profile, Failure> {
    let Some(path) = path else {
        return Ok(Profile::reference());
    };
    let wrong = |exit, code, why: &str| {
        let what = context.say("the profile cannot be used", "プロファイルを使用できません");
        Failure::new(exit, code, format!("{}: {what} ({why})", path.display()))
    };
    let mut text = String::new();
    let read = File::open(path)
        .and_then(|file| file.take(MOST_PROFILE_BYTES + 1).read_to_string(&mut text));
    read.map_err(|error| wrong(Exit::Unreachable, "profile_unreadable", &error.to_string()))?;
    if text.len() as u64 > MOST_PROFILE_BYTES {
        return Err(wrong(Exit::Usage, "profile_invalid", "> 64 KiB"));
    }
    let is_json = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("json"));
    if is_json {
        serde_json::from_str(&text).map_err(|error| error.to_string())
    } else {
        toml::from_str(&text).map_err(|error| error.message().to_owned())
    }
    .map_err(|why| wrong(Exit::Usage, "profile_invalid", &printable(&why, 300)))
}
