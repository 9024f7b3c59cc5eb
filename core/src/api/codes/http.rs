//! HTTP statuses: the gateway answers business results, good or bad, with 200.

use serde::Serialize;

use super::common::ASK_FIRST;
use super::kind::words;
use super::{Class, Words};

/// What an HTTP status of the gateway means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HttpExplanation {
    /// The status.
    pub status: u16,
    /// Whether public integrations name it.
    pub known: bool,
    /// What it means.
    pub meaning: Words,
    /// What follows.
    pub class: Class,
    /// What to do.
    pub remedy: Words,
}

pub(super) const STATUSES: &[HttpExplanation] = &[
    HttpExplanation {
        status: 401,
        known: true,
        meaning: words(
            "User or password of the Basic authentication is wrong.",
            "Basic 認証のユーザー名またはパスワードが正しくありません。",
        ),
        class: Class::Configuration,
        remedy: words(
            "Normally the user is merchant_id followed by service_id, and the password is the hash key. Check both, and the environment.",
            "通常、ユーザー名は merchant_id と service_id を続けたもの、パスワードはハッシュキーです。両方と接続先の環境を確認してください。",
        ),
    },
    HttpExplanation {
        status: 403,
        known: true,
        meaning: words("Access is refused.", "アクセスが拒否されました。"),
        class: Class::Configuration,
        remedy: words(
            "Have the fixed IP address of the server registered with the payment provider.",
            "サーバーの固定 IP アドレスを決済代行会社に登録してください。",
        ),
    },
    HttpExplanation {
        status: 404,
        known: true,
        meaning: words("The address is wrong.", "接続先の URL が正しくありません。"),
        class: Class::Configuration,
        remedy: words(
            "Check the API endpoint.",
            "API の接続先 URL を確認してください。",
        ),
    },
    HttpExplanation {
        status: 500,
        known: true,
        meaning: words(
            "An error inside the gateway.",
            "決済ゲートウェイ内部のエラーです。",
        ),
        class: Class::UnknownOutcome,
        remedy: ASK_FIRST,
    },
    HttpExplanation {
        status: 503,
        known: true,
        meaning: words(
            "Maintenance, or too many connections at once.",
            "メンテナンス中、または同時接続数の超過です。",
        ),
        class: Class::UnknownOutcome,
        remedy: words(
            "Nothing proves that the request was not taken: ask what became of it (inquiry, notice, statement), then try again later. Keep to at most five connections at once.",
            "要求が受け付けられていないとは限りません。照会、通知、精算データで結果を確認してから、時間をおいてやり直してください。同時接続は 5 本までにしてください。",
        ),
    },
];

/// What an HTTP status means. 200 carries a business result and has no entry of its own; every status that nobody
/// names leaves the outcome unknown.
///
/// ```
/// use netmile::api::codes::{Class, explain_http};
/// assert_eq!(explain_http(401).class, Class::Configuration);
/// let odd = explain_http(418);
/// assert_eq!((odd.known, odd.class), (false, Class::UnknownOutcome));
/// ```
#[must_use]
pub fn explain_http(status: u16) -> HttpExplanation {
    STATUSES
        .iter()
        .find(|row| row.status == status)
        .copied()
        .unwrap_or(HttpExplanation {
            status,
            known: false,
            meaning: words(
                "The gateway is not known to answer so.",
                "決済ゲートウェイの応答として知られていないステータスです。",
            ),
            class: Class::UnknownOutcome,
            remedy: ASK_FIRST,
        })
}
