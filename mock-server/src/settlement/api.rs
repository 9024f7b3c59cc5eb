//! The movements of the API type, from its book.

use super::{Movement, MovementKind, Movements, Parts};
use crate::api::{self, Book};

impl Movements for Book {
    fn movements(
        &self,
        merchant_id: &str,
        service_id: &str,
        from_unix: i64,
        until_unix: i64,
    ) -> Vec<Movement> {
        self.ledger()
            .iter()
            .filter(|m| m.merchant_id == merchant_id && m.service_id == service_id)
            .filter(|m| (from_unix..until_unix).contains(&m.at))
            .map(movement)
            .collect()
    }
}

fn movement(posted: &api::Movement) -> Movement {
    Movement {
        at: posted.at,
        order_id: posted.order_id.clone(),
        tracking_id: posted.tracking_id.clone(),
        period: posted.month.parse().ok(),
        kind: match posted.kind {
            api::MovementKind::Captured => MovementKind::Sale,
            api::MovementKind::Refunded => MovementKind::Refund,
        },
        // By API, NetMile takes miles only: PayPal pays the rest on the link type's page.
        parts: if posted.tag == "netmile" {
            Parts::NetMile {
                netmile: posted.yen,
                paypal: 0,
            }
        } else {
            Parts::Whole(posted.yen)
        },
        method: posted.tag.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Scenario,
        api::{Config, Record},
        settlement::{Settings, statements},
    };

    fn posted(id: u64, kind: api::MovementKind, yen: u64, tag: &str, service: &str) -> Record {
        Record::Movement(api::Movement {
            id,
            at: crate::clock::parse_stamp(&format!("2026010{id}000000")).unwrap(),
            kind,
            yen,
            merchant_id: "99999".to_owned(),
            service_id: service.to_owned(),
            method: "900".to_owned(),
            tag: tag.to_owned(),
            order_id: format!("ORDER-{tag}"),
            tracking_id: format!("{tag:0>14}"),
            month: String::new(),
        })
    }

    #[test]
    fn partial_refunds_and_other_methods_are_settled() {
        use api::MovementKind::{Captured, Refunded};
        let book = Book::restore(
            Config::from(&Scenario::demo()),
            1,
            [
                posted(1, Captured, 999, "netmile", "001"),
                posted(2, Refunded, 333, "netmile", "001"),
                posted(3, Captured, 5_000, "credit", "001"),
                posted(4, Captured, 77, "netmile", "002"),
                posted(5, Refunded, 333, "netmile", "001"),
            ],
        );
        let through = "202601".parse().unwrap();
        let made = statements(&book, "99999", "001", &Settings::default(), through);
        let rows: Vec<_> = made[0]
            .rows
            .iter()
            .map(|r| (r.movement.method.as_str(), r.net(), r.fee, r.status.key()))
            .collect();
        assert_eq!(
            rows,
            [
                ("netmile", 950, 49, "partly_refunded"),
                ("netmile", -317, 16, "partly_refunded"),
                ("credit", 5_000, 0, "captured"),
                ("netmile", -316, 17, "partly_refunded"),
            ]
        );
    }
}
