//! The start page: what this is and how to go on.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::money::miles_with_yen;
use super::names::method_name;
use super::parts::{facts, left, mono, num, right, table};

/// A merchant of the scenario.
#[derive(Clone, Default)]
pub struct StartMerchant {
    /// Name in the page's language.
    pub name: String,
    /// Merchant id.
    pub merchant_id: String,
    /// Service id.
    pub service_id: String,
    /// The scenario's hash key, if it is to be shown (never a real one).
    pub hash_key: Option<String>,
    /// The scenario's management password, if it is to be shown.
    pub management_password: Option<String>,
    /// Tags of the methods in its contract.
    pub methods: Vec<String>,
}

/// A member of the scenario.
#[derive(Clone, Default)]
pub struct StartMember {
    /// Display name.
    pub name: String,
    /// Log-in id.
    pub login: String,
    /// Demo password.
    pub password: String,
    /// Balance in miles, now.
    pub balance_miles: u64,
}

/// The start page.
#[derive(Clone, Default)]
pub struct StartPage {
    /// Version of the mock.
    pub version: String,
    /// The mock's time, JST, as text.
    pub now: String,
    /// Base URL that shops send their customers to.
    pub url: String,
    /// Merchants.
    pub merchants: Vec<StartMerchant>,
    /// Members.
    pub members: Vec<StartMember>,
    /// A shop to try, if one is running.
    pub shop_url: Option<String>,
}

/// What this is, merchants and members of the scenario, links, independence.
#[must_use]
pub fn start(frame: &Frame, page: &StartPage) -> String {
    let lang = frame.lang;
    let body = html! {
        p class="lead" {
            (t(
                lang,
                "開発者の手元で動く、決済ゲートウェイとネットマイル側のモックです。ショップから注文を送ると、お支払いの画面、結果通知、返金までを実際の通信で試せます。",
                "A payment gateway and NetMile's side on your own machine. Send an order from your shop and try the payment pages, the result notice and the refund over real HTTP.",
            ))
        }
        @if let Some(shop) = web_address(page.shop_url.as_deref()) {
            p { a class="go" href=(shop) { (t(lang, "サンプルショップを開く", "Open the example shop")) } }
        }
        (facts(&[
            (t(lang, "接続先", "Address"), mono(&page.url)),
            (t(lang, "購入要求の送信先", "Send purchases to"), mono("/f01/FepBuyInfoReceive.do")),
            (t(lang, "接続チェックの送信先", "Check requests at"), mono("/Extra/BuyRequestAction.do")),
            (t(lang, "モックの現在日時", "Time of the mock"), num(&page.now)),
            (t(lang, "バージョン", "Version"), html! { (page.version) }),
        ]))
        h2 { (t(lang, "ページ", "Pages")) }
        ul {
            li { a href="/member" { (t(lang, "会員のマイページ(残高、マイル通帳)", "Member's page: balance and passbook")) } }
            li { a href="/manage" { (t(lang, "加盟店管理(決済一覧、返金)", "Merchant management: payments and refunds")) } }
            li { a href="/manage/terms" { (t(lang, "お申し込み・手数料・お振込", "Application, fees and payout")) } }
            li { a href="/manage/miles" { (t(lang, "マイルの発行と管理(マネージメントサイト)", "Management site for miles: issue, history, cancel")) } }
            li { a href="/staff" { (t(lang, "取消申請の承認(ネットマイルの担当者)", "Cancel applications (NetMile's staff)")) } }
            li { a href="/_mock/openapi.json" { (t(lang, "管理APIの定義(OpenAPI)", "Admin API (OpenAPI)")) } }
        }
        h2 { (t(lang, "加盟店", "Merchants")) }
        @for merchant in &page.merchants { (merchant_part(lang, merchant)) }
        h2 { (t(lang, "お試し用の会員", "Demo members")) }
        (table(
            t(lang, "このモックだけで使えます", "They exist in this mock only"),
            &[
                left(t(lang, "会員名", "Member")),
                left("ID"),
                left(t(lang, "パスワード", "Password")),
                right(t(lang, "残高", "Balance")),
            ],
            &page
                .members
                .iter()
                .map(|member| vec![
                    html! { (member.name) },
                    html! { (member.login) },
                    html! { (member.password) },
                    html! { (miles_with_yen(lang, member.balance_miles)) },
                ])
                .collect::<Vec<_>>(),
        ))
        h2 { (t(lang, "独立したソフトウェアです", "Independence")) }
        p {
            (t(
                lang,
                "このモックは公開されている情報をもとに独自に作られました。実在するサービスの画面やロゴは使っていません。実際の決済や個人情報の入力には使わないでください。",
                "This mock was written from public information. It uses no page design or logo of any real service. Do not use it for real payments or real personal data.",
            ))
        }
    };
    let title = t(
        lang,
        "ネットマイル決済のモック",
        "A mock of NetMile payments",
    );
    Document::new(frame, Area::Mock, title, body).utf8()
}

fn web_address(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("http://") || url.starts_with("https://"))
}

fn merchant_part(lang: Lang, merchant: &StartMerchant) -> Markup {
    let mut methods: Vec<String> = merchant
        .methods
        .iter()
        .map(|tag| method_name(lang, tag))
        .collect();
    // Generations of a method share its name, and stand beside each other.
    methods.dedup();
    let separator = t(lang, "、", ", ");
    let mut rows = vec![
        ("merchant_id", mono(&merchant.merchant_id)),
        ("service_id", mono(&merchant.service_id)),
    ];
    if let Some(key) = &merchant.hash_key {
        rows.push((t(lang, "ハッシュキー", "Hash key"), mono(key)));
    }
    if let Some(password) = &merchant.management_password {
        rows.push((
            t(lang, "管理ページのパスワード", "Management password"),
            mono(password),
        ));
    }
    rows.push((
        t(lang, "契約中のお支払い方法", "Methods in the contract"),
        html! { (methods.join(separator)) },
    ));
    html! {
        h3 { (merchant.name) }
        (facts(&rows))
    }
}
