//! Why a hash does not match: names the wrong recipe behind a hash that somebody else computed.
//!
//! The hash is the first thing that goes wrong in every integration, and a wrong one says nothing about its
//! cause. Here the message is hashed again with each known mistake, and with each pair of them, until one gives
//! the hash in question.
//!
//! Source: docs/protocol/link-type.md#hash

mod candidates;
mod message;
mod recipe;
mod value;
mod wording;

use std::fmt;

use base64::Engine;
use serde::Serialize;

use crate::lang::Lang;
use crate::link::order::{self, Order};
use crate::secret::HashKey;
use crate::wire::hash::{self, HashCharset};
use candidates::{Candidate, candidates};
use message::Message;
use recipe::Op;

/// Most digests computed for one question.
const MAX_DIGESTS: usize = 20_000;
/// Most bytes handled for one question, so that a huge message does not buy a huge amount of work; 64 MiB.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Which message was hashed; decides the order and the charset.
///
/// Source: docs/protocol/link-type.md#hash
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HashedMessage {
    /// A01-1, the purchase request (購入要求).
    Purchase,
    /// A02-1, the purchase notice from server to server (購入結果通知).
    PurchaseResult,
    /// A03-1, and the returns to the cancel and error URL, through the browser (購入結果).
    PurchaseReturn,
    /// B01-1 and C01-1, registration or deletion of a customer's payment information (顧客決済情報).
    Registration,
    /// The notice of a registration from server to server.
    RegistrationResult,
    /// The result of a registration through the browser.
    RegistrationReturn,
    /// D01-1, the application for recurring billing (継続課金申込).
    Recurring,
    /// The notice of a recurring application; taken to be as A02-1.
    RecurringResult,
    /// The result of a recurring application through the browser; taken to be as A03-1.
    RecurringReturn,
}

impl HashedMessage {
    /// The charset that the right recipe hashes in.
    #[must_use]
    pub const fn charset(self) -> HashCharset {
        match self {
            Self::PurchaseReturn | Self::RegistrationReturn | Self::RecurringReturn => {
                HashCharset::ShiftJis
            }
            _ => HashCharset::Utf8,
        }
    }

    const fn is_request(self) -> bool {
        matches!(self, Self::Purchase | Self::Registration | Self::Recurring)
    }

    const fn order(self) -> &'static Order {
        match self {
            Self::Purchase => &order::PURCHASE_REQUEST,
            Self::PurchaseResult
            | Self::PurchaseReturn
            | Self::RecurringResult
            | Self::RecurringReturn => &order::PURCHASE_RESULT,
            Self::Registration => &order::REGISTRATION_REQUEST,
            Self::RegistrationResult | Self::RegistrationReturn => &order::REGISTRATION_RESULT,
            Self::Recurring => &order::RECURRING_REQUEST,
        }
    }
}

/// A message, the key, and the hash that somebody else made of them.
#[derive(Clone, Copy)]
pub struct HashQuestion<'a> {
    /// Which message it is.
    pub message: HashedMessage,
    /// Names and values as sent, in the order sent; the names of detail rows repeat. `sps_hashcode` may be among
    /// them.
    pub fields: &'a [(String, String)],
    /// The key that belongs to the merchant and service of the message.
    pub key: &'a HashKey,
    /// Keys of other services or environments with a label for each; the first 32 are tried.
    pub other_keys: &'a [(String, HashKey)],
    /// The hash to explain.
    pub claimed: &'a str,
}

impl fmt::Debug for HashQuestion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HashQuestion")
            .field("message", &self.message)
            .field("fields", &self.fields.len())
            .field("other_keys", &self.other_keys.len())
            .finish_non_exhaustive()
    }
}

/// What is wrong with a hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    /// Nothing: it is the right hash.
    Correct,
    /// One mistake or two give exactly this hash. Others may give the same one; the likeliest is named.
    Recipe(Vec<RecipeFault>),
    /// No known mistake and no pair of them gives it: another key, or other values than those sent.
    NoKnownRecipe,
    /// It cannot be a SHA-1 in any known notation.
    NotAHash,
}

impl Explanation {
    /// The explanation in one text. It never holds a value or a key.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Correct => lang
                .pick("The hash is correct.", "ハッシュは正しい値です。")
                .to_owned(),
            Self::Recipe(faults) => {
                let texts: Vec<_> = faults.iter().map(|f| f.text(lang)).collect();
                texts.join(lang.pick(" ", ""))
            }
            Self::NoKnownRecipe => lang
                .pick(
                    "No known mistake gives this hash. Either the key is another one, or the values were changed after the hash was made.",
                    "既知の誤りではこのハッシュになりません。別のハッシュキーを使用したか、ハッシュの計算後に値が変わった可能性があります。",
                )
                .to_owned(),
            Self::NotAHash => lang
                .pick(
                    "This is not a SHA-1 hash: 40 hex digits are expected.",
                    "SHA-1 ハッシュではありません。16 進数 40 桁が必要です。",
                )
                .to_owned(),
        }
    }
}

/// One mistake in a recipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecipeFault {
    /// Stable name of the mistake, such as `charset_shift_jis`.
    pub id: &'static str,
    /// The field it is about, where it is about one.
    pub field: Option<String>,
    /// What else there is to tell: a separator, a format, the label of another key.
    pub detail: Option<String>,
}

impl RecipeFault {
    fn new(id: &'static str, field: Option<&str>, detail: Option<&str>) -> Self {
        let printable = |name: &str| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
            if name.len() <= 64 && name.bytes().all(plain) {
                name.to_owned()
            } else {
                "?".to_owned()
            }
        };
        Self {
            id,
            field: field.map(printable),
            detail: detail.map(str::to_owned),
        }
    }

    /// What was done wrong and what is right.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        wording::text(self.id, lang)
            .replace("{field}", self.field.as_deref().unwrap_or_default())
            .replace("{detail}", self.detail.as_deref().unwrap_or_default())
    }
}

/// Names the wrong recipe behind a hash.
///
/// Tries the right recipe, each known mistake, then each pair of them: at most 20,000 digests and 64 MiB of work
/// (a fraction of a second of computing, so keep it off an async executor), after which it gives up with
/// [`Explanation::NoKnownRecipe`]. Neither key nor values appear in the answer, only field names and the labels of
/// other keys. It is a tool for the two parties who know the key; do not show its answer to customers.
///
/// ```
/// use netmile::link::{Explanation, HashQuestion, HashedMessage, explain_hash};
/// use netmile::{HashKey, Lang};
///
/// let key = HashKey::new("0123456789abcdef")?;
/// let fields = [("merchant_id", "99999"), ("service_id", "001"), ("amount", "100")]
///     .map(|(name, value)| (name.to_owned(), value.to_owned()));
/// let explanation = explain_hash(&HashQuestion {
///     message: HashedMessage::Purchase,
///     fields: &fields,
///     key: &key,
///     other_keys: &[],
///     claimed: "97d4612f093843fc94ffd6138ea3d7f0ba4eefd6", // SHA-1 of 99999001100
/// });
/// let Explanation::Recipe(faults) = &explanation else { panic!("{explanation:?}") };
/// assert_eq!(faults[0].id, "key_missing");
/// assert!(explanation.text(Lang::En).contains("hash key"));
/// # Ok::<(), netmile::Error>(())
/// ```
#[must_use]
pub fn explain_hash(question: &HashQuestion<'_>) -> Explanation {
    let Some(claim) = Claim::read(question.claimed) else {
        return Explanation::NotAHash;
    };
    if let Claim::OtherAlgorithm(name) = claim {
        return Explanation::Recipe(vec![RecipeFault::new("other_algorithm", None, Some(name))]);
    }
    let message = Message::new(question);
    let candidates = candidates(question, &message);
    let most_faults = if claim.notation().is_some() { 1 } else { 2 };
    let found = recipes(&message, &candidates, most_faults).find(|r| claim.is(&r.digest));
    let Some(found) = found else {
        return Explanation::NoKnownRecipe;
    };
    let mut faults: Vec<_> = claim.notation().into_iter().collect();
    faults.extend(found.faults.into_iter().cloned());
    if faults.is_empty() && message.is_lossy() {
        faults.push(RecipeFault::new("unmappable_question_mark", None, None));
    }
    if faults.is_empty() {
        return Explanation::Correct;
    }
    Explanation::Recipe(faults)
}

/// A hash that can be explained, and its explanation.
struct Explained<'c> {
    faults: Vec<&'c RecipeFault>,
    digest: [u8; 20],
}

/// Every recipe within the limits: the right one, those with one fault, those with two.
fn recipes<'c>(
    message: &Message<'_>,
    candidates: &'c [Candidate],
    most_faults: usize,
) -> impl Iterator<Item = Explained<'c>> {
    let right = std::iter::once(Vec::new());
    let single = candidates.iter().map(|c| vec![c]);
    let double = candidates.iter().enumerate().flat_map(|(i, a)| {
        candidates
            .iter()
            .skip(i + 1)
            .filter(|b| a.op.combines_with(b.op))
            .map(move |b| vec![a, b])
    });
    let mut handled = 0;
    right
        .chain(single)
        .chain(double)
        .take_while(move |faults| faults.len() <= most_faults)
        .take(MAX_DIGESTS)
        .map_while(move |faults| {
            if handled > MAX_BYTES {
                return None;
            }
            let ops: Vec<Op> = faults.iter().map(|c| c.op).collect();
            let (digest, bytes) = message.digest(&ops);
            handled += bytes;
            Some(Explained {
                faults: faults.into_iter().map(|c| &c.fault).collect(),
                digest,
            })
        })
}

/// What somebody wrote where the hash belongs.
enum Claim<'a> {
    /// 40 hex digits; the flag says that white space stood around them.
    Hex([u8; 20], bool),
    /// Base64 of 20 bytes.
    Base64([u8; 20]),
    /// Fewer hex digits than 40: zeros may have been lost.
    Short(&'a str),
    /// Hex digits in the number of another algorithm.
    OtherAlgorithm(&'static str),
}

impl<'a> Claim<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.trim();
        if let Some(digest) = hash::parse_hex(inner) {
            return Some(Self::Hex(digest, inner.len() != text.len()));
        }
        if inner.len() == 28
            && let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(inner)
            && let Ok(digest) = bytes.try_into()
        {
            return Some(Self::Base64(digest));
        }
        if inner.is_empty() || !inner.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        match inner.len() {
            32 => Some(Self::OtherAlgorithm("MD5")),
            64 => Some(Self::OtherAlgorithm("SHA-256")),
            96 => Some(Self::OtherAlgorithm("SHA-384")),
            128 => Some(Self::OtherAlgorithm("SHA-512")),
            20..40 => Some(Self::Short(inner)),
            _ => None,
        }
    }

    fn is(&self, digest: &[u8; 20]) -> bool {
        match self {
            Self::Hex(claimed, _) | Self::Base64(claimed) => claimed == digest,
            Self::Short(claimed) => {
                let lead = hash::hex_lower(digest);
                let unpadded: String = digest.iter().map(|b| format!("{b:x}")).collect();
                claimed.eq_ignore_ascii_case(lead.trim_start_matches('0'))
                    || claimed.eq_ignore_ascii_case(&unpadded)
            }
            Self::OtherAlgorithm(_) => false,
        }
    }

    /// The fault of the notation itself.
    fn notation(&self) -> Option<RecipeFault> {
        let id = match self {
            Self::Hex(_, false) | Self::OtherAlgorithm(_) => return None,
            Self::Hex(_, true) => "hash_with_spaces",
            Self::Base64(_) => "hash_in_base64",
            Self::Short(_) => "hash_lost_zeros",
        };
        Some(RecipeFault::new(id, None, None))
    }
}

#[cfg(test)]
mod tests;
