//! Names of payment methods for the eye.

use super::lang::{Lang, t};

/// Name of a payment method's tag; the tag itself if it is not known here.
///
/// ```
/// use netmile_mock::pages::{Lang, method_name};
///
/// assert_eq!(method_name(Lang::Ja, "netmile"), "ネットマイル");
/// assert_eq!(method_name(Lang::En, "brand-new"), "brand-new");
/// ```
#[must_use]
pub fn method_name(lang: Lang, tag: &str) -> String {
    let (ja, en) = match tag {
        "netmile" => ("ネットマイル", "NetMile"),
        "credit" => ("クレジットカード", "Credit card"),
        "credit3d" | "credit3d2" => (
            "クレジットカード(本人認証あり)",
            "Credit card (authenticated)",
        ),
        "unionpay" => ("銀聯カード", "UnionPay"),
        "webcvs" => ("コンビニエンスストア", "Convenience store"),
        "payeasy" => ("ペイジー", "Pay-easy"),
        "banktransfer" => ("銀行振込", "Bank transfer"),
        "accttransfer" => ("口座振替", "Direct debit"),
        "docomo" => ("ドコモ払い", "docomo billing"),
        "auone" => ("auかんたん決済", "au billing"),
        "softbank" | "softbank2" => ("ソフトバンクまとめて支払い", "SoftBank billing"),
        "rakuten" | "rakutenv2" => ("楽天ペイ", "Rakuten Pay"),
        "recruit" => ("かんたん支払い", "Recruit payment"),
        "paypal" => ("PayPal", "PayPal"),
        "paypay" => ("PayPay", "PayPay"),
        "linepay" => ("LINE Pay", "LINE Pay"),
        "alipay" => ("Alipay", "Alipay"),
        "applepay" => ("Apple Pay", "Apple Pay"),
        "tpoint" => ("Tポイント", "T-Point"),
        "saisonpoint" => ("永久不滅ポイント", "Saison points"),
        "webmoney" => ("WebMoney", "WebMoney"),
        "bitcash" => ("BitCash", "BitCash"),
        other => (other, other),
    };
    t(lang, ja, en).to_owned()
}
