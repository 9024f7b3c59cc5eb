//! The error codes of the link type (`res_err_code`), as data.
//!
//! The gateway may add codes without notice, so every code can be looked up: an unknown one gives an entry that
//! says so and keeps the code. Wording is our own.
//!
//! Source: docs/protocol/link-type.md#codes

use std::borrow::Cow;

use serde::Serialize;

use crate::lang::Lang;

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

impl Words {
    /// The text in this language.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.ja)
    }
}

/// Who can do something about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actor {
    /// The shop and its developer.
    Merchant,
    /// The person who pays.
    Customer,
    /// The gateway or the financial institution; the shop can ask its support.
    Gateway,
    /// Nobody needs to.
    Nobody,
}

/// Whether the result notice (A02-1) is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Notice {
    /// It is.
    Sent,
    /// It is not; for 1301 to 1399 it was sent and not accepted.
    NotSent,
    /// No source says.
    Unknown,
}

/// The page that the customer sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Page {
    /// System error page.
    SystemError,
    /// Page saying that the purchase failed (購入 NG).
    PurchaseFailed,
    /// Page saying that the financial institution can not be reached.
    InstitutionUnreachable,
    /// Page saying that the merchant's request is not valid.
    InvalidRequest,
    /// No source says.
    Unknown,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Provenance {
    /// The gateway's public pages say so.
    Specified,
    /// Seen in public integrations.
    Recorded,
    /// Our own reading.
    Assumed,
}

/// What is known about a code, a range or a group of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CodeEntry {
    /// The table the code belongs to: `link`. Other tables reuse numbers with other meanings, so table and code
    /// together are the key.
    pub table: &'static str,
    /// The code asked for; in [`all`] every code of the entry, such as `7202-7205 7212`.
    pub code: Cow<'static, str>,
    /// Stable name of the entry, such as `request_invalid`.
    pub id: &'static str,
    /// Whether the catalogue has the code.
    pub known: bool,
    /// What it means.
    pub meaning: Words,
    /// What to do.
    pub remedy: Words,
    /// Who does it.
    pub actor: Actor,
    /// Whether the result notice is sent.
    pub notice: Notice,
    /// The page that the customer sees.
    pub page: Page,
    /// How sure this is.
    pub provenance: Provenance,
}

/// Looks a code up.
///
/// ```
/// use netmile::{Lang, link::codes};
/// let entry = codes::lookup("5101");
/// assert_eq!((entry.id, entry.known), ("request_invalid", true));
/// let entry = codes::lookup("9999");
/// assert_eq!((entry.id, entry.code.as_ref(), entry.known), ("unknown", "9999", false));
/// assert!(!entry.remedy.text(Lang::Ja).is_empty());
/// ```
#[must_use]
pub fn lookup(code: &str) -> CodeEntry {
    let number = (code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()))
        .then(|| code.parse::<u16>().ok())
        .flatten();
    let row = if code.is_empty() {
        &NO_ERROR
    } else if code.len() == 8 && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        &API_TYPE
    } else {
        number
            .and_then(|n| {
                ROWS.iter()
                    .find(|r| r.ranges().any(|(a, b)| (a..=b).contains(&n)))
            })
            .unwrap_or(&UNKNOWN)
    };
    row.entry(Cow::Owned(code.to_owned()))
}

/// Every entry of the catalogue.
#[must_use]
pub fn all() -> Vec<CodeEntry> {
    ROWS.iter()
        .map(|r| r.entry(Cow::Borrowed(r.codes)))
        .collect()
}

struct Row {
    /// Codes and ranges, separated by spaces.
    codes: &'static str,
    id: &'static str,
    meaning: Words,
    remedy: Words,
    actor: Actor,
    notice: Notice,
    page: Page,
    provenance: Provenance,
}

impl Row {
    fn ranges(&self) -> impl Iterator<Item = (u16, u16)> {
        self.codes.split_ascii_whitespace().filter_map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some((first.parse().ok()?, last.parse().ok()?))
        })
    }

    fn entry(&self, code: Cow<'static, str>) -> CodeEntry {
        CodeEntry {
            table: "link",
            code,
            id: self.id,
            known: self.id != UNKNOWN.id && self.id != API_TYPE.id,
            meaning: self.meaning,
            remedy: self.remedy,
            actor: self.actor,
            notice: self.notice,
            page: self.page,
            provenance: self.provenance,
        }
    }
}

const fn words(en: &'static str, ja: &'static str) -> Words {
    Words { en, ja }
}

const NO_ERROR: Row = Row {
    codes: "",
    id: "none",
    meaning: words("No error.", "エラーはありません。"),
    remedy: words("Nothing to do.", "対応は不要です。"),
    actor: Actor::Nobody,
    notice: Notice::Sent,
    page: Page::Unknown,
    provenance: Provenance::Specified,
};

const UNKNOWN: Row = Row {
    codes: "",
    id: "unknown",
    meaning: words(
        "This code is not in the catalogue. The gateway adds codes without notice.",
        "カタログにないコードです。決済ゲートウェイでは予告なくコードが追加されることがあります。",
    ),
    remedy: words(
        "Treat the purchase as not paid unless a verified notice says OK. Look the code up in the gateway's management page, or ask its support.",
        "検証済みの OK 通知がない限り、未払いとして扱ってください。コードの意味は決済代行会社の管理画面またはサポートで確認してください。",
    ),
    actor: Actor::Merchant,
    notice: Notice::Unknown,
    page: Page::Unknown,
    provenance: Provenance::Assumed,
};

const API_TYPE: Row = Row {
    codes: "",
    id: "api_type_code",
    meaning: words(
        "Codes of eight characters belong to the API type; the link type has four digits.",
        "8 文字のコードは API 型のものです。リンク型のコードは数字 4 桁です。",
    ),
    remedy: words(
        "Check which connection the message came from, and look the code up in the table of the API type.",
        "どの接続方式のメッセージかを確認し、API 型のコード表を参照してください。",
    ),
    actor: Actor::Merchant,
    notice: Notice::Unknown,
    page: Page::Unknown,
    provenance: Provenance::Recorded,
};

const SYSTEM_ERROR: Words = words(
    "An error inside the gateway.",
    "決済ゲートウェイ内部のエラーです。",
);
const SYSTEM_REMEDY: Words = words(
    "Let the customer try again later with a new order_id. If it goes on, send time and order_id to the gateway's support.",
    "時間をおいて、新しい order_id で購入をやり直してもらってください。続く場合は、日時と order_id を決済代行会社のサポートに連絡してください。",
);

/// No code is in two rows.
const ROWS: &[Row] = &[
    Row {
        codes: "1101-1299",
        id: "system_error",
        meaning: SYSTEM_ERROR,
        remedy: SYSTEM_REMEDY,
        actor: Actor::Gateway,
        notice: Notice::NotSent,
        page: Page::SystemError,
        provenance: Provenance::Specified,
    },
    Row {
        codes: "1301-1399",
        id: "notice_not_accepted",
        meaning: words(
            "The result notice did not get an OK: the shop's pagecon_url did not answer, answered too late, or answered NG.",
            "結果通知に OK が返りませんでした。ショップの pagecon_url が応答しない、応答が遅い、または NG を返しています。",
        ),
        remedy: words(
            "Look at the log of the notice handler. What the customer paid stays paid: compare with the gateway's management page, then deliver or refund.",
            "通知を受け取る処理のログを確認してください。お客様の支払いは取り消されていません。管理画面と照合し、商品を渡すか返金してください。",
        ),
        actor: Actor::Merchant,
        notice: Notice::NotSent,
        page: Page::PurchaseFailed,
        provenance: Provenance::Specified,
    },
    Row {
        codes: "2101-3399",
        id: "system_error",
        meaning: SYSTEM_ERROR,
        remedy: SYSTEM_REMEDY,
        actor: Actor::Gateway,
        notice: Notice::NotSent,
        page: Page::SystemError,
        provenance: Provenance::Specified,
    },
    Row {
        codes: "4301",
        id: "institution_unreachable",
        meaning: words(
            "The gateway could not reach the financial institution.",
            "決済ゲートウェイが決済機関に接続できませんでした。",
        ),
        remedy: words(
            "Let the customer try again later with a new order_id, or pay in another way.",
            "時間をおいて新しい order_id で購入をやり直すか、別の支払方法を選んでもらってください。",
        ),
        actor: Actor::Gateway,
        notice: Notice::NotSent,
        page: Page::InstitutionUnreachable,
        provenance: Provenance::Specified,
    },
    Row {
        codes: "5101",
        id: "request_invalid",
        meaning: words(
            "The gateway refused the request of the shop: hash, a field, an order_id that was used before, or a request_date that is too old.",
            "ショップからの要求が受け付けられませんでした。ハッシュ、項目の値、使用済みの order_id、または古い request_date が原因です。",
        ),
        remedy: words(
            "Check hash (explain_hash), fields and server clock. Start again with a new order_id.",
            "ハッシュ（explain_hash）、項目の値、サーバーの時刻を確認してください。やり直すときは新しい order_id を使用してください。",
        ),
        actor: Actor::Merchant,
        notice: Notice::NotSent,
        page: Page::InvalidRequest,
        provenance: Provenance::Specified,
    },
    Row {
        codes: "7242",
        id: "card_pin_wrong",
        meaning: words(
            "Credit card: the PIN is wrong.",
            "クレジットカード: 暗証番号が正しくありません。",
        ),
        remedy: words(
            "Let the customer try again, or pay in another way.",
            "もう一度やり直すか、別の支払方法を選んでもらってください。",
        ),
        actor: Actor::Customer,
        notice: Notice::Unknown,
        page: Page::Unknown,
        provenance: Provenance::Specified,
    },
    Row {
        codes: "7717",
        id: "card_3ds_cancelled",
        meaning: words(
            "Credit card: the customer gave up in 3-D Secure. It comes to error_url, not to cancel_url.",
            "クレジットカード: お客様が本人認証（3D セキュア）を中止しました。cancel_url ではなく error_url に届きます。",
        ),
        remedy: words(
            "Offer to start again.",
            "購入のやり直しを案内してください。",
        ),
        actor: Actor::Customer,
        notice: Notice::Unknown,
        page: Page::Unknown,
        provenance: Provenance::Recorded,
    },
    Row {
        codes: "7244-7246 7702-7705 7716 7800-7802 7904 7905 7971",
        id: "card_3ds_refused",
        meaning: words(
            "Credit card: 3-D Secure did not identify the customer.",
            "クレジットカード: 本人認証（3D セキュア）に失敗しました。",
        ),
        remedy: words(
            "Let the customer try again, use another card, or ask the card's issuer.",
            "もう一度やり直すか、別のカードを使用するか、カード会社に問い合わせてもらってください。",
        ),
        actor: Actor::Customer,
        notice: Notice::Unknown,
        page: Page::Unknown,
        provenance: Provenance::Recorded,
    },
    Row {
        codes: "7103 7115 7202-7205 7212 7220-7222 7230 7254-7256 7260 7261 7265 7267-7278 7280 7281 7283 7284 7292 7294 7295 7297-7299",
        id: "card_refused",
        meaning: words(
            "Credit card: the card was refused.",
            "クレジットカード: カードを利用できませんでした。",
        ),
        remedy: words(
            "Let the customer use another card or another way to pay, or ask the card's issuer.",
            "別のカードまたは別の支払方法を選ぶか、カード会社に問い合わせてもらってください。",
        ),
        actor: Actor::Customer,
        notice: Notice::Unknown,
        page: Page::Unknown,
        provenance: Provenance::Recorded,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_at_the_ends_of_their_ranges_and_not_beyond() {
        for (code, id) in [
            ("1100", "unknown"),
            ("1101", "system_error"),
            ("1299", "system_error"),
            ("1300", "unknown"),
            ("1301", "notice_not_accepted"),
            ("1399", "notice_not_accepted"),
            ("2101", "system_error"),
            ("3399", "system_error"),
            ("4301", "institution_unreachable"),
            ("4302", "unknown"),
            ("5101", "request_invalid"),
            ("7242", "card_pin_wrong"),
            ("7103", "card_refused"),
            ("7266", "unknown"),
            ("7278", "card_refused"),
            ("7279", "unknown"),
            ("7245", "card_3ds_refused"),
            ("7717", "card_3ds_cancelled"),
            ("", "none"),
            ("10103005", "api_type_code"),
        ] {
            let entry = lookup(code);
            assert_eq!(entry.id, id, "{code}");
            assert_eq!(entry.code, code);
        }
    }

    #[test]
    fn every_shape_of_code_is_kept() {
        for code in [
            "12",
            "+101",
            "５１０１",
            "51 01",
            "510１",
            " 5101",
            "123456789",
            "<b>",
        ] {
            let entry = lookup(code);
            assert_eq!((entry.id, entry.code.as_ref()), ("unknown", code));
            assert!(!entry.known);
        }
    }

    #[test]
    fn no_code_is_in_two_rows_and_every_part_of_a_list_is_read() {
        let mut seen = std::collections::BTreeSet::new();
        for row in ROWS {
            assert_eq!(row.ranges().count(), row.codes.split(' ').count());
            for (first, last) in row.ranges() {
                assert!(first <= last);
                for code in first..=last {
                    assert!(seen.insert(code), "{code}");
                }
            }
        }
        // Three ranges, four single codes, 14 of 3-D Secure, 39 of cards.
        assert_eq!(seen.len(), 199 + 99 + 1299 + 4 + 14 + 39);
    }

    #[test]
    fn every_entry_speaks_both_languages_and_becomes_json() {
        for entry in all().into_iter().chain([lookup("9999"), lookup("")]) {
            for words in [entry.meaning, entry.remedy] {
                assert!(words.en.is_ascii() && words.en.ends_with('.'));
                assert!(words.ja.ends_with('。') && !words.ja.is_ascii());
                assert_ne!(words.text(Lang::En), words.text(Lang::Ja));
            }
        }
        let json = serde_json::to_value(lookup("5101")).unwrap();
        assert_eq!(json["table"], "link");
        assert_eq!(json["code"], "5101");
        assert_eq!(json["actor"], "merchant");
        assert_eq!(json["notice"], "not_sent");
        assert_eq!(json["page"], "invalid_request");
        assert!(json["meaning"]["ja"].as_str().unwrap().contains("ハッシュ"));
    }
}
