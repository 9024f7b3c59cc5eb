//! A thousand subscriptions of all kinds.

use crate::calendar::{Calendar, Date, last_day};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    AtOnce,
    Later,
    Free,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    Never,
    LastMonth(u32, u32),
    LastDay(Date),
}

/// What is paid by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// NetMile, captured at once.
    Miles,
    /// NetMile once more, under a number of the test's own: the miles are taken by the request, and the shop captures.
    HeldMiles,
    /// A card, by token and commit.
    Card,
    /// Captured by the shop, all or less.
    Docomo,
    /// Captured at once.
    Au,
    /// Captured by the shop, all of it; ended on the carrier's pages only.
    SoftBank,
}

impl Method {
    pub(crate) const ALL: [Self; 6] = [
        Self::Miles,
        Self::HeldMiles,
        Self::Card,
        Self::Docomo,
        Self::Au,
        Self::SoftBank,
    ];

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Miles => "netmile",
            Self::HeldMiles => "heldmiles",
            Self::Card => "credit",
            Self::Docomo => "docomo",
            Self::Au => "auone",
            Self::SoftBank => "softbank2",
        }
    }

    /// Whether a purse is emptied by it. The others never run short.
    pub(crate) fn has_purse(self) -> bool {
        matches!(self, Self::Miles | Self::HeldMiles)
    }

    /// Whether its periods are authorised, and captured by the shop.
    pub(crate) fn is_held(self) -> bool {
        matches!(self, Self::HeldMiles | Self::Docomo | Self::SoftBank)
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Applied for by API; the gateway bills it.
    Simple {
        /// Nothing is billed for the month of the application.
        first_is_free: bool,
        /// The customer's first token is of no use.
        bad_token: bool,
    },
    /// Applied for by link type; the shop bills it.
    Metered {
        day: u32,
        every: u32,
        anchor: (u32, u32),
        first: First,
        ending: Ending,
    },
}

/// What becomes of an authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capture {
    All,
    /// So many yen less.
    Less(u64),
    /// Given up instead.
    Cancelled,
    /// Tried when it has expired, then given up.
    TooLate,
}

/// Whether the member has enough miles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purse {
    /// The method has none.
    None,
    Full,
    /// Filled each month, with gaps.
    Gaps,
    /// The same, and the shop bills again what was refused.
    GapsAndAgain,
    /// Not filled any more from this month of the walk on.
    DriesUp(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) at: usize,
    pub(crate) kind: Kind,
    pub(crate) method: Method,
    /// Day of the walk on which the contract starts.
    pub(crate) starts: usize,
    /// Day of the walk on which the client is told of it.
    pub(crate) begins: usize,
    pub(crate) price: u64,
    pub(crate) purse: Purse,
    pub(crate) miles: i64,
    /// Days after the start of a period until its price is known.
    pub(crate) metered_after: usize,
    /// Every so many paid periods one is refunded; 0 none.
    pub(crate) refund_every: usize,
    pub(crate) refund_part: bool,
    pub(crate) ended_by_shop: Option<usize>,
    /// Ended with the carrier: the shop learns of it by the next refusal.
    pub(crate) ended_by_customer: Option<usize>,
}

impl Plan {
    pub(crate) fn id(&self) -> String {
        format!("S{:04}", self.at)
    }

    pub(crate) fn member(&self) -> String {
        format!("member{:04}", self.at)
    }

    pub(crate) fn customer(&self) -> String {
        format!("CUST{:04}", self.at)
    }

    pub(crate) fn tracking_id(&self) -> String {
        format!("7777777777{:04}", self.at)
    }

    pub(crate) fn is_simple(&self) -> bool {
        matches!(self.kind, Kind::Simple { .. })
    }

    /// What the shop does about an authorised period, and after how many days.
    pub(crate) fn capture_of(&self, (year, month, _): Date) -> (usize, Capture) {
        let by_chance = year * 12 + month * 5 + self.at as u32 * 7;
        match by_chance % 10 {
            0 | 1 if self.method != Method::SoftBank => (5, Capture::Less(31)),
            2 => (6, Capture::Cancelled),
            3 => (61, Capture::TooLate),
            days => (1 + 3 * days as usize, Capture::All),
        }
    }

    /// Metered prices differ from period to period.
    pub(crate) fn price_of(&self, (year, month, day): Date) -> u64 {
        match self.kind {
            Kind::Simple { .. } => self.price,
            Kind::Metered { .. } => self.price + u64::from((year * 7 + month * 5 + day) % 19) * 11,
        }
    }
}

/// Which subscription an `order_id` belongs to.
pub(crate) fn index(order_id: &str) -> usize {
    order_id[1..5].parse().unwrap()
}

pub(crate) fn all(count: usize, calendar: &Calendar) -> Vec<Plan> {
    (0..count).map(|at| plan(at, calendar)).collect()
}

fn plan(at: usize, calendar: &Calendar) -> Plan {
    let days = calendar.days.len();
    // Its number within its kind, and another one that does not go along with it.
    let (kind, n) = (at % 10, at / 10 + 100 * (at % 5));
    let mix = at.wrapping_mul(2_654_435_761) >> 7;
    let starts = match n % 9 {
        // The last days of months, 29 February among them.
        0 => {
            let (year, month) = (2027 + u32::from(n % 2 == 0), (n % 12) as u32 + 1);
            let last = (year, month, last_day(year, month));
            calendar.days.binary_search(&last).unwrap_or(0)
        }
        _ => mix % days.min(720),
    };
    let start = calendar.days[starts];
    let first = [First::AtOnce, First::Later, First::Free][n % 3];
    let any_day = (n % 31) as u32 + 1;
    let on_start = start.2;
    let month = (start.0, start.1);
    let metered = |day, every, anchor| Kind::Metered {
        day,
        every,
        anchor,
        first,
        ending: Ending::Never,
    };
    let kind = match kind {
        0..=2 => metered(any_day, 1, month),
        3 => metered(on_start, 1, month),
        4 => metered(29 + (n % 3) as u32, 1, month),
        5 => {
            let anchor = [month, (2027, (n % 12) as u32 + 1)][n % 2];
            metered(any_day, 2 + (n % 10) as u32, anchor)
        }
        6 if n % 4 == 0 => metered(any_day, 12, (start.0, (n % 12) as u32 + 1)),
        6 => metered(29, 12, (start.0, 2)),
        7 | 8 => Kind::Simple {
            first_is_free: kind == 7 && n % 4 == 1,
            bad_token: method(at) == Method::Card && n % 3 == 0,
        },
        _ => {
            let last = calendar.days[(starts + mix % 1_500).min(days - 1)];
            Kind::Metered {
                day: any_day,
                every: 1,
                anchor: month,
                first,
                ending: match n % 2 {
                    0 => Ending::LastMonth(last.0, last.1),
                    _ => Ending::LastDay(last),
                },
            }
        }
    };
    let simple = matches!(kind, Kind::Simple { .. });
    let method = method(at);
    let price = 80 + (mix % 700) as u64;
    let purse = match mix % 8 {
        _ if !method.has_purse() => Purse::None,
        0 => Purse::Gaps,
        1 => Purse::GapsAndAgain,
        2 => Purse::DriesUp(20 + mix % 70),
        _ => Purse::Full,
    };
    let never_short = matches!(purse, Purse::Full | Purse::None);
    // Some are taken under control late: what is due by then is caught up with.
    let late = if !simple && mix % 11 == 0 { 75 } else { 0 };
    let begins = (starts + late).min(days - 1);
    let ends = |so: bool| {
        let day = begins + 1 + mix % 2_500;
        (so && day < days).then_some(day)
    };
    Plan {
        at,
        kind,
        method,
        starts,
        begins,
        price,
        purse,
        miles: match purse {
            Purse::None => 0,
            Purse::Full => 10_000_000,
            _ => 2 * 1_000,
        },
        metered_after: if mix % 13 == 4 { 3 } else { 0 },
        refund_every: if mix % 3 == 0 { 3 + n % 5 } else { 0 },
        refund_part: n % 2 == 0 && method.has_purse(),
        ended_by_shop: ends(never_short && mix % 7 == 1),
        ended_by_customer: ends(!simple && purse == Purse::None && mix % 7 == 2),
    }
}

/// Which method the subscription with this number has: miles every other time.
fn method(at: usize) -> Method {
    let turn = at / 10;
    match at % 10 {
        7 => Method::Miles,
        8 => [Method::Card, Method::Miles][turn % 2],
        kind => match (turn + 3 * kind) % 8 {
            1 => Method::HeldMiles,
            3 => Method::Docomo,
            5 => Method::Au,
            7 => Method::SoftBank,
            _ => Method::Miles,
        },
    }
}
