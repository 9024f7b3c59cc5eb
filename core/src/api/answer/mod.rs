//! What comes back in the same exchange.

use std::fmt;

use super::function::FunctionId;
use super::rules;
use crate::error::{Error, ErrorKind, Result};
use crate::link::MAX_EVIDENCE;
use crate::time::Timestamp;
use crate::wire::tdes::TdesKey;
use crate::wire::xml::{Element, XmlLimits, read_xml};

/// `res_result` (処理結果ステータス) and `res_err_code`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerResult {
    /// `OK`.
    Ok,
    /// `NG` with its code of eight characters: method, kind, field. New codes come without notice.
    Ng(String),
}

/// An answer (応答) of the gateway.
///
/// It carries no hash: what proves it is the TLS connection it came through. `Debug` shows ids, no other field.
///
/// ```
/// use netmile::api::{Answer, AnswerResult};
/// let body = b"<?xml version='1.0' encoding='Shift_JIS' ?>
///     <sps-api-response id='ST02-00101-101'>
///       <res_result>OK</res_result>
///       <res_sps_transaction_id>B99999001ST020010110100000000001</res_sps_transaction_id>
///       <res_process_date>20300103100000</res_process_date>
///       <res_err_code></res_err_code>
///       <res_date>20300103100001</res_date>
///     </sps-api-response>";
/// let answer = Answer::read(body, None, false)?;
/// assert_eq!(answer.result(), &AnswerResult::Ok);
/// assert_eq!(answer.tracking_id(), None);
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/api-type.md#outcomes
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    function: Option<FunctionId>,
    result: AnswerResult,
    transaction_id: Option<String>,
    tracking_id: Option<String>,
    process_date: Option<Timestamp>,
    date: Option<Timestamp>,
    fields: Element,
}

/// Root of an answer.
const ROOT: &str = "sps-api-response";
/// The group whose leaves are encrypted.
const SECRET: &str = "res_pay_method_info";
/// Bytes of an answer; real ones have about a thousand.
const MAX_BODY: usize = 256 * 1024;

impl Answer {
    /// Reads an answer. `encrypted` says whether the request's `encrypted_flg` was 1; `tdes` is then needed.
    ///
    /// Tags may come in any order and unknown ones are kept; an answer `NG` may lack everything but its code.
    /// Multi-byte leaves are out of Base64 where their names are known, others are as they came.
    ///
    /// # Errors
    /// `malformed`, `too_large` or `duplicate_field`, with the received bytes (at most 1 MiB of them) as evidence: not
    /// XML (an HTML page, nothing at all), another root, neither `OK` nor `NG`, `NG` without a code or `OK` with one, a
    /// length or a character that a field cannot have, a leaf that does not decrypt. After such an error **the outcome
    /// is unknown**; nothing of the answer may be taken for a fact. `configuration` when `encrypted` has no key.
    pub fn read(body: &[u8], tdes: Option<&TdesKey>, encrypted: bool) -> Result<Self> {
        let key = match (encrypted, tdes) {
            (true, None) => {
                return Err(Error::new(
                    ErrorKind::Configuration,
                    "an encrypted answer needs the 3DES key of the contract",
                ));
            }
            (true, key) => key,
            (false, _) => None,
        };
        Self::parse(body, key).map_err(|error| {
            let kept = body.get(..MAX_EVIDENCE).unwrap_or(body);
            error.with_evidence(kept)
        })
    }

    fn parse(body: &[u8], key: Option<&TdesKey>) -> Result<Self> {
        let limits = XmlLimits {
            bytes: MAX_BODY,
            ..XmlLimits::default()
        };
        let document = read_xml(body, limits)?;
        let mut root = document.root;
        if root.name() != ROOT {
            return Err(malformed("xml", "is not an answer of the gateway"));
        }
        let function = document
            .id
            .map(|id| FunctionId::parse(&id).map_err(|_| malformed("id", "is no function")))
            .transpose()?;
        rules::make_plain(&mut root, SECRET, key)?;
        check_known(&root)?;
        let code = rules::only(&root, "res_err_code")?;
        let result = match (rules::only(&root, "res_result")?, code) {
            (Some("OK"), None) => AnswerResult::Ok,
            (Some("OK"), Some(_)) => {
                return Err(malformed("res_err_code", "must be blank beside OK"));
            }
            (Some("NG"), Some(code)) => AnswerResult::Ng(code.to_owned()),
            (Some("NG"), None) => {
                return Err(malformed("res_err_code", "must not be blank beside NG"));
            }
            _ => return Err(malformed("res_result", "must be OK or NG")),
        };
        let text = |name| Ok::<_, Error>(rules::only(&root, name)?.map(str::to_owned));
        let moment = |name| Ok::<_, Error>(rules::only(&root, name)?.and_then(rules::moment));
        Ok(Self {
            function,
            result,
            transaction_id: text("res_sps_transaction_id")?,
            tracking_id: text("res_tracking_id")?,
            process_date: moment("res_process_date")?,
            date: moment("res_date")?,
            fields: root,
        })
    }

    /// The function; an answer `NG` may lack it.
    #[must_use]
    pub fn function(&self) -> Option<&FunctionId> {
        self.function.as_ref()
    }

    /// `OK`, or `NG` with its code.
    #[must_use]
    pub fn result(&self) -> &AnswerResult {
        &self.result
    }

    /// Whether it is `OK`.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.result == AnswerResult::Ok
    }

    /// `res_sps_transaction_id` (処理SBPSトランザクションID): names this one processing, at most 32 characters.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.transaction_id.as_deref()
    }

    /// `res_tracking_id` (処理トラッキングID), 14 digits: the gateway's id of the payment. In answers to payment requests
    /// only.
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        self.tracking_id.as_deref()
    }

    /// `res_process_date`: when it was processed; captures give the day only, as midnight.
    #[must_use]
    pub fn process_date(&self) -> Option<Timestamp> {
        self.process_date
    }

    /// `res_date`: when the gateway made this answer.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        self.date
    }

    /// The value at a path such as `res_pay_method_info/payment_status`, if it is there and not blank.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        let text = self.fields.at(path)?.text();
        Some(text).filter(|text| !text.is_empty())
    }

    /// Every field, in plain form. May be personal.
    #[must_use]
    pub fn fields(&self) -> &Element {
        &self.fields
    }

    /// Checks that it answers this function.
    ///
    /// # Errors
    /// `mismatch` when it says that it answers another, or `OK` without saying which.
    pub fn check_function(&self, asked: &FunctionId) -> Result<()> {
        match (&self.function, self.is_ok()) {
            (Some(answered), _) if answered == asked => Ok(()),
            (None, false) => Ok(()),
            _ => Err(Error::field(
                ErrorKind::Mismatch,
                "id",
                "is not the function that was asked",
            )),
        }
    }
}

/// Checks what is known in the root and in every group of it: each once, each by its rule.
fn check_known(group: &Element) -> Result<()> {
    for (index, child) in group.children().iter().enumerate() {
        check_known(child)?;
        match rules::rule_of(child.name()) {
            Some(rule) => rule.check(child.name(), child.text())?,
            None if child.name() == SECRET => {}
            None => continue,
        }
        let before = group.children().get(..index).unwrap_or_default();
        if before.iter().any(|other| other.name() == child.name()) {
            return Err(Error::field(
                ErrorKind::DuplicateField,
                child.name().to_owned(),
                "must stand once",
            ));
        }
    }
    Ok(())
}

fn malformed(field: &'static str, rule: &'static str) -> Error {
    Error::field(ErrorKind::Malformed, field, rule)
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("function", &self.function)
            .field("result", &self.result)
            .field("transaction_id", &self.transaction_id)
            .field("tracking_id", &self.tracking_id)
            .field("process_date", &self.process_date)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}
