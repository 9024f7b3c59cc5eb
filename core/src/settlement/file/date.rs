//! Dates as a profile says they are written.

use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

const PARTS: [(&str, Part); 6] = [
    ("YYYY", Part::Year),
    ("MM", Part::Month),
    ("DD", Part::Day),
    ("hh", Part::Hour),
    ("mm", Part::Minute),
    ("ss", Part::Second),
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Part(Part),
    Other(char),
}

/// A pattern such as `YYYY/MM/DD hh:mm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DatePattern {
    tokens: Vec<Token>,
    is_wire: bool,
}

impl DatePattern {
    /// # Errors
    /// `configuration` when a part is missing, stands twice, or lacks the one above it.
    pub(super) fn new(pattern: &str) -> Result<Self> {
        let wrong =
            |rule: &'static str| Error::field(ErrorKind::Configuration, "date_format", rule);
        if pattern.len() > 64 {
            return Err(wrong("must be at most 64 bytes"));
        }
        let mut tokens = Vec::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            let part = PARTS
                .iter()
                .find_map(|(name, part)| Some((*part, rest.strip_prefix(name)?)));
            if let Some((part, tail)) = part {
                if tokens.contains(&Token::Part(part)) {
                    return Err(wrong("must have each part once"));
                }
                tokens.push(Token::Part(part));
                rest = tail;
            } else if c.is_ascii_alphanumeric() {
                return Err(wrong(
                    "must be made of YYYY, MM, DD, hh, mm, ss and signs between them",
                ));
            } else {
                tokens.push(Token::Other(c));
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        let has = |part| tokens.contains(&Token::Part(part));
        if !has(Part::Year) || !has(Part::Month) || !has(Part::Day) {
            return Err(wrong("must have YYYY, MM and DD"));
        }
        if has(Part::Minute) && !has(Part::Hour) || has(Part::Second) && !has(Part::Minute) {
            return Err(wrong("must have hh before mm, and mm before ss"));
        }
        Ok(Self {
            tokens,
            is_wire: pattern == "YYYYMMDDhhmmss",
        })
    }

    /// Whether it says the day only.
    pub(super) fn is_date_only(&self) -> bool {
        !self.tokens.contains(&Token::Part(Part::Hour))
    }

    /// Reads a date in Japanese time; parts that the pattern lacks are zero.
    pub(super) fn read(&self, text: &str) -> Option<Timestamp> {
        if self.is_wire {
            return Timestamp::parse_jst(text).ok();
        }
        let mut found = [""; 6];
        let mut rest = text;
        for token in &self.tokens {
            match token {
                Token::Other(c) => rest = rest.strip_prefix(*c)?,
                Token::Part(part) => {
                    let len = if *part == Part::Year { 4 } else { 2 };
                    let (digits, tail) = rest.split_at_checked(len)?;
                    *found.get_mut(*part as usize)? = digits;
                    rest = tail;
                }
            }
        }
        if !rest.is_empty() {
            return None;
        }
        let [year, month, day, time @ ..] = found;
        let [hour, minute, second] = time.map(|part| if part.is_empty() { "00" } else { part });
        Timestamp::parse_jst(&[year, month, day, hour, minute, second].concat()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pattern: &str, text: &str) -> Option<String> {
        DatePattern::new(pattern)
            .unwrap()
            .read(text)
            .map(Timestamp::to_jst)
    }

    #[test]
    fn reads_what_its_pattern_says() {
        for (pattern, text, expected) in [
            ("YYYYMMDDhhmmss", "20260131235959", "20260131235959"),
            ("YYYY/MM/DD hh:mm", "2026/01/31 23:59", "20260131235900"),
            ("YYYY-MM-DD", "2026-01-31", "20260131000000"),
            ("YYYY年MM月DD日", "2026年01月31日", "20260131000000"),
            (
                "DD.MM.YYYY hh:mm:ss",
                "31.01.2026 01:02:03",
                "20260131010203",
            ),
        ] {
            assert_eq!(read(pattern, text).as_deref(), Some(expected), "{pattern}");
        }
        for text in [
            "",
            "2026-1-31",
            "2026-02-30",
            "2026-01-31 ",
            "2026/01/31",
            "２０２６-01-31",
            "2026-01-3年",
        ] {
            assert_eq!(read("YYYY-MM-DD", text), None, "{text}");
        }
        assert!(DatePattern::new("YYYYMMDD").unwrap().is_date_only());
        assert!(!DatePattern::new("YYYYMMDDhh").unwrap().is_date_only());
    }

    #[test]
    fn refuses_patterns_that_say_too_little_or_nonsense() {
        for bad in [
            "",
            "YYYY-MM",
            "YYYYMMDDmm",
            "YYYYMMDDhhss",
            "YYYYMMDDYYYY",
            "YY-MM-DD",
            "YYYYMMDDTHHmmss",
        ] {
            assert!(DatePattern::new(bad).is_err(), "{bad}");
        }
        assert!(DatePattern::new(&format!("YYYYMMDD{}", "-".repeat(57))).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(pattern in "[YMDhms/年 -]{0,20}", text in any::<String>()) {
            if let Ok(pattern) = DatePattern::new(&pattern) {
                let _ = pattern.read(&text);
            }
            let _ = read("YYYY年MM月DD日", &text);
        }
    }
}
