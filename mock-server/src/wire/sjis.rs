//! Shift_JIS (CP932) text, strictly: what cannot be said is an error.

use encoding_rs::SHIFT_JIS;

/// Decodes Shift_JIS bytes; `None` when a byte sequence is not Shift_JIS, or is a user-defined
/// character (F040 to F9FC): those decode to private code points that have no way back, and the
/// echo of a request could not be sent.
///
/// Source: docs/protocol/link-type.md#transport.
///
/// ```
/// assert_eq!(netmile_mock::wire::sjis::decode(&[0x83, 0x65]).as_deref(), Some("テ"));
/// assert_eq!(netmile_mock::wire::sjis::decode(&[0x83]), None);
/// assert_eq!(netmile_mock::wire::sjis::decode(&[0xf0, 0x40]), None);
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    SHIFT_JIS
        .decode_without_bom_handling_and_without_replacement(bytes)
        .filter(|text| encode(text).is_some())
        .map(std::borrow::Cow::into_owned)
}

/// Encodes text as Shift_JIS; `None` when a character has no Shift_JIS form.
///
/// ```
/// assert_eq!(netmile_mock::wire::sjis::encode("①～").as_deref(), Some(&[0x87, 0x40, 0x81, 0x60][..]));
/// assert_eq!(netmile_mock::wire::sjis::encode("😀"), None);
/// ```
#[must_use]
pub fn encode(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    if unmappable {
        None
    } else {
        Some(bytes.into_owned())
    }
}
