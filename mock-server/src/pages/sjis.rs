//! Pages whose form goes to the merchant: Shift_JIS (CP932), so that the browser posts Shift_JIS.

use encoding_rs::SHIFT_JIS;

/// A whole document in Shift_JIS.
///
/// Serve [`ShiftJisPage::into_bytes`] with [`ShiftJisPage::CONTENT_TYPE`]
/// (docs/protocol/link-type.md#transport).
#[derive(Clone)]
pub struct ShiftJisPage {
    html: String,
}

impl ShiftJisPage {
    /// Content type to serve the bytes with.
    pub const CONTENT_TYPE: &'static str = "text/html; charset=Shift_JIS";

    pub(super) const fn new(html: String) -> Self {
        Self { html }
    }

    /// The document as text; its `meta` says Shift_JIS, so do not serve this text as UTF-8.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The document's bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        to_shift_jis(&self.html)
    }
}

/// Encodes HTML in Shift_JIS (CP932); what has no exact place there becomes a character reference.
///
/// A reference shows the right character on the page, but a *form value* written with one would be
/// posted as the reference's text: values of hidden fields must be encodable by themselves.
/// U+00A5, U+203E and U+2212 count as not encodable, because their bytes read back as another
/// character.
///
/// ```
/// use netmile_mock::pages::to_shift_jis;
///
/// assert_eq!(to_shift_jis("表"), b"\x95\x5c");
/// assert_eq!(to_shift_jis("¥100"), b"&#165;100");
/// ```
#[must_use]
pub fn to_shift_jis(html: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len());
    let mut buffer = [0_u8; 4];
    for character in html.chars() {
        let text: &str = character.encode_utf8(&mut buffer);
        let (bytes, _, failed) = SHIFT_JIS.encode(text);
        let exact = !failed && {
            let (back, _, wrong) = SHIFT_JIS.decode(&bytes);
            !wrong && back == text
        };
        if exact {
            out.extend_from_slice(&bytes);
        } else {
            out.extend_from_slice(format!("&#{};", u32::from(character)).as_bytes());
        }
    }
    out
}
