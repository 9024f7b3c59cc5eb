//! The steps of a run as JSON.
//!
//! A step gives `{"step":"send","request":{"method","url","headers":[{"name","value"}],"body"}}` or
//! `{"step":"done","answer":{…}}`; the next one takes `{"result":"answered","status","content_type","body"}`,
//! `{"result":"not_sent"}` or `{"result":"lost"}`. Bodies are Base64.

use netmile::operation::HttpResponse;
use netmile_ffi_runtime::steps::{Input, Run, Step};
use netmile_ffi_runtime::{FfiError, json};
use serde::Deserialize;
use serde_json::Value;

use crate::bytes;

/// Longest JSON of an input: an answer of 16 MiB in Base64, and what is around it.
const MAX_INPUT: usize = 24 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    result: String,
    #[serde(default)]
    status: u16,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default, with = "crate::bytes")]
    body: Vec<u8>,
}

/// Goes on, on the calling thread.
///
/// # Errors
/// As [`Run::step`]; `invalid_argument` for what is not an input.
pub fn step(run: &Run, input: Option<&str>) -> Result<String, FfiError> {
    let input = input.map(read).transpose()?;
    write(run.step(input)?)
}

/// The same, to be awaited by any executor.
///
/// # Errors
/// As [`step`].
pub async fn step_async(run: &Run, input: Option<&str>) -> Result<String, FfiError> {
    let input = input.map(read).transpose()?;
    write(run.step_async(input).await?)
}

fn read(input: &str) -> Result<Input, FfiError> {
    let given: Given = json::read_up_to(MAX_INPUT, "input", input)?;
    match given.result.as_str() {
        "answered" if (100..600).contains(&given.status) => Ok(Input::Answered(HttpResponse {
            status: given.status,
            content_type: given.content_type,
            body: given.body,
        })),
        "answered" => Err(FfiError::field(
            "invalid_argument",
            "status",
            "must be an HTTP status",
        )),
        "not_sent" => Ok(Input::NotSent),
        "lost" => Ok(Input::Lost),
        _ => Err(FfiError::field(
            "invalid_argument",
            "result",
            "must be answered, not_sent or lost",
        )),
    }
}

fn write(step: Step) -> Result<String, FfiError> {
    let value = match step {
        Step::Send(request) => {
            let headers: Vec<_> = request
                .headers
                .iter()
                .map(|(name, value)| serde_json::json!({"name": name, "value": value}))
                .collect();
            return Ok(serde_json::json!({
                "step": "send",
                "request": {
                    "method": request.method.name(),
                    "url": request.url,
                    "headers": headers,
                    "body": bytes::encode(&request.body),
                },
            })
            .to_string());
        }
        Step::Done(answer) => answer,
    };
    let answer: Value = serde_json::from_str(&value)
        .map_err(|_| FfiError::new("malformed", "the answer cannot be written as JSON"))?;
    Ok(serde_json::json!({"step": "done", "answer": answer}).to_string())
}
