//! `/v1`: the reference API over HTTP.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, PoisonError},
};

use axum::{
    body::{Body, HttpBody as _},
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderValue, Method as HttpMethod, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

use super::{
    calls::{self, Op, Spec},
    code::{Code, Table},
    command::Command,
    files::{ListOf, RegistrationSearch},
    gate::{Believed, Signed, Unsigned},
    history::{HistorySearch, HistorySort},
    members::Sample,
    read::{self, Query, decoded},
    refusal::{FileFault, Refusal},
    views::{IssueState, Kind},
};
use crate::{
    faults::{FaultKind, FaultRule},
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    web::visit::Visit,
};

/// Largest request body, in bytes: of a file, and of any other call.
const FILE_BYTES: usize = 8 * 1024 * 1024;
const BODY_BYTES: usize = 64 * 1024;

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=Shift_JIS";

/// An answer before it leaves.
struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: Vec<u8>,
    outcome: String,
}

impl Reply {
    fn json(status: StatusCode, value: &Value, outcome: impl Into<String>) -> Self {
        Self {
            status,
            kind: JSON,
            body: value.to_string().into_bytes(),
            outcome: outcome.into(),
        }
    }

    fn api(status: StatusCode, code: &str, message: &str) -> Self {
        let value = json!({"result": "error", "table": "api", "code": code, "message": message});
        Self::json(status, &value, code)
    }

    fn unsigned(why: Unsigned) -> Self {
        let message = match why {
            Unsigned::UnknownKey => "no such key",
            Unsigned::BadSignature => "the signature is not of this request",
            Unsigned::Stale => "the timestamp is more than 300 seconds off",
            Unsigned::Replayed => "the nonce was used before",
            Unsigned::Full => "too many calls in ten minutes",
        };
        let status = match why {
            Unsigned::Full => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::UNAUTHORIZED,
        };
        Self::api(status, why.key(), message)
    }

    fn code(code: Code) -> Self {
        let table = match code.table() {
            Table::Manual => "manual",
            Table::Automatic => "automatic",
        };
        let value = json!({
            "result": "error", "table": table, "code": code.number(), "message": code.text(),
        });
        Self::json(StatusCode::UNPROCESSABLE_ENTITY, &value, code.number())
    }

    fn refusal(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Bad { field, rule } => {
                let value = json!({
                    "result": "error", "table": "api", "code": "bad_request",
                    "field": field, "message": format!("{field}: {rule}"),
                });
                Self::json(
                    StatusCode::BAD_REQUEST,
                    &value,
                    format!("bad_request {field}"),
                )
            }
            Refusal::NotFound => Self::api(StatusCode::NOT_FOUND, "not_found", "no such thing"),
            Refusal::NotYours => {
                Self::api(StatusCode::FORBIDDEN, "not_yours", "it is another site's")
            }
            Refusal::NotAuthenticated => Self::api(
                StatusCode::FORBIDDEN,
                "not_authenticated",
                "this site has not authenticated the user id",
            ),
            Refusal::Conflict(rule) => Self::api(StatusCode::CONFLICT, "conflict", rule),
            Refusal::Deleted => Self::api(
                StatusCode::GONE,
                "deleted",
                "the lists were deleted for good",
            ),
            Refusal::Code(code) => Self::code(*code),
            Refusal::File(fault) => {
                let (code, message) = match fault {
                    FileFault::Malformed => ("malformed", "no CSV of three columns with a row"),
                    FileFault::TooManyRows => ("too_many_rows", "more than 10,000 rows"),
                };
                let value = json!({
                    "result": "error", "table": "file", "code": code, "message": message,
                });
                Self::json(StatusCode::UNPROCESSABLE_ENTITY, &value, code)
            }
        }
    }

    fn ok(mut value: Value) -> Self {
        if let Value::Object(map) = &mut value {
            map.insert("result".to_owned(), Value::from("ok"));
        } else {
            value = json!({"result": "ok"});
        }
        Self::json(StatusCode::OK, &value, "ok")
    }

    fn send(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// A request as it came.
struct Incoming {
    method: String,
    path: String,
    query: String,
    headers: [String; 4],
    body: Vec<u8>,
}

impl Incoming {
    fn signed(&self) -> Signed<'_> {
        let [key_id, timestamp, nonce, signature] = self.headers.each_ref().map(String::as_str);
        Signed {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            key_id,
            timestamp,
            nonce,
            signature,
            body: &self.body,
        }
    }

    fn tran_id(&self) -> String {
        let asked = || {
            let mut pairs = self.query.split('&');
            pairs.find_map(|pair| decoded(pair.strip_prefix("tran_id=")?))
        };
        let found = read::tran_id(&self.body).or_else(asked);
        found.unwrap_or_default().chars().take(64).collect()
    }
}

/// What is read of a body.
enum Read {
    Whole(Vec<u8>),
    /// More than is accepted; nothing of it was kept.
    TooLarge,
}

/// Reads a body of at most `most` bytes. One that says itself that it is longer is not read; one that is not to be kept
/// is read to its end, so that the caller gets to see the answer.
async fn read(mut body: Body, most: usize, keep: bool) -> Result<Read, axum::Error> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    if body.size_hint().lower() > limit {
        return Ok(Read::TooLarge);
    }
    let (mut whole, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        if seen > most {
            return Ok(Read::TooLarge);
        }
        if keep {
            whole.extend_from_slice(&data);
        }
    }
    Ok(Read::Whole(whole))
}

/// A call of a merchant's server.
pub(crate) async fn call(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    method: HttpMethod,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let text = |name: &str| {
        let value = headers.get(name).and_then(|v| v.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let mut incoming = Incoming {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        headers: ["x-key-id", "x-timestamp", "x-nonce", "x-signature"].map(text),
        body: Vec::new(),
    };
    // What no site can have signed is not kept in memory.
    let keep = {
        let gate = gateway.miles.gate.lock();
        let gate = gate.unwrap_or_else(PoisonError::into_inner);
        gate.headers(&incoming.signed()).is_ok()
    };
    let most = match calls::find(&incoming.method, &incoming.path) {
        Some((spec, _)) if spec.op == Op::File => FILE_BYTES,
        _ => BODY_BYTES,
    };
    match read(body, most, keep).await {
        Ok(Read::Whole(body)) => incoming.body = body,
        Ok(Read::TooLarge) => {
            let text = "a file has at most 8 MiB, another call 64 KiB";
            return Reply::api(StatusCode::PAYLOAD_TOO_LARGE, "too_large", text).send();
        }
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    }
    match respond(&gateway, &visit, incoming).await {
        Ok(reply) => reply.send(),
        Err(error) => {
            tracing::error!(%error, "a call of the reference API failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An answer, and what happens to it on its way.
struct Answered {
    reply: Reply,
    fault: Option<FaultRule>,
    works: bool,
}

impl From<Reply> for Answered {
    fn from(reply: Reply) -> Self {
        let (fault, works) = (None, true);
        Self {
            reply,
            fault,
            works,
        }
    }
}

async fn respond(
    gateway: &Arc<Gateway>,
    visit: &Visit,
    incoming: Incoming,
) -> Result<Reply, MockError> {
    let found = calls::find(&incoming.method, &incoming.path);
    let name = found.as_ref().map_or("miles", |(spec, _)| spec.name);
    let tran_id = incoming.tran_id();
    let (site, believed) = {
        let signed = incoming.signed();
        let gate = gateway.miles.gate.lock();
        let mut gate = gate.unwrap_or_else(PoisonError::into_inner);
        let site = gate.claimed(signed.key_id).unwrap_or_default().to_owned();
        (site, gate.believe(&signed, &gateway.clocks()))
    };
    let answered = match believed {
        Err(why) => Reply::unsigned(why).into(),
        Ok(believed) => serve(gateway, &believed, found, &tran_id, &incoming).await?,
    };
    let fault = answered.fault.as_ref();
    let mut conn = gateway.conn().await?;
    let fields = vec![
        ("path".to_owned(), spoken(&incoming.path)),
        (
            "fault".to_owned(),
            fault.map_or_else(String::new, |fault| fault.kind.key()),
        ),
    ];
    let message = Logged {
        direction: "in",
        peer: "merchant",
        message: name,
        merchant_id: &site,
        order_id: &tran_id,
        fields: &fields,
        provenance: Provenance::Assumed,
        outcome: &answered.reply.outcome,
    };
    gateway.log(&mut conn, message).await?;
    drop(conn);
    Ok(spoil(visit, fault, answered.works, answered.reply))
}

/// Serves a call that is signed: only such a one takes a place or uses up a fault.
async fn serve(
    gateway: &Gateway,
    believed: &Believed,
    found: Option<(&'static Spec, Vec<&str>)>,
    tran_id: &str,
    incoming: &Incoming,
) -> Result<Answered, MockError> {
    let site = believed.site.as_str();
    let places = gateway.scenario.office.max_in_flight;
    let Some(_working) = gateway.api.begin(&format!("site {site}"), places) else {
        let text = "too many calls at a time";
        return Ok(Reply::api(StatusCode::TOO_MANY_REQUESTS, "too_many", text).into());
    };
    let name = found.as_ref().map_or("miles", |(spec, _)| spec.name);
    let fault = gateway.faults.draw(name, site, tran_id);
    let delay = fault.as_ref().filter(|rule| rule.kind == FaultKind::Delay);
    if let Some(rule) = delay.filter(|rule| !rule.after_effect) {
        tokio::time::sleep(rule.delay()).await;
    }
    let works = match &fault {
        Some(rule) => match rule.kind {
            FaultKind::LostBefore => false,
            FaultKind::Reset | FaultKind::ServerError | FaultKind::Html | FaultKind::NgResult => {
                rule.after_effect
            }
            _ => true,
        },
        None => true,
    };
    let reply = if works {
        effect(gateway, believed, found, incoming).await?
    } else {
        Reply::api(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "try again")
    };
    if let Some(rule) = delay.filter(|rule| rule.after_effect) {
        tokio::time::sleep(rule.delay()).await;
    }
    Ok(Answered {
        reply,
        fault,
        works,
    })
}

/// Lets a call in and carries it out.
async fn effect(
    gateway: &Gateway,
    believed: &Believed,
    found: Option<(&'static Spec, Vec<&str>)>,
    incoming: &Incoming,
) -> Result<Reply, MockError> {
    let entered = {
        let gate = gateway.miles.gate.lock();
        let mut gate = gate.unwrap_or_else(PoisonError::into_inner);
        gate.enter(believed, &gateway.clocks())
    };
    if let Err(why) = entered {
        return Ok(Reply::unsigned(why));
    }
    gateway.keep_nonce(believed).await?;
    let Some((spec, parameters)) = found else {
        return Ok(Reply::refusal(&Refusal::NotFound));
    };
    let answered = answer(gateway, &believed.site, spec, &parameters, incoming).await?;
    Ok(answered.unwrap_or_else(|refusal| Reply::refusal(&refusal)))
}

/// A path without the user ids in it.
fn spoken(path: &str) -> String {
    match path.strip_prefix("/v1/members/") {
        Some("verify") | None => path.chars().take(200).collect(),
        Some(_) => "/v1/members/***".to_owned(),
    }
}

/// What a fault does to an answer.
fn spoil(visit: &Visit, fault: Option<&FaultRule>, works: bool, mut reply: Reply) -> Reply {
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
        FaultKind::Reset => blow(if works { 60 } else { 0 }),
        FaultKind::ServerError => {
            reply = Reply::api(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "try again");
        }
        FaultKind::Html => {
            reply.status = StatusCode::OK;
            reply.kind = "text/html; charset=utf-8";
            reply.body = "<!doctype html><title>Maintenance</title><h1>Maintenance</h1>".into();
        }
        FaultKind::NgResult => {
            let number = fault.code.as_deref().unwrap_or("42030");
            reply = Reply::code(Code::find(Table::Manual, number).unwrap_or(Code::M42030));
        }
        FaultKind::Truncated => reply.body.truncate(reply.body.len() / 2),
        _ => {}
    }
    reply
}

async fn answer(
    gateway: &Gateway,
    site: &str,
    spec: &Spec,
    parameters: &[&str],
    incoming: &Incoming,
) -> Result<Result<Reply, Refusal>, MockError> {
    let body = incoming.body.as_slice();
    let command = match spec.op {
        Op::Verify => read::user(body).map(Command::Verify),
        Op::Issue => read::issue(body).map(Command::Issue),
        Op::ByHand => read::by_hand(body).map(Command::ByHand),
        Op::File => read::file(body).map(Command::Upload),
        Op::Exchange => read::exchange(body).map(Command::Exchange),
        Op::Cancel => read::cancel(body).map(|request| Command::Cancel {
            request,
            balances: std::collections::BTreeMap::new(),
        }),
        Op::DeleteLists => parameter(parameters, 0).map(Command::DeleteLists),
        _ => return look(gateway, site, spec, parameters, incoming).await,
    };
    let unasked = Query::of(&incoming.query, spec.query);
    match unasked.and(command) {
        Ok(command) => Ok(gateway.office_do(site, command).await?.map(Reply::ok)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

fn parameter(parameters: &[&str], at: usize) -> Result<String, Refusal> {
    let sent = parameters.get(at).and_then(|text| decoded(text));
    sent.ok_or(Refusal::NotFound)
}

fn shown(value: Result<impl serde::Serialize, Refusal>) -> Result<Reply, Refusal> {
    Ok(Reply::ok(serde_json::to_value(value?).unwrap_or_default()))
}

async fn look(
    gateway: &Gateway,
    site: &str,
    spec: &Spec,
    parameters: &[&str],
    incoming: &Incoming,
) -> Result<Result<Reply, Refusal>, MockError> {
    let asked = match Query::of(&incoming.query, spec.query) {
        Ok(asked) => asked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let first = match parameter(parameters, 0) {
        Ok(first) => first,
        Err(_) if parameters.is_empty() => String::new(),
        Err(refusal) => return Ok(Err(refusal)),
    };
    if spec.op == Op::Passbook {
        let login = gateway
            .office_read(|office, _| office.login_of(&first))
            .await?;
        let login = login.unwrap_or_default();
        let balance = gateway.balance_of(&login).await?;
        let balances = std::collections::BTreeMap::from([(login, balance)]);
        let book = gateway
            .office_read(|office, _| office.passbook(site, &first, &balances))
            .await?;
        return Ok(shown(book));
    }
    let second = parameters.get(1).copied().unwrap_or_default();
    gateway
        .office_read(|office, now| {
            let tran_id = || {
                let id = asked.get("tran_id");
                id.ok_or_else(|| Refusal::bad("tran_id", "required"))
            };
            match spec.op {
                Op::Member => shown(office.member(site, &first)),
                Op::Campaign => shown(office.campaign(site, &first)),
                Op::Sample => {
                    let sample = match second {
                        "deposit" => Sample::Deposit,
                        "member_registration" => Sample::MemberRegistration,
                        _ => return Err(Refusal::NotFound),
                    };
                    let text = asked.get("inserted_text").unwrap_or_default();
                    shown(office.sample(site, &first, sample, &text))
                }
                Op::FindIssue => shown(office.find_issue(site, &tran_id()?)),
                Op::FindExchange => shown(office.find_exchange(site, &tran_id()?)),
                Op::FindCancellation => shown(office.find_cancellation(site, &tran_id()?)),
                Op::Cancellation => shown(office.cancellation(site, &first)),
                Op::Registration => shown(office.registration_view(site, &first, now)),
                Op::Registrations => match asked.get("tran_id") {
                    Some(tran_id) => {
                        let kind = registration_kind(&asked)?;
                        shown(office.find_registration(site, &tran_id, kind, now))
                    }
                    None => {
                        let search = registration_search(&asked)?;
                        shown(office.search_registrations(site, &search, now))
                    }
                },
                Op::Completed => list(office.list(site, &first, ListOf::Completed)?),
                Op::Errors => list(office.list(site, &first, ListOf::Errors)?),
                Op::History => {
                    let search = history_search(&asked)?;
                    shown(office.history(site, &first, &search, now))
                }
                Op::Bill => shown(office.bill(site, &first)),
                _ => Err(Refusal::NotFound),
            }
        })
        .await
}

fn list(body: Vec<u8>) -> Result<Reply, Refusal> {
    Ok(Reply {
        status: StatusCode::OK,
        kind: CSV,
        body,
        outcome: "ok".to_owned(),
    })
}

fn registration_kind(asked: &Query) -> Result<Option<Kind>, Refusal> {
    match asked.get("kind").as_deref() {
        None => Ok(None),
        Some("csv") => Ok(Some(Kind::Csv)),
        Some("by_hand") => Ok(Some(Kind::ByHand)),
        Some(_) => Err(Refusal::bad("kind", "csv or by_hand")),
    }
}

fn registration_search(asked: &Query) -> Result<RegistrationSearch, Refusal> {
    Ok(RegistrationSearch {
        campaign_id: asked.get("campaign_id"),
        registration_id: asked.get("registration_id"),
        kind: registration_kind(asked)?,
        from: asked.get("from"),
        to: asked.get("to"),
        page: asked.number("page")?.unwrap_or(1),
    })
}

fn history_search(asked: &Query) -> Result<HistorySearch, Refusal> {
    let state = match asked.get("state").as_deref() {
        None => None,
        Some("held") => Some(IssueState::Held),
        Some("valid") => Some(IssueState::Valid),
        Some("cancelled") => Some(IssueState::Cancelled),
        Some(_) => return Err(Refusal::bad("state", "held, valid or cancelled")),
    };
    Ok(HistorySearch {
        key: asked.get("key"),
        from: asked.get("from"),
        to: asked.get("to"),
        miles_from: asked.number("miles_from")?,
        miles_to: asked.number("miles_to")?,
        state,
        sort: match asked.get("sort") {
            None => HistorySort::default(),
            Some(sort) => HistorySort::parse(&sort)
                .ok_or_else(|| Refusal::bad("sort", "a column, or '-' and a column"))?,
        },
        page: asked.number("page")?.unwrap_or(1),
    })
}
