//! Faults that tests switch on. A real shop has no such module.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use netmile::link::{Ack, RawMessage};

use crate::{App, message};

/// Where the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashPoint {
    /// The notice is recorded, its event was handed out, nothing is fulfilled.
    BeforeFulfilment,
    /// The order is fulfilled, its event is not acknowledged.
    AfterFulfilment,
}

/// Faults of one shop. Clones share them.
#[derive(Clone, Default)]
pub struct Testing(Arc<Mutex<Faults>>);

#[derive(Clone, Default)]
struct Faults {
    notify_delay: Duration,
    refusals: Vec<String>,
    crash: Option<CrashPoint>,
    paused: bool,
    lost_points: bool,
}

impl Testing {
    /// Reads `NETMILE_SHOP_CRASH`: `before_fulfilment` or `after_fulfilment`.
    #[must_use]
    pub fn from_env() -> Self {
        let testing = Self::default();
        match std::env::var("NETMILE_SHOP_CRASH").as_deref() {
            Ok("before_fulfilment") => testing.crash_at(Some(CrashPoint::BeforeFulfilment)),
            Ok("after_fulfilment") => testing.crash_at(Some(CrashPoint::AfterFulfilment)),
            _ => {}
        }
        testing
    }

    /// Waits this long before each notice is looked at.
    pub fn notify_delay(&self, delay: Duration) {
        self.with(|faults| faults.notify_delay = delay);
    }

    /// Answers the next notice that is genuine with `NG,<reason>`; each call adds one.
    pub fn refuse_next_notice(&self, reason: &str) {
        self.with(|faults| faults.refusals.push(reason.to_owned()));
    }

    /// Kills the whole process, without any cleaning up, when the fulfilment gets there.
    pub fn crash_at(&self, point: Option<CrashPoint>) {
        self.with(|faults| faults.crash = point);
    }

    /// Ends every application for a point exchange right after the points are taken, as a crash at that place would.
    pub fn fail_after_points(&self, fails: bool) {
        self.with(|faults| faults.lost_points = fails);
    }

    pub(crate) fn fail_if_points_taken(&self) -> Result<(), sqlx::Error> {
        if self.with(|faults| faults.lost_points) {
            return Err(sqlx::Error::WorkerCrashed);
        }
        Ok(())
    }

    /// Stops the worker that looks at the outbox by itself, or lets it go on. [`Shop::fulfil_now`](crate::Shop::fulfil_now)
    /// looks all the same.
    pub fn pause(&self, paused: bool) {
        self.with(|faults| faults.paused = paused);
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.with(|faults| faults.paused)
    }

    pub(crate) fn crash_if(&self, point: CrashPoint) {
        if self.with(|faults| faults.crash) == Some(point) {
            std::process::abort();
        }
    }

    fn take_refusal(&self) -> Option<String> {
        self.with(|faults| (!faults.refusals.is_empty()).then(|| faults.refusals.remove(0)))
    }

    fn with<T>(&self, change: impl FnOnce(&mut Faults) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Testing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Testing").finish_non_exhaustive()
    }
}

/// Stands before the notice handler.
pub(crate) async fn interfere(State(app): State<App>, request: Request, next: Next) -> Response {
    let delay = app.testing.with(|faults| faults.notify_delay);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let Some(reason) = app.testing.take_refusal() else {
        return next.run(request).await;
    };
    match axum::body::to_bytes(request.into_body(), message::MAX_MESSAGE).await {
        Ok(body) => message::answer(&refuse(&app, &RawMessage::form(body), &reason).await),
        Err(_) => axum::http::StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}

async fn refuse(app: &App, raw: &RawMessage, reason: &str) -> Ack {
    let refused = match app.client.notices().verify(raw).await {
        Ok(notice) => notice.refuse(reason).await,
        Err(error) => Err(error),
    };
    app.wake.notify_one();
    refused.unwrap_or_else(|error| Ack::ng(error.code()))
}
