//! The settlement file of a month, written from the gateway's ledger in the reference format.

use std::fmt::Write as _;

use netmile::Result;
use netmile::schedule::YearMonth;
use netmile::settlement::{Profile, Statement, StatementPeriod};
use netmile::time::Timestamp;
use netmile_mock::api::{Movement, MovementKind};

const HEADER: &str = "record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,\
                      fee,net,status";

/// The file of the month of `from` until the month of `to`.
#[must_use]
pub fn write(ledger: &[Movement], from: YearMonth, to: YearMonth) -> String {
    let inside = |movement: &&Movement| {
        let month = YearMonth::of_instant(Timestamp::from_unix(movement.at));
        from <= month && month <= to
    };
    let mut file = format!("{HEADER}\r\n");
    let (mut rows, mut total) = (0_u64, 0_i64);
    for movement in ledger.iter().filter(inside) {
        let yen = i64::try_from(movement.yen).unwrap_or(i64::MAX);
        let (kind, net) = match movement.kind {
            MovementKind::Captured => ("sale", yen),
            MovementKind::Refunded => ("refund", -yen),
        };
        let (captured, refunded) = sums(ledger, movement, to);
        let status = match refunded {
            0 => "captured",
            all if all >= captured => "refunded",
            _ => "partly_refunded",
        };
        // Writing to a string does not fail.
        let _ = write!(
            file,
            "D,{},{},{},{},{kind},{yen},,,0,{net},{status}\r\n",
            Timestamp::from_unix(movement.at).to_jst(),
            movement.order_id,
            movement.tracking_id,
            movement.tag,
        );
        rows += 1;
        total += net;
    }
    let _ = write!(file, "T,,{rows},,,,{total},,,0,{total},\r\n");
    file
}

/// Captured and refunded at the close.
fn sums(ledger: &[Movement], of: &Movement, close: YearMonth) -> (u64, u64) {
    let same = |m: &&Movement| {
        let month = YearMonth::of_instant(Timestamp::from_unix(m.at));
        m.tracking_id == of.tracking_id && m.month == of.month && month <= close
    };
    let mut sums = (0, 0);
    for movement in ledger.iter().filter(same) {
        match movement.kind {
            MovementKind::Captured => sums.0 += movement.yen,
            MovementKind::Refunded => sums.1 += movement.yen,
        }
    }
    sums
}

/// Reads the file as a shop does.
///
/// # Errors
/// Those of the reader: a file of the reference format has none.
pub fn read(file: &str, from: YearMonth, to: YearMonth) -> Result<Statement> {
    let period = StatementPeriod::new(from.first_day(), to.last_day())?;
    Statement::read(&Profile::reference(), period, file.as_bytes())
}
