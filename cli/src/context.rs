//! What every verb is given.

use std::path::PathBuf;

use netmile::Lang;

use crate::arguments::Global;
use crate::config::{self, Config};
use crate::output::Failure;

/// Language, form of the output, configuration.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) lang: Lang,
    pub(crate) json: bool,
    config: Option<PathBuf>,
}

impl Context {
    pub(crate) fn new(lang: Lang, global: &Global) -> Self {
        Self {
            lang,
            json: global.json,
            config: global.config.clone(),
        }
    }

    /// The text in the language asked for.
    pub(crate) fn say<'a>(&self, en: &'a str, ja: &'a str) -> &'a str {
        self.lang.pick(en, ja)
    }

    /// The configuration, read anew; an empty one if there is no file and none was named.
    pub(crate) fn config(&self) -> Result<Config, Failure> {
        config::load(self.lang, self.config.as_deref())
    }
}
