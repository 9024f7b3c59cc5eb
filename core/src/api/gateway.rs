//! Where messages of one method go, and what they are sealed and read with.

use std::fmt;

use super::codes::{ApiCode, Class};
use super::{Answer, AnswerResult, ApiContext, FunctionId, Message};
use crate::contract::ApiIds;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{HttpMethod, HttpRequest, HttpResponse, Rejection, Verdict, WireRequest};
use crate::time::Timestamp;

/// Leaves of a refusal that are kept with it. None of them names a person.
const REJECTION_DETAILS: [&str; 2] = ["short_miles", "balance"];

/// One payment method of one contract at one endpoint. Cheap to clone; `Debug` shows no keys.
#[derive(Clone)]
pub struct Gateway {
    context: ApiContext,
    url: String,
    ids: ApiIds,
}

impl Gateway {
    /// Takes the contract's keys, the endpoint and the method's ids.
    #[must_use]
    pub fn new(context: ApiContext, url: impl Into<String>, ids: ApiIds) -> Self {
        Self {
            context,
            url: url.into(),
            ids,
        }
    }

    /// The method's ids.
    #[must_use]
    pub fn ids(&self) -> &ApiIds {
        &self.ids
    }

    /// What messages are sealed with.
    #[must_use]
    pub fn context(&self) -> &ApiContext {
        &self.context
    }

    /// The whole id of a function of this method.
    ///
    /// # Errors
    /// `not_in_contract` when the method does not have it.
    pub(super) fn function(
        &self,
        function: Option<&std::borrow::Cow<'static, str>>,
        what: &'static str,
    ) -> Result<FunctionId> {
        match function {
            Some(part) => FunctionId::parse(&format!("{part}-{}", self.ids.number)),
            None => Err(Error::field(
                ErrorKind::NotInContract,
                "function",
                format!("method {} has no function to {what}", self.ids.number),
            )),
        }
    }

    /// Signs a message.
    ///
    /// # Errors
    /// `invalid_value`, `missing_field`, `not_encodable`: nothing was sent.
    pub(super) fn sign(&self, message: &Message, at: Timestamp) -> Result<WireRequest> {
        let signed = message.seal(&self.context, at)?;
        Ok(WireRequest {
            lane: self.context.id().to_string(),
            function: signed.function().to_string(),
            http: HttpRequest {
                method: HttpMethod::Post,
                url: self.url.clone(),
                headers: vec![
                    (
                        "content-type".to_owned(),
                        "text/xml; charset=Shift_JIS".to_owned(),
                    ),
                    (
                        "authorization".to_owned(),
                        signed.authorization().to_owned(),
                    ),
                ],
                body: signed.into_body(),
            },
        })
    }

    /// Reads the answer to a message. A refusal is [`Verdict::Unknown`] when its code leaves the outcome open.
    ///
    /// # Errors
    /// `malformed`, `too_large`, `mismatch` when it is the answer to another function, or a yes that names none.
    pub(super) fn read(
        &self,
        message: &Message,
        response: &HttpResponse,
    ) -> Result<Verdict<Answer>> {
        let secret = message.is_secret() && self.context.tdes().is_some();
        let answer = Answer::read(&response.body, self.context.tdes(), secret)?;
        answer
            .check_function(message.function())
            .map_err(|error| error.with_evidence(&response.body))?;
        Ok(match answer.result() {
            AnswerResult::Ok => Verdict::Done(answer),
            AnswerResult::Ng(code) => {
                if ApiCode::parse(code).class() == Class::UnknownOutcome {
                    Verdict::Unknown(format!("the gateway answered {code}"))
                } else {
                    Verdict::Rejected(rejection(code, &answer))
                }
            }
        })
    }
}

fn rejection(code: &str, answer: &Answer) -> Rejection {
    let mut rejection = Rejection::new(code);
    for name in REJECTION_DETAILS {
        let direct = answer.get(name);
        let inside = || answer.get(&format!("res_pay_method_info/{name}"));
        if let Some(value) = direct.or_else(inside)
            && value.len() <= 20
            && value.bytes().all(|b| b.is_ascii_digit())
        {
            rejection.details.push((name.to_owned(), value.to_owned()));
        }
    }
    rejection
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway")
            .field("context", &self.context)
            .field("number", &self.ids.number)
            .finish_non_exhaustive()
    }
}
