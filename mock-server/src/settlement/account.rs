//! Closes month after month: which commission a movement bears, how a payment stands, what is paid.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{
    fees::{Commission, Parts},
    month::Month,
    movement::{Movement, MovementKind, Movements},
    payout::PayoutRule,
    statement::{Row, Statement, Status},
};

/// The settings of settlements, `[settlement]` in a scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What the merchant pays.
    pub commission: Commission,
    /// When it gets the rest.
    pub payout: PayoutRule,
}

/// A payment as far as it is known, by transaction id and billed month.
#[derive(Debug, Clone, Copy)]
struct Standing {
    paid: Parts,
    rest: Parts,
    /// Commission that the merchant has paid and not got back.
    held: u64,
}

impl Standing {
    fn status(&self) -> Status {
        match (self.rest.amount(), self.paid.amount()) {
            (0, _) => Status::Refunded,
            (rest, paid) if rest < paid => Status::PartlyRefunded,
            _ => Status::Captured,
        }
    }
}

type Key = (String, Option<Month>);

/// The account of one service of a merchant. Months are closed in order, each once.
///
/// ```
/// use netmile_mock::settlement::{Account, Month, Movement, MovementKind, Parts, Settings};
///
/// let january: Month = "202601".parse().unwrap();
/// let mut account = Account::new("99999", "001", Settings::default());
/// let sale = Movement {
///     at: january.start(),
///     order_id: "ORDER-1".to_owned(),
///     tracking_id: "12345678901234".to_owned(),
///     period: None,
///     method: "netmile".to_owned(),
///     kind: MovementKind::Sale,
///     parts: Parts::NetMile { netmile: 700, paypal: 300 },
/// };
/// let statement = account.close(january, vec![sale]);
/// assert_eq!((statement.fee(), statement.net()), (57, 943));
/// assert_eq!(statement.payout.carried_over, 943);
/// ```
#[derive(Debug, Clone)]
pub struct Account {
    merchant_id: String,
    service_id: String,
    settings: Settings,
    standings: HashMap<Key, Standing>,
    carried: i64,
}

impl Account {
    /// An account without a past.
    #[must_use]
    pub fn new(merchant_id: &str, service_id: &str, settings: Settings) -> Self {
        Self {
            merchant_id: merchant_id.to_owned(),
            service_id: service_id.to_owned(),
            settings,
            standings: HashMap::new(),
            carried: 0,
        }
    }

    /// Closes the next month. `movements` are those of that month, in any order; a month without any
    /// is closed too, because what was carried over may be paid then.
    #[must_use]
    pub fn close(&mut self, month: Month, mut movements: Vec<Movement>) -> Statement {
        movements.sort_by(|a, b| {
            (a.at, &a.tracking_id, a.period, a.kind).cmp(&(b.at, &b.tracking_id, b.period, b.kind))
        });
        let fees: Vec<u64> = movements.iter().map(|m| self.enter(m)).collect();
        let rows: Vec<Row> = movements
            .into_iter()
            .zip(fees)
            .map(|(movement, fee)| Row {
                // How the payment stands when the month has closed, not when the money moved.
                status: self
                    .standings
                    .get(&key(&movement))
                    .map_or(Status::Captured, Standing::status),
                movement,
                fee,
            })
            .collect();
        let net = rows.iter().map(Row::net).sum();
        let payout = self.settings.payout.settle(month, self.carried, net);
        self.carried = payout.carried_over;
        Statement {
            merchant_id: self.merchant_id.clone(),
            service_id: self.service_id.clone(),
            month,
            rows,
            payout,
        }
    }

    /// Enters a movement; the commission that it costs or gives back.
    fn enter(&mut self, movement: &Movement) -> u64 {
        let Movement { method, parts, .. } = movement;
        let commission = &self.settings.commission;
        let nothing = Standing {
            paid: parts.minus(*parts),
            rest: parts.minus(*parts),
            held: 0,
        };
        let standing = self.standings.entry(key(movement));
        match movement.kind {
            MovementKind::Sale => {
                let standing = standing.or_insert(nothing);
                let fee = commission.of(method, *parts);
                standing.paid = standing.paid.plus(*parts);
                standing.rest = standing.rest.plus(*parts);
                standing.held = standing.held.saturating_add(fee);
                fee
            }
            MovementKind::Refund => {
                // A refund of a payment that nobody has told of gives back its own commission.
                let standing = standing.or_insert(Standing {
                    paid: *parts,
                    rest: *parts,
                    held: commission.of(method, *parts),
                });
                standing.rest = standing.rest.minus(*parts);
                let back = commission.given_back(method, standing.held, standing.rest);
                standing.held -= back;
                back
            }
        }
    }
}

fn key(movement: &Movement) -> Key {
    (movement.tracking_id.clone(), movement.period)
}

/// The statements of a service from its first movement through the month `through`; none when there
/// has been no movement.
///
/// ```
/// use netmile_mock::settlement::{Movement, Settings, statements};
///
/// let nothing: &[Movement] = &[];
/// let through = "202612".parse().unwrap();
/// assert!(statements(nothing, "99999", "001", &Settings::default(), through).is_empty());
/// ```
#[must_use]
pub fn statements<M: Movements + ?Sized>(
    source: &M,
    merchant_id: &str,
    service_id: &str,
    settings: &Settings,
    through: Month,
) -> Vec<Statement> {
    let mut account = Account::new(merchant_id, service_id, settings.clone());
    let all = source.movements(merchant_id, service_id, i64::MIN, through.end());
    by_month(all, through)
        .into_iter()
        .map(|(month, movements)| account.close(month, movements))
        .collect()
}

/// Movements sorted into every month from the first one's through `through`.
pub(crate) fn by_month(all: Vec<Movement>, through: Month) -> BTreeMap<Month, Vec<Movement>> {
    let mut months: BTreeMap<Month, Vec<Movement>> = BTreeMap::new();
    for movement in all {
        months
            .entry(Month::of(movement.at))
            .or_default()
            .push(movement);
    }
    if let Some(first) = months.keys().next().copied() {
        for index in first.index()..=through.index() {
            months.entry(Month::from_index(index)).or_default();
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIRST: u32 = 2026 * 12;

    /// A life of a payment: when it was paid, its parts, and refunds as (months later, share in %).
    type Life = (u32, u64, u64, Vec<(u32, u64)>);

    fn lives() -> impl Strategy<Value = Vec<Life>> {
        let refunds = prop::collection::vec((0_u32..4, 0_u64..=100), 0..4);
        prop::collection::vec((0_u32..12, 0_u64..20_000, 0_u64..5_000, refunds), 0..40)
    }

    fn movements(lives: &[Life]) -> Vec<Movement> {
        let mut all = Vec::new();
        for (number, (month, netmile, paypal, refunds)) in lives.iter().enumerate() {
            let whole = Parts::NetMile {
                netmile: *netmile,
                paypal: *paypal,
            };
            if whole.amount() == 0 {
                continue;
            }
            let mut at = Month::from_index(FIRST + month).start();
            let base = Movement {
                at,
                order_id: format!("ORDER-{number}"),
                tracking_id: format!("{number:014}"),
                period: None,
                method: "netmile".to_owned(),
                kind: MovementKind::Sale,
                parts: whole,
            };
            all.push(base.clone());
            let (mut n, mut p) = (*netmile, *paypal);
            let mut after = *month;
            for (later, share) in refunds {
                after += later;
                at = Month::from_index(FIRST + after).start().max(at + 1);
                let (dn, dp) = (n * share / 100, p * share / 100);
                if dn + dp == 0 {
                    continue;
                }
                (n, p) = (n - dn, p - dp);
                all.push(Movement {
                    at,
                    kind: MovementKind::Refund,
                    parts: Parts::NetMile {
                        netmile: dn,
                        paypal: dp,
                    },
                    ..base.clone()
                });
            }
        }
        all
    }

    /// The file, read with nothing but its description.
    fn sums(file: &[u8]) -> (i64, i64, i64, Vec<i64>) {
        let text = std::str::from_utf8(file).unwrap();
        assert!(text.ends_with("\r\n"));
        let number = |field: &str| field.parse::<i64>().unwrap();
        let (mut net, mut fee, mut amount) = (0, 0, 0);
        let mut payouts = vec![0; 3];
        let rows: Vec<Vec<&str>> = text
            .split_terminator("\r\n")
            .map(|line| line.split(',').collect())
            .collect();
        assert!(rows.iter().all(|row| row.len() == 12));
        for row in &rows[1..rows.len() - 1] {
            let sign = if row[5] == "refund" { -1 } else { 1 };
            match row[0] {
                "D" => {
                    net += number(row[10]);
                    fee += sign * number(row[9]);
                    amount += sign * number(row[6]);
                    assert_eq!(number(row[7]) + number(row[8]), number(row[6]));
                    assert_eq!(number(row[10]), sign * (number(row[6]) - number(row[9])));
                }
                "P" => {
                    let kinds = ["carried_in", "payout", "carried_over"];
                    let at = kinds.iter().position(|k| *k == row[5]).unwrap();
                    payouts[at] += number(row[10]);
                }
                other => panic!("{other}"),
            }
        }
        let details = rows.iter().filter(|row| row[0] == "D").count();
        let last = rows.last().unwrap();
        assert_eq!((last[0], last[2]), ("T", details.to_string().as_str()));
        assert_eq!(
            (number(last[6]), number(last[9]), number(last[10])),
            (amount, fee, net)
        );
        (amount, fee, net, payouts)
    }

    proptest! {
        /// Whatever was paid and given back: the files add up, and the merchant gets all of it.
        #[test]
        fn the_sum_of_nets_is_paid_out_or_carried_over(lives in lives()) {
            let all = movements(&lives);
            let through = Month::from_index(FIRST + 30);
            let made = statements(all.as_slice(), "99999", "001", &Settings::default(), through);
            let (mut carried, mut paid, mut net, mut fees, mut rows) = (0, 0, 0, 0, 0);
            for statement in &made {
                let (amount, fee, of_month, payouts) = sums(&statement.to_csv());
                prop_assert_eq!(amount - fee, of_month);
                prop_assert_eq!(payouts[0], carried);
                prop_assert_eq!(payouts[0] + of_month, payouts[1] + payouts[2]);
                carried = payouts[2];
                paid += payouts[1];
                net += of_month;
                fees += fee;
                rows += statement.rows.len();
            }
            prop_assert_eq!(rows, all.len());
            prop_assert_eq!(net, paid + carried);
            // What is left of the payments costs what it would cost had it been paid so.
            let commission = Commission::default();
            let mut rest: HashMap<&str, Parts> = HashMap::new();
            for movement in &all {
                let id = movement.tracking_id.as_str();
                let now = match (rest.get(id), movement.kind) {
                    (Some(paid), MovementKind::Refund) => paid.minus(movement.parts),
                    _ => movement.parts,
                };
                rest.insert(id, now);
            }
            let expected: u64 = rest.values().map(|parts| commission.of("netmile", *parts)).sum();
            prop_assert_eq!(fees, i64::try_from(expected).unwrap());
        }

        /// The order in which movements are told does not matter.
        #[test]
        fn the_order_of_telling_does_not_matter(lives in lives(), seed in any::<u64>()) {
            let all = movements(&lives);
            let mut told = all.clone();
            told.sort_by_key(|m| {
                crate::ids::opaque(seed, &m.tracking_id, m.at)
            });
            let through = Month::from_index(FIRST + 30);
            let settings = Settings::default();
            let one = statements(all.as_slice(), "99999", "001", &settings, through);
            let other = statements(told.as_slice(), "99999", "001", &settings, through);
            prop_assert_eq!(one, other);
        }
    }

    fn movement(kind: MovementKind, netmile: u64, period: Option<&str>) -> Movement {
        Movement {
            at: Month::from_index(FIRST).start() + i64::from(kind == MovementKind::Refund),
            order_id: "ORDER-1".to_owned(),
            tracking_id: "12345678901234".to_owned(),
            period: period.map(|text| text.parse().unwrap()),
            method: "netmile".to_owned(),
            kind,
            parts: Parts::NetMile { netmile, paypal: 0 },
        }
    }

    fn close(movements: Vec<Movement>) -> Vec<(u64, &'static str)> {
        let mut account = Account::new("99999", "001", Settings::default());
        let statement = account.close(Month::from_index(FIRST), movements);
        statement
            .rows
            .iter()
            .map(|r| (r.fee, r.status.key()))
            .collect()
    }

    #[test]
    fn months_of_one_contract_stand_for_themselves() {
        let rows = close(vec![
            movement(MovementKind::Sale, 300, Some("202601")),
            movement(MovementKind::Sale, 300, Some("202602")),
            movement(MovementKind::Refund, 300, Some("202602")),
        ]);
        assert_eq!(rows, [(15, "captured"), (15, "refunded"), (15, "refunded")]);
    }

    #[test]
    fn a_part_given_back_shows_in_the_status() {
        let rows = close(vec![
            movement(MovementKind::Sale, 300, None),
            movement(MovementKind::Refund, 100, None),
        ]);
        assert_eq!(rows, [(15, "partly_refunded"), (5, "partly_refunded")]);
    }

    #[test]
    fn a_refund_that_comes_out_of_nowhere_does_no_harm() {
        let rows = close(vec![movement(MovementKind::Refund, 100, None)]);
        assert_eq!(rows, [(5, "refunded")]);
        let rows = close(vec![
            movement(MovementKind::Sale, 100, None),
            movement(MovementKind::Refund, 300, None),
        ]);
        assert_eq!(rows, [(5, "refunded"), (5, "refunded")]);
    }
}
