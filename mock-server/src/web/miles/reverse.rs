//! The experimental page of miles that become points of the merchant's.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use super::{HOME, registrations::asked, who};
use crate::{
    gateway::Gateway,
    pages::miles::{self, ReversePage, Reversed},
    web::visit::{Visit, answer, see},
};

/// Most miles or points of a rate, and most miles of an exchange.
const MOST: u64 = 999_999_999;

fn number(text: &str) -> Option<u64> {
    let number = text.parse().ok();
    number.filter(|number| (1..=MOST).contains(number))
}

/// What these miles are worth: whole points, or the nearest miles that come out.
fn reversed(rate_miles: &str, rate_points: &str, miles: &str) -> Reversed {
    let (Some(per), Some(points), Some(miles)) =
        (number(rate_miles), number(rate_points), number(miles))
    else {
        return Reversed::NotNumbers;
    };
    let product = u128::from(miles) * u128::from(points);
    if product.is_multiple_of(u128::from(per)) {
        // At most the square of MOST, which fits.
        return Reversed::Points(u64::try_from(product / u128::from(per)).unwrap_or(u64::MAX));
    }
    // Miles come out whole in steps of the denominator of points per mile.
    let step = per / gcd(per, points);
    let below = miles / step * step;
    Reversed::Odd {
        below: (below > 0).then_some(below),
        above: below.saturating_add(step),
    }
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// 相互交換, worked out and not carried out.
pub(crate) async fn page(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let typed = |name: &str, default: &str| match visit.ask(name) {
            None => default.to_owned(),
            Some(_) => asked(&visit, name),
        };
        let (rate_miles, rate_points) = (typed("rate_miles", "5"), typed("rate_points", "2"));
        let miles = typed("miles", "500");
        let page = ReversePage {
            reversed: reversed(&rate_miles, &rate_points, &miles),
            rate_miles,
            rate_points,
            miles,
        };
        Ok(visit.html(miles::reverse(&visit.frame(), site, &page)))
    };
    answer(&visit, shown.await)
}
