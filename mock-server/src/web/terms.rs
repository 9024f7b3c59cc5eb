//! Onboarding, fees and payout: a page of the management site that is open to everybody.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use super::{
    manage::{manager, who},
    visit::{Visit, answer},
};
use crate::{
    gateway::Gateway,
    options::MockError,
    pages::{self, TermsPage},
    settlement::Parts,
};

/// The scenario's settings beside what was published.
pub(crate) async fn page(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    answer(&visit, show(&gateway, &visit).await)
}

async fn show(gateway: &Gateway, visit: &Visit) -> Result<Response, MockError> {
    let merchant = who(gateway, visit).await?;
    let settings = &gateway.scenario.settlement;
    let commission = &settings.commission;
    let (netmile, paypal) = pages::TERMS_EXAMPLE;
    let page = TermsPage {
        manager: merchant.map(|merchant| manager(visit, merchant)),
        netmile_permille: commission.netmile_rate_permille,
        paypal_permille: commission.paypal.rate_permille(),
        paypal_fixed_yen: commission.paypal.fixed_yen(),
        example_fee_yen: commission.of("netmile", Parts::NetMile { netmile, paypal }),
        carry_below_yen: u64::from(settings.payout.carry_below_yen),
        quarterly: settings.payout.quarterly,
    };
    Ok(visit.html(pages::terms(&visit.frame(), &page)))
}
