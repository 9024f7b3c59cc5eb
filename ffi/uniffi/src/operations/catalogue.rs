//! Explanations and catalogues.

use netmile::link::{self, Explanation};
use netmile::{ErrorKind, Lang};
use netmile_ffi_runtime::error::{OWN_CODES, hint};
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{hashed_message, invalid};
use crate::records::{
    ErrorCatalogue, ErrorEntry, HashExplanation, HashFault, HashQuestion, Nothing,
};

/// Most fields of one question: more than any message has.
const MAX_FIELDS: usize = 10_000;

pub(super) async fn explain(
    context: &Context,
    question: HashQuestion,
) -> Result<HashExplanation, FfiError> {
    if question.fields.len() > MAX_FIELDS {
        return Err(invalid("fields", "must be at most 10,000").into());
    }
    let fields: Vec<_> = question
        .fields
        .into_iter()
        .map(|pair| (pair.name, pair.value))
        .collect();
    let asked = context.client.contract()?;
    let other_keys: Vec<_> = context
        .config()
        .contracts()
        .iter()
        .filter(|contract| contract.id() != asked.id())
        .map(|contract| (contract.id().to_string(), contract.hash_key().clone()))
        .collect();
    let explanation = link::explain_hash(&link::HashQuestion {
        message: hashed_message(&question.message)?,
        fields: &fields,
        key: asked.hash_key(),
        other_keys: &other_keys,
        claimed: &question.claimed,
    });
    let lang = context.config().lang;
    let text = explanation.text(lang);
    let (verdict, faults) = match explanation {
        Explanation::Correct => ("correct", Vec::new()),
        Explanation::Recipe(faults) => ("recipe", faults),
        Explanation::NoKnownRecipe => ("no_known_recipe", Vec::new()),
        Explanation::NotAHash => ("not_a_hash", Vec::new()),
    };
    let faults = faults
        .into_iter()
        .map(|fault| HashFault {
            id: fault.id.to_owned(),
            text: fault.text(lang),
            field: fault.field,
        })
        .collect();
    Ok(HashExplanation {
        verdict: verdict.to_owned(),
        faults,
        text,
    })
}

pub(super) async fn errors(_: &Context, _: Nothing) -> Result<ErrorCatalogue, FfiError> {
    let core = ErrorKind::ALL
        .iter()
        .map(|kind| (kind.code(), kind.is_retryable()));
    let own = OWN_CODES.iter().map(|(code, _, _)| (*code, false));
    let entry = |(code, retryable): (&str, bool)| ErrorEntry {
        code: code.to_owned(),
        retryable,
        hint_en: hint(code, Lang::En).to_owned(),
        hint_ja: hint(code, Lang::Ja).to_owned(),
    };
    Ok(ErrorCatalogue {
        errors: core.chain(own).map(entry).collect(),
    })
}
