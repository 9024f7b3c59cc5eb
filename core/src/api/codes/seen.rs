//! Whole codes that were seen on the gateway's test server, and what led to them.

use super::Words;
use super::kind::words;

pub(super) struct SeenRow {
    pub(super) code: &'static str,
    pub(super) after: Words,
    /// Whether the root element of the answer lacked its `id` attribute.
    pub(super) without_id: bool,
}

const fn seen(code: &'static str, en: &'static str, ja: &'static str) -> SeenRow {
    SeenRow {
        code,
        after: words(en, ja),
        without_id: false,
    }
}

const fn seen_without_id(code: &'static str, en: &'static str, ja: &'static str) -> SeenRow {
    SeenRow {
        without_id: true,
        ..seen(code, en, ja)
    }
}

pub(super) const SEEN: &[SeenRow] = &[
    seen(
        "10160999",
        "commit of a payment that was committed or cancelled before",
        "確定済みまたは取消済みの決済に対する確定",
    ),
    seen(
        "10141999",
        "capture done before",
        "売上済みの決済に対する売上",
    ),
    seen(
        "10146999",
        "refund done before",
        "返金済みの決済に対する返金",
    ),
    seen_without_id("10196999", "double request", "二重要求"),
    seen_without_id("10109999", "wrong hash", "ハッシュ値の不一致"),
    seen("10195999", "customer data disagree", "顧客情報の不整合"),
    seen_without_id(
        "10105202",
        "too many digits in dealings_type",
        "dealings_type の桁数超過",
    ),
    seen_without_id(
        "40103027",
        "a carrier charge without tracking_id",
        "tracking_id のないキャリア決済の課金",
    ),
    seen_without_id(
        "70103026",
        "an inquiry with neither id",
        "どちらの ID もない照会",
    ),
    seen(
        "70122999",
        "error of the store centre",
        "コンビニ決済センターのエラー",
    ),
];

pub(super) fn find(code: &str) -> Option<&'static SeenRow> {
    SEEN.iter().find(|row| row.code == code)
}
