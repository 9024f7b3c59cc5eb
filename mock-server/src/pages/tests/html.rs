//! A small reader of the HTML that maud writes.

use std::collections::BTreeMap;

/// A tag with its attributes, or a piece of text, both with references resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

/// Splits a document that maud wrote: quoted attributes, no comments, no scripts.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = html
        .strip_prefix("<!DOCTYPE html>")
        .expect("a document type");
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            out.push(Token::Text(resolved(rest)));
            break;
        };
        if start > 0 {
            out.push(Token::Text(resolved(&rest[..start])));
        }
        let tag = &rest[start + 1..];
        if let Some(tag) = tag.strip_prefix('/') {
            let end = tag.find('>').expect("a closed end tag");
            out.push(Token::Close(tag[..end].to_owned()));
            rest = &tag[end + 1..];
            continue;
        }
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .expect("a tag name");
        assert!(end > 0, "no tag after <: {}", &tag[..tag.len().min(40)]);
        let name = tag[..end].to_owned();
        let (attributes, after) = attributes(&tag[end..]);
        rest = after;
        if name == "style" {
            rest = &rest[rest.find("</style>").expect("the end of the style")..];
        }
        out.push(Token::Open(name, attributes));
    }
    out
}

fn attributes(mut rest: &str) -> (BTreeMap<String, String>, &str) {
    let mut out = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(after) = rest.strip_prefix('>') {
            return (out, after);
        }
        let end = rest.find([' ', '=', '>']).expect("the end of an attribute");
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"').expect("a closing quote");
            value = resolved(&quoted[..close]);
            rest = &quoted[close + 1..];
        }
        assert!(out.insert(name, value).is_none(), "an attribute twice");
    }
}

fn resolved(text: &str) -> String {
    assert!(!text.contains(['"', '\'']) || !text.contains('<'));
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

pub(super) fn opened<'a>(
    tokens: &'a [Token],
    wanted: &'a str,
) -> impl Iterator<Item = &'a BTreeMap<String, String>> {
    tokens.iter().filter_map(move |token| match token {
        Token::Open(name, attributes) if name == wanted => Some(attributes),
        _ => None,
    })
}

/// Text of the first element of this name.
pub(super) fn text_of(tokens: &[Token], wanted: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for token in tokens {
        match token {
            Token::Open(name, _) if name == wanted => depth += 1,
            Token::Close(name) if name == wanted => break,
            Token::Text(text) if depth > 0 => out.push_str(text),
            _ => {}
        }
    }
    out
}

/// Tags and attribute names of a document, without any value or text.
pub(super) fn shape(tokens: &[Token]) -> Vec<(String, Vec<String>)> {
    tokens
        .iter()
        .filter_map(|token| match token {
            Token::Open(name, attributes) => {
                Some((name.clone(), attributes.keys().cloned().collect()))
            }
            Token::Close(name) => Some((format!("/{name}"), Vec::new())),
            Token::Text(_) => None,
        })
        .collect()
}
