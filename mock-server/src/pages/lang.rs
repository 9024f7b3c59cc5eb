//! The two languages of the pages and how one of them is picked.

/// Language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese, the default.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Japanese first.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// Code as used in `?lang=`, in the cookie `lang` and in the `lang` attribute.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }

    /// Reads a code (`ja` or `en`, any letter case); everything else is `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim();
        Self::ALL
            .into_iter()
            .find(|lang| code.eq_ignore_ascii_case(lang.code()))
    }

    /// Picks the language: `?lang=`, else the cookie, else `Accept-Language`, else Japanese.
    ///
    /// Values that are not understood are passed over. At most the first 16 entries of
    /// `Accept-Language` are looked at; the highest weight wins, the earlier one on a tie, and an
    /// entry of weight 0 is a refusal.
    ///
    /// ```
    /// use netmile_mock::pages::Lang;
    ///
    /// assert_eq!(Lang::pick(Some("en"), Some("ja"), None), Lang::En);
    /// assert_eq!(Lang::pick(None, None, Some("fr, en-GB;q=0.8, ja;q=0.5")), Lang::En);
    /// assert_eq!(Lang::pick(None, None, Some("fr")), Lang::Ja);
    /// ```
    #[must_use]
    pub fn pick(query: Option<&str>, cookie: Option<&str>, accept_language: Option<&str>) -> Self {
        query
            .and_then(Self::from_code)
            .or_else(|| cookie.and_then(Self::from_code))
            .or_else(|| accept_language.and_then(Self::accepted))
            .unwrap_or_default()
    }

    fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for entry in header.split(',').take(16) {
            let mut parts = entry.split(';');
            let tag = parts.next().unwrap_or_default();
            let primary = tag.split('-').next().unwrap_or_default();
            let Some(lang) = Self::from_code(primary) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |text| text.trim().parse::<f32>().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// The text of the page's language; both stand side by side where they are used.
pub(crate) const fn t<'a>(lang: Lang, ja: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}
