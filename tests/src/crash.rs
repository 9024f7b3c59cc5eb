//! What the crash tests and the merchant process that they kill have in common: the points, the work, the client.

use std::sync::Arc;

use netmile::Client;
use netmile::api::{ChargeRequest, Means};
use netmile::contract::{ApiIds, CaptureMode, Method};
use netmile::engine::{Journal, Transport};
use netmile::time::{Clock, SystemClock, Timestamp};
use netmile::{Result, Yen};

use crate::api;

/// Where a merchant process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The journal knows that a step is sent; nothing has left.
    AfterJournal,
    /// The request of a step is written to its last byte; no byte of the answer was read.
    AfterSend,
    /// The answer is there; nothing of it is written down.
    AfterAnswer,
    /// What came of a step is about to be written down.
    BeforeCommit,
    /// The same, while the database is writing it.
    InCommit,
    /// The goods are out, and the event is not acknowledged.
    AfterGoods,
    /// At any moment.
    Random,
}

impl Point {
    /// Every point.
    pub const ALL: [Self; 7] = [
        Self::AfterJournal,
        Self::AfterSend,
        Self::AfterAnswer,
        Self::BeforeCommit,
        Self::InCommit,
        Self::AfterGoods,
        Self::Random,
    ];

    /// The name on the command line and in the histogram.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AfterJournal => "after_journal",
            Self::AfterSend => "after_send",
            Self::AfterAnswer => "after_answer",
            Self::BeforeCommit => "before_commit",
            Self::InCommit => "in_commit",
            Self::AfterGoods => "after_goods",
            Self::Random => "random",
        }
    }

    /// The point of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.name() == name)
    }
}

/// One thing that the shop wants of a charge. Amounts in yen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Charge miles of a member.
    Miles(u64),
    /// Charge a card; with its commit, and reserved only.
    Card(u64),
    /// Charge a period of [`CONTRACT`].
    Period(u64),
    /// Capture this much.
    Capture(u64),
    /// Refund a part under a name.
    Part(&'static str, u64),
    /// Refund everything, or cancel what is only reserved.
    Refund,
}

/// What the shop wants of one charge, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flow {
    /// Miles, and two parts of them back.
    MilesInParts,
    /// Miles, and all of them back.
    MilesBack,
    /// A card, captured with a lower amount.
    CardCaptured,
    /// A card, captured and refunded.
    CardBack,
    /// A card, reserved and cancelled.
    CardCancelled,
    /// A period of a contract, and a part of it back.
    Period,
}

impl Flow {
    /// Every flow.
    pub const ALL: [Self; 6] = [
        Self::MilesInParts,
        Self::MilesBack,
        Self::CardCaptured,
        Self::CardBack,
        Self::CardCancelled,
        Self::Period,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MilesInParts => "miles_in_parts",
            Self::MilesBack => "miles_back",
            Self::CardCaptured => "card_captured",
            Self::CardBack => "card_back",
            Self::CardCancelled => "card_cancelled",
            Self::Period => "period",
        }
    }

    /// What has to be done.
    #[must_use]
    pub const fn deeds(self) -> &'static [Deed] {
        match self {
            Self::MilesInParts => &[Deed::Miles(300), Deed::Part("a", 100), Deed::Part("b", 50)],
            Self::MilesBack => &[Deed::Miles(200), Deed::Refund],
            Self::CardCaptured => &[Deed::Card(1000), Deed::Capture(800)],
            Self::CardBack => &[Deed::Card(1000), Deed::Capture(700), Deed::Refund],
            Self::CardCancelled => &[Deed::Card(1000), Deed::Refund],
            Self::Period => &[Deed::Period(120), Deed::Part("a", 20)],
        }
    }

    /// Calls to the gateway when nothing goes wrong: a card is committed too.
    #[must_use]
    pub fn calls(self) -> u32 {
        let of = |deed: &Deed| if matches!(deed, Deed::Card(_)) { 2 } else { 1 };
        self.deeds().iter().map(of).sum()
    }

    /// Yen captured and yen refunded when everything is done.
    #[must_use]
    pub fn ends_with(self) -> (u64, u64) {
        let (mut captured, mut refunded) = (0, 0);
        for deed in self.deeds() {
            match *deed {
                Deed::Miles(yen) | Deed::Period(yen) | Deed::Capture(yen) => captured = yen,
                Deed::Card(_) => {}
                Deed::Part(_, yen) => refunded += yen,
                Deed::Refund => refunded = captured,
            }
        }
        (captured, refunded)
    }
}

/// A flow of the work list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Which flow.
    pub flow: Flow,
    /// Its own name: 1 to 20 of `[0-9A-Za-z]`.
    pub name: String,
}

impl Item {
    /// The id of its charge.
    #[must_use]
    pub fn charge(&self) -> String {
        match self.flow {
            Flow::Period => format!("{CONTRACT}-{}", self.period()),
            _ => self.name.clone(),
        }
    }

    /// The period that it charges: a month of its own for each number in the names.
    #[must_use]
    pub fn period(&self) -> String {
        let digits = self.name.trim_start_matches(|c: char| !c.is_ascii_digit());
        let number: u32 = digits.parse().unwrap_or_default();
        format!("{}-{:02}", 2000 + number / 12, number % 12 + 1)
    }

    /// As it stands on the command line.
    #[must_use]
    pub fn to_arg(&self) -> String {
        format!("{}:{}", self.flow.name(), self.name)
    }

    /// Reads what [`to_arg`](Self::to_arg) wrote.
    #[must_use]
    pub fn parse(arg: &str) -> Option<Self> {
        let (flow, name) = arg.split_once(':')?;
        Some(Self {
            flow: Flow::ALL.into_iter().find(|known| known.name() == flow)?,
            name: name.to_owned(),
        })
    }
}

/// The shop's id of the contract whose periods are charged.
pub const CONTRACT: &str = "SUB-1";

/// `cust_code` of every charge.
pub const CUSTOMER: &str = "CUST0001";

/// The member who pays by miles.
pub const MEMBER: &str = "hanako";

/// What is asked for by the deed that charges; `None` for the others.
#[must_use]
pub fn request(item: &Item, deed: Deed) -> Option<ChargeRequest> {
    let id = item.charge();
    let charge = match deed {
        Deed::Miles(yen) => ChargeRequest::new(id, "netmile", Yen::new(yen), Means::member(MEMBER)),
        Deed::Card(yen) => {
            let means = Means::token(format!("tok-{id}"), "key");
            ChargeRequest::new(id, "credit", Yen::new(yen), means)
        }
        _ => return None,
    };
    Some(charge.customer(CUSTOMER).item("ITEM1", "しおり"))
}

/// The machine's clock, moved.
#[derive(Debug)]
pub struct Moved(pub i64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus_seconds(self.0)
    }
}

/// The merchant's client.
///
/// # Errors
/// Never, unless the SDK refuses its own defaults.
pub fn client(
    mock: &str,
    journal: Arc<dyn Journal>,
    transport: Arc<dyn Transport>,
    offset: i64,
) -> Result<Client> {
    let card = Method::credit().with_api(ApiIds::credit().with_capture(CaptureMode::Manual));
    Client::builder()
        .contract(api::contract(mock).with_method(card))
        .journal(journal)
        .transport(transport)
        .clock(Arc::new(Moved(offset)))
        .build()
}
