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
