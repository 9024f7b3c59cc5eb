//! A message whose hash was checked, and what remains to be checked about it.

use crate::error::{Error, ErrorKind, Evidence, Result};
use crate::link::order::ROW;
use crate::link::result_message::ResultMessage;
use crate::time::Timestamp;

/// Seconds that a message may lie in the future, for clocks that differ.
pub const MAX_FUTURE_SECONDS: u32 = 60;

/// Data that the gateway signed. Only [`parse`](crate::link::parse) makes it.
///
/// The hash proves who wrote the values, not that they answer what was asked nor that they are fresh: call
/// [`check_window`](Self::check_window) and [`check_echo`](Self::check_echo).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    value: T,
    evidence: Evidence,
    digest: [u8; 20],
}

impl<T> Verified<T> {
    pub(crate) fn new(value: T, body: &[u8], digest: [u8; 20]) -> Self {
        Self {
            value,
            evidence: Evidence::new(body),
            digest,
        }
    }

    /// The hash that the sender signed with.
    pub(crate) fn digest(&self) -> &[u8; 20] {
        &self.digest
    }

    /// The data.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.value
    }

    /// The data by value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The bytes as received.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }
}

/// How much of a result must equal what was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EchoCheck {
    /// Every field that results repeat, detail rows too.
    ///
    /// The default, because the hash has no separators: moving a character from the end of one field to the start
    /// of the next (`ab|c` → `a|bc`) keeps the hash. Lengths and character sets catch some of these shifts, the
    /// comparison with what was asked catches the rest. Even so the shop should take its own values from its own
    /// records.
    #[default]
    Strict,
    /// Merchant, service, order, customer, amount, `pay_type`, `service_type` and `request_date`. For requests
    /// whose other fields were not recorded.
    Identity,
}

const IDENTITY: &[&str] = &[
    "merchant_id",
    "service_id",
    "order_id",
    "cust_code",
    "amount",
    "pay_type",
    "service_type",
];

impl Verified<ResultMessage> {
    /// Checks that the message is fresh at `now`.
    ///
    /// # Errors
    /// `expired` after `res_date` + `limit_second`; `from_future` when `res_date` is more than
    /// `max_future_seconds` ahead ([`MAX_FUTURE_SECONDS`] is usual). Both carry the received bytes.
    pub fn check_window(&self, now: Timestamp, max_future_seconds: u32) -> Result<()> {
        let made = self.value.res_date();
        if now > made.plus_seconds(i64::from(self.value.limit_second())) {
            return Err(self.refuse(
                ErrorKind::Expired,
                "res_date",
                "is older than limit_second allows",
            ));
        }
        if made > now.plus_seconds(i64::from(max_future_seconds)) {
            return Err(self.refuse(
                ErrorKind::FromFuture,
                "res_date",
                "is further in the future than clocks may differ",
            ));
        }
        Ok(())
    }

    /// Checks that the message answers what was asked.
    ///
    /// `asked` is [`SignedForm::echo`](crate::link::SignedForm::echo) of the request; its own `request_date` is
    /// not used, since the same request may have been signed several times: `request_dates` are all that were
    /// handed out. `res_pay_method` must be among the methods offered, or blank as on the gateway's checker.
    ///
    /// # Errors
    /// `mismatch`, naming the first field that differs, with the received bytes.
    pub fn check_echo(
        &self,
        asked: &[(String, String)],
        request_dates: &[String],
        check: EchoCheck,
    ) -> Result<()> {
        let kind = self.value.kind();
        let result = kind.order();
        let request = kind.request_order();
        let compared = result
            .names()
            .filter(|name| *name != "request_date" && *name != "limit_second")
            .filter(|name| request.names().any(|asked| asked == *name))
            .filter(|name| check == EchoCheck::Strict || IDENTITY.contains(name));
        for name in compared {
            let got = self.value.field(name).unwrap_or_default();
            if got != asked_value(asked, name) {
                return Err(self.mismatch(name));
            }
        }
        if check == EchoCheck::Strict {
            self.check_rows(asked)?;
        }
        let request_date = self.value.request_date();
        if !request_dates.iter().any(|date| date == request_date) {
            return Err(self.mismatch("request_date"));
        }
        let offered = asked_value(asked, "pay_method");
        if let Some(used) = self.value.used_pay_method() {
            let one_of = offered.is_empty() || offered.split(',').any(|tag| tag == used);
            // The checker only repeats the list.
            if !one_of && used != offered {
                return Err(self.mismatch("res_pay_method"));
            }
        }
        Ok(())
    }

    fn check_rows(&self, asked: &[(String, String)]) -> Result<()> {
        for (column, name) in ROW.iter().enumerate() {
            let mut expected = asked
                .iter()
                .filter(|(field, _)| field == name)
                .map(|(_, value)| value.trim_matches(' '));
            let mut got = self.value.row_values().iter().map(|row| row.get(column));
            loop {
                match (expected.next(), got.next()) {
                    (None, None) => break,
                    (Some(expected), Some(Some(got))) if got == expected => {}
                    _ => return Err(self.mismatch(name)),
                }
            }
        }
        Ok(())
    }

    fn mismatch(&self, name: &'static str) -> Error {
        self.refuse(ErrorKind::Mismatch, name, "is not what was asked for")
    }

    fn refuse(&self, kind: ErrorKind, name: &'static str, rule: &'static str) -> Error {
        Error::field(kind, name, rule).with_evidence(self.evidence.expose())
    }
}

fn asked_value<'a>(asked: &'a [(String, String)], name: &str) -> &'a str {
    asked
        .iter()
        .find_map(|(field, value)| (field == name).then_some(value.trim_matches(' ')))
        .unwrap_or_default()
}
