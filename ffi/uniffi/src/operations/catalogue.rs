//! Explanations and catalogues.

use netmile::link::{self, Explanation};
use netmile::{ErrorKind, Lang};
use netmile_ffi_runtime::error::{OWN_CODES, hint};
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{hashed_message, invalid, name};
use crate::records::{
    CodeCatalogue, CodeEntry, CodeQuery, ErrorCatalogue, ErrorEntry, HashExplanation, HashFault,
    HashQuestion, Nothing,
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

pub(super) async fn code(_: &Context, query: CodeQuery) -> Result<CodeEntry, FfiError> {
    if query.code.len() > 16 {
        return Err(invalid("code", "must be at most 16 characters").into());
    }
    Ok(entry(link::codes::lookup(&query.code)))
}

pub(super) async fn codes(_: &Context, _: Nothing) -> Result<CodeCatalogue, FfiError> {
    Ok(CodeCatalogue {
        codes: link::codes::all().into_iter().map(entry).collect(),
    })
}

fn entry(entry: link::codes::CodeEntry) -> CodeEntry {
    CodeEntry {
        id: entry.id.to_owned(),
        known: entry.known,
        meaning_en: entry.meaning.en.to_owned(),
        meaning_ja: entry.meaning.ja.to_owned(),
        remedy_en: entry.remedy.en.to_owned(),
        remedy_ja: entry.remedy.ja.to_owned(),
        actor: name(&entry.actor),
        notice: name(&entry.notice),
        code: entry.code.into_owned(),
    }
}
