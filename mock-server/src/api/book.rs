//! The book: the API type as a state machine without IO, clock or randomness of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rand::Rng as _;
use sha1::{Digest as _, Sha1};

use super::{
    answer::{self, Answer, XML},
    fields,
    function::{self, Function, FunctionId, Operation},
    outside::{Outside, Posting},
    records::{
        ApiContract, ApiNotice, ApiPayment, Counters, CustomerKey, Key, LinkState, Movement,
        MovementKind, NoticeUrl, OrderKey, OrderTries, PaymentState, Record, StoredCard,
    },
    refusal::Ng,
    request::{Request, hex},
    terms::{ApiMethod, ApiRules},
};
use crate::{
    ids,
    link::fields::Provenance,
    periods::RecurringRules,
    scenario::{Merchant, Rules, Scenario},
    wire::xml,
};

/// What the book needs of a scenario.
#[derive(Debug, Clone)]
pub struct Config {
    /// Merchants with their API contracts.
    pub merchants: Vec<Merchant>,
    /// Rules of the API type.
    pub api: ApiRules,
    /// Rules shared with the link type: windows, refund months, the 1 % return.
    pub rules: Rules,
    /// Rules of recurring contracts, shared with the link type.
    pub recurring: RecurringRules,
}

impl From<&Scenario> for Config {
    fn from(scenario: &Scenario) -> Self {
        Self {
            merchants: scenario.merchants.clone(),
            api: scenario.api.clone(),
            rules: scenario.rules.clone(),
            recurring: scenario.recurring.clone(),
        }
    }
}

/// A call as it came over HTTP.
#[derive(Clone, Copy)]
pub struct ApiRequest<'a> {
    /// Value of the `Authorization` header.
    pub authorization: Option<&'a str>,
    /// Value of the `Content-Type` header. Any is taken: clients differ.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

impl std::fmt::Debug for ApiRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiRequest")
            .field("content_type", &self.content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What came of a call.
#[derive(Debug, Clone, Default)]
pub struct Handled {
    /// HTTP status.
    pub status: u16,
    /// Content type of the answer.
    pub content_type: &'static str,
    /// The answer.
    pub body: Vec<u8>,
    /// Miles to be moved, in the transaction that writes the book's changes down.
    pub postings: Vec<Posting>,
    /// Notices to be sent.
    pub notices: Vec<ApiNotice>,
    /// Contracts of the link type that end by this call, and what ends them.
    pub ended: Vec<(String, String)>,
    /// Payments of the link type that are given back: transaction ids.
    pub refunded_payments: Vec<String>,
    /// Months of link-type contracts that are given back: transaction id and `YYYYMM`.
    pub refunded_months: Vec<(String, String)>,
    /// Whether the book remembers something new.
    pub changed: bool,
    /// Function id, when it was one.
    pub function: Option<FunctionId>,
    /// What the reading of the function rests on.
    pub provenance: Option<Provenance>,
    /// Merchant, when the call says one.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Purchase id of the request or of the payment it is about.
    pub order_id: String,
    /// Transaction id of the payment made or meant.
    pub tracking_id: String,
    /// `OK`, or code and reason, for the log.
    pub outcome: String,
}

/// A call whose fields are in order.
pub(crate) struct Call<'a> {
    pub(crate) now: i64,
    pub(crate) merchant: &'a Merchant,
    pub(crate) method: &'a ApiMethod,
    pub(crate) request: &'a Request,
    pub(crate) outside: &'a dyn Outside,
    /// Id of this exchange.
    pub(crate) transaction: String,
}

impl Call<'_> {
    pub(crate) fn get(&self, path: &str) -> &str {
        self.request.get(path)
    }

    pub(crate) fn order_key(&self) -> OrderKey {
        (
            self.merchant.merchant_id.clone(),
            self.merchant.service_id.clone(),
            self.get("order_id").to_owned(),
        )
    }

    pub(crate) fn customer_key(&self) -> CustomerKey {
        (
            self.merchant.merchant_id.clone(),
            self.merchant.service_id.clone(),
            self.get("cust_code").to_owned(),
        )
    }
}

/// What a step brings about outside the book.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    pub(crate) postings: Vec<Posting>,
    pub(crate) notices: Vec<ApiNotice>,
    pub(crate) ended: Vec<(String, String)>,
    pub(crate) refunded_months: Vec<(String, String)>,
    pub(crate) refunded_payments: Vec<String>,
    /// Payment or contract made or meant.
    pub(crate) tracking: String,
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
    changes: BTreeSet<Key>,
}

impl Book {
    /// An empty book. `seed` decides its ids.
    #[must_use]
    pub fn new(config: Config, seed: u64) -> Self {
        Self {
            config: Arc::new(config),
            head: ids::rng(seed, "api-tracking-head", 0).random_range(100_000..1_000_000),
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

    /// A book that remembers `records`, movements in the order of their numbers.
    #[must_use]
    pub fn restore(config: Config, seed: u64, records: impl IntoIterator<Item = Record>) -> Self {
        let mut book = Self::new(config, seed);
        for record in records {
            book.remember(record);
        }
        book.movements.sort_by_key(|m| m.id);
        book.changes.clear();
        book
    }

    fn remember(&mut self, record: Record) {
        match record {
            Record::Payment(payment) => self.keep_payment(payment),
            Record::Contract(contract) => self.keep_contract(contract),
            Record::Link(link) => {
                self.links.insert(link.tracking_id.clone(), link);
            }
            Record::Customer(card) => self.keep_customer(card),
            Record::Token(token) => {
                self.tokens.insert(token);
            }
            Record::Tries(tries) => {
                let key = (
                    tries.merchant_id.clone(),
                    tries.service_id.clone(),
                    tries.order_id.clone(),
                );
                self.tries.insert(key, tries);
            }
            Record::Movement(movement) => self.movements.push(movement),
            Record::Notice(notice) => {
                self.notices.insert(notice.id, notice);
            }
            Record::NoticeUrl(url) => {
                let key = (url.merchant_id.clone(), url.service_id.clone());
                self.urls.insert(key, url);
            }
            Record::Counters(counters) => self.counters = counters,
        }
    }

    /// Everything the book remembers.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let mut all = vec![Record::Counters(self.counters.clone())];
        all.extend(self.payments.values().cloned().map(Record::Payment));
        all.extend(self.contracts.values().cloned().map(Record::Contract));
        all.extend(self.links.values().cloned().map(Record::Link));
        all.extend(self.customers.values().cloned().map(Record::Customer));
        all.extend(self.tokens.iter().cloned().map(Record::Token));
        all.extend(self.tries.values().cloned().map(Record::Tries));
        all.extend(self.movements.iter().cloned().map(Record::Movement));
        all.extend(self.notices.values().cloned().map(Record::Notice));
        all.extend(self.urls.values().cloned().map(Record::NoticeUrl));
        all
    }

    /// The records that changed since this was last asked, by the name of their row; `None` for
    /// one that is gone.
    pub fn take_changes(&mut self) -> Vec<(String, Option<Record>)> {
        std::mem::take(&mut self.changes)
            .into_iter()
            .map(|key| {
                let record = self.record(&key);
                (key.name(), record)
            })
            .collect()
    }

    fn record(&self, key: &Key) -> Option<Record> {
        match key {
            Key::Payment(id) => self.payments.get(id).cloned().map(Record::Payment),
            Key::Contract(id) => self.contracts.get(id).cloned().map(Record::Contract),
            Key::Link(id) => self.links.get(id).cloned().map(Record::Link),
            Key::Customer(key) => self.customers.get(key).cloned().map(Record::Customer),
            Key::Token(token) => self.tokens.get(token).cloned().map(Record::Token),
            Key::Tries(key) => self.tries.get(key).cloned().map(Record::Tries),
            Key::Movement(id) => usize::try_from(id.saturating_sub(1))
                .ok()
                .and_then(|at| self.movements.get(at))
                .cloned()
                .map(Record::Movement),
            Key::Notice(id) => self.notices.get(id).cloned().map(Record::Notice),
            Key::NoticeUrl(merchant, service) => self
                .urls
                .get(&(merchant.clone(), service.clone()))
                .cloned()
                .map(Record::NoticeUrl),
            Key::Counters => Some(Record::Counters(self.counters.clone())),
        }
    }

    /// Marks a record for the next [`Book::take_changes`].
    pub(crate) fn touch(&mut self, key: Key) {
        self.changes.insert(key);
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
        let config = Arc::clone(&self.config);
        let Some(user) = authorised(&config, request.authorization) else {
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
        self.work(&config, user, request.body, now, outside, &mut handled);
        handled.changed = !self.changes.is_empty();
        handled
    }

    fn work(
        &mut self,
        config: &Config,
        user: &Merchant,
        body: &[u8],
        now: i64,
        outside: &dyn Outside,
        handled: &mut Handled,
    ) {
        let refuse = |handled: &mut Handled, id: Option<&FunctionId>, method: &str, ng: Ng| {
            handled.body = answer::ng(id, &ng, method, now, None);
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
        let checked = checks(
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
                handled.body = answer::ng(Some(id), &ng, id.method(), now, hidden);
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
            O::PointBalance => point_balance(call),
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

    pub(crate) fn keep_payment(&mut self, payment: ApiPayment) {
        let key = (
            payment.merchant_id.clone(),
            payment.service_id.clone(),
            payment.order_id.clone(),
        );
        let id = payment.tracking_id.clone();
        self.orders.insert(key, id.clone());
        if let Some(end) = self.payments.get(&id).and_then(super::steps::slip::expiry) {
            self.due.remove(&(end, Due::Expiry, id.clone()));
        }
        if let Some(end) = super::steps::slip::expiry(&payment) {
            self.due.insert((end, Due::Expiry, id.clone()));
        }
        self.payments.insert(id.clone(), payment);
        self.touch(Key::Payment(id));
    }

    pub(crate) fn keep_contract(&mut self, contract: ApiContract) {
        let key = (
            contract.merchant_id.clone(),
            contract.service_id.clone(),
            contract.order_id.clone(),
        );
        let id = contract.tracking_id.clone();
        self.orders.insert(key, id.clone());
        if let Some(old) = self.contracts.get(&id) {
            self.due.remove(&(old.next_at, Due::Month, id.clone()));
        }
        if contract.committed && contract.ended_at.is_none() {
            self.due.insert((contract.next_at, Due::Month, id.clone()));
        }
        self.contracts.insert(id.clone(), contract);
        self.touch(Key::Contract(id));
    }

    pub(crate) fn keep_customer(&mut self, card: StoredCard) {
        let key = (
            card.merchant_id.clone(),
            card.service_id.clone(),
            card.cust_code.0.clone(),
        );
        self.customers.insert(key.clone(), card);
        self.touch(Key::Customer(key));
    }

    pub(crate) fn keep_link(&mut self, link: LinkState) {
        let id = link.tracking_id.clone();
        self.links.insert(id.clone(), link);
        self.touch(Key::Link(id));
    }

    /// Uses a token up; `false` when it was used before.
    pub(crate) fn use_token(&mut self, token: &str) -> bool {
        // A digest is enough to know it again.
        let digest = hex(&Sha1::digest(token.as_bytes()));
        let fresh = self.tokens.insert(digest.clone());
        self.touch(Key::Token(digest));
        fresh
    }

    /// Writes a movement of money down.
    pub(crate) fn enter(&mut self, movement: Movement) {
        let id = u64::try_from(self.movements.len()).unwrap_or(u64::MAX) + 1;
        self.movements.push(Movement { id, ..movement });
        self.touch(Key::Movement(id));
    }

    /// Writes a movement of a payment down.
    pub(crate) fn enter_payment(
        &mut self,
        payment: &ApiPayment,
        tag: &str,
        kind: MovementKind,
        yen: u64,
        at: i64,
    ) {
        if yen == 0 {
            return;
        }
        self.enter(Movement {
            id: 0,
            at,
            kind,
            yen,
            merchant_id: payment.merchant_id.clone(),
            service_id: payment.service_id.clone(),
            method: payment.method.clone(),
            tag: tag.to_owned(),
            order_id: payment.order_id.clone(),
            tracking_id: payment.tracking_id.clone(),
            month: String::new(),
        });
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

/// The merchant whose Basic credentials these are.
pub(crate) fn authorised<'a>(config: &'a Config, header: Option<&str>) -> Option<&'a Merchant> {
    let header = header?;
    let (scheme, given) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = STANDARD.decode(given.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (user, password) = text.split_once(':')?;
    config.merchants.iter().find(|m| {
        let ids = format!("{}{}", m.merchant_id, m.service_id);
        user == m.api.user.as_deref().unwrap_or(&ids)
            && password == m.api.password.as_deref().unwrap_or(&m.hash_key)
    })
}

/// Every check that needs no state, in the order of docs/protocol/api-type.md#mock.
fn checks<'a>(
    config: &Config,
    user: &Merchant,
    own: Option<&'a ApiMethod>,
    method: &ApiMethod,
    (id, function): (&FunctionId, Function),
    request: &mut Request,
    now: i64,
) -> Result<&'a ApiMethod, Ng> {
    for (name, number, is) in [
        ("merchant_id", 1, &user.merchant_id),
        ("service_id", 2, &user.service_id),
    ] {
        if request.get(name) != is {
            let why = format!("{name}: not the one that logged in");
            return Err(Ng::early("14", number, why));
        }
    }
    let table = fields::table(function.operation);
    request.open(table, user.api.tdes().as_ref())?;
    request.check(table, method, config.api.refuse_unknown_fields)?;
    request.window(
        now,
        config.rules.default_limit_second,
        config.rules.future_skew_second,
    )?;
    if !request.hash_fits(&user.hash_key) {
        return Err(Ng::early("09", fields::NO_FIELD, "sps_hashcode: differs"));
    }
    if config.api.strict_order && table.ordered && !request.in_order(table) {
        let why = "sps_hashcode: fields stand in another order than the documented one";
        return Err(Ng::early("09", fields::NO_FIELD, why));
    }
    own.filter(|m| function::function(id, m).is_some())
        .ok_or_else(|| {
            Ng::early(
                "01",
                fields::NO_FIELD,
                "the contract does not have this method",
            )
        })
}

/// Miles of a member: mock-only, so that a shop's own payment page can show them.
fn point_balance(call: &Call<'_>) -> Result<Answer, Ng> {
    let user = call.get("pay_method_info/netmile_user_id");
    let Some(miles) = call.outside.balance(user) else {
        return Err(super::steps::point::no_member());
    };
    Ok(Answer {
        inquiry: true,
        info: Some(vec![answer::info("balance", miles.to_string())]),
        ..Answer::default()
    })
}
