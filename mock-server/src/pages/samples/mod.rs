// Every page with sample data, shared by the tests and by the gallery example: whoever includes
// this file brings the pages into its parent module.

use super::*;

mod accounts;
mod endings;
mod journey;

/// Turns a sample text into the text that goes into a view model.
pub(crate) type Fill<'a> = &'a dyn Fn(&str) -> String;

/// A page with sample data.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) html: String,
    pub(crate) shift_jis: bool,
}

/// Picks the text of the page's language, as a caller with names in both does.
fn both(lang: Lang, ja: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

fn checkout(lang: Lang, x: Fill<'_>) -> Checkout {
    Checkout {
        session: x("k3v9x2m7"),
        shop: x(both(lang, "みどり文具店", "Midori Stationery")),
        item: x(both(lang, "万年筆用インク 表・ソ", "Fountain pen ink")),
        order_id: x("ORDER-20260102-000000000000000000001"),
        amount_yen: 300,
        rows: vec![
            DetailRow {
                name: x(both(lang, "インク(青)", "Ink, blue")),
                count: x("1"),
                amount_yen: Some(200),
            },
            DetailRow {
                name: x(both(lang, "吸取紙", "Blotting paper")),
                count: x("2"),
                amount_yen: Some(100),
            },
        ],
        test_buttons: true,
    }
}

fn demo(x: Fill<'_>) -> Vec<Credentials> {
    ["zero", "taro", "hanako"]
        .into_iter()
        .map(|login| Credentials {
            login: x(login),
            password: x("demo-password"),
        })
        .collect()
}

fn head(lang: Lang, x: Fill<'_>, number: usize) -> CampaignHead {
    let (id, advertiser, name, kind, miles) = match number {
        0 => (
            "aozora",
            both(lang, "あおぞら旅行", "Aozora Travel"),
            both(lang, "無料会員登録", "Join for free"),
            CampaignKind::MemberRegistration,
            200,
        ),
        1 => (
            "hikari",
            both(lang, "ひかり学習塾", "Hikari School"),
            both(lang, "入会案内の資料請求", "Order the brochure"),
            CampaignKind::DocumentRequest,
            200,
        ),
        _ => (
            "minato",
            both(lang, "みなと保険", "Minato Insurance"),
            both(lang, "保険プランの資料請求", "Order the plan documents"),
            CampaignKind::DocumentRequest,
            300,
        ),
    };
    CampaignHead {
        id: x(id),
        advertiser: x(advertiser),
        name: x(name),
        kind,
        miles,
    }
}

fn offers(lang: Lang, x: Fill<'_>) -> Vec<CampaignOffer> {
    let states = [OfferState::Open, OfferState::Confirming, OfferState::Done];
    states
        .into_iter()
        .enumerate()
        .map(|(number, state)| CampaignOffer {
            head: head(lang, x, number),
            state,
        })
        .collect()
}

fn field(x: Fill<'_>, kind: FieldKind) -> Field {
    let value = match kind {
        FieldKind::Name => "山田太郎",
        FieldKind::Address => "東京都千代田区千代田1-1",
        FieldKind::BirthDate => "1990-01-31",
        FieldKind::Sex => "male",
        FieldKind::Phone => "03-1234-5678",
        FieldKind::Email => "taro@example.jp",
        FieldKind::LoginId => "taro-y",
        FieldKind::Password => "hidden-password",
        FieldKind::NameKana => "ヤマダ タロウ",
        FieldKind::PostalCode => "100-0001",
        FieldKind::Terms => FieldKind::TERMS_VALUE,
    };
    Field {
        kind,
        value: x(value),
        problem: None,
    }
}

fn registration(lang: Lang, x: Fill<'_>, kinds: &[FieldKind]) -> RegistrationPage {
    RegistrationPage {
        session: x("k3v9x2m7"),
        campaign: head(lang, x, 0),
        fields: kinds.iter().map(|kind| field(x, *kind)).collect(),
    }
}

fn return_form(x: Fill<'_>) -> ReturnForm {
    ReturnForm {
        action: format!("https://shop.example/{}", x("return")),
        fields: [
            ("pay_method", "netmile"),
            ("item_name", "万年筆用インク 表・ソ"),
            ("res_result", "OK"),
            ("sps_hashcode", "a0db8980558c5efb04c2a5cad4c1d534f098fbf4"),
        ]
        .into_iter()
        .map(|(name, value)| (x(name), x(value)))
        .collect(),
    }
}

fn attempts(x: Fill<'_>) -> Vec<NoticeAttempt> {
    let verdicts = [
        (NoticeVerdict::Refused, Some(200), "NG,unknown order"),
        (NoticeVerdict::BadStatus, Some(500), ""),
        (NoticeVerdict::TimedOut, None, ""),
        (NoticeVerdict::Unreachable, None, ""),
        (NoticeVerdict::NotSent, None, ""),
        (NoticeVerdict::Accepted, Some(200), "OK,"),
    ];
    verdicts
        .into_iter()
        .map(|(verdict, http_status, answer)| NoticeAttempt {
            sent_at: x("2026-01-02 03:05:01"),
            kind: x("A02-1"),
            result: x("OK"),
            url: x("http://127.0.0.1:40123/netmile/notice"),
            http_status,
            answer: if answer.is_empty() {
                String::new()
            } else {
                x(answer)
            },
            verdict,
        })
        .collect()
}

/// Every page in one language.
pub(crate) fn pages(lang: Lang, x: Fill<'_>) -> Vec<Sample> {
    let mut out = Vec::new();
    journey::journey(lang, x, &mut out);
    journey::campaigns(lang, x, &mut out);
    endings::endings(lang, x, &mut out);
    endings::other_methods(lang, x, &mut out);
    endings::developer(lang, x, &mut out);
    accounts::members(lang, x, &mut out);
    accounts::management(lang, x, &mut out);
    out
}

fn add(out: &mut Vec<Sample>, name: &'static str, html: String) {
    out.push(Sample {
        name,
        html,
        shift_jis: false,
    });
}

fn add_shift_jis(out: &mut Vec<Sample>, name: &'static str, page: &ShiftJisPage) {
    out.push(Sample {
        name,
        html: page.html().to_owned(),
        shift_jis: true,
    });
}

fn frame(lang: Lang, x: Fill<'_>) -> Frame {
    Frame::new(lang, format!("/pay/{}", x("k3v9x2m7")))
}
