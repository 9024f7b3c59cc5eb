//! A small real shop that takes NetMile payments.
//!
//! What a developer copies is `payment.rs` and the loop in `fulfilment.rs`: taking payments is no more than that. The
//! rest is a shop like any other: a catalogue, a basket, orders, pages, a desk for the staff.
//!
//! | module | what |
//! |---|---|
//! | `payment` | starting a payment, taking the notice, meeting the browser that comes back |
//! | `own` | charging on the shop's own screens, by API type: miles; `card` cards, `slip` slips for the till |
//! | `subscription` | billing each month, by API type |
//! | `exchange` | turns the shop's points into miles |
//! | `message` | between axum and netmile |
//! | `fulfilment` | sends the goods, once, from netmile's outbox |
//! | `store` | the shop's own tables |
//! | `pages` | every page and the forms on it |
//! | `visit` | session, form token, language |
//! | `testing` | faults for tests |

mod card;
mod catalogue;
mod exchange;
mod failure;
mod fulfilment;
mod message;
mod options;
mod own;
mod pages;
mod payment;
mod slip;
mod store;
mod subscription;
pub mod testing;
mod visit;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use netmile::Client;
use netmile::time::Clock;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinHandle;

pub use options::{
    Merchant, Reward, ShopError, ShopOptions, card_captured_by, demo_reward, demo_site,
    read_api_ids,
};
pub use store::Fulfilment;

use store::Store;
use testing::Testing;

/// What every handler shares.
pub(crate) struct Shared {
    pub(crate) client: Client,
    pub(crate) store: Store,
    /// Base address that browsers and the gateway see, without a slash at its end.
    pub(crate) public_url: String,
    /// Whether that address is https.
    pub(crate) secure: bool,
    pub(crate) desk_password: String,
    /// The tag of the thank-you page.
    pub(crate) reward: Option<Reward>,
    pub(crate) clock: Arc<dyn Clock>,
    /// NetMile's page for new members.
    pub(crate) join_url: Option<String>,
    /// Wakes the fulfilment.
    pub(crate) wake: Notify,
    /// Held during one pass over the outbox.
    pub(crate) fulfilling: Mutex<()>,
    pub(crate) testing: Testing,
}

pub(crate) type App = Arc<Shared>;

/// Longest form of the shop's own pages, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// How long open connections may take to finish when the shop stops.
const GRACE: Duration = Duration::from_secs(2);

fn router(app: App) -> Router {
    let messages = Router::new()
        .route(
            "/netmile/notify",
            post(payment::notice)
                .route_layer(from_fn_with_state(Arc::clone(&app), testing::interfere)),
        )
        .route("/netmile/api-notify", post(own::notice))
        .route(
            "/netmile/success",
            get(payment::success).post(payment::success),
        )
        .route(
            "/netmile/cancel",
            get(payment::cancel).post(payment::cancel),
        )
        .route("/netmile/error", get(payment::error).post(payment::error));
    let pages = pages::router()
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn(pages::layout::guard))
        .layer(from_fn_with_state(Arc::clone(&app), visit::meet));
    // Outside the layers: a style sheet meets nobody.
    let style = pages::layout::router();
    let all = messages.merge(style).merge(pages);
    all.layer(from_fn(whole)).with_state(app)
}

/// Answers a request to its end even if the browser has gone: a second click hangs up on the first, and a handler that
/// is dropped in the middle of a transaction costs its database connection.
async fn whole(request: Request, next: Next) -> Response {
    let answer = tokio::spawn(next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Waits for Ctrl-C, or for the signal that asks a process to end.
///
/// # Errors
/// When the system gives no signal handler.
pub async fn interrupted() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut asked_to_end = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = asked_to_end.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// A running shop. Dropping it stops it at once; [`Shop::stop`] lets open requests finish.
pub struct Shop {
    app: App,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    fulfilment: JoinHandle<()>,
}

impl Shop {
    /// Starts a shop; it answers as soon as this returns.
    ///
    /// # Errors
    /// [`ShopError`] when the address is taken, the database unusable, or the merchant's data wrong.
    pub async fn start(options: ShopOptions) -> Result<Self, ShopError> {
        let listen = |source| ShopError::Listen {
            address: options.listen,
            source,
        };
        let listener = TcpListener::bind(options.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let given = options.public_url.clone();
        let public_url = given.unwrap_or_else(|| format!("http://{address}"));
        let app = Arc::new(Shared {
            client: payment::connect(&options).await?,
            store: Store::open(options.database.as_deref()).await?,
            secure: public_url.starts_with("https://"),
            public_url: public_url.trim_end_matches('/').to_owned(),
            desk_password: options.desk_password,
            reward: options.reward,
            clock: options.clock,
            join_url: options.join_url,
            wake: Notify::new(),
            fulfilling: Mutex::new(()),
            testing: options.testing,
        });
        let (stop, mut stopped) = watch::channel(false);
        let fulfilment = tokio::spawn(fulfilment::run(Arc::clone(&app), stopped.clone()));
        let serve =
            axum::serve(listener, router(Arc::clone(&app))).with_graceful_shutdown(async move {
                let _ = stopped.wait_for(|stop| *stop).await;
            });
        let server = tokio::spawn(async move {
            if let Err(error) = serve.await {
                tracing::error!(%error, "the server ended");
            }
        });
        Ok(Self {
            app,
            address,
            stop,
            server,
            fulfilment,
        })
    }

    /// Base address that browsers see.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.app.public_url
    }

    /// Address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The payment client of this shop.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.app.client
    }

    /// The faults of this shop, for tests.
    #[must_use]
    pub fn testing(&self) -> &Testing {
        &self.app.testing
    }

    /// Everything that was fulfilled, oldest first.
    ///
    /// # Errors
    /// [`ShopError::Database`].
    pub async fn fulfilments(&self) -> Result<Vec<Fulfilment>, ShopError> {
        Ok(self.app.store.fulfilments(None).await?)
    }

    /// Takes what waits in the outbox now, instead of within a second.
    ///
    /// # Errors
    /// [`ShopError`] when the journal or the database fails.
    pub async fn fulfil_now(&self) -> Result<(), ShopError> {
        fulfilment::work(&self.app).await
    }

    /// Stops: no new connections, open requests finish within two seconds, the database closes.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        for task in [&mut self.server, &mut self.fulfilment] {
            if tokio::time::timeout(GRACE, &mut *task).await.is_err() {
                task.abort();
            }
        }
        self.app.store.close().await;
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.server.abort();
        self.fulfilment.abort();
    }
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shop")
            .field("url", &self.app.public_url)
            .finish_non_exhaustive()
    }
}
