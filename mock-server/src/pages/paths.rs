//! The mock's own URLs, in one place; ids are percent-encoded.

use std::fmt::Write;

/// Percent-encodes one segment of a path or one value of a query (UTF-8).
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `/pay/{session}`, and a step below it.
pub(super) fn pay(session: &str, step: &str) -> String {
    below(format!("/pay/{}", encoded(session)), step)
}

/// `/pay/{session}/campaign/{id}`, and a step below it.
pub(super) fn campaign(session: &str, id: &str, step: &str) -> String {
    below(
        format!("/pay/{}/campaign/{}", encoded(session), encoded(id)),
        step,
    )
}

/// `/manage/payments/{tracking_id}`, and a step below it.
pub(super) fn payment(tracking_id: &str, step: &str) -> String {
    below(format!("/manage/payments/{}", encoded(tracking_id)), step)
}

fn below(mut base: String, step: &str) -> String {
    if !step.is_empty() {
        base.push('/');
        base.push_str(step);
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_cannot_leave_their_segment() {
        assert_eq!(pay("../x?y=1#z", "pay"), "/pay/..%2Fx%3Fy%3D1%23z/pay");
        assert_eq!(campaign("s", "あ", ""), "/pay/s/campaign/%E3%81%82");
        assert_eq!(payment("123", "refund"), "/manage/payments/123/refund");
    }
}
