//! One request of a browser: language, cookies, query, and how answers are made.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::Body,
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use crate::{
    gateway::Gateway,
    net::Fuse,
    options::MockError,
    pages::{self, Frame, Lang, Problem, ProblemPage, ShiftJisPage},
    wire::form::{self, Bounds, Fields},
};

/// Largest form of the mock's own pages, in bytes.
const PAGE_FORM_BYTES: usize = 64 * 1024;

/// What the handlers know of a request besides its body.
pub(crate) struct Visit {
    pub(crate) lang: Lang,
    pub(crate) query: Fields,
    pub(crate) fuse: Option<Fuse>,
    here: String,
    cookies: Vec<(String, String)>,
    chosen: bool,
}

impl FromRequestParts<Arc<Gateway>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &Arc<Gateway>,
    ) -> Result<Self, Self::Rejection> {
        let bounds = Bounds {
            bytes: 4_096,
            fields: 64,
        };
        let query = form::parse_utf8(parts.uri.query().unwrap_or_default().as_bytes(), bounds);
        let cookies = cookies(&parts.headers);
        let of = |list: &Fields, name: &str| {
            list.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())
        };
        let asked = of(&query, "lang");
        let accept = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|v| v.to_str().ok());
        let lang = Lang::pick(asked.as_deref(), of(&cookies, "lang").as_deref(), accept);
        let rest: Vec<&str> = parts
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|p| !p.is_empty() && !p.starts_with("lang=") && *p != "lang")
            .collect();
        let path: String = parts.uri.path().chars().take(500).collect();
        let here = if rest.is_empty() {
            path
        } else {
            let query: String = rest.join("&").chars().take(500).collect();
            format!("{path}?{query}")
        };
        Ok(Self {
            lang,
            fuse: parts
                .extensions
                .get::<ConnectInfo<Fuse>>()
                .map(|info| info.0.clone()),
            here,
            chosen: asked.as_deref().and_then(Lang::from_code).is_some(),
            cookies,
            query,
        })
    }
}

fn cookies(headers: &HeaderMap) -> Fields {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .take(64)
        .filter_map(|pair| pair.split_once('='))
        .map(|(n, v)| (n.trim().to_owned(), v.trim().to_owned()))
        .collect()
}

impl Visit {
    pub(crate) fn ask(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The text of the visitor's language.
    pub(crate) fn t<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// A frame whose language switch comes back here by GET.
    pub(crate) fn frame(&self) -> Frame {
        Frame::new(self.lang, self.here.clone())
    }

    /// A frame for the answer to a POST: the switch leads to a page that can be fetched.
    pub(crate) fn frame_at(&self, here: &str) -> Frame {
        Frame::new(self.lang, here)
    }

    pub(crate) fn html(&self, page: String) -> Response {
        self.finish(
            StatusCode::OK,
            "text/html; charset=utf-8",
            page.into_bytes(),
        )
    }

    pub(crate) fn shift_jis(&self, page: ShiftJisPage) -> Response {
        self.finish(
            StatusCode::OK,
            ShiftJisPage::CONTENT_TYPE,
            page.into_bytes(),
        )
    }

    pub(crate) fn problem(&self, problem: Problem, detail: Option<&str>) -> Response {
        let page = ProblemPage {
            problem,
            detail: detail.map(str::to_owned),
        };
        let html = pages::problem(&self.frame_at("/"), &page);
        let status =
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.finish(status, "text/html; charset=utf-8", html.into_bytes())
    }

    fn finish(&self, status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response {
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        // Pages show the state of the moment: back and reload must ask again.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(pages::CONTENT_SECURITY_POLICY),
        );
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        );
        if self.chosen {
            let cookie = match self.lang {
                Lang::Ja => "lang=ja; Path=/; Max-Age=31536000; SameSite=Lax",
                Lang::En => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax",
            };
            headers.append(header::SET_COOKIE, HeaderValue::from_static(cookie));
        }
        response
    }

    /// The page of an error that should not happen.
    pub(crate) fn broken(&self, error: &MockError) -> Response {
        match error {
            MockError::NotFound { .. } => self.problem(Problem::NotFound, None),
            other => {
                tracing::error!(error = %other, "page failed");
                self.problem(Problem::Internal, None)
            }
        }
    }
}

/// Answers of the mock's own pages; an error becomes its page.
pub(crate) fn answer(visit: &Visit, outcome: Result<Response, MockError>) -> Response {
    outcome.unwrap_or_else(|error| visit.broken(&error))
}

/// Post-redirect-get.
pub(crate) fn see(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let target = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, target);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Adds a cookie to an answer.
pub(crate) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Reads a form of the mock's own pages.
pub(crate) async fn page_form(visit: &Visit, body: Body) -> Result<Fields, Box<Response>> {
    match axum::body::to_bytes(body, PAGE_FORM_BYTES).await {
        Ok(bytes) => Ok(form::parse_utf8(
            &bytes,
            Bounds {
                bytes: PAGE_FORM_BYTES,
                fields: 200,
            },
        )),
        Err(_) => Err(Box::new(visit.problem(Problem::TooLarge, None))),
    }
}

/// A value of a form.
pub(crate) fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields
        .iter()
        .find(|(n, _)| n == name)
        .map_or("", |(_, v)| v.as_str())
}

pub(crate) async fn not_found(visit: Visit) -> Response {
    visit.problem(Problem::NotFound, None)
}

pub(crate) async fn not_allowed(visit: Visit) -> Response {
    visit.problem(Problem::MethodNotAllowed, None)
}
