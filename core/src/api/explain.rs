//! Why the hash of a message of the API type does not match: what went into it, and the wrong recipe behind another one.
//!
//! The hash covers plain values in Shift_JIS, in the order in which they stand in the XML, and the hash key behind them.
//! Nearly every mistake is one of form: Base64 or 3DES text hashed as it stands on the wire, UTF-8, a value left out.
//!
//! Source: docs/protocol/api-type.md#hash

mod recipe;
#[cfg(test)]
mod tests;
mod wording;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::rules::{MULTI_BYTE, SECRET_GROUP};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::Lang;
use crate::secret::HashKey;
use crate::wire::hash;
use crate::wire::tdes::TdesKey;
use crate::wire::text::{TextPolicy, decode, encode};
use crate::wire::xml::{Element, XmlLimits, read_xml};

/// Bytes of a message that can be explained.
const MAX_BODY: usize = 256 * 1024;
/// Most values of a message that can be explained.
const MAX_FIELDS: usize = 2_000;
/// Longest value of a leaf in 3DES, in bytes.
const MAX_SECRET: usize = 4096;
/// Roots of messages that carry a hash: requests and notices.
const ROOT: &str = "sps-api-request";
/// The leaf that carries it.
const HASH: &str = "sps_hashcode";

/// A message, the key, and the hash in question.
#[derive(Clone, Copy)]
pub struct ApiHashQuestion<'a> {
    /// The message as it was posted.
    pub xml: &'a [u8],
    /// The key that belongs to its merchant and service.
    pub key: &'a HashKey,
    /// Keys of other services or environments with a label for each; the first 32 are tried.
    pub other_keys: &'a [(String, HashKey)],
    /// The 3DES key of the contract: needed where `encrypted_flg` is 1, or where a notice comes encrypted.
    pub tdes: Option<&'a TdesKey>,
    /// The hash to explain; `sps_hashcode` of the message when `None`.
    pub claimed: Option<&'a str>,
}

impl fmt::Debug for ApiHashQuestion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiHashQuestion")
            .field("xml_len", &self.xml.len())
            .field("other_keys", &self.other_keys.len())
            .finish_non_exhaustive()
    }
}

/// How a value stands on the wire. It is hashed in plain Shift_JIS in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireForm {
    /// As it is.
    Plain,
    /// In Base64: a text that may be multi-byte (属性 M).
    Base64,
    /// In 3DES and Base64: a leaf of `pay_method_info` of an encrypted message.
    Encrypted,
}

impl WireForm {
    /// The name in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Base64 => "base64",
            Self::Encrypted => "encrypted",
        }
    }
}

/// A value that goes into the hash. It holds no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedField {
    /// Its tags below the root, such as `pay_method_info/tel`.
    pub path: String,
    /// Bytes that it gives to the hash; 0 for a blank one.
    pub bytes: usize,
    /// How it stands on the wire.
    pub form: WireForm,
}

/// What became of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiHashVerdict {
    /// It is the right hash.
    Correct,
    /// One mistake or two give exactly this hash. Others may give the same one; the likeliest is named.
    Recipe(Vec<ApiHashFault>),
    /// No known mistake and no pair of them gives it.
    NoKnownRecipe,
    /// It is no SHA-1: 40 hex digits are expected.
    NotAHash,
}

impl ApiHashVerdict {
    /// The verdict in one text. It never holds a value or a key.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let id = match self {
            Self::Correct => "correct",
            Self::NoKnownRecipe => "no_known_recipe",
            Self::NotAHash => "not_a_hash",
            Self::Recipe(faults) => {
                let texts: Vec<_> = faults.iter().map(|fault| fault.text(lang)).collect();
                return texts.join(lang.pick(" ", ""));
            }
        };
        wording::text(id, lang).to_owned()
    }
}

/// One mistake in a recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiHashFault {
    /// Stable name of the mistake, such as `base64_hashed`.
    pub id: &'static str,
    /// The tag it is about, or the label of another key.
    pub about: Option<String>,
}

impl ApiHashFault {
    /// The mistake in words, and what is right. It never holds a value or a key.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let about = self.about.as_deref().unwrap_or_default();
        wording::text(self.id, lang).replace("{about}", about)
    }
}

/// What goes into the hash of a message, and what is wrong with the one in question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiHashExplanation {
    /// The function id of the message, such as `ST01-00101-101`, if it names one.
    pub function: Option<String>,
    /// What is hashed, in this order; the hash key comes behind all of it.
    pub fields: Vec<HashedField>,
    /// The comparison.
    pub verdict: ApiHashVerdict,
}

/// Says what goes into the hash of a request or notice of the API type, and why another hash does not match.
///
/// ```
/// use netmile::api::{ApiHashQuestion, ApiHashVerdict, explain_api_hash};
/// use netmile::{HashKey, Lang};
/// let key = HashKey::new("0123456789abcdef")?;
/// let xml = b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-request id=\"ST02-00303-101\">\
///     <merchant_id>99999</merchant_id><service_id>001</service_id><tracking_id>00000000000001</tracking_id>\
///     <sps_hashcode>a06e0b7bd4a3f38dc14d95e3b92bb1e3ed4a6f79</sps_hashcode></sps-api-request>";
/// let question = ApiHashQuestion { xml, key: &key, other_keys: &[], tdes: None, claimed: None };
/// let explained = explain_api_hash(&question)?;
/// let hashed: Vec<_> = explained.fields.iter().map(|field| field.path.as_str()).collect();
/// assert_eq!(hashed, ["merchant_id", "service_id", "tracking_id"]);
/// assert_eq!(explained.verdict, ApiHashVerdict::NoKnownRecipe);
/// assert!(explained.verdict.text(Lang::En).contains("key"));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// # Errors
/// `malformed` or `too_large` for what is no message of the API type or has a leaf that is neither Base64 nor 3DES where
/// it must be, `missing_field` when there is no hash to explain, `configuration` when the 3DES key is needed and not
/// given.
pub fn explain_api_hash(question: &ApiHashQuestion<'_>) -> Result<ApiHashExplanation> {
    let limits = XmlLimits {
        bytes: MAX_BODY,
        ..XmlLimits::default()
    };
    let document = read_xml(question.xml, limits)?;
    if document.root.name() != ROOT {
        return Err(Error::field(
            ErrorKind::Malformed,
            "xml",
            "is no request or notice of the API type: answers carry no hash",
        ));
    }
    let own = document.root.child(HASH).map(Element::text);
    let Some(claimed) = question.claimed.or(own).map(str::trim) else {
        return Err(Error::field(
            ErrorKind::MissingField,
            HASH,
            "must be in the message, or be given",
        ));
    };
    let leaves = leaves(&document.root, document.id.as_deref(), question.tdes)?;
    let fields = leaves.iter().map(|leaf| HashedField {
        path: leaf.path.clone(),
        bytes: leaf.plain.len(),
        form: leaf.form,
    });
    let verdict = match hash::parse_hex(claimed) {
        None => ApiHashVerdict::NotAHash,
        Some(digest) => match recipe::find(question, &leaves, &digest) {
            None => ApiHashVerdict::NoKnownRecipe,
            Some(faults) if faults.is_empty() => ApiHashVerdict::Correct,
            Some(faults) => ApiHashVerdict::Recipe(faults),
        },
    };
    Ok(ApiHashExplanation {
        fields: fields.collect(),
        function: document.id,
        verdict,
    })
}

/// A value of the message.
struct Leaf {
    path: String,
    form: WireForm,
    /// In Shift_JIS, without spaces around it: what is hashed.
    plain: Vec<u8>,
    /// The same with its spaces.
    untrimmed: Vec<u8>,
    /// In UTF-8.
    utf8: Vec<u8>,
    /// As it stands on the wire.
    wire: Vec<u8>,
}

fn leaves(root: &Element, id: Option<&str>, tdes: Option<&TdesKey>) -> Result<Vec<Leaf>> {
    let flag = root.child("encrypted_flg").map(Element::text);
    // Whether a notice is encrypted stands in the contract only: whoever gives the key says so.
    let notice = id.is_some_and(|id| id.starts_with("NT01"));
    let key = match (flag == Some("1"), tdes) {
        (true, None) => {
            return Err(Error::new(
                ErrorKind::Configuration,
                "an encrypted message needs the 3DES key of the contract",
            ));
        }
        (true, key) => key,
        (false, key) => key.filter(|_| notice),
    };
    let mut leaves = Vec::new();
    collect(root, "", key, &mut leaves)?;
    Ok(leaves)
}

fn collect(
    group: &Element,
    prefix: &str,
    key: Option<&TdesKey>,
    leaves: &mut Vec<Leaf>,
) -> Result<()> {
    for child in group.children() {
        let path = format!("{prefix}{}", child.name());
        if !child.children().is_empty() {
            collect(child, &format!("{path}/"), key, leaves)?;
        } else if path != HASH {
            if leaves.len() >= MAX_FIELDS {
                let rule = "must have at most 2000 values";
                return Err(Error::field(ErrorKind::TooLarge, "xml", rule));
            }
            leaves.push(leaf(path, child, key)?);
        }
    }
    Ok(())
}

fn leaf(path: String, element: &Element, key: Option<&TdesKey>) -> Result<Leaf> {
    let (name, wire) = (element.name(), element.text());
    let text = wire.trim_matches(' ');
    let inside = path
        .strip_prefix(SECRET_GROUP)
        .is_some_and(|rest| rest.starts_with('/'));
    let (form, plain) = match key.filter(|_| inside) {
        Some(key) if !text.is_empty() => {
            let sjis = key.decrypt(name, text, MAX_SECRET)?;
            (WireForm::Encrypted, decode(name, &sjis)?)
        }
        Some(_) => (WireForm::Encrypted, String::new()),
        None if MULTI_BYTE.contains(&name) => {
            let sjis = STANDARD.decode(text).map_err(|_| {
                Error::field(ErrorKind::Malformed, name.to_owned(), "is not Base64")
            })?;
            (WireForm::Base64, decode(name, &sjis)?)
        }
        None => (WireForm::Plain, wire.to_owned()),
    };
    let sjis = |text: &str| -> Result<Vec<u8>> {
        Ok(encode(name, text, &TextPolicy::Cp932)?.sjis().to_vec())
    };
    let trimmed = plain.trim_matches(' ');
    Ok(Leaf {
        form,
        plain: sjis(trimmed)?,
        untrimmed: sjis(&plain)?,
        utf8: trimmed.as_bytes().to_vec(),
        wire: text.as_bytes().to_vec(),
        path,
    })
}
