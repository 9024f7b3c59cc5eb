//! A settlement statement (精算明細) and its file.
//!
//! No public source shows one: the file is this project's reference format (assumed).

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{
    fees::Parts,
    month::{Month, start_of},
    movement::{Movement, MovementKind},
    payout::Payout,
};
use crate::{clock, wire::sjis};

/// The header row of the file.
pub const HEADER: &str = "record,processed_at,order_id,tracking_id,pay_method,kind,amount,\
                          netmile_amount,paypal_amount,fee,net,status";

/// How a payment stands at the close of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing was given back.
    Captured,
    /// All was given back.
    Refunded,
    /// Some was given back.
    PartlyRefunded,
}

impl Status {
    /// Its word in the file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Refunded => "refunded",
            Self::PartlyRefunded => "partly_refunded",
        }
    }
}

/// A movement with what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What moved.
    pub movement: Movement,
    /// The commission in yen; of a refund, what of it is given back.
    pub fee: u64,
    /// How the payment stands at the close.
    pub status: Status,
}

impl Row {
    /// What the merchant gets for it in yen; negative for a refund.
    #[must_use]
    pub fn net(&self) -> i64 {
        let net = signed(self.movement.parts.amount()) - signed(self.fee);
        match self.movement.kind {
            MovementKind::Sale => net,
            MovementKind::Refund => -net,
        }
    }

    fn sign(&self, yen: u64) -> i64 {
        match self.movement.kind {
            MovementKind::Sale => signed(yen),
            MovementKind::Refund => -signed(yen),
        }
    }
}

/// What a month has brought a service of a merchant, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Merchant.
    pub merchant_id: String,
    /// Service.
    pub service_id: String,
    /// The closed month.
    pub month: Month,
    /// Movements in the order of time, then of the transaction id.
    pub rows: Vec<Row>,
    /// What is paid out or carried over.
    pub payout: Payout,
}

impl Statement {
    /// Sales minus refunds, in yen.
    #[must_use]
    pub fn amount(&self) -> i64 {
        self.rows
            .iter()
            .map(|row| row.sign(row.movement.parts.amount()))
            .sum()
    }

    /// Commissions of sales minus those given back, in yen.
    #[must_use]
    pub fn fee(&self) -> i64 {
        self.rows.iter().map(|row| row.sign(row.fee)).sum()
    }

    /// What is left for the merchant, in yen: amount minus fee.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.rows.iter().map(Row::net).sum()
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
            && (
                self.payout.carried_in,
                self.payout.paid,
                self.payout.carried_over,
            ) == (0, 0, 0)
    }

    /// `settlement_<merchant>_<service>_<YYYYMM>.csv`.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!(
            "settlement_{}_{}_{}.csv",
            self.merchant_id, self.service_id, self.month
        )
    }

    /// The file: CP932, CRLF, quotes only where RFC 4180 needs them.
    ///
    /// A header row, one row `D` per movement, rows `P` for what was carried in, paid or carried over
    /// (those that are not 0), and one row `T` with the totals.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut text = String::with_capacity(128 * (self.rows.len() + 4));
        text.push_str(HEADER);
        text.push_str("\r\n");
        for row in &self.rows {
            detail(&mut text, row);
        }
        let day = clock::stamp(start_of(self.payout.day));
        for (kind, yen) in [
            ("carried_in", self.payout.carried_in),
            ("payout", self.payout.paid),
            ("carried_over", self.payout.carried_over),
        ] {
            if yen != 0 {
                line(&mut text, format_args!("P,{day},,,,{kind},,,,,{yen},"));
            }
        }
        line(
            &mut text,
            format_args!(
                "T,,{},,,,{},,,{},{},",
                self.rows.len(),
                self.amount(),
                self.fee(),
                self.net()
            ),
        );
        // Ids are single-byte by the rules of every request, so this does not fail.
        sjis::encode(&text).unwrap_or_else(|| text.into_bytes())
    }
}

fn detail(text: &mut String, row: &Row) {
    let Movement {
        at,
        order_id,
        tracking_id,
        method,
        kind,
        parts,
        ..
    } = &row.movement;
    let (netmile, paypal) = match parts {
        Parts::NetMile { netmile, paypal } => (netmile.to_string(), paypal.to_string()),
        Parts::Whole(_) => Default::default(),
    };
    line(
        text,
        format_args!(
            "D,{},{},{},{},{},{},{netmile},{paypal},{},{},{}",
            clock::stamp(*at),
            quoted(order_id),
            quoted(tracking_id),
            quoted(method),
            kind.key(),
            parts.amount(),
            row.fee,
            row.net(),
            row.status.key()
        ),
    );
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = text.write_fmt(line);
    text.push_str("\r\n");
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn signed(yen: u64) -> i64 {
    i64::try_from(yen).unwrap_or(i64::MAX)
}
