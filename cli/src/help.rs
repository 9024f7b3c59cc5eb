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
  netmile explain-code --json 40126999   for scripts

Exit code 1 means that a code is not in the catalogue.",
        "例:
  netmile explain-code 10103005          API 型のコード
  netmile explain-code 5101              リンク型のコード
  netmile explain-code 503               決済ゲートウェイの HTTP ステータス
  netmile explain-code --json 40126999   スクリプト用

カタログにないコードがある場合、終了コードは 1 です。",
    ),
    (
        "netmile explain-hash",
        "Examples:
  netmile explain-hash --key-file hash.key form.txt
  NETMILE_HASH_KEY=… netmile explain-hash < form.txt
  netmile explain-hash --message purchase --hash 97d4612f… form.txt

FILE holds the body as it was posted: name=value&name=value…
Exit code 1 means that the hash is not correct.",
        "例:
  netmile explain-hash --key-file hash.key form.txt
  NETMILE_HASH_KEY=… netmile explain-hash < form.txt
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
        "netmile notify",
        "Examples:
  netmile notify purchase --to http://127.0.0.1:9000/notify --merchant-id 99999 --service-id 001
  netmile notify list
  netmile notify resend 00000000000001 --fault wrong-hash
  netmile notify later 00000000000001 CR
  netmile notify slip 00000000000002 confirmed
  netmile notify deposit preliminary --to http://127.0.0.1:9000/api-notify --tracking-id 00000000000003

Exit code 1 means that the shop did not accept the notice.",
        "例:
  netmile notify purchase --to http://127.0.0.1:9000/notify --merchant-id 99999 --service-id 001
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
