//! `netmile explain-hash`: why a hash does not match.

use std::io::{IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use netmile::HashKey;
use netmile::api::{ApiHashExplanation, ApiHashQuestion, ApiHashVerdict, explain_api_hash};
use netmile::link::{Explanation, HashQuestion, HashedMessage, explain_hash};
use netmile::wire::{FormLimits, decode_form, text};
use serde_json::json;

use crate::arguments::KeyArguments;
use crate::context::Context;
use crate::keys;
use crate::output::{Answer, Exit, Failure, Outcome};
use crate::progress::Progress;
use crate::shop;

#[derive(Debug, Args)]
pub(crate) struct ExplainHash {
    /// File with what was posted: a form (application/x-www-form-urlencoded) or the XML of the API type; standard input
    /// without it or with -.
    #[arg(value_name = "FILE")]
    form: Option<PathBuf>,
    /// Which message the form is; by default told by its fields.
    #[arg(long, value_enum, value_name = "MESSAGE")]
    message: Option<Message>,
    /// The hash to explain; by default sps_hashcode of the form.
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
    /// Charset of the form's values.
    #[arg(long, value_enum, value_name = "CHARSET", default_value = "shift-jis")]
    charset: Charset,
    #[command(flatten)]
    key: KeyArguments,
    /// File with the key of another service or environment, to be tried too; may be given several times.
    #[arg(long, value_name = "FILE")]
    other_key_file: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Message {
    Purchase,
    PurchaseResult,
    PurchaseReturn,
    Registration,
    RegistrationResult,
    RegistrationReturn,
    Recurring,
    RecurringResult,
    RecurringReturn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Charset {
    ShiftJis,
    #[value(name = "utf-8")]
    Utf8,
}

impl Message {
    fn hashed(self) -> HashedMessage {
        match self {
            Self::Purchase => HashedMessage::Purchase,
            Self::PurchaseResult => HashedMessage::PurchaseResult,
            Self::PurchaseReturn => HashedMessage::PurchaseReturn,
            Self::Registration => HashedMessage::Registration,
            Self::RegistrationResult => HashedMessage::RegistrationResult,
            Self::RegistrationReturn => HashedMessage::RegistrationReturn,
            Self::Recurring => HashedMessage::Recurring,
            Self::RecurringResult => HashedMessage::RecurringResult,
            Self::RecurringReturn => HashedMessage::RecurringReturn,
        }
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// What the fields can be. A result is the notice or the browser's return, which differ in the hash only.
    fn guess(fields: &[(String, String)]) -> Vec<Self> {
        let has = |name: &str| fields.iter().any(|(n, _)| n == name);
        let result = has("res_result");
        match (has("order_id"), has("amount") || has("pay_type"), result) {
            (true, true, true) => vec![Self::PurchaseResult, Self::PurchaseReturn],
            (true, false, true) => vec![Self::RecurringResult, Self::RecurringReturn],
            (false, _, true) => vec![Self::RegistrationResult, Self::RegistrationReturn],
            (true, true, false) => vec![Self::Purchase],
            (true, false, false) => vec![Self::Recurring],
            (false, _, false) => vec![Self::Registration],
        }
    }
}

pub(crate) fn run(context: &Context, arguments: &ExplainHash) -> Outcome {
    let config = context.config()?;
    let key = keys::require_hash_key(context, arguments.key.key_file.as_deref(), &config)?;
    let other_keys = arguments
        .other_key_file
        .iter()
        .map(|file| {
            let found = keys::from_file(context.lang, file)?;
            let key = HashKey::new(found.value.as_str()).map_err(|error| {
                Failure::usage(
                    "key_invalid",
                    format!("{}: {}", found.origin, error.detail()),
                )
            })?;
            Ok((found.origin, key))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let body = read(context, arguments.form.as_deref())?;
    let body = body.trim_ascii();
    if body.starts_with(b"<") {
        let tdes = shop::tdes_key(context, &config)?;
        let question = ApiHashQuestion {
            xml: body,
            key: &key,
            other_keys: &other_keys,
            tdes: tdes.as_ref(),
            claimed: arguments.hash.as_deref(),
        };
        return of_xml(context, arguments, &question);
    }
    let fields = fields(context, arguments, body)?;
    let claimed = arguments.hash.as_deref().or_else(|| {
        let found = fields.iter().find(|(name, _)| name == "sps_hashcode");
        found.map(|(_, value)| value.as_str())
    });
    let claimed = claimed.ok_or_else(|| {
        Failure::usage(
            "hash_missing",
            context.say(
                "the form has no sps_hashcode; give the hash with --hash",
                "フォームに sps_hashcode がありません。--hash でハッシュを指定してください",
            ),
        )
    })?;
    let messages = arguments
        .message
        .map_or_else(|| Message::guess(&fields), |message| vec![message]);
    let progress = Progress::start(
        context,
        context.say("trying recipes", "ハッシュの計算方法を照合しています"),
    );
    let ask = |message: Message| {
        explain_hash(&HashQuestion {
            message: message.hashed(),
            fields: &fields,
            key: &key,
            other_keys: &other_keys,
            claimed,
        })
    };
    let Some((message, explanation)) = best(messages, ask) else {
        return Err(Failure::usage("no_message", "no message"));
    };
    drop(progress);
    Ok(answer(context, message, &explanation))
}

/// The message that the hash is right for, else the first for which a recipe is known, else the first.
fn best(
    messages: Vec<Message>,
    ask: impl Fn(Message) -> Explanation,
) -> Option<(Message, Explanation)> {
    let explained = messages.into_iter().map(|message| (message, ask(message)));
    explained.min_by_key(|(_, explanation)| match explanation {
        Explanation::Correct => 0,
        Explanation::Recipe(faults) => faults.len(),
        _ => usize::MAX,
    })
}

fn answer(context: &Context, message: Message, explanation: &Explanation) -> Answer {
    let lang = context.lang;
    let (verdict, exit) = match explanation {
        Explanation::Correct => ("correct", Exit::Fine),
        Explanation::Recipe(_) => ("recipe", Exit::Problem),
        Explanation::NoKnownRecipe => ("no_known_recipe", Exit::Problem),
        Explanation::NotAHash => ("not_a_hash", Exit::Problem),
    };
    let faults = match explanation {
        Explanation::Recipe(faults) => faults.as_slice(),
        _ => &[],
    };
    let faults_json: Vec<_> = faults
        .iter()
        .map(|fault| {
            json!({
                "id": fault.id,
                "field": fault.field,
                "detail": fault.detail,
                "text": fault.text(lang),
            })
        })
        .collect();
    let mut text = format!(
        "{}: {}\n",
        context.say("message", "メッセージ"),
        message.name()
    );
    match faults {
        [] => text.push_str(&explanation.text(lang)),
        faults => {
            for fault in faults {
                text.push_str(&format!("- {}\n", fault.text(lang)));
            }
        }
    }
    Answer::new(
        exit,
        json!({
            "message": message.name(),
            "verdict": verdict,
            "faults": faults_json,
            "text": explanation.text(lang),
        }),
        text,
    )
}

/// A message of the API type: what goes into its hash, and what is wrong with the one in question.
fn of_xml(
    context: &Context,
    arguments: &ExplainHash,
    question: &ApiHashQuestion<'_>,
) -> Result<Answer, Failure> {
    let lang = context.lang;
    if arguments.message.is_some() {
        return Err(Failure::usage(
            "message_of_a_form",
            context.say(
                "--message is for forms; XML says by itself what it is",
                "--message はフォーム用です。XML の種類はその内容から判断します",
            ),
        ));
    }
    let explained = explain_api_hash(question).map_err(|error| Failure::library(lang, &error))?;
    let (verdict, exit) = match &explained.verdict {
        ApiHashVerdict::Correct => ("correct", Exit::Fine),
        ApiHashVerdict::Recipe(_) => ("recipe", Exit::Problem),
        ApiHashVerdict::NoKnownRecipe => ("no_known_recipe", Exit::Problem),
        ApiHashVerdict::NotAHash => ("not_a_hash", Exit::Problem),
    };
    let faults = match &explained.verdict {
        ApiHashVerdict::Recipe(faults) => faults.as_slice(),
        _ => &[],
    };
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| json!({ "id": fault.id, "about": fault.about, "text": fault.text(lang) }))
        .collect();
    let fields: Vec<_> = explained
        .fields
        .iter()
        .map(|field| json!({ "path": field.path, "bytes": field.bytes, "form": field.form.name() }))
        .collect();
    let text = format!(
        "{}{}\n",
        hashed(context, &explained),
        explained.verdict.text(lang)
    );
    let data = json!({
        "message": explained.function,
        "verdict": verdict,
        "hashed": fields,
        "faults": faults,
        "text": explained.verdict.text(lang),
    });
    Ok(Answer::new(exit, data, text))
}

/// What goes into the hash, in its order.
fn hashed(context: &Context, explained: &ApiHashExplanation) -> String {
    let function = explained.function.as_deref().unwrap_or("?");
    let mut text = format!(
        "{}: {function}\n{}\n",
        context.say("message", "メッセージ"),
        context.say(
            "hashed in this order, in plain Shift_JIS:",
            "次の順に、変換・暗号化前の値を Shift_JIS でハッシュします:",
        )
    );
    for (number, field) in (1..).zip(&explained.fields) {
        let form = match field.form {
            netmile::api::WireForm::Plain => "",
            netmile::api::WireForm::Base64 => {
                context.say(" (Base64 on the wire)", "（送信時は Base64）")
            }
            _ => context.say(" (3DES on the wire)", "（送信時は 3DES）"),
        };
        text.push_str(&format!(
            "{number:>4} {}: {}{form}\n",
            field.path,
            match field.bytes {
                1 => context.say("1 byte", "1 バイト").to_owned(),
                bytes => format!("{bytes} {}", context.say("bytes", "バイト")),
            }
        ));
    }
    let key = context.say("the hash key", "ハッシュキー");
    text.push_str(&format!("{:>4} {key}\n", explained.fields.len() + 1));
    text
}

fn fields(
    context: &Context,
    arguments: &ExplainHash,
    body: &[u8],
) -> Result<Vec<(String, String)>, Failure> {
    let refused = |error: &netmile::Error| Failure::library(context.lang, error);
    let form = decode_form(body, FormLimits::default()).map_err(|error| refused(&error))?;
    if form.fields().is_empty() {
        return Err(Failure::usage(
            "form_empty",
            context.say(
                "the form is empty; paste the body as it was posted: name=value&name=value…",
                "フォームが空です。送信された本文をそのまま入力してください: name=value&name=value…",
            ),
        ));
    }
    form.into_fields()
        .into_iter()
        .map(|field| {
            let value = match arguments.charset {
                Charset::ShiftJis => text::decode(&field.name, &field.value)
                    .map_err(|error| charset_hint(context, refused(&error)))?,
                Charset::Utf8 => String::from_utf8(field.value).map_err(|_| {
                    let rule = context.say("is not UTF-8", "は UTF-8 ではありません");
                    Failure::usage("malformed", format!("{} {rule}", field.name))
                })?,
            };
            Ok((field.name, value))
        })
        .collect()
}

fn charset_hint(context: &Context, failure: Failure) -> Failure {
    let hint = context.say(
        "If the form is UTF-8, add --charset utf-8.",
        "フォームが UTF-8 の場合は --charset utf-8 を指定してください。",
    );
    Failure {
        message: format!("{}\n{hint}", failure.message),
        ..failure
    }
}

fn read(context: &Context, file: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let most = FormLimits::default().max_bytes as u64;
    let bytes = match file.filter(|file| *file != Path::new("-")) {
        Some(file) => std::fs::File::open(file).and_then(|opened| bounded(opened, most)),
        None => {
            if std::io::stdin().is_terminal() {
                eprintln!(
                    "{}",
                    context.say(
                        "Paste the posted form or XML, then press Ctrl-D:",
                        "送信されたフォームまたは XML を貼り付け、Ctrl-D を押してください:",
                    )
                );
            }
            bounded(std::io::stdin().lock(), most)
        }
    };
    bytes.map_err(|error| {
        let what = context.say("the form cannot be read", "フォームを読み込めません");
        Failure::new(
            Exit::Unreachable,
            "form_unreadable",
            format!("{what} ({error})"),
        )
    })
}

/// Reads one byte more than allowed, so that the decoder sees that it is too much.
fn bounded(from: impl Read, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 2).read_to_end(&mut bytes)?;
    Ok(bytes)
}
