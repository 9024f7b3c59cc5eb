//! The right recipe, and the wrong ones that people use.

use sha1::{Digest as _, Sha1};

use super::{ApiHashFault, ApiHashQuestion, Leaf, WireForm};

/// Most other keys that are tried.
const MAX_KEYS: usize = 32;
/// Most bytes that are hashed for one question, 64 MiB: a huge message does not buy a huge amount of work.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// In which form values are hashed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Utf8,
    /// Multi-byte values in Base64.
    Base64,
    /// Secret values in 3DES.
    Encrypted,
    /// All of them as they stand on the wire.
    Wire,
    Untrimmed,
}

/// Where which key stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key<'a> {
    Behind,
    None,
    InFront,
    Other(&'a str, &'a str),
}

/// Which values, in which order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    AsSent,
    Without(usize),
    /// This one and the next change places.
    Swapped(usize),
    /// By the names of the tags.
    ByName,
    /// Groups last.
    GroupsLast,
}

/// The mistakes that give this hash; none when it is right, `None` when nobody knows.
pub(super) fn find(
    question: &ApiHashQuestion<'_>,
    leaves: &[Leaf],
    claimed: &[u8; 20],
) -> Option<Vec<ApiHashFault>> {
    let size: usize = leaves.iter().map(|leaf| leaf.wire.len().max(1)).sum();
    let mut left = MAX_BYTES;
    let mut fits = |(form, key, order): (Form, Key<'_>, Order)| {
        left = left.checked_sub(size)?;
        Some(digest(question, leaves, form, key, order) == *claimed)
    };
    let mut seen = |recipe| fits(recipe).unwrap_or(false);
    let (forms, keys) = (forms(leaves), keys(question));
    let orders = orders(leaves);
    let name = |recipe| faults(leaves, recipe);
    let right = (Form::Plain, Key::Behind, Order::AsSent);
    if seen(right) {
        return Some(Vec::new());
    }
    let one = forms
        .iter()
        .map(|&form| (form, right.1, right.2))
        .chain(keys.iter().map(|&key| (right.0, key, right.2)))
        .chain(orders.iter().map(|&order| (right.0, right.1, order)));
    let two = forms
        .iter()
        .flat_map(|&form| keys.iter().map(move |&key| (form, key, right.2)))
        .chain(
            forms
                .iter()
                .flat_map(|&form| orders.iter().map(move |&order| (form, right.1, order))),
        )
        .chain(
            keys.iter()
                .flat_map(|&key| orders.iter().map(move |&order| (right.0, key, order))),
        );
    one.chain(two).find(|&recipe| seen(recipe)).map(name)
}

/// Forms that differ from the right one for this message.
fn forms(leaves: &[Leaf]) -> Vec<Form> {
    let has = |form| {
        leaves
            .iter()
            .any(|leaf| leaf.form == form && !leaf.plain.is_empty())
    };
    let (base64, encrypted) = (has(WireForm::Base64), has(WireForm::Encrypted));
    let mut forms = Vec::new();
    if leaves.iter().any(|leaf| leaf.utf8 != leaf.plain) {
        forms.push(Form::Utf8);
    }
    if base64 {
        forms.push(Form::Base64);
    }
    if encrypted {
        forms.push(Form::Encrypted);
    }
    if base64 && encrypted {
        forms.push(Form::Wire);
    }
    if leaves.iter().any(|leaf| leaf.untrimmed != leaf.plain) {
        forms.push(Form::Untrimmed);
    }
    forms
}

fn keys<'a>(question: &ApiHashQuestion<'a>) -> Vec<Key<'a>> {
    let others = question.other_keys.iter().take(MAX_KEYS);
    let others = others.map(|(label, key)| Key::Other(label, key.expose()));
    [Key::None, Key::InFront]
        .into_iter()
        .chain(others)
        .collect()
}

fn orders(leaves: &[Leaf]) -> Vec<Order> {
    let filled = |at: &usize| leaves.get(*at).is_some_and(|leaf| !leaf.plain.is_empty());
    let without = (0..leaves.len()).filter(filled).map(Order::Without);
    let swapped = (0..leaves.len().saturating_sub(1)).map(Order::Swapped);
    [Order::ByName, Order::GroupsLast]
        .into_iter()
        .chain(without)
        .chain(swapped)
        .collect()
}

fn digest(
    question: &ApiHashQuestion<'_>,
    leaves: &[Leaf],
    form: Form,
    key: Key<'_>,
    order: Order,
) -> [u8; 20] {
    let mut sha = Sha1::new();
    if key == Key::InFront {
        sha.update(question.key.expose().as_bytes());
    }
    let value = |leaf: &'_ Leaf| -> Vec<u8> {
        let wire = match form {
            Form::Base64 => leaf.form == WireForm::Base64,
            Form::Encrypted => leaf.form == WireForm::Encrypted,
            Form::Wire => leaf.form != WireForm::Plain,
            _ => false,
        };
        match form {
            _ if wire => leaf.wire.clone(),
            Form::Utf8 => leaf.utf8.clone(),
            Form::Untrimmed => leaf.untrimmed.clone(),
            _ => leaf.plain.clone(),
        }
    };
    let mut sorted: Vec<(usize, &Leaf)> = leaves.iter().enumerate().collect();
    match order {
        Order::AsSent => {}
        Order::Without(at) => sorted.retain(|(number, _)| *number != at),
        Order::Swapped(at) => sorted.swap(at, at + 1),
        Order::ByName => sorted.sort_by(|(_, a), (_, b)| tag(&a.path).cmp(tag(&b.path))),
        Order::GroupsLast => sorted.sort_by_key(|(_, leaf)| leaf.path.contains('/')),
    }
    for (_, leaf) in sorted {
        sha.update(value(leaf));
    }
    match key {
        Key::Behind => sha.update(question.key.expose().as_bytes()),
        Key::Other(_, key) => sha.update(key.as_bytes()),
        Key::None | Key::InFront => {}
    }
    sha.finalize().into()
}

fn tag(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn faults(leaves: &[Leaf], (form, key, order): (Form, Key<'_>, Order)) -> Vec<ApiHashFault> {
    let fault = |id, about: Option<&str>| ApiHashFault {
        id,
        about: about.map(str::to_owned),
    };
    let path = |at: usize| leaves.get(at).map(|leaf| leaf.path.as_str());
    let form = match form {
        Form::Plain => None,
        Form::Utf8 => Some("charset_utf8"),
        Form::Base64 => Some("base64_hashed"),
        Form::Encrypted => Some("encrypted_hashed"),
        Form::Wire => Some("wire_hashed"),
        Form::Untrimmed => Some("not_trimmed"),
    };
    let key = match key {
        Key::Behind => None,
        Key::None => Some(fault("key_missing", None)),
        Key::InFront => Some(fault("key_front", None)),
        Key::Other(label, _) => Some(fault("key_of_other_service", Some(label))),
    };
    let order = match order {
        Order::AsSent => None,
        Order::Without(at) => Some(fault("field_missing", path(at))),
        Order::Swapped(at) => Some(fault("order_swapped", path(at))),
        Order::ByName => Some(fault("order_alphabetical", None)),
        Order::GroupsLast => Some(fault("groups_last", None)),
    };
    let form = form.map(|id| fault(id, None));
    form.into_iter().chain(key).chain(order).collect()
}
