//! XML of the API type: a root with an `id`, groups and leaves, Shift_JIS.
//!
//! Source: docs/protocol/api-type.md#transport.

use quick_xml::{Reader, escape::resolve_xml_entity, events::Event};

use super::sjis;

/// A leaf (no children) or a group (no text).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Tag.
    pub name: String,
    /// Text of a leaf, entities resolved.
    pub text: String,
    /// Elements of a group, in order.
    pub children: Vec<Element>,
    /// Writes a blank line after the opening tag, as the real gateway sometimes does.
    pub spaced: bool,
}

impl Element {
    /// A leaf.
    pub fn leaf(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// A group.
    pub fn group(name: impl Into<String>, children: Vec<Self>) -> Self {
        Self {
            name: name.into(),
            children,
            ..Self::default()
        }
    }

    /// The first child of this name.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|c| c.name == name)
    }

    /// The text at a path such as `res_pay_method_info/invoice_no`; empty when there is none.
    #[must_use]
    pub fn at(&self, path: &str) -> &str {
        path.split('/')
            .try_fold(self, |element, name| element.child(name))
            .map_or("", |e| e.text.as_str())
    }
}

/// A root element with its `id`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Function id; early errors have none.
    pub id: Option<String>,
    /// The root.
    pub root: Element,
}

/// How much of a body is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Largest body, in bytes.
    pub bytes: usize,
    /// Largest number of elements.
    pub elements: usize,
    /// Deepest nesting, the root included.
    pub depth: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: 512 * 1024,
            elements: 10_000,
            depth: 8,
        }
    }
}

/// Why a body is no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XmlError {
    /// The body is longer than the bound.
    #[error("the body has more than {0} bytes")]
    TooLarge(usize),
    /// More elements, or deeper ones, than the bound.
    #[error("too many elements, or nested too deeply")]
    TooMany,
    /// The bytes are not Shift_JIS.
    #[error("the body is not Shift_JIS")]
    NotShiftJis,
    /// A document type, a processing instruction or an entity of its own.
    #[error("document types, processing instructions and own entities are refused")]
    Forbidden,
    /// Anything else that is not well-formed, or text beside elements.
    #[error("not well-formed: {0}")]
    Malformed(String),
}

/// Reads a body.
///
/// # Errors
/// [`XmlError`] when it is too large, not Shift_JIS, not well-formed, or tries something clever.
///
/// ```
/// use netmile_mock::wire::xml::{parse, Bounds};
/// let xml = b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><r id=\"X\"><a>1</a><g><b/></g></r>";
/// let document = parse(xml, Bounds::default()).unwrap();
/// assert_eq!(document.id.as_deref(), Some("X"));
/// assert_eq!(document.root.at("a"), "1");
/// ```
pub fn parse(body: &[u8], bounds: Bounds) -> Result<Document, XmlError> {
    if body.len() > bounds.bytes {
        return Err(XmlError::TooLarge(bounds.bytes));
    }
    let text = sjis::decode(body).ok_or(XmlError::NotShiftJis)?;
    let mut reader = Reader::from_str(&text);
    let mut tree = Tree {
        bounds,
        ..Tree::default()
    };
    let malformed = |e: &dyn std::fmt::Display| XmlError::Malformed(e.to_string());
    loop {
        match reader.read_event().map_err(|e| malformed(&e))? {
            Event::Start(tag) => tree.open(&tag)?,
            Event::Empty(tag) => {
                tree.open(&tag)?;
                tree.close()?;
            }
            Event::End(_) => tree.close()?,
            Event::Text(text) => tree.text(&text.xml10_content())?,
            Event::CData(text) => tree.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref().map_err(|e| malformed(&e))? {
                    Some(c) => c.to_string(),
                    None => resolve_xml_entity(&reference.xml10_content())
                        .ok_or(XmlError::Forbidden)?
                        .to_owned(),
                };
                tree.text(&resolved)?;
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::PI(_) | Event::DocType(_) => return Err(XmlError::Forbidden),
            Event::Eof => break,
        }
    }
    tree.finish()
}

#[derive(Default)]
struct Tree {
    bounds: Bounds,
    seen: usize,
    id: Option<String>,
    open: Vec<Element>,
    root: Option<Element>,
}

impl Tree {
    fn open(&mut self, tag: &quick_xml::events::BytesStart<'_>) -> Result<(), XmlError> {
        self.seen += 1;
        if self.seen > self.bounds.elements || self.open.len() >= self.bounds.depth {
            return Err(XmlError::TooMany);
        }
        if self.root.is_some() {
            return Err(XmlError::Malformed("more than one root".to_owned()));
        }
        if self.open.is_empty() {
            for attribute in tag.attributes() {
                let attribute = attribute.map_err(|e| XmlError::Malformed(e.to_string()))?;
                if attribute.key.0 == "id" {
                    self.id = Some(attribute.value.into_owned());
                }
            }
        }
        self.open.push(Element::leaf(tag.name().0, ""));
        Ok(())
    }

    fn close(&mut self) -> Result<(), XmlError> {
        let Some(mut done) = self.open.pop() else {
            return Err(XmlError::Malformed("an end without a start".to_owned()));
        };
        let blank = done
            .text
            .chars()
            .all(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        if !done.children.is_empty() && !blank {
            return Err(XmlError::Malformed(format!(
                "text beside elements in {}",
                done.name
            )));
        }
        // An empty group that stands on several lines is empty, not a value of line ends.
        if blank && (!done.children.is_empty() || done.text.contains(['\n', '\r', '\t'])) {
            done.text.clear();
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => self.root = Some(done),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(XmlError::Malformed("text outside the root".to_owned())),
        }
        Ok(())
    }

    fn finish(self) -> Result<Document, XmlError> {
        match self.root {
            Some(root) if self.open.is_empty() => Ok(Document { id: self.id, root }),
            _ => Err(XmlError::Malformed("the body ends early".to_owned())),
        }
    }
}

/// Writes a message as the real gateway does: single-quoted declaration with a space before
/// `?>`, indented, Shift_JIS. A character without a Shift_JIS form becomes `?`; nothing that a
/// request brought can hold one.
#[must_use]
pub fn write(document: &Document) -> Vec<u8> {
    let mut out = String::from("<?xml version='1.0' encoding='Shift_JIS' ?>\n");
    out.push('<');
    out.push_str(&document.root.name);
    if let Some(id) = &document.id {
        out.push_str(" id=\"");
        out.push_str(&quick_xml::escape::escape(id));
        out.push('"');
    }
    out.push_str(">\n");
    for child in &document.root.children {
        write_element(child, 1, &mut out);
    }
    out.push_str("</");
    out.push_str(&document.root.name);
    out.push_str(">\n");
    sjis::encode(&out).unwrap_or_else(|| {
        out.chars()
            .flat_map(|c| sjis::encode(&c.to_string()).unwrap_or_else(|| b"?".to_vec()))
            .collect()
    })
}

fn write_element(element: &Element, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    out.push_str(&indent);
    out.push('<');
    out.push_str(&element.name);
    if element.children.is_empty() {
        if element.text.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        out.push_str(&quick_xml::escape::escape(&element.text));
    } else {
        out.push_str(">\n");
        if element.spaced {
            out.push('\n');
        }
        for child in &element.children {
            write_element(child, depth + 1, out);
        }
        out.push_str(&indent);
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push_str(">\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Document, XmlError> {
        parse(&sjis::encode(text).unwrap(), Bounds::default())
    }

    #[test]
    fn comments_blank_lines_and_entities_are_read() {
        let text = "<?xml version='1.0' encoding='Shift_JIS' ?>\n<!-- c --><r id='A'>\n\t<a>&lt;山&#65;&amp;</a>\n\n  <g>\n <!-- c -->\n</g><b> x </b></r>\n";
        let document = read(text).unwrap();
        assert_eq!(document.root.at("a"), "<山A&");
        assert_eq!(document.root.at("b"), " x ");
        assert_eq!(document.root.child("g").unwrap(), &Element::leaf("g", ""));
    }

    #[test]
    fn what_is_written_is_read() {
        let document = Document {
            id: Some("ST01-00101-701".to_owned()),
            root: Element::group(
                "r",
                vec![
                    Element::leaf("a", "1 & 2 < 3 '\" 山"),
                    Element::leaf("e", ""),
                    Element {
                        spaced: true,
                        ..Element::group("g", vec![Element::leaf("b", "x")])
                    },
                ],
            ),
        };
        let bytes = write(&document);
        let mut back = parse(&bytes, Bounds::default()).unwrap();
        back.root.children[2].spaced = true;
        assert_eq!(back, document);
    }

    #[test]
    fn hostile_bodies_are_refused() {
        let deep = format!("{}{}", "<a>".repeat(9), "</a>".repeat(9));
        let wide = format!("<r>{}</r>", "<a/>".repeat(10_000));
        let bomb = "<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>";
        for text in [
            "",
            "x",
            "<r>",
            "<r></s>",
            "<r/><r/>",
            "<r>&own;</r>",
            "<?php x ?><r/>",
            bomb,
            &deep,
            &wide,
            "<r>t<a/></r>",
            "<r/>t",
            "<r a='1' a='2'/>",
        ] {
            assert!(
                read(text).is_err(),
                "{}",
                text.chars().take(40).collect::<String>()
            );
        }
        assert_eq!(
            parse(b"<r>\x83</r>", Bounds::default()),
            Err(XmlError::NotShiftJis)
        );
        let large = Bounds {
            bytes: 3,
            ..Bounds::default()
        };
        assert_eq!(parse(b"<r/>", large), Err(XmlError::TooLarge(3)));
    }
}
