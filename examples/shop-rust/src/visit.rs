//! Who is visiting: session, form token and language, carried by cookies.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use netmile::Lang;

use crate::App;
use crate::failure::Failure;

/// A visitor's session, form token and language.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// Language of the page.
    pub(crate) lang: Lang,
    /// Secret of the session: 32 hexadecimal digits.
    pub(crate) session: String,
    /// What every form of the session has to carry.
    pub(crate) token: String,
    /// Path and query of the page, without `lang` and `say`: the language switch goes there.
    pub(crate) here: String,
    /// What the last step has to tell, by its code.
    pub(crate) say: Option<String>,
    /// Whether the shop exchanges its points: the menu says so.
    pub(crate) points: bool,
}

/// Reads the visitor's cookies before a page is made, and sets what is missing afterwards.
///
/// The session cookie is `SameSite=Lax`: a form of another site cannot act in the visitor's name, while the visitor
/// who comes back from the gateway is still known after the redirect to the order's page.
pub(crate) async fn meet(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let known =
        cookie(request.headers(), session_name(&app)).and_then(|value| parse_session(&value));
    let is_new = known.is_none();
    let (session, token) = known.unwrap_or_else(|| (random_hex(), random_hex()));
    let (here, wanted, say) = split_query(request.uri().path(), request.uri().query());
    let lang = wanted
        .or_else(|| cookie(request.headers(), "shop_lang").and_then(|value| lang_of(&value)))
        .unwrap_or_else(|| accepted(request.headers()));
    request.extensions_mut().insert(Visit {
        lang,
        session: session.clone(),
        token: token.clone(),
        here,
        say,
        points: app.client.site().is_ok(),
    });
    let mut response = next.run(request).await;
    let mut set = |cookie: String| {
        if let Ok(value) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    };
    if is_new {
        set(session_cookie(&app, &session, &token));
    }
    if let Some(lang) = wanted {
        let secure = if app.secure { "; Secure" } else { "" };
        let code = lang.pick("en", "ja");
        set(format!(
            "shop_lang={code}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}"
        ));
    }
    response
}

fn session_name(app: &App) -> &'static str {
    if app.secure { "__Host-shop" } else { "shop" }
}

fn session_cookie(app: &App, session: &str, token: &str) -> String {
    let (name, secure) = (session_name(app), if app.secure { "; Secure" } else { "" });
    format!("{name}={session}.{token}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// A session's new id, and the header that tells it to the browser.
pub(crate) fn renewed(app: &App) -> (String, [(HeaderName, String); 1]) {
    let (session, token) = (random_hex(), random_hex());
    let cookie = session_cookie(app, &session, &token);
    (session, [(SET_COOKIE, cookie)])
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let visit = parts.extensions.get::<Self>().cloned();
        visit.ok_or(Failure::NotFound)
    }
}

/// The fields of a form that carries the session's token.
#[derive(Debug)]
pub(crate) struct Posted(Vec<(String, String)>);

impl Posted {
    /// The first value of a field; empty when there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let token = request.extensions().get::<Visit>().map(|v| v.token.clone());
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let posted = Self(form.map_err(|_| Failure::NotAForm)?.0);
        match token {
            Some(token) if token == posted.get("token") => Ok(posted),
            _ => Err(Failure::ForeignForm),
        }
    }
}

/// 32 hexadecimal digits from the system's generator.
pub(crate) fn random_hex() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Whether this is what [`random_hex`] makes.
pub(crate) fn is_hex(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn parse_session(value: &str) -> Option<(String, String)> {
    let (session, token) = value.split_once('.')?;
    (is_hex(session) && is_hex(token)).then(|| (session.to_owned(), token.to_owned()))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn lang_of(code: &str) -> Option<Lang> {
    match code {
        "en" => Some(Lang::En),
        "ja" => Some(Lang::Ja),
        _ => None,
    }
}

/// The first of the browser's languages that the shop speaks, else Japanese.
fn accepted(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    wanted
        .unwrap_or_default()
        .split(',')
        .find_map(|tag| lang_of(tag.trim().get(..2)?))
        .unwrap_or(Lang::Ja)
}

fn split_query(path: &str, query: Option<&str>) -> (String, Option<Lang>, Option<String>) {
    let (mut lang, mut say, mut kept) = (None, None, Vec::new());
    for pair in query
        .unwrap_or_default()
        .split('&')
        .filter(|p| !p.is_empty())
    {
        match pair.split_once('=') {
            Some(("lang", code)) => lang = lang_of(code),
            Some(("say", code)) => say = Some(code.to_owned()),
            _ => kept.push(pair),
        }
    }
    let here = if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    };
    (here, lang, say)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_switch_keeps_the_rest_of_the_query() {
        let (here, lang, say) = split_query("/checkout", Some("item=letter&lang=en&say=x"));
        assert_eq!(here, "/checkout?item=letter");
        assert_eq!((lang, say.as_deref()), (Some(Lang::En), Some("x")));
        assert_eq!(split_query("/", None).0, "/");
    }

    #[test]
    fn only_what_the_shop_made_is_a_session() {
        let good = format!("{}.{}", random_hex(), random_hex());
        assert!(parse_session(&good).is_some());
        for bad in ["", ".", "a.b", &good.to_uppercase(), &format!("{good}0")] {
            let upper_is_digits = *bad == *good;
            assert!(upper_is_digits || parse_session(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_browsers_first_known_language_wins() {
        let mut headers = HeaderMap::new();
        assert_eq!(accepted(&headers), Lang::Ja);
        let value = HeaderValue::from_static("fr;q=0.9, en-GB, ja");
        headers.insert(ACCEPT_LANGUAGE, value);
        assert_eq!(accepted(&headers), Lang::En);
    }
}
