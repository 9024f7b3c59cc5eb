//! What the book remembers: kept record by record, written down and read back.

use std::sync::Arc;

use sha1::{Digest as _, Sha1};

use super::{
    book::{Book, Due},
    config::Config,
    records::{
        ApiContract, ApiPayment, Key, LinkState, Movement, MovementKind, Record, StoredCard,
    },
    request::hex,
    steps::slip,
};

impl Book {
    /// A book that remembers `records`, movements in the order of their numbers.
    #[must_use]
    pub fn restore(
        config: impl Into<Arc<Config>>,
        seed: u64,
        records: impl IntoIterator<Item = Record>,
    ) -> Self {
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

    pub(crate) fn keep_payment(&mut self, payment: ApiPayment) {
        let key = (
            payment.merchant_id.clone(),
            payment.service_id.clone(),
            payment.order_id.clone(),
        );
        let id = payment.tracking_id.clone();
        self.orders.insert(key, id.clone());
        if let Some(end) = self.payments.get(&id).and_then(slip::expiry) {
            self.due.remove(&(end, Due::Expiry, id.clone()));
        }
        if let Some(end) = slip::expiry(&payment) {
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
}
