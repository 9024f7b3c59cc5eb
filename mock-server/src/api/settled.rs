//! The book's movements as a settlement sees them.

use super::{book::Book, records};
use crate::settlement::{Month, Movement, MovementKind, Movements, Parts};

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
            .filter(|m| {
                m.merchant_id == merchant_id
                    && m.service_id == service_id
                    && (from_unix..until_unix).contains(&m.at)
            })
            .map(|m| Movement {
                at: m.at,
                order_id: m.order_id.clone(),
                tracking_id: m.tracking_id.clone(),
                period: m.month.parse::<Month>().ok(),
                method: m.tag.clone(),
                kind: match m.kind {
                    records::MovementKind::Captured => MovementKind::Sale,
                    records::MovementKind::Refunded => MovementKind::Refund,
                },
                parts: if m.tag == "netmile" {
                    Parts::NetMile {
                        netmile: m.yen,
                        paypal: 0,
                    }
                } else {
                    Parts::Whole(m.yen)
                },
            })
            .collect()
    }
}
