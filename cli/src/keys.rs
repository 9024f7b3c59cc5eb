//! Where keys come from: a file, the environment, or a file that the configuration names. Never the command line.

use std::io::Read as _;
use std::path::Path;

use netmile::{HashKey, Lang};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::context::Context;
use crate::output::{Exit, Failure};

/// Variable of the environment that holds the hash key.
pub(crate) const HASH_KEY: &str = "NETMILE_HASH_KEY";

/// Largest key file, in bytes.
const MOST_BYTES: u64 = 1024;

/// A secret and where it was found.
pub(crate) struct Found {
    pub(crate) value: Zeroizing<String>,
    /// Name of the file or variable.
    pub(crate) origin: String,
}

/// The hash key, if there is one anywhere.
pub(crate) fn find_hash_key(
    context: &Context,
    file: Option<&Path>,
    config: &Config,
) -> Result<Option<Found>, Failure> {
    find(context, file, HASH_KEY, config.hash_key_file.as_deref())
}

/// A secret: the file named by an option, else the variable, else the file named by the configuration.
pub(crate) fn find(
    context: &Context,
    option: Option<&Path>,
    variable: &str,
    configured: Option<&Path>,
) -> Result<Option<Found>, Failure> {
    if let Some(file) = option {
        return from_file(context.lang, file).map(Some);
    }
    if let Some(value) = std::env::var_os(variable) {
        let value = value.into_string().map_err(|_| {
            let rule = context.say("is not UTF-8", "は UTF-8 ではありません");
            Failure::usage("key_invalid", format!("{variable} {rule}"))
        })?;
        return Ok(Some(Found {
            value: Zeroizing::new(value),
            origin: variable.to_owned(),
        }));
    }
    configured
        .map(|file| from_file(context.lang, file))
        .transpose()
}

/// The key of a file, without the line break that editors put at its end.
pub(crate) fn from_file(lang: Lang, file: &Path) -> Result<Found, Failure> {
    let origin = file.display().to_string();
    let unreadable = |why: &str| {
        let what = lang.pick(
            "the key file cannot be read",
            "キーファイルを読み込めません",
        );
        Failure::new(
            Exit::Unreachable,
            "key_file_unreadable",
            format!("{origin}: {what} ({why})"),
        )
    };
    let mut value = Zeroizing::new(String::with_capacity(MOST_BYTES as usize + 1));
    std::fs::File::open(file)
        .and_then(|opened| opened.take(MOST_BYTES + 1).read_to_string(&mut value))
        .map_err(|error| unreadable(&error.to_string()))?;
    if value.len() as u64 > MOST_BYTES {
        return Err(unreadable("> 1024 bytes"));
    }
    if value.ends_with('\n') {
        value.pop();
        if value.ends_with('\r') {
            value.pop();
        }
    }
    Ok(Found { value, origin })
}

/// The hash key, checked, or what to do to give one.
pub(crate) fn require_hash_key(
    context: &Context,
    file: Option<&Path>,
    config: &Config,
) -> Result<HashKey, Failure> {
    let found = find_hash_key(context, file, config)?.ok_or_else(|| {
        Failure::usage(
            "key_missing",
            context.say(
                "no hash key: name its file with --key-file, set NETMILE_HASH_KEY, or set hash_key_file in netmile.toml",
                "ハッシュキーがありません。--key-file でファイルを指定するか、環境変数 NETMILE_HASH_KEY または netmile.toml の hash_key_file を設定してください",
            ),
        )
    })?;
    HashKey::new(found.value.as_str()).map_err(|error| {
        Failure::usage(
            "key_invalid",
            format!("{}: {}", found.origin, error.detail()),
        )
    })
}
