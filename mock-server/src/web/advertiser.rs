//! A stand-in advertiser's registration API, called by the mock over real HTTP (assumed protocol).

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use serde_json::json;

use super::visit::Visit;
use crate::{
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    scenario::AdvertiserAnswer,
    store::registrations,
};

/// Largest registration that is read, in bytes.
const BODY_BYTES: usize = 64 * 1024;

#[derive(Deserialize)]
struct Received {
    registration_id: String,
    campaign_id: String,
}

/// Takes a registration. The same registration id again is the same registration.
pub(crate) async fn registrations(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let refuse = |status: StatusCode, reason: &str| {
        (status, Json(json!({"result": "error", "reason": reason}))).into_response()
    };
    let Some(mut answer) = gateway.advertiser_answer(&id) else {
        return refuse(StatusCode::NOT_FOUND, "no such advertiser");
    };
    let Ok(bytes) = axum::body::to_bytes(body, BODY_BYTES).await else {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "too large");
    };
    let Ok(call) = serde_json::from_slice::<Received>(&bytes) else {
        return refuse(StatusCode::BAD_REQUEST, "not a registration");
    };
    let fault = gateway
        .faults
        .draw("advertiser", &id, &call.registration_id);
    if let Some(fault) = &fault {
        match fault.kind {
            FaultKind::LostBefore | FaultKind::Reset => {
                if let Some(fuse) = &visit.fuse {
                    fuse.blow_after(0);
                }
                return refuse(StatusCode::SERVICE_UNAVAILABLE, "reset");
            }
            FaultKind::Delay => tokio::time::sleep(fault.delay()).await,
            FaultKind::ServerError => answer = AdvertiserAnswer::Error,
            FaultKind::NgResult => answer = AdvertiserAnswer::Reject,
            FaultKind::Html | FaultKind::Truncated => answer = AdvertiserAnswer::Garbage,
            _ => {}
        }
    }
    let stored = async {
        let mut conn = gateway.conn().await?;
        let now = gateway.clock.now();
        registrations::received(&mut conn, &id, &call.registration_id, now).await?;
        let fields = vec![
            ("registration_id".to_owned(), call.registration_id.clone()),
            ("campaign_id".to_owned(), call.campaign_id.clone()),
        ];
        gateway
            .log(
                &mut conn,
                Logged {
                    direction: "in",
                    peer: "advertiser",
                    message: "registration received",
                    merchant_id: &id,
                    order_id: "",
                    fields: &fields,
                    provenance: Provenance::Assumed,
                    outcome: "stand-in",
                },
            )
            .await
    };
    if stored.await.is_err() {
        return refuse(StatusCode::INTERNAL_SERVER_ERROR, "not stored");
    }
    if let (Some(FaultKind::LostAfter), Some(fuse)) = (fault.map(|f| f.kind), &visit.fuse) {
        fuse.blow_after(0);
    }
    match answer {
        AdvertiserAnswer::Accept => Json(json!({"result": "accepted"})).into_response(),
        AdvertiserAnswer::Reject => {
            Json(json!({"result": "rejected", "reason": "already registered"})).into_response()
        }
        AdvertiserAnswer::Error => refuse(StatusCode::SERVICE_UNAVAILABLE, "down"),
        AdvertiserAnswer::Garbage => {
            axum::response::Html("<!doctype html><title>Maintenance</title>").into_response()
        }
        AdvertiserAnswer::Silent => {
            // Longer than the caller waits, yet bounded.
            let wait = gateway.scenario.rules.advertiser_timeout_ms;
            tokio::time::sleep(Duration::from_millis(wait.min(60_000) + 500)).await;
            refuse(StatusCode::GATEWAY_TIMEOUT, "silent")
        }
    }
}
