//! The help, which teaches by examples, in both languages.

mod japanese;

use clap::{Command, CommandFactory as _};
use netmile::Lang;

use crate::arguments::Arguments;

/// The command line with its help in this language.
pub(crate) fn command(lang: Lang) -> Command {
    let command = examples(Arguments::command(), "netmile", lang);
    match lang {
        Lang::En => command,
        Lang::Ja => japanese::translate(command, "netmile"),
    }
}

/// Verb, examples in English, examples in Japanese.
const EXAMPLES: &[(&str, &str, &str)] = &[
    (
        "netmile",
        "Examples:
  netmile explain-code 10103005 5101
  netmile explain-hash < posted-form.txt
  netmile doctor --environment test --notify-url https://shop.example/notify
  netmile notify purchase --to http://127.0.0.1:9000/notify
  netmile inquire ORDER-0001
  netmile reconcile statement.csv --month 202601
  netmile clock advance 1mo

Keys are never given on the command line: use --key-file, NETMILE_HASH_KEY, or hash_key_file in netmile.toml.

Exit codes:
  0  done, and nothing is wrong
  1  done, and something is wrong
  2  wrong usage: arguments, configuration or input
  3  something could not be reached or read
  4  sent, but the answer never came: the outcome is unknown",
        "例:
  netmile explain-code 10103005 5101
  netmile explain-hash < posted-form.txt
  netmile doctor --environment test --notify-url https://shop.example/notify
  netmile notify purchase --to http://127.0.0.1:9000/notify
  netmile inquire ORDER-0001
  netmile reconcile statement.csv --month 202601
  netmile clock advance 1mo

キーはコマンドラインに指定しません。--key-file、環境変数 NETMILE_HASH_KEY、または netmile.toml の hash_key_file を使用します。

終了コード:
  0  完了（問題なし）
  1  完了（問題あり）
  2  使い方の誤り（引数、設定、入力）
  3  接続または読み込みができない
  4  送信したが応答がなく、結果が不明",
    ),
    (
        "netmile explain-code",
        "Examples:
  netmile explain-code 10103005          a code of the API type
  netmile explain-code 5101              a code of the link type
  netmile explain-code 503               an HTTP status of the gateway
  netmile explain-code 44038             a code of mile issuing, from both tables
  netmile explain-code --json 40126999   for scripts

Exit code 1 means that a code is not in the catalogue.",
        "例:
  netmile explain-code 10103005          API 型のコード
  netmile explain-code 5101              リンク型のコード
  netmile explain-code 503               決済ゲートウェイの HTTP ステータス
  netmile explain-code 44038             マイル発行のコード（両方の一覧から）
  netmile explain-code --json 40126999   スクリプト用

カタログにないコードがある場合、終了コードは 1 です。",
    ),
    (
        "netmile explain-hash",
        "Examples:
  netmile explain-hash --key-file hash.key form.txt
  NETMILE_HASH_KEY=… netmile explain-hash < form.txt
  netmile explain-hash --key-file hash.key request.xml
  netmile explain-hash --message purchase --hash 97d4612f… form.txt

FILE holds the body as it was posted: name=value&name=value…
Exit code 1 means that the hash is not correct.",
        "例:
  netmile explain-hash --key-file hash.key form.txt
  NETMILE_HASH_KEY=… netmile explain-hash < form.txt
  netmile explain-hash --key-file hash.key request.xml
  netmile explain-hash --message purchase --hash 97d4612f… form.txt

ファイルには、送信された本文をそのまま保存します: name=value&name=value…
ハッシュが正しくない場合、終了コードは 1 です。",
    ),
    (
        "netmile doctor",
        "Examples:
  netmile doctor                                     everything that netmile.toml names
  netmile doctor --mock http://127.0.0.1:8080
  netmile doctor --notify-url https://shop.example/notify --merchant-id 99999 --service-id 001

Nothing is bought: endpoints are asked by HEAD. The test notice tells of a failed purchase that nobody made.
Exit code 1 means that something is wrong, 3 that something could not be reached.",
        "例:
  netmile doctor                                     netmile.toml の設定をすべて確認
  netmile doctor --mock http://127.0.0.1:8080
  netmile doctor --notify-url https://shop.example/notify --merchant-id 99999 --service-id 001

購入は行いません。接続先には HEAD で問い合わせます。テスト通知は、存在しない購入の失敗を知らせるものです。
問題がある場合の終了コードは 1、接続できない場合は 3 です。",
    ),
    (
        "netmile inquire",
        "Examples:
  netmile inquire ORDER-0001
  netmile inquire --json ORDER-0001

Needs netmile.toml: merchant_id, service_id, hash_key_file, [endpoints], [journal], and [[methods]] for NetMile.
No money moves. What the gateway tells about deposits, and about refunds made on its management page, is written into
the journal. Exit code 1 means that the gateway has no such payment, 3 that it gave no usable answer.",
        "例:
  netmile inquire ORDER-0001
  netmile inquire --json ORDER-0001

netmile.toml に merchant_id、service_id、hash_key_file、[endpoints]、[journal] と、ネットマイルの [[methods]] が必要です。
お金は動きません。入金、および管理画面で行われた返金が判明した場合は、ジャーナルに記録します。
該当する決済がない場合の終了コードは 1、有効な応答がない場合は 3 です。",
    ),
    (
        "netmile refund",
        "Examples:
  netmile refund ORDER-0001                              everything, or the cancel of what is only reserved
  netmile refund ORDER-0001 --part shipping --amount 500

The journal remembers: the same command again refunds nothing twice, it tells what became of the refund. A second part
needs a name of its own.
Exit code 1 means that the gateway refused. 4 means that no answer came: the refund may have been made or not. Make no
other refund then; `netmile resolve ORDER-0001` finds out.",
        "例:
  netmile refund ORDER-0001                              全額を返金（売上前の場合は取消）
  netmile refund ORDER-0001 --part shipping --amount 500

返金はジャーナルに記録されます。同じコマンドをもう一度実行しても二重に返金されることはなく、結果が表示されます。
部分返金を複数回行う場合は、それぞれ異なる名前を指定してください。
決済ゲートウェイが拒否した場合の終了コードは 1 です。4 は応答がなく、返金されたかどうか分からないことを示します。
その場合は別の返金を行わず、`netmile resolve ORDER-0001` で確認してください。",
    ),
    (
        "netmile unresolved",
        "Examples:
  netmile unresolved
  netmile unresolved --json --limit 1000

Reads the journal only. Exit code 1 means that something waits.",
        "例:
  netmile unresolved
  netmile unresolved --json --limit 1000

ジャーナルを読むだけで、何も送信しません。未解決のものがある場合、終了コードは 1 です。",
    ),
    (
        "netmile resolve",
        "Examples:
  netmile resolve                one round over everything that is due
  netmile resolve ORDER-0001     this payment, or these miles, now

Asks the gateway or NetMile, and sends again only what cannot happen twice. A running shop does the same by itself; both at once do
no harm. Exit code 1 means that something is still open: look again later.",
        "例:
  netmile resolve                確認時期を迎えたものをすべて 1 回確認
  netmile resolve ORDER-0001     この決済またはマイルの処理を今すぐ確認

決済ゲートウェイまたはネットマイルに照会し、二重に処理されることのない要求だけを再送します。稼働中のショップも同じことを自動で行います。
同時に実行しても問題ありません。未解決のものが残った場合、終了コードは 1 です。後でもう一度実行してください。",
    ),
    (
        "netmile reconcile",
        "Examples:
  netmile reconcile statement.csv --month 202601
  netmile reconcile statement.csv --month 202601 --repair
  netmile reconcile january.csv february.csv --month 202601 --repair
  netmile reconcile gateway.csv --month 202601 --profile columns.toml

What was lost within a day of a month's end can be in the file of either month: give both, in their order.
A statement that was cut or edited is refused as a whole. Without --repair nothing changes. With it, the journal records
what the file proves; money to be given back and contradictions stay with a person.
Exit code 1 means that file and journal differ, with --repair that they still do.",
        "例:
  netmile reconcile statement.csv --month 202601
  netmile reconcile statement.csv --month 202601 --repair
  netmile reconcile january.csv february.csv --month 202601 --repair
  netmile reconcile gateway.csv --month 202601 --profile columns.toml

月末・月初の 1 日以内に結果が不明になったものは、どちらの月のファイルにも載る可能性があります。両方のファイルを順に指定してください。
途切れたファイルや編集されたファイルは、全体を使用しません。--repair を指定しない場合、何も変更しません。
指定した場合は、ファイルが証明する内容をジャーナルに記録します。返金が必要なものと矛盾するものは、担当者が対応します。
ファイルとジャーナルに相違がある場合（--repair を指定したときは、修復後も相違が残る場合）、終了コードは 1 です。",
    ),
    (
        "netmile issue",
        "Examples:
  netmile issue --check rewards.csv                                  checks the file, sends nothing
  netmile issue rewards.csv --campaign 46255 --batch 2026-11-rewards
  netmile issue rewards.csv --campaign 46255 --batch 2026-11-rewards --deposit 7 --leave-out-faulty

FILE has three columns: mail address (or user id), designated key, miles; with or without a header row, in CP932 (what Excel
saves) or UTF-8 with a byte order mark. All of it is checked before anything is sent. Larger files than 10,000 rows are split.

The batch id makes it happen once. If the command was stopped, give it again: it goes on, and issues no row twice. Next
month's file needs another batch id.

It leaves FILE.refused.csv, the rows that NetMile refused with their code, and FILE.faults.csv if the file has faults. Both
hold personal data. Once every row has its outcome, FILE.result.json has the proven sums: rows and miles in = issued + refused.

Needs [site] and [journal] in netmile.toml. Exit code 1 means that rows were refused or left out, 2 that the file has faults
and nothing was sent, 4 that NetMile has not told the outcome of all rows yet: give the same command again.",
        "例:
  netmile issue --check rewards.csv                                  ファイルの検査だけを行い、何も送信しない
  netmile issue rewards.csv --campaign 46255 --batch 2026-11-rewards
  netmile issue rewards.csv --campaign 46255 --batch 2026-11-rewards --deposit 7 --leave-out-faulty

ファイルは 3 列（メールアドレスまたはユーザー ID、指定キー、マイル発行数）です。見出し行は省略できます。文字コードは CP932（Excel の
「CSV (カンマ区切り)」）または BOM 付き UTF-8 です。送信前に全体を検査し、10,000 件を超えるファイルは分割して送信します。

同じバッチ ID で二重に発行されることはありません。途中で止まった場合は、同じコマンドをもう一度実行すると続きから再開します。
翌月のファイルには別のバッチ ID を指定してください。

ネットマイルが拒否した行は、コードとともに「ファイル名.refused.csv」に出力します。ファイルに誤りがある場合は「ファイル名.faults.csv」に
出力します。どちらも個人情報を含みます。すべての行の結果が確定すると、照合済みの合計（件数・マイル数とも「送信 = 発行 + 拒否」）を
「ファイル名.result.json」に出力します。

netmile.toml に [site] と [journal] が必要です。拒否または除外された行がある場合の終了コードは 1、ファイルに誤りがあり何も送信
していない場合は 2 です。4 は、まだ結果の分からない行があることを示します。同じコマンドをもう一度実行してください。",
    ),
    (
        "netmile uploads",
        "Examples:
  netmile uploads                                                     what waits for NetMile or for a person
  netmile uploads --ask                                               asks NetMile first
  netmile uploads --batch 2026-11-rewards                             all uploads of a batch
  netmile uploads --batch 2026-11-rewards --review 10001 --not-there
  netmile uploads --batch 2026-11-rewards --review 10001 --refused 3 --refused-miles 300

`netmile issue` splits a file into uploads. Where NetMile does not tell what became of one, look it up on the management site
and record it with --review; then give the same `netmile issue` again. What is not there is asked about once more, and sent
again only if NetMile does not know it.

Needs [site] and [journal] in netmile.toml. Exit code 1 means that an upload of the list is not finished.",
        "例:
  netmile uploads                                                     結果待ち・要確認のアップロード
  netmile uploads --ask                                               先にネットマイルに照会
  netmile uploads --batch 2026-11-rewards                             バッチのすべてのアップロード
  netmile uploads --batch 2026-11-rewards --review 10001 --not-there
  netmile uploads --batch 2026-11-rewards --review 10001 --refused 3 --refused-miles 300

`netmile issue` はファイルを分割してアップロードします。結果を得られないアップロードは、マネージメントサイトで確認した内容を --review で
記録し、同じ `netmile issue` をもう一度実行してください。登録がないと記録したものは、もう一度照会し、ネットマイルにない場合だけ再送
します。

netmile.toml に [site] と [journal] が必要です。完了していないアップロードが一覧にある場合、終了コードは 1 です。",
    ),
    (
        "netmile cancels",
        "Examples:
  netmile cancels                                                     what waits for an outcome or a person
  netmile cancels CANCEL-7                                            each issue of one wish
  netmile cancels CANCEL-7 --review --approved I100,I101 --declined I102
  netmile cancels CANCEL-7 --review --cancellation-id C55 --cancelled I100 --refused I101,I102
  netmile cancels CANCEL-7 --review --not-there

A wish to cancel needs review when NetMile has not decided for 14 days, or never told what became of it: ask NetMile in person
and record the answer. Every issue of the wish must have one; those that the journal knows already need not be named. What is
not there may be wished again under the same tran_id. `netmile resolve CANCEL-7` asks NetMile's server once more.

Needs [site] and [journal] in netmile.toml. Exit code 1 means that a wish of the list waits.",
        "例:
  netmile cancels                                                     結果待ち・要確認の取消
  netmile cancels CANCEL-7                                            1 つの取消の発行ごとの結果
  netmile cancels CANCEL-7 --review --approved I100,I101 --declined I102
  netmile cancels CANCEL-7 --review --cancellation-id C55 --cancelled I100 --refused I101,I102
  netmile cancels CANCEL-7 --review --not-there

14 日を過ぎても承認も否認もされない取消と、結果を得られない取消は要確認になります。ネットマイルに直接問い合わせ、回答を記録して
ください。すべての発行について結果が必要ですが、ジャーナルに記録済みのものは省略できます。登録がないと記録した取消は、同じ tran_id で
もう一度申請できます。`netmile resolve CANCEL-7` はサーバーにもう一度照会します。

netmile.toml に [site] と [journal] が必要です。結果や確認を待つ取消が一覧にある場合、終了コードは 1 です。",
    ),
    (
        "netmile notify",
        "Examples:
  netmile notify purchase --to http://127.0.0.1:9000/notify --merchant-id 99999 --service-id 001
  netmile notify registration --to http://127.0.0.1:9000/notify
  netmile notify application --to http://127.0.0.1:9000/notify
  netmile notify list
  netmile notify resend 00000000000001 --fault wrong-hash
  netmile notify later 00000000000001 CR
  netmile notify slip 00000000000002 confirmed
  netmile notify deposit preliminary --to http://127.0.0.1:9000/api-notify --tracking-id 00000000000003

Exit code 1 means that the shop did not accept the notice.",
        "例:
  netmile notify purchase --to http://127.0.0.1:9000/notify --merchant-id 99999 --service-id 001
  netmile notify registration --to http://127.0.0.1:9000/notify
  netmile notify application --to http://127.0.0.1:9000/notify
  netmile notify list
  netmile notify resend 00000000000001 --fault wrong-hash
  netmile notify later 00000000000001 CR
  netmile notify slip 00000000000002 confirmed
  netmile notify deposit preliminary --to http://127.0.0.1:9000/api-notify --tracking-id 00000000000003

ショップが通知を受け付けなかった場合、終了コードは 1 です。",
    ),
    (
        "netmile clock",
        "Examples:
  netmile clock                  shows it
  netmile clock advance 30d
  netmile clock advance 1mo      a calendar month, in Japan time
  netmile clock to 2026-03-01",
        "例:
  netmile clock                  時計を表示
  netmile clock advance 30d
  netmile clock advance 1mo      1 か月（日本時間の暦）
  netmile clock to 2026-03-01",
    ),
];

fn examples(mut command: Command, path: &str, lang: Lang) -> Command {
    if let Some((_, en, ja)) = EXAMPLES.iter().find(|(verb, ..)| *verb == path) {
        command = command.after_help(lang.pick(en, ja).to_owned());
    }
    for name in subcommands(&command) {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |inner| examples(inner, &path, lang));
    }
    command
}

fn subcommands(command: &Command) -> Vec<String> {
    let names = command.get_subcommands().map(|inner| inner.get_name());
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help_of(command: &mut Command) -> String {
        command.render_help().to_string()
    }

    fn every_help(mut command: Command, path: &str, texts: &mut Vec<(String, String)>) {
        texts.push((path.to_owned(), help_of(&mut command)));
        for name in subcommands(&command) {
            let inner = command.find_subcommand(&name).unwrap().clone();
            every_help(inner, &format!("{path} {name}"), texts);
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command(Lang::En).debug_assert();
        command(Lang::Ja).debug_assert();
    }

    #[test]
    fn every_verb_has_examples_and_every_example_a_verb() {
        let verbs = subcommands(&Arguments::command());
        for verb in &verbs {
            let path = format!("netmile {verb}");
            assert!(EXAMPLES.iter().any(|(known, ..)| *known == path), "{path}");
        }
        assert_eq!(EXAMPLES.len(), verbs.len() + 1);
        for (verb, en, ja) in EXAMPLES {
            let lines = |text: &str| text.lines().filter(|l| l.starts_with("  netmile")).count();
            assert_eq!(lines(en), lines(ja), "{verb}");
        }
    }

    #[test]
    fn japanese_help_has_no_english_sentence() {
        let mut texts = Vec::new();
        every_help(command(Lang::Ja), "netmile", &mut texts);
        assert!(texts.len() > 8);
        for (path, text) in texts {
            for word in [
                " the ",
                " of ",
                "Prints",
                "Usage",
                "Options",
                "Commands",
                "Arguments",
            ] {
                assert!(!text.contains(word), "{path}: {word}\n{text}");
            }
        }
    }
}
