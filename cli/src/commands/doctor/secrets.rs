//! Keys: whether they are there, how long they are, which characters they have. Their values are never shown.

use std::path::Path;

use netmile::HashKey;

use super::check::{Check, State};
use crate::config::Config;
use crate::context::Context;
use crate::keys::{self, Found};

/// Characters of every hash key that was ever seen.
const HASH_KEY_LEN: usize = 40;
/// Characters of the 3DES key and its initial vector.
const TDES: [(&str, (&str, &str), &str, usize); 2] = [
    (
        "tdes_key",
        ("3DES key", "3DES キー"),
        "NETMILE_TDES_KEY",
        24,
    ),
    (
        "tdes_iv",
        ("3DES vector", "3DES 初期ベクトル"),
        "NETMILE_TDES_IV",
        8,
    ),
];

/// The hash key, if it can be used, and what was found about all keys.
pub(super) fn check(
    context: &Context,
    file: Option<&Path>,
    config: &Config,
) -> (Option<HashKey>, Vec<Check>) {
    let (key, hash_key) = hash_key(context, file, config);
    let mut checks = vec![hash_key];
    let api = config.api.as_ref();
    let files = [
        api.and_then(|api| api.tdes_key_file.as_deref()),
        api.and_then(|api| api.tdes_iv_file.as_deref()),
    ];
    for ((id, name, variable, len), file) in TDES.into_iter().zip(files) {
        let new = |state, text: String| Check::new(context, id, name, state, text);
        match keys::find(context, None, variable, file) {
            Ok(None) => {}
            Ok(Some(found)) => checks.push(
                match (
                    characters_problem(context, &found),
                    found.value.len() == len,
                ) {
                    (Some(problem), _) => new(State::Failed, problem),
                    (None, true) => new(State::Ok, sized(context, &found)),
                    (None, false) => new(
                        State::Failed,
                        format!(
                            "{}; {}",
                            sized(context, &found),
                            context
                                .say("must have {}", "{} が必要です")
                                .replace("{}", &characters(context, len))
                        ),
                    ),
                }
                .with_value(found.value.len()),
            ),
            Err(failure) => checks.push(new(State::Failed, failure.message)),
        }
    }
    (key, checks)
}

fn hash_key(context: &Context, file: Option<&Path>, config: &Config) -> (Option<HashKey>, Check) {
    let name = ("hash key", "ハッシュキー");
    let new = |state, text: String| Check::new(context, "hash_key", name, state, text);
    let found = match keys::find_hash_key(context, file, config) {
        Ok(Some(found)) => found,
        Ok(None) => {
            let check = Check::skipped(
                context,
                "hash_key",
                name,
                "none is given (--key-file, NETMILE_HASH_KEY, hash_key_file)",
                "指定されていません（--key-file、NETMILE_HASH_KEY、hash_key_file）",
            );
            return (None, check);
        }
        Err(failure) => return (None, new(State::Failed, failure.message)),
    };
    if let Some(problem) = characters_problem(context, &found) {
        return (None, new(State::Failed, problem));
    }
    let key = match HashKey::new(found.value.as_str()) {
        Ok(key) => key,
        Err(error) => {
            let text = format!("{}: {}", found.origin, error.detail());
            return (None, new(State::Failed, text));
        }
    };
    let len = found.value.len();
    let check = if len == HASH_KEY_LEN {
        new(State::Ok, sized(context, &found))
    } else {
        let usual = characters(context, HASH_KEY_LEN);
        let rule = context.say("keys normally have {}", "通常は {} です");
        new(
            State::Warning,
            format!("{}; {}", sized(context, &found), rule.replace("{}", &usual)),
        )
    };
    (Some(key), check.with_value(len))
}

/// What is wrong with the characters, without showing them.
fn characters_problem(context: &Context, found: &Found) -> Option<String> {
    let text = found.value.as_str();
    let (en, ja) = if text.is_empty() {
        ("is empty", "空です")
    } else if text.trim() != text {
        (
            "has spaces or line breaks at its ends, the usual accident of copying",
            "前後に空白または改行があります。コピー時に混入した可能性があります",
        )
    } else if text.starts_with('\u{feff}') {
        ("begins with a byte order mark", "先頭に BOM があります")
    } else if !text.bytes().all(|b| b.is_ascii_graphic()) {
        (
            "has other characters than visible ASCII",
            "印字可能な ASCII 以外の文字が含まれています",
        )
    } else {
        return None;
    };
    Some(format!("{}: {}", found.origin, context.lang.pick(en, ja)))
}

fn sized(context: &Context, found: &Found) -> String {
    format!(
        "{} ({})",
        characters(context, found.value.len()),
        found.origin
    )
}

fn characters(context: &Context, count: usize) -> String {
    format!("{count}{}", context.say(" characters", " 文字"))
}
