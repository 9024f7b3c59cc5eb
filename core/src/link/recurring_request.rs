//! D01-1, the application for recurring billing, fixed-term or metered (継続課金・定期/従量 申込).

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contract::{Billing, Contract, Terminal};
use crate::error::{Error, ErrorKind, Result};
use crate::link::compose::Composer;
use crate::link::fields;
use crate::link::limit::LimitSeconds;
use crate::link::order;
use crate::link::order_id::OrderId;
use crate::link::pay_methods::PayMethods;
use crate::link::return_urls::ReturnUrls;
use crate::link::signed_form::SignedForm;
use crate::time::Timestamp;
use crate::wire::text::TextPolicy;

/// What a D01-1 asks for: its `service_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecurringService {
    /// `0`: apply.
    Apply,
    /// `1`: end the contract. Needs its `tracking_id`.
    Cancel,
    /// `2`: apply again.
    Reapply,
    /// `3`: special linkage (特殊連携).
    SpecialLinkage,
}

impl RecurringService {
    const fn wire(self) -> &'static str {
        match self {
            Self::Apply => "0",
            Self::Cancel => "1",
            Self::Reapply => "2",
            Self::SpecialLinkage => "3",
        }
    }
}

/// An application for recurring billing without a purchase at once; the merchant charges later by the API.
///
/// The default NetMile profile does not offer it. Its URL is told by the gateway when the service starts
/// ([`Endpoints::recurring`](crate::contract::Endpoints)).
///
/// Source: docs/protocol/link-type.md#recurring
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringRequest {
    pay_methods: PayMethods,
    cust_code: String,
    order_id: OrderId,
    item_id: String,
    item_name: String,
    service: RecurringService,
    tracking_id: Option<String>,
    terminal: Terminal,
    urls: ReturnUrls,
    free: [String; 3],
}

impl RecurringRequest {
    /// A request of this kind. Limits of the values as in
    /// [`PurchaseRequest::new`](crate::link::PurchaseRequest::new); nothing is checked before
    /// [`sign`](Self::sign).
    #[must_use]
    pub fn new(
        service: RecurringService,
        pay_methods: PayMethods,
        order_id: OrderId,
        cust_code: impl Into<String>,
        item_id: impl Into<String>,
        terminal: Terminal,
        urls: ReturnUrls,
    ) -> Self {
        Self {
            pay_methods,
            cust_code: cust_code.into(),
            order_id,
            item_id: item_id.into(),
            item_name: String::new(),
            service,
            tracking_id: None,
            terminal,
            urls,
            free: Default::default(),
        }
    }

    /// `item_name`, at most 40 bytes in Shift_JIS.
    #[must_use]
    pub fn with_item_name(mut self, name: impl Into<String>) -> Self {
        self.item_name = name.into();
        self
    }

    /// `tracking_id` of the contract, 14 digits; for anything but an application.
    #[must_use]
    pub fn with_tracking_id(mut self, tracking_id: impl Into<String>) -> Self {
        self.tracking_id = Some(tracking_id.into());
        self
    }

    /// `free1` to `free3`, at most 20 bytes in Shift_JIS each.
    #[must_use]
    pub fn with_free(
        mut self,
        free1: impl Into<String>,
        free2: impl Into<String>,
        free3: impl Into<String>,
    ) -> Self {
        self.free = [free1.into(), free2.into(), free3.into()];
        self
    }

    /// The purchase id.
    #[must_use]
    pub fn order_id(&self) -> &OrderId {
        &self.order_id
    }

    /// The same request under another `order_id`: the next attempt.
    #[must_use]
    pub fn for_order(&self, order_id: OrderId) -> Self {
        Self {
            order_id,
            ..self.clone()
        }
    }

    /// The same application turned into its cancellation: `tracking_id` (14 digits) is the contract's.
    #[must_use]
    pub fn cancelling(&self, tracking_id: impl Into<String>) -> Self {
        Self {
            service: RecurringService::Cancel,
            tracking_id: Some(tracking_id.into()),
            ..self.clone()
        }
    }

    /// The customer's id at the shop. Personal.
    #[must_use]
    pub fn cust_code(&self) -> &str {
        &self.cust_code
    }

    /// The item id.
    #[must_use]
    pub fn item_id(&self) -> &str {
        &self.item_id
    }

    /// The item name.
    #[must_use]
    pub fn item_name(&self) -> &str {
        &self.item_name
    }

    /// What is asked for.
    #[must_use]
    pub fn service(&self) -> RecurringService {
        self.service
    }

    /// Checks everything and signs.
    ///
    /// # Errors
    /// `configuration` when the contract has no URL for it; else as
    /// [`PurchaseRequest::sign`](crate::link::PurchaseRequest::sign).
    pub fn sign(
        &self,
        contract: &Contract,
        at: Timestamp,
        limit: LimitSeconds,
        policy: &TextPolicy,
    ) -> Result<SignedForm> {
        self.check(contract)?;
        let action = contract.endpoints().recurring.as_deref().ok_or_else(|| {
            Error::field(
                ErrorKind::Configuration,
                "endpoints.recurring",
                "must be set to the URL that the gateway told the merchant",
            )
        })?;
        let composer = Composer {
            contract,
            order: &order::RECURRING_REQUEST,
            urls: &self.urls,
            at,
            limit,
            policy,
        };
        composer.sign(action, &[], |name| self.value(name))
    }

    fn check(&self, contract: &Contract) -> Result<()> {
        fields::require("cust_code", &self.cust_code)?;
        if !fields::is_id(&self.item_id) {
            return Err(fields::invalid(
                "item_id",
                "must be 1 to 32 of the characters 0-9 A-Z a-z _ -",
            ));
        }
        let tracking_id = self.tracking_id.as_deref().unwrap_or_default();
        match self.service {
            RecurringService::Cancel => fields::require("tracking_id", tracking_id)?,
            RecurringService::Apply if !tracking_id.is_empty() => {
                return Err(fields::invalid(
                    "tracking_id",
                    "must be blank in an application",
                ));
            }
            _ => {}
        }
        if self.service != RecurringService::Apply && self.pay_methods == PayMethods::Any {
            return Err(Error::field(
                ErrorKind::MissingField,
                "pay_method",
                "must name the method, except in an application",
            ));
        }
        self.pay_methods
            .require_cell(contract, Billing::RecurringMetered, self.terminal, None)
    }

    fn value(&self, name: &'static str) -> Cow<'_, str> {
        let [free1, free2, free3] = &self.free;
        match name {
            "pay_method" => self.pay_methods.to_wire().into(),
            "cust_code" => Cow::Borrowed(&self.cust_code),
            "order_id" => self.order_id.as_str().into(),
            "item_id" => Cow::Borrowed(&self.item_id),
            "item_name" => Cow::Borrowed(&self.item_name),
            "service_type" => self.service.wire().into(),
            "tracking_id" => self.tracking_id.as_deref().unwrap_or_default().into(),
            "terminal_type" => self.terminal.wire().into(),
            "free1" => Cow::Borrowed(free1),
            "free2" => Cow::Borrowed(free2),
            "free3" => Cow::Borrowed(free3),
            _ => Cow::Borrowed(""),
        }
    }
}

impl fmt::Debug for RecurringRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecurringRequest")
            .field("order_id", &self.order_id)
            .field("service", &self.service)
            .field("item_id", &self.item_id)
            .field("terminal", &self.terminal)
            .finish_non_exhaustive()
    }
}
