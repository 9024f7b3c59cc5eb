//! A call: as it comes in, while it is worked on, and what came of it.

use super::{
    function::FunctionId,
    outside::{Outside, Posting},
    records::{ApiNotice, CustomerKey, OrderKey},
    request::Request,
    terms::ApiMethod,
};
use crate::{link::fields::Provenance, scenario::Merchant};

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
