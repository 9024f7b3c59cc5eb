//! Reading a settlement statement (精算ファイル, 入金明細) that is written in columns.
//!
//! No source shows the gateway's own file, so a [`Profile`] says where its columns are and what their values mean.
//! [`Profile::reference`] is our own format, which the mock gateway writes.
//!
//! Rows come out while the file is fed, but nothing may be done with them before
//! [`finish`](StatementReader::finish) said that the file is whole. [`Statement::read`] waits by itself.
//!
//! Source: docs/protocol/settlement.md#file

mod cells;
mod check;
mod columns;
mod date;
mod fault;
mod name;
mod profile;
mod reader;
mod row;
mod sheet;
#[cfg(test)]
mod tests;

pub use crate::wire::faults::MAX_FAULTS;
pub use fault::{Fault, FaultKind, StatementFaults};
pub use name::StatementName;
pub use profile::{
    Amounts, Column, Columns, Encoding, Header, Kinds, Profile, Records, Statuses, Trailer,
};
pub use reader::{MAX_ROWS, Statement, StatementReader};
pub use row::{
    MovementKind, PaymentStatus, PayoutKind, PayoutLine, StatementEnd, StatementPeriod,
    StatementRow, Totals,
};
