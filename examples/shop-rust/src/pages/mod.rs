//! Every page of the shop, and what the forms on it do.

pub(crate) mod layout;

mod card;
mod checkout;
mod desk;
mod desk_charges;
mod desk_exchanges;
mod exchange;
mod miles;
mod orders;
mod screen;
mod shelves;
mod slip;
mod text;
mod thanks;

use axum::Router;
use axum::response::Redirect;

use crate::App;
use crate::failure::Failure;

/// What a form leads to: always another page, so that a reload sends nothing twice.
type Next = Result<Redirect, Failure>;

/// All pages.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(shelves::router())
        .merge(checkout::router())
        .merge(orders::router())
        .merge(thanks::router())
        .merge(miles::router())
        .merge(card::router())
        .merge(slip::router())
        .merge(exchange::router())
        .merge(screen::router())
        .merge(desk::router())
        .merge(desk_charges::router())
        .merge(desk_exchanges::router())
        .fallback(async || Failure::NotFound)
}
