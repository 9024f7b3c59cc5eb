//! The other side: the mock's books in this process, and what arrived there.

use std::collections::{BTreeMap, BTreeSet};

use netmile::engine::{HttpRequest, HttpResponse};
use netmile_mock::api::{
    Ack, ApiContract, ApiNotice, ApiRequest, Book, Config, FunctionId, Handled, LinkContract,
    MovementKind, NoticeStyle, Outside as _, Purse, SlipEvent,
    terms::{ApiMethod, ApiRules, Flow, MerchantApi},
};
use netmile_mock::periods::RecurringRules;
use netmile_mock::scenario::{Contract, Merchant, Rules};

use crate::office::Counter;
use crate::plan::{Plan, Visit, Way};
use crate::wire::Facts;

/// The merchant of every flow.
pub const MERCHANT: &str = "99999";
/// Its service.
pub const SERVICE: &str = "001";
/// Its hash key: for tests only.
pub const HASH_KEY: &str = "SIMULATIONHASHKEY0123456789abcdef0123456";
/// Its 3DES key: for tests only.
pub const TDES_KEY: &str = "0123456789abcdef01234567";
/// Its initial vector.
pub const TDES_IV: &str = "76543210";
/// The member who pays with miles.
pub const MEMBER: &str = "taro";
/// The gateway's id of the contract that was applied for by link type.
pub const CONTRACT: &str = "10000000000001";
/// The shop's id of the customer.
pub const CUSTOMER: &str = "cust-0001";

/// The gateway of one flow.
#[derive(Debug)]
pub struct Gateway {
    /// Its books: the truth.
    pub book: Book,
    /// Members' miles.
    pub purse: Purse,
    /// Orders of which the shop got an answer that it may believe.
    pub told: BTreeSet<String>,
    /// NetMile's office, in a flow about miles.
    pub counter: Option<Counter>,
    /// When the office last told the shop what became of a `tran_id`: nanoseconds.
    pub answered: BTreeMap<String, u64>,
}

impl Gateway {
    /// The gateway that a flow needs.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut purse = Purse::default();
        purse.open(MEMBER, plan.miles);
        if plan.way.is_periods() {
            let contract = LinkContract {
                merchant_id: MERCHANT.to_owned(),
                service_id: SERVICE.to_owned(),
                cust_code: CUSTOMER.to_owned(),
                method: plan.tag().to_owned(),
                pay_type: "2".to_owned(),
                active: true,
                ended_by: None,
                member: plan.way.is_netmile().then(|| MEMBER.to_owned()),
            };
            purse.apply_for(CONTRACT, contract);
        }
        Self {
            book: Book::new(config(plan), plan.seed),
            purse,
            told: BTreeSet::new(),
            counter: plan.way.is_miles().then(|| Counter::new(plan)),
            answered: BTreeMap::new(),
        }
    }

    /// Does what is due, then takes a call. Notices that came of it are returned.
    pub fn handle(&mut self, request: &HttpRequest, now: i64) -> (HttpResponse, Handled) {
        let header = |name: &str| {
            let mut headers = request.headers.iter();
            headers.find_map(|(n, value)| n.eq_ignore_ascii_case(name).then_some(value.as_str()))
        };
        let call = ApiRequest {
            authorization: header("authorization"),
            content_type: header("content-type"),
            body: &request.body,
        };
        let mut handled = self.book.handle(&call, now, &self.purse);
        self.purse.post(&handled.postings);
        for (tracking_id, by) in &handled.ended {
            self.purse.end(tracking_id, by);
        }
        self.book.take_changes();
        let response = HttpResponse {
            status: handled.status,
            content_type: Some(handled.content_type.to_owned()),
            body: std::mem::take(&mut handled.body),
        };
        (response, handled)
    }

    /// Does what is due; notices to be sent.
    pub fn tick(&mut self, now: i64) -> Vec<ApiNotice> {
        if let Some(counter) = &mut self.counter {
            counter.tick(now);
            return Vec::new();
        }
        let happened = self.book.advance(now, &self.purse);
        for one in &happened {
            self.purse.post(&one.postings);
        }
        happened.into_iter().filter_map(|one| one.notice).collect()
    }

    /// The customer does something with the slip of an order; notices to be sent.
    pub fn visit(&mut self, order: &str, visit: Visit, now: i64) -> Vec<ApiNotice> {
        let Some(payment) = self.book.payment_of_order(MERCHANT, SERVICE, order) else {
            return Vec::new();
        };
        let id = payment.tracking_id.clone();
        let mut notices = Vec::new();
        let mut happens = |event, yen| {
            // What the slip's state does not allow does not happen.
            if let Ok(notice) = self.book.slip_event(&id, event, yen, now) {
                notices.push(notice);
            }
        };
        match visit {
            Visit::Pays(yen) => {
                happens(SlipEvent::Preliminary, Some(yen));
                happens(SlipEvent::Confirmed, None);
            }
            Visit::PaysForCertain(yen) => happens(SlipEvent::Confirmed, Some(yen)),
            Visit::TakesBack => happens(SlipEvent::ConfirmedCancelled, None),
            Visit::Cancels => happens(SlipEvent::Cancelled, None),
        }
        notices
    }

    /// A notice as it leaves now.
    #[must_use]
    pub fn letter(&self, notice: &ApiNotice, now: i64) -> Option<Vec<u8>> {
        let style = self.book.notice_style(MERCHANT, SERVICE);
        self.book
            .compose(notice, style, now)
            .map(|letter| letter.body)
    }

    /// Notes how the shop took a notice; when it is sent again.
    pub fn noticed(&mut self, id: u64, ack: &Ack, now: i64) -> Option<i64> {
        self.book.noticed(id, ack, now);
        self.book.notice(id).and_then(|notice| notice.next_at)
    }

    /// Yen captured and refunded for an order, by the ledger.
    #[must_use]
    pub fn moved(&self, order: &str) -> (u64, u64) {
        let mut sums = (0, 0);
        for movement in self.book.ledger().iter().filter(|m| m.order_id == order) {
            match movement.kind {
                MovementKind::Captured => sums.0 += movement.yen,
                MovementKind::Refunded => sums.1 += movement.yen,
            }
        }
        sums
    }

    /// How often so many yen were refunded of an order, by the ledger.
    #[must_use]
    pub fn refunds_of(&self, order: &str, yen: u64) -> usize {
        let ledger = self.book.ledger().iter();
        let refunds = ledger.filter(|m| m.order_id == order && m.kind == MovementKind::Refunded);
        refunds.filter(|m| m.yen == yen).count()
    }

    /// When the open slip of the flow expires, Unix seconds.
    #[must_use]
    pub fn slip_end(&self) -> Option<i64> {
        let slips = self
            .book
            .payments()
            .filter_map(|payment| payment.slip.as_ref());
        let day = slips
            .last()
            .map(|slip| format!("{}000000", slip.bill_date))?;
        netmile_mock::clock::parse_stamp(&day).map(|start| start + 86_400)
    }

    /// The order that a request is about.
    #[must_use]
    pub fn order_of(&self, facts: &Facts) -> String {
        if facts.tracking_id.is_empty() {
            return facts.order_id.clone();
        }
        if !facts.order_id.is_empty() {
            return facts.order_id.clone();
        }
        let payment = self.book.payment(&facts.tracking_id);
        payment.map_or_else(String::new, |payment| payment.order_id.clone())
    }

    /// Whether an order made anything: a payment or a contract.
    #[must_use]
    pub fn knows(&self, order: &str) -> bool {
        let payment = self.book.payment_of_order(MERCHANT, SERVICE, order);
        payment.is_some() || self.contract(order).is_some()
    }

    /// The gateway's id of what an order made.
    #[must_use]
    pub fn tracking_of(&self, order: &str) -> Option<String> {
        let payment = self.book.payment_of_order(MERCHANT, SERVICE, order);
        let of_contract = || Some(self.contract(order)?.tracking_id.clone());
        payment
            .map(|payment| payment.tracking_id.clone())
            .or_else(of_contract)
    }

    /// Who ended a contract: one that an order made, or the one that was applied for by link type.
    #[must_use]
    pub fn ended_by(&self, order: &str) -> Option<String> {
        match self.contract(order) {
            Some(contract) => contract.ended_by.clone(),
            None => self.purse.link_contract(CONTRACT)?.ended_by,
        }
    }

    /// The contract that an order made.
    #[must_use]
    pub fn contract(&self, order: &str) -> Option<&ApiContract> {
        self.book
            .contracts()
            .find(|contract| contract.order_id == order)
    }

    /// A refusal with some code kind.
    #[must_use]
    pub fn refusal(facts: &Facts, kind: &str, now: i64) -> Vec<u8> {
        let function = FunctionId::parse(&facts.function);
        let method = facts.function.rsplit('-').next().unwrap_or("999");
        Book::ng_answer(function.as_ref(), &format!("{method}{kind}999"), now)
    }
}

fn method(number: &str, tag: &str, flow: Flow, auto_capture: bool) -> ApiMethod {
    ApiMethod {
        number: number.to_owned(),
        tag: tag.to_owned(),
        flow,
        auto_capture,
        exact_capture: false,
        min_yen: 1,
        max_yen: 9_999_999,
        functions: Vec::new(),
        declared: BTreeMap::new(),
        statuses: BTreeMap::new(),
    }
}

fn config(plan: &Plan) -> Config {
    let (number, flow) = match plan.way {
        way if way.is_netmile() => ("900".to_owned(), Flow::Point),
        way if way.is_card() => ("101".to_owned(), Flow::Card),
        Way::Slip => ("701".to_owned(), Flow::Slip),
        _ => (plan.carrier.to_string(), Flow::Carrier),
    };
    let api_method = method(&number, plan.tag(), flow, !plan.captures);
    let merchant = Merchant {
        merchant_id: MERCHANT.to_owned(),
        service_id: SERVICE.to_owned(),
        hash_key: HASH_KEY.to_owned(),
        management_password: String::new(),
        name_ja: String::new(),
        name_en: String::new(),
        contract: Contract::default(),
        api: MerchantApi {
            tdes_key: plan.encrypted.then(|| TDES_KEY.to_owned()),
            tdes_iv: plan.encrypted.then(|| TDES_IV.to_owned()),
            notices: NoticeStyle {
                order_id: plan.notices_name_order,
                encrypted: plan.encrypted,
                ..NoticeStyle::default()
            },
            notice_retry_seconds: vec![600, 3600, 21_600],
            ..MerchantApi::default()
        },
        api_methods: vec![api_method],
        api_notice_url: None,
    };
    Config {
        merchants: vec![merchant],
        api: ApiRules::default(),
        rules: Rules {
            // As far as the clocks of shop and gateway may differ.
            future_skew_second: 120,
            ..Rules::default()
        },
        recurring: RecurringRules::default(),
    }
}
