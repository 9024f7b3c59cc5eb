//! Between axum and netmile: messages as they came, answers as they must go out.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use netmile::link::{Ack, HttpPage, RawMessage};

use crate::App;

/// Longest message that is read, in bytes.
pub(crate) const MAX_MESSAGE: usize = 1024 * 1024;

/// The answer to a notice, byte for byte.
pub(crate) fn answer(ack: &Ack) -> Response {
    let kind = [(header::CONTENT_TYPE, ack.content_type())];
    (kind, ack.body().to_vec()).into_response()
}

/// A page of the SDK as axum answers it: bytes and headers untouched.
pub(crate) fn show(page: HttpPage) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    let kind = [(header::CONTENT_TYPE, page.content_type)];
    let mut response = (status, kind, page.body).into_response();
    for (name, value) in page.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            let name = HeaderName::from_static(name);
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A message as it came: the body of a POST, or the query of a GET.
pub(crate) struct Raw(pub(crate) RawMessage);

impl FromRequest<App> for Raw {
    type Rejection = StatusCode;

    async fn from_request(request: Request, _: &App) -> Result<Self, StatusCode> {
        if request.method() == Method::GET {
            return Ok(Self(RawMessage::form(
                request.uri().query().unwrap_or_default(),
            )));
        }
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.map(|kind| String::from_utf8_lossy(kind.as_bytes()).into_owned());
        let body = axum::body::to_bytes(request.into_body(), MAX_MESSAGE).await;
        let raw = RawMessage::form(body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?);
        Ok(Self(match kind {
            Some(kind) => raw.with_content_type(kind),
            None => raw,
        }))
    }
}
