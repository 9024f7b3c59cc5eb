//! The first steps of a payment: choosing the method and the NetMile log-in.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::yen_text;
use super::names::method_name;
use super::parts::{
    Input, Tone, Weight, button, fact, hidden, input, left, must, note_text, num, post, right,
    table,
};
use super::paths;

/// What is being paid, shown on every page of a payment session.
#[derive(Clone, Default)]
pub struct Checkout {
    /// The session's id, part of its URLs.
    pub session: String,
    /// Name of the shop.
    pub shop: String,
    /// `item_name`; empty hides it.
    pub item: String,
    /// `order_id`; empty hides it (stored payment data has none).
    pub order_id: String,
    /// Amount in yen, tax included; 0 hides it.
    pub amount_yen: u64,
    /// Detail rows, may be empty.
    pub rows: Vec<DetailRow>,
    /// Whether the buttons that provoke an institution's error are shown.
    pub test_buttons: bool,
}

/// A detail row of the order.
#[derive(Clone, Default)]
pub struct DetailRow {
    /// `dtl_item_name`, or the id where the name is empty.
    pub name: String,
    /// `dtl_item_count`, as sent; may be empty.
    pub count: String,
    /// `dtl_amount` in yen, if sent.
    pub amount_yen: Option<u64>,
}

/// Log-in id and password of a demo member, shown as a help.
#[derive(Clone, Default)]
pub struct Credentials {
    /// Log-in id.
    pub login: String,
    /// Demo password.
    pub password: String,
}

/// Method selection: `pay_method` was empty or a list.
#[derive(Clone, Default)]
pub struct MethodPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// Tags of the methods on offer, in the order to show (posted as `method`).
    pub methods: Vec<String>,
    /// Whether the last try chose nothing or something that is not on offer.
    pub nothing_chosen: bool,
}

/// The method selection: posts `method` to `/pay/{session}/method`.
#[must_use]
pub fn method_selection(frame: &Frame, page: &MethodPage) -> String {
    let lang = frame.lang;
    let problem = page.nothing_chosen.then(|| {
        t(
            lang,
            "お支払い方法を選んでください。",
            "Choose a payment method.",
        )
    });
    let body = html! {
        @if let Some(text) = problem { (note_text(Tone::Bad, text)) }
        (summary(lang, &page.checkout))
        form method="post" action=(paths::pay(&page.checkout.session, "method")) {
            fieldset class="field box" aria-describedby=[problem.map(|_| "method-problem")] {
                legend { (t(lang, "お支払い方法", "Payment method")) (must(lang, true)) }
                @if let Some(text) = problem { p class="err" id="method-problem" { (text) } }
                @for (index, tag) in page.methods.iter().enumerate() {
                    @let id = format!("method-{index}");
                    label class="pick" for=(id) {
                        input type="radio" id=(id) name="method" value=(tag);
                        (method_name(lang, tag))
                    }
                }
            }
            (button(Weight::Main, t(lang, "次へ進む", "Continue")))
        }
        (leave(lang, &page.checkout))
    };
    let title = t(lang, "お支払い方法の選択", "Choose how to pay");
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .utf8()
}

/// NetMile log-in of a payment session.
#[derive(Clone, Default)]
pub struct LoginPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// What the customer typed as id, to fill it in again.
    pub login: String,
    /// Why the last try failed.
    pub problem: Option<LoginProblem>,
    /// Demo members to show as a help; empty hides it.
    pub demo: Vec<Credentials>,
}

/// Why a log-in failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginProblem {
    /// A field was left empty.
    Empty,
    /// Id or password is wrong.
    Wrong,
    /// The time limit of the log-in has passed.
    Expired,
}

impl LoginProblem {
    pub(super) const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Empty => t(
                lang,
                "IDとパスワードの両方を入力してください。",
                "Enter both the ID and the password.",
            ),
            Self::Wrong => t(
                lang,
                "IDまたはパスワードが正しくありません。",
                "The ID or the password is not correct.",
            ),
            Self::Expired => t(
                lang,
                "時間が経過したため、もう一度ログインしてください。",
                "Your log-in has expired. Log in again.",
            ),
        }
    }
}

/// The NetMile log-in: posts `login` and `password` to `/pay/{session}/login`.
#[must_use]
pub fn login(frame: &Frame, page: &LoginPage) -> String {
    let lang = frame.lang;
    let body = html! {
        p {
            (t(
                lang,
                "ネットマイルのIDでログインすると、マイルでお支払いいただけます。",
                "Log in with your NetMile ID to pay with your miles.",
            ))
        }
        (member_form(lang, &paths::pay(&page.checkout.session, "login"), &page.login, page.problem))
        (demo_members(lang, &page.demo))
        h2 { (t(lang, "ご注文の内容", "Your order")) }
        (summary(lang, &page.checkout))
        (leave(lang, &page.checkout))
    };
    let title = t(lang, "ネットマイルにログイン", "Log in to NetMile");
    Document::new(frame, Area::Payment, title, body).utf8()
}

/// Form of a member's log-in, on the payment's page and on the member's own.
pub(super) fn member_form(
    lang: Lang,
    action: &str,
    login: &str,
    problem: Option<LoginProblem>,
) -> Markup {
    html! {
        @if let Some(problem) = problem { (note_text(Tone::Bad, problem.text(lang))) }
        form method="post" action=(action) {
            (input(lang, &Input {
                id: "login",
                name: "login",
                label: t(lang, "ネットマイルIDまたはメールアドレス", "NetMile ID or e-mail address"),
                value: login,
                autocomplete: Some("username"),
                required: true,
                maxlength: Some(255),
                ..Input::default()
            }))
            (input(lang, &Input {
                id: "password",
                name: "password",
                label: t(lang, "パスワード", "Password"),
                kind: "password",
                autocomplete: Some("current-password"),
                required: true,
                maxlength: Some(255),
                ..Input::default()
            }))
            (button(Weight::Main, t(lang, "ログイン", "Log in")))
        }
    }
}

/// Demo members with their passwords.
pub(super) fn demo_members(lang: Lang, demo: &[Credentials]) -> Markup {
    html! {
        @if !demo.is_empty() {
            details open {
                summary { (t(lang, "お試し用の会員", "Demo members")) }
                (table(
                    t(lang, "このモックだけで使えます", "They exist in this mock only"),
                    &[left("ID"), left(t(lang, "パスワード", "Password"))],
                    &demo
                        .iter()
                        .map(|one| vec![html! { (one.login) }, html! { (one.password) }])
                        .collect::<Vec<_>>(),
                ))
            }
        }
    }
}

/// What is being paid.
pub(super) fn summary(lang: Lang, checkout: &Checkout) -> Markup {
    html! {
        dl class="sum" {
            (fact("", t(lang, "ショップ", "Shop"), &html! { (checkout.shop) }))
            @if !checkout.item.is_empty() {
                (fact("", t(lang, "商品", "Item"), &html! { (checkout.item) }))
            }
            @if !checkout.order_id.is_empty() {
                (fact("", t(lang, "注文番号", "Order number"), &html! { (checkout.order_id) }))
            }
            @if checkout.amount_yen > 0 {
                (fact("big", t(lang, "お支払い金額(税込)", "Amount (tax included)"), &num(&yen_text(lang, checkout.amount_yen))))
            }
        }
        @if !checkout.rows.is_empty() {
            details {
                summary { (t(lang, "明細を見る", "Show the details")) }
                (table(
                    t(lang, "ご注文の明細", "Rows of the order"),
                    &[
                        left(t(lang, "品名", "Item")),
                        right(t(lang, "数量", "Count")),
                        right(t(lang, "金額", "Amount")),
                    ],
                    &checkout
                        .rows
                        .iter()
                        .map(|row| vec![
                            html! { (row.name) },
                            html! { (row.count) },
                            html! { @if let Some(yen) = row.amount_yen { (yen_text(lang, yen)) } },
                        ])
                        .collect::<Vec<_>>(),
                ))
            }
        }
    }
}

/// The ways out: give up, and with test buttons an error of the institution.
pub(super) fn leave(lang: Lang, checkout: &Checkout) -> Markup {
    ways_out(lang, &checkout.session, checkout.test_buttons)
}

/// [`leave`] for a session without a [`Checkout`].
pub(super) fn ways_out(lang: Lang, session: &str, test_buttons: bool) -> Markup {
    html! {
        (post(
            &paths::pay(session, "cancel"),
            &[],
            Weight::Second,
            t(lang, "キャンセル", "Cancel"),
        ))
        @if test_buttons {
            aside class="dev" aria-labelledby="test-buttons" {
                h2 id="test-buttons" { (t(lang, "テスト用の操作", "For tests")) }
                form method="post" action=(paths::pay(session, "fail")) {
                    (input(lang, &Input {
                        id: "code",
                        name: "code",
                        label: t(lang, "決済機関のエラーコード(数字4桁)", "Error code of the institution (4 digits)"),
                        value: "4301",
                        inputmode: Some("numeric"),
                        autocomplete: Some("off"),
                        required: true,
                        maxlength: Some(4),
                        ..Input::default()
                    }))
                    (button(Weight::Second, t(lang, "エラーを起こす", "Cause the error")))
                }
            }
        }
    }
}

/// The page's view of the payment, posted back so that the gateway sees whether it is stale.
pub(super) fn revision(value: &str) -> Markup {
    hidden("revision", value)
}
