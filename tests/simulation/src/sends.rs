//! What may happen each time that it arrives: how often it left the shop, and what came of it at the gateway. Read off
//! the wire and the ledger alone.

use crate::network::Exchange;
use crate::world::{Invariant, World};

impl World {
    /// Refunds of so many yen that the network made of one request.
    #[must_use]
    pub fn copies(&self, order: &str, yen: u64) -> usize {
        let parts = self.exchanges.iter().filter(|exchange| {
            let facts = &exchange.facts;
            facts.is_part() && facts.amount == Some(yen) && self.gateway.order_of(facts) == order
        });
        parts.map(|part| part.effects.saturating_sub(1)).sum()
    }

    /// Parts of so many yen that are hidden.
    #[must_use]
    pub fn hidden(&self, order: &str, yen: u64) -> usize {
        let parts = self.exchanges.iter().filter(|exchange| {
            let facts = &exchange.facts;
            facts.amount == Some(yen) && self.gateway.order_of(facts) == order
        });
        parts.filter(|part| self.is_hidden(part)).count()
    }

    /// Whether it is a part that was executed while the shop got the refusal of the network's copy, and no inquiry tells
    /// the sum.
    fn is_hidden(&self, exchange: &Exchange) -> bool {
        exchange.facts.is_part()
            && exchange.effects > 0
            && exchange.honest
            && exchange.refused
            && !self.plan.way.tells_refunds()
    }

    /// A request leaves once for each order, a part once for each name that the shop gave: unless evidence came that the
    /// one before had no effect, and it had none.
    pub fn sent_once(&mut self) {
        let mut complaints = Vec::new();
        let blind = |exchange: &&Exchange| exchange.facts.is_blind();
        let all: Vec<&Exchange> = self.exchanges.iter().filter(blind).collect();
        for (number, exchange) in all.iter().enumerate() {
            let Some(left) = exchange.left else { continue };
            if self.left_dead(exchange) {
                if exchange.effects > 0 {
                    let name = exchange.facts.name();
                    complaints.push(format!("{name}: left too late, and had an effect"));
                }
                continue;
            }
            let name = exchange.facts.name();
            let before = all.iter().enumerate().filter(|(other, one)| {
                let earlier = one.left.is_some_and(|at| (at, *other) < (left, number));
                earlier && one.facts.name() == name && !self.left_dead(one)
            });
            let standing = before.filter(|(_, one)| !self.is_refuted(one, left));
            let (times, wanted) = (standing.count() + 1, self.wanted(exchange, left));
            if times > wanted {
                complaints.push(format!("{name}: sent {times} times, wanted {wanted} times"));
            }
        }
        for detail in complaints {
            self.broken(Invariant::NoBlindRetry, detail);
        }
    }

    /// How often it may be sent: parts of equal yen have the same bytes, so their names count.
    fn wanted(&self, exchange: &Exchange, at: u64) -> usize {
        let facts = &exchange.facts;
        if !facts.is_part() {
            return 1;
        }
        let order = self.gateway.order_of(facts);
        let parts = self.shop.parts_of(&order);
        let same = parts.filter(|part| Some(part.yen) == facts.amount && part.asked <= at);
        same.count()
    }

    /// Whether the gateway could no longer take it when it left: a process stood still over it.
    fn left_dead(&self, exchange: &Exchange) -> bool {
        let left = exchange.left.map_or(0, |nanos| self.unix_at(nanos));
        left > exchange.facts.valid_until()
    }

    /// Whether the shop had evidence at some instant that a send had no effect. It is none when it had one, unless that
    /// was hidden from the shop.
    fn is_refuted(&self, sent: &Exchange, at: u64) -> bool {
        if sent.effects > 0 && !self.is_hidden(sent) {
            return false;
        }
        let by = |when: Option<u64>| when.is_some_and(|when| when <= at);
        if sent.honest && sent.refused && by(sent.answered) {
            return true;
        }
        let order = self.gateway.order_of(&sent.facts);
        let asked = self.exchanges.iter().any(|question| {
            question.facts.is_question()
                && question.honest
                && !question.refused
                && by(question.answered)
                && question
                    .arrived
                    .is_some_and(|arrived| arrived > sent.facts.valid_until())
                && self.gateway.order_of(&question.facts) == order
        });
        let since = |when: u64| sent.left.is_some_and(|left| left < when) && when <= at;
        let mut decided = self.shop.decided.iter();
        asked
            || self.files.iter().any(|when| since(*when))
            || decided.any(|(of, when)| *of == order && since(*when))
    }
}
