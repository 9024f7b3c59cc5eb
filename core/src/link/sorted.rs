//! The fields of a received message, sorted into its definition, and everything that must hold before its hash is
//! trusted.
//!
//! Source: docs/protocol/link-type.md#results

use crate::contract::ContractId;
use crate::error::{Error, ErrorKind, Result};
use crate::link::detail::{DetailRow, MAX_ROWS};
use crate::link::fields;
use crate::link::message_kind::MessageKind;
use crate::link::order::ROW;
use crate::link::result_message::{Read, ResultMessage};
use crate::money::Yen;
use crate::secret::HashKey;
use crate::time::Timestamp;
use crate::wire::form::RawForm;
use crate::wire::hash::{self, HashCharset, LinkHasher};
use crate::wire::text;

/// One value, trimmed: its text and the bytes that came.
#[derive(Clone, Default)]
struct Value {
    text: String,
    bytes: Vec<u8>,
}

impl Value {
    fn new(name: &str, bytes: &[u8]) -> Result<Self> {
        let bytes = hash::trim(bytes);
        Ok(Self {
            text: text::decode(name, bytes)?,
            bytes: bytes.to_vec(),
        })
    }
}

/// The fields of a message, put where they belong.
pub(crate) struct Sorted {
    head: Vec<(&'static str, Value)>,
    rows: Vec<[Value; 9]>,
    tail: Vec<(&'static str, Value)>,
    claimed: Option<Vec<u8>>,
    extra: Vec<(String, String)>,
}

impl Sorted {
    /// Sorts the fields of a form; refuses what stands twice and rows that are not whole.
    pub(crate) fn of(kind: MessageKind, form: RawForm) -> Result<Self> {
        let order = kind.order();
        let mut columns: [Vec<Value>; 9] = Default::default();
        let mut known: Vec<(&'static str, Option<Value>)> =
            order.names().map(|name| (name, None)).collect();
        let mut claimed = None;
        let mut extra: Vec<(String, String)> = Vec::new();
        for field in form.into_fields() {
            let name = field.name.as_str();
            let column = if order.rows {
                ROW.iter().zip(&mut columns).find(|(row, _)| **row == name)
            } else {
                None
            };
            if let Some((_, column)) = column {
                column.push(Value::new(name, &field.value)?);
            } else if let Some((_, slot)) = known.iter_mut().find(|(known, _)| *known == name) {
                if slot.is_some() {
                    return Err(duplicate(field.name));
                }
                *slot = Some(Value::new(name, &field.value)?);
            } else if name == "sps_hashcode" {
                if claimed.is_some() {
                    return Err(duplicate(field.name));
                }
                claimed = Some(field.value);
            } else {
                if extra.len() >= MAX_EXTRA {
                    return Err(Error::new(
                        ErrorKind::TooLarge,
                        "more than 100 fields outside the definition",
                    ));
                }
                if extra.iter().any(|(seen, _)| seen == name) {
                    return Err(duplicate(field.name));
                }
                let text = text::decode(name, &field.value)?;
                extra.push((field.name, text));
            }
        }
        let mut head: Vec<_> = known
            .into_iter()
            .map(|(name, value)| (name, value.unwrap_or_default()))
            .collect();
        let tail = head.split_off(order.head.len());
        Ok(Self {
            head,
            rows: into_rows(columns)?,
            tail,
            claimed,
            extra,
        })
    }

    fn fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let rows = self
            .rows
            .iter()
            .flat_map(|row| ROW.iter().copied().zip(row.iter()));
        let pairs = |part: &'static str, value| (part, value);
        self.head
            .iter()
            .map(move |(name, value)| pairs(name, value))
            .chain(rows)
            .chain(
                self.tail
                    .iter()
                    .map(move |(name, value)| pairs(name, value)),
            )
    }

    /// The value of a field outside the detail rows; blank when it did not come.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.head
            .iter()
            .chain(&self.tail)
            .find_map(|(field, value)| (*field == name).then_some(value.text.as_str()))
            .unwrap_or_default()
    }

    /// The hash that the sender claims.
    pub(crate) fn hash_code(&self) -> Result<String> {
        let claimed = self.claimed.as_deref().unwrap_or_default();
        if claimed.is_empty() {
            return Err(missing("sps_hashcode"));
        }
        let is_hash = claimed.len() == 40 && claimed.iter().all(u8::is_ascii_hexdigit);
        if !is_hash {
            return Err(fields::invalid("sps_hashcode", "must be 40 hex digits"));
        }
        text::decode("sps_hashcode", claimed)
    }

    /// Everything that must hold before the hash is trusted.
    pub(crate) fn check_values(&self, kind: MessageKind) -> Result<()> {
        for (name, value) in self.fields() {
            if let Some(rule) = fields::find(name) {
                rule.check(&value.text, value.bytes.len())?;
            }
        }
        for name in kind.required() {
            if self.text(name).is_empty() {
                return Err(missing(name));
            }
        }
        let purchase_is_ok = self.text("res_result") == "OK" && kind.order().rows;
        if purchase_is_ok && self.text("res_tracking_id").is_empty() {
            return Err(missing("res_tracking_id"));
        }
        self.check_payinfo_key(kind)?;
        for [cust_no, payment_no] in [
            ["sps_cust_no", "sps_payment_no"],
            ["res_sps_cust_no", "res_sps_payment_no"],
        ] {
            if self.text(cust_no).is_empty() && !self.text(payment_no).is_empty() {
                return Err(missing(cust_no));
            }
        }
        for name in ["request_date", "res_date"] {
            date(name, self.text(name))?;
        }
        // A date that lacks its end may have lost it to the error code.
        let whole =
            matches!(self.text("res_result"), "OK" | "NG") || !self.text("res_err_code").is_empty();
        check_payment_date(self.text("res_payment_date"), whole)
    }

    /// Refuses an opaque key that may have taken over a blank neighbour: the hash cannot tell the two apart.
    fn check_payinfo_key(&self, kind: MessageKind) -> Result<()> {
        let key = self.text("res_payinfo_key");
        let of_payment = kind.order().rows;
        if of_payment && !key.is_empty() && self.text("res_tracking_id").is_empty() {
            return Err(fields::invalid(
                "res_payinfo_key",
                "must be blank when res_tracking_id is",
            ));
        }
        let last = key.len().checked_sub(14).and_then(|at| key.get(at..));
        let is_date = last.is_some_and(|last| check_payment_date(last, true).is_ok());
        if of_payment && is_date && self.text("res_payment_date").is_empty() {
            return Err(fields::invalid(
                "res_payinfo_key",
                "must not end with a date when res_payment_date is blank",
            ));
        }
        Ok(())
    }

    /// The hash that the message must have.
    pub(crate) fn digest(&self, charset: HashCharset, key: &HashKey) -> [u8; 20] {
        let mut hasher = LinkHasher::new(key);
        for (_, value) in self.fields() {
            hasher.update(match charset {
                HashCharset::Utf8 => value.text.as_bytes(),
                HashCharset::ShiftJis => &value.bytes,
            });
        }
        hasher.finish()
    }

    /// The message by value, once its hash was found right.
    pub(crate) fn into_message(
        self,
        kind: MessageKind,
        contract_id: ContractId,
    ) -> Result<ResultMessage> {
        let res_date = date("res_date", self.text("res_date"))?;
        let amount = match self.text("amount") {
            "" => None,
            digits => Some(Yen::parse(digits)?),
        };
        let row_values: Vec<[String; 9]> = self
            .rows
            .into_iter()
            .map(|row| row.map(|value| value.text))
            .collect();
        let rows = row_values
            .iter()
            .cloned()
            .map(DetailRow::from_values)
            .collect::<Result<_>>()?;
        let values = self
            .head
            .into_iter()
            .chain(self.tail)
            .map(|(name, value)| (name, value.text))
            .collect();
        Ok(ResultMessage::new(Read {
            kind,
            contract_id,
            values,
            row_values,
            rows,
            extra: self.extra,
            res_date,
            amount,
        }))
    }
}

/// Most fields outside the definition that are kept.
const MAX_EXTRA: usize = 100;

/// The n-th value of each tag belongs to the n-th row; rows are then put in the order of their numbers.
fn into_rows(columns: [Vec<Value>; 9]) -> Result<Vec<[Value; 9]>> {
    let count = columns.iter().map(Vec::len).max().unwrap_or_default();
    for (name, column) in ROW.iter().zip(&columns) {
        if column.len() != count {
            return Err(Error::field(
                ErrorKind::MissingField,
                *name,
                "is missing in a detail row",
            ));
        }
    }
    if count > MAX_ROWS {
        return Err(Error::field(
            ErrorKind::TooLarge,
            "dtl_rowno",
            "must be at most 999 rows",
        ));
    }
    let mut columns = columns.map(Vec::into_iter);
    let mut rows = Vec::with_capacity(count);
    for _ in 0..count {
        let row: [Value; 9] = std::array::from_fn(|i| {
            columns
                .get_mut(i)
                .and_then(Iterator::next)
                .unwrap_or_default()
        });
        let [number, ..] = &row;
        let number = match number.text.parse::<u16>() {
            Ok(n) if n > 0 && number.text.len() <= 3 => n,
            _ => return Err(fields::invalid("dtl_rowno", "must be 1 to 999")),
        };
        rows.push((number, row));
    }
    rows.sort_by_key(|(number, _)| *number);
    if rows
        .windows(2)
        .any(|pair| matches!(pair, [(a, _), (b, _)] if a == b))
    {
        return Err(duplicate("dtl_rowno".to_owned()));
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn date(name: &'static str, text: &str) -> Result<Timestamp> {
    Timestamp::parse_jst(text)
        .map_err(|_| fields::invalid(name, "must be a date written YYYYMMDDHHMMSS"))
}

/// Whole date and time, or, of a deposit, a date that may lack seconds, minutes or hours. The century is checked too:
/// the field before it may end in digits, and a shift by two of them would otherwise still look like a date.
fn check_payment_date(text: &str, whole: bool) -> Result<()> {
    const MISSING: &str = "000000";
    let wrong = || {
        fields::invalid(
            "res_payment_date",
            "must be a date written YYYYMMDDHHMMSS (of a deposit: at least YYYYMMDD), in 2000 to 2199",
        )
    };
    if text.is_empty() {
        return Ok(());
    }
    let padding = 14usize
        .checked_sub(text.len())
        .filter(|lacking| *lacking == 0 || !whole && matches!(lacking, 2 | 4 | 6))
        .and_then(|lacking| MISSING.get(..lacking))
        .ok_or_else(wrong)?;
    let century = text.starts_with("20") || text.starts_with("21");
    if !century || Timestamp::parse_jst(&format!("{text}{padding}")).is_err() {
        return Err(wrong());
    }
    Ok(())
}

fn missing(name: &'static str) -> Error {
    Error::field(ErrorKind::MissingField, name, "must not be blank")
}

fn duplicate(name: String) -> Error {
    Error::field(ErrorKind::DuplicateField, name, "stands more than once")
}
