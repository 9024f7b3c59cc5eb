//! `POST /api/xmlapi.do`.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use super::{book::Book, call::ApiRequest, function::FunctionId, peek::Peek};
use crate::{
    faults::{FaultKind, FaultRule},
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    web::visit::Visit,
};

/// A call of a merchant's server.
pub(crate) async fn call(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let limit = gateway.scenario.rules.max_body_bytes;
    let Ok(bytes) = axum::body::to_bytes(body, limit).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "413 Payload Too Large").into_response();
    };
    let text = |name: header::HeaderName| {
        let value = headers.get(name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    let incoming = Incoming {
        authorization: text(header::AUTHORIZATION),
        content_type: text(header::CONTENT_TYPE),
        bytes: bytes.to_vec(),
    };
    let peek = gateway.api.book.lock().await.peek(&incoming.request());
    let who = format!("{}{}", peek.merchant_id, peek.service_id);
    let rules = &gateway.scenario.api;
    // Held until the answer is ready.
    let _working = if who.is_empty() {
        // Nobody's call takes nobody's place.
        None
    } else if let Some(working) = gateway.api.begin(&who, rules.max_in_flight) {
        Some(working)
    } else {
        let status =
            StatusCode::from_u16(rules.busy_status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        log_busy(&gateway, &peek).await;
        return (status, "too many calls at the same time").into_response();
    };
    let name = peek.function.as_ref().map_or("api", FunctionId::as_str);
    let fault = gateway
        .faults
        .draw_for(name, &peek.merchant_id, &peek.order_id, peek.says_amount);
    let broken = Broken::of(fault.as_ref());
    if broken.delay_first {
        sleep(fault.as_ref()).await;
    }
    let outcome = if broken.works {
        work(&gateway, &incoming, &peek, fault.as_ref().map(|f| f.kind)).await
    } else {
        Ok(None)
    };
    if broken.delay_last {
        sleep(fault.as_ref()).await;
    }
    match outcome {
        Ok(reply) => {
            let reply = reply.unwrap_or_else(Reply::unavailable);
            let now = gateway.clock.now();
            broken
                .answer(&visit, fault.as_ref(), peek.function.as_ref(), now, reply)
                .send()
        }
        Err(error) => {
            tracing::error!(%error, "an API call failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

struct Incoming {
    authorization: Option<String>,
    content_type: Option<String>,
    bytes: Vec<u8>,
}

impl Incoming {
    fn request(&self) -> ApiRequest<'_> {
        ApiRequest {
            authorization: self.authorization.as_deref(),
            content_type: self.content_type.as_deref(),
            body: &self.bytes,
        }
    }
}

async fn sleep(fault: Option<&FaultRule>) {
    if let Some(rule) = fault {
        tokio::time::sleep(rule.delay()).await;
    }
}

async fn work(
    gateway: &Gateway,
    incoming: &Incoming,
    peek: &Peek,
    fault: Option<FaultKind>,
) -> Result<Option<Reply>, MockError> {
    let handled = gateway.api_call(&incoming.request(), peek, fault).await?;
    Ok(Some(Reply {
        status: StatusCode::from_u16(handled.status).unwrap_or(StatusCode::OK),
        content_type: handled.content_type,
        body: handled.body,
    }))
}

/// An answer before it leaves.
struct Reply {
    status: StatusCode,
    content_type: &'static str,
    body: Vec<u8>,
}

impl Reply {
    fn unavailable() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            content_type: "text/plain",
            body: b"503 Service Unavailable".to_vec(),
        }
    }

    fn send(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        );
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        if self.status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Basic realm=\"api\"");
            headers.insert(header::WWW_AUTHENTICATE, realm);
        }
        response
    }
}

async fn log_busy(gateway: &Gateway, peek: &Peek) {
    let logged = async {
        let mut conn = gateway.conn().await?;
        let message = Logged {
            direction: "in",
            peer: "merchant",
            message: peek.function.as_ref().map_or("api", FunctionId::as_str),
            merchant_id: &peek.merchant_id,
            order_id: &peek.order_id,
            fields: &peek.logged,
            provenance: Provenance::Assumed,
            outcome: "refused: too many calls at the same time",
        };
        gateway.log(&mut conn, message).await
    };
    if let Err(error) = logged.await {
        tracing::error!(%error, "the log could not be written");
    }
}

/// What a fault does to a call.
#[derive(Debug, Clone, Copy)]
struct Broken {
    works: bool,
    delay_first: bool,
    delay_last: bool,
}

impl Broken {
    fn of(fault: Option<&FaultRule>) -> Self {
        let after = fault.is_some_and(|f| f.after_effect);
        let works = match fault.map(|f| f.kind) {
            Some(FaultKind::LostBefore) => false,
            Some(
                FaultKind::Reset | FaultKind::ServerError | FaultKind::Html | FaultKind::NgResult,
            ) => after,
            _ => true,
        };
        let delay = fault.is_some_and(|f| f.kind == FaultKind::Delay);
        Self {
            works,
            delay_first: delay && !after,
            delay_last: delay && after,
        }
    }

    fn answer(
        self,
        visit: &Visit,
        fault: Option<&FaultRule>,
        function: Option<&FunctionId>,
        now: i64,
        mut reply: Reply,
    ) -> Reply {
        let blow = |bytes: usize| {
            if let Some(fuse) = &visit.fuse {
                fuse.blow_after(bytes);
            }
        };
        let Some(fault) = fault else {
            return reply;
        };
        match fault.kind {
            FaultKind::LostBefore | FaultKind::LostAfter => blow(0),
            FaultKind::Reset => blow(if self.works { 60 } else { 0 }),
            FaultKind::ServerError => return Reply::unavailable(),
            FaultKind::Html => {
                let page = "<!doctype html><title>Maintenance</title><h1>Maintenance</h1>";
                reply = Reply {
                    status: StatusCode::OK,
                    content_type: "text/html; charset=utf-8",
                    body: page.into(),
                };
            }
            FaultKind::NgResult => {
                let method = function.map_or("999", FunctionId::method);
                let code = match fault.code.as_deref() {
                    Some(code) if code.len() == 8 => code.to_owned(),
                    Some(kind) => format!("{method}{kind}999"),
                    None => format!("{method}80999"),
                };
                reply = Reply {
                    status: StatusCode::OK,
                    content_type: super::answer::XML,
                    body: Book::ng_answer(function, &code, now),
                };
            }
            FaultKind::Truncated => reply.body.truncate(reply.body.len() / 2),
            _ => {}
        }
        reply
    }
}
