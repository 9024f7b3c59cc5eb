//! The tree of a request, before it is sealed.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::value::Value;
use crate::api::function::FunctionId;
use crate::link::DetailRow;

/// Which characters a leaf takes, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Half-width digits (属性 9).
    Digits,
    /// Half-width digits of exactly this length.
    Exact,
    /// Printable ASCII (属性 X).
    Single,
    /// Anything that Shift_JIS has (属性 M), in Base64. Its length counts Shift_JIS bytes.
    Multi,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Node {
    Leaf {
        name: Cow<'static, str>,
        kind: Kind,
        max: usize,
        value: String,
    },
    Group {
        name: Cow<'static, str>,
        secret: bool,
        nodes: Vec<Node>,
    },
}

impl Node {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Leaf { name, .. } | Self::Group { name, .. } => name,
        }
    }
}

/// A group of leaves inside a [`Message`]. `Debug` shows names only.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Group {
    pub(super) nodes: Vec<Node>,
}

/// A request of the API type (要求), in the order of the wire, without what the contract and the moment add.
///
/// [`seal`](Self::seal) puts `merchant_id` and `service_id` in front and `encrypted_flg`, `request_date`,
/// `limit_second` and the hash behind. Leaves without a value are left out. A message is plain data that can be stored
/// and sealed again: then it differs in `request_date`, `limit_second` and hash only. It may hold personal data and
/// tokens; `Debug` shows names only.
///
/// ```
/// use netmile::api::{ApiContext, FunctionId, Message};
/// use netmile::{HashKey, Yen, contract::ContractId, time::Timestamp};
/// let context = ApiContext::new(
///     ContractId::new("99999", "001")?,
///     HashKey::new("samplehashkeysamplehashkeysamplehashkey0")?,
/// )
/// .with_limit(None);
/// let refund = Message::new(FunctionId::parse("ST02-00307-101")?)
///     .exactly("tracking_id", "00000000000001", 14)
///     .exactly("processing_datetime", "20300103100000", 14)
///     .group("pay_option_manage", |g| g.digits("amount", Yen::new(500), 7))
///     .require("tracking_id");
/// let signed = refund.seal(&context, Timestamp::parse_jst("20300103100001")?)?;
/// assert!(signed.body().starts_with(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>"));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/api-type.md#fields
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub(super) function: FunctionId,
    pub(super) nodes: Vec<Node>,
    #[serde(default)]
    pub(super) answers_secret: bool,
    #[serde(default)]
    pub(super) required: Vec<Cow<'static, str>>,
}

macro_rules! compose {
    ($type:ident) => {
        impl $type {
            /// A leaf of half-width digits, at most `max` (属性 9).
            #[must_use]
            pub fn digits(
                self,
                name: impl Into<Cow<'static, str>>,
                value: impl Into<Value>,
                max: usize,
            ) -> Self {
                self.leaf(name.into(), Kind::Digits, max, value.into())
            }

            /// A leaf of exactly `length` half-width digits.
            #[must_use]
            pub fn exactly(
                self,
                name: impl Into<Cow<'static, str>>,
                value: impl Into<Value>,
                length: usize,
            ) -> Self {
                self.leaf(name.into(), Kind::Exact, length, value.into())
            }

            /// A leaf of printable ASCII, at most `max` characters (属性 X).
            #[must_use]
            pub fn single(
                self,
                name: impl Into<Cow<'static, str>>,
                value: impl Into<Value>,
                max: usize,
            ) -> Self {
                self.leaf(name.into(), Kind::Single, max, value.into())
            }

            /// A leaf of any text, at most `max_bytes` in Shift_JIS, where a full-width character is two (属性 M). It
            /// is written in Base64, or encrypted inside a secret group.
            #[must_use]
            pub fn multi(
                self,
                name: impl Into<Cow<'static, str>>,
                value: impl Into<Value>,
                max_bytes: usize,
            ) -> Self {
                self.leaf(name.into(), Kind::Multi, max_bytes, value.into())
            }

            /// A group that is never encrypted, such as `pay_option_manage`. Left out when nothing is in it.
            #[must_use]
            pub fn group(
                mut self,
                name: impl Into<Cow<'static, str>>,
                fill: impl FnOnce(Group) -> Group,
            ) -> Self {
                self.nodes.push(Node::Group {
                    name: name.into(),
                    secret: false,
                    nodes: fill(Group::default()).nodes,
                });
                self
            }

            fn leaf(
                mut self,
                name: Cow<'static, str>,
                kind: Kind,
                max: usize,
                value: Value,
            ) -> Self {
                self.nodes.push(Node::Leaf {
                    name,
                    kind,
                    max,
                    value: value.0,
                });
                self
            }
        }
    };
}

compose!(Group);
compose!(Message);

impl Message {
    /// A request without any field yet.
    #[must_use]
    pub fn new(function: FunctionId) -> Self {
        Self {
            function,
            nodes: Vec::new(),
            answers_secret: false,
            required: Vec::new(),
        }
    }

    /// A group whose leaves are encrypted where the contract says so: `pay_method_info`. The request then carries
    /// `encrypted_flg`.
    #[must_use]
    pub fn secret_group(
        mut self,
        name: impl Into<Cow<'static, str>>,
        fill: impl FnOnce(Group) -> Group,
    ) -> Self {
        self.nodes.push(Node::Group {
            name: name.into(),
            secret: true,
            nodes: fill(Group::default()).nodes,
        });
        self
    }

    /// The detail rows (明細), `dtls`; nothing without rows. Free texts of a row have no place in the API type and are
    /// refused when the message is sealed.
    #[must_use]
    pub fn dtls(self, rows: &[DetailRow]) -> Self {
        if rows.is_empty() {
            return self;
        }
        self.group("dtls", |group| {
            rows.iter().enumerate().fold(group, |group, (index, row)| {
                group.group("dtl", |dtl| {
                    let [free1, free2, free3] = row.free();
                    dtl.digits("dtl_rowno", index + 1, 3)
                        .single("dtl_item_id", row.item_id(), 20)
                        .multi("dtl_item_name", row.item_name(), 40)
                        .digits("dtl_item_count", row.count(), 6)
                        .digits("dtl_tax", row.tax(), 7)
                        .digits("dtl_amount", row.amount(), 7)
                        .multi("dtl_free1", free1, 0)
                        .multi("dtl_free2", free2, 0)
                        .multi("dtl_free3", free3, 0)
                })
            })
        })
    }

    /// Says that the answer carries secret data, as inquiries do: the request then carries `encrypted_flg` even
    /// without a secret group.
    #[must_use]
    pub fn answers_secret(mut self) -> Self {
        self.answers_secret = true;
        self
    }

    /// Says that the leaf at this path (`tracking_id`, `pay_option_manage/amount`) must have a value.
    #[must_use]
    pub fn require(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.required.push(path.into());
        self
    }

    /// The function.
    #[must_use]
    pub fn function(&self) -> &FunctionId {
        &self.function
    }

    /// Whether the request carries `encrypted_flg`; the answer is then encrypted where the contract encrypts.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.answers_secret
            || self
                .nodes
                .iter()
                .any(|node| matches!(node, Node::Group { secret: true, .. }))
    }

    /// The value of the first leaf at this path, as it was given; `None` when it has none.
    #[must_use]
    pub fn value(&self, path: &str) -> Option<&str> {
        value_at(&self.nodes, path)
    }
}

pub(super) fn value_at<'a>(nodes: &'a [Node], path: &str) -> Option<&'a str> {
    let (name, rest) = match path.split_once('/') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    match (nodes.iter().find(|node| node.name() == name)?, rest) {
        (Node::Leaf { value, .. }, None) => Some(value.as_str()).filter(|value| !value.is_empty()),
        (Node::Group { nodes, .. }, Some(rest)) => value_at(nodes, rest),
        _ => None,
    }
}

struct Names<'a>(&'a [Node]);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for node in self.0 {
            match node {
                Node::Leaf { name, .. } => list.entry(name),
                Node::Group { name, nodes, .. } => list.entry(&(name, Names(nodes))),
            };
        }
        list.finish()
    }
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Group").field(&Names(&self.nodes)).finish()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("function", &self.function)
            .field("fields", &Names(&self.nodes))
            .finish()
    }
}

/// Leaves whose values name neither a person nor a secret. Whatever else a merchant's own function has is not kept.
const PLAIN: [&str; 17] = [
    "amount",
    "cancel_target_month",
    "cardbrand_return_flg",
    "cust_manage_flg",
    "dealings_type",
    "divide_times",
    "item_id",
    "merchant_id",
    "order_id",
    "order_rowno",
    "processing_datetime",
    "response_info_type",
    "service_id",
    "sps_cust_info_return_flg",
    "sps_transaction_id",
    "tax",
    "tracking_id",
];

/// What stands for a value that is not kept.
const HIDDEN: &str = "(hidden)";

impl Message {
    /// The same names in the same order, with the values of harmless leaves only: for the journal.
    pub(crate) fn without_secrets(&self) -> Self {
        Self {
            nodes: hide(&self.nodes, false),
            ..self.clone()
        }
    }
}

fn hide(nodes: &[Node], secret: bool) -> Vec<Node> {
    let hidden = |node: &Node| match node {
        Node::Leaf {
            name,
            kind,
            max,
            value,
        } => {
            let keep = value.is_empty() || (!secret && PLAIN.contains(&name.as_ref()));
            Node::Leaf {
                name: name.clone(),
                kind: *kind,
                max: *max,
                value: if keep {
                    value.clone()
                } else {
                    HIDDEN.to_owned()
                },
            }
        }
        Node::Group {
            name,
            secret: own,
            nodes,
        } => Node::Group {
            name: name.clone(),
            secret: *own,
            nodes: hide(nodes, secret || *own),
        },
    };
    nodes.iter().map(hidden).collect()
}
