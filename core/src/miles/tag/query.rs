//! Links and the HTML around them, taken apart.

use super::MAX_TAG_BYTES;
use super::TagOrigin;
use crate::error::{Error, ErrorKind, Result};
use crate::wire::form::{FormLimits, RawForm, decode_form};
use crate::wire::html;

/// A banner with a link around it, as it is pasted into a page.
pub(super) fn anchor(origin: &TagOrigin, url: &str) -> String {
    format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"noopener\"><img src=\"{}/image/mileget.gif\" border=\"0\" alt=\"マイルGET!\"></a>",
        html::escape(url),
        html::escape(origin.as_str())
    )
}

/// A link, split.
pub(super) struct Link<'a> {
    pub(super) path: &'a str,
    /// As sent.
    pub(super) query: &'a str,
}

/// The link itself, out of an anchor if it stands in one.
pub(super) fn href(text: &str) -> Result<String> {
    if text.len() > MAX_TAG_BYTES {
        let rule = format!("must be at most {MAX_TAG_BYTES} bytes long");
        return Err(Error::field(ErrorKind::TooLarge, "tag", rule));
    }
    let text = text.trim();
    if !text.starts_with('<') {
        return Ok(text.to_owned());
    }
    let inside = find(text, "<a").and_then(|rest| find(rest, "href="));
    let quoted = inside.and_then(|rest| {
        let mut characters = rest.chars();
        let quote = characters.next().filter(|c| matches!(c, '"' | '\''))?;
        characters.as_str().split_once(quote)
    });
    let Some((link, _)) = quoted else {
        return Err(wrong("must be a link, or an anchor with a quoted href"));
    };
    Ok(link
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&"))
}

/// What follows `what`, whatever its case.
fn find<'a>(text: &'a str, what: &str) -> Option<&'a str> {
    let at = text.to_ascii_lowercase().find(what)?;
    text.get(at + what.len()..)
}

impl<'a> Link<'a> {
    pub(super) fn split(link: &'a str) -> Result<Self> {
        let link = link.split('#').next().unwrap_or_default();
        let host = link.find("://").map_or(0, |at| at + 3);
        let rest = link.get(host..).unwrap_or_default();
        let Some(slash) = rest.find('/') else {
            return Err(wrong("must be a link with a path"));
        };
        let (origin, rest) = link.split_at(host + slash);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        TagOrigin::new(origin).map_err(|_| wrong("must be an https link"))?;
        Ok(Self { path, query })
    }

    /// The fields, which must be these, each once, in any order.
    pub(super) fn fields<const N: usize>(&self, names: [&'static str; N]) -> Result<[String; N]> {
        let limits = FormLimits {
            max_bytes: MAX_TAG_BYTES,
            max_fields: 32,
            max_name: 32,
            max_value: 1024,
        };
        let form = decode_form(self.query.as_bytes(), limits)?;
        if let Some(unknown) = form
            .fields()
            .iter()
            .find(|field| !names.contains(&field.name.as_str()))
        {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                unknown.name.clone(),
                "is no field of this tag",
            ));
        }
        let mut values = [const { String::new() }; N];
        for (name, value) in names.into_iter().zip(&mut values) {
            *value = text(&form, name)?;
        }
        Ok(values)
    }
}

fn text(form: &RawForm, name: &'static str) -> Result<String> {
    let Some(value) = form.single(name)? else {
        return Err(Error::field(
            ErrorKind::MissingField,
            name,
            "must be there, empty or not",
        ));
    };
    match std::str::from_utf8(value) {
        Ok(text) if text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) => {
            Ok(text.to_owned())
        }
        _ => Err(Error::field(
            ErrorKind::InvalidValue,
            name,
            "must be half-width characters",
        )),
    }
}

pub(super) fn wrong(rule: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, "tag", rule)
}
