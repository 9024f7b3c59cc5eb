//! The tree.

use std::fmt;

/// A tag with text or with tags inside, never both.
///
/// `Debug` shows names and lengths, no text: it may be personal.
///
/// ```
/// use netmile::wire::xml::Element;
/// let group = Element::group("pay_option_manage", vec![Element::leaf("amount", "500")]);
/// assert_eq!(group.child("amount").map(Element::text), Some("500"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Element {
    name: String,
    children: Vec<Self>,
    text: String,
}

impl Element {
    /// A tag with text.
    #[must_use]
    pub fn leaf(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            children: Vec::new(),
            text: text.into(),
        }
    }

    /// A tag with tags inside. Without any it is the same as an empty leaf: XML cannot tell.
    #[must_use]
    pub fn group(name: impl Into<String>, children: Vec<Self>) -> Self {
        Self {
            name: name.into(),
            children,
            text: String::new(),
        }
    }

    /// The tag's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text; empty for a group.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tags inside, in order.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        &self.children
    }

    /// The first tag inside with this name.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The tag at a path of names below this one, such as `res_pay_method_info/payment_status`; the first one at each
    /// step.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('/')
            .try_fold(self, |element, name| element.child(name))
    }

    pub(crate) fn push(&mut self, child: Self) {
        self.children.push(child);
    }

    pub(crate) fn children_mut(&mut self) -> &mut [Self] {
        &mut self.children
    }

    pub(crate) fn set_text(&mut self, text: String) {
        self.text = text;
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.children.is_empty() {
            write!(f, "{}({} bytes)", self.name, self.text.len())
        } else {
            write!(f, "{}", self.name)?;
            f.debug_list().entries(&self.children).finish()
        }
    }
}

/// A whole message: its root, and the root's `id` (for requests and answers: the function).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The root.
    pub root: Element,
    /// The root's attribute `id`, if it has one.
    pub id: Option<String>,
}

impl Document {
    /// A message with an `id`.
    #[must_use]
    pub fn new(root: Element, id: impl Into<String>) -> Self {
        Self {
            root,
            id: Some(id.into()),
        }
    }
}

/// Longest name of a tag, in bytes.
const MAX_NAME: usize = 64;

/// Whether a tag may be called so: ASCII, as every tag of the protocol. It also keeps names safe to print.
pub(super) fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= MAX_NAME
        && bytes
            .next()
            .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':'))
}

/// Longest `id` of a root, in bytes.
const MAX_ID: usize = 64;

/// Whether a root may have this `id`: short visible ASCII that needs no escape, so that it is written as it was read.
pub(super) fn is_id(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_graphic() && !b"&<>\"'".contains(&b);
    id.len() <= MAX_ID && id.bytes().all(plain)
}
