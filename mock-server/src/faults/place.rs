//! Where a kind of fault does anything, so that a rule that never could is refused.

use super::{FaultKind, FaultRule};
use crate::{api::FunctionId, api::function, scenario::Scenario};

/// Kinds of messages, by what can go wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Our page in answer to a request of the link type.
    Answer,
    /// A notice of the link type.
    Notice,
    /// What takes the browser back.
    Return,
    /// A call of an advertiser.
    Advertiser,
    /// Our answer to a call of the API type.
    ApiAnswer,
    /// A notice of the API type about a deposit.
    Deposit,
    /// A notice of the API type about an expiry.
    Expiry,
    /// Our answer to a call about miles.
    Miles,
    /// マイルGET! was pressed.
    Earn,
    /// A fetch from a site's drop.
    Pull,
    /// A result file for a site's drop.
    Result,
}

/// Messages by name, and whether they echo an amount. API answers are told by their function.
const NAMES: [(&str, Place, bool); 28] = [
    ("A01-1", Place::Answer, false),
    ("B01-1", Place::Answer, false),
    ("C01-1", Place::Answer, false),
    ("D01-1", Place::Answer, false),
    ("A02-1", Place::Notice, true),
    ("B03-1", Place::Notice, false),
    ("C03-1", Place::Notice, false),
    ("D02-1", Place::Notice, false),
    ("A03-1", Place::Return, true),
    ("B02-1", Place::Return, false),
    ("C02-1", Place::Return, false),
    ("D03-1", Place::Return, false),
    ("cancel", Place::Return, true),
    ("error", Place::Return, true),
    ("advertiser", Place::Advertiser, false),
    ("api", Place::ApiAnswer, false),
    ("NT01-00103", Place::Deposit, true),
    ("NT01-00104", Place::Expiry, false),
    ("miles-issue", Place::Miles, false),
    ("miles-hand", Place::Miles, false),
    ("miles-file", Place::Miles, false),
    ("miles-cancel", Place::Miles, false),
    ("miles-exchange", Place::Miles, false),
    ("miles-verify", Place::Miles, false),
    ("miles-lists", Place::Miles, false),
    ("miles-ask", Place::Miles, false),
    ("miles-pull", Place::Pull, false),
    ("miles-result", Place::Result, false),
];

/// Whether `name` is `start`, or goes on after it with a hyphen.
pub(super) fn begins(start: &str, name: &str) -> bool {
    let rest = name.strip_prefix(start);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The messages that a rule names: one, or all with this beginning.
fn named(message: &str) -> impl Iterator<Item = (Place, bool)> + '_ {
    let known = NAMES
        .iter()
        .filter(move |(name, ..)| begins(message, name) || begins(name, message))
        .map(|(_, place, amount)| (*place, *amount));
    let earn = (message == "earn").then_some((Place::Earn, false));
    let api = is_call(message).then_some((Place::ApiAnswer, false));
    known.chain(earn).chain(api)
}

/// Whether it is a function id, or the beginning of one, that merchants call.
fn is_call(message: &str) -> bool {
    let group = message.split('-').next().unwrap_or_default().as_bytes();
    match group {
        [a, b, c, d] => {
            [a, b].iter().all(|b| b.is_ascii_uppercase())
                && [c, d].iter().all(|b| b.is_ascii_digit())
                && group != b"NT01"
        }
        _ => false,
    }
}

/// Whether a merchant of the scenario has a function of this name whose answer says an amount.
fn calls_with_amount(message: &str, scenario: &Scenario) -> bool {
    let methods = scenario.merchants.iter().flat_map(|m| &m.api_methods);
    methods.into_iter().any(|method| {
        let own = ["ST01-00101", "ST01-00102", "MG01-00101"];
        let operations = own
            .into_iter()
            .chain(method.declared.keys().map(String::as_str));
        operations
            .filter_map(|operation| FunctionId::parse(&format!("{operation}-{}", method.number)))
            .any(|id| {
                begins(message, id.as_str())
                    && function::function(&id, method).is_some_and(|f| f.operation.tells_amount())
            })
    })
}

/// Where a kind does anything. The amount depends on the message, not on its place.
fn works(kind: FaultKind, place: Place) -> bool {
    use FaultKind as F;
    use Place as P;
    match kind {
        F::LostBefore => place != P::Earn,
        F::LostAfter => !matches!(place, P::Earn | P::Pull),
        F::Delay | F::Reset | F::Truncated => !matches!(place, P::Earn | P::Pull | P::Result),
        F::WrongHash | F::Forged | F::Stale => {
            matches!(place, P::Notice | P::Return | P::Deposit | P::Expiry)
        }
        F::Duplicate | F::Reordered | F::NoNotice => {
            matches!(place, P::Notice | P::Deposit | P::Expiry)
        }
        F::UnknownResult => matches!(place, P::Notice | P::Return | P::ApiAnswer | P::Deposit),
        F::ExtraField => matches!(
            place,
            P::Notice | P::Return | P::ApiAnswer | P::Deposit | P::Expiry
        ),
        F::NgResult => matches!(
            place,
            P::Notice | P::Return | P::Advertiser | P::ApiAnswer | P::Miles | P::Earn
        ),
        F::NoReturn => place == P::Return,
        F::ServerError | F::Html => {
            matches!(place, P::Answer | P::Advertiser | P::ApiAnswer | P::Miles)
        }
        F::WrongAmount => true,
    }
}

/// Refuses a rule whose kind does nothing to any message that it names.
pub(super) fn check(rule: &FaultRule, scenario: &Scenario) -> Result<(), String> {
    let Some(message) = rule.message.as_deref() else {
        return Ok(());
    };
    let shown: String = message.chars().take(40).collect();
    if rule.kind == FaultKind::WrongAmount {
        let told = named(message).any(|(_, amount)| amount);
        if told || calls_with_amount(message, scenario) {
            return Ok(());
        }
        return Err(format!(
            "kind: wrong_amount needs a message that says an amount, such as A02-1, A03-1, \
             NT01-00103 or the answer to MG01-00101-900; {shown} says none"
        ));
    }
    let mut places = named(message).map(|(place, _)| place).peekable();
    // A name that no message of the mock's own has may be one of a client's tests.
    if places.peek().is_none() || places.any(|place| works(rule.kind, place)) {
        return Ok(());
    }
    Err(format!(
        "kind: {} does nothing to the message {shown}",
        rule.kind.key()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FaultKind as F;

    fn refused(message: &str, kind: F) -> bool {
        check(&FaultRule::once(message, kind), &Scenario::demo()).is_err()
    }

    #[test]
    fn an_amount_is_falsified_only_where_one_is_said() {
        for message in [
            "A02-1",
            "A03",
            "cancel",
            "error",
            "NT01",
            "NT01-00103-703",
            "MG01",
            "MG01-00101",
            "MG01-00101-900",
            "ST01-00101-900",
            "ST01-00102",
            "MG01-00101-399",
        ] {
            assert!(!refused(message, F::WrongAmount), "{message}");
        }
        for message in [
            "A01-1",
            "B03-1",
            "C03-1",
            "D02-1",
            "B02-1",
            "advertiser",
            "api",
            "NT01-00104",
            "NT01-00104-701",
            "MG01-00101-101",
            "MG01-00101-701",
            "MG01-00102",
            "ST02",
            "ST01-00101-701",
            "ST01-00131-101",
            "miles-issue",
            "earn",
            "nobody",
        ] {
            assert!(refused(message, F::WrongAmount), "{message}");
        }
        let rule = FaultRule {
            message: None,
            ..FaultRule::once("", F::WrongAmount)
        };
        assert!(check(&rule, &Scenario::demo()).is_ok());
    }

    #[test]
    fn a_kind_that_does_nothing_to_a_message_is_refused() {
        let table = [
            ("A01-1", F::WrongHash),
            ("A01-1", F::NgResult),
            ("A02-1", F::Html),
            ("A02-1", F::NoReturn),
            ("A03-1", F::Duplicate),
            ("cancel", F::ServerError),
            ("advertiser", F::Stale),
            ("ST01-00101-900", F::WrongHash),
            ("MG01", F::Duplicate),
            ("NT01", F::NgResult),
            ("NT01-00104", F::UnknownResult),
            ("miles-issue", F::ExtraField),
            ("miles-pull", F::LostAfter),
            ("miles-result", F::Html),
            ("earn", F::Delay),
        ];
        for (message, kind) in table {
            let error = check(&FaultRule::once(message, kind), &Scenario::demo()).unwrap_err();
            assert!(
                error.contains(&kind.key()) && error.contains(message),
                "{error}"
            );
        }
        for (message, kind) in [
            ("A01", F::Html),
            ("B03-1", F::Forged),
            ("error", F::UnknownResult),
            ("ST02-00303", F::ExtraField),
            ("TA02-00101-101", F::ServerError),
            ("NT01", F::UnknownResult),
            ("miles", F::LostBefore),
            ("miles-ask-campaign", F::NgResult),
            ("earn", F::NgResult),
            ("nobody", F::NoReturn),
        ] {
            assert!(!refused(message, kind), "{message} {kind:?}");
        }
    }
}
