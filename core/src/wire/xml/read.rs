//! From bytes to the tree.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use super::element::{Document, Element, is_id, is_name};
use crate::error::{Error, ErrorKind, Result};

/// How much a message may have. Anything more is `too_large`.
///
/// ```
/// use netmile::wire::xml::{XmlLimits, read_xml};
/// let limits = XmlLimits { bytes: 100, ..XmlLimits::default() };
/// assert_eq!(read_xml(&[b' '; 101], limits).unwrap_err().code(), "too_large");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlLimits {
    /// Bytes of the whole message. Default 1 MiB.
    pub bytes: usize,
    /// Tags. Default 10,000: a request with 999 detail rows has 7,000.
    pub elements: usize,
    /// Nesting, the root counted. Default 16; the protocol's own is four.
    pub depth: usize,
    /// Bytes of one text, in UTF-8. Default 16 KiB.
    pub text: usize,
}

impl Default for XmlLimits {
    fn default() -> Self {
        Self {
            bytes: 1024 * 1024,
            elements: 10_000,
            depth: 16,
            text: 16 * 1024,
        }
    }
}

/// Attributes that one tag may have; the protocol has one.
const MAX_ATTRIBUTES: usize = 16;

/// Reads a message.
///
/// The charset is the declared one, Shift_JIS or UTF-8; Shift_JIS if none is declared. White space around tags is
/// dropped, also around a text where it has a line break; other spaces of a text are kept. Attributes other than the
/// root's `id` are dropped: no hash covers them.
///
/// # Errors
/// `malformed`, naming the tag where there is one, or `too_large`.
pub fn read_xml(bytes: &[u8], limits: XmlLimits) -> Result<Document> {
    if bytes.len() > limits.bytes {
        return Err(too_large("xml", "has more bytes than allowed"));
    }
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut builder = Builder::new(limits);
    loop {
        let event = reader
            .read_event()
            .map_err(|_| malformed("xml", "is not well-formed XML"))?;
        match event {
            Event::Decl(declaration) => builder.declaration(&declaration)?,
            Event::Start(start) => builder.open(&start)?,
            Event::Empty(start) => {
                builder.open(&start)?;
                builder.close()?;
            }
            Event::End(_) => builder.close()?,
            Event::Text(text) => builder.text(&text.into_inner())?,
            Event::CData(text) => builder.text(&text.into_inner())?,
            Event::GeneralRef(reference) => builder.reference(&reference)?,
            Event::Comment(_) => builder.began = true,
            Event::DocType(_) => {
                return Err(malformed("xml", "has a document type definition"));
            }
            Event::PI(_) => return Err(malformed("xml", "has a processing instruction")),
            Event::Eof => return builder.finish(),
        }
    }
}

struct Builder {
    limits: XmlLimits,
    /// Whether anything but white space was read.
    began: bool,
    open: Vec<Open>,
    elements: usize,
    done: Option<Document>,
    id: Option<String>,
}

struct Open {
    element: Element,
    text: String,
}

impl Builder {
    fn new(limits: XmlLimits) -> Self {
        Self {
            limits,
            began: false,
            open: Vec::new(),
            elements: 0,
            done: None,
            id: None,
        }
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<()> {
        if std::mem::replace(&mut self.began, true) {
            return Err(malformed("xml", "has a declaration that is not the first"));
        }
        match declaration.version() {
            Ok(version) if version == "1.0" => Ok(()),
            _ => Err(malformed("xml", "must be XML 1.0")),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<()> {
        self.began = true;
        let name = start.name();
        let name: &str = name.as_ref();
        if !is_name(name) {
            return Err(malformed("xml", "has a tag with a name that is not one"));
        }
        if self.done.is_some() {
            return Err(malformed(name, "is a second root"));
        }
        self.elements += 1;
        if self.elements > self.limits.elements {
            return Err(too_large(name, "is one tag more than allowed"));
        }
        if self.open.len() >= self.limits.depth {
            return Err(too_large(name, "is nested deeper than allowed"));
        }
        let is_root = self.open.is_empty();
        if let Some(parent) = self.open.last_mut() {
            if !parent.text.chars().all(is_white) {
                return Err(malformed(parent.element.name(), "has text beside tags"));
            }
            parent.text.clear();
        }
        for (index, attribute) in start.attributes().enumerate() {
            if index >= MAX_ATTRIBUTES {
                return Err(too_large(name, "has more attributes than allowed"));
            }
            let attribute =
                attribute.map_err(|_| malformed(name, "has an attribute that is not one"))?;
            if is_root && attribute.key.as_ref() == "id" {
                let id: &str = &attribute.value;
                if !is_id(id) {
                    return Err(malformed(name, "has an id that is not a short ASCII text"));
                }
                self.id = Some(id.to_owned()).filter(|id| !id.is_empty());
            }
        }
        self.open.push(Open {
            element: Element::leaf(name, ""),
            text: String::new(),
        });
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some(Open { mut element, text }) = self.open.pop() else {
            return Err(malformed("xml", "closes a tag that is not open"));
        };
        if element.children().is_empty() {
            let text = without_layout(&text);
            if text.contains(is_break) {
                return Err(malformed(
                    element.name(),
                    "has a tab or a line break in its text",
                ));
            }
            element.set_text(text.to_owned());
        }
        match self.open.last_mut() {
            Some(parent) => parent.element.push(element),
            None => {
                self.done = Some(Document {
                    root: element,
                    id: self.id.take(),
                });
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        match self.open.last_mut() {
            Some(open) if !open.element.children().is_empty() => {
                if text.chars().all(is_white) {
                    return Ok(());
                }
                Err(malformed(open.element.name(), "has text beside tags"))
            }
            Some(open) => {
                if open.text.len() + text.len() > self.limits.text {
                    return Err(too_large(open.element.name(), "has more text than allowed"));
                }
                open.text.push_str(text);
                Ok(())
            }
            None if text.chars().all(is_white) => Ok(()),
            None => Err(malformed("xml", "has text outside its root")),
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<()> {
        let name: &str = reference;
        let known = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        let within = self.open.last().map_or("xml", |open| open.element.name());
        match known {
            Some(c) if is_allowed(c) && !is_break(c) => self.text(c.encode_utf8(&mut [0; 4])),
            Some(_) => Err(malformed(within, "has a character that is not allowed")),
            None => Err(malformed(within, "has an entity that XML does not define")),
        }
    }

    fn finish(self) -> Result<Document> {
        if let Some(open) = self.open.last() {
            return Err(malformed(open.element.name(), "is not closed"));
        }
        self.done.ok_or_else(|| malformed("xml", "has no root"))
    }
}

/// Decodes as declared, and refuses characters that no value may have, wherever they stand.
fn decode(bytes: &[u8]) -> Result<String> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != UTF_8 => {
            return Err(malformed("xml", "must be Shift_JIS or UTF-8"));
        }
        Some(_) => UTF_8,
        None => declared(bytes)?,
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| malformed("xml", "is not in the charset that it declares"))?;
    if !text.chars().all(is_allowed) {
        return Err(malformed("xml", "has a character that is not allowed"));
    }
    Ok(text.into_owned())
}

/// Bytes within which a declaration must end.
const MAX_DECLARATION: usize = 256;

/// The charset of the declaration, read before anything else can be.
fn declared(bytes: &[u8]) -> Result<&'static Encoding> {
    let start = bytes.trim_ascii_start();
    let head = start.get(..MAX_DECLARATION).unwrap_or(start);
    let ascii: String = head
        .iter()
        .take_while(|b| b.is_ascii())
        .map(|b| char::from(*b))
        .collect();
    let Some(declaration) = ascii
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map(|(declaration, _)| declaration)
    else {
        return Ok(SHIFT_JIS);
    };
    let Some((_, after)) = declaration.split_once("encoding") else {
        return Ok(SHIFT_JIS);
    };
    let value = after
        .trim_start()
        .strip_prefix('=')
        .map(str::trim_start)
        .and_then(|quoted| {
            let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            quoted.get(1..)?.split_once(quote)
        });
    match value.and_then(|(label, _)| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if encoding == SHIFT_JIS || encoding == UTF_8 => Ok(encoding),
        _ => Err(malformed("xml", "must be Shift_JIS or UTF-8")),
    }
}

/// The text without white space at an end where it has a line break: that is layout, not value.
fn without_layout(text: &str) -> &str {
    let trimmed = text.trim_start_matches(is_white);
    let lead = text.len() - trimmed.len();
    let text = match text.get(..lead) {
        Some(white) if white.contains(is_break) => trimmed,
        _ => text,
    };
    let trimmed = text.trim_end_matches(is_white);
    match text.get(trimmed.len()..) {
        Some(white) if white.contains(is_break) => trimmed,
        _ => text,
    }
}

const fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r')
}

const fn is_white(c: char) -> bool {
    is_break(c) || c == ' '
}

/// No control characters but those of layout, no private-use characters, no non-characters: they mean different things
/// to different readers.
fn is_allowed(c: char) -> bool {
    is_break(c)
        || !(c.is_control()
            || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}'))
}

fn malformed(field: &str, rule: &'static str) -> Error {
    Error::field(ErrorKind::Malformed, field.to_owned(), rule)
}

fn too_large(field: &str, rule: &'static str) -> Error {
    Error::field(ErrorKind::TooLarge, field.to_owned(), rule)
}
