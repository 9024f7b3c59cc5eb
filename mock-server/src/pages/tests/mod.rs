//! What holds for every page.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

mod content;
mod html;
#[path = "../samples/mod.rs"]
mod samples;

use html::{Token, opened, shape, text_of, tokens};
use samples::{Sample, pages};

fn all(lang: Lang) -> Vec<(Sample, Vec<Token>)> {
    pages(lang, &str::to_owned)
        .into_iter()
        .map(|sample| {
            let tokens = tokens(&sample.html);
            (sample, tokens)
        })
        .collect()
}

#[test]
fn every_page_has_its_frame() {
    for lang in Lang::ALL {
        for (sample, tokens) in all(lang) {
            let name = sample.name;
            let html = opened(&tokens, "html").next().expect("html");
            assert_eq!(html["lang"], lang.code(), "{name}");
            assert!(!text_of(&tokens, "title").trim().is_empty(), "{name}");
            assert_eq!(opened(&tokens, "h1").count(), 1, "{name}");
            assert!(!text_of(&tokens, "h1").trim().is_empty(), "{name}");
            for landmark in ["header", "main", "footer"] {
                assert_eq!(opened(&tokens, landmark).count(), 1, "{name}: {landmark}");
            }
            let footer = text_of(&tokens, "footer");
            assert!(
                footer.contains("テスト用モック。実際の決済ではありません"),
                "{name}"
            );
            assert!(footer.contains("mock gateway, no real payment"), "{name}");
            let charset = opened(&tokens, "meta")
                .find_map(|meta| meta.get("charset"))
                .expect("charset");
            let expected = if sample.shift_jis {
                "Shift_JIS"
            } else {
                "utf-8"
            };
            assert_eq!(charset, expected, "{name}");
            let other = lang.other().code();
            let switch = format!("lang={other}");
            let offered = opened(&tokens, "a")
                .filter_map(|link| link.get("href"))
                .chain(opened(&tokens, "form").filter_map(|form| form.get("action")))
                .any(|url| url.ends_with(&switch));
            assert!(offered, "{name}: no language switch");
        }
    }
}

#[test]
fn no_page_runs_or_loads_anything() {
    for lang in Lang::ALL {
        for (sample, tokens) in all(lang) {
            let name = sample.name;
            let lower = sample.html.to_ascii_lowercase();
            for forbidden in ["<script", "<img", "<iframe", "<object", "<embed", "@import"] {
                assert!(!lower.contains(forbidden), "{name}: {forbidden}");
            }
            for token in &tokens {
                let Token::Open(tag, attributes) = token else {
                    continue;
                };
                for (attribute, value) in attributes {
                    assert!(!attribute.starts_with("on"), "{name}: {tag} {attribute}");
                    if matches!(attribute.as_str(), "href" | "action" | "src") {
                        assert!(!value.starts_with("javascript:"), "{name}: {value}");
                    }
                }
                if tag == "link" {
                    assert_eq!(attributes["href"], "data:,", "{name}");
                }
            }
        }
    }
}

#[test]
fn elements_close_in_order() {
    let empty = ["meta", "link", "input", "br"];
    for lang in Lang::ALL {
        for (sample, tokens) in all(lang) {
            let mut open = Vec::new();
            for token in &tokens {
                match token {
                    Token::Open(name, _) if !empty.contains(&name.as_str()) => open.push(name),
                    Token::Close(name) => {
                        assert_eq!(open.pop(), Some(name), "{}", sample.name);
                    }
                    _ => {}
                }
            }
            assert!(open.is_empty(), "{}: {open:?}", sample.name);
        }
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    for lang in Lang::ALL {
        for (sample, tokens) in all(lang) {
            let mut ids = BTreeSet::new();
            let mut wanted = Vec::new();
            for token in &tokens {
                let Token::Open(_, attributes) = token else {
                    continue;
                };
                if let Some(id) = attributes.get("id") {
                    assert!(ids.insert(id.as_str()), "{}: {id} twice", sample.name);
                }
                for attribute in ["for", "aria-describedby", "aria-labelledby"] {
                    if let Some(value) = attributes.get(attribute) {
                        wanted.extend(value.split(' '));
                    }
                }
                if let Some(target) = attributes.get("href").and_then(|url| url.strip_prefix('#')) {
                    wanted.push(target);
                }
            }
            for id in wanted {
                assert!(ids.contains(id), "{}: nothing has id {id}", sample.name);
            }
        }
    }
}

#[test]
fn every_input_has_its_label() {
    for lang in Lang::ALL {
        for (sample, tokens) in all(lang) {
            let labelled: BTreeSet<&str> = opened(&tokens, "label")
                .map(|label| label["for"].as_str())
                .collect();
            let mut fields = 0_usize;
            for field in opened(&tokens, "input").chain(opened(&tokens, "select")) {
                if field.get("type").is_some_and(|kind| kind == "hidden") {
                    continue;
                }
                fields += 1;
                let id = field.get("id").expect("an id");
                assert!(labelled.contains(id.as_str()), "{}: {id}", sample.name);
            }
            assert_eq!(labelled.len(), fields, "{}", sample.name);
            let legends = opened(&tokens, "legend").count();
            assert_eq!(opened(&tokens, "fieldset").count(), legends);
        }
    }
}

#[test]
fn headings_skip_no_level() {
    for (sample, tokens) in all(Lang::Ja) {
        let mut last = 0;
        for token in &tokens {
            let level = match token {
                Token::Open(name, _) => match name.as_str() {
                    "h1" => 1,
                    "h2" => 2,
                    "h3" => 3,
                    _ => continue,
                },
                _ => continue,
            };
            assert!(level <= last + 1, "{}: h{level} after h{last}", sample.name);
            last = level;
        }
    }
}

#[test]
fn both_languages_have_the_same_pages_and_differ() {
    let (ja, en) = (all(Lang::Ja), all(Lang::En));
    assert_eq!(ja.len(), en.len());
    for ((ja, ja_tokens), (en, en_tokens)) in ja.iter().zip(&en) {
        assert_eq!(ja.name, en.name);
        assert_ne!(ja.html, en.html, "{}", ja.name);
        for element in ["title", "main", "footer"] {
            assert_ne!(
                text_of(ja_tokens, element),
                text_of(en_tokens, element),
                "{}: {element}",
                ja.name
            );
        }
    }
}

/// The page's own texts, without data and without what is marked as the other language.
fn own_texts(lang: Lang) -> Vec<(&'static str, String)> {
    let data = match lang {
        Lang::Ja => "例",
        Lang::En => "x",
    };
    let mut out = Vec::new();
    for sample in pages(lang, &|_| data.to_owned()) {
        let mut foreign = false;
        for token in tokens(&sample.html) {
            match token {
                Token::Open(name, attributes) if name != "html" => {
                    if let Some(code) = attributes.get("lang") {
                        foreign = code != lang.code();
                    }
                    for shown in ["aria-label", "data-label"] {
                        if let Some(text) = attributes.get(shown) {
                            out.push((sample.name, text.clone()));
                        }
                    }
                }
                Token::Close(_) => foreign = false,
                Token::Text(text) if !foreign => out.push((sample.name, text)),
                _ => {}
            }
        }
    }
    out
}

#[test]
fn japanese_pages_hold_no_untranslated_text() {
    const ALLOWED: [&str; 21] = [
        "mile", "GET", "E-mail", "PayPal", "HTTP", "HTTPS", "URL", "ID", "OK", "NG", "SB", "NTT",
        "API", "OpenAPI", "CR", "A02-1", "UTF-8", "name", "example", "jp", "x",
    ];
    const WHOLE: [&str; 6] = [
        "merchant_id",
        "service_id",
        "/f01/FepBuyInfoReceive.do",
        "/Extra/BuyRequestAction.do",
        "name@example.jp",
        "NetMile",
    ];
    for (page, text) in own_texts(Lang::Ja) {
        if WHOLE.contains(&text.trim()) {
            continue;
        }
        let latin = |c: char| c.is_ascii_alphanumeric() || c == '-';
        for word in text.split(|c: char| !latin(c)) {
            let letters = word.chars().any(|c| c.is_ascii_alphabetic());
            // Digits may touch their unit: 200mile.
            let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
            assert!(
                !letters || ALLOWED.contains(&word),
                "{page}: {word:?} in {text:?}"
            );
        }
    }
}

#[test]
fn english_pages_hold_no_japanese_text() {
    for (page, text) in own_texts(Lang::En) {
        // The only example that English cannot spell.
        let text = text.replace("ヤマダ タロウ", "");
        assert!(
            text.is_ascii() || text.chars().all(|c| c.is_ascii() || "¥–…".contains(c)),
            "{page}: {text:?}"
        );
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "</title>",
        "<script>alert(1)</script>",
        "</style>",
        "-->",
        "\" onload=\"x",
        "' autofocus '",
        "&lt;",
        "&#39;",
        "&amp;amp;",
        "javascript:",
        "../",
        "//",
        "\\",
        "表",
        "😀",
        "¥",
        "\u{202e}",
        " ",
        "%0d%0a",
        "\t",
    ]);
    let text = prop_oneof![pieces.prop_map(ToOwned::to_owned), "\\PC{0,8}"];
    // A first letter keeps the text from being empty or blank, which some pages treat apart.
    prop::collection::vec(text, 1..6).prop_map(|parts| format!("x{}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever stands in a view model, the document keeps its shape, and where a text is shown
    /// it is shown as it was.
    #[test]
    fn no_text_breaks_out_of_its_place(text in hostile()) {
        for lang in Lang::ALL {
            let plain = pages(lang, &|_| "x".to_owned());
            let filled = pages(lang, &|_| text.clone());
            for (plain, filled) in plain.into_iter().zip(filled) {
                let tokens_filled = tokens(&filled.html);
                prop_assert_eq!(
                    shape(&tokens(&plain.html)),
                    shape(&tokens_filled),
                    "{}",
                    filled.name
                );
                prop_assert!(!filled.html.contains('\''), "{}", filled.name);
                let shown = tokens_filled.iter().any(|token| match token {
                    Token::Open(_, attributes) => attributes.values().any(|value| value.contains(&text)),
                    Token::Text(shown) => shown.contains(&text),
                    Token::Close(_) => false,
                });
                prop_assert!(shown || filled.name == "start", "{} hides the text", filled.name);
            }
        }
    }
}
