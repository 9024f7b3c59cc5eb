//! Masking of secrets and personal data before anything is logged.

use crate::wire::form::Fields;

/// Fields whose value is never shown.
const HIDDEN: [&str; 16] = [
    "password",
    "login",
    "login_id",
    "name",
    "name_kana",
    "address",
    "postal_code",
    "birth_date",
    "sex",
    "phone",
    "email",
    "mail",
    "free_csv",
    "cc_number",
    "cc_expiration",
    "security_code",
];

/// Masks a customer id: the first two characters stay.
#[must_use]
pub(crate) fn customer(value: &str) -> String {
    let head: String = value.chars().take(2).collect();
    if value.is_empty() {
        head
    } else {
        format!("{head}***")
    }
}

/// Masks a NetMile id for the eyes of a merchant.
#[must_use]
pub(crate) fn member(login: &str) -> String {
    let head: String = login.chars().take(1).collect();
    format!("{head}***")
}

/// A copy of `fields` that may be logged.
#[must_use]
pub(crate) fn fields(fields: &Fields) -> Fields {
    fields
        .iter()
        .map(|(name, value)| {
            let shown = if value.is_empty() {
                String::new()
            } else if HIDDEN.contains(&name.as_str()) {
                "***".to_owned()
            } else if name == "cust_code" {
                customer(value)
            } else if name == "sps_hashcode" {
                // Enough to tell two hashes apart, too little to replay one.
                format!("{}***", value.chars().take(6).collect::<String>())
            } else {
                value.chars().take(1_000).collect()
            };
            (name.chars().take(100).collect(), shown)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn personal_data_and_hashes_do_not_pass() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        let masked = super::fields(&vec![
            pair("cust_code", "CUST0001"),
            pair("email", "a@b.example"),
            pair("sps_hashcode", "92984fec2eccb0fb"),
            pair("cc_number", "4242424242424242"),
            pair("amount", "100"),
        ]);
        let values: Vec<_> = masked.iter().map(|(_, v)| v.as_str()).collect();
        assert_eq!(values, ["CU***", "***", "92984f***", "***", "100"]);
    }
}
