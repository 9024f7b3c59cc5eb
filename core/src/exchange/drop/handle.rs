//! Answering NetMile, without any web framework.

use std::fmt;
use std::net::IpAddr;

use super::file::{check_result_end, part};
use super::store::is_finished;
use super::{BasicCredentials, DropName, DropPart, DropStore, IpRange, Kept};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::settle::settle;
use crate::reference::check_id;

/// Longest result that is taken, in bytes. Set the limit of the web server to at least as much.
pub const MAX_RESULT_BYTES: usize = 8 * 1024 * 1024;

/// What the web server received. `Debug` shows method and path only.
#[derive(Clone, Copy)]
pub struct DropRequest<'a> {
    /// Such as `GET`.
    pub method: &'a str,
    /// The path as it was sent, without a query.
    pub path: &'a str,
    /// Who sent it: the address of the connection. Behind a proxy of your own, what that proxy says; never a header that
    /// anybody can send.
    pub peer_ip: IpAddr,
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

impl fmt::Debug for DropRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DropRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What the web server sends back. `Debug` shows the status only.
#[derive(Clone, PartialEq, Eq)]
pub struct DropResponse {
    /// The HTTP status.
    pub status: u16,
    /// Further headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body.
    pub body: Vec<u8>,
}

impl DropResponse {
    fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![
                ("content-type", content_type),
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
            ],
            body: body.into(),
        }
    }

    fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl fmt::Debug for DropResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DropResponse")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// The merchant's side of flow ②: hand it each request below its path, and send what it gives back.
///
/// Both checks of the guides come first: the address, then Basic authentication. What it serves are files that are
/// finished; what it takes are results of such files, once: a result may be replaced until its `.end` confirms it.
///
/// ```
/// use netmile::Miles;
/// use netmile::exchange::ExchangeRow;
/// use netmile::exchange::drop::*;
/// use netmile::reference::User;
/// use netmile::time::Timestamp;
///
/// let credentials = BasicCredentials::new("netmile", "only-an-example")?;
/// let drop = ExchangeDrop::new("8763", "/netmile", credentials)?.allow("203.0.113.0/24".parse()?);
/// let mut store = MemoryDrop::default();
/// let row = ExchangeRow::new(&User::user_id("1001")?, "CUST0001", Miles::new(100));
/// let run = Timestamp::parse_jst("20261122030000")?;
/// DropFile::write("8763", run, [row])?.publish(&mut store)?;
///
/// let request = DropRequest {
///     method: "GET",
///     path: "/netmile/",
///     peer_ip: "203.0.113.9".parse().unwrap(),
///     authorization: Some("Basic bmV0bWlsZTpvbmx5LWFuLWV4YW1wbGU="),
///     body: b"",
/// };
/// let response = drop.handle(&request, &mut store);
/// assert_eq!((response.status, response.body.as_slice()), (200, &b"NMEXC_8763_202611220300.csv\n"[..]));
/// let stranger = DropRequest { peer_ip: "198.51.100.1".parse().unwrap(), ..request };
/// assert_eq!(drop.handle(&stranger, &mut store).status, 403);
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/reference-api.md#files-that-netmile-fetches
#[derive(Clone, Debug)]
pub struct ExchangeDrop {
    site_id: String,
    base: String,
    allowed: Vec<IpRange>,
    credentials: BasicCredentials,
}

impl ExchangeDrop {
    /// The drop of a site under a path, such as `/netmile`. Nobody may come before [`allow`](Self::allow) says who.
    ///
    /// # Errors
    /// `invalid_value` for a site id that is none; `configuration` for a path that is not empty and has anything but
    /// letters, digits, `_`, `-`, `.` and single slashes.
    pub fn new(site_id: &str, base_path: &str, credentials: BasicCredentials) -> Result<Self> {
        check_id("site_id", site_id, 32)?;
        let base = base_path.trim_end_matches('/');
        let fits = base.is_empty() || base.strip_prefix('/').is_some_and(are_segments);
        if !fits {
            return Err(Error::field(
                ErrorKind::Configuration,
                "base_path",
                "must be a plain path such as /netmile",
            ));
        }
        Ok(Self {
            site_id: site_id.to_owned(),
            base: base.to_owned(),
            allowed: Vec::new(),
            credentials,
        })
    }

    /// Lets an address or a network in.
    #[must_use]
    pub fn allow(mut self, range: IpRange) -> Self {
        self.allowed.push(range);
        self
    }

    /// Answers one request. It changes nothing but by keeping a result. Requests about one run must not be answered at the
    /// same time: `&mut` says so within a process, and several processes need a lock of the store.
    #[must_use]
    pub fn handle(&self, request: &DropRequest<'_>, store: &mut dyn DropStore) -> DropResponse {
        if !self
            .allowed
            .iter()
            .any(|range| range.contains(request.peer_ip))
        {
            return DropResponse::text(403, "this address may not come here\n");
        }
        let authorized = request
            .authorization
            .is_some_and(|header| self.credentials.fits(header));
        if !authorized {
            return DropResponse::text(401, "name or password is wrong\n")
                .with("www-authenticate", "Basic realm=\"exchange\"");
        }
        let path = request.path.strip_prefix(self.base.as_str());
        let Some(path) = path.and_then(|path| path.strip_prefix('/')) else {
            return nothing();
        };
        let answered = match (request.method, path.strip_prefix("results/")) {
            ("GET", None) if path.is_empty() => list(&self.site_id, store),
            ("GET", None) => self
                .own(path)
                .map_or_else(|| Ok(nothing()), |n| serve(&n, store)),
            ("POST", Some(name)) => self
                .own(name)
                .map_or_else(|| Ok(nothing()), |n| take(&n, request.body, store)),
            (_, None) => Ok(DropResponse::text(405, "only GET\n").with("allow", "GET")),
            (_, Some(_)) => Ok(DropResponse::text(405, "only POST\n").with("allow", "POST")),
        };
        answered.unwrap_or_else(|_| DropResponse::text(500, "the drop has a fault\n"))
    }

    /// The name of a file of this site.
    fn own(&self, name: &str) -> Option<DropName> {
        let name = DropName::parse(name).ok();
        name.filter(|name| name.site_id() == self.site_id)
    }
}

fn are_segments(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.".contains(&b);
    path.split('/').all(|segment| {
        !segment.is_empty() && !matches!(segment, "." | "..") && segment.bytes().all(plain)
    })
}

fn nothing() -> DropResponse {
    DropResponse::text(404, "there is no such file\n")
}

/// Names of the files that are finished and have no result yet.
fn list(site_id: &str, store: &dyn DropStore) -> Result<DropResponse> {
    let mut names = store.names()?;
    names.retain(|name| name.site_id() == site_id);
    names.sort();
    let has = |name: &DropName, part| names.binary_search(&name.with(part)).is_ok();
    let mut body = String::new();
    for name in &names {
        let waits = name.part() == DropPart::Exchanges
            && has(name, DropPart::ExchangesEnd)
            && !has(name, DropPart::ResultEnd);
        if waits {
            body.push_str(&name.to_string());
            body.push('\n');
        }
    }
    Ok(DropResponse::text(200, body))
}

fn serve(name: &DropName, store: &dyn DropStore) -> Result<DropResponse> {
    let (DropPart::Exchanges | DropPart::ExchangesEnd) = name.part() else {
        return Ok(nothing());
    };
    if !is_finished(store, name)? {
        return Ok(nothing());
    }
    Ok(match (store.read(name)?, name.part()) {
        (Some(bytes), DropPart::Exchanges) => {
            DropResponse::new(200, "text/csv; charset=Shift_JIS", bytes)
        }
        (Some(bytes), _) => DropResponse::text(200, bytes),
        (None, _) => nothing(),
    })
}

fn take(name: &DropName, body: &[u8], store: &mut dyn DropStore) -> Result<DropResponse> {
    let (DropPart::Result | DropPart::ResultEnd) = name.part() else {
        return Ok(nothing());
    };
    if !is_finished(store, name)? {
        return Ok(nothing());
    }
    if body.len() > MAX_RESULT_BYTES {
        return Ok(DropResponse::text(413, "the file is too large\n"));
    }
    let mut replaces = false;
    if let Some(known) = store.read(name)? {
        if known == body {
            return Ok(kept(Kept::Same));
        }
        if name.part() != DropPart::Result || is_confirmed(store, name, &known)? {
            return Ok(kept(Kept::Other));
        }
        replaces = true;
    }
    let checked = match name.part() {
        DropPart::Result => settle(&part(store, name, DropPart::Exchanges)?, body).map(|_| ()),
        _ => match store.read(&name.with(DropPart::Result))? {
            Some(result) => check_result_end(&result, body, name),
            None => return Ok(DropResponse::text(409, "the .csv comes first\n")),
        },
    };
    if let Err(error) = checked {
        // Faults name lines and rules, never values.
        return Ok(DropResponse::text(422, format!("{}\n", error.detail())));
    }
    if replaces {
        store.replace(name, body)?;
        return Ok(DropResponse::text(200, "kept instead\n"));
    }
    Ok(kept(store.keep(name, body)?))
}

/// Whether the `.end` of a result is there and is about these bytes. Until then a result may have come damaged.
fn is_confirmed(store: &dyn DropStore, name: &DropName, result: &[u8]) -> Result<bool> {
    let end = store.read(&name.with(DropPart::ResultEnd))?;
    Ok(end.is_some_and(|end| check_result_end(result, &end, name).is_ok()))
}

fn kept(kept: Kept) -> DropResponse {
    match kept {
        Kept::New => DropResponse::text(201, "kept\n"),
        Kept::Same => DropResponse::text(200, "it was here already\n"),
        Kept::Other => DropResponse::text(409, "another file of this name is here already\n"),
    }
}
