//! What a tester may see and do: in process ([`Admin`]) and over HTTP under `/_mock`.

pub mod handle;
pub mod openapi;
pub(crate) mod routes;
mod settlements;

pub use handle::{Admin, ClockView, MemberView, SessionView};
pub use settlements::StatementView;
