//! From received bytes to verified data.

use crate::contract::{Contract, ContractId};
use crate::error::{Error, ErrorKind, Result};
use crate::link::detail::MAX_ROWS;
use crate::link::message_kind::MessageKind;
use crate::link::order::ROW;
use crate::link::raw::RawMessage;
use crate::link::result_message::ResultMessage;
use crate::link::sorted::Sorted;
use crate::link::verified::Verified;
use crate::wire::form::{FormLimits, decode_form};
use crate::wire::hash;

/// Bytes kept as evidence of a message that is refused; a longer one is cut.
pub const MAX_EVIDENCE: usize = 1024 * 1024;

/// What a browser brought to a return URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one value per request; a box would only be in the way of whoever matches"
)]
pub enum Return {
    /// Nothing: it says nothing either. Show the state of the purchase.
    Bare,
    /// A signed result.
    Signed(Verified<ResultMessage>),
}

/// Reads and verifies a message.
///
/// Fields may come in any order; each may stand once, detail rows as complete rows. Lengths and character sets are
/// checked before the hash is trusted. `find` gives the contract of a merchant and service. Blank fields may be
/// absent, as the hash cannot tell; those that a result cannot do without may not.
///
/// # Errors
/// `malformed`, `too_large`, `duplicate_field`, `missing_field`, `invalid_value`, `unknown_merchant` or
/// `hash_mismatch`, naming the field; the error carries the received bytes (at most 1 MiB of them) as evidence.
///
/// Source: docs/protocol/link-type.md#results
pub fn parse<'c>(
    kind: MessageKind,
    raw: &RawMessage,
    find: impl Fn(&ContractId) -> Option<&'c Contract>,
) -> Result<Verified<ResultMessage>> {
    read(kind, raw, find).map_err(|error| {
        let kept = raw.body.get(..MAX_EVIDENCE).unwrap_or(&raw.body);
        error.with_evidence(kept)
    })
}

/// Reads what a browser brought to a return URL: a signed result, or nothing.
///
/// For a GET give the query string as the body, without what the shop's own URL has in it.
///
/// # Errors
/// `invalid_value` for a kind that is not a return; else as [`parse`]. A body without `sps_hashcode` is
/// `missing_field`.
pub fn parse_return<'c>(
    kind: MessageKind,
    raw: &RawMessage,
    find: impl Fn(&ContractId) -> Option<&'c Contract>,
) -> Result<Return> {
    if kind.is_notice() {
        return Err(Error::field(
            ErrorKind::InvalidValue,
            "kind",
            "must be a return through the browser",
        ));
    }
    if raw.body.is_empty() {
        return Ok(Return::Bare);
    }
    parse(kind, raw, find).map(Return::Signed)
}

fn read<'c>(
    kind: MessageKind,
    raw: &RawMessage,
    find: impl Fn(&ContractId) -> Option<&'c Contract>,
) -> Result<Verified<ResultMessage>> {
    raw.check_content_type()?;
    // Room for every detail row there can be.
    let limits = FormLimits {
        max_bytes: 1024 * 1024,
        max_fields: MAX_ROWS * ROW.len() + 100,
        ..FormLimits::default()
    };
    let sorted = Sorted::of(kind, decode_form(&raw.body, limits)?)?;
    let claimed = sorted.hash_code()?;
    sorted.check_values(kind)?;

    let contract_id = ContractId::new(sorted.text("merchant_id"), sorted.text("service_id"))?;
    let contract = find(&contract_id).ok_or_else(|| {
        Error::field(
            ErrorKind::UnknownMerchant,
            "merchant_id",
            "no contract with this merchant_id and service_id",
        )
    })?;
    let digest = sorted.digest(kind.hash_charset(), contract.hash_key());
    if !hash::matches(&claimed, &digest) {
        return Err(Error::field(
            ErrorKind::HashMismatch,
            "sps_hashcode",
            "does not match the message",
        ));
    }
    let message = sorted.into_message(kind, contract_id)?;
    Ok(Verified::new(message, &raw.body, digest))
}
