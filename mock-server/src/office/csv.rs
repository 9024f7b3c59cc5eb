//! The mock's own CSV reader and writer: three columns in, published lists out.

use encoding_rs::{SHIFT_JIS, UTF_8};

use super::refusal::FileFault;

/// Most data rows of one file.
pub const MOST_ROWS: usize = 10_000;

/// Rows of three fields, kept close together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    text: String,
    ends: Vec<u32>,
}

impl Rows {
    pub(crate) fn push_field(&mut self, field: &str) {
        self.text.push_str(field);
        self.end_field();
    }

    fn end_field(&mut self) {
        // A file has at most 4 MiB.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len() / 3
    }

    fn field(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let from = at.checked_sub(1).map_or(0, end);
        self.text.get(from..end(at)).unwrap_or_default()
    }

    /// The fields of a row, from 0.
    pub(crate) fn row(&self, at: usize) -> [&str; 3] {
        [0, 1, 2].map(|column| self.field(at * 3 + column))
    }

    fn drop_first(&mut self) {
        let kept = self.text.split_off(self.field_end(2));
        let cut = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text = kept;
        self.ends = self.ends.iter().skip(3).map(|end| end - cut).collect();
    }

    fn field_end(&self, at: usize) -> usize {
        self.ends.get(at).map_or(0, |end| *end as usize)
    }
}

const FIRST_HEADERS: [&str; 6] = [
    "メールアドレス",
    "PCメールアドレス",
    "携帯電話メールアドレス",
    "携帯メールアドレス",
    "ユーザーID",
    "メールアドレス・ユーザーID",
];

fn is_header([first, second, third]: [&str; 3]) -> bool {
    let exchange = first == "NetMileユーザID" && third == "交換マイル数";
    let issue = FIRST_HEADERS.contains(&first) && third == "マイル発行数";
    second == "指定キー" && (exchange || issue)
}

/// Reads a file of three columns, with or without the header row: CP932, or UTF-8 with a byte
/// order mark; CRLF or LF; quoted fields.
pub(crate) fn read(bytes: &[u8]) -> Result<Rows, FileFault> {
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let text = match marked {
        Some(rest) => UTF_8.decode_without_bom_handling_and_without_replacement(rest),
        None => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes),
    };
    let text = text.ok_or(FileFault::Malformed)?;
    let mut rows = split(&text)?;
    if rows.len() > 0 && is_header(rows.row(0)) {
        rows.drop_first();
    }
    match rows.len() {
        0 => Err(FileFault::Malformed),
        n if n > MOST_ROWS => Err(FileFault::TooManyRows),
        _ => Ok(rows),
    }
}

fn split(text: &str) -> Result<Rows, FileFault> {
    let mut rows = Rows::default();
    rows.text.reserve(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // Empty lines may stand at the end only.
        if rest.bytes().all(|b| b == b'\r' || b == b'\n') {
            break;
        }
        for column in 0..3 {
            rest = field(rest, &mut rows)?;
            if column < 2 {
                rest = rest.strip_prefix(',').ok_or(FileFault::Malformed)?;
            }
        }
        let ended = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'));
        rest = match ended {
            Some(rest) => rest,
            None if rest.is_empty() => rest,
            None => return Err(FileFault::Malformed),
        };
        // One more for a header.
        if rows.len() > MOST_ROWS + 1 {
            return Err(FileFault::TooManyRows);
        }
    }
    Ok(rows)
}

/// Takes one field off; what is left begins with a comma or a line end.
fn field<'a>(text: &'a str, rows: &mut Rows) -> Result<&'a str, FileFault> {
    let Some(mut quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\n', '\r', '"']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        if rest.starts_with('"') {
            return Err(FileFault::Malformed);
        }
        rows.push_field(value);
        return Ok(rest);
    };
    loop {
        let (value, rest) = quoted.split_once('"').ok_or(FileFault::Malformed)?;
        rows.text.push_str(value);
        match rest.strip_prefix('"') {
            Some(more) => {
                rows.text.push('"');
                quoted = more;
            }
            None => {
                rows.end_field();
                return Ok(rest);
            }
        }
    }
}

/// A CP932 file with CRLF, being written. What CP932 can not say becomes `?`.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
}

impl Writer {
    pub(crate) fn line(&mut self, fields: &[&str]) {
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            if field.contains([',', '"', '\r', '\n']) {
                self.text.push('"');
                self.text.push_str(&field.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(field);
            }
        }
        self.text.push_str("\r\n");
    }

    pub(crate) fn cp932(self) -> Vec<u8> {
        let (bytes, _, unmappable) = SHIFT_JIS.encode(&self.text);
        if !unmappable {
            return bytes.into_owned();
        }
        let mut out = Vec::with_capacity(self.text.len());
        let mut buffer = [0_u8; 4];
        for c in self.text.chars() {
            let (bytes, _, unmappable) = SHIFT_JIS.encode(c.encode_utf8(&mut buffer));
            out.extend_from_slice(if unmappable { b"?" } else { &bytes });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<[String; 3]>, FileFault> {
        let rows = read(bytes)?;
        let owned = |at| rows.row(at).map(str::to_owned);
        Ok((0..rows.len()).map(owned).collect())
    }

    #[test]
    fn both_encodings_with_and_without_header_read_alike() {
        let plain = "a@b.example,K1,100\nc@d.example,\"K,2\",\"20\"\"0\"";
        let with = format!(
            "メールアドレス,指定キー,マイル発行数\r\n{}\r\n\r\n",
            plain.replace('\n', "\r\n")
        );
        let marked = format!("\u{feff}{with}");
        let cp932 = SHIFT_JIS.encode(&with).0;
        let expected = rows(plain.as_bytes()).unwrap();
        assert_eq!(
            expected[1],
            ["c@d.example", "K,2", "20\"0"].map(str::to_owned)
        );
        assert_eq!(rows(marked.as_bytes()).unwrap(), expected);
        assert_eq!(rows(&cp932).unwrap(), expected);
    }

    #[test]
    fn what_is_no_csv_of_three_columns_is_refused_whole() {
        let header = SHIFT_JIS
            .encode("メールアドレス,指定キー,マイル発行数\r\n")
            .0;
        for wrong in [
            &b""[..],
            b"\n",
            b"a,b\n",
            b"a,b,c,d\n",
            b"a,b,c\n\na,b,c\n",
            b"\"a,b,c\n",
            b"a\"b,c,d\n",
            b"\"a\"b,c,d\n",
            b"a,b,c\rd,e,f\r",
            b"\x83,b,c\n",
            b"\xef\xbb\xbf\xff,b,c\n",
            &header,
        ] {
            assert_eq!(rows(wrong), Err(FileFault::Malformed), "{wrong:?}");
        }
        let many = |n: usize| "a,b,1\n".repeat(n);
        assert_eq!(rows(many(10_000).as_bytes()).unwrap().len(), 10_000);
        assert_eq!(rows(many(10_001).as_bytes()), Err(FileFault::TooManyRows));
        let headed = |n| [&header[..], many(n).as_bytes()].concat();
        assert_eq!(rows(&headed(10_000)).unwrap().len(), 10_000);
        assert_eq!(rows(&headed(10_001)), Err(FileFault::TooManyRows));
    }

    #[test]
    fn written_files_are_quoted_where_needed_and_say_what_they_can() {
        let mut writer = Writer::default();
        writer.line(&["氏,名", "a\"b", "😀"]);
        let bytes = writer.cp932();
        assert_eq!(SHIFT_JIS.decode(&bytes).0, "\"氏,名\",\"a\"\"b\",?\r\n");
    }
}
