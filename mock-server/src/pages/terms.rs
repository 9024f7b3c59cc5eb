//! How a shop gets the service, what it costs and when the money comes.

use maud::{Markup, html};

use super::lang::{Lang, t};
use super::layout::{Area, Document, Frame};
use super::manage::{Manager, menu};
use super::money::yen_text;
use super::parts::facts;

/// The published example: yen paid in miles and by PayPal.
pub const TERMS_EXAMPLE: (u64, u64) = (700, 300);

/// Fees and payout of this mock's scenario; the rest of the page is what was published.
#[derive(Clone, Default)]
pub struct TermsPage {
    /// Who is logged in, if anybody is.
    pub manager: Option<Manager>,
    /// Commission on the NetMile part, in thousandths.
    pub netmile_permille: u64,
    /// Commission on the PayPal part, in thousandths.
    pub paypal_permille: u64,
    /// Yen per payment with a PayPal part.
    pub paypal_fixed_yen: u64,
    /// Commission on the [`TERMS_EXAMPLE`], yen.
    pub example_fee_yen: u64,
    /// Less is carried over, yen.
    pub carry_below_yen: u64,
    /// Whether every quarter is paid out, however little.
    pub quarterly: bool,
}

/// The page at `/manage/terms`, which nobody needs to log in for.
#[must_use]
pub fn terms(frame: &Frame, page: &TermsPage) -> String {
    let lang = frame.lang;
    let body = html! {
        p class="lead" {
            (t(
                lang,
                "ネットマイル決済は、SBペイメントサービスを通じて提供されます。料金表は公開されておらず、詳細を確認したうえで見積もりが出されます。以下は2015年に公開された資料の内容です。実際の条件はSBペイメントサービスにご確認ください。",
                "NetMile payments are delivered through SB Payment Service. It publishes no tariff and makes an estimate after asking for the details. What follows was published in 2015: ask SB Payment Service for the terms of today.",
            ))
        }
        (onboarding(lang))
        (fees(lang, page))
        (payout(lang, page))
        (afterwards(lang))
        @if page.manager.is_none() {
            p { a href="/manage" { (t(lang, "加盟店ログインへ", "To the merchant log-in")) } }
        }
    };
    let title = t(
        lang,
        "お申し込み・手数料・お振込",
        "Application, fees and payout",
    );
    let document = Document::new(frame, Area::Manage, title, body);
    match &page.manager {
        Some(manager) => document.menu(menu(lang, manager)).utf8(),
        None => document.utf8(),
    }
}

fn onboarding(lang: Lang) -> Markup {
    let steps = [
        ("お申し込み", "Application"),
        ("審査", "Review"),
        ("ご契約", "Contract"),
        ("テスト用接続情報の受け取り", "Connection data for tests"),
        ("接続テスト", "Test"),
        ("本番用接続情報の受け取り", "Connection data for production"),
        ("本番環境での確認", "Test in production"),
        ("ご利用開始", "Start"),
    ];
    html! {
        h2 { (t(lang, "ご利用開始までの流れ", "From the application to the start")) }
        ol { @for (ja, en) in steps { li { (t(lang, ja, en)) } } }
        p {
            (t(
                lang,
                "お申し込みからご利用開始まで、3週間から1か月ほどかかります。その間の開発とテストには、このモックをお使いください。",
                "It takes three weeks to a month. Until then, build and test against this mock.",
            ))
            " "
            a href="/" { (t(lang, "モックの接続情報", "Connection data of the mock")) }
        }
    }
}

fn fees(lang: Lang, page: &TermsPage) -> Markup {
    let (miles, paypal) = TERMS_EXAMPLE;
    let rate = |permille: u64| percent(lang, permille);
    let yen = |yen: u64| yen_text(lang, yen);
    let paypal_rate = format!(
        "{} + {}",
        rate(page.paypal_permille),
        yen(page.paypal_fixed_yen)
    );
    let total = yen(miles.saturating_add(paypal));
    let (miles, paypal, fee) = (yen(miles), yen(paypal), yen(page.example_fee_yen));
    let example = match lang {
        Lang::Ja => format!(
            "例: {total}のお支払い(ネットマイル分{miles}、PayPal分{paypal})の手数料は{fee}です。"
        ),
        Lang::En => {
            format!(
                "Example: {total}, paid as {miles} by NetMile and {paypal} by PayPal, costs {fee}."
            )
        }
    };
    html! {
        h2 { (t(lang, "料金", "Fees")) }
        (facts(&[
            (t(lang, "初期費用", "Initial fee"), html! { (yen(100_000)) }),
            (t(lang, "月額費用", "Monthly fee"), html! { (t(lang, "なし", "None")) }),
            (
                t(lang, "決済手数料(ネットマイル分)", "Commission, NetMile part"),
                html! { (rate(page.netmile_permille)) },
            ),
            (
                t(lang, "決済手数料(PayPal分)", "Commission, PayPal part"),
                html! { (paypal_rate) },
            ),
        ]))
        p { (example) }
        p class="small" {
            (t(
                lang,
                "手数料率は、お支払い金額によって変わりません。決済手数料はこのモックの設定値です。公開資料では、ネットマイル分は5%、PayPal分は2.9～3.6% + 40円、または少額決済向けの5.0% + 7円です。",
                "The rates are the same for any amount. The commissions are those of this mock's settings. Published: 5 % of the NetMile part; of the PayPal part 2.9 to 3.6 % and 40 yen, or 5.0 % and 7 yen by the micropayment rate.",
            ))
        }
    }
}

fn payout(lang: Lang, page: &TermsPage) -> Markup {
    let least = yen_text(lang, page.carry_below_yen);
    let carried = match (lang, page.quarterly) {
        (Lang::Ja, true) => {
            format!(
                "{least}未満は翌月に繰り越します。ただし、四半期に1回は金額にかかわらずお振り込みします。"
            )
        }
        (Lang::Ja, false) => format!("{least}未満は翌月に繰り越します。"),
        (Lang::En, true) => {
            format!("Less than {least} is carried over, but paid at least once a quarter.")
        }
        (Lang::En, false) => format!("Less than {least} is carried over."),
    };
    html! {
        h2 { (t(lang, "売上のお振込", "Payout")) }
        (facts(&[
            (t(lang, "締め日", "Close"), html! { (t(lang, "毎月末日", "The end of each month")) }),
            (
                t(lang, "お振込日", "Day of the payout"),
                html! {
                    (t(
                        lang,
                        "翌月25日(土日祝日の場合は直前の営業日)",
                        "The 25th of the next month, or the business day before",
                    ))
                },
            ),
            (
                t(lang, "お振込額", "Amount"),
                html! {
                    (t(
                        lang,
                        "ネットマイル分とPayPal分の合計から決済手数料を差し引いた額",
                        "NetMile and PayPal parts together, without the commission",
                    ))
                },
            ),
            (t(lang, "繰り越し", "Carried over"), html! { (carried) }),
            (
                t(lang, "お支払いの保証", "Guarantee"),
                html! {
                    (t(lang, "ネットマイル分は100%保証", "The NetMile part is guaranteed to 100 %"))
                },
            ),
        ]))
    }
}

fn afterwards(lang: Lang) -> Markup {
    html! {
        h2 { (t(lang, "返金とマイル還元", "Refunds and miles returned")) }
        p {
            (t(
                lang,
                "返金は、この管理ページの「決済一覧」から加盟店が行います。会員には、お支払いのうちネットマイル分の1%がマイルで還元されます(PayPal分は対象外)。",
                "The shop refunds on these management pages, from the list of payments. Members get 1 % of the NetMile part back in miles, nothing of the PayPal part.",
            ))
        }
    }
}

/// Thousandths as a percentage: `5%`, English `5 %`.
fn percent(lang: Lang, permille: u64) -> String {
    let (whole, tenth) = (permille / 10, permille % 10);
    let space = t(lang, "", " ");
    if tenth == 0 {
        format!("{whole}{space}%")
    } else {
        format!("{whole}.{tenth}{space}%")
    }
}
