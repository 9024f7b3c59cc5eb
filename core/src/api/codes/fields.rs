//! The numbers of the fields: the last three digits of a code.

use super::Words;
use super::kind::words;

pub(super) struct FieldRow {
    pub(super) number: &'static str,
    /// Its tag on the wire, where it is known.
    pub(super) tag: Option<&'static str>,
    pub(super) name: Words,
}

const fn field(
    number: &'static str,
    tag: &'static str,
    en: &'static str,
    ja: &'static str,
) -> FieldRow {
    FieldRow {
        number,
        tag: Some(tag),
        name: words(en, ja),
    }
}

const fn untagged(number: &'static str, en: &'static str, ja: &'static str) -> FieldRow {
    FieldRow {
        number,
        tag: None,
        name: words(en, ja),
    }
}

pub(super) const COMMON: &[FieldRow] = &[
    untagged("000", "function id", "機能 ID"),
    field("001", "merchant_id", "merchant", "マーチャント ID"),
    field("002", "service_id", "service", "サービス ID"),
    field("003", "cust_code", "customer", "顧客 ID"),
    field("004", "order_id", "order", "購入 ID"),
    field("005", "item_id", "item", "商品 ID"),
    field("006", "item_name", "item name", "商品名称"),
    field("007", "tax", "tax", "税額"),
    field("008", "amount", "amount", "金額"),
    untagged("009", "result CGI", "結果通知先（結果 CGI）"),
    field("010", "free1", "free text 1", "自由欄 1"),
    field("011", "free2", "free text 2", "自由欄 2"),
    field("012", "free3", "free text 3", "自由欄 3"),
    field(
        "013",
        "order_rowno",
        "branch number of the order",
        "購入の枝番",
    ),
    field("014", "dtl_rowno", "detail row number", "明細の行番号"),
    field("015", "dtl_item_id", "detail item", "明細の商品 ID"),
    field("016", "dtl_item_name", "detail item name", "明細の商品名称"),
    field("017", "dtl_item_count", "detail quantity", "明細の数量"),
    field("018", "dtl_tax", "detail tax", "明細の税額"),
    field("019", "dtl_amount", "detail amount", "明細の金額"),
    untagged("020", "payment class", "支払区分"),
    untagged("021", "last charge month", "最終課金月"),
    untagged("022", "campaign type", "キャンペーン種別"),
    field("023", "request_date", "time of the request", "要求日時"),
    field("024", "limit_second", "validity in seconds", "有効秒数"),
    field("025", "sps_hashcode", "hash", "ハッシュ値"),
    field(
        "026",
        "sps_transaction_id",
        "transaction id",
        "トランザクション ID",
    ),
    field("027", "tracking_id", "tracking id", "トラッキング ID"),
    field("028", "encrypted_flg", "encryption flag", "暗号化フラグ"),
    field(
        "029",
        "processing_datetime",
        "time of the processing",
        "処理日時",
    ),
    field(
        "030",
        "sps_cust_info_return_flg",
        "whether customer numbers are returned",
        "顧客情報の返却フラグ",
    ),
    untagged("999", "no field", "該当項目なし"),
];

pub(super) struct FieldTable {
    pub(super) title: Words,
    pub(super) methods: &'static [&'static str],
    pub(super) rows: &'static [FieldRow],
}

pub(super) const BY_METHOD: &[FieldTable] = &[
    FieldTable {
        title: words("Web convenience store (701)", "Webコンビニ決済（701）"),
        methods: &["701"],
        rows: SLIP,
    },
    FieldTable {
        title: words("Carriers (401, 402)", "キャリア決済（401、402）"),
        methods: &["401", "402"],
        rows: &[field(
            "200",
            "cancel_target_month",
            "month to be cancelled",
            "取消対象月",
        )],
    },
    FieldTable {
        title: words("Credit card (101)", "クレジットカード（101）"),
        methods: &["101"],
        rows: &[field(
            "202",
            "dealings_type",
            "way of paying (at once, instalments)",
            "取引区分",
        )],
    },
];

const SLIP: &[FieldRow] = &[
    field("200", "issue_type", "kind of issue", "発行区分"),
    field("201", "last_name", "family name", "姓"),
    field("202", "first_name", "given name", "名"),
    field("203", "last_name_kana", "family name in kana", "姓（カナ）"),
    field("204", "first_name_kana", "given name in kana", "名（カナ）"),
    field(
        "205",
        "first_zip",
        "postal code, first part",
        "郵便番号（前半）",
    ),
    field(
        "206",
        "second_zip",
        "postal code, second part",
        "郵便番号（後半）",
    ),
    field("207", "add1", "prefecture", "都道府県"),
    field("208", "add2", "address", "住所"),
    field("209", "add3", "rest of the address", "住所（続き）"),
    field("210", "tel", "telephone", "電話番号"),
    field("211", "mail", "mail address", "メールアドレス"),
    field("212", "seiyakudate", "date of the contract", "成約日"),
    field("213", "webcvstype", "store", "コンビニ種別"),
    field("214", "bill_date", "pay-by date", "支払期限"),
    untagged("225", "barcode data", "バーコード情報"),
];

pub(super) fn find(method: &str, number: &str) -> Option<&'static FieldRow> {
    BY_METHOD
        .iter()
        .filter(|table| table.methods.contains(&method))
        .flat_map(|table| table.rows)
        .chain(COMMON)
        .find(|row| row.number == number)
}
