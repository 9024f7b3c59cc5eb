//! The journal: whether its URL can work. The URL is not shown, since it may hold a password.

use std::path::Path;

use super::check::{Check, State};
use crate::config::Config;
use crate::context::Context;

pub(super) fn check(context: &Context, config: &Config) -> Option<Check> {
    let url = config.journal.url.as_deref()?;
    let (state, en, ja) = judge(url);
    let name = ("journal", "ジャーナル");
    Some(Check::new(
        context,
        "journal",
        name,
        state,
        context.lang.pick(en, ja),
    ))
}

fn judge(url: &str) -> (State, &'static str, &'static str) {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return (
            State::Ok,
            "PostgreSQL (not connected to)",
            "PostgreSQL（接続は行っていません）",
        );
    }
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return (
            State::Failed,
            "the URL must start with sqlite: or postgres:",
            "URL は sqlite: または postgres: で始まる必要があります",
        );
    };
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path == ":memory:" {
        return (
            State::Warning,
            "in memory: a crash loses it, and with it the payments under way",
            "メモリー上にあります。異常終了すると、処理中の決済の記録が失われます",
        );
    }
    let file = Path::new(path);
    let directory = match file.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => file,
    };
    if path.is_empty() || file.is_dir() || !directory.is_dir() {
        return (
            State::Failed,
            "the URL must name a file in a directory that exists",
            "存在するディレクトリ内のファイルを指定してください",
        );
    }
    if file.exists() {
        (State::Ok, "SQLite file", "SQLite ファイル")
    } else {
        (
            State::Ok,
            "SQLite file, made at the first start",
            "SQLite ファイル（初回起動時に作成）",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_must_outlive_the_process() {
        for (url, state) in [
            ("sqlite:shop.db", State::Ok),
            ("sqlite://shop.db", State::Ok),
            ("sqlite:///no/such/directory/shop.db", State::Failed),
            ("sqlite::memory:", State::Warning),
            ("sqlite:", State::Failed),
            ("postgres://shop:pw@localhost/shop", State::Ok),
            ("mysql://localhost", State::Failed),
        ] {
            assert_eq!(judge(url).0, state, "{url}");
        }
    }
}
