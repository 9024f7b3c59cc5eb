//! What an answer of the reference API says.

use super::{Function, Object};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{HttpResponse, Rejection, Verdict};

/// Longest answer that is read, in bytes: a list of 10,000 rows, all as long as they may be.
pub const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// Longest code and name of a field in a refusal, in bytes.
const MAX_NAME: usize = 64;

/// Reads an answer of a function.
///
/// The status and the words must agree. What an intermediary says with the same status is no answer, so the outcome
/// stays unknown.
pub(super) fn read<F: Function>(function: &F, answer: &HttpResponse) -> Result<Verdict<F::Answer>> {
    if answer.body.len() > MAX_ANSWER_BYTES {
        return Err(Error::new(
            ErrorKind::TooLarge,
            "the answer is longer than 8 MiB",
        ));
    }
    if answer.status == 200 {
        return function.read_bytes(answer).map(Verdict::Done);
    }
    refusal(answer)
}

fn refusal<A>(answer: &HttpResponse) -> Result<Verdict<A>> {
    let object = Object::parse(&answer.body)?;
    object.require("result", "error")?;
    let table = object.text("table", MAX_NAME)?;
    let code = object.text("code", MAX_NAME)?;
    let of_rules = matches!(table, "manual" | "automatic" | "file");
    let agrees = match answer.status {
        422 => of_rules,
        _ => table == "api",
    };
    let fits = !code.is_empty() && code.bytes().all(is_name);
    if !agrees || !fits {
        return Err(Error::field(
            ErrorKind::Malformed,
            "code",
            "the refusal does not fit its HTTP status",
        ));
    }
    if answer.status == 401 && !matches!(code, "unknown_key" | "bad_signature") {
        // A copy of this request may have been served before.
        return Ok(Verdict::Unknown(format!(
            "the request was refused as {code}"
        )));
    }
    let mut rejection = Rejection::of_table(table, code);
    // What a message says may be about a person; the name of a field is not.
    if let Some(field) = object.optional_text("field", MAX_NAME)?
        && field.bytes().all(|b| is_name(b) || b"[].".contains(&b))
    {
        rejection
            .details
            .push(("field".to_owned(), field.to_owned()));
    }
    Ok(Verdict::Rejected(rejection))
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
