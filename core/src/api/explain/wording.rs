//! The mistakes in words.

use crate::lang::Lang;

/// The text of a verdict or mistake; `{about}` stands for its parameter.
pub(super) fn text(id: &str, lang: Lang) -> &'static str {
    TEXTS
        .iter()
        .find(|(known, ..)| *known == id)
        .map_or("", |(_, en, ja)| lang.pick(en, ja))
}

/// Name, English, Japanese.
#[rustfmt::skip]
pub(super) const TEXTS: &[(&str, &str, &str)] = &[
    ("correct", "The hash is correct.", "ハッシュは正しい値です。"),
    ("no_known_recipe", "No known mistake gives this hash. Either the key is another one, or the values or their order were changed after the hash was made: compare with the list.", "既知の誤りではこのハッシュになりません。別のハッシュキーを使用したか、ハッシュの計算後に値または順序が変わった可能性があります。上の一覧と照合してください。"),
    ("not_a_hash", "This is not a SHA-1 hash: 40 hex digits are expected.", "SHA-1 ハッシュではありません。16 進数 40 桁が必要です。"),
    ("charset_utf8", "The values were hashed in UTF-8; the API type hashes them in Shift_JIS.", "値を UTF-8 でハッシュしています。API 型では Shift_JIS でハッシュします。"),
    ("base64_hashed", "Multi-byte values were hashed in their Base64 form; the plain values are hashed.", "全角項目を Base64 に変換した値でハッシュしています。正しくは変換前の値です。"),
    ("encrypted_hashed", "Values of pay_method_info were hashed in their 3DES form; the plain values are hashed.", "pay_method_info の値を 3DES で暗号化した値でハッシュしています。正しくは暗号化前の値です。"),
    ("wire_hashed", "Values were hashed as they stand on the wire, in Base64 and 3DES; the plain values are hashed.", "Base64 変換と 3DES 暗号化を行った値でハッシュしています。正しくは変換・暗号化前の値です。"),
    ("not_trimmed", "Half-width spaces at the ends of values were hashed; they are cut first.", "値の前後の半角スペースを残したままハッシュしています。先に取り除く必要があります。"),
    ("key_missing", "The hash key was not appended.", "末尾にハッシュキーを連結していません。"),
    ("key_front", "The hash key stands in front of the values; it belongs at the end.", "ハッシュキーを先頭に連結しています。正しくは末尾です。"),
    ("key_of_other_service", "The hash key of another service or environment was used: {about}.", "別のサービスまたは環境のハッシュキーを使用しています: {about}。"),
    ("field_missing", "The value of {about} was not hashed.", "{about} の値がハッシュの対象に含まれていません。"),
    ("order_swapped", "The value of {about} and the one behind it were hashed in the other order; the order of the hash is that of the XML.", "{about} とその次の項目の順序が逆です。ハッシュは XML に記述した順に計算します。"),
    ("order_alphabetical", "The values were hashed in alphabetical order of their tags; the order of the hash is that of the XML.", "タグ名のアルファベット順に連結しています。ハッシュは XML に記述した順に計算します。"),
    ("groups_last", "The values inside groups (pay_method_info, dtls) were hashed after all others; the order of the hash is that of the XML.", "グループ（pay_method_info、dtls など）内の値を最後に連結しています。ハッシュは XML に記述した順に計算します。"),
];
