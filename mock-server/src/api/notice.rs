//! Notices to merchants: composed here, sent by whoever drives the book.
//!
//! Source: docs/protocol/api-type.md#notices.

use sha1::{Digest as _, Sha1};

use super::{
    answer::XML,
    book::Book,
    records::{ApiNotice, Key, NoticeUrl},
    request::hex,
    terms::{self, NoticeStyle},
};
use crate::{
    clock,
    scenario::Merchant,
    wire::{
        sjis,
        xml::{self, Document, Element},
    },
};

/// A notice as it leaves.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Content type.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// How a merchant took a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ack {
    /// Status 200 and `res_result` OK.
    Ok,
    /// Anything else: what it was.
    Failed(String),
}

/// Reads a merchant's answer to a notice.
///
/// ```
/// use netmile_mock::api::{Ack, read_ack};
/// let body = b"<sps-api-response id=\"NT01-00103-701\"><res_result>OK</res_result></sps-api-response>";
/// assert_eq!(read_ack(200, "NT01-00103-701", body), Ack::Ok);
/// assert!(matches!(read_ack(200, "NT01-00104-701", body), Ack::Failed(_)));
/// ```
#[must_use]
pub fn read_ack(status: u16, function: &str, body: &[u8]) -> Ack {
    if status != 200 {
        return Ack::Failed(format!("status {status}"));
    }
    let bounds = xml::Bounds {
        bytes: 64 * 1024,
        elements: 100,
        depth: 4,
    };
    let document = match xml::parse(body, bounds) {
        Ok(document) => document,
        Err(error) => return Ack::Failed(format!("no XML: {error}")),
    };
    if document.root.name != "sps-api-response" {
        return Ack::Failed("the root is not sps-api-response".to_owned());
    }
    if document.id.as_deref().is_some_and(|id| id != function) {
        return Ack::Failed("the answer is to another function".to_owned());
    }
    match document.root.at("res_result") {
        "OK" => Ack::Ok,
        "NG" => Ack::Failed("NG".to_owned()),
        _ => Ack::Failed("res_result is neither OK nor NG".to_owned()),
    }
}

impl Book {
    fn merchant(&self, merchant_id: &str, service_id: &str) -> Option<&Merchant> {
        self.config
            .merchants
            .iter()
            .find(|m| m.merchant_id == merchant_id && m.service_id == service_id)
    }

    /// The variants in which a merchant's notices arrive by contract.
    #[must_use]
    pub fn notice_style(&self, merchant_id: &str, service_id: &str) -> NoticeStyle {
        self.merchant(merchant_id, service_id)
            .map(|m| m.api.notices)
            .unwrap_or_default()
    }

    /// Where a merchant's notices go; `None` when no address is registered.
    #[must_use]
    pub fn notice_url(&self, merchant_id: &str, service_id: &str) -> Option<&str> {
        let set = self
            .urls
            .get(&(merchant_id.to_owned(), service_id.to_owned()));
        match set {
            Some(set) => Some(set.url.as_str()),
            None => self
                .merchant(merchant_id, service_id)?
                .api_notice_url
                .as_deref(),
        }
    }

    /// Registers the address of a merchant's notices.
    ///
    /// # Errors
    /// The field and the rule, when there is no such merchant or it is no http address.
    pub fn set_notice_url(
        &mut self,
        merchant_id: &str,
        service_id: &str,
        url: &str,
    ) -> Result<(), String> {
        if self.merchant(merchant_id, service_id).is_none() {
            return Err(format!("no such merchant: {merchant_id}/{service_id}"));
        }
        if !terms::is_url(url) {
            return Err("url: an http or https address".to_owned());
        }
        let key = (merchant_id.to_owned(), service_id.to_owned());
        let record = NoticeUrl {
            merchant_id: key.0.clone(),
            service_id: key.1.clone(),
            url: url.to_owned(),
        };
        self.urls.insert(key.clone(), record);
        self.touch(Key::NoticeUrl(key.0, key.1));
        Ok(())
    }

    /// A notice by its number.
    #[must_use]
    pub fn notice(&self, id: u64) -> Option<&ApiNotice> {
        self.notices.get(&id)
    }

    /// The notices that wait to be sent, first or again, oldest first.
    #[must_use]
    pub fn due_notices(&self, now: i64) -> Vec<ApiNotice> {
        let due = |n: &&ApiNotice| n.next_at.is_some_and(|at| at <= now);
        self.notices.values().filter(due).cloned().collect()
    }

    /// Composes a notice, signed anew at `now`. `None` when its merchant is not in the scenario,
    /// or encryption is asked for and there is no key.
    #[must_use]
    pub fn compose(&self, notice: &ApiNotice, style: NoticeStyle, now: i64) -> Option<Letter> {
        let merchant = self.merchant(&notice.merchant_id, &notice.service_id)?;
        let tdes = merchant.api.tdes().filter(|_| style.encrypted);
        if style.encrypted && tdes.is_none() {
            return None;
        }
        let stamp = clock::stamp(notice.happened_at);
        let date = if style.short_date {
            stamp.get(..8).unwrap_or_default()
        } else {
            &stamp
        };
        let mut fields = vec![
            Element::leaf("merchant_id", notice.merchant_id.as_str()),
            Element::leaf("service_id", notice.service_id.as_str()),
            Element::leaf("sps_transaction_id", notice.sps_transaction_id.as_str()),
            Element::leaf("tracking_id", notice.tracking_id.as_str()),
        ];
        if style.order_id {
            fields.push(Element::leaf("order_id", notice.order_id.as_str()));
        }
        fields.push(Element::leaf("rec_datetime", date));
        if style.extra_field {
            fields.push(Element::leaf("rec_future_field", "1"));
        }
        let mut leaves = Vec::new();
        if notice.rec_type != 0 {
            let mail = if style.rec_mail {
                "rec_mail"
            } else {
                "res_mail"
            };
            leaves = vec![
                Element::leaf("rec_type", notice.rec_type.to_string()),
                Element::leaf("rec_amount", notice.rec_amount.to_string()),
                Element::leaf("rec_amount_total", notice.rec_amount_total.to_string()),
                Element::leaf(mail, notice.mail.0.as_str()),
                Element::leaf("rec_extra", ""),
            ];
        }
        let request_date = Element::leaf("request_date", clock::stamp(now));
        // The hash is over plain values, so it comes before the encryption.
        let mut sha = Sha1::new();
        for element in fields.iter().chain(&leaves).chain([&request_date]) {
            sha.update(sjis::encode(&element.text)?);
        }
        sha.update(merchant.hash_key.as_bytes());
        let mut digest = hex(&sha.finalize());
        if style.bad_hash {
            digest = hex(&Sha1::digest(digest.as_bytes()));
        }
        if let Some(tdes) = &tdes {
            for leaf in &mut leaves {
                leaf.text = tdes.encrypt(&sjis::encode(&leaf.text)?);
            }
        }
        if !leaves.is_empty() {
            fields.push(Element::group("pay_method_info", leaves));
        }
        fields.push(request_date);
        fields.push(Element::leaf("sps_hashcode", digest));
        Some(Letter {
            content_type: XML,
            body: xml::write(&Document {
                id: Some(notice.function.clone()),
                root: Element::group("sps-api-request", fields),
            }),
        })
    }

    /// Plans a notice for later, once.
    pub fn postpone(&mut self, id: u64, at: i64) {
        if let Some(mut notice) = self.notices.get(&id).cloned() {
            notice.next_at = Some(at);
            self.keep_notice(notice);
        }
    }

    /// Notes how a notice was taken, and when it is sent again: the wait counts from `now`.
    pub fn noticed(&mut self, id: u64, ack: &Ack, now: i64) {
        let Some(mut notice) = self.notices.get(&id).cloned() else {
            return;
        };
        let waits = self
            .merchant(&notice.merchant_id, &notice.service_id)
            .map(|m| m.api.notice_retry_seconds.clone())
            .unwrap_or_default();
        let at = usize::try_from(notice.tries).unwrap_or(usize::MAX);
        notice.tries = notice.tries.saturating_add(1);
        notice.accepted = notice.accepted || *ack == Ack::Ok;
        notice.next_at = if notice.accepted {
            None
        } else {
            waits
                .get(at)
                .map(|wait| now.saturating_add(i64::from(*wait)))
        };
        self.keep_notice(notice);
    }
}
