//! The start page.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use super::{
    pay::unsigned,
    visit::{Visit, answer},
};
use crate::{
    clock,
    gateway::Gateway,
    options::MockError,
    pages::{self, StartMember, StartMerchant, StartPage},
    store::ledger,
};

/// What this is, who is in the scenario, where to go.
pub(crate) async fn page(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    answer(&visit, show(&gateway, &visit).await)
}

async fn show(gateway: &Gateway, visit: &Visit) -> Result<Response, MockError> {
    let scenario = &gateway.scenario;
    let mut members = Vec::new();
    let mut conn = gateway.conn().await?;
    for member in &scenario.members {
        members.push(StartMember {
            name: member.name.clone(),
            login: member.login.clone(),
            password: if scenario.show_secrets {
                member.password.clone()
            } else {
                String::new()
            },
            balance_miles: unsigned(ledger::balance(&mut conn, &member.login).await?),
        });
    }
    let page = StartPage {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now: clock::display(gateway.clock.now()),
        url: gateway.visible_url().to_owned(),
        merchants: scenario
            .merchants
            .iter()
            .map(|m| StartMerchant {
                name: visit.t(&m.name_ja, &m.name_en).to_owned(),
                merchant_id: m.merchant_id.clone(),
                service_id: m.service_id.clone(),
                hash_key: scenario.show_secrets.then(|| m.hash_key.clone()),
                management_password: scenario.show_secrets.then(|| m.management_password.clone()),
                methods: m.contract.methods.keys().cloned().collect(),
            })
            .collect(),
        members,
        shop_url: None,
    };
    Ok(visit.html(pages::start(&visit.frame(), &page)))
}
