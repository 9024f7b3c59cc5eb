//! A01-1, the purchase request (購入要求), and the end of a recurring contract by the same message.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contract::{Billing, Contract, Terminal};
use crate::error::{Error, ErrorKind, Result};
use crate::link::compose::Composer;
use crate::link::detail::DetailRow;
use crate::link::fields;
use crate::link::free_csv::FreeCsv;
use crate::link::limit::LimitSeconds;
use crate::link::order;
use crate::link::order_id::OrderId;
use crate::link::pay_methods::PayMethods;
use crate::link::return_urls::ReturnUrls;
use crate::link::signed_form::SignedForm;
use crate::money::Yen;
use crate::time::Timestamp;
use crate::wire::text::TextPolicy;

/// A purchase by link type.
///
/// ```
/// use netmile::contract::{Contract, Endpoints, Terminal};
/// use netmile::link::{LimitSeconds, OrderId, PurchaseRequest, ReturnUrls};
/// use netmile::time::Timestamp;
/// use netmile::wire::TextPolicy;
/// use netmile::{HashKey, Yen};
///
/// let contract = Contract::netmile(
///     "99999",
///     "001",
///     HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc")?,
///     Endpoints::test(),
/// )?;
/// let urls = ReturnUrls {
///     success: "https://shop.example/success".into(),
///     cancel: "https://shop.example/cancel".into(),
///     error: "https://shop.example/error".into(),
///     notify: "https://shop.example/notify".into(),
/// };
/// let form = PurchaseRequest::new(
///     OrderId::new("ORDER-0001")?, "CUST0001", "ITEM1", Yen::new(100), Terminal::Pc, urls,
/// )
/// .with_item_name("テスト商品")
/// .sign(&contract, Timestamp::parse_jst("20240102030405")?, LimitSeconds::default(), &TextPolicy::Cp932)?;
/// assert_eq!(form.value("sps_hashcode"), Some("92984fec2eccb0fb2c17713a7e9beb10c7fa0712"));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/link-type.md#fields
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseRequest {
    pay_methods: PayMethods,
    cust_code: String,
    order_id: OrderId,
    item_id: String,
    item_name: String,
    tax: Option<Yen>,
    amount: Yen,
    billing: Billing,
    camp_type: Option<u8>,
    last_charge_month: Option<String>,
    cancels: Option<String>,
    terminal: Terminal,
    urls: ReturnUrls,
    free: [String; 3],
    free_csv: FreeCsv,
    rows: Vec<DetailRow>,
}

impl PurchaseRequest {
    /// A one-time purchase by NetMile.
    ///
    /// `cust_code` (顧客ID, at most 64 printable ASCII characters) is the shop's id of the customer: one value per
    /// customer, since the gateway stores payment data under it. `item_id` (商品ID): 1 to 32 of `[0-9A-Za-z_-]`.
    /// `amount`: yen, tax included, within the limits of each method offered. Nothing is checked before
    /// [`sign`](Self::sign).
    #[must_use]
    pub fn new(
        order_id: OrderId,
        cust_code: impl Into<String>,
        item_id: impl Into<String>,
        amount: Yen,
        terminal: Terminal,
        urls: ReturnUrls,
    ) -> Self {
        Self {
            pay_methods: PayMethods::one("netmile"),
            cust_code: cust_code.into(),
            order_id,
            item_id: item_id.into(),
            item_name: String::new(),
            tax: None,
            amount,
            billing: Billing::OneTime,
            camp_type: None,
            last_charge_month: None,
            cancels: None,
            terminal,
            urls,
            free: Default::default(),
            free_csv: FreeCsv::new(),
            rows: Vec::new(),
        }
    }

    /// Other payment methods than NetMile.
    #[must_use]
    pub fn with_pay_methods(mut self, methods: PayMethods) -> Self {
        self.pay_methods = methods;
        self
    }

    /// Another way of billing; the contract must offer it.
    #[must_use]
    pub fn with_billing(mut self, billing: Billing) -> Self {
        self.billing = billing;
        self
    }

    /// `camp_type` (キャンペーンタイプ), one digit; recurring simple only.
    #[must_use]
    pub fn with_camp_type(mut self, digit: u8) -> Self {
        self.camp_type = Some(digit);
        self
    }

    /// `last_charge_month` (最終課金月), `YYYYMM`; recurring simple only.
    #[must_use]
    pub fn with_last_charge_month(mut self, month: impl Into<String>) -> Self {
        self.last_charge_month = Some(month.into());
        self
    }

    /// Ends a recurring contract instead of buying: `tracking_id` (14 digits) is the contract's, and so must be
    /// [`with_billing`](Self::with_billing) and the amount; the `order_id` is a new one. What only an application has
    /// (`camp_type`, `last_charge_month`) is left out.
    #[must_use]
    pub fn cancelling(mut self, tracking_id: impl Into<String>) -> Self {
        self.cancels = Some(tracking_id.into());
        self.camp_type = None;
        self.last_charge_month = None;
        self
    }

    /// `item_name` (商品名称), at most 40 bytes in Shift_JIS: 20 full-width characters.
    #[must_use]
    pub fn with_item_name(mut self, name: impl Into<String>) -> Self {
        self.item_name = name.into();
        self
    }

    /// `tax` (税額) within the amount, at most 9,999,999 yen.
    #[must_use]
    pub fn with_tax(mut self, tax: Yen) -> Self {
        self.tax = Some(tax);
        self
    }

    /// `free1` to `free3`, at most 20 bytes in Shift_JIS each; results repeat them.
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

    /// `free_csv`, for methods that want it. NetMile does not.
    #[must_use]
    pub fn with_free_csv(mut self, csv: FreeCsv) -> Self {
        self.free_csv = csv;
        self
    }

    /// Detail rows, numbered from 1 in this order; at most 999.
    #[must_use]
    pub fn with_rows(mut self, rows: impl IntoIterator<Item = DetailRow>) -> Self {
        self.rows = rows.into_iter().collect();
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

    /// The customer's id at the shop. Personal.
    #[must_use]
    pub fn cust_code(&self) -> &str {
        &self.cust_code
    }

    /// The amount, tax included.
    #[must_use]
    pub fn amount(&self) -> Yen {
        self.amount
    }

    /// The way of billing.
    #[must_use]
    pub fn billing(&self) -> Billing {
        self.billing
    }

    /// The methods offered.
    #[must_use]
    pub fn pay_methods(&self) -> &PayMethods {
        &self.pay_methods
    }

    /// What the customer holds.
    #[must_use]
    pub fn terminal(&self) -> Terminal {
        self.terminal
    }

    /// The return URLs.
    #[must_use]
    pub fn urls(&self) -> &ReturnUrls {
        &self.urls
    }

    /// The detail rows.
    #[must_use]
    pub fn rows(&self) -> &[DetailRow] {
        &self.rows
    }

    /// Whether this ends a recurring contract.
    #[must_use]
    pub fn is_cancel(&self) -> bool {
        self.cancels.is_some()
    }

    /// Checks everything and signs.
    ///
    /// Signing the same request at another time changes `request_date`, `limit_second` and the hash, nothing else.
    /// Half-width spaces at the ends of values are stripped; every tag is present even if blank.
    ///
    /// # Errors
    /// `not_in_contract` for a method, billing or terminal that the contract does not offer; `missing_field`,
    /// `invalid_value`, `not_encodable` or `too_large`, naming the field and the rule.
    pub fn sign(
        &self,
        contract: &Contract,
        at: Timestamp,
        limit: LimitSeconds,
        policy: &TextPolicy,
    ) -> Result<SignedForm> {
        self.check(contract)?;
        let free_csv = if self.free_csv.is_empty() {
            String::new()
        } else {
            self.free_csv.to_base64(policy)?
        };
        let composer = Composer {
            contract,
            order: &order::PURCHASE_REQUEST,
            urls: &self.urls,
            at,
            limit,
            policy,
        };
        composer.sign(&contract.endpoints().purchase, &self.rows, |name| {
            self.value(name, &free_csv)
        })
    }

    fn check(&self, contract: &Contract) -> Result<()> {
        fields::require("cust_code", &self.cust_code)?;
        if !fields::is_id(&self.item_id) {
            return Err(fields::invalid(
                "item_id",
                "must be 1 to 32 of the characters 0-9 A-Z a-z _ -",
            ));
        }
        if self.amount == Yen::new(0) {
            return Err(fields::invalid("amount", "must be at least 1 yen"));
        }
        if let Some(tracking_id) = &self.cancels {
            fields::require("tracking_id", tracking_id)?;
            if self.billing == Billing::OneTime {
                return Err(fields::invalid(
                    "pay_type",
                    "must be the recurring contract's when it is cancelled",
                ));
            }
        }
        self.check_billing_detail()?;
        self.pay_methods
            .require_cell(contract, self.billing, self.terminal, Some(self.amount))
    }

    fn check_billing_detail(&self) -> Result<()> {
        let takes_detail = self.billing == Billing::RecurringSimple && self.cancels.is_none();
        if let Some(digit) = self.camp_type {
            if !takes_detail {
                return Err(only_simple("camp_type"));
            }
            if digit > 9 {
                return Err(fields::invalid("camp_type", "must be one digit"));
            }
        }
        if let Some(month) = &self.last_charge_month {
            if !takes_detail {
                return Err(only_simple("last_charge_month"));
            }
            if Timestamp::parse_jst(&format!("{month}01000000")).is_err() {
                return Err(fields::invalid(
                    "last_charge_month",
                    "must be a month written YYYYMM",
                ));
            }
        }
        Ok(())
    }

    fn value<'a>(&'a self, name: &'static str, free_csv: &'a str) -> Cow<'a, str> {
        let [free1, free2, free3] = &self.free;
        let recurring = self.billing != Billing::OneTime && self.cancels.is_none();
        match name {
            "pay_method" => self.pay_methods.to_wire().into(),
            "cust_code" => Cow::Borrowed(&self.cust_code),
            "order_id" => self.order_id.as_str().into(),
            "item_id" => Cow::Borrowed(&self.item_id),
            "item_name" => Cow::Borrowed(&self.item_name),
            "tax" => self
                .tax
                .map(|tax| tax.to_string())
                .unwrap_or_default()
                .into(),
            "amount" => self.amount.to_string().into(),
            "pay_type" => match self.billing {
                Billing::OneTime => "0",
                Billing::RecurringSimple => "1",
                Billing::RecurringMetered => "2",
            }
            .into(),
            "auto_charge_type" if recurring => match self.billing {
                Billing::RecurringSimple => "1",
                _ => "0",
            }
            .into(),
            "service_type" => if self.cancels.is_some() { "1" } else { "0" }.into(),
            "div_settele" if recurring => "0".into(),
            "last_charge_month" => self.last_charge_month.as_deref().unwrap_or_default().into(),
            "camp_type" => self
                .camp_type
                .map(|digit| digit.to_string())
                .unwrap_or_default()
                .into(),
            "tracking_id" => self.cancels.as_deref().unwrap_or_default().into(),
            "terminal_type" => self.terminal.wire().into(),
            "free1" => Cow::Borrowed(free1),
            "free2" => Cow::Borrowed(free2),
            "free3" => Cow::Borrowed(free3),
            "free_csv" => free_csv.into(),
            _ => Cow::Borrowed(""),
        }
    }
}

fn only_simple(name: &'static str) -> Error {
    Error::field(
        ErrorKind::InvalidValue,
        name,
        "is for applications of recurring simple billing only",
    )
}

impl fmt::Debug for PurchaseRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PurchaseRequest")
            .field("order_id", &self.order_id)
            .field("item_id", &self.item_id)
            .field("amount", &self.amount)
            .field("billing", &self.billing)
            .field("cancels", &self.cancels)
            .field("terminal", &self.terminal)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}
