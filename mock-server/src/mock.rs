//! A running mock.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    admin::Admin,
    gateway::Gateway,
    net::{Fuse, Fused},
    options::{MockError, Options},
    web,
};

/// How long open connections may take to finish when the mock stops.
const GRACE: Duration = Duration::from_secs(2);

/// A running mock. Dropping it stops it at once; [`Mock::stop`] lets open requests finish.
#[derive(Debug)]
pub struct Mock {
    gateway: Arc<Gateway>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    ticker: Option<JoinHandle<()>>,
}

impl Mock {
    /// Starts a mock; it answers as soon as this returns.
    ///
    /// # Errors
    /// [`MockError`] when the scenario is wrong, the address is taken or the database unusable.
    pub async fn start(options: Options) -> Result<Self, MockError> {
        let listener =
            TcpListener::bind(options.listen)
                .await
                .map_err(|source| MockError::Listen {
                    address: options.listen,
                    source,
                })?;
        let address = listener.local_addr().map_err(|source| MockError::Listen {
            address: options.listen,
            source,
        })?;
        let gateway = Gateway::open(&options).await?;
        // A mock that listens everywhere still reaches itself over loopback.
        let mut own = address;
        if own.ip().is_unspecified() {
            own.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        let _ = gateway.url.set(format!("http://{own}"));
        let (stop, mut stopped) = watch::channel(false);
        let service =
            web::router(Arc::clone(&gateway)).into_make_service_with_connect_info::<Fuse>();
        let serve = axum::serve(Fused(listener), service).with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        });
        let server = tokio::spawn(async move {
            if let Err(error) = serve.await {
                tracing::error!(%error, "the server ended");
            }
        });
        let ticker = (!gateway.clock.is_frozen()).then(|| tokio::spawn(tick(Arc::clone(&gateway))));
        Ok(Self {
            gateway,
            address,
            stop,
            server,
            ticker,
        })
    }

    /// Base address, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.gateway.own_url()
    }

    /// Address under which browsers reach it.
    #[must_use]
    pub fn public_url(&self) -> &str {
        self.gateway.visible_url()
    }

    /// Address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The admin verbs, in process.
    #[must_use]
    pub fn admin(&self) -> Admin {
        Admin {
            gateway: Arc::clone(&self.gateway),
        }
    }

    /// Stops: no new connections, open requests finish within two seconds, the database closes.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
        if let Some(ticker) = &self.ticker {
            ticker.abort();
        }
        self.gateway.close().await;
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.server.abort();
        if let Some(ticker) = &self.ticker {
            ticker.abort();
        }
    }
}

/// Does what becomes due while the clock runs by itself.
async fn tick(gateway: Arc<Gateway>) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        if let Err(error) = gateway.run_due().await {
            tracing::error!(%error, "due work failed");
        }
    }
}
