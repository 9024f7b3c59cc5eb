//! Which language to speak.

use std::ffi::OsString;

use netmile::Lang;

/// `--lang` before everything else, so that help and usage errors follow it too; then the locale of the environment
/// in the order that POSIX gives (`LC_ALL`, `LC_MESSAGES`, `LANG`).
pub(crate) fn detect(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let mut asked = None;
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        if word == "--lang" {
            asked = words.next();
        } else if let Some(value) = word.strip_prefix("--lang=") {
            asked = Some(value);
        }
    }
    match asked {
        Some("ja") => Lang::Ja,
        Some(_) => Lang::En,
        None => ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| variable(name))
            .find(|value| !value.is_empty())
            .map_or(Lang::En, |value| of_locale(&value)),
    }
}

fn of_locale(locale: &str) -> Lang {
    let language = locale.split(['_', '.', '@', '-']).next();
    match language {
        Some("ja" | "Japanese") => Lang::Ja,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(arguments: &[&str], environment: &[(&str, &str)]) -> Lang {
        let raw: Vec<_> = std::iter::once("netmile")
            .chain(arguments.iter().copied())
            .map(OsString::from)
            .collect();
        detect(&raw, |name| {
            let found = environment.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_option_wins_over_the_environment() {
        let ja = [("LANG", "ja_JP.UTF-8")];
        assert_eq!(detected(&["clock", "--lang", "en"], &ja), Lang::En);
        assert_eq!(
            detected(&["--lang=ja", "clock"], &[("LANG", "C")]),
            Lang::Ja
        );
        assert_eq!(
            detected(&["explain-code", "--", "--lang=ja"], &[]),
            Lang::En
        );
    }

    #[test]
    fn the_locale_is_read_in_the_order_of_posix() {
        assert_eq!(detected(&[], &[]), Lang::En);
        assert_eq!(detected(&[], &[("LANG", "ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(detected(&[], &[("LANG", "jam_JM")]), Lang::En);
        let both = [("LANG", "ja_JP.UTF-8"), ("LC_ALL", "en_US.UTF-8")];
        assert_eq!(detected(&[], &both), Lang::En);
        let blank = [("LANG", "ja"), ("LC_ALL", "")];
        assert_eq!(detected(&[], &blank), Lang::Ja);
    }
}
