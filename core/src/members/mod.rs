//! NetMile members (会員): authenticating them, and what they have.
//!
//! Source: docs/reference-api.md#members

mod info;
mod passbook;
mod verify;

pub use info::{GetMember, Member, MemberStatus};
pub use passbook::{GetPassbook, Passbook, PendingDeposit};
pub use verify::{Membership, Verify};
