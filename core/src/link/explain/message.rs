//! A message taken apart: what belongs into the hash, and what does not.

use super::value::sendable;
use super::{HashQuestion, HashedMessage};
use crate::link::order;
use crate::wire::hash::HashCharset;
use crate::wire::text::TextPolicy;

/// Fields outside the definition that are looked at.
const MAX_EXTRAS: usize = 16;

/// One field with the place it was sent at.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) sent: usize,
    pub(super) row: bool,
}

/// The message of a question: what belongs into the hash, and what does not.
pub(super) struct Message<'a> {
    /// In definition order.
    pub(super) items: Vec<Item<'a>>,
    /// Fields outside the definition, as sent; the first [`MAX_EXTRAS`].
    pub(super) extras: Vec<Item<'a>>,
    pub(super) kind: HashedMessage,
    pub(super) key: &'a str,
    pub(super) other_keys: Vec<&'a str>,
}

impl<'a> Message<'a> {
    pub(super) fn new(question: &HashQuestion<'a>) -> Self {
        let order = question.message.order();
        let mut used = vec![false; question.fields.len()];
        let mut items = Vec::new();
        for name in order.head {
            items.extend(take(question.fields, name, &mut used));
        }
        if order.rows {
            items.extend(take_rows(question.fields, &mut used));
        }
        for name in order.tail {
            items.extend(take(question.fields, name, &mut used));
        }
        let extras = question
            .fields
            .iter()
            .enumerate()
            .zip(&used)
            .filter(|((_, (name, value)), used)| {
                !(**used || name == "sps_hashcode" && value == question.claimed)
            })
            .take(MAX_EXTRAS)
            .map(|((sent, (name, value)), _)| Item {
                name,
                value,
                sent,
                row: false,
            })
            .collect();
        Self {
            items,
            extras,
            kind: question.message,
            key: question.key.expose(),
            other_keys: question
                .other_keys
                .iter()
                .map(|(_, k)| k.expose())
                .collect(),
        }
    }

    pub(super) fn has_rows(&self) -> bool {
        self.items.iter().any(|i| i.row)
    }

    /// Whether the values can not have been hashed in the charset of the message without loss.
    pub(super) fn is_lossy(&self) -> bool {
        let lost = |c| !sendable(c, &TextPolicy::Cp932);
        self.kind.charset() == HashCharset::ShiftJis
            && self.items.iter().any(|i| i.value.contains(lost))
    }
}

fn take<'a>(fields: &'a [(String, String)], name: &str, used: &mut [bool]) -> Option<Item<'a>> {
    let (sent, (name, value)) = fields.iter().enumerate().find(|(_, (n, _))| n == name)?;
    if let Some(used) = used.get_mut(sent) {
        *used = true;
    }
    Some(Item {
        name,
        value,
        sent,
        row: false,
    })
}

/// The detail rows, each in definition order. Where every name stands equally often the n-th of each makes the
/// n-th row, whatever the order; else a row ends where a name comes again.
fn take_rows<'a>(fields: &'a [(String, String)], used: &mut [bool]) -> Vec<Item<'a>> {
    let mut found: Vec<(usize, usize, Item<'a>)> = Vec::new();
    let mut seen = [0_usize; order::ROW.len()];
    let mut row = 0;
    let counts: Vec<_> = order::ROW
        .iter()
        .map(|name| fields.iter().filter(|(n, _)| n == name).count())
        .filter(|count| *count > 0)
        .collect();
    let even = counts.windows(2).all(|w| matches!(w, [a, b] if a == b));
    let mut in_row = [false; order::ROW.len()];
    for (sent, (name, value)) in fields.iter().enumerate() {
        let Some(column) = order::ROW.iter().position(|n| n == name) else {
            continue;
        };
        if let Some(used) = used.get_mut(sent) {
            *used = true;
        }
        let (Some(seen), Some(taken)) = (seen.get_mut(column), in_row.get(column)) else {
            continue;
        };
        if *taken {
            row += 1;
            in_row = [false; order::ROW.len()];
        }
        if let Some(taken) = in_row.get_mut(column) {
            *taken = true;
        }
        let item = Item {
            name,
            value,
            sent,
            row: true,
        };
        found.push((if even { *seen } else { row }, column, item));
        *seen += 1;
    }
    found.sort_by_key(|(row, column, _)| (*row, *column));
    found.into_iter().map(|(_, _, item)| item).collect()
}
