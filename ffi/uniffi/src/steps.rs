//! The steps of a run as JSON.
//!
//! A step gives `{"step":"send","timeout_ms","request":{"method","url","headers":[{"name","value"}],"body"}}` or
//! `{"step":"done","answer":{…}}`; the next one takes `{"result":"answered","status","content_type","body"}`,
//! `{"result":"not_sent"}` or `{"result":"lost"}`. Bodies are Base64. `timeout_ms` is at least 1, since 0 means no limit to
//! many who send. A `not_sent` after it counts as `lost`: others may look by then for what became of the request.

use std::time::Duration;

use netmile::operation::HttpResponse;
use netmile_ffi_runtime::steps::{Input, MAX_ANSWER, Run, Step};
use netmile_ffi_runtime::{FfiError, json};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bytes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    result: String,
    #[serde(default)]
    status: u16,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default, with = "crate::bytes")]
    body: Vec<u8>,
}

/// Goes on, on the calling thread. An input that cannot be used counts as `lost`: the request was handed out, and what
/// became of it nobody knows. The answer then says why under `problem`.
///
/// # Errors
/// As [`Run::step`].
pub fn step(run: &Run, input: Option<&str>) -> Result<String, FfiError> {
    let (input, told) = taken(input.map(read));
    told.write(run.step(input)?)
}

/// The same for bytes that should be UTF-8.
///
/// # Errors
/// As [`step`].
pub fn step_bytes(run: &Run, input: Option<&[u8]>) -> Result<String, FfiError> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(|_| unusable("input", "must be UTF-8"));
    let (input, told) = taken(input.map(|bytes| read(text(bytes)?)));
    told.write(run.step(input)?)
}

/// The same for at most so many milliseconds. `{"step":"wait"}` when it is not that far yet: then the next step takes no
/// input.
///
/// # Errors
/// As [`step`].
pub fn step_within(run: &Run, input: Option<&str>, millis: u32) -> Result<String, FfiError> {
    let (input, told) = taken(input.map(read));
    let most = Duration::from_millis(u64::from(millis));
    match run.step_within(input, most)? {
        Some(step) => told.write(step),
        None => Ok(told.text(json!({"step": "wait"}))),
    }
}

/// The same as [`step`], to be awaited by any executor.
///
/// # Errors
/// As [`step`].
pub async fn step_async(run: &Run, input: Option<&str>) -> Result<String, FfiError> {
    let (input, told) = taken(input.map(read));
    told.write(run.step_async(input).await?)
}

/// What a caller handed in, and what it is told about it.
fn taken(read: Option<Result<Input, FfiError>>) -> (Option<Input>, Told) {
    match read {
        None => (None, Told { problem: None }),
        Some(Ok(input)) => (Some(input), Told { problem: None }),
        Some(Err(problem)) => {
            let problem = Some(problem);
            (Some(Input::Lost), Told { problem })
        }
    }
}

struct Told {
    /// Why what was handed in could not be used.
    problem: Option<FfiError>,
}

impl Told {
    fn text(&self, mut step: Value) -> String {
        if let (Value::Object(step), Some(problem)) = (&mut step, &self.problem) {
            let problem =
                json!({"code": problem.code, "field": problem.field, "detail": problem.detail});
            step.insert("problem".to_owned(), problem);
        }
        step.to_string()
    }

    fn write(&self, step: Step) -> Result<String, FfiError> {
        let (request, left) = match step {
            Step::Send(request, left) => (request, left),
            Step::Done(answer) => {
                let answer: Value = serde_json::from_str(&answer).map_err(|_| {
                    FfiError::new("malformed", "the answer cannot be written as JSON")
                })?;
                return Ok(self.text(json!({"step": "done", "answer": answer})));
            }
        };
        let headers: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        let left = left.map(|left| u64::try_from(left.as_millis()).unwrap_or(u64::MAX).max(1));
        Ok(self.text(json!({
            "step": "send",
            "timeout_ms": left,
            "request": {
                "method": request.method.name(),
                "url": request.url,
                "headers": headers,
                "body": bytes::encode(&request.body),
            },
        })))
    }
}

fn unusable(field: &'static str, rule: &'static str) -> FfiError {
    FfiError::field("invalid_argument", field, rule)
}

fn read(input: &str) -> Result<Input, FfiError> {
    let given: Document = json::read("input", input)?;
    match given.result.as_str() {
        "answered" => {
            if !(100..600).contains(&given.status) {
                return Err(unusable("status", "must be an HTTP status"));
            }
            if given.body.len() > MAX_ANSWER {
                return Err(FfiError::field(
                    "too_large",
                    "body",
                    "must be at most 16 MiB",
                ));
            }
            Ok(Input::Answered(HttpResponse {
                status: given.status,
                content_type: given.content_type,
                body: given.body,
            }))
        }
        "not_sent" => Ok(Input::NotSent),
        "lost" => Ok(Input::Lost),
        _ => Err(unusable("result", "must be answered, not_sent or lost")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use netmile_ffi_runtime::Handle;

    const CONFIG: &str = r#"{"contracts":[{"merchant_id":"99999","service_id":"001",
        "hash_key":"TESTHASHKEY0123456789abcdef0123456789abc","environment":"mock","base_url":"http://127.0.0.1:1",
        "methods":[{"tag":"netmile","cells":"all","api":{"number":"900","flow":"one_step","capture":"automatic",
        "functions":{"request":"ST01-00101"},"inquiry_by":"tracking","statuses":[],"member_leaf":"netmile_user_id",
        "amount_digits":7}}]}]}"#;

    fn charge(handle: &Handle, id: &str) -> Run {
        let request = format!(
            r#"{{"id":"{id}","method":"netmile","amount":100,"cust_code":"C","item_id":"I","member":"M"}}"#
        );
        crate::start(handle, "payment.charge".to_owned(), request)
    }

    fn value(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_cannot_be_used_of_a_transport_leaves_a_known_unknown() {
        let handle = Handle::new(CONFIG).unwrap();
        let long = format!(
            r#"{{"result":"answered","status":200,"body":"{}"}}"#,
            "A".repeat(MAX_ANSWER / 3 * 4 + 8)
        );
        let rubbish: [(&[u8], &str); 8] = [
            (b"rubbish", "input"),
            (b"null", "input"),
            (br#"{"result":"answered","status":99}"#, "status"),
            (br#"{"result":"answered","status":"200"}"#, "input"),
            (
                br#"{"result":"answered","status":200,"body":"%%%"}"#,
                "input",
            ),
            (br#"{"result":"perhaps"}"#, "result"),
            (b"{\"result\":\"\xff\"}", "input"),
            (long.as_bytes(), "body"),
        ];
        for (number, (input, field)) in rubbish.into_iter().enumerate() {
            let run = charge(&handle, &format!("A-{number}"));
            let sent = value(&step(&run, None).unwrap());
            assert_eq!(sent["step"], "send");
            let left = sent["timeout_ms"].as_u64().unwrap();
            assert!((1..=80_000).contains(&left), "{left}");
            let done = value(&step_bytes(&run, Some(input)).unwrap());
            assert_eq!(done["answer"]["outcome"], "unknown", "{number}");
            assert_eq!(done["problem"]["field"], field, "{number}");
        }
        let open = crate::invoke(&handle, "payment.unresolved", r#"{"limit":100}"#).unwrap();
        assert_eq!(value(&open)["charges"].as_array().unwrap().len(), 8);
    }

    #[test]
    fn a_time_limit_is_never_written_as_none() {
        let request = || netmile::operation::HttpRequest {
            method: netmile::operation::HttpMethod::Get,
            url: "http://127.0.0.1:1/".to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        for (left, written) in [
            (Some(Duration::from_nanos(1)), json!(1)),
            (Some(Duration::from_micros(999)), json!(1)),
            (Some(Duration::from_millis(2)), json!(2)),
            (None, json!(null)),
        ] {
            let step = Told { problem: None }.write(Step::Send(request(), left));
            assert_eq!(value(&step.unwrap())["timeout_ms"], written);
        }
    }

    #[test]
    fn rubbish_that_answers_nothing_is_refused() {
        let handle = Handle::new(CONFIG).unwrap();
        let run = charge(&handle, "A-1");
        assert_eq!(
            step(&run, Some("rubbish")).unwrap_err().code,
            "invalid_state"
        );
        assert_eq!(value(&step(&run, None).unwrap())["step"], "send");
    }

    #[test]
    fn an_operation_may_be_waited_for_in_slices() {
        let handle = Handle::new(CONFIG).unwrap();
        let request = r#"{"limit":1}"#.to_owned();
        let run = crate::begin(&handle, "payment.unresolved".to_owned(), request);
        let mut told = value(&step_within(&run, None, 1).unwrap());
        for _ in 0..1000 {
            if told["step"] != "wait" {
                break;
            }
            told = value(&step_within(&run, None, 100).unwrap());
        }
        assert_eq!(told["answer"]["charges"], json!([]));
    }
}
