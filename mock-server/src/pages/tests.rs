//! What holds for every page.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

#[path = "samples.rs"]
mod samples;

use samples::{Sample, pages};

/// A tag with its attributes, or a piece of text, both with references resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

/// Splits a document that maud wrote: quoted attributes, no comments, no scripts.
fn tokens(html: &str) -> Vec<Token> {
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

fn all(lang: Lang) -> Vec<(Sample, Vec<Token>)> {
    pages(lang, &str::to_owned)
        .into_iter()
        .map(|sample| {
            let tokens = tokens(&sample.html);
            (sample, tokens)
        })
        .collect()
}

fn opened<'a>(
    tokens: &'a [Token],
    wanted: &'a str,
) -> impl Iterator<Item = &'a BTreeMap<String, String>> {
    tokens.iter().filter_map(move |token| match token {
        Token::Open(name, attributes) if name == wanted => Some(attributes),
        _ => None,
    })
}

/// Text of the first element of this name.
fn text_of(tokens: &[Token], wanted: &str) -> String {
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
    const ALLOWED: [&str; 20] = [
        "mile", "E-mail", "PayPal", "HTTP", "HTTPS", "URL", "ID", "OK", "NG", "SB", "NTT", "API",
        "OpenAPI", "CR", "A02-1", "UTF-8", "name", "example", "jp", "x",
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

fn sample(lang: Lang, name: &str) -> (String, String) {
    let found = pages(lang, &str::to_owned)
        .into_iter()
        .find(|sample| sample.name == name)
        .expect("the page");
    let text = tokens(&found.html)
        .into_iter()
        .filter_map(|token| match token {
            Token::Text(text) => Some(text),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("|");
    (found.html, text)
}

#[test]
fn the_worked_example_is_shown_digit_for_digit() {
    let (html, text) = sample(Lang::Ja, "payment-short");
    for shown in [
        "300円",
        "400mile(=200円)",
        "600mile(=300円)",
        "不足マイル数|200mile(=100円)",
        "今すぐマイルを貯める",
        "不足分のマイルを今すぐゲット",
        "PayPal決済",
        "残りの100円",
    ] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
    assert!(html.contains("/pay/k3v9x2m7/campaign/aozora"));
    assert!(!html.contains("/pay/k3v9x2m7/pay\""));
    let (html, text) = sample(Lang::Ja, "payment-enough");
    assert!(text.contains("残高|600mile(=300円)"), "{text}");
    assert!(text.contains("お支払い後の残高|0mile(=0円)"), "{text}");
    assert!(html.contains("/pay/k3v9x2m7/pay\""));
    let (_, text) = sample(Lang::En, "payment-short");
    assert!(text.contains("Missing miles|200 mile (= ¥100)"), "{text}");
    for step in ["campaign-form", "campaign-confirm", "campaign-done"] {
        assert!(
            sample(Lang::Ja, step).1.contains("200mile(=100円)"),
            "{step}"
        );
    }
    assert!(sample(Lang::Ja, "campaign-done").1.contains("登録完了"));
}

#[test]
fn missing_yen_and_balance_add_up_to_the_amount() {
    for (amount_yen, balance_miles) in [(300, 400), (300, 401), (300, 599), (10, 0), (10, 19)] {
        let page = PaymentPage {
            checkout: Checkout {
                amount_yen,
                ..Checkout::default()
            },
            balance_miles,
            ..PaymentPage::default()
        };
        assert_eq!(page.missing_miles(), amount_yen * 2 - balance_miles);
        assert_eq!(page.missing_yen() + balance_miles / 2, amount_yen);
    }
}

#[test]
fn a_registration_asks_for_the_six_fields_by_default() {
    let (html, text) = sample(Lang::Ja, "campaign-form");
    let labels = ["氏名", "住所", "生年月日", "性別", "電話番号", "E-mail"];
    let mut at = 0;
    for label in labels {
        let place = text[at..].find(label).expect(label);
        at += place;
    }
    let names: BTreeSet<String> = opened(&tokens(&html), "input")
        .filter_map(|input| input.get("name").cloned())
        .collect();
    let expected: BTreeSet<String> = FieldKind::DEFAULT
        .iter()
        .map(|kind| kind.key().to_owned())
        .collect();
    assert_eq!(names, expected);
    for kind in FieldKind::ALL {
        assert_eq!(FieldKind::from_key(kind.key()), Some(kind));
    }
    assert_eq!(FieldKind::from_key("sps_hashcode"), None);
}

#[test]
fn a_password_is_neither_shown_nor_filled_in_again() {
    for name in ["campaign-form-all", "campaign-confirm-all"] {
        let (html, text) = sample(Lang::Ja, name);
        assert!(!text.contains("hidden-password"), "{name}");
        for input in opened(&tokens(&html), "input") {
            if input["type"] != "hidden" {
                assert_ne!(
                    input.get("value").map_or("", String::as_str),
                    "hidden-password"
                );
            }
        }
    }
}

#[test]
fn wrong_fields_are_named_on_top_and_beside() {
    let (html, text) = sample(Lang::Ja, "campaign-form-wrong");
    assert_eq!(
        text.matches("氏名は40文字以内で入力してください。").count(),
        2
    );
    assert_eq!(text.matches("規約に同意してください。").count(), 2);
    let tokens = tokens(&html);
    let wrong = opened(&tokens, "input").filter(|input| input.contains_key("aria-invalid"));
    for input in wrong {
        assert!(input["aria-describedby"].contains("-problem"));
    }
}

#[test]
fn return_forms_post_shift_jis_with_an_unnamed_button() {
    for name in ["completion", "cancelled", "failed", "checker"] {
        let (html, _) = sample(Lang::Ja, name);
        let tokens = tokens(&html);
        let form = opened(&tokens, "form")
            .find(|form| form["action"].starts_with("https://shop.example/"))
            .expect("the return form");
        assert_eq!(form["accept-charset"], "Shift_JIS");
        assert_eq!(form["method"], "post");
        for button in opened(&tokens, "button") {
            assert!(!button.contains_key("name"), "{name}");
        }
    }
    assert!(sample(Lang::Ja, "completion").1.contains("ショップに戻る"));
}

#[test]
fn shift_jis_pages_read_back_as_they_were() {
    for lang in Lang::ALL {
        for sample in pages(lang, &|text| format!("{text}¥‾−〜😀é")) {
            if !sample.shift_jis {
                continue;
            }
            let bytes = to_shift_jis(&sample.html);
            let (text, _, wrong) = encoding_rs::SHIFT_JIS.decode(&bytes);
            assert!(!wrong, "{}", sample.name);
            let mut back = text.into_owned();
            for character in ['¥', '‾', '−', '〜', '😀', 'é', '–', '…'] {
                back = back.replace(
                    &format!("&#{};", u32::from(character)),
                    &character.to_string(),
                );
            }
            assert_eq!(back, sample.html, "{}", sample.name);
        }
    }
}

#[test]
fn management_pages_keep_the_filter_while_paging() {
    let (html, _) = sample(Lang::Ja, "manage-list");
    let links: Vec<String> = opened(&tokens(&html), "a")
        .filter_map(|link| link.get("href").cloned())
        .filter(|url| url.contains("page=") && !url.contains("lang="))
        .collect();
    assert_eq!(links.len(), 8, "{links:?}");
    for link in links {
        assert!(link.ends_with("&status=paid&order_id=ORDER-1"), "{link}");
    }
}

#[test]
fn a_target_that_is_no_web_address_gets_no_form() {
    let (html, _) = sample(Lang::Ja, "checker");
    let outside = opened(&tokens(&html), "form")
        .filter(|form| !form["action"].starts_with('/'))
        .count();
    assert_eq!(outside, 2);
    assert!(!html.contains("javascript:"));
}

#[test]
fn languages_are_picked_in_order() {
    let cases = [
        (Some("en"), Some("ja"), Some("ja"), Lang::En),
        (Some("xx"), Some("en"), Some("ja"), Lang::En),
        (None, None, Some("en-US,en;q=0.9"), Lang::En),
        (None, None, Some("ja;q=0, en;q=0.1"), Lang::En),
        (None, None, Some("en;q=0.5, ja;q=0.5"), Lang::En),
        (None, None, Some("en;q=nan, ja"), Lang::Ja),
        (None, None, Some(";;,,=q"), Lang::Ja),
        (None, None, None, Lang::Ja),
    ];
    for (query, cookie, accept, expected) in cases {
        assert_eq!(Lang::pick(query, cookie, accept), expected, "{accept:?}");
    }
}

/// Tags and attribute names of a document, without any value or text.
fn shape(tokens: &[Token]) -> Vec<(String, Vec<String>)> {
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
