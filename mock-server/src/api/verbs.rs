//! What a tester may see and do about the API type, in process.

use serde::{Deserialize, Serialize};

use super::{
    records::{ApiContract, ApiNotice, ApiPayment, Hidden, Movement},
    steps::slip::SlipEvent,
    terms::{self, NoticeStyle},
};
use crate::{admin::Admin, mask, options::MockError, store::notices::Verdict};

/// A slip's event, its notice and how the merchant took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SlipOutcome {
    /// The notice.
    pub notice: ApiNotice,
    /// How the merchant took it.
    pub verdict: Verdict,
}

/// A notice made up on the spot, about no payment of the mock's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiNoticeOrder {
    /// Where it goes; the merchant's registered address when absent.
    #[serde(default)]
    pub url: Option<String>,
    /// `NT01-00103-701`, `NT01-00104-703`, …
    pub function: String,
    /// Merchant whose key signs it.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// Transaction id, 14 digits.
    pub tracking_id: String,
    /// Purchase id.
    #[serde(default)]
    pub order_id: String,
    /// 1 to 4 for a deposit; left out for an expiry.
    #[serde(default)]
    pub rec_type: u8,
    /// Yen of this deposit.
    #[serde(default)]
    pub rec_amount: u64,
    /// Yen of all deposits so far; this deposit's when absent.
    #[serde(default)]
    pub rec_amount_total: Option<u64>,
    /// Customer's mail address.
    #[serde(default)]
    #[schema(value_type = String)]
    pub mail: Hidden,
    /// Its variants; the merchant's when absent.
    #[serde(default)]
    pub style: Option<NoticeStyle>,
}

impl Admin {
    /// The payments of the API type, personal data masked.
    pub async fn api_payments(&self) -> Vec<ApiPayment> {
        let book = self.gateway.api.book.lock().await;
        let mut all: Vec<_> = book.payments().cloned().collect();
        for payment in &mut all {
            hide(&mut payment.cust_code);
            if let Some(card) = &mut payment.card {
                "***".clone_into(&mut card.expiration);
            }
            if let Some(slip) = &mut payment.slip {
                slip.mail = Hidden("***".to_owned());
            }
        }
        all
    }

    /// The contracts applied for by API, personal data masked.
    pub async fn api_contracts(&self) -> Vec<ApiContract> {
        let book = self.gateway.api.book.lock().await;
        let mut all: Vec<_> = book.contracts().cloned().collect();
        for contract in &mut all {
            hide(&mut contract.cust_code);
            if let Some(card) = &mut contract.card {
                "***".clone_into(&mut card.expiration);
            }
        }
        all
    }

    /// Every movement of money of the API type, oldest first.
    pub async fn api_ledger(&self) -> Vec<Movement> {
        self.gateway.api.book.lock().await.ledger().to_vec()
    }

    /// The notices of the API type, oldest first, personal data masked.
    pub async fn api_notices(&self) -> Vec<ApiNotice> {
        let book = self.gateway.api.book.lock().await;
        book.notices().cloned().map(shown).collect()
    }

    /// Lets something happen to a slip, and tells the merchant.
    ///
    /// # Errors
    /// [`MockError::Refused`] when the slip's state does not allow it.
    pub async fn api_slip(
        &self,
        tracking_id: &str,
        event: SlipEvent,
        yen: Option<u64>,
    ) -> Result<SlipOutcome, MockError> {
        let (notice, verdict) = self.gateway.api_slip(tracking_id, event, yen).await?;
        Ok(SlipOutcome {
            notice: shown(notice),
            verdict,
        })
    }

    /// Sends a notice again, signed anew, in a variant of choice.
    ///
    /// # Errors
    /// [`MockError::NotFound`] when there is no such notice.
    pub async fn api_resend(
        &self,
        id: u64,
        style: Option<NoticeStyle>,
    ) -> Result<Verdict, MockError> {
        let found = self.gateway.api.book.lock().await.notice(id).cloned();
        let notice = found.ok_or_else(|| MockError::NotFound {
            what: "API notice",
            id: id.to_string(),
        })?;
        self.gateway.send_api_notice(&notice, style).await
    }

    /// Sends a made-up notice; nothing is remembered of it but the attempt.
    ///
    /// # Errors
    /// [`MockError::Refused`] names the field and the rule.
    pub async fn api_notify(&self, order: &ApiNoticeOrder) -> Result<Verdict, MockError> {
        let refuse = |text: &str| Err(MockError::Refused(text.to_owned()));
        let deposit = order.function.starts_with("NT01-00103-");
        let known = super::FunctionId::parse(&order.function).is_some()
            && (deposit || order.function.starts_with("NT01-00104-"));
        if !known || deposit != (1..=9).contains(&order.rec_type) {
            return refuse("function: NT01-00103-mmm with a rec_type, or NT01-00104-mmm without");
        }
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if order.tracking_id.len() != 14 || !digits(&order.tracking_id) {
            return refuse("tracking_id: 14 digits");
        }
        if order.url.as_deref().is_some_and(|u| !terms::is_url(u)) {
            return refuse("url: an http or https address");
        }
        let (url, style) = {
            let book = self.gateway.api.book.lock().await;
            let known = book.notice_url(&order.merchant_id, &order.service_id);
            let style = order
                .style
                .unwrap_or_else(|| book.notice_style(&order.merchant_id, &order.service_id));
            (
                order.url.clone().or_else(|| known.map(str::to_owned)),
                style,
            )
        };
        let notice = ApiNotice {
            id: 0,
            function: order.function.clone(),
            merchant_id: order.merchant_id.clone(),
            service_id: order.service_id.clone(),
            sps_transaction_id: format!(
                "B{}{}ST0100101{}00000000000",
                order.merchant_id,
                order.service_id,
                order.function.get(11..).unwrap_or_default()
            ),
            tracking_id: order.tracking_id.clone(),
            order_id: order.order_id.clone(),
            happened_at: self.gateway.clock.now(),
            rec_type: order.rec_type,
            rec_amount: order.rec_amount,
            rec_amount_total: order.rec_amount_total.unwrap_or(order.rec_amount),
            mail: order.mail.clone(),
            tries: 0,
            next_at: None,
            accepted: false,
        };
        let attempt = self
            .gateway
            .api_attempt(&notice, style, url.as_deref(), None);
        Ok(attempt.await?.0)
    }

    /// Registers where a merchant's notices of the API type go.
    ///
    /// # Errors
    /// [`MockError::Refused`] names the field and the rule.
    pub async fn set_api_notice_url(
        &self,
        merchant_id: &str,
        service_id: &str,
        url: &str,
    ) -> Result<(), MockError> {
        self.gateway
            .change_book(|book, _| book.set_notice_url(merchant_id, service_id, url))
            .await
    }
}

fn hide(cust_code: &mut Hidden) {
    cust_code.0 = mask::customer(&cust_code.0);
}

fn shown(mut notice: ApiNotice) -> ApiNotice {
    if !notice.mail.0.is_empty() {
        notice.mail = Hidden("***".to_owned());
    }
    notice
}
