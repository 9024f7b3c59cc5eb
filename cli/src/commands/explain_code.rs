//! `netmile explain-code`: the catalogues of codes.

use clap::{Args, ValueEnum};
use netmile::api::codes::{ApiCode, CODE_LEN, Class, Step, explain_http};
use netmile::link::codes as link;
use netmile::miles::codes as miles;
use serde_json::{Value, json};

use crate::context::Context;
use crate::output::{Answer, Exit, printable, table};

#[derive(Debug, Args)]
pub(crate) struct ExplainCode {
    /// Codes to explain.
    #[arg(required = true, value_name = "CODE")]
    codes: Vec<String>,
    /// Table to look in; by default told by the length: eight characters api, five digits miles, four link, three http.
    #[arg(long, value_enum, value_name = "TABLE")]
    table: Option<Table>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Table {
    Api,
    Link,
    Http,
    Miles,
}

impl Table {
    fn of(code: &str) -> Self {
        let digits = code.bytes().all(|b| b.is_ascii_digit());
        match code.len() {
            CODE_LEN => Self::Api,
            3 if digits => Self::Http,
            5 if digits => Self::Miles,
            _ => Self::Link,
        }
    }
}

/// One code explained.
struct Explained {
    known: bool,
    json: Value,
    text: String,
}

pub(crate) fn run(context: &Context, arguments: &ExplainCode) -> Answer {
    let explained: Vec<_> = arguments
        .codes
        .iter()
        .flat_map(|code| {
            let code = code.trim();
            match arguments.table.unwrap_or_else(|| Table::of(code)) {
                Table::Api => vec![api(context, code)],
                Table::Link => vec![link_type(context, code)],
                Table::Http => vec![http(context, code)],
                Table::Miles => of_miles(context, code),
            }
        })
        .collect();
    let exit = if explained.iter().all(|e| e.known) {
        Exit::Fine
    } else {
        Exit::Problem
    };
    let (codes, texts): (Vec<_>, Vec<_>) = explained.into_iter().map(|e| (e.json, e.text)).unzip();
    Answer::new(exit, json!({ "codes": codes }), texts.join("\n"))
}

fn api(context: &Context, text: &str) -> Explained {
    let lang = context.lang;
    let code = ApiCode::parse(text);
    let found = code.explain();
    let done: Vec<_> = Step::ALL
        .into_iter()
        .filter(|step| code.is_already_done(*step))
        .map(Step::name)
        .collect();
    let mut rows = Vec::new();
    let mut row = |en, ja, text: &str| rows.push(labelled(context, (en, ja), text));
    if code.is_well_formed() {
        let numbered = |number: &str, text: &str| format!("{number}  {text}");
        row(
            "method",
            "決済手段",
            &numbered(code.method(), found.method_name.text(lang)),
        );
        let kind = format!("{:3}", code.kind());
        row(
            "kind",
            "種別",
            &numbered(&kind, found.kind_meaning.text(lang)),
        );
        row("field", "項目", &numbered(code.field(), &found.field(lang)));
    } else {
        row("meaning", "意味", found.kind_meaning.text(lang));
    }
    row("class", "分類", &class(context, found.class));
    if let Some(after) = found.seen_after {
        row("seen after", "発生例", after.text(lang));
    }
    row("to do", "対応", found.remedy.text(lang));
    Explained {
        known: found.known,
        json: json!({
            "table": "api",
            "code": code,
            "known": found.known,
            "method": {"number": code.method(), "name": found.method_name.text(lang)},
            "kind": {"code": code.kind(), "meaning": found.kind_meaning.text(lang)},
            "field": {
                "number": code.field(),
                "tag": found.field_tag,
                "name": found.field_name.text(lang),
            },
            "class": found.class,
            "remedy": found.remedy.text(lang),
            "seen_after": found.seen_after.map(|after| after.text(lang)),
            "duplicate": code.is_duplicate(),
            "already_done": done,
            "must_ask_first": code.must_ask_first(),
            "provenance": found.provenance,
        }),
        text: format!("{code}\n{}", table(&rows)),
    }
}

fn labelled(context: &Context, (en, ja): (&str, &str), text: &str) -> Vec<String> {
    vec![format!("  {}", context.lang.pick(en, ja)), text.to_owned()]
}

fn class(context: &Context, class: Class) -> String {
    let (label, meaning) = (class.label(), class.meaning());
    format!(
        "{}: {}",
        label.text(context.lang),
        meaning.text(context.lang)
    )
}

fn link_type(context: &Context, code: &str) -> Explained {
    let lang = context.lang;
    let entry = link::lookup(code);
    let rows = [
        (("meaning", "意味"), entry.meaning.text(lang)),
        (("to do", "対応"), entry.remedy.text(lang)),
        (("who acts", "対応者"), actor(context, entry.actor)),
    ]
    .map(|(label, text)| labelled(context, label, text));
    Explained {
        known: entry.known,
        json: json!({
            "table": entry.table,
            "code": entry.code,
            "known": entry.known,
            "id": entry.id,
            "meaning": entry.meaning.text(lang),
            "remedy": entry.remedy.text(lang),
            "actor": entry.actor,
            "notice": entry.notice,
            "page": entry.page,
            "provenance": entry.provenance,
        }),
        text: format!("{}\n{}", printable(code, 64), table(&rows)),
    }
}

fn actor(context: &Context, actor: link::Actor) -> &'static str {
    match actor {
        link::Actor::Merchant => context.lang.pick("the shop", "ショップ"),
        link::Actor::Customer => context.lang.pick("the customer", "お客様"),
        link::Actor::Gateway => context.lang.pick("the gateway", "決済代行会社・決済機関"),
        _ => context.lang.pick("nobody", "なし"),
    }
}

fn http(context: &Context, text: &str) -> Explained {
    let lang = context.lang;
    let found = explain_http(text.parse().unwrap_or(0));
    let rows = [
        (("meaning", "意味"), found.meaning.text(lang).to_owned()),
        (("class", "分類"), class(context, found.class)),
        (("to do", "対応"), found.remedy.text(lang).to_owned()),
    ]
    .map(|(label, text)| labelled(context, label, &text));
    Explained {
        known: found.known,
        json: json!({
            "table": "http",
            "code": printable(text, 64),
            "known": found.known,
            "meaning": found.meaning.text(lang),
            "class": found.class,
            "remedy": found.remedy.text(lang),
        }),
        text: format!("HTTP {}\n{}", printable(text, 64), table(&rows)),
    }
}

/// One for each table that has the code: both tables use some numbers.
fn of_miles(context: &Context, code: &str) -> Vec<Explained> {
    let known: Vec<_> = miles::find(code)
        .map(|row| mile_code(context, row))
        .collect();
    if known.is_empty() {
        return vec![unknown_mile_code(context, code)];
    }
    known
}

fn mile_code(context: &Context, row: &miles::MileCode) -> Explained {
    let lang = context.lang;
    let rows = [
        (("meaning", "意味"), row.meaning.text(lang)),
        (("published", "公開文言"), row.published),
        (("to do", "対応"), row.remedy.text(lang)),
        (("who acts", "対応者"), row.actor.label(lang)),
    ]
    .map(|(label, text)| labelled(context, label, text));
    Explained {
        known: true,
        json: json!({
            "table": row.table,
            "code": row.code,
            "known": true,
            "id": row.id,
            "meaning": row.meaning.text(lang),
            "published": row.published,
            "remedy": row.remedy.text(lang),
            "actor": row.actor,
        }),
        text: format!("{} ({})\n{}", row.code, row.table.label(lang), table(&rows)),
    }
}

fn unknown_mile_code(context: &Context, code: &str) -> Explained {
    let meaning = context.say(
        "This code is in neither table of mile issuing. NetMile may add codes.",
        "マイル発行のどちらの一覧にもないコードです。ネットマイルでコードが追加された可能性があります。",
    );
    let remedy = context.say(
        "Ask NetMile for its meaning. Nothing was issued for the row that has it.",
        "意味をネットマイルに確認してください。このコードが付いた行のマイルは発行されていません。",
    );
    let rows = [(("meaning", "意味"), meaning), (("to do", "対応"), remedy)]
        .map(|(label, text)| labelled(context, label, text));
    Explained {
        known: false,
        json: json!({
            "table": "miles",
            "code": printable(code, 64),
            "known": false,
            "meaning": meaning,
            "remedy": remedy,
        }),
        text: format!("{}\n{}", printable(code, 64), table(&rows)),
    }
}
