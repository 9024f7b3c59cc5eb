//! From a message to signed bytes: the one place that checks, encodes, encrypts and hashes.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::compose::{Kind, Message, Node, value_at};
use crate::api::context::ApiContext;
use crate::api::function::FunctionId;
use crate::error::{Error, ErrorKind, Result};
use crate::link::MAX_ROWS;
use crate::time::Timestamp;
use crate::wire::hash::{LinkHasher, hex_lower};
use crate::wire::tdes::TdesKey;
use crate::wire::text::{TextPolicy, encode};
use crate::wire::xml::{Document, Element, write_xml};

/// Fields that [`Message::seal`] adds by itself.
const ADDED: [&str; 6] = [
    "merchant_id",
    "service_id",
    "encrypted_flg",
    "request_date",
    "limit_second",
    "sps_hashcode",
];

/// Deepest nesting of groups; the protocol's own is two.
const MAX_DEPTH: usize = 4;

/// A request that is ready to be posted.
///
/// `Debug` shows function, date and length of the body only.
#[derive(Clone)]
pub struct SignedMessage {
    function: FunctionId,
    request_date: Timestamp,
    body: Vec<u8>,
    hash: String,
    authorization: Zeroizing<String>,
}

impl SignedMessage {
    /// The function.
    #[must_use]
    pub fn function(&self) -> &FunctionId {
        &self.function
    }

    /// When it was signed.
    #[must_use]
    pub fn request_date(&self) -> Timestamp {
        self.request_date
    }

    /// The XML in Shift_JIS. It may hold personal data.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body by value.
    #[must_use]
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// `sps_hashcode`: 40 lower-case hex digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Value of the header `Authorization`: credentials. Do not log it.
    #[must_use]
    pub fn authorization(&self) -> &str {
        &self.authorization
    }

    /// Value of the header `Content-Type`.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        "text/xml; charset=Shift_JIS"
    }
}

impl fmt::Debug for SignedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedMessage")
            .field("function", &self.function)
            .field("request_date", &self.request_date)
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Whoever takes card numbers must keep them as the card brands demand. A page of the gateway takes them instead and
/// gives a token.
fn refuse_cards(nodes: &[Node]) -> Result<()> {
    const CARD: [&str; 3] = ["cc_number", "cc_expiration", "security_code"];
    for node in nodes {
        match node {
            Node::Leaf { name, .. } if CARD.contains(&name.as_ref()) => {
                return Err(Error::field(
                    ErrorKind::InvalidValue,
                    name.clone().into_owned(),
                    "is never taken: use a token of the card",
                ));
            }
            Node::Leaf { .. } => {}
            Node::Group { nodes, .. } => refuse_cards(nodes)?,
        }
    }
    Ok(())
}

impl Message {
    /// Checks every value, adds what the contract and the moment add, encrypts, signs.
    ///
    /// # Errors
    /// Nothing is sealed before every value has passed. `missing_field`; `invalid_value` for a length, a character or a
    /// blank at an end of a value, for a name that is no tag or that sealing adds itself, for a card number and what
    /// belongs to it; `duplicate_field` for a name that stands twice (but `dtl`); `not_encodable` for a character that Shift_JIS or the text policy does not have.
    pub fn seal(&self, context: &ApiContext, request_date: Timestamp) -> Result<SignedMessage> {
        for path in &self.required {
            if value_at(&self.nodes, path).is_none() {
                return Err(Error::field(
                    ErrorKind::MissingField,
                    path.clone().into_owned(),
                    "must not be blank",
                ));
            }
        }
        refuse_cards(&self.nodes)?;
        let id = context.id();
        let mut front = Message::new(self.function)
            .exactly("merchant_id", &id.merchant_id, 5)
            .exactly("service_id", &id.service_id, 3);
        let mut back = Message::new(self.function);
        if self.is_secret() {
            let flag = u8::from(context.tdes().is_some());
            back = back.exactly("encrypted_flg", flag, 1);
        }
        back = back.exactly("request_date", request_date, 14).digits(
            "limit_second",
            context.limit().map(|limit| limit.get()),
            4,
        );

        let mut sealing = Sealing {
            hasher: LinkHasher::new(context.hash_key()),
            policy: context.text(),
            tdes: context.tdes(),
        };
        for name in self.nodes.iter().map(Node::name) {
            if ADDED.contains(&name) {
                return Err(invalid(name, "is added when the message is sealed"));
            }
        }
        front.nodes.extend(self.nodes.iter().cloned());
        front.nodes.extend(back.nodes);
        let mut root = sealing.group("sps-api-request", &front.nodes, false, 0)?;
        let hash = hex_lower(&sealing.hasher.finish());
        root.push(Element::leaf("sps_hashcode", hash.clone()));
        let body = write_xml(&Document::new(root, self.function.as_str()))?;
        Ok(SignedMessage {
            function: self.function,
            request_date,
            body,
            hash,
            authorization: context.authorization(),
        })
    }
}

struct Sealing<'a> {
    hasher: LinkHasher<'a>,
    policy: &'a TextPolicy,
    tdes: Option<&'a TdesKey>,
}

impl Sealing<'_> {
    fn group(&mut self, name: &str, nodes: &[Node], secret: bool, depth: usize) -> Result<Element> {
        if depth > MAX_DEPTH {
            return Err(invalid(name, "is nested too deep"));
        }
        check_names(name, nodes)?;
        let mut group = Element::group(name, Vec::new());
        for node in nodes {
            match node {
                Node::Leaf { value, .. } if value.is_empty() => {}
                Node::Leaf {
                    name,
                    kind,
                    max,
                    value,
                } => {
                    let text = self.leaf(name, *kind, *max, value, secret)?;
                    group.push(Element::leaf(name.clone(), text));
                }
                Node::Group {
                    name,
                    secret: own,
                    nodes,
                } => {
                    let child = self.group(name, nodes, secret || *own, depth + 1)?;
                    if !child.children().is_empty() {
                        group.push(child);
                    }
                }
            }
        }
        Ok(group)
    }

    /// The text of a leaf on the wire; its plain value goes into the hash.
    fn leaf(
        &mut self,
        name: &str,
        kind: Kind,
        max: usize,
        value: &str,
        secret: bool,
    ) -> Result<String> {
        check_characters(name, kind, value)?;
        let text = encode(name, value, self.policy)?;
        check_length(name, kind, max, text.sjis().len())?;
        self.hasher.update(text.sjis());
        match self.tdes {
            Some(key) if secret => key.encrypt(name, text.sjis()),
            _ if kind == Kind::Multi => Ok(STANDARD.encode(text.sjis())),
            _ => Ok(text.as_str().to_owned()),
        }
    }
}

fn check_names(group: &str, nodes: &[Node]) -> Result<()> {
    let mut seen: Vec<&str> = Vec::with_capacity(nodes.len().min(64));
    let rows = group == "dtls";
    if nodes.len() > MAX_ROWS {
        return Err(Error::field(
            ErrorKind::TooLarge,
            group.to_owned(),
            "must have at most 999 entries",
        ));
    }
    for name in nodes.iter().map(Node::name) {
        let fits = (1..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !name.starts_with(|c: char| c.is_ascii_digit());
        if !fits {
            return Err(invalid(
                "tag",
                "must be 1 to 64 of ASCII letters, digits and _, and not begin with a digit",
            ));
        }
        if rows {
            if name != "dtl" {
                return Err(invalid(name, "has no place among detail rows"));
            }
        } else if seen.contains(&name) {
            return Err(Error::field(
                ErrorKind::DuplicateField,
                name.to_owned(),
                "must stand once",
            ));
        } else {
            seen.push(name);
        }
    }
    Ok(())
}

fn check_characters(name: &str, kind: Kind, value: &str) -> Result<()> {
    if value.starts_with(' ') || value.ends_with(' ') {
        return Err(invalid(name, "must not begin or end with a space"));
    }
    let (fits, rule) = match kind {
        Kind::Digits | Kind::Exact => (
            value.bytes().all(|b| b.is_ascii_digit()),
            "must be half-width digits",
        ),
        Kind::Single => (
            value.bytes().all(|b| matches!(b, b' '..=b'~')),
            "must be printable ASCII",
        ),
        Kind::Multi => (true, ""),
    };
    if fits {
        Ok(())
    } else {
        Err(invalid(name, rule))
    }
}

fn check_length(name: &str, kind: Kind, max: usize, sjis_bytes: usize) -> Result<()> {
    let (fits, rule) = match kind {
        Kind::Exact => (sjis_bytes == max, format!("must be exactly {max} digits")),
        Kind::Digits => (sjis_bytes <= max, format!("must be at most {max} digits")),
        Kind::Single => (
            sjis_bytes <= max,
            format!("must be at most {max} characters"),
        ),
        Kind::Multi if max == 0 => (false, "has no place in the API type".to_owned()),
        Kind::Multi => (
            sjis_bytes <= max,
            format!(
                "must be at most {max} bytes in Shift_JIS, where a full-width character is two"
            ),
        ),
    };
    if fits {
        Ok(())
    } else {
        Err(Error::field(ErrorKind::InvalidValue, name.to_owned(), rule))
    }
}

fn invalid(field: &str, rule: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, field.to_owned(), rule)
}
