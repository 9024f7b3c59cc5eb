//! Yen and miles as text: `1,200円`, `200mile(=100円)`.

use super::lang::Lang;

/// Digits in groups of three.
pub(super) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Yen: `1,200円`, English `¥1,200`.
#[must_use]
pub fn yen_text(lang: Lang, yen: u64) -> String {
    match lang {
        Lang::Ja => format!("{}円", grouped(yen)),
        Lang::En => format!("¥{}", grouped(yen)),
    }
}

/// Miles alone: `1,200mile`, English `1,200 mile`.
#[must_use]
pub fn miles_text(lang: Lang, miles: u64) -> String {
    match lang {
        Lang::Ja => format!("{}mile", grouped(miles)),
        Lang::En => format!("{} mile", grouped(miles)),
    }
}

/// Miles with their worth in whole yen (2 miles = 1 yen, an odd mile is not shown in yen).
///
/// ```
/// use netmile_mock::pages::{Lang, miles_with_yen};
///
/// assert_eq!(miles_with_yen(Lang::Ja, 200), "200mile(=100円)");
/// assert_eq!(miles_with_yen(Lang::En, 12_401), "12,401 mile (= ¥6,200)");
/// ```
#[must_use]
pub fn miles_with_yen(lang: Lang, miles: u64) -> String {
    miles_worth(lang, miles, miles / 2)
}

/// Miles with an amount of yen that the caller has worked out.
pub(super) fn miles_worth(lang: Lang, miles: u64, yen: u64) -> String {
    let (miles, yen) = (miles_text(lang, miles), yen_text(lang, yen));
    match lang {
        Lang::Ja => format!("{miles}(={yen})"),
        Lang::En => format!("{miles} (= {yen})"),
    }
}
