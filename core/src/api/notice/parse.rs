//! From received bytes to a verified notice.
//!
//! The hash covers values, not names, and has no separators. So whoever can change a genuine notice, but has no key,
//! can still move the border between two neighbouring values or rename tags. Three rules leave little room for it:
//! every known value has its length and characters, known values stand in the order of the protocol, and a value
//! without a known name may stand behind the amounts only. What is left is for the comparison with what was asked.

use super::model::{ApiNotice, Deposit, DepositKind, NoticeEncryption, NoticeKind};
use crate::api::context::ApiContext;
use crate::api::function::FunctionId;
use crate::api::rules;
use crate::contract::ContractId;
use crate::error::{Error, ErrorKind, Result};
use crate::link::{MAX_EVIDENCE, Verified};
use crate::money::Yen;
use crate::wire::hash::{self, LinkHasher};
use crate::wire::text::{TextPolicy, encode};
use crate::wire::xml::{Element, XmlLimits, read_xml};

/// Root of a notice: it is a request of the gateway.
const ROOT: &str = "sps-api-request";
/// The group that may be encrypted.
const SECRET: &str = "pay_method_info";
/// Bytes of a notice; real ones have about a thousand.
const MAX_BODY: usize = 64 * 1024;

/// Known values in the order of the protocol, and whether they stand in the root or in [`SECRET`].
const ORDER: &[(&str, Place)] = &[
    ("merchant_id", Place::Root),
    ("service_id", Place::Root),
    ("sps_transaction_id", Place::Root),
    ("tracking_id", Place::Root),
    ("rec_datetime", Place::Root),
    ("rec_type", Place::Secret),
    ("rec_amount", Place::Secret),
    ("rec_amount_total", Place::Secret),
    ("rec_mail", Place::Secret),
    ("res_mail", Place::Secret),
    ("rec_extra", Place::Secret),
    ("request_date", Place::Root),
    ("limit_second", Place::Root),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Secret,
    Elsewhere,
}

impl ApiNotice {
    /// Reads and verifies a notice of one contract.
    ///
    /// The hash is computed over the plain values in the order in which they came, and compared in constant time.
    /// Whether the notice is fresh and fits what was asked is checked by
    /// [`check_window`](Verified::<ApiNotice>::check_window) and [`check_ids`](Verified::<ApiNotice>::check_ids).
    ///
    /// # Errors
    /// `malformed`, `too_large`, `duplicate_field`, `missing_field`, `unknown_merchant` for another contract,
    /// `hash_mismatch`, naming the field; the error carries the received bytes (at most 1 MiB of them) as evidence. A
    /// value that does not decrypt is `malformed`. `configuration` when `encryption` has no key.
    ///
    /// Source: docs/protocol/api-type.md#notices
    pub fn parse(
        context: &ApiContext,
        encryption: NoticeEncryption,
        body: &[u8],
    ) -> Result<Verified<Self>> {
        Self::parse_with(body, |id| {
            (id == context.id()).then_some((context, encryption))
        })
    }

    /// The same for a receiver of several contracts: `find` gives the one of a merchant and service.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_with<'c>(
        body: &[u8],
        find: impl FnOnce(&ContractId) -> Option<(&'c ApiContext, NoticeEncryption)>,
    ) -> Result<Verified<Self>> {
        read(body, find).map_err(|error| {
            let kept = body.get(..MAX_EVIDENCE).unwrap_or(body);
            error.with_evidence(kept)
        })
    }
}

fn limits() -> XmlLimits {
    XmlLimits {
        bytes: MAX_BODY,
        elements: 200,
        depth: 4,
        ..XmlLimits::default()
    }
}

fn notice_function(id: String) -> Option<FunctionId> {
    let function = FunctionId::parse(&id).ok()?;
    (function.group() == "NT01").then_some(function)
}

/// The function that bytes claim to notify of, whether they are genuine or not: what a refusal repeats.
pub(crate) fn claimed_function(body: &[u8]) -> Option<FunctionId> {
    let document = read_xml(body, limits()).ok()?;
    document.id.and_then(notice_function)
}

fn read<'c>(
    body: &[u8],
    find: impl FnOnce(&ContractId) -> Option<(&'c ApiContext, NoticeEncryption)>,
) -> Result<Verified<ApiNotice>> {
    let document = read_xml(body, limits())?;
    let mut root = document.root;
    if root.name() != ROOT {
        return Err(malformed("xml", "is not a notice of the gateway"));
    }
    let function = document
        .id
        .and_then(notice_function)
        .ok_or_else(|| malformed("id", "is not the function of a notice"))?;
    let contract_id = ContractId::new(
        require(&root, "merchant_id")?,
        require(&root, "service_id")?,
    )?;
    let (context, encryption) = find(&contract_id).ok_or_else(|| {
        Error::field(
            ErrorKind::UnknownMerchant,
            "merchant_id",
            "no contract with this merchant_id and service_id",
        )
    })?;
    let key = match (encryption, context.tdes()) {
        (NoticeEncryption::Plain, _) => None,
        (NoticeEncryption::Encrypted, Some(key)) => Some(key),
        (NoticeEncryption::Encrypted, None) => {
            return Err(Error::new(
                ErrorKind::Configuration,
                "encrypted notices need the 3DES key of the contract",
            ));
        }
    };
    rules::make_plain(&mut root, SECRET, key)?;
    let claimed = require(&root, "sps_hashcode")?.to_owned();

    let mut walk = Walk {
        hasher: LinkHasher::new(context.hash_key()),
        open_from: open_from(&function),
        seen: Vec::new(),
        reached: 0,
    };
    walk.group(&root, Place::Root)?;
    let digest = walk.hasher.finish();
    if !hash::matches(&claimed, &digest) {
        return Err(Error::field(
            ErrorKind::HashMismatch,
            "sps_hashcode",
            "does not match the message",
        ));
    }
    let notice = typed(function, contract_id, root)?;
    Ok(Verified::new(notice, body, digest))
}

/// Operation of a deposit.
const DEPOSIT: &str = "00103";
/// Operation of a passed deadline.
const EXPIRED: &str = "00104";

/// How many places of [`ORDER`] must be behind before a value of an unknown name may come.
fn open_from(function: &FunctionId) -> usize {
    let last = match function.operation() {
        DEPOSIT => "rec_amount_total",
        EXPIRED => "rec_datetime",
        _ => return 0,
    };
    ORDER
        .iter()
        .position(|(name, _)| *name == last)
        .map_or(ORDER.len(), |at| at + 1)
}

/// Goes over the values as they came: checks each, and hashes it.
struct Walk<'a> {
    hasher: LinkHasher<'a>,
    open_from: usize,
    seen: Vec<String>,
    /// How many places of [`ORDER`] are behind.
    reached: usize,
}

impl Walk<'_> {
    fn group(&mut self, group: &Element, place: Place) -> Result<()> {
        for child in group.children() {
            let name = child.name();
            if !child.children().is_empty() {
                let inside = match place {
                    Place::Root if name == SECRET => Place::Secret,
                    _ => Place::Elsewhere,
                };
                if inside == Place::Secret {
                    self.once(name)?;
                }
                self.group(child, inside)?;
            } else if name != "sps_hashcode" {
                self.leaf(name, child.text(), place)?;
            } else if place != Place::Root {
                return Err(misplaced(name));
            }
        }
        Ok(())
    }

    fn leaf(&mut self, name: &str, text: &str, place: Place) -> Result<()> {
        if let Some(rule) = rules::rule_of(name) {
            rule.check(name, text)?;
        }
        let known = ORDER
            .iter()
            .enumerate()
            .find(|(_, (known, _))| *known == name);
        match known {
            Some((at, (_, home))) => {
                self.once(name)?;
                if *home != place || at < self.reached {
                    return Err(misplaced(name));
                }
                if !text.is_empty() {
                    self.reached = at + 1;
                }
            }
            None if name == "order_id" => {
                self.once(name)?;
                if place != Place::Root {
                    return Err(misplaced(name));
                }
            }
            None if text.is_empty() || self.reached >= self.open_from => {}
            None => {
                return Err(Error::field(
                    ErrorKind::Malformed,
                    name.to_owned(),
                    "is not known, and must not stand before the values that decide",
                ));
            }
        }
        let text = encode(name, text, &TextPolicy::Cp932)?;
        self.hasher.update(text.sjis());
        Ok(())
    }

    fn once(&mut self, name: &str) -> Result<()> {
        if self.seen.iter().any(|seen| seen == name) {
            return Err(Error::field(
                ErrorKind::DuplicateField,
                name.to_owned(),
                "must stand once",
            ));
        }
        self.seen.push(name.to_owned());
        Ok(())
    }
}

fn typed(function: FunctionId, contract_id: ContractId, root: Element) -> Result<ApiNotice> {
    let tracking_id = require(&root, "tracking_id")?.to_owned();
    let request_date = rules::moment(require(&root, "request_date")?)
        .ok_or_else(|| malformed("request_date", "must be a date"))?;
    let info = root
        .child(SECRET)
        .filter(|info| !info.children().is_empty());
    let kind = match (function.operation(), info) {
        (DEPOSIT, Some(info)) => {
            require(&root, "rec_datetime")?;
            let mut code = require(info, "rec_type")?.chars();
            NoticeKind::Deposit(Deposit {
                kind: code
                    .next()
                    .map_or(DepositKind::Other('?'), DepositKind::from_wire),
                amount: Yen::parse(require(info, "rec_amount")?)?,
                total: rules::only(info, "rec_amount_total")?
                    .map(Yen::parse)
                    .transpose()?,
            })
        }
        (DEPOSIT, None) => return Err(missing(SECRET)),
        (EXPIRED, Some(_)) => return Err(misplaced(SECRET)),
        (EXPIRED, None) => {
            require(&root, "rec_datetime")?;
            NoticeKind::Expired
        }
        // The function is not hashed: a deposit must not pass as something that nobody looks at.
        (_, Some(info)) if info.child("rec_type").is_some() => return Err(misplaced("rec_type")),
        _ => NoticeKind::Other,
    };
    let text = |name| Ok::<_, Error>(rules::only(&root, name)?.map(str::to_owned));
    Ok(ApiNotice {
        function,
        contract_id,
        kind,
        transaction_id: text("sps_transaction_id")?,
        tracking_id,
        order_id: text("order_id")?,
        received: text("rec_datetime")?,
        request_date,
        fields: root,
    })
}

fn require<'a>(group: &'a Element, name: &'static str) -> Result<&'a str> {
    rules::only(group, name)?.ok_or_else(|| missing(name))
}

fn missing(name: &'static str) -> Error {
    Error::field(ErrorKind::MissingField, name, "must not be blank")
}

fn misplaced(name: &str) -> Error {
    Error::field(
        ErrorKind::Malformed,
        name.to_owned(),
        "stands where it may not",
    )
}

fn malformed(field: &'static str, rule: &'static str) -> Error {
    Error::field(ErrorKind::Malformed, field, rule)
}
