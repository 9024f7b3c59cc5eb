//! B01-1 and C01-1: registers, updates and deletes a customer's payment data (顧客決済情報).

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contract::{Contract, Terminal};
use crate::error::{Error, ErrorKind, Result};
use crate::link::compose::Composer;
use crate::link::fields;
use crate::link::free_csv::FreeCsv;
use crate::link::limit::LimitSeconds;
use crate::link::order;
use crate::link::pay_methods::PayMethods;
use crate::link::return_urls::ReturnUrls;
use crate::link::signed_form::SignedForm;
use crate::time::Timestamp;
use crate::wire::text::TextPolicy;

/// The fields that both messages share.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CustomerData {
    pay_methods: PayMethods,
    cust_code: String,
    sps_cust_no: String,
    sps_payment_no: String,
    terminal: Terminal,
    urls: ReturnUrls,
    free: [String; 3],
    free_csv: FreeCsv,
}

impl CustomerData {
    fn sign(
        &self,
        action: &str,
        contract: &Contract,
        at: Timestamp,
        limit: LimitSeconds,
        policy: &TextPolicy,
    ) -> Result<SignedForm> {
        fields::require("cust_code", &self.cust_code)?;
        if !self.sps_payment_no.is_empty() {
            fields::require("sps_cust_no", &self.sps_cust_no)?;
        }
        self.pay_methods.require_storable(contract, self.terminal)?;
        let free_csv = if self.free_csv.is_empty() {
            String::new()
        } else {
            self.free_csv.to_base64(policy)?
        };
        let composer = Composer {
            contract,
            order: &order::REGISTRATION_REQUEST,
            urls: &self.urls,
            at,
            limit,
            policy,
        };
        composer.sign(action, &[], |name| self.value(name, &free_csv))
    }

    fn value<'a>(&'a self, name: &'static str, free_csv: &'a str) -> Cow<'a, str> {
        let [free1, free2, free3] = &self.free;
        match name {
            "pay_method" => self.pay_methods.to_wire().into(),
            "cust_code" => Cow::Borrowed(&self.cust_code),
            "sps_cust_no" => Cow::Borrowed(&self.sps_cust_no),
            "sps_payment_no" => Cow::Borrowed(&self.sps_payment_no),
            "terminal_type" => self.terminal.wire().into(),
            "free1" => Cow::Borrowed(free1),
            "free2" => Cow::Borrowed(free2),
            "free3" => Cow::Borrowed(free3),
            "free_csv" => free_csv.into(),
            _ => Cow::Borrowed(""),
        }
    }
}

macro_rules! customer_request {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(CustomerData);

        impl $type {
            /// A request about one customer. `cust_code`: at most 64 printable ASCII characters, one value per
            /// customer. Nothing is checked before [`sign`](Self::sign).
            #[must_use]
            pub fn new(
                pay_methods: PayMethods,
                cust_code: impl Into<String>,
                terminal: Terminal,
                urls: ReturnUrls,
            ) -> Self {
                Self(CustomerData {
                    pay_methods,
                    cust_code: cust_code.into(),
                    sps_cust_no: String::new(),
                    sps_payment_no: String::new(),
                    terminal,
                    urls,
                    free: Default::default(),
                    free_csv: FreeCsv::new(),
                })
            }

            /// `sps_cust_no`, 12 digits, and `sps_payment_no`, 3 digits or blank: which stored data is meant.
            #[must_use]
            pub fn with_stored(
                mut self,
                sps_cust_no: impl Into<String>,
                sps_payment_no: impl Into<String>,
            ) -> Self {
                self.0.sps_cust_no = sps_cust_no.into();
                self.0.sps_payment_no = sps_payment_no.into();
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
                self.0.free = [free1.into(), free2.into(), free3.into()];
                self
            }

            /// `free_csv`, for methods that want it.
            #[must_use]
            pub fn with_free_csv(mut self, csv: FreeCsv) -> Self {
                self.0.free_csv = csv;
                self
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type))
                    .field("terminal", &self.0.terminal)
                    .finish_non_exhaustive()
            }
        }
    };
}

customer_request! {
    /// B01-1: registers or updates payment data that later charges use.
    ///
    /// Only for methods that the contract offers for recurring billing or the API type; stored data serve nothing
    /// else. NetMile's published profile is not among them.
    ///
    /// Source: docs/protocol/link-type.md#registration
    RegistrationRequest
}

customer_request! {
    /// C01-1: deletes stored payment data. The same fields as [`RegistrationRequest`], another URL.
    ///
    /// Source: docs/protocol/link-type.md#registration
    RegistrationDeletion
}

impl RegistrationRequest {
    /// Checks everything and signs.
    ///
    /// # Errors
    /// As [`PurchaseRequest::sign`](crate::link::PurchaseRequest::sign).
    pub fn sign(
        &self,
        contract: &Contract,
        at: Timestamp,
        limit: LimitSeconds,
        policy: &TextPolicy,
    ) -> Result<SignedForm> {
        let action = &contract.endpoints().registration;
        self.0.sign(action, contract, at, limit, policy)
    }
}

impl RegistrationDeletion {
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
        let action = contract
            .endpoints()
            .registration_delete
            .as_deref()
            .ok_or_else(|| {
                Error::field(
                    ErrorKind::Configuration,
                    "endpoints.registration_delete",
                    "must be set to the URL that the gateway told the merchant",
                )
            })?;
        self.0.sign(action, contract, at, limit, policy)
    }
}
