//! The help in Japanese.

use clap::Command;

use super::subcommands;

/// Command or argument, and its text. An argument is looked up under its command first, then under `*`.
#[rustfmt::skip]
const TEXTS: &[(&str, &str, &str)] = &[
    ("netmile", "", "コードやハッシュの説明、設定の確認、決済の照会・返金・突合、モックゲートウェイの操作を行います。"),
    ("netmile inquire", "", "決済の結果を決済ゲートウェイに照会します。"),
    ("netmile inquire", "id", "決済の ID（決済ゲートウェイでの購入 ID）。"),
    ("netmile refund", "", "決済の全額または一部を返金します。"),
    ("netmile refund", "id", "決済の ID（決済ゲートウェイでの購入 ID）。"),
    ("netmile refund", "part", "部分返金の名前（任意に付けます）。同じ名前で二重に返金されることはありません。"),
    ("netmile refund", "amount", "部分返金の金額（円）。"),
    ("netmile unresolved", "", "結果が不明な決済とマイルの処理、担当者の確認が必要なものを一覧表示します。"),
    ("netmile unresolved", "limit", "種類ごとの最大表示件数。"),
    ("netmile resolve", "", "結果が不明な決済とマイルの処理の結果を確認します。"),
    ("netmile resolve", "ids", "今すぐ確認する決済の ID、またはマイルの処理の tran_id。省略時は、確認時期を迎えたものを確認します。"),
    ("netmile reconcile", "", "ジャーナルと精算ファイルを突合します。"),
    ("netmile reconcile", "statements", "ダウンロードしたままの精算ファイル。連続する月のファイルを続けて指定できます。"),
    ("netmile reconcile", "month", "（最初の）精算ファイルの対象月。"),
    ("netmile reconcile", "profile", "精算ファイルの形式（TOML または JSON）。省略時は、モックが出力する標準形式です。"),
    ("netmile reconcile", "repair", "ファイルが証明する内容をジャーナルに記録します。お金は動きません。"),
    ("netmile explain-code", "", "決済ゲートウェイの結果コードや HTTP ステータスの意味と対応を説明します。"),
    ("netmile explain-hash", "", "ハッシュが一致しない原因（計算方法の誤り）を特定します。"),
    ("netmile doctor", "", "キー、時計、接続先、ショップの通知先を確認します。"),
    ("netmile issue", "", "CSV ファイルのマイルを発行します（件数の制限はありません）。"),
    ("netmile issue", "file", "発行データの CSV ファイル。"),
    ("netmile issue", "campaign", "キャンペーン ID。"),
    ("netmile issue", "batch", "この発行の ID（任意に付けます。半角英数字と . _ - で 40 文字以内）。同じ ID で二重に発行されることはありません。"),
    ("netmile issue", "method", "マイル発行方法（1 列目の内容）。"),
    ("netmile issue", "deposit", "振込の時期: campaign（キャンペーンの設定）、now（すぐに振込む）、または発行からの日数。"),
    ("netmile issue", "no_deposit_mail", "振込完了メールを送信しません。"),
    ("netmile issue", "text", "マイル振込メールの差込文（500 文字以内）。"),
    ("netmile issue", "notify", "処理の完了を知らせる担当者のメールアドレス。"),
    ("netmile issue", "leave_out_faulty", "誤りのある行を除いて発行します。省略時は、誤りが 1 つでもあれば何も送信しません。"),
    ("netmile issue", "check", "ファイルの検査だけを行い、何も送信しません。"),
    ("netmile issue", "refused", "拒否された行の出力先。省略時は「ファイル名.refused.csv」です。"),
    ("netmile issue", "faults", "誤りの出力先。省略時は「ファイル名.faults.csv」です。"),
    ("netmile issue", "result", "すべての行の結果が確定した後の、照合済みの合計の出力先。省略時は「ファイル名.result.json」です。"),
    ("netmile issue", "rows", "1 回に送信する最大件数。"),
    ("netmile uploads", "", "結果を待つアップロード、担当者の確認が必要なアップロード、完了していないバッチを一覧表示し、確認した内容を記録します。"),
    ("netmile uploads", "batch", "一覧表示するバッチの ID。省略時は、結果を待つものと確認が必要なもの、および完了していないバッチを表示します。"),
    ("netmile uploads", "ask", "表示する前に、結果をネットマイルに照会します。"),
    ("netmile uploads", "review", "確認したアップロードの先頭の行番号。マネージメントサイトで確認した内容を記録します。"),
    ("netmile uploads", "not_there", "マネージメントサイトに登録がなく、1 件も発行されていません。"),
    ("netmile uploads", "refused", "拒否された件数。それ以外は発行済みです。"),
    ("netmile uploads", "refused_miles", "拒否されたマイル数。"),
    ("netmile uploads", "limit", "最大表示件数。"),
    ("netmile cancels", "", "結果を待つマイル取消と、担当者の確認が必要なマイル取消を一覧表示し、確認した内容を記録します。"),
    ("netmile cancels", "tran_id", "発行ごとの結果を表示する取消の tran_id。省略時は、結果待ちと要確認の取消を一覧表示します。"),
    ("netmile cancels", "review", "要確認の取消について、ネットマイルに確認した内容を記録します。指定しない発行は、記録済みの結果のままです。"),
    ("netmile cancels", "not_there", "ネットマイルに取消の登録がなく、何も取り消されていません。"),
    ("netmile cancels", "cancelled", "すぐに取り消された発行の ID（カンマ区切り）。"),
    ("netmile cancels", "approved", "取消申請が承認された発行の ID（カンマ区切り）。"),
    ("netmile cancels", "declined", "取消申請が否認された発行の ID（カンマ区切り）。"),
    ("netmile cancels", "refused", "取り消せなかった発行の ID（カンマ区切り）。"),
    ("netmile cancels", "applied", "まだ承認も否認もされていない発行の ID（カンマ区切り）。"),
    ("netmile cancels", "cancellation_id", "ネットマイルでの取消の ID（ジャーナルにない場合に指定します）。"),
    ("netmile cancels", "limit", "最大表示件数。"),
    ("netmile notify", "", "動作中のモックゲートウェイから通知を送信させます。"),
    ("netmile notify list", "", "通知を送信できる決済と顧客決済情報、および API 型の通知を一覧表示します。"),
    ("netmile notify purchase", "", "モックで購入を行い、結果通知を指定した URL に送信させます。"),
    ("netmile notify resend", "", "決済、申込、顧客決済情報の結果通知を、署名し直して再送させます。"),
    ("netmile notify later", "", "決済の後続の通知を送信させます。"),
    ("netmile clock", "", "動作中のモックゲートウェイの時計を表示し、または進めます。"),
    ("netmile clock show", "", "時計を表示します。"),
    ("netmile clock advance", "", "時計を進め、その間の出来事を表示します。"),
    ("netmile clock to", "", "指定した日時まで時計を進め、その間の出来事を表示します。"),
    ("*", "json", "文章ではなく JSON オブジェクトを 1 つ出力します。"),
    ("*", "lang", "言語。省略時は環境変数（LC_ALL、LC_MESSAGES、LANG）に従います。"),
    ("*", "config", "設定ファイル。省略時、現在のディレクトリに netmile.toml があれば使用します。"),
    ("*", "help", "このヘルプを表示します。"),
    ("*", "version", "バージョンを表示します。"),
    ("*", "key_file", "ハッシュキーのファイル。省略時は環境変数 NETMILE_HASH_KEY、次に設定の hash_key_file を使用します。"),
    ("*", "mock", "モックゲートウェイの URL。省略時は設定の mock_url、次に http://127.0.0.1:8080 を使用します。"),
    ("*", "merchant_id", "マーチャント ID（5 桁）。省略時は設定の merchant_id を使用します。"),
    ("*", "service_id", "サービス ID（3 桁）。省略時は設定の service_id を使用します。"),
    ("*", "tracking_id", "決済のトラッキング ID（`netmile notify list` で確認できます）。"),
    ("netmile notify slip", "", "API 型の払込票に入金などの出来事を起こし、モックから通知を送信させます。"),
    ("netmile notify slip", "event", "出来事。"),
    ("netmile notify slip", "yen", "入金額（円）。省略時は未入金の全額です。"),
    ("netmile notify deposit", "", "その場で作成した API 型の入金通知を送信させます。"),
    ("netmile notify deposit", "event", "通知の内容。"),
    ("netmile notify deposit", "to", "通知の送信先。省略時は設定の notify_url、次にモックに登録された URL を使用します。"),
    ("netmile notify deposit", "order_id", "購入 ID。"),
    ("netmile notify deposit", "method", "決済手段の番号。701 は Web コンビニ決済です。"),
    ("netmile notify deposit", "yen", "入金額（円）。"),
    ("netmile notify deposit", "total", "これまでの入金額の合計（円）。省略時は今回の入金額です。"),
    ("netmile notify resend-deposit", "", "API 型の通知を、署名し直して再送させます。"),
    ("netmile notify resend-deposit", "number", "通知の番号（`netmile notify list` で確認できます）。"),
    ("*", "variant", "通知の形式（カンマ区切り）。省略時は契約のとおりです。"),
    ("*", "fault", "通知に起こす障害。"),
    ("netmile explain-code", "codes", "説明するコード。"),
    ("netmile explain-code", "table", "参照する表。省略時は長さで判断します（8 文字は api、数字 5 桁は miles、4 桁は link、3 桁は http）。"),
    ("netmile explain-hash", "form", "送信されたフォーム（application/x-www-form-urlencoded）または API 型の XML のファイル。省略時または - の場合は標準入力から読み込みます。"),
    ("netmile explain-hash", "message", "メッセージの種類。省略時は項目から判断します。"),
    ("netmile explain-hash", "hash", "説明するハッシュ。省略時はフォームの sps_hashcode を使用します。"),
    ("netmile explain-hash", "charset", "フォームの値の文字コード。"),
    ("netmile explain-hash", "other_key_file", "照合に加える、別のサービスまたは環境のキーのファイル。複数指定できます。"),
    ("netmile doctor", "environment", "確認する決済ゲートウェイ。省略時は設定の environment を使用します。"),
    ("netmile doctor", "notify_url", "ショップの通知先 URL。存在しない購入の失敗を知らせる、署名付きのテスト通知を送信します。"),
    ("netmile notify purchase", "to", "通知の送信先（pagecon_url）。省略時は設定の notify_url を使用します。"),
    ("netmile notify registration", "", "モックで顧客決済情報を登録または削除し、結果の通知（B03-1、C03-1）を URL に送信させます。"),
    ("netmile notify registration", "to", "通知の送信先（pagecon_url）。省略時は設定の notify_url を使用します。"),
    ("netmile notify registration", "delete", "登録せずに、削除します（C01-1）。"),
    ("netmile notify registration", "cust_code", "ショップでの顧客 ID。"),
    ("netmile notify registration", "method", "決済手段（pay_method）。ネットマイルには顧客決済情報の登録がありません。"),
    ("netmile notify application", "", "モックで継続課金の契約を申し込み、または解約し、結果の通知（D02-1）を URL に送信させます。"),
    ("netmile notify application", "to", "通知の送信先（pagecon_url）。省略時は設定の notify_url を使用します。"),
    ("netmile notify application", "end", "申し込まずに、この契約を解約します（トラッキング ID）。"),
    ("netmile notify application", "order_id", "購入 ID。省略時は新しい ID を作成します。"),
    ("netmile notify application", "cust_code", "ショップでの顧客 ID。解約の場合は申込時と同じ ID を指定します。"),
    ("netmile notify application", "method", "決済手段（pay_method）。"),
    ("netmile notify application", "member", "ネットマイルで申し込むモックの会員。NETMILE_MOCK_PASSWORD がない場合はデモシナリオのパスワードを使用します。"),
    ("netmile notify purchase", "order_id", "購入 ID。省略時は新しい ID を作成します。"),
    ("netmile notify purchase", "amount", "金額（円）。"),
    ("netmile notify purchase", "member", "支払うモックの会員。NETMILE_MOCK_PASSWORD がない場合はデモシナリオのパスワードを使用します。"),
    ("netmile notify later", "result", "結果: 入金（PY）、入金期限切れ（CN）、解約（CR）、キャリア側での解約（CC）、最終課金の完了（CL）。"),
    ("netmile clock advance", "by", "進める時間。例: 90s、10m、3h、30d、1mo、1y、'1mo 2d'。"),
    ("netmile clock to", "at", "日時（日本時間）。例: 2026-03-01、2026-03-01T09:00:00。時差付きの形式も使用できます。"),
    ("netmile doctor", "api", "API 型も確認します（何も見つからない照会を送信）。設定に [api] がある場合は常に確認します。"),
    ("netmile doctor", "api_method", "テスト照会に使用する決済手段の番号。"),
];

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// Replaces the texts of a command and of all below it.
pub(super) fn translate(mut command: Command, path: &str) -> Command {
    if let Some(about) = text(path, "") {
        command = command.about(about).long_about(None::<&str>);
    }
    command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド");
    let arguments: Vec<_> = command
        .get_arguments()
        .map(|argument| (argument.get_id().to_string(), argument.is_positional()))
        .collect();
    for (id, positional) in arguments {
        let heading = if positional {
            "引数"
        } else {
            "オプション"
        };
        let help = text(path, &id);
        command = command.mut_arg(&id, |mut argument| {
            if let Some(help) = help {
                argument = argument.help(help).long_help(None::<&str>);
            }
            argument.help_heading(heading)
        });
    }
    for name in subcommands(&command) {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |inner| translate(inner, &path));
    }
    command
}

fn text(path: &str, argument: &str) -> Option<&'static str> {
    let of = |path: &str| {
        TEXTS
            .iter()
            .find(|(p, a, _)| *p == path && *a == argument)
            .map(|(.., text)| *text)
    };
    of(path).or_else(|| (!argument.is_empty()).then(|| of("*")).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Arguments;
    use clap::CommandFactory as _;
    use std::collections::BTreeSet;

    fn needed(command: &Command, path: &str, keys: &mut BTreeSet<(String, String)>) {
        keys.insert((path.to_owned(), String::new()));
        for argument in command.get_arguments() {
            keys.insert((path.to_owned(), argument.get_id().to_string()));
        }
        for inner in command.get_subcommands() {
            needed(inner, &format!("{path} {}", inner.get_name()), keys);
        }
    }

    #[test]
    fn every_command_and_argument_is_there_and_no_other() {
        let mut keys = BTreeSet::new();
        needed(&Arguments::command(), "netmile", &mut keys);
        for (path, argument) in &keys {
            assert!(text(path, argument).is_some(), "{path} {argument}");
        }
        for (path, argument, _) in TEXTS {
            let used = keys
                .iter()
                .any(|(p, a)| a == argument && (p == path || *path == "*"));
            assert!(used, "{path} {argument}");
        }
    }
}
