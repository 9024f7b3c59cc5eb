//! `netmile cancels`: wishes to cancel miles that wait, and what a person found out about one.

use clap::{ArgGroup, Args};
use netmile::Lang;
use netmile::miles::{Cancel, CancelRefusal, CancelResult, CancelStanding, Cancellation};
use netmile::reference::{Phase, Review};
use serde_json::{Value, json};

use crate::context::Context;
use crate::describe;
use crate::http::block_on;
use crate::output::{Answer, Exit, Failure, Outcome, printable, table};
use crate::shop::{for_miles, refused};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("verdict").multiple(true)
    .args(["not_there", "cancelled", "approved", "declined", "refused", "applied"]))]
pub(crate) struct Cancels {
    /// Wish whose issues are shown, by its tran_id; without one, the wishes that wait for an outcome or a person.
    #[arg(value_name = "TRAN_ID")]
    tran_id: Option<String>,
    /// Records what NetMile says of a wish that needs review. Issues that are not named stay as they are known.
    #[arg(long, requires = "tran_id", requires = "verdict")]
    review: bool,
    /// NetMile does not have the wish: nothing was cancelled.
    #[arg(long, requires = "review",
        conflicts_with_all = ["cancelled", "approved", "declined", "refused", "applied", "cancellation_id"])]
    not_there: bool,
    /// Issues that were cancelled at once.
    #[arg(long, value_name = "ID", requires = "review", value_delimiter = ',')]
    cancelled: Vec<String>,
    /// Issues whose application NetMile approved: they are cancelled.
    #[arg(long, value_name = "ID", requires = "review", value_delimiter = ',')]
    approved: Vec<String>,
    /// Issues whose application NetMile declined: they stay.
    #[arg(long, value_name = "ID", requires = "review", value_delimiter = ',')]
    declined: Vec<String>,
    /// Issues that could not be cancelled: they stay.
    #[arg(long, value_name = "ID", requires = "review", value_delimiter = ',')]
    refused: Vec<String>,
    /// Issues about which NetMile has not decided yet.
    #[arg(long, value_name = "ID", requires = "review", value_delimiter = ',')]
    applied: Vec<String>,
    /// NetMile's id of the wish, where the journal does not know it.
    #[arg(long, value_name = "ID", requires = "review")]
    cancellation_id: Option<String>,
    /// Most wishes that are listed.
    #[arg(long, value_name = "NUMBER", default_value = "100",
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

pub(crate) fn run(context: &Context, arguments: &Cancels) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let client = for_miles(context, &config).await?;
        let miles = client.miles();
        let cancels = miles.cancels();
        let failed = |error: netmile::Error| refused(context, &error);
        let Some(tran_id) = &arguments.tran_id else {
            let waiting = cancels.unresolved(arguments.limit).await.map_err(failed)?;
            return Ok(answer(context, &waiting, listed(context, &waiting)));
        };
        let mut wish = cancels.get(tran_id).await.map_err(failed)?;
        if arguments.review {
            let verdict = verdict(context, arguments, &wish)?;
            wish = cancels.review(tran_id, verdict).await.map_err(failed)?;
        }
        let text = shown(context, &wish);
        Ok(answer(context, &[wish], text))
    })
}

/// What a person found out, over what the journal knows already.
fn verdict(
    context: &Context,
    arguments: &Cancels,
    wish: &Cancel,
) -> Result<Review<Cancellation>, Failure> {
    if arguments.not_there {
        return Ok(Review::Missing);
    }
    let known = wish.answer.as_ref();
    let known_id = known.map(|known| known.cancellation_id.as_str());
    let given_id = arguments.cancellation_id.as_deref();
    if known_id.is_some_and(|known| given_id.is_some_and(|given| given != known)) {
        let text = context.say(
            "cancellation_id is another one in the journal",
            "cancellation_id がジャーナルの記録と異なります",
        );
        return Err(Failure::usage("conflict", text));
    }
    let Some(cancellation_id) = given_id.or(known_id) else {
        let text = context.say(
            "the journal does not know NetMile's id of this wish: give it with --cancellation-id",
            "この取消の ID がジャーナルにありません。--cancellation-id で指定してください",
        );
        return Err(Failure::usage("cancellation_id_missing", text));
    };
    let not_told = || CancelRefusal::Other("none_given".to_owned());
    let mut named = Vec::new();
    for (ids, standing) in [
        (&arguments.cancelled, CancelStanding::Cancelled),
        (&arguments.approved, CancelStanding::Approved),
        (
            &arguments.declined,
            CancelStanding::Rejected(CancelRefusal::Declined),
        ),
        (&arguments.refused, CancelStanding::Refused(not_told())),
        (&arguments.applied, CancelStanding::Applied),
    ] {
        named.extend(ids.iter().map(|id| CancelResult {
            issuance_id: id.clone(),
            standing: standing.clone(),
        }));
    }
    let is_named = |id: &str| named.iter().any(|result| result.issuance_id == id);
    let mut results: Vec<_> = known
        .into_iter()
        .flat_map(|known| &known.results)
        .filter(|result| !is_named(&result.issuance_id))
        .cloned()
        .collect();
    results.extend(named);
    Ok(Review::Happened(Cancellation {
        cancellation_id: cancellation_id.to_owned(),
        reason: wish.task.reason().clone(),
        results,
    }))
}

fn answer(context: &Context, wishes: &[Cancel], text: String) -> Answer {
    let waits = |wish: &Cancel| wish.phase.is_open() || wish.is_pending();
    let exit = if wishes.iter().any(waits) {
        Exit::Problem
    } else {
        Exit::Fine
    };
    let text = if text.is_empty() {
        context
            .say("nothing waits", "結果や確認を待つ取消はありません")
            .to_owned()
    } else {
        text
    };
    let wishes: Vec<_> = wishes.iter().map(as_json).collect();
    Answer::new(exit, json!({ "cancels": wishes }), text)
}

fn listed(context: &Context, wishes: &[Cancel]) -> String {
    let row = |wish: &Cancel| {
        let issues = wish.task.issuance_ids().len();
        vec![
            printable(wish.tran_id(), 64),
            context.lang.counted(
                u64::try_from(issues).unwrap_or(u64::MAX),
                ["issue", "issues"],
                "件",
            ),
            describe::at(wish.since),
            describe::transaction_phase(context, wish.phase).to_owned(),
        ]
    };
    table(&wishes.iter().map(row).collect::<Vec<_>>())
}

/// One wish, with each of its issues.
fn shown(context: &Context, wish: &Cancel) -> String {
    let line = |(en, ja): (&str, &str), text: String| vec![context.say(en, ja).to_owned(), text];
    let mut rows = vec![
        line(("wish", "取消"), printable(wish.tran_id(), 64)),
        line(
            ("state", "状態"),
            describe::transaction_phase(context, wish.phase).to_owned(),
        ),
        line(("since", "日時"), describe::at(wish.since)),
        line(("reason", "理由"), printable(wish.task.reason().name(), 40)),
    ];
    if let Some(answer) = &wish.answer {
        let id = printable(&answer.cancellation_id, 40);
        rows.push(line(("NetMile's id", "ネットマイルの取消 ID"), id));
    }
    if let Some(rejection) = &wish.rejection {
        let code = printable(&rejection.code, 40);
        rows.push(line(("why", "理由のコード"), code));
    }
    let mut text = table(&rows);
    let issues = wish.task.issuance_ids().iter().map(|id| {
        let standing = standing(wish, id).map_or("-", |is| standing_text(context, is));
        vec![format!("  {}", printable(id, 40)), standing.to_owned()]
    });
    text.push('\n');
    text.push_str(&table(&issues.collect::<Vec<_>>()));
    if wish.phase == Phase::NeedsReview {
        let id = printable(wish.tran_id(), 64);
        text.push_str(&match context.lang {
            Lang::En => format!(
                "\nAsk NetMile what became of it, and record that: netmile cancels {id} --review …"
            ),
            Lang::Ja => format!(
                "\nネットマイルに結果を問い合わせ、netmile cancels {id} --review … で記録してください。"
            ),
        });
    }
    text
}

fn standing<'w>(wish: &'w Cancel, id: &str) -> Option<&'w CancelStanding> {
    let answer = wish.answer.as_ref()?;
    let result = answer.results.iter().find(|is| is.issuance_id == id);
    result.map(|result| &result.standing)
}

fn standing_text(context: &Context, standing: &CancelStanding) -> &'static str {
    let (en, ja) = match standing {
        CancelStanding::Cancelled => ("cancelled", "取消済み"),
        CancelStanding::Applied => ("NetMile decides", "承認待ち"),
        CancelStanding::Approved => ("cancelled: NetMile approved", "取消済み（承認）"),
        CancelStanding::Rejected(_) => ("stays: NetMile declined", "取消されません（否認）"),
        CancelStanding::Refused(_) => ("stays: not possible", "取消できません"),
    };
    context.say(en, ja)
}

fn as_json(wish: &Cancel) -> Value {
    let issues = wish.task.issuance_ids().iter().map(|id| {
        let (name, why) = match standing(wish, id) {
            None => (None, None),
            Some(CancelStanding::Cancelled) => (Some("cancelled"), None),
            Some(CancelStanding::Applied) => (Some("applied"), None),
            Some(CancelStanding::Approved) => (Some("approved"), None),
            Some(CancelStanding::Rejected(why)) => (Some("rejected"), Some(why)),
            Some(CancelStanding::Refused(why)) => (Some("refused"), Some(why)),
        };
        json!({ "issuance_id": id, "standing": name, "why": why })
    });
    let issues: Vec<_> = issues.collect();
    let mut json = describe::transaction_json(wish);
    if let Some(object) = json.as_object_mut() {
        object.insert("reason".to_owned(), json!(wish.task.reason().name()));
        let id = wish.answer.as_ref().map(|answer| &answer.cancellation_id);
        object.insert("cancellation_id".to_owned(), json!(id));
        object.insert("issues".to_owned(), json!(issues));
    }
    json
}
