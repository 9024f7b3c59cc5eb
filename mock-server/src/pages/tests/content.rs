//! What single pages show.

use std::collections::BTreeSet;

use super::super::*;
use super::html::{Token, opened, tokens};
use super::samples::pages;

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
fn the_terms_name_the_steps_the_fees_and_the_payout() {
    let (html, text) = sample(Lang::Ja, "manage-terms");
    for shown in [
        "ご契約",
        "3週間から1か月",
        "100,000円",
        "決済手数料(ネットマイル分)|5%",
        "決済手数料(PayPal分)|3.6% + 40円",
        "手数料は85円",
        "翌月25日",
        "10,000円未満は翌月に繰り越します。ただし",
    ] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
    assert!(html.contains("/manage/payments"));
    let (_, text) = sample(Lang::En, "manage-terms");
    assert!(text.contains("3.6 % + ¥40"), "{text}");
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
    assert!(!html.contains("/campaign/") && !html.contains("/paypal"));
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

#[test]
fn campaigns_and_paypal_appear_only_while_miles_are_missing() {
    let offer = CampaignOffer {
        head: CampaignHead {
            id: "aozora".to_owned(),
            ..CampaignHead::default()
        },
        state: OfferState::Open,
    };
    for balance_miles in [0, 1, 598, 599, 600, 601, u64::MAX] {
        let checkout = Checkout {
            amount_yen: 300,
            ..Checkout::default()
        };
        let short = balance_miles < 600;
        let page = PaymentPage {
            checkout: checkout.clone(),
            balance_miles,
            campaigns: vec![offer.clone()],
            paypal: true,
            ..PaymentPage::default()
        };
        let html = payment(&Frame::new(Lang::Ja, "/pay/"), &page);
        assert_eq!(html.contains("/campaign/aozora"), short, "{balance_miles}");
        assert_eq!(html.contains("/paypal"), short, "{balance_miles}");
        assert_eq!(
            html.contains("今すぐマイルを貯める"),
            short,
            "{balance_miles}"
        );
        assert_eq!(html.contains("マイルで支払う"), !short, "{balance_miles}");
        let page = RecurringPage {
            checkout,
            balance_miles: Some(balance_miles),
            campaigns: vec![offer.clone()],
            ..RecurringPage::default()
        };
        let html = recurring_application(&Frame::new(Lang::Ja, "/pay/"), &page);
        assert_eq!(html.contains("/campaign/aozora"), short, "{balance_miles}");
        assert_eq!(html.contains("申し込む"), !short, "{balance_miles}");
    }
}
