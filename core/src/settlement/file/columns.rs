//! Columns of one file, found by its header.

use std::borrow::Cow;

use super::fault::{Fault, FaultKind};
use super::profile::{Column, Columns, Header, Profile, Trailer};
use crate::wire::csv::CsvRecord;
use crate::wire::text;

/// Where a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// From 0.
    pub(super) index: usize,
    pub(super) field: &'static str,
}

impl Place {
    pub(super) fn fault(self, line: u64, kind: FaultKind) -> Fault {
        Fault {
            line,
            column: u16::try_from(self.index + 1).ok(),
            field: Some(self.field),
            kind,
        }
    }
}

/// Where all fields stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) width: usize,
    pub(super) record: Option<Place>,
    pub(super) processed_at: Place,
    pub(super) order_id: Option<Place>,
    pub(super) tracking_id: Option<Place>,
    pub(super) pay_method: Option<Place>,
    pub(super) kind: Option<Place>,
    pub(super) amount: Place,
    pub(super) netmile: Option<Place>,
    pub(super) paypal: Option<Place>,
    pub(super) fee: Option<Place>,
    pub(super) net: Option<Place>,
    pub(super) status: Option<Place>,
    pub(super) count_sum: Option<Place>,
    pub(super) amount_sum: Option<Place>,
    pub(super) fee_sum: Option<Place>,
    pub(super) net_sum: Option<Place>,
}

impl Places {
    /// Finds the columns in the first line of a file.
    pub(super) fn find(profile: &Profile, first: &CsvRecord<'_>) -> Result<Self, Vec<Fault>> {
        let line = first.line();
        let whole = |kind| Fault {
            line,
            column: None,
            field: None,
            kind,
        };
        let mut names = Vec::new();
        if profile.header != Header::None {
            for index in 0..first.len() {
                let place = Place {
                    index,
                    field: "header",
                };
                let name = decode(first, place, is_utf8(profile, first));
                names.push(name.map_err(|fault| vec![fault])?.into_owned());
            }
        }
        if profile.header == Header::Exact {
            let demanded = profile.columns.mapped().map(|(_, column)| match column {
                Column::Name(name) => name.as_str(),
                Column::Number(_) => "",
            });
            if !demanded.eq(names.iter().map(String::as_str)) {
                return Err(vec![whole(FaultKind::HeaderDiffers)]);
            }
        }
        let mut finder = Finder {
            line,
            names,
            width: first.len(),
            faults: Vec::new(),
        };
        let places = finder.places(&profile.columns, profile.trailer.as_ref());
        match places {
            Some(places) if finder.faults.is_empty() => Ok(places),
            _ => Err(finder.faults),
        }
    }
}

struct Finder {
    line: u64,
    names: Vec<String>,
    width: usize,
    faults: Vec<Fault>,
}

impl Finder {
    fn places(&mut self, columns: &Columns, trailer: Option<&Trailer>) -> Option<Places> {
        let none = Trailer::default();
        let sums = trailer.unwrap_or(&none);
        let of = |column: &Option<Column>, field, finder: &mut Self| {
            column.as_ref().and_then(|c| finder.place(c, field))
        };
        let record = of(&columns.record, "record", self);
        let processed_at = self.place(&columns.processed_at, "processed_at");
        let order_id = of(&columns.order_id, "order_id", self);
        let tracking_id = of(&columns.tracking_id, "tracking_id", self);
        let pay_method = of(&columns.pay_method, "pay_method", self);
        let kind = of(&columns.kind, "kind", self);
        let amount = self.place(&columns.amount, "amount");
        let netmile = of(&columns.netmile_amount, "netmile_amount", self);
        let paypal = of(&columns.paypal_amount, "paypal_amount", self);
        let fee = of(&columns.fee, "fee", self);
        let net = of(&columns.net, "net", self);
        let status = of(&columns.status, "status", self);
        let count_sum = of(&sums.count, "trailer.count", self);
        let amount_sum = of(&sums.amount, "trailer.amount", self);
        let fee_sum = of(&sums.fee, "trailer.fee", self);
        let net_sum = of(&sums.net, "trailer.net", self);
        // All were looked for before the first that is missing ends this: every fault is reported.
        Some(Places {
            width: self.width,
            record,
            processed_at: processed_at?,
            order_id,
            tracking_id,
            pay_method,
            kind,
            amount: amount?,
            netmile,
            paypal,
            fee,
            net,
            status,
            count_sum,
            amount_sum,
            fee_sum,
            net_sum,
        })
    }

    fn place(&mut self, column: &Column, field: &'static str) -> Option<Place> {
        let found = match column {
            Column::Number(number) => usize::from(*number)
                .checked_sub(1)
                .filter(|index| *index < self.width)
                .ok_or(FaultKind::ColumnMissing),
            Column::Name(name) => {
                let mut found = self.names.iter().enumerate().filter(|(_, n)| *n == name);
                match (found.next(), found.next()) {
                    (Some((index, _)), None) => Ok(index),
                    (None, _) => Err(FaultKind::ColumnMissing),
                    (Some(_), Some(_)) => Err(FaultKind::ColumnTwice),
                }
            }
        };
        match found {
            Ok(index) => Some(Place { index, field }),
            Err(kind) => {
                self.faults.push(Fault {
                    line: self.line,
                    column: None,
                    field: Some(field),
                    kind,
                });
                None
            }
        }
    }
}

/// Whether a file is read as UTF-8.
pub(super) fn is_utf8(profile: &Profile, record: &CsvRecord<'_>) -> bool {
    profile.encoding == super::Encoding::Utf8 || record.has_utf8_bom()
}

/// The text of a cell, without blanks around it.
pub(super) fn decode<'r>(
    record: &CsvRecord<'r>,
    place: Place,
    utf8: bool,
) -> Result<Cow<'r, str>, Fault> {
    let bytes = record.get(place.index).unwrap_or_default();
    let wrong = || place.fault(record.line(), FaultKind::Characters);
    if bytes.is_ascii() || utf8 {
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
        if text.contains(char::is_control) {
            return Err(wrong());
        }
        return Ok(Cow::Borrowed(text.trim_matches(' ')));
    }
    match text::decode(place.field, bytes) {
        Ok(text) => Ok(Cow::Owned(text.trim_matches(' ').to_owned())),
        Err(_) => Err(wrong()),
    }
}
