//! The HTTP exchanges of the command: bounded, without redirects, retries or proxies.

use std::time::Duration;

use reqwest::{Client, Method};

use crate::context::Context;
use crate::output::{Exit, Failure};

/// Largest answer that is read, in bytes.
const MOST_BYTES: usize = 8 * 1024 * 1024;
const CONNECT: Duration = Duration::from_secs(5);
/// Bound of one exchange.
pub(crate) const TOTAL: Duration = Duration::from_secs(15);

/// An answer.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) date: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// Nothing was sent.
    NotSent(&'static str),
    /// It may have arrived.
    Lost(&'static str),
}

impl Silence {
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::NotSent(why) | Self::Lost(why) => why,
        }
    }
}

/// What is sent.
pub(crate) struct Sent<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a [(&'static str, &'a str)],
    pub(crate) body: Vec<u8>,
    pub(crate) total: Duration,
}

/// Sends requests.
pub(crate) struct Http(Client);

impl Http {
    pub(crate) fn new(context: &Context) -> Result<Self, Failure> {
        let broken = || {
            Failure::new(
                Exit::Unreachable,
                "http_client",
                context.say(
                    "the HTTP client cannot be built (certificate roots missing?)",
                    "HTTP クライアントを作成できません（ルート証明書がない可能性があります）",
                ),
            )
        };
        // Fails only when a provider is installed already, which is then used.
        let _ = rustls::crypto::CryptoProvider::install_default(
            rustls::crypto::ring::default_provider(),
        );
        Client::builder()
            .connect_timeout(CONNECT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            .build()
            .map(Self)
            .map_err(|_| broken())
    }

    /// One exchange.
    pub(crate) async fn exchange(&self, sent: Sent<'_>) -> Result<Received, Silence> {
        let mut request = self
            .0
            .request(sent.method, sent.url)
            .timeout(sent.total)
            .body(sent.body);
        for (name, value) in sent.headers {
            request = request.header(*name, *value);
        }
        let mut response = request.send().await.map_err(|error| silence(&error))?;
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let (date, location) = (header("date"), header("location"));
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| silence(&error))? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(Silence::Lost("the answer is too large"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Received {
            status,
            date,
            location,
            body,
        })
    }
}

/// What happened, without the URL: it may carry what must not be printed.
fn silence(error: &reqwest::Error) -> Silence {
    if error.is_connect() && error.is_timeout() {
        Silence::NotSent("no connection in time")
    } else if error.is_connect() {
        Silence::NotSent(tls_or_connection(error))
    } else if error.is_builder() {
        Silence::NotSent("the URL is not valid")
    } else if error.is_timeout() {
        Silence::Lost("no answer in time")
    } else {
        Silence::Lost("the exchange broke off")
    }
}

fn tls_or_connection(error: &reqwest::Error) -> &'static str {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let io = inner.downcast_ref::<std::io::Error>();
        let within = io.and_then(std::io::Error::get_ref);
        if inner.is::<rustls::Error>() || within.is_some_and(|e| e.is::<rustls::Error>()) {
            return "the TLS certificate or handshake is not accepted";
        }
        source = inner.source();
    }
    "no connection"
}

/// Runs what waits on the network, on this thread.
pub(crate) fn block_on<T>(
    context: &Context,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            let what = context.say("cannot start", "開始できません");
            Failure::new(Exit::Unreachable, "runtime", format!("{what} ({error})"))
        })?
        .block_on(work)
}

/// Checks a URL that is sent something to: https, or plain http to the loopback.
pub(crate) fn check_url(context: &Context, name: &str, url: &str) -> Result<(), Failure> {
    let mut endpoints = netmile::contract::Endpoints::test();
    endpoints.purchase = url.to_owned();
    endpoints.check().map_err(|_| {
        let rule = context.say(
            "must be an https URL (plain http only to the loopback)",
            "には https の URL を指定してください（http はループバックのみ）",
        );
        Failure::usage("url_invalid", format!("{name} {rule}"))
    })
}
