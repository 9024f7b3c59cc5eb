//! `multipart/form-data`, as far as a form with one file needs it.

use crate::wire::form::Fields;

/// Most parts of a form.
const MOST_PARTS: usize = 50;

/// A form with a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) fields: Fields,
    /// Name and bytes of the file; the last one counts.
    pub(super) file: Option<(String, Vec<u8>)>,
}

/// The boundary that a content type names.
pub(super) fn boundary(content_type: &str) -> Option<&str> {
    let (kind, rest) = content_type.split_once(';')?;
    kind.trim()
        .eq_ignore_ascii_case("multipart/form-data")
        .then_some(())?;
    let mut named = rest.split(';').filter_map(|part| part.split_once('='));
    let (_, boundary) = named.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim().trim_matches('"');
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Reads a form; `None` when it is no such form.
pub(super) fn parse(bytes: &[u8], boundary: &str) -> Option<Form> {
    let mark = format!("--{boundary}");
    let end = format!("\r\n{mark}");
    let mut rest = bytes.get(find(bytes, mark.as_bytes())? + mark.len()..)?;
    let mut form = Form::default();
    for _ in 0..MOST_PARTS {
        if rest.starts_with(b"--") {
            return Some(form);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head = find(rest, b"\r\n\r\n")?;
        let (head, after) = rest.split_at_checked(head)?;
        let after = after.get(4..)?;
        let (body, after) = after.split_at_checked(find(after, end.as_bytes())?)?;
        rest = after.get(end.len()..)?;
        let head = String::from_utf8_lossy(head);
        let line = head.lines().find(|line| {
            line.to_ascii_lowercase()
                .starts_with("content-disposition:")
        })?;
        let name = quoted(line, " name=\"")?;
        match quoted(line, " filename=\"") {
            Some(file) if !file.is_empty() => form.file = Some((file, body.to_vec())),
            Some(_) => {}
            None => form
                .fields
                .push((name, String::from_utf8_lossy(body).into_owned())),
        }
    }
    None
}

/// The text between a start and the next quotation mark; browsers write marks as `%22`.
fn quoted(line: &str, start: &str) -> Option<String> {
    let (_, after) = line.split_once(start)?;
    let (text, _) = after.split_once('"')?;
    Some(text.replace("%22", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &[u8] = b"--b1\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nmail\r\n--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\nx,y,1\r\n--not\r\n\r\n--b1--\r\n";

    #[test]
    fn a_form_has_fields_and_a_file() {
        let form = parse(FORM, "b1").unwrap();
        assert_eq!(form.fields, [("method".to_owned(), "mail".to_owned())]);
        let file = ("a.csv".to_owned(), b"x,y,1\r\n--not\r\n".to_vec());
        assert_eq!(form.file, Some(file));
        assert_eq!(
            boundary("multipart/form-data; charset=utf-8; boundary=\"b1\""),
            Some("b1")
        );
        assert_eq!(boundary("text/plain; boundary=b1"), None);
    }

    #[test]
    fn a_form_that_is_cut_off_anywhere_is_none() {
        for length in 0..FORM.len() - 4 {
            assert_eq!(parse(&FORM[..length], "b1"), None, "{length}");
        }
        assert_eq!(parse(FORM, "b2"), None);
    }
}
