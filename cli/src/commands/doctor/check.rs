//! One thing that was looked at.

use serde_json::Value;

use crate::context::Context;

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ok,
    Warning,
    Failed,
    Unreachable,
    Skipped,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::Unreachable => "unreachable",
            Self::Skipped => "skipped",
        }
    }

    pub(super) fn word(self, context: &Context) -> &'static str {
        match self {
            Self::Ok => context.lang.pick("ok", "正常"),
            Self::Warning => context.lang.pick("warning", "警告"),
            Self::Failed => context.lang.pick("FAILED", "異常"),
            Self::Unreachable => context.lang.pick("NO ANSWER", "応答なし"),
            Self::Skipped => context.lang.pick("skipped", "省略"),
        }
    }
}

/// One thing that was looked at, in the language asked for. Never a secret.
#[derive(Debug)]
pub(super) struct Check {
    /// Stable name.
    pub(super) id: &'static str,
    pub(super) name: String,
    pub(super) state: State,
    pub(super) text: String,
    /// What was measured.
    pub(super) value: Value,
}

impl Check {
    pub(super) fn new(
        context: &Context,
        id: &'static str,
        name: (&str, &str),
        state: State,
        text: impl Into<String>,
    ) -> Self {
        Self {
            id,
            name: context.lang.pick(name.0, name.1).to_owned(),
            state,
            text: text.into(),
            value: Value::Null,
        }
    }

    pub(super) fn skipped(
        context: &Context,
        id: &'static str,
        name: (&str, &str),
        en: &str,
        ja: &str,
    ) -> Self {
        Self::new(context, id, name, State::Skipped, context.lang.pick(en, ja))
    }

    pub(super) fn with_value(mut self, value: impl Into<Value>) -> Self {
        self.value = value.into();
        self
    }
}
