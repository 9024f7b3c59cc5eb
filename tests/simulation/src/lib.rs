//! The real client against the mock's books, in one process and in virtual time.
//!
//! A flow is drawn from a seed ([`plan`]): what the shop does, what the customer does, what goes wrong. The shop runs
//! the real [`netmile::Client`] over a journal in memory, a clock, a timer and a transport of the simulation, on an
//! executor of one thread that decides by dice who goes first. The other side is [`netmile_mock::api::Book`]. When
//! nothing happens any more, [`check`] compares the gateway's ledger with what the shop was told and what it has.

pub mod check;
pub mod clock;
pub mod dice;
pub mod drop_flow;
pub mod exchange;
pub mod executor;
pub mod fault;
pub mod flow;
pub mod gateway;
pub mod journal;
pub mod miles;
pub mod miles_book;
pub mod miles_check;
pub mod miles_plan;
pub mod miles_told;
pub mod network;
pub mod office;
pub mod plan;
pub mod process;
pub mod records;
pub mod recurring;
pub mod run;
pub mod sends;
pub mod shop;
pub mod shop_book;
pub mod statement;
pub mod tally;
pub mod told;
pub mod trace;
pub mod wire;
pub mod world;

pub use flow::{Report, run};
pub use run::{chosen, hunt, range, with_defect};
