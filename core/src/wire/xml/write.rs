//! From the tree to bytes.

use super::element::{Document, Element, is_id, is_name};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::text::{self, TextPolicy};

const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n";

/// Deepest nesting that is written; the protocol's own is four.
const MAX_DEPTH: usize = 16;

/// Writes a message in Shift_JIS. The same tree always gives the same bytes.
///
/// ```
/// use netmile::wire::xml::{Document, Element, write_xml};
/// let root = Element::group("sps-api-request", vec![Element::leaf("item_id", "a<b")]);
/// let bytes = write_xml(&Document::new(root, "ST01-00101-701"))?;
/// assert_eq!(
///     bytes,
///     b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n\
///       <sps-api-request id=\"ST01-00101-701\"><item_id>a&lt;b</item_id></sps-api-request>",
/// );
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// # Errors
/// `not_encodable`, naming the tag, the character and its position: no Shift_JIS form, or a control character (tab and
/// line breaks too). `invalid_value` for a name that is not ASCII letters, digits, `_ - . :`, an `id` that is not up to
/// 64 visible ASCII characters without `& < > " '`, text beside tags, or nesting deeper than 16.
pub fn write_xml(document: &Document) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(2048);
    out.extend_from_slice(DECLARATION);
    let id = match &document.id {
        Some(id) if !is_id(id) => {
            return Err(refuse(
                "id",
                "must be up to 64 visible ASCII characters, none of & < > \" '",
            ));
        }
        id => id.as_deref(),
    };
    element(&mut out, &document.root, id, 1)?;
    Ok(out)
}

fn element(out: &mut Vec<u8>, element: &Element, id: Option<&str>, depth: usize) -> Result<()> {
    let name = element.name();
    if !is_name(name) {
        return Err(refuse(
            "tag",
            "must be up to 64 of ASCII letters, digits and _ - . :",
        ));
    }
    if depth > MAX_DEPTH {
        return Err(refuse(name, "is nested deeper than 16"));
    }
    if !element.children().is_empty() && !element.text().is_empty() {
        return Err(refuse(name, "has text beside tags"));
    }
    out.push(b'<');
    out.extend_from_slice(name.as_bytes());
    if let Some(id) = id {
        out.extend_from_slice(b" id=\"");
        out.extend_from_slice(id.as_bytes());
        out.push(b'"');
    }
    out.push(b'>');
    for child in element.children() {
        self::element(out, child, None, depth + 1)?;
    }
    let value = text::encode(name, element.text(), &TextPolicy::Cp932)?;
    escape(out, value.sjis());
    out.extend_from_slice(b"</");
    out.extend_from_slice(name.as_bytes());
    out.push(b'>');
    Ok(())
}

/// Escapes Shift_JIS bytes: none of the five is ever the second byte of a character.
fn escape(out: &mut Vec<u8>, sjis: &[u8]) {
    for byte in sjis {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\'' => out.extend_from_slice(b"&apos;"),
            other => out.push(*other),
        }
    }
}

fn refuse(field: &str, rule: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, field.to_owned(), rule)
}
