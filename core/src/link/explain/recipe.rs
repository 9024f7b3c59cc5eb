//! The digest that a recipe makes of a message.

use std::borrow::Cow;

use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::message::{Item, Message};
use super::value::{Change, Encoding};
use crate::link::order;
use crate::wire::hash::{self, HashCharset};

/// What handling a field costs, in bytes hashed.
const ITEM_COST: usize = 32;

/// One departure from the right recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// Hashes one more field, by its index in the extras.
    Add(usize, Place),
    /// Hashes every field outside the definition.
    AddAll(Place),
    /// Hashes the fields of a request that a result does not hash, where the request has them.
    AddRequestFields,
    /// Leaves out a field, by its index in the items; of a row, in every row.
    Leave(usize),
    /// Leaves out the detail rows.
    LeaveRows,
    Order(Sequence),
    Change(Change),
    Encode(Encoding),
    Join(Join),
    Key(KeyText),
    KeyPlace(KeyPlace),
    Finish(Finish),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Front,
    End,
    AsSent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    Alphabetical,
    AsSent,
    Reversed,
    RowsLast,
    RowsBeforeCsv,
    RowsByColumn,
    /// `limit_second` before `request_date` in a request, right after it in a result.
    LimitSwapped,
    CsvBeforeFree,
    CsvLast,
    ResultFirst,
}

/// What stands between the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    pub(super) separator: &'static str,
    /// `name=value` instead of the value.
    pub(super) named: bool,
    pub(super) skip_empty: bool,
    /// The separator also stands before the key.
    pub(super) before_key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyText {
    FirstLost,
    LastLost,
    CutTo(usize),
    Followed(&'static str),
    Preceded(&'static str),
    Quoted,
    Lower,
    Upper,
    /// By index in the other keys.
    Other(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPlace {
    Missing,
    Front,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    /// HMAC-SHA1 over the values without the key.
    Hmac,
    /// HMAC-SHA1 over the values with the key.
    HmacWithKey,
    /// SHA-1 of the lower-case hex text of the SHA-1.
    TwiceHex,
    /// SHA-1 of the upper-case hex text of the SHA-1.
    TwiceUpperHex,
    /// SHA-1 of the bytes of the SHA-1.
    TwiceRaw,
    /// SHA-1 of the hex text of the values' SHA-1, followed by the key.
    HashThenKey,
}

impl Op {
    /// The order in which departures are applied; equal numbers as given.
    const fn phase(self) -> u8 {
        match self {
            Self::Add(..) | Self::AddAll(_) | Self::AddRequestFields => 0,
            Self::Leave(_) | Self::LeaveRows => 1,
            Self::Order(_) => 2,
            Self::Change(_) => 3,
            Self::Encode(_) => 4,
            Self::Join(_) => 5,
            Self::Key(_) => 6,
            Self::KeyPlace(_) => 7,
            Self::Finish(_) => 8,
        }
    }

    /// Whether a recipe can depart in both ways at once.
    pub(super) const fn combines_with(self, other: Self) -> bool {
        self.phase() != other.phase() || matches!(self.phase(), 0 | 1 | 3)
    }
}

impl Message<'_> {
    /// The digest of the right recipe with these departures, and the bytes it took, with a charge per
    /// field.
    pub(super) fn digest(&self, ops: &[Op]) -> ([u8; 20], usize) {
        let mut ops = ops.to_vec();
        ops.sort_by_key(|op| op.phase());
        let mut recipe = Recipe::new(self);
        for op in ops {
            recipe.apply(op);
        }
        recipe.digest()
    }
}

struct Recipe<'m, 'a> {
    message: &'m Message<'a>,
    items: Vec<Item<'a>>,
    changes: Vec<Change>,
    encoding: Encoding,
    join: Option<Join>,
    key: Zeroizing<String>,
    place: Option<KeyPlace>,
    finish: Option<Finish>,
}

impl<'m, 'a> Recipe<'m, 'a> {
    fn new(message: &'m Message<'a>) -> Self {
        Self {
            message,
            items: message.items.clone(),
            changes: Vec::new(),
            encoding: match message.kind.charset() {
                HashCharset::Utf8 => Encoding::Utf8,
                HashCharset::ShiftJis => Encoding::ShiftJis,
            },
            join: None,
            key: Zeroizing::new(message.key.to_owned()),
            place: None,
            finish: None,
        }
    }

    fn apply(&mut self, op: Op) {
        match op {
            Op::Add(index, place) => self.add(self.message.extras.get(index).cloned(), place),
            Op::AddAll(place) => {
                let extras = self.message.extras.iter().cloned();
                match place {
                    Place::Front => self.items.splice(0..0, extras).for_each(drop),
                    Place::End => self.items.extend(extras),
                    Place::AsSent => extras.for_each(|e| self.add(Some(e), place)),
                }
            }
            Op::AddRequestFields => self.add_request_fields(),
            Op::Leave(index) => {
                if let Some(gone) = self.message.items.get(index) {
                    self.items.retain(|i| i.name != gone.name);
                }
            }
            Op::LeaveRows => self.items.retain(|i| !i.row),
            Op::Order(sequence) => self.reorder(sequence),
            Op::Change(change) => self.changes.push(change),
            Op::Encode(encoding) => self.encoding = encoding,
            Op::Join(join) => self.join = Some(join),
            Op::Key(text) => self.key = self.key_text(text),
            Op::KeyPlace(place) => self.place = Some(place),
            Op::Finish(finish) => self.finish = Some(finish),
        }
    }

    fn add(&mut self, item: Option<Item<'a>>, place: Place) {
        let Some(item) = item else { return };
        let at = match place {
            Place::Front => 0,
            Place::End => self.items.len(),
            Place::AsSent => {
                let before = self
                    .items
                    .iter()
                    .enumerate()
                    .filter(|(_, i)| i.sent < item.sent);
                before
                    .max_by_key(|(_, i)| i.sent)
                    .map_or(0, |(at, _)| at + 1)
            }
        };
        self.items.insert(at, item);
    }

    fn add_request_fields(&mut self) {
        let request = order::PURCHASE_REQUEST.head;
        let rank = |i: &Item<'_>| {
            if i.row {
                return request.len();
            }
            request
                .iter()
                .position(|n| *n == i.name)
                .unwrap_or(request.len() + 1)
        };
        let more = self
            .message
            .extras
            .iter()
            .filter(|i| request.contains(&i.name));
        self.items.extend(more.cloned());
        self.items.sort_by_key(rank);
    }

    fn reorder(&mut self, sequence: Sequence) {
        match sequence {
            Sequence::Alphabetical => self.items.sort_by_key(|i| i.name),
            Sequence::AsSent => self.items.sort_by_key(|i| i.sent),
            Sequence::Reversed => self.items.reverse(),
            Sequence::RowsLast => self.items.sort_by_key(|i| i.row),
            Sequence::RowsBeforeCsv => self.move_to(|i| i.row, |i| i.name == "free_csv"),
            Sequence::RowsByColumn => {
                let column = |i: &Item<'_>| order::ROW.iter().position(|n| *n == i.name);
                let mut rows: Vec<_> = self.items.iter().filter(|i| i.row).cloned().collect();
                rows.sort_by_key(column);
                let mut rows = rows.into_iter();
                for item in self.items.iter_mut().filter(|i| i.row) {
                    if let Some(row) = rows.next() {
                        *item = row;
                    }
                }
            }
            Sequence::LimitSwapped if self.message.kind.is_request() => {
                self.move_to(|i| i.name == "limit_second", |i| i.name == "request_date");
            }
            Sequence::LimitSwapped => {
                self.move_to(|i| i.name == "limit_second", |i| i.name.starts_with("res_"));
            }
            Sequence::CsvBeforeFree => {
                self.move_to(|i| i.name == "free_csv", |i| i.name == "free1")
            }
            Sequence::CsvLast => self.items.sort_by_key(|i| i.name == "free_csv"),
            Sequence::ResultFirst => self.items.sort_by_key(|i| !i.name.starts_with("res_")),
        }
    }

    /// Moves items in front of the first that `before` accepts.
    fn move_to(&mut self, moved: impl Fn(&Item<'_>) -> bool, before: impl Fn(&Item<'_>) -> bool) {
        let (moving, mut rest): (Vec<_>, Vec<_>) = self.items.drain(..).partition(moved);
        let at = rest.iter().position(before).unwrap_or(rest.len());
        rest.splice(at..at, moving).for_each(drop);
        self.items = rest;
    }

    fn key_text(&self, text: KeyText) -> Zeroizing<String> {
        let key = self.message.key;
        Zeroizing::new(match text {
            KeyText::FirstLost => key.get(1..).unwrap_or_default().to_owned(),
            KeyText::LastLost => key.get(..key.len() - 1).unwrap_or_default().to_owned(),
            KeyText::CutTo(len) => key.get(..len).unwrap_or(key).to_owned(),
            KeyText::Other(index) => {
                let other = self.message.other_keys.get(index);
                other.copied().unwrap_or(key).to_owned()
            }
            KeyText::Followed(tail) => [key, tail].concat(),
            KeyText::Preceded(head) => [head, key].concat(),
            KeyText::Quoted => ["\"", key, "\""].concat(),
            KeyText::Lower => key.to_lowercase(),
            KeyText::Upper => key.to_uppercase(),
        })
    }

    fn values(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024);
        let keep_spaces = self.changes.contains(&Change::NotTrimmed);
        let mut first = true;
        for item in &self.items {
            let trimmed = if keep_spaces {
                item.value
            } else {
                item.value.trim_matches(' ')
            };
            let value = self
                .changes
                .iter()
                .fold(Cow::Borrowed(trimmed), |v, c| c.apply(item.name, v));
            if let Some(join) = self.join {
                if join.skip_empty && value.is_empty() {
                    continue;
                }
                if !first {
                    self.encoding.plain(join.separator, &mut out);
                }
                if join.named {
                    self.encoding.plain(item.name, &mut out);
                    self.encoding.plain("=", &mut out);
                }
            }
            first = false;
            self.encoding.value(&value, &mut out);
        }
        out
    }

    fn digest(&self) -> ([u8; 20], usize) {
        let values = self.values();
        let mut key = Zeroizing::new(Vec::with_capacity(self.key.len() * 2));
        self.encoding.plain(&self.key, &mut key);
        let mut separator = Vec::new();
        if let Some(join) = self.join
            && join.before_key
        {
            self.encoding.plain(join.separator, &mut separator);
        }
        let mark: &[u8] = match self.encoding {
            Encoding::Utf8Bom => b"\xEF\xBB\xBF",
            _ => b"",
        };
        let whole: &[&[u8]] = match self.place {
            None => &[mark, &values, &separator, &key],
            Some(KeyPlace::Missing) => &[mark, &values],
            Some(KeyPlace::Front) => &[mark, &key, &separator, &values],
            Some(KeyPlace::Both) => &[mark, &key, &separator, &values, &separator, &key],
        };
        let digest = match self.finish {
            None => sha1(whole),
            Some(Finish::Hmac) => hmac_sha1(&key, &[mark, &values]),
            Some(Finish::HmacWithKey) => hmac_sha1(&key, whole),
            Some(Finish::TwiceHex) => sha1(&[hash::hex_lower(&sha1(whole)).as_bytes()]),
            Some(Finish::TwiceUpperHex) => {
                sha1(&[hash::hex_lower(&sha1(whole)).to_uppercase().as_bytes()])
            }
            Some(Finish::TwiceRaw) => sha1(&[&sha1(whole)]),
            Some(Finish::HashThenKey) => {
                sha1(&[hash::hex_lower(&sha1(&[mark, &values])).as_bytes(), &key])
            }
        };
        (
            digest,
            values.len() + key.len() + ITEM_COST * self.items.len(),
        )
    }
}

fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    let mut sha = Sha1::new();
    for part in parts {
        sha.update(part);
    }
    sha.finalize().into()
}

/// HMAC of RFC 2104.
fn hmac_sha1(key: &[u8], message: &[&[u8]]) -> [u8; 20] {
    let mut block = Zeroizing::new([0_u8; 64]);
    let hashed;
    let key = if key.len() > block.len() {
        hashed = sha1(&[key]);
        &hashed[..]
    } else {
        key
    };
    for (slot, byte) in block.iter_mut().zip(key) {
        *slot = *byte;
    }
    let pad = |with: u8| Zeroizing::new(block.map(|b| b ^ with));
    let inner = sha1(&[&[&pad(0x36)[..]], message].concat());
    sha1(&[&pad(0x5C)[..], &inner])
}
