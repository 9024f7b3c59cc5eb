//! The registration form of a campaign: which fields, which rules.

use crate::{
    clock,
    pages::{Field, FieldKind, FieldProblem},
    scenario::Campaign,
    wire::form::Fields,
};

/// Longest value of any field, in characters.
const LONGEST: usize = 200;

/// The form's fields with the values typed so far, unchecked.
pub(crate) fn filled(campaign: &Campaign, typed: &Fields) -> Vec<Field> {
    campaign
        .fields
        .iter()
        .filter_map(|key| FieldKind::from_key(key))
        .map(|kind| Field {
            kind,
            value: typed
                .iter()
                .find(|(n, _)| n == kind.key())
                .map(|(_, v)| v.trim().chars().take(LONGEST + 1).collect())
                .unwrap_or_default(),
            problem: None,
        })
        .collect()
}

/// Checks every field; `true` when all are good.
pub(crate) fn check(fields: &mut [Field], today: i64) -> bool {
    for field in fields.iter_mut() {
        field.problem = problem(field.kind, &field.value, today);
    }
    fields.iter().all(|f| f.problem.is_none())
}

fn problem(kind: FieldKind, value: &str, now: i64) -> Option<FieldProblem> {
    if value.is_empty() {
        return Some(FieldProblem::Missing);
    }
    if value.chars().count() > LONGEST {
        return Some(FieldProblem::TooLong(LONGEST));
    }
    if value.chars().any(char::is_control) {
        return Some(FieldProblem::Malformed);
    }
    let count = |range: fn(char) -> bool| value.chars().filter(|c| range(*c)).count();
    let good = match kind {
        FieldKind::BirthDate => return birth_date(value, now),
        FieldKind::Sex => FieldKind::SEX_VALUES.contains(&value),
        FieldKind::Terms => value == FieldKind::TERMS_VALUE,
        FieldKind::Phone => {
            (9..=15).contains(&count(|c| c.is_ascii_digit()))
                && value
                    .chars()
                    .all(|c| c.is_ascii_digit() || "+-() ".contains(c))
        }
        FieldKind::PostalCode => {
            count(|c| c.is_ascii_digit()) == 7
                && value.chars().all(|c| c.is_ascii_digit() || c == '-')
        }
        FieldKind::Email => value.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !value.contains(char::is_whitespace)
                && !host.contains('@')
        }),
        FieldKind::LoginId => {
            if value.len() < 4 {
                return Some(FieldProblem::TooShort(4));
            }
            value
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        }
        FieldKind::Password => {
            if value.chars().count() < 8 {
                return Some(FieldProblem::TooShort(8));
            }
            true
        }
        FieldKind::Name | FieldKind::NameKana | FieldKind::Address => true,
    };
    (!good).then_some(FieldProblem::Malformed)
}

fn birth_date(value: &str, now: i64) -> Option<FieldProblem> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let shape = value
        .chars()
        .all(|c| c.is_ascii_digit() || c == '-' || c == '/');
    match clock::parse_stamp(&format!("{digits}000000")) {
        Some(born) if shape && digits.len() == 8 => {
            if born > now {
                Some(FieldProblem::InFuture)
            } else if digits.as_str() < "19000101" {
                Some(FieldProblem::Malformed)
            } else {
                None
            }
        }
        _ => Some(FieldProblem::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_form_bites() {
        let now = clock::parse_stamp("20260102030405").unwrap();
        let check = |kind, value: &str| problem(kind, value, now);
        assert_eq!(check(FieldKind::Name, "見本 太郎"), None);
        assert_eq!(check(FieldKind::Name, ""), Some(FieldProblem::Missing));
        assert_eq!(check(FieldKind::BirthDate, "1980-02-29"), None);
        assert_eq!(
            check(FieldKind::BirthDate, "1981-02-29"),
            Some(FieldProblem::Malformed)
        );
        assert_eq!(
            check(FieldKind::BirthDate, "2030-01-01"),
            Some(FieldProblem::InFuture)
        );
        assert_eq!(check(FieldKind::Email, "a@b.example"), None);
        assert_eq!(
            check(FieldKind::Email, "a@b"),
            Some(FieldProblem::Malformed)
        );
        assert_eq!(check(FieldKind::Phone, "03-1234-5678"), None);
        assert_eq!(check(FieldKind::Phone, "12"), Some(FieldProblem::Malformed));
        assert_eq!(check(FieldKind::PostalCode, "100-0001"), None);
        assert_eq!(check(FieldKind::Sex, "x"), Some(FieldProblem::Malformed));
        assert_eq!(
            check(FieldKind::Password, "short"),
            Some(FieldProblem::TooShort(8))
        );
        assert_eq!(check(FieldKind::Terms, "no"), Some(FieldProblem::Malformed));
        assert_eq!(
            check(FieldKind::Address, &"あ".repeat(201)),
            Some(FieldProblem::TooLong(200))
        );
    }
}
