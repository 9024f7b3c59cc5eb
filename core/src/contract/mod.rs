//! What a merchant has agreed with the payment provider, as data: methods, limits, the capability matrix,
//! endpoints, the hash key.
//!
//! Nothing here does IO or knows a message format.

mod api;
mod capability;
mod endpoints;
mod method;
mod terms;

pub use api::{
    ApiFlow, ApiFunctions, ApiIds, CaptureMode, CarrierNumber, GatewayStatus, InquiryBy,
};
pub use capability::{Billing, CapabilityMatrix, Connection, Terminal};
pub use endpoints::Endpoints;
pub use method::{AmountLimits, Method, Settlement};
pub use terms::{Contract, ContractId};

pub(crate) use endpoints::is_safe_url;
