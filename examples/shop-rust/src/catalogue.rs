//! What the shop sells.

use netmile::contract::Billing;
use netmile::{Lang, Yen};

/// Something to buy.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Id in the shop and `item_id` at the gateway.
    pub(crate) id: &'static str,
    /// Name; at most 40 bytes in Shift_JIS, because it travels as `item_name`.
    name_en: &'static str,
    name_ja: &'static str,
    about_en: &'static str,
    about_ja: &'static str,
    /// Price in yen, tax included; per month for a subscription.
    pub(crate) price: Yen,
    /// Once; each month by the gateway (継続課金・簡易); or each month by the shop (継続課金・定期/従量).
    pub(crate) billing: Billing,
}

impl Item {
    pub(crate) const fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.name_en, self.name_ja)
    }

    /// Whether it is a subscription.
    pub(crate) const fn monthly(&self) -> bool {
        !matches!(self.billing, Billing::OneTime)
    }

    pub(crate) const fn about(&self, lang: Lang) -> &'static str {
        lang.pick(self.about_en, self.about_ja)
    }
}

/// Most pieces of one item in one order.
pub(crate) const MAX_QUANTITY: u32 = 9;

/// The shelves. Two names are difficult on purpose: one has characters that only Windows' Shift_JIS knows, or whose
/// second byte is a backslash; the other has a wave dash, which Windows' Shift_JIS lacks.
pub(crate) const ITEMS: &[Item] = &[
    Item {
        id: "postcard",
        name_en: "Postcard: Morning Harbour",
        name_ja: "絵はがき「朝の港」",
        about_en: "A watercolour of the harbour at sunrise.",
        about_ja: "日の出の港を描いた水彩画の絵はがきです。",
        price: Yen::new(300),
        billing: Billing::OneTime,
    },
    Item {
        id: "takahashi",
        name_en: "髙橋①ー～表ソ",
        name_ja: "髙橋①ー～表ソ",
        about_en: "A typesetter's sample book of difficult characters.",
        about_ja: "むずかしい文字ばかりを集めた、活版印刷の見本帳です。",
        price: Yen::new(1_200),
        billing: Billing::OneTime,
    },
    Item {
        id: "poems",
        name_en: "Poems 〜 from spring to summer",
        name_ja: "詩集 春〜夏",
        about_en: "Forty short poems, bound by hand.",
        about_ja: "短い詩を四十編おさめた、手製本の詩集です。",
        price: Yen::new(880),
        billing: Billing::OneTime,
    },
    Item {
        id: "telescope",
        name_en: "Brass telescope",
        name_ja: "真鍮の望遠鏡",
        about_en: "From a ship's chandler, restored, with its case.",
        about_ja: "船具店で使われていた望遠鏡を修復しました。木箱付きです。",
        price: Yen::new(200_000),
        billing: Billing::OneTime,
    },
    Item {
        id: "sticker",
        name_en: "Stamp sticker",
        name_ja: "切手シール",
        about_en: "The cheapest thing one can pay for with miles: 20 of them.",
        about_ja: "20マイルで買える、いちばん小さな商品です。",
        price: Yen::new(10),
        billing: Billing::OneTime,
    },
    Item {
        id: "letter",
        name_en: "Harbour Letter, monthly",
        name_ja: "月刊「港だより」",
        about_en: "A letter from the harbour each month, until you end it.",
        about_ja: "毎月、港からのお便りをお届けします。いつでも解約できます。",
        price: Yen::new(500),
        billing: Billing::RecurringSimple,
    },
    Item {
        id: "newspaper",
        name_en: "The Mile Times, monthly",
        name_ja: "マイル新聞（月刊）",
        about_en: "News of miles and ships. The shop itself charges your miles each month, the first time at once.",
        about_ja: "マイルと船のニュースをお届けします。毎月、当店からマイルを請求します（初回はお申し込み時）。",
        price: Yen::new(200),
        billing: Billing::RecurringMetered,
    },
];

/// The item with this id.
pub(crate) fn find(id: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        for (index, item) in ITEMS.iter().enumerate() {
            assert_eq!(ITEMS.iter().position(|i| i.id == item.id), Some(index));
        }
        assert!(find("nothing").is_none());
    }
}
