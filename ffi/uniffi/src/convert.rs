//! From the core's types to records and back.

use std::collections::BTreeMap;

use netmile::exchange::Points;
use netmile::link::{
    self, FreeCsv, HashedMessage, MessageKind, PayMethods, RawMessage, ReturnUrls,
};
use netmile::purchase as core;
use netmile::reference::Day;
use netmile::schedule::YearMonth;
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Lang, Miles, Result, Yen};
use netmile_ffi_runtime::FfiError;
use netmile_ffi_runtime::config::{billing, one_of, terminal};

use crate::records::{
    Attempt, Checkout, Delivery, DetailRow, Message, NoticeAnswer, Page, Pair, Payment, Problem,
    Purchase, PurchaseRequest, RecurringRequest, Refund, RefundEvidence, RegistrationRequest,
    SignedForm, Urls,
};
use crate::seen::Seen;

pub(crate) fn yen(field: &'static str, value: i64) -> Result<Yen> {
    Yen::from_i64(value).map_err(|_| invalid(field, "must not be negative"))
}

pub(crate) fn digit(field: &'static str, value: i64) -> Result<u8> {
    let digit = u8::try_from(value).ok().filter(|digit| *digit <= 9);
    digit.ok_or_else(|| invalid(field, "must be one digit"))
}

pub(crate) fn invalid(field: &'static str, rule: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, field, rule)
}

/// 1 to 1000.
pub(crate) fn limit(value: i64) -> Result<u32> {
    u32::try_from(value)
        .ok()
        .filter(|limit| (1..=1000).contains(limit))
        .ok_or_else(|| invalid("limit", "must be 1 to 1000"))
}

pub(crate) fn miles(field: &'static str, value: i64) -> Result<Miles> {
    Miles::from_i64(value).map_err(|_| invalid(field, "must not be negative"))
}

pub(crate) fn points(field: &'static str, value: i64) -> Result<Points> {
    count(field, value).map(Points::new)
}

pub(crate) fn count(field: &'static str, value: i64) -> Result<u64> {
    u64::try_from(value).map_err(|_| invalid(field, "must not be negative"))
}

pub(crate) fn day(field: &'static str, text: &str) -> Result<Day> {
    text.parse()
        .map_err(|_| invalid(field, "must be a date written YYYY-MM-DD"))
}

pub(crate) fn month(field: &'static str, text: &str) -> Result<YearMonth> {
    YearMonth::parse(text).map_err(|_| invalid(field, "must be a month written YYYYMM"))
}

/// A count or sum that the core has as an unsigned number.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn named(pairs: &[(String, String)]) -> BTreeMap<String, String> {
    pairs.iter().cloned().collect()
}

pub(crate) fn millis(at: Timestamp) -> i64 {
    at.as_unix().saturating_mul(1000)
}

pub(crate) fn timestamp(millis: i64) -> Timestamp {
    Timestamp::from_unix(millis.div_euclid(1000))
}

pub(crate) fn amount(yen: Yen) -> i64 {
    yen.to_i64().unwrap_or(i64::MAX)
}

/// The name that serde gives a plain enum, so that names stand in one place only.
pub(crate) fn name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

pub(crate) fn pairs<'a>(of: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Pair> {
    of.into_iter()
        .map(|(name, value)| Pair {
            name: name.to_owned(),
            value: value.to_owned(),
        })
        .collect()
}

pub(crate) fn free(texts: &[String]) -> Result<[String; 3]> {
    if texts.len() > 3 {
        return Err(invalid("free", "must have at most three texts"));
    }
    let text = |n: usize| texts.get(n).cloned().unwrap_or_default();
    Ok([text(0), text(1), text(2)])
}

fn free_csv(pairs: &[Pair]) -> FreeCsv {
    pairs.iter().fold(FreeCsv::new(), |csv, pair| {
        csv.with(pair.name.as_str(), pair.value.as_str())
    })
}

fn pay_methods(tags: &[String]) -> PayMethods {
    match tags {
        [] => PayMethods::Any,
        [only] => PayMethods::one(only.as_str()),
        several => PayMethods::choice(several.iter().cloned()),
    }
}

impl From<Urls> for ReturnUrls {
    fn from(urls: Urls) -> Self {
        Self {
            success: urls.success,
            cancel: urls.cancel,
            error: urls.error,
            notify: urls.notify,
        }
    }
}

impl DetailRow {
    pub(crate) fn to_core(&self) -> Result<link::DetailRow> {
        let [free1, free2, free3] = free(&self.free)?;
        let mut row = link::DetailRow::new(
            self.item_id.as_str(),
            self.item_name.as_str(),
            yen("dtl_amount", self.amount)?,
        )
        .with_free(free1, free2, free3);
        if let Some(count) = self.count {
            let count = u32::try_from(count)
                .map_err(|_| invalid("dtl_item_count", "must be 1 to 999,999"))?;
            row = row.with_count(count);
        }
        if let Some(tax) = self.tax {
            row = row.with_tax(yen("dtl_tax", tax)?);
        }
        Ok(row)
    }

    fn from_core(row: &link::DetailRow) -> Self {
        Self {
            item_id: row.item_id().to_owned(),
            item_name: row.item_name().to_owned(),
            amount: amount(row.amount()),
            count: row.count().map(i64::from),
            tax: row.tax().map(amount),
            free: row.free().to_vec(),
        }
    }
}

impl PurchaseRequest {
    pub(crate) fn to_core(&self, order_id: &str) -> Result<link::PurchaseRequest> {
        let [free1, free2, free3] = free(&self.free)?;
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(DetailRow::to_core)
            .collect::<Result<_>>()?;
        let mut request = link::PurchaseRequest::new(
            link::OrderId::new(order_id)?,
            self.cust_code.as_str(),
            self.item_id.as_str(),
            yen("amount", self.amount)?,
            terminal(&self.terminal)?,
            self.urls.clone().into(),
        )
        .with_item_name(self.item_name.as_str())
        .with_free(free1, free2, free3)
        .with_free_csv(free_csv(&self.free_csv))
        .with_rows(rows);
        if let Some(tax) = self.tax {
            request = request.with_tax(yen("tax", tax)?);
        }
        if let Some(name) = &self.billing {
            request = request.with_billing(billing(name)?);
        }
        if let Some(tags) = &self.pay_methods {
            request = request.with_pay_methods(pay_methods(tags));
        }
        if let Some(given) = self.camp_type {
            request = request.with_camp_type(digit("camp_type", given)?);
        }
        if let Some(month) = &self.last_charge_month {
            request = request.with_last_charge_month(month.as_str());
        }
        Ok(request)
    }
}

impl RecurringRequest {
    pub(crate) fn to_core(&self, order_id: &str) -> Result<link::RecurringRequest> {
        let [free1, free2, free3] = free(&self.free)?;
        Ok(link::RecurringRequest::new(
            link::RecurringService::Apply,
            pay_methods(&self.pay_methods),
            link::OrderId::new(order_id)?,
            self.cust_code.as_str(),
            self.item_id.as_str(),
            terminal(&self.terminal)?,
            self.urls.clone().into(),
        )
        .with_item_name(self.item_name.as_str())
        .with_free(free1, free2, free3))
    }
}

macro_rules! registration {
    ($method:ident, $type:ident) => {
        pub(crate) fn $method(&self) -> Result<link::$type> {
            let [free1, free2, free3] = free(&self.free)?;
            Ok(link::$type::new(
                pay_methods(&self.pay_methods),
                self.cust_code.as_str(),
                terminal(&self.terminal)?,
                self.urls.clone().into(),
            )
            .with_stored(self.sps_cust_no.as_str(), self.sps_payment_no.as_str())
            .with_free(free1, free2, free3)
            .with_free_csv(free_csv(&self.free_csv)))
        }
    };
}

impl RegistrationRequest {
    registration!(to_registration, RegistrationRequest);
    registration!(to_deletion, RegistrationDeletion);
}

impl SignedForm {
    pub(crate) fn from_core(form: &link::SignedForm, lang: Lang) -> Self {
        let form = form.seen();
        let page = form.page(lang);
        Self {
            action: form.action().to_owned(),
            fields: pairs(form.fields().iter().map(|(n, v)| (*n, v.as_str()))),
            request_date: form.request_date().to_owned(),
            body: form.urlencoded(),
            html: form.form_html(&link::FormOptions::new(lang)).into_bytes(),
            page: Page {
                status: page.status,
                content_type: page.content_type.to_owned(),
                headers: pairs(page.headers.iter().map(|(n, v)| (*n, v.as_str()))),
                body: page.body,
            },
        }
    }
}

impl Checkout {
    pub(crate) fn from_core(checkout: &netmile::client::Checkout, lang: Lang) -> Self {
        let hosted = checkout.hosted().and_then(|hosted| hosted.to_json());
        Self {
            purchase_id: checkout.purchase_id.clone(),
            order_id: checkout.order_id.clone(),
            form: SignedForm::from_core(&checkout.form, lang),
            hosted: hosted.ok(),
        }
    }
}

pub(crate) fn raw(body: Vec<u8>, content_type: Option<String>) -> RawMessage {
    let raw = RawMessage::form(body);
    match content_type {
        Some(content_type) => raw.with_content_type(content_type),
        None => raw,
    }
}

pub(crate) fn message_kind(name: &str) -> Result<MessageKind> {
    one_of("kind", &MessageKind::ALL, MessageKind::name, name)
}

pub(crate) fn hashed_message(name: &str) -> Result<HashedMessage> {
    const ALL: [(HashedMessage, &str); 9] = [
        (HashedMessage::Purchase, "purchase"),
        (HashedMessage::PurchaseResult, "purchase_result"),
        (HashedMessage::PurchaseReturn, "purchase_return"),
        (HashedMessage::Registration, "registration"),
        (HashedMessage::RegistrationResult, "registration_result"),
        (HashedMessage::RegistrationReturn, "registration_return"),
        (HashedMessage::Recurring, "recurring"),
        (HashedMessage::RecurringResult, "recurring_result"),
        (HashedMessage::RecurringReturn, "recurring_return"),
    ];
    one_of("message", &ALL, |(_, name)| name, name).map(|(message, _)| message)
}

impl Message {
    pub(crate) fn from_core(message: &link::ResultMessage) -> Self {
        let message = message.seen();
        let text = |value: Option<&str>| value.map(str::to_owned);
        Self {
            kind: message.kind().name().to_owned(),
            merchant_id: message.contract_id().merchant_id.clone(),
            service_id: message.contract_id().service_id.clone(),
            order_id: text(message.order_id()),
            cust_code: message.cust_code().to_owned(),
            amount: message.amount().map(amount),
            result: message.result().as_str().to_owned(),
            tracking_id: text(message.tracking_id()),
            used_pay_method: text(message.used_pay_method()),
            payment_date: text(message.payment_date()),
            err_code: text(message.err_code()),
            made_at_ms: millis(message.res_date()),
            limit_second: i64::from(message.limit_second()),
            sps_cust_no: text(message.sps_cust_no()),
            sps_payment_no: text(message.sps_payment_no()),
            payinfo_key: text(message.payinfo_key()),
            rows: message.rows().iter().map(DetailRow::from_core).collect(),
            extra: pairs(
                message
                    .extra()
                    .iter()
                    .map(|(n, v)| (n.as_str(), v.as_str())),
            ),
        }
    }
}

impl NoticeAnswer {
    pub(crate) fn new(ack: &link::Ack, problem: Option<Problem>) -> Self {
        Self {
            status: ack.status(),
            content_type: ack.content_type().to_owned(),
            body: ack.body().to_vec(),
            accepted: ack.is_ok(),
            problem,
        }
    }
}

impl Problem {
    pub(crate) fn new(error: &FfiError, lang: Lang) -> Self {
        Self {
            code: error.code.to_owned(),
            field: error.field.clone(),
            detail: error.detail.clone().into_owned(),
            hint: error.hint(lang).to_owned(),
            retryable: error.retryable,
        }
    }
}

impl From<core::Purchase> for Purchase {
    fn from(purchase: core::Purchase) -> Self {
        Self {
            id: purchase.id,
            merchant_id: purchase.contract.merchant_id,
            service_id: purchase.contract.service_id,
            phase: purchase.phase.name().to_owned(),
            review: purchase.review.as_ref().map(name),
            cust_code: purchase.asked.cust_code,
            item_id: purchase.asked.item_id,
            item_name: purchase.asked.item_name,
            amount: amount(purchase.asked.amount),
            billing: purchase.asked.billing.name().to_owned(),
            attempts: purchase.attempts.into_iter().map(Into::into).collect(),
            payments: purchase.payments.into_iter().map(Into::into).collect(),
            deposited: amount(purchase.deposited),
            given_up: purchase.given_up,
            late_accepted: purchase.late_accepted,
            contract_end: purchase.contract_end.as_ref().map(name),
            created_at_ms: millis(purchase.created_at),
        }
    }
}

impl From<core::Attempt> for Attempt {
    fn from(attempt: core::Attempt) -> Self {
        Self {
            order_id: attempt.order_id,
            purpose: name(&attempt.purpose),
            state: name(&attempt.state),
            started_at_ms: millis(attempt.started_at),
            err_code: attempt.err_code,
            tracking_id: attempt.tracking_id,
        }
    }
}

impl From<core::Payment> for Payment {
    fn from(payment: core::Payment) -> Self {
        Self {
            tracking_id: payment.tracking_id,
            order_id: payment.order_id,
            amount: amount(payment.amount),
            paid_at_ms: millis(payment.paid_at),
            refused: payment.refused,
            refund: payment.refund.map(|refund| Refund {
                reason: refund.reason,
                requested_at_ms: millis(refund.requested_at),
                confirmed: refund.confirmed.map(Into::into),
            }),
        }
    }
}

impl From<core::RefundEvidence> for RefundEvidence {
    fn from(evidence: core::RefundEvidence) -> Self {
        Self {
            source: evidence.source,
            reference: evidence.reference,
            amount: amount(evidence.amount),
            refunded_at_ms: millis(evidence.refunded_at),
        }
    }
}

impl RefundEvidence {
    pub(crate) fn to_core(&self) -> Result<core::RefundEvidence> {
        Ok(core::RefundEvidence {
            source: self.source.clone(),
            reference: self.reference.clone(),
            amount: yen("amount", self.amount)?,
            refunded_at: timestamp(self.refunded_at_ms),
        })
    }
}

impl From<netmile::client::Delivery> for Delivery {
    fn from(delivery: netmile::client::Delivery) -> Self {
        let fact = delivery.fact;
        Self {
            id: delivery.id,
            kind: fact.kind.name().to_owned(),
            subject: name(&fact.subject),
            purchase_id: fact.purchase_id,
            merchant_id: fact.contract.merchant_id,
            service_id: fact.contract.service_id,
            phase: fact.phase.name().to_owned(),
            order_id: fact.order_id,
            tracking_id: fact.tracking_id,
            step: fact.step,
            key: fact.key,
            amount: amount(fact.amount),
            review: fact.review.as_ref().map(name),
            at_ms: millis(fact.at),
        }
    }
}

impl From<netmile::client::RefundTicket> for crate::records::RefundTicket {
    fn from(ticket: netmile::client::RefundTicket) -> Self {
        Self {
            purchase_id: ticket.purchase_id,
            tracking_id: ticket.tracking_id,
            amount: amount(ticket.amount),
            management_url: ticket.management_url,
            deadline_ms: millis(ticket.deadline),
        }
    }
}
