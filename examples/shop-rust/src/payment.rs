//! Everything that touches netmile. Copy this file and `message.rs`, and put your own orders in place of this shop's.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{Redirect, Response};
use netmile::client::{BrowserReturn, Checkout};
use netmile::contract::{Billing, CapabilityMatrix, Contract, Method};
use netmile::engine::{Journal, MemoryJournal};
use netmile::link::{
    DetailRow, OrderId, PayMethods, PurchaseRequest, RecurringRequest, RecurringService, ReturnUrls,
};
use netmile::wire::{Replacement, TextPolicy};
use netmile::{Client, ErrorKind, Lang, Result};
use netmile_journal_sql::SqlJournal;

use crate::message::{Raw, answer, show};
use crate::own::METHOD;
use crate::store::Order;
use crate::{App, ShopOptions};

/// Builds the client, once per process.
pub(crate) async fn connect(options: &ShopOptions) -> Result<Client> {
    let merchant = options.merchant.clone();
    let (id, service) = (merchant.merchant_id, merchant.service_id);
    let mut contract =
        Contract::netmile(id, service, merchant.hash_key, options.endpoints.clone())?;
    if merchant.wide_contract {
        let mut method = Method::netmile().with_matrix(CapabilityMatrix::all());
        if let Some(ids) = merchant.netmile_api {
            method = method.with_api(ids);
        }
        contract = contract.with_method(method);
    }
    for method in merchant.further_methods {
        contract = contract.with_method(method);
    }
    if let Some(key) = merchant.encryption {
        contract = contract.with_encryption(key);
    }
    let mut builder = Client::builder();
    if let Some(site) = &options.site {
        builder = builder.site(site.clone());
    }
    builder
        .contract(contract)
        .journal(journal(options.database.as_deref()).await?)
        .text_policy(TextPolicy::Replace(Replacement::ALL.to_vec())) // 〜 of item names becomes ～
        .lease(options.lease)
        .observer(Arc::clone(&options.observer))
        .clock(Arc::clone(&options.clock))
        .build()
}

/// Where netmile keeps what it must not forget: in a file beside the shop's own.
async fn journal(database: Option<&Path>) -> Result<Arc<dyn Journal>> {
    let Some(file) = database else {
        return Ok(Arc::new(MemoryJournal::new()));
    };
    let url = format!("sqlite://{}.netmile", file.display());
    Ok(Arc::new(SqlJournal::connect(&url).await?))
}

/// Id and name of what is bought, in one line.
pub(crate) fn item(order: &Order) -> (String, String) {
    match order.lines.as_slice() {
        [only] => (only.item.clone(), only.name.clone()),
        lines => ("basket".to_owned(), format!("ご注文 {}点", lines.len())),
    }
}

/// Where the gateway sends the browser, and its notices.
fn urls(app: &App) -> ReturnUrls {
    let url = |end: &str| format!("{}/netmile/{end}", app.public_url);
    ReturnUrls {
        success: url("success"),
        cancel: url("cancel"),
        error: url("error"),
        notify: url("notify"),
    }
}

/// What an order asks the gateway for.
fn request(app: &App, order: &Order) -> Result<PurchaseRequest> {
    let (item_id, item_name) = item(order);
    let rows = order
        .lines
        .iter()
        .map(|line| DetailRow::new(&line.item, &line.name, line.amount).with_count(line.quantity));
    Ok(PurchaseRequest::new(
        OrderId::new(&order.id)?,
        &order.customer,
        item_id,
        order.total(),
        order.terminal, // said by the customer: the wire cannot tell a PC from a smartphone
        urls(app),
    )
    .with_item_name(item_name)
    .with_billing(order.billing)
    .with_rows(rows))
}

/// Starts paying for an order: the first time, or once more after an attempt that came to nothing.
pub(crate) async fn start(app: &App, order: &Order) -> Result<Checkout> {
    match order.billing {
        Billing::OneTime => app.client.checkout().start(&request(app, order)?).await,
        Billing::RecurringMetered => {
            app.client
                .subscriptions()
                .apply(&application(app, order)?)
                .await
        }
        _ => {
            app.client
                .subscriptions()
                .start(&request(app, order)?)
                .await
        }
    }
}

/// What the customer applies for: the shop bills it later.
fn application(app: &App, order: &Order) -> Result<RecurringRequest> {
    let (item_id, item_name) = item(order);
    Ok(RecurringRequest::new(
        RecurringService::Apply,
        PayMethods::one(METHOD),
        OrderId::new(&order.id)?,
        &order.customer,
        item_id,
        order.terminal,
        urls(app),
    )
    .with_item_name(item_name))
}

/// The page that takes the browser to the gateway. A reload signs the same attempt again.
pub(crate) async fn page(app: &App, order: &Order, lang: Lang) -> Result<Response> {
    let checkout = match app.client.checkout().render(&order.id).await {
        // The process stopped between placing the order and starting the payment.
        Err(error) if error.kind() == ErrorKind::UnknownOrder => start(app, order).await,
        rendered => rendered,
    };
    Ok(show(checkout?.form.page(lang)))
}

/// The page on which the customer ends a subscription at the gateway.
pub(crate) async fn end_page(app: &App, order: &Order, lang: Lang) -> Result<Response> {
    let checkout = app.client.subscriptions().end(&order.id).await?;
    Ok(show(checkout.form.page(lang)))
}

/// The gateway's page on which a person refunds this payment.
pub(crate) fn management_page(app: &App, tracking_id: &str) -> Option<String> {
    let page = app
        .client
        .contract()
        .ok()?
        .endpoints()
        .management
        .as_ref()?;
    Some(page.replace("{tracking_id}", tracking_id))
}

/// `POST /netmile/notify`: the gateway's server says what happened. The only proof of payment.
pub(crate) async fn notice(State(app): State<App>, Raw(raw): Raw) -> Response {
    let ack = app.client.notices().handle(&raw).await;
    app.wake.notify_one(); // the fulfilment has something to do
    answer(&ack)
}

/// `/netmile/success`: the browser is back. Not a proof: the order's page says what is known.
pub(crate) async fn success(State(app): State<App>, Raw(raw): Raw) -> Redirect {
    to_order(app.client.returns().success(&raw).await)
}

/// `/netmile/cancel`: the customer turned back.
pub(crate) async fn cancel(State(app): State<App>, Raw(raw): Raw) -> Redirect {
    to_order(app.client.returns().cancel(&raw).await)
}

/// `/netmile/error`: something failed at the gateway.
pub(crate) async fn error(State(app): State<App>, Raw(raw): Raw) -> Redirect {
    to_order(app.client.returns().error(&raw).await)
}

fn to_order(read: Result<BrowserReturn>) -> Redirect {
    match read.map(|back| back.purchase) {
        Ok(Some(purchase)) => Redirect::to(&format!("/orders/{}", purchase.id)),
        Ok(None) => Redirect::to("/orders"),
        Err(_) => Redirect::to("/orders?say=unreadable_return"),
    }
}
