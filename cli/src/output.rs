//! What is printed, and the exit code.

use std::io::Write as _;
use std::process::ExitCode;

use netmile::Lang;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::context::Context;

/// How a command ends. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done, and nothing is wrong.
    Fine = 0,
    /// Done, and something is wrong.
    Problem = 1,
    /// Not done: arguments, configuration or input are wrong.
    Usage = 2,
    /// Not done: something could not be reached or read.
    Unreachable = 3,
    /// Sent, and the answer never came: it may have been done or not.
    Unknown = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a command found out.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) exit: Exit,
    /// Members of the JSON object.
    pub(crate) json: Map<String, Value>,
    /// Lines for people.
    pub(crate) text: String,
}

impl Answer {
    /// An answer; `json` must be an object.
    pub(crate) fn new(exit: Exit, json: Value, text: impl Into<String>) -> Self {
        let json = match json {
            Value::Object(members) => members,
            other => Map::from_iter([("value".to_owned(), other)]),
        };
        Self {
            exit,
            json,
            text: text.into(),
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// Stable name.
    pub(crate) code: &'static str,
    /// What happened and what to do, in the language asked for. Never a secret.
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            code,
            message: message.into(),
        }
    }

    pub(crate) fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, code, message)
    }

    /// An error of the library, with its hint.
    pub(crate) fn library(lang: Lang, error: &netmile::Error) -> Self {
        Self::usage(
            error.kind().code(),
            format!("{error}\n{}", error.hint(lang)),
        )
    }
}

pub(crate) type Outcome = Result<Answer, Failure>;

/// Prints the outcome of a verb: answers to standard output, failures to standard error. As JSON both go to standard
/// output, so that whoever reads it always finds one object.
pub(crate) fn print(context: &Context, command: &str, outcome: Outcome) -> Exit {
    let exit = match &outcome {
        Ok(answer) => answer.exit,
        Err(failure) => failure.exit,
    };
    let mut object = Map::from_iter([
        ("command".to_owned(), json!(command)),
        ("exit".to_owned(), json!(exit as u8)),
    ]);
    // Whoever closed the pipe does not want to read on.
    let _ = match outcome {
        Ok(answer) if context.json => {
            object.extend(answer.json);
            writeln!(std::io::stdout(), "{:#}", Value::Object(object))
        }
        Ok(answer) => writeln!(std::io::stdout(), "{}", answer.text.trim_end()),
        Err(failure) if context.json => {
            let error = json!({"code": failure.code, "message": failure.message});
            object.insert("error".to_owned(), error);
            writeln!(std::io::stdout(), "{:#}", Value::Object(object))
        }
        Err(failure) => writeln!(std::io::stderr(), "netmile {command}: {}", failure.message),
    };
    exit
}

/// Rows in aligned columns, by the width that characters have on a terminal. The last column is not filled.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Text from outside, fit for a terminal: no control characters, at most `most` characters.
pub(crate) fn printable(text: &str, most: usize) -> String {
    let mut out: String = text
        .chars()
        .take(most)
        .map(|c| if c.is_control() { '?' } else { c })
        .collect();
    if text.chars().nth(most).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_for_wide_characters_too() {
        let rows = [["商品", "1"], ["item", "2"], ["長い名前", "3"]]
            .map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "商品      1\nitem      2\n長い名前  3\n");
    }

    #[test]
    fn text_from_outside_cannot_drive_the_terminal() {
        assert_eq!(printable("\u{1b}[31mred\n", 20), "?[31mred?");
        assert_eq!(printable("abcdef", 3), "abc…");
    }
}
