//! The catalogue as a page of the book.

use std::fmt::Write as _;

use super::by_method::TABLES;
use super::common::COMMON;
use super::fields::{self, FieldRow};
use super::http::STATUSES;
use super::kind::{KindRow, words};
use super::methods::METHODS;
use super::seen::SEEN;
use super::{Class, Provenance, Step, Words};
use crate::lang::Lang;

const INTRODUCTION: Words = words(
    "# Result codes of the API type

[日本語](codes.ja.md)

This page is generated from the data of the library: `cargo run -p netmile --example codes_page -- en`.

An answer with `res_result` = `NG` carries a code of eight letters and digits in `res_err_code`: payment method (3),
kind (2), field (3). `10103005` reads: credit card, a required value is missing, `item_id`. The gateway adds codes without
notice, so a code that nobody knows is kept as it is. Wording and classes are ours; where the facts come from is in the
protocol notes (`docs/protocol/api-type.md`, section Codes).

```rust
use netmile::api::codes::{ApiCode, Class};
let explanation = ApiCode::parse(\"10103005\").explain();
assert_eq!(explanation.class, Class::Bug);
```

On the command line: `netmile explain-code 10103005` ([the command](cli.md)). Codes with four digits belong to the link
type: see [errors](errors.md#codes-of-the-gateway).
",
    "# API 型の結果コード

[English](codes.md)

このページはライブラリのデータから生成しています（`cargo run -p netmile --example codes_page -- ja`）。

`res_result` が `NG` の応答には、`res_err_code` に英数字 8 文字のコードが入ります。内訳は、決済手段（3 文字）、種別（2 文字）、
項目（3 文字）です。`10103005` は「クレジットカード、必須の項目が設定されていない、`item_id`」を表します。コードは予告なく
追加されることがあるため、未知のコードもそのまま保持します。文言と分類は本プロジェクトによるものです。根拠は通信仕様のメモ
（`docs/protocol/api-type.md` の Codes）にあります。

```rust
use netmile::api::codes::{ApiCode, Class};
let explanation = ApiCode::parse(\"10103005\").explain();
assert_eq!(explanation.class, Class::Bug);
```

コマンドラインでは `netmile explain-code 10103005` を使います（[コマンド](cli.ja.md)）。数字 4 桁のコードはリンク型のものです。
[エラー](errors.ja.md#ゲートウェイのコード)を参照してください。
",
);

/// The whole page as Markdown: classes, kinds, fields, methods, codes that were seen, HTTP statuses.
#[must_use]
pub fn markdown(lang: Lang) -> String {
    let mut page = INTRODUCTION.text(lang).to_owned();
    classes(&mut page, lang);
    kinds(&mut page, lang);
    field_numbers(&mut page, lang);
    method_numbers(&mut page, lang);
    seen_codes(&mut page, lang);
    statuses(&mut page, lang);
    page
}

fn classes(page: &mut String, lang: Lang) {
    heading(page, 2, lang.pick("Classes", "分類"));
    header(
        page,
        lang,
        &[words("class", "分類"), words("meaning", "意味")],
    );
    for class in Class::ALL {
        let name = format!("{} (`{}`)", class.label().text(lang), class.name());
        line(page, &[&name, class.meaning().text(lang)]);
    }
    paragraph(
        page,
        lang.pick(
            "Before a step that moves money is repeated, replaced or given up, ask what became of it (inquiry, notice,\n\
             statement) if the class is `unknown_outcome`, if the kind begins with 8, or if it is 94 or 96:\n\
             `must_ask_first()`. A kind that is not on this page is `final`, since the gateway said NG, unless it begins with 8\n\
             or 9: then it is `unknown_outcome`.",
            "金銭が動く処理は、分類が `unknown_outcome` の場合、種別が 8 で始まる場合、または種別が 94・96 の場合、やり直し・置き換え・\n\
             断念の前に、照会、通知、精算データで結果を確認します（`must_ask_first()`）。このページにない種別は、NG の応答であるため\n\
             `final` とします。ただし 8 または 9 で始まる場合は `unknown_outcome` です。",
        ),
    );
}

fn kinds(page: &mut String, lang: Lang) {
    heading(
        page,
        2,
        lang.pick("Kinds common to all methods", "全決済手段に共通の種別"),
    );
    kind_table(page, COMMON, lang);
    heading(
        page,
        2,
        lang.pick("Kinds of some methods", "決済手段ごとの種別"),
    );
    paragraph(
        page,
        lang.pick(
            "They come before the common ones. No table is public for the point methods or NetMile. A method whose number the\n\
             contract sets is explained by the carriers' kinds too (assumed), but none of them counts as done there.",
            "共通の種別より優先します。ポイント決済と NetMile の一覧は公開されていません。契約で番号が決まる決済手段は、キャリア決済の種別でも\n\
             説明します（想定）。ただし、完了とみなす処理はありません。",
        ),
    );
    for table in TABLES {
        heading(page, 3, table.title.text(lang));
        kind_table(page, table.rows, lang);
    }
}

fn kind_table(page: &mut String, rows: &[KindRow], lang: Lang) {
    header(
        page,
        lang,
        &[
            words("kind", "種別"),
            words("meaning", "意味"),
            words("class", "分類"),
            words("what to do", "対応"),
        ],
    );
    for row in rows {
        let mut kinds = row.kinds.replace('-', "–");
        if !row.methods.is_empty() {
            let _ = write!(kinds, " ({})", row.methods.join(", "));
        }
        let mut meaning = row.meaning.text(lang).to_owned();
        if !row.done.is_empty() {
            let steps: Vec<_> = row.done.iter().map(|step| step_name(*step)).collect();
            let _ = write!(
                meaning,
                "{}{}",
                lang.pick(" Counts as done: ", "完了とみなす処理: "),
                steps.join(", ")
            );
            meaning.push_str(lang.pick(".", "。"));
        }
        if row.provenance == Provenance::Assumed {
            meaning.push_str(lang.pick(" Mock only.", "モックのみ。"));
        }
        line(
            page,
            &[
                &kinds,
                &meaning,
                row.class.label().text(lang),
                row.remedy.text(lang),
            ],
        );
    }
}

fn step_name(step: Step) -> String {
    format!("`{}`", step.name())
}

fn field_numbers(page: &mut String, lang: Lang) {
    heading(page, 2, lang.pick("Fields", "項目"));
    field_table(page, fields::COMMON, lang);
    for table in fields::BY_METHOD {
        heading(page, 3, table.title.text(lang));
        field_table(page, table.rows, lang);
    }
}

fn field_table(page: &mut String, rows: &[FieldRow], lang: Lang) {
    header(
        page,
        lang,
        &[
            words("number", "番号"),
            words("tag", "タグ"),
            words("field", "項目"),
        ],
    );
    for row in rows {
        let tag = row.tag.map_or("–".to_owned(), |tag| format!("`{tag}`"));
        line(page, &[row.number, &tag, row.name.text(lang)]);
    }
}

fn method_numbers(page: &mut String, lang: Lang) {
    heading(page, 2, lang.pick("Methods", "決済手段"));
    header(
        page,
        lang,
        &[words("number", "番号"), words("method", "決済手段")],
    );
    for row in METHODS {
        line(page, &[row.number, row.name.text(lang)]);
    }
    paragraph(
        page,
        lang.pick(
            "NetMile has no public number: its contract sets one.",
            "NetMile の番号は公開されていません。契約で決まります。",
        ),
    );
}

fn seen_codes(page: &mut String, lang: Lang) {
    heading(
        page,
        2,
        lang.pick("Codes that were seen", "確認されたコード"),
    );
    header(
        page,
        lang,
        &[
            words("code", "コード"),
            words("after", "発生した状況"),
            words("root id", "ルートの id"),
        ],
    );
    for row in SEEN {
        let root = if row.without_id {
            lang.pick("missing", "なし")
        } else {
            "–"
        };
        line(page, &[row.code, row.after.text(lang), root]);
    }
}

fn statuses(page: &mut String, lang: Lang) {
    heading(page, 2, lang.pick("HTTP statuses", "HTTP ステータス"));
    paragraph(
        page,
        lang.pick(
            "Business results, good or bad, come with 200. A status that is not listed leaves the outcome unknown.",
            "処理結果は、OK でも NG でも 200 で返ります。一覧にないステータスの場合、結果は不明です。",
        ),
    );
    header(
        page,
        lang,
        &[
            words("status", "ステータス"),
            words("meaning", "意味"),
            words("class", "分類"),
            words("what to do", "対応"),
        ],
    );
    for row in STATUSES {
        line(
            page,
            &[
                &row.status.to_string(),
                row.meaning.text(lang),
                row.class.label().text(lang),
                row.remedy.text(lang),
            ],
        );
    }
}

fn heading(page: &mut String, level: usize, title: &str) {
    let _ = write!(page, "\n{} {title}\n\n", "#".repeat(level));
}

fn paragraph(page: &mut String, text: &str) {
    if !page.ends_with("\n\n") {
        page.push('\n');
    }
    page.push_str(text);
    page.push('\n');
}

fn header(page: &mut String, lang: Lang, columns: &[Words]) {
    if !page.ends_with("\n\n") {
        page.push('\n');
    }
    let names: Vec<_> = columns.iter().map(|column| column.text(lang)).collect();
    line(page, &names);
    let _ = writeln!(page, "|{}", "---|".repeat(columns.len()));
}

fn line(page: &mut String, cells: &[&str]) {
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}
