//! The book: the API type as a state machine without IO, clock or randomness of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rand::Rng as _;

use super::{
    answer::{self, Answer, XML},
    call::{ApiRequest, Call, Effects, Handled},
    config::Config,
    fields,
    function::{self, FunctionId, Operation},
    gate,
    outside::Outside,
    records::{
        ApiContract, ApiNotice, ApiPayment, Counters, CustomerKey, Key, LinkState, Movement,
        NoticeUrl, OrderKey, OrderTries, PaymentState, StoredCard,
    },
    refusal::Ng,
    request::Request,
};
use crate::{faults::FaultKind, ids, scenario::Merchant, wire::xml};

/// When an answer is given, and what it says wrongly.
#[derive(Clone, Copy)]
struct Said {
    now: i64,
    fault: Option<FaultKind>,
}

/// What becomes due by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    Month,
    Expiry,
}

/// The state of the API type. Deterministic: the same seed, calls and instants give the same
/// bytes.
///
/// ```
/// use netmile_mock::{Scenario, api::{ApiRequest, Book, Config, Purse}};
/// let mut book = Book::new(Config::from(&Scenario::demo()), 1);
/// let call = ApiRequest { authorization: None, content_type: None, body: b"<x/>" };
/// let handled = book.handle(&call, 1_767_290_645, &Purse::default());
/// assert_eq!(handled.status, 401);
/// assert!(book.ledger().is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct Book {
    pub(crate) config: Arc<Config>,
    head: u32,
    start: u64,
    pub(crate) counters: Counters,
    pub(crate) payments: BTreeMap<String, ApiPayment>,
    pub(crate) contracts: BTreeMap<String, ApiContract>,
    pub(crate) orders: BTreeMap<OrderKey, String>,
    pub(crate) tries: BTreeMap<OrderKey, OrderTries>,
    pub(crate) links: BTreeMap<String, LinkState>,
    pub(crate) customers: BTreeMap<CustomerKey, StoredCard>,
    pub(crate) tokens: BTreeSet<String>,
    pub(crate) movements: Vec<Movement>,
    pub(crate) notices: BTreeMap<u64, ApiNotice>,
    pub(crate) urls: BTreeMap<(String, String), NoticeUrl>,
    pub(crate) due: BTreeSet<(i64, Due, String)>,
    pub(crate) changes: BTreeSet<Key>,
}

impl Book {
    /// An empty book. `seed` decides its ids.
    #[must_use]
    pub fn new(config: impl Into<Arc<Config>>, seed: u64) -> Self {
        let mut head: u32 = ids::rng(seed, "api-tracking-head", 0).random_range(100_000..1_000_000);
        // The link type numbers its payments itself: no id may mean one of each.
        if ids::tracking_id(seed, 0).starts_with(&head.to_string()) {
            head = if head == 999_999 { 100_000 } else { head + 1 };
        }
        Self {
            config: config.into(),
            head,
            start: ids::rng(seed, "api-tracking-start", 0).random_range(0..100_000_000),
            counters: Counters::default(),
            payments: BTreeMap::new(),
            contracts: BTreeMap::new(),
            orders: BTreeMap::new(),
            tries: BTreeMap::new(),
            links: BTreeMap::new(),
            customers: BTreeMap::new(),
            tokens: BTreeSet::new(),
            movements: Vec::new(),
            notices: BTreeMap::new(),
            urls: BTreeMap::new(),
            due: BTreeSet::new(),
            changes: BTreeSet::new(),
        }
    }

    /// Every movement of money, oldest first.
    #[must_use]
    pub fn ledger(&self) -> &[Movement] {
        &self.movements
    }

    /// All payments, by transaction id.
    pub fn payments(&self) -> impl Iterator<Item = &ApiPayment> {
        self.payments.values()
    }

    /// A payment by its transaction id.
    #[must_use]
    pub fn payment(&self, tracking_id: &str) -> Option<&ApiPayment> {
        self.payments.get(tracking_id)
    }

    /// The payment of a purchase id.
    #[must_use]
    pub fn payment_of_order(
        &self,
        merchant: &str,
        service: &str,
        order: &str,
    ) -> Option<&ApiPayment> {
        let key = (merchant.to_owned(), service.to_owned(), order.to_owned());
        self.payments.get(self.orders.get(&key)?)
    }

    /// All contracts applied for by API, by transaction id.
    pub fn contracts(&self) -> impl Iterator<Item = &ApiContract> {
        self.contracts.values()
    }

    /// The next instant at which [`Book::advance`] has something to do.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        self.due.first().map(|(at, ..)| *at)
    }

    /// The members whose contracts are billed by `now`.
    #[must_use]
    pub fn users_due(&self, now: i64) -> BTreeSet<String> {
        self.due
            .iter()
            .take_while(|(at, ..)| *at <= now)
            .filter_map(|(_, _, id)| self.contracts.get(id)?.user.clone())
            .collect()
    }

    /// All notices, oldest first.
    pub fn notices(&self) -> impl Iterator<Item = &ApiNotice> {
        self.notices.values()
    }

    /// Works on one call.
    pub fn handle(&mut self, request: &ApiRequest<'_>, now: i64, outside: &dyn Outside) -> Handled {
        self.handle_with(request, now, outside, None)
    }

    /// Works on one call, and says something wrong in the answer: another amount, a result or a
    /// field that nobody knows. Other faults are those of the transport.
    pub fn handle_with(
        &mut self,
        request: &ApiRequest<'_>,
        now: i64,
        outside: &dyn Outside,
        fault: Option<FaultKind>,
    ) -> Handled {
        let config = Arc::clone(&self.config);
        let Some(user) = gate::authorised(&config, request.authorization) else {
            return Handled {
                status: 401,
                content_type: "text/plain",
                body: b"401 Unauthorized".to_vec(),
                outcome: "401 bad Basic credentials".to_owned(),
                ..Handled::default()
            };
        };
        let mut handled = Handled {
            status: 200,
            content_type: XML,
            merchant_id: user.merchant_id.clone(),
            service_id: user.service_id.clone(),
            ..Handled::default()
        };
        let said = Said { now, fault };
        self.work(&config, user, request.body, said, outside, &mut handled);
        handled.changed = !self.changes.is_empty();
        handled
    }

    fn work(
        &mut self,
        config: &Config,
        user: &Merchant,
        body: &[u8],
        Said { now, fault }: Said,
        outside: &dyn Outside,
        handled: &mut Handled,
    ) {
        let refuse = |handled: &mut Handled, id: Option<&FunctionId>, method: &str, ng: Ng| {
            handled.body = answer::ng(id, &ng, method, now, None, fault);
            handled.outcome = format!("NG {}: {}", ng.code(method), ng.why);
        };
        let bounds = xml::Bounds {
            bytes: config.rules.max_body_bytes,
            elements: config.rules.max_fields,
            ..xml::Bounds::default()
        };
        let document = match xml::parse(body, bounds) {
            Ok(document) if document.root.name == "sps-api-request" => document,
            Ok(_) => {
                let ng = Ng::early("00", fields::NO_FIELD, "the root is not sps-api-request");
                return refuse(handled, None, "999", ng);
            }
            Err(error) => {
                let ng = Ng::early("00", fields::NO_FIELD, error.to_string());
                return refuse(handled, None, "999", ng);
            }
        };
        let id = document.id.as_deref().and_then(FunctionId::parse);
        let known = id.as_ref().and_then(|id| {
            let methods = config.merchants.iter().flat_map(|m| &m.api_methods);
            let mut fits = methods.filter(|m| m.number == id.method());
            fits.find_map(|m| Some((m, function::function(id, m)?)))
        });
        let (Some(id), Some((elsewhere, function))) = (id.as_ref(), known) else {
            let method = id.as_ref().map_or("999", FunctionId::method);
            return refuse(
                handled,
                None,
                method,
                Ng::early("02", 0, "unknown function id"),
            );
        };
        handled.function = Some(id.clone());
        handled.provenance = Some(function.provenance);
        let mut request = Request::spread(&document.root);
        handled.order_id = request.get("order_id").chars().take(100).collect();
        handled.tracking_id = request.get("tracking_id").chars().take(100).collect();
        let tdes = user.api.tdes();
        let own = user.api_methods.iter().find(|m| m.number == id.method());
        let checked = gate::checks(
            config,
            user,
            own,
            own.unwrap_or(elsewhere),
            (id, function),
            &mut request,
            now,
        );
        let hidden = tdes.as_ref().filter(|_| request.encrypted);
        let mut effects = Effects::default();
        let outcome = checked.and_then(|method| {
            let call = Call {
                now,
                merchant: user,
                method,
                request: &request,
                outside,
                transaction: self.transaction_id(user, id),
            };
            let answer = self.run(function.operation, &call, &mut effects);
            if answer.is_ok() {
                let context = answer::Context {
                    function: id,
                    transaction: &call.transaction,
                    now,
                    tdes: hidden,
                    fault,
                };
                return answer.map(|a| answer::ok(&context, &a));
            }
            answer.map(|_| Vec::new())
        });
        if !effects.tracking.is_empty() {
            handled.tracking_id = effects.tracking.clone();
            if let (true, Some(payment)) = (
                handled.order_id.is_empty(),
                self.payments.get(&effects.tracking),
            ) {
                handled.order_id = payment.order_id.clone();
            }
        }
        handled.postings = effects.postings;
        handled.notices = effects.notices;
        handled.ended = effects.ended;
        handled.refunded_payments = effects.refunded_payments;
        handled.refunded_months = effects.refunded_months;
        match outcome {
            Ok(body) => {
                handled.body = body;
                handled.outcome = "OK".to_owned();
            }
            Err(ng) => {
                handled.body = answer::ng(Some(id), &ng, id.method(), now, hidden, fault);
                handled.outcome = format!("NG {}: {}", ng.code(id.method()), ng.why);
            }
        }
    }

    fn run(
        &mut self,
        operation: Operation,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Result<Answer, Ng> {
        use Operation as O;
        let opens = matches!(
            operation,
            O::CardByNumber
                | O::CardByNumberAgain
                | O::CardByToken
                | O::CardByTokenAgain
                | O::CardContract
                | O::CvsRequest
                | O::PayeasyRequest
                | O::ChargePeriod
                | O::PointRequest
                | O::PointContract
                | O::DeclaredRequest
        );
        if opens {
            self.order_is_free(call)?;
        }
        let answer = match operation {
            O::CardByNumber | O::CardByNumberAgain | O::CardByToken | O::CardByTokenAgain => {
                self.card_authorise(operation, call, effects)
            }
            O::CardContract => self.card_contract(call, effects),
            O::Commit => self.commit(call, effects),
            O::CardCapture => self.card_capture(call, effects),
            O::CardRefund => self.card_refund(call, effects),
            O::CardVoid => self.card_void(call, effects),
            O::CardPartialRefund => self.card_partial_refund(call, effects),
            O::CardInquiry => self.card_inquiry(call, effects),
            O::CardStoreNumber { update } => self.card_store(false, update, call),
            O::CardStoreToken { update } => self.card_store(true, update, call),
            O::CardDelete => self.card_delete(call),
            O::CardRead => self.card_read(call),
            O::CvsRequest => self.slip_request(call, effects, true),
            O::PayeasyRequest => self.slip_request(call, effects, false),
            O::CvsInquiry => self.slip_inquiry(call, effects),
            O::ChargePeriod => self.charge_period(call, effects),
            O::Capture => self.capture(call, effects),
            O::WalletInquiry => super::steps::charge::wallet_inquiry(call),
            O::CarrierRefund => self.carrier_refund(call, effects),
            O::EndSimple => self.end_simple(call, effects),
            O::EndMetered => self.end_metered(call, effects),
            O::PointRequest => self.point_request(call, effects),
            O::PointContract => self.point_contract(call, effects),
            O::PointRefund => self.point_refund(call, effects),
            O::PointPartialRefund => self.point_partial_refund(call, effects),
            O::PointInquiry => self.point_inquiry(call, effects),
            O::PointBalance => super::steps::point::point_balance(call),
            O::DeclaredRequest => Ok(self.declared_request(call, effects)),
        };
        if let (true, Err(ng)) = (opens, &answer)
            && !ng.early
        {
            self.note_failed_try(call);
        }
        answer
    }

    /// Kind 96 for a purchase id that made a payment, 93 for one that failed too often.
    fn order_is_free(&self, call: &Call<'_>) -> Result<(), Ng> {
        let key = call.order_key();
        if self.orders.contains_key(&key) || call.outside.order_used(&key.0, &key.1, &key.2) {
            return Err(Ng::early("96", fields::NO_FIELD, "order_id: used before"));
        }
        let failed = self.tries.get(&key).map_or(0, |t| t.failed);
        if failed >= self.config.api.entry_limit {
            return Err(Ng::early(
                "93",
                fields::NO_FIELD,
                "order_id: failed too often",
            ));
        }
        Ok(())
    }

    fn note_failed_try(&mut self, call: &Call<'_>) {
        let key = call.order_key();
        let tries = self.tries.entry(key.clone()).or_insert_with(|| OrderTries {
            merchant_id: key.0.clone(),
            service_id: key.1.clone(),
            order_id: key.2.clone(),
            failed: 0,
        });
        tries.failed += 1;
        self.touch(Key::Tries(key));
    }

    fn transaction_id(&mut self, merchant: &Merchant, id: &FunctionId) -> String {
        self.counters.transactions += 1;
        self.touch(Key::Counters);
        format!(
            "B{}{}{}{:011}",
            merchant.merchant_id,
            merchant.service_id,
            id.compact(),
            self.counters.transactions
        )
    }

    pub(crate) fn next_tracking(&mut self) -> String {
        self.counters.tracking += 1;
        self.touch(Key::Counters);
        // 48271 shares no factor with 10^8, so the step visits every tail once.
        let tail = (self.start + self.counters.tracking % 100_000_000 * 48_271) % 100_000_000;
        format!("{}{tail:08}", self.head)
    }

    /// A new payment of this call, authorised and committed.
    pub(crate) fn draft(&mut self, call: &Call<'_>) -> ApiPayment {
        ApiPayment {
            tracking_id: self.next_tracking(),
            sps_transaction_id: call.transaction.clone(),
            merchant_id: call.merchant.merchant_id.clone(),
            service_id: call.merchant.service_id.clone(),
            method: call.method.number.clone(),
            flow: call.method.flow,
            order_id: call.get("order_id").to_owned(),
            cust_code: super::records::Hidden(call.get("cust_code").to_owned()),
            amount: call.request.number("amount"),
            state: PaymentState::Authorised,
            committed: true,
            captured: 0,
            refunded: 0,
            user: None,
            returned_miles: 0,
            contract: None,
            card: None,
            slip: None,
            at: call.now,
            captured_at: None,
        }
    }

    /// The caller's payment of this method under the request's tracking id.
    pub(crate) fn own_payment(&self, call: &Call<'_>, effects: &mut Effects) -> Option<ApiPayment> {
        let payment = self.payments.get(call.get("tracking_id"))?;
        let own = payment.merchant_id == call.merchant.merchant_id
            && payment.service_id == call.merchant.service_id
            && payment.method == call.method.number;
        effects.tracking.clone_from(&payment.tracking_id);
        own.then(|| payment.clone())
    }

    /// The caller's contract of this method under the request's tracking id.
    pub(crate) fn own_contract(
        &self,
        call: &Call<'_>,
        effects: &mut Effects,
    ) -> Option<ApiContract> {
        let contract = self.contracts.get(call.get("tracking_id"))?;
        let own = contract.merchant_id == call.merchant.merchant_id
            && contract.service_id == call.merchant.service_id
            && contract.method == call.method.number;
        effects.tracking.clone_from(&contract.tracking_id);
        own.then(|| contract.clone())
    }
}
