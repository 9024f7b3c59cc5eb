//! Reading JSON from callers without ever quoting it.

use serde::de::DeserializeOwned;

use crate::error::FfiError;

/// Most bytes of one JSON document: a body of 16 MiB in Base64, and what is around it.
pub const MAX_JSON: usize = 24 * 1024 * 1024;

/// Reads a document. `what` names it in the error.
///
/// # Errors
/// `too_large` above [`MAX_JSON`]; `invalid_argument` otherwise, naming the field where the parser knows it, never
/// quoting a value.
pub fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, FfiError> {
    if text.len() > MAX_JSON {
        return Err(FfiError::field(
            "too_large",
            what,
            format!("must be at most {} MiB of JSON", MAX_JSON / (1024 * 1024)),
        ));
    }
    // The parser would also take an array for a record, by position: a typing error then goes unseen.
    if !text.trim_start().starts_with('{') {
        return Err(FfiError::field(
            "invalid_argument",
            what,
            "must be a JSON object",
        ));
    }
    serde_json::from_str(text).map_err(|error| explain(what, &error))
}

fn explain(what: &str, error: &serde_json::Error) -> FfiError {
    let text = error.to_string();
    for (start, rule) in [
        ("missing field `", "must be given"),
        ("unknown field `", "is not a field of this operation"),
        ("duplicate field `", "must be given once"),
    ] {
        let name = text
            .strip_prefix(start)
            .and_then(|rest| rest.split('`').next());
        if let Some(name) = name
            && name.len() <= 64
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        {
            return FfiError::field("invalid_argument", name, rule);
        }
    }
    // The parser's own message may quote a value, so only the place is kept.
    FfiError::field(
        "invalid_argument",
        what,
        format!(
            "is not the JSON that is taken here (line {}, column {})",
            error.line(),
            error.column()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its type matters")]
        amount: i64,
    }

    #[test]
    fn names_fields_and_quotes_no_values() {
        for (text, field) in [
            ("{}", "amount"),
            (r#"{"amount":1,"amonut":"SECRET"}"#, "amonut"),
            (r#"{"amount":"SECRET"}"#, "request"),
            (r#"{"amount":1,"SECRET VALUE":2}"#, "request"),
            ("SECRET", "request"),
            ("[1]", "request"),
        ] {
            let error = read::<Sample>("request", text).unwrap_err();
            assert_eq!(error.field.as_deref(), Some(field), "{text}");
            assert!(!error.to_string().contains("SECRET"), "{error}");
        }
        let long = format!("{{\"amount\":{}1}}", " ".repeat(MAX_JSON));
        assert_eq!(
            read::<Sample>("request", &long).unwrap_err().code,
            "too_large"
        );
    }
}
