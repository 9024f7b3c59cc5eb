//! Everything that speaks HTTP. The paths stand in one place: here.

mod advertiser;
mod campaign;
mod link;
mod manage;
mod member;
mod miles;
mod pay;
mod rewards;
mod start;
mod terms;
pub(crate) mod visit;

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
};

use crate::{admin, gateway::Gateway, office::earn_web};

/// The mock's routes.
pub(crate) fn router(gateway: Arc<Gateway>) -> Router {
    let paths = gateway.scenario.paths.clone();
    Router::new()
        .route(&paths.purchase, post(link::purchase))
        .route(&paths.customer, post(link::customer))
        .route(&paths.customer_delete, post(link::customer_delete))
        .route(&paths.recurring, post(link::recurring))
        .route(&paths.check_purchase, post(link::check_purchase))
        .route(&paths.check_customer, post(link::check_customer))
        .route(&paths.api, post(crate::api::web::call))
        .route("/", get(start::page))
        .route("/pay/{session}", get(pay::page))
        .route("/pay/{session}/method", post(pay::method))
        .route("/pay/{session}/login", post(pay::login))
        .route("/pay/{session}/pay", post(pay::pay))
        .route(
            "/pay/{session}/paypal",
            get(pay::paypal_page).post(pay::paypal),
        )
        .route("/pay/{session}/paypal/approve", post(pay::paypal_approve))
        .route("/pay/{session}/paypal/decline", post(pay::paypal_decline))
        .route("/pay/{session}/cancel", post(pay::cancel))
        .route("/pay/{session}/fail", post(pay::fail))
        .route("/pay/{session}/campaign/{id}", get(campaign::show_form))
        .route(
            "/pay/{session}/campaign/{id}/confirm",
            get(campaign::start).post(campaign::confirm),
        )
        .route(
            "/pay/{session}/campaign/{id}/register",
            get(campaign::start).post(campaign::register),
        )
        .route(
            "/pay/{session}/campaign/{id}/back",
            get(campaign::start).post(campaign::back),
        )
        .route(
            "/pay/{session}/registration/{rid}",
            get(campaign::registration),
        )
        .route("/member", get(member::page))
        .route("/member/login", get(member::to_page).post(member::login))
        .route("/member/logout", post(member::logout))
        .route(
            "/member/questionnaire/{id}",
            get(member::questionnaire).post(member::questionnaire_answer),
        )
        .route("/member/mail/{id}", get(member::mail))
        .route("/member/rewards", get(rewards::list))
        .route(
            "/member/rewards/{id}",
            get(rewards::page).post(rewards::exchange),
        )
        .route("/manage", get(manage::home))
        .route("/manage/login", get(manage::home).post(manage::login))
        .route("/manage/logout", post(manage::logout))
        .route("/manage/terms", get(terms::page))
        .route("/manage/payments", get(manage::payments))
        .route("/manage/payments/{tracking_id}", get(manage::payment))
        .route(
            "/manage/payments/{tracking_id}/refund",
            post(manage::refund),
        )
        .route(
            "/manage/payments/{tracking_id}/notice",
            post(manage::notice),
        )
        .route("/manage/payments/{tracking_id}/end", post(manage::end))
        .route(
            "/advertiser/{id}/registrations",
            post(advertiser::registrations),
        )
        .route(
            earn_web::TAG_PATH,
            get(earn_web::tag).post(earn_web::tag_pressed),
        )
        .route(
            earn_web::EARN_PATH,
            get(earn_web::link).post(earn_web::link_pressed),
        )
        .merge(miles::router())
        .route("/image/mileget.gif", get(earn_web::image))
        .route("/v1/openapi.json", get(crate::office::openapi::serve))
        .route("/v1/{*rest}", any(crate::office::web::call))
        .nest("/_mock", admin::routes::router())
        .fallback(visit::not_found)
        .method_not_allowed_fallback(visit::not_allowed)
        .layer(middleware::from_fn(to_its_end))
        .with_state(gateway)
}

/// Whoever hangs up, or clicks twice, must not stop a request half-way: a gateway ends what it began.
async fn to_its_end(request: Request, next: Next) -> Response {
    let work = tokio::spawn(next.run(request));
    work.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request failed");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })
}
