//! The catalogue as a page of the book.

use std::fmt::Write as _;

use super::{MileCode, Table, Words, rows, words};
use crate::lang::Lang;

const INTRODUCTION: Words = words(
    "# Codes of mile issuing

[日本語](mile-codes.ja.md)

This page is generated from the data of the library: `cargo run -p netmile --example codes_page -- en miles`.

NetMile refuses to issue miles with a code of five digits. There are two tables, and `12006`, `44038` and `44039` are in both
with different wording: table and code together are the key. The text in quotes is what NetMile published; everything else is
ours. In which order the rules are checked is not public; [the reference API](reference-api.md#issuing-by-hand) says which order
we took.

```rust
use netmile::miles::codes::{self, Table};
let row = codes::lookup(Table::Manual, \"44038\").unwrap();
assert_eq!(row.id, \"too_often_in_campaign\");
```

On the command line, `netmile explain-code 44038` shows both tables ([the command](cli.md)).
",
    "# マイル発行のエラーコード

[English](mile-codes.md)

このページはライブラリのデータから生成しています（`cargo run -p netmile --example codes_page -- ja miles`）。

ネットマイルは、マイルを発行できない場合に 5 桁のコードを返します。一覧は 2 つあり、`12006`、`44038`、`44039` は文言の異なるものが
両方に含まれます。そのため、一覧とコードの組で区別します。「」内はネットマイルが公開している文言で、それ以外は本プロジェクトによる
ものです。検査の順序は公開されていません。本プロジェクトで採用した順序は[参照 API](reference-api.md#issuing-by-hand)にあります。

```rust
use netmile::miles::codes::{self, Table};
let row = codes::lookup(Table::Manual, \"44038\").unwrap();
assert_eq!(row.id, \"too_often_in_campaign\");
```

コマンドラインでは、`netmile explain-code 44038` で両方の一覧を表示できます（[コマンド](cli.ja.md)）。
",
);

/// The whole page as Markdown.
#[must_use]
pub fn markdown(lang: Lang) -> String {
    let mut page = INTRODUCTION.text(lang).to_owned();
    for table in Table::ALL {
        let title = match table {
            Table::Manual => lang.pick("Manual issuing (手動発行)", "手動発行"),
            Table::Automatic => lang.pick("Automatic issuing (自動発行)", "自動発行"),
        };
        let _ = write!(page, "\n## {title}\n\n{}\n", header(lang));
        for row in rows(table) {
            let _ = writeln!(page, "{}", line(row, lang));
        }
    }
    page
}

const fn header(lang: Lang) -> &'static str {
    lang.pick(
        "| code | meaning | what to do | who | name |\n|---|---|---|---|---|",
        "| コード | 意味 | 対応 | 対応者 | 名前 |\n|---|---|---|---|---|",
    )
}

fn line(row: &MileCode, lang: Lang) -> String {
    format!(
        "| `{}` | {}<br>「{}」 | {} | {} | `{}` |",
        row.code,
        row.meaning.text(lang),
        row.published,
        row.remedy.text(lang),
        row.actor.label(lang),
        row.id
    )
}
