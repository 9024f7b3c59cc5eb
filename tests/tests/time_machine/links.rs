//! Simple contracts (継続課金・簡易) that were applied for by link type. The books of the API type alone do not bill them,
//! so the whole mock runs, over loopback, and the yen are read off its monthly statements.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use netmile::api::{ChargeRequest, Means};
use netmile::charge::ChargePhase;
use netmile::contract::{Billing, CapabilityMatrix, Method, Terminal};
use netmile::link::{OrderId, PayMethods, PurchaseRequest, RawMessage, ReturnUrls};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::{Client, Yen};
use netmile_mock::settlement::{Month, MovementKind};
use netmile_mock::{ClockMode, Mock, Options, Scenario};
use netmile_tests::api::contract;

use super::calendar::Calendar;
use super::model::bonus;
use super::{done, setting};

#[tokio::test]
async fn ten_years_of_contracts_by_link_are_equal_to_the_yen() {
    let months = setting("TIME_MACHINE_MONTHS", 120);
    let count = setting("TIME_MACHINE_SUBSCRIPTIONS", 150) / 6;
    let began = Instant::now();
    let mut machine = Machine::new(months, count).await;
    for month in 0..months {
        machine.live(month).await;
    }
    let told = machine.compare(months).await;
    println!("{told} in {:.1} s", began.elapsed().as_secs_f64());
}

/// In months of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Never,
    ByApi(usize),
    /// With NetMile, the carrier or the card company.
    Elsewhere(usize),
    /// The application names the last month.
    LastMonth(usize),
}

#[derive(Debug)]
struct Plan {
    at: usize,
    method: &'static str,
    begins: usize,
    price: u64,
    first_is_free: bool,
    ends: Ends,
    /// Every so many months the one before is refunded; 0 never.
    refund_every: usize,
    /// Month of the walk from which on the member's purse is not filled any more.
    dries_up: usize,
}

impl Plan {
    fn new(at: usize) -> Self {
        let method = ["netmile", "docomo", "netmile", "auone", "netmile", "credit"][at % 6];
        let begins = at * 7 % 24;
        let turn = at + at / 6;
        Self {
            at,
            method,
            begins,
            price: 80 + (at as u64 * 37) % 500,
            first_is_free: at % 5 == 2,
            ends: match at / 2 % 5 {
                1 => Ends::ByApi(begins + 9 + at % 60),
                2 => Ends::Elsewhere(begins + 17 + at % 60),
                3 => Ends::LastMonth(begins + 5 + at % 60),
                _ => Ends::Never,
            },
            // The mock does not know the months of a card's contract by link.
            refund_every: match method {
                "credit" => 0,
                _ => [0, 3, 4][turn % 3],
            },
            dries_up: match turn % 4 {
                0 => 30 + at % 60,
                _ => usize::MAX,
            },
        }
    }

    fn id(&self) -> String {
        format!("L{:04}", self.at)
    }

    fn purchase(&self) -> String {
        format!("CART-{:04}", self.at)
    }

    fn customer(&self) -> String {
        format!("CUST{:04}", self.at)
    }

    fn member(&self) -> String {
        format!("member{:04}", self.at)
    }

    fn has_purse(&self) -> bool {
        self.method == "netmile"
    }
}

/// What must come out for one contract.
#[derive(Default)]
struct Account {
    tracking_id: String,
    started: bool,
    ended: bool,
    shorts: u32,
    miles: i64,
    /// By month of the walk.
    yen: BTreeMap<usize, i64>,
    /// What is kept of the months that were billed.
    months: BTreeMap<usize, u64>,
}

impl Account {
    fn bill(&mut self, plan: &Plan, month: usize) -> bool {
        let yen = i64::try_from(plan.price).unwrap();
        if plan.has_purse() {
            if self.miles < 2 * yen {
                return false;
            }
            self.miles += bonus(plan.price) - 2 * yen;
        }
        *self.yen.entry(month).or_default() += yen;
        self.months.insert(month, plan.price);
        self.shorts = 0;
        true
    }

    /// Gives a month back, if there is something to give.
    fn refund(&mut self, plan: &Plan, billed: usize, month: usize) -> bool {
        let Some(price) = self.months.remove(&billed) else {
            return false;
        };
        let yen = i64::try_from(price).unwrap();
        if plan.has_purse() {
            self.miles += 2 * yen - bonus(price);
        }
        *self.yen.entry(month).or_default() -= yen;
        true
    }
}

struct Machine {
    calendar: Calendar,
    mock: Mock,
    client: Client,
    clock: Arc<ManualClock>,
    customer: reqwest::Client,
    shop: String,
    plans: Vec<Plan>,
    accounts: Vec<Account>,
    /// What the statements say: yen by contract and month of the walk.
    stated: Vec<BTreeMap<usize, i64>>,
    seen: BTreeMap<String, usize>,
}

async fn notified(State(client): State<Client>, body: Bytes) -> Vec<u8> {
    let notice = RawMessage::form(body.to_vec());
    client.notices().handle(&notice).await.body().to_vec()
}

impl Machine {
    async fn new(months: usize, count: usize) -> Self {
        let calendar = Calendar::new(months);
        let plans: Vec<Plan> = (0..count).map(Plan::new).collect();
        let mut scenario = Scenario::demo();
        let someone = scenario.members[0].clone();
        for plan in plans.iter().filter(|plan| plan.has_purse()) {
            let mut member = someone.clone();
            member.login = plan.member();
            member.mail = format!("{}@member.example", plan.member());
            member.password = "only-an-example".to_owned();
            member.user_id = None;
            member.miles = 2_000;
            scenario.members.push(member);
        }
        let options = Options {
            clock: ClockMode::Frozen(calendar.midnight(0)),
            scenario,
            ..Options::default()
        };
        let mock = Mock::start(options).await.unwrap();
        let now = Timestamp::from_unix(calendar.midnight(0));
        let clock = Arc::new(ManualClock::new(now));
        let card = Method::credit().with_matrix(CapabilityMatrix::all());
        let client = Client::builder()
            .contract(contract(mock.url()).with_method(card))
            .clock(Arc::clone(&clock) as Arc<dyn Clock>)
            .build()
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/notify", post(notified))
            .with_state(client.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let customer = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        let account = |plan: &Plan| Account {
            miles: if plan.has_purse() { 2_000 } else { 0 },
            ..Account::default()
        };
        Self {
            accounts: plans.iter().map(account).collect(),
            stated: vec![BTreeMap::new(); count],
            customer: customer.build().unwrap(),
            seen: BTreeMap::new(),
            calendar,
            mock,
            client,
            clock,
            shop,
            plans,
        }
    }

    fn saw(&mut self, what: &str) {
        *self.seen.entry(what.to_owned()).or_default() += 1;
    }

    /// Notices on the way come at the instant of the end.
    async fn go_to(&self, at: i64) {
        let admin = self.mock.admin();
        self.clock.set(Timestamp::from_unix(at));
        let ahead = u32::try_from(at - admin.clock().unix).unwrap();
        admin.advance(ahead).await.unwrap();
    }

    fn noon(&self, month: usize, day: u32) -> i64 {
        let day = self.calendar.number((year(month), of_year(month), day));
        self.calendar.midnight(day) + 43_200
    }

    async fn live(&mut self, month: usize) {
        self.go_to(self.noon(month, 1) - 43_200).await;
        self.bill(month);
        if let Some(closed) = month.checked_sub(1) {
            self.read_statement(closed).await;
        }
        self.go_to(self.noon(month, 10)).await;
        for at in 0..self.plans.len() {
            if self.plans[at].begins == month {
                self.apply(at, month).await;
            } else if self.accounts[at].started {
                self.refund(at, month).await;
                self.end(at, month).await;
            }
        }
        self.go_to(self.noon(month, 20)).await;
        self.fill(month).await;
    }

    /// At the start of the month.
    fn bill(&mut self, month: usize) {
        for at in 0..self.plans.len() {
            let (plan, account) = (&self.plans[at], &mut self.accounts[at]);
            if !account.started || account.ended {
                continue;
            }
            if matches!(plan.ends, Ends::LastMonth(last) if month > last) {
                account.ended = true;
                self.saw("contracts that named their last month");
                continue;
            }
            if account.bill(plan, month) {
                let what = format!("months billed by {}", plan.method);
                self.saw(&what);
                continue;
            }
            account.shorts += 1;
            account.ended = account.shorts == 3;
            let ended = account.ended;
            self.saw("months short of miles");
            if ended {
                self.saw("contracts ended after three short months");
            }
        }
    }

    async fn read_statement(&mut self, closed: usize) {
        let month = format!("{}{:02}", year(closed), of_year(closed));
        let month: Month = month.parse().unwrap();
        let admin = self.mock.admin();
        let statement = admin.settlement("99999", "001", month).await.unwrap();
        for row in &statement.rows {
            let id = &row.movement.tracking_id;
            let at = self.accounts.iter().position(|a| a.tracking_id == *id);
            let yen = i64::try_from(row.movement.parts.amount()).unwrap();
            *self.stated[at.unwrap()].entry(closed).or_default() += match row.movement.kind {
                MovementKind::Sale => yen,
                MovementKind::Refund => -yen,
            };
        }
    }

    async fn apply(&mut self, at: usize, month: usize) {
        let plan = &self.plans[at];
        let url = |path: &str| format!("{}/{path}", self.shop);
        let urls = ReturnUrls {
            success: url("success"),
            cancel: url("cancel"),
            error: url("error"),
            notify: url("notify"),
        };
        let id = OrderId::new(plan.purchase()).unwrap();
        let price = Yen::new(plan.price);
        let mut request =
            PurchaseRequest::new(id, plan.customer(), "CLUB", price, Terminal::Pc, urls)
                .with_item_name("会費")
                .with_billing(Billing::RecurringSimple)
                .with_pay_methods(PayMethods::one(plan.method));
        if plan.first_is_free {
            request = request.with_camp_type(1);
        }
        if let Ends::LastMonth(last) = plan.ends {
            request = request.with_last_charge_month(format!("{}{:02}", year(last), of_year(last)));
        }
        let subscriptions = self.client.subscriptions();
        let form = subscriptions.start(&request).await.unwrap().form;
        let page = self.post(form.action(), form.urlencoded()).await;
        let session = format!("{}{page}", self.mock.url());
        if plan.has_purse() {
            let login = format!("login={}&password=only-an-example", plan.member());
            self.post(&format!("{session}/login"), login.into_bytes())
                .await;
        }
        let paid = self.post(&format!("{session}/pay"), Vec::new()).await;
        assert_eq!(paid, page);
        let contracts = self.mock.admin().contracts().await.unwrap();
        let tracking_id = contracts.last().unwrap().tracking_id.clone();

        let adopted = if at % 3 == 0 {
            let request = ChargeRequest::new(plan.id(), plan.method, price, Means::Contract)
                .customer(plan.customer())
                .item("CLUB", "会費");
            subscriptions.adopt_simple(&request, &tracking_id).await
        } else {
            let (purchase, id) = (plan.purchase(), plan.id());
            subscriptions
                .adopt_simple_purchase(&purchase, &id, plan.method)
                .await
        };
        let adopted = adopted.unwrap();
        assert_eq!(adopted.phase, ChargePhase::Active);
        assert_eq!(adopted.tracking_id.as_ref(), Some(&tracking_id));

        let account = &mut self.accounts[at];
        account.tracking_id = tracking_id;
        account.started = true;
        if plan.first_is_free {
            self.saw("free first months");
        } else {
            assert!(account.bill(plan, month));
        }
        self.saw(["contracts adopted", "purchases adopted"][usize::from(at % 3 > 0)]);
    }

    /// Where the customer's browser is sent to.
    async fn post(&self, url: &str, body: Vec<u8>) -> String {
        let form = "application/x-www-form-urlencoded";
        let request = self.customer.post(url).header("content-type", form);
        let page = request.body(body).send().await.unwrap();
        assert_eq!(page.status(), 303, "{url}");
        page.headers()["location"].to_str().unwrap().to_owned()
    }

    async fn refund(&mut self, at: usize, month: usize) {
        let plan = &self.plans[at];
        if plan.refund_every == 0 || (month + at) % plan.refund_every != 0 {
            return;
        }
        let billed = month - 1;
        let expected = self.accounts[at].refund(plan, billed, month);
        let text = format!("{}{:02}", year(billed), of_year(billed));
        for _ in 0..2 {
            let subscriptions = self.client.subscriptions();
            let refunded = subscriptions.refund_month(&plan.id(), &text).await.unwrap();
            assert_eq!(refunded.is_done(), expected, "{text} of {plan:?}");
        }
        let first = billed == plan.begins;
        let what = match (expected, first) {
            (true, true) => "refunded months of the application".to_owned(),
            (true, false) => format!("refunded months of {}", plan.method),
            (false, _) => "refused refunds of a month".to_owned(),
        };
        self.saw(&what);
    }

    async fn end(&mut self, at: usize, month: usize) {
        let (plan, account) = (&self.plans[at], &mut self.accounts[at]);
        if account.ended {
            return;
        }
        let id = plan.id();
        let what = match plan.ends {
            Ends::ByApi(when) if when == month => {
                for _ in 0..2 {
                    let ended = self.client.subscriptions().end_by_api(&id).await;
                    assert_eq!(done(ended.unwrap()).phase, ChargePhase::Ended);
                }
                format!("contracts of {} ended by API", plan.method)
            }
            Ends::Elsewhere(when) if when == month => {
                let admin = self.mock.admin();
                admin
                    .later_notice(&account.tracking_id, "CC")
                    .await
                    .unwrap();
                "contracts ended elsewhere".to_owned()
            }
            _ => return,
        };
        account.ended = true;
        self.saw(&what);
    }

    async fn fill(&mut self, month: usize) {
        for (plan, account) in self.plans.iter().zip(&mut self.accounts) {
            let miles = 2 * i64::try_from(plan.price + 100).unwrap();
            let gap = (month + plan.at).is_multiple_of(5) || month >= plan.dries_up;
            if plan.has_purse() && !gap && account.miles < miles {
                account.miles += miles;
                let admin = self.mock.admin();
                admin.adjust(&plan.member(), miles, "earned").await.unwrap();
            }
        }
    }

    async fn compare(&mut self, months: usize) -> String {
        // The last statement is written when the month after the walk begins, and is billed.
        for (plan, account) in self.plans.iter().zip(&self.accounts) {
            if plan.has_purse() {
                let miles = self.mock.admin().balance(&plan.member()).await.unwrap();
                assert_eq!(miles, account.miles, "miles of {plan:?}");
            }
            if account.started {
                let charge = self.client.payments().get(&plan.id()).await.unwrap();
                let ended = charge.phase == ChargePhase::Ended;
                assert_eq!(ended, account.ended, "end of {plan:?}");
            }
        }
        let end = self.calendar.midnight(self.calendar.days.len());
        self.go_to(end).await;
        self.read_statement(months - 1).await;
        let mut total = 0;
        for (plan, account) in self.plans.iter().zip(&self.accounts) {
            assert_eq!(self.stated[plan.at], account.yen, "yen of {plan:?}");
            total += account.yen.values().sum::<i64>();
        }
        if months >= 120 && self.plans.len() >= 25 {
            let mut all: Vec<String> = [
                "months short of miles",
                "contracts ended after three short months",
                "contracts that named their last month",
                "contracts ended elsewhere",
                "free first months",
                "contracts adopted",
                "purchases adopted",
                "refused refunds of a month",
                "refunded months of the application",
            ]
            .map(str::to_owned)
            .into();
            for method in ["netmile", "docomo", "auone"] {
                all.push(format!("refunded months of {method}"));
            }
            for method in ["netmile", "docomo", "auone", "credit"] {
                all.push(format!("months billed by {method}"));
                all.push(format!("contracts of {method} ended by API"));
            }
            for what in &all {
                assert!(self.seen.contains_key(what), "no {what}");
            }
        }
        let seen: Vec<_> = self
            .seen
            .iter()
            .map(|(what, n)| format!("{n} {what}"))
            .collect();
        format!(
            "{months} months, {} contracts by link, {total} yen; {}",
            self.plans.len(),
            seen.join(", ")
        )
    }
}

fn year(month: usize) -> u32 {
    2027 + u32::try_from(month / 12).unwrap()
}

fn of_year(month: usize) -> u32 {
    u32::try_from(month % 12).unwrap() + 1
}
