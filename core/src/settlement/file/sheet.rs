//! From records to rows.

use super::cells::Cells;
use super::columns::{Place, Places, decode, is_utf8};
use super::date::DatePattern;
use super::fault::{Fault, FaultKind, StatementFaults};
use super::profile::{Amounts, Header, Profile};
use super::row::{
    MovementKind, PaymentStatus, PayoutKind, PayoutLine, StatementEnd, StatementPeriod,
    StatementRow, Totals,
};
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;
use crate::wire::csv::{CsvEnd, CsvRecord};

/// Most lines about the payout.
pub(super) const MAX_PAYOUTS: usize = 1000;

/// What a line is.
enum RecordKind {
    Detail,
    Payout,
    Trailer,
    Ignored,
}

/// A file as far as it was read.
pub(super) struct Sheet {
    profile: Profile,
    date: DatePattern,
    period: StatementPeriod,
    /// First and last second of the period.
    span: (Timestamp, Timestamp),
    places: Option<Places>,
    faults: StatementFaults,
    /// A fault after which no line can be understood.
    is_lost: bool,
    last_line: u64,
    rows: u64,
    ignored: u64,
    totals: Totals,
    payouts: Vec<PayoutLine>,
    has_trailer: bool,
}

impl Sheet {
    pub(super) fn new(profile: Profile, period: StatementPeriod) -> Result<Self> {
        profile.check()?;
        Ok(Self {
            date: DatePattern::new(&profile.date_format)?,
            profile,
            period,
            span: (period.starts_at(), period.ends_at()),
            places: None,
            faults: StatementFaults::default(),
            is_lost: false,
            last_line: 1,
            rows: 0,
            ignored: 0,
            totals: Totals::default(),
            payouts: Vec::new(),
            has_trailer: false,
        })
    }

    /// Reads a record. Gives a row as long as nothing was wrong.
    pub(super) fn take(&mut self, record: &CsvRecord<'_>) -> Option<StatementRow> {
        self.last_line = record.line();
        if self.is_lost {
            return None;
        }
        let places = match self.places.take() {
            Some(places) => places,
            None => match Places::find(&self.profile, record) {
                Ok(places) if self.profile.header == Header::None => places,
                Ok(places) => {
                    self.places = Some(places);
                    return None;
                }
                Err(faults) => {
                    self.is_lost = true;
                    faults.into_iter().for_each(|fault| self.fault(fault));
                    return None;
                }
            },
        };
        let row = self.line(&places, record);
        self.places = Some(places);
        row.filter(|_| self.faults.is_empty())
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Gives up: nothing that follows can be understood.
    pub(super) fn lose(&mut self, fault: Fault) {
        if !self.is_lost {
            self.fault(fault);
        }
        self.is_lost = true;
    }

    pub(super) fn finish(mut self, end: Option<CsvEnd>) -> Result<StatementEnd, StatementFaults> {
        if !self.is_lost {
            if self.places.is_none() {
                self.whole(FaultKind::Empty);
            } else if self.profile.trailer.is_some() && !self.has_trailer {
                self.whole(FaultKind::TrailerMissing);
            } else if !self.has_trailer && end.is_some_and(|end| !end.ends_with_newline) {
                self.whole(FaultKind::Unterminated);
            }
        }
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        Ok(StatementEnd {
            period: self.period,
            rows: self.rows,
            ignored: self.ignored,
            totals: self.totals,
            payouts: self.payouts,
            is_proven_whole: self.has_trailer,
            is_date_only: self.date.is_date_only(),
        })
    }

    fn whole(&mut self, kind: FaultKind) {
        let line = self.last_line;
        self.fault(Fault {
            line,
            column: None,
            field: None,
            kind,
        });
    }

    fn line(&mut self, places: &Places, record: &CsvRecord<'_>) -> Option<StatementRow> {
        if self.has_trailer {
            self.whole(FaultKind::AfterTrailer);
            return None;
        }
        if record.len() != places.width {
            // A title or a remark may be shorter than the table.
            if self.is_ignored(places, record) {
                self.ignored += 1;
            } else {
                self.whole(FaultKind::ColumnCount);
            }
            return None;
        }
        let mut cells = Cells {
            record: *record,
            utf8: is_utf8(&self.profile, record),
            separators: self.profile.thousands_separators,
            faults: Vec::new(),
        };
        let row = match self.record_kind(places, &mut cells) {
            Some(RecordKind::Detail) => self.movement(places, &mut cells),
            Some(RecordKind::Payout) => {
                self.payout(places, &mut cells);
                None
            }
            Some(RecordKind::Trailer) => {
                self.trailer(places, &mut cells);
                None
            }
            Some(RecordKind::Ignored) => {
                self.ignored += 1;
                None
            }
            None => None,
        };
        if cells.faults.is_empty() {
            if let Some(row) = &row {
                self.count(row);
            }
            return row;
        }
        for fault in cells.faults {
            self.fault(fault);
        }
        None
    }

    fn is_ignored(&self, places: &Places, record: &CsvRecord<'_>) -> bool {
        let ignored = &self.profile.records.ignored;
        let value = places
            .record
            .and_then(|place| decode(record, place, is_utf8(&self.profile, record)).ok());
        value.is_some_and(|value| ignored.iter().any(|known| *known == value))
    }

    fn record_kind(&self, places: &Places, cells: &mut Cells<'_>) -> Option<RecordKind> {
        let Some(place) = places.record else {
            return Some(RecordKind::Detail);
        };
        let value = cells.text(place)?;
        let records = &self.profile.records;
        let meanings = [
            (&records.detail, RecordKind::Detail),
            (&records.payout, RecordKind::Payout),
            (&records.trailer, RecordKind::Trailer),
            (&records.ignored, RecordKind::Ignored),
        ];
        cells.meaning(place, &value, meanings, FaultKind::UnknownRecord)
    }

    fn movement(&mut self, places: &Places, cells: &mut Cells<'_>) -> Option<StatementRow> {
        if self.is_passed_over(places, cells) {
            self.ignored += 1;
            return None;
        }
        let kind = self.movement_kind(places, cells)?;
        let status = self.status(places, cells);
        let negative = kind == MovementKind::Refund && self.profile.amounts == Amounts::Signed;
        let money = |place: Option<Place>, cells: &mut Cells<'_>| {
            place.and_then(|place| cells.amount(place, negative))
        };
        let amount = money(Some(places.amount), cells);
        let (netmile, paypal) = (money(places.netmile, cells), money(places.paypal, cells));
        let fee = money(places.fee, cells);
        let net = places.net.and_then(|place| cells.number(place));
        let order_id = places.order_id.and_then(|place| cells.id(place));
        let tracking_id = places.tracking_id.and_then(|place| cells.id(place));
        let pay_method = self.method(places, cells);
        let processed_at = self.date(places.processed_at, cells);
        // Rules across columns say nothing where a column is wrong by itself.
        if !cells.faults.is_empty() {
            return None;
        }
        let Some(amount) = amount else {
            cells.fault(places.amount, FaultKind::Missing);
            return None;
        };
        if amount.get() == 0 {
            cells.fault(places.amount, FaultKind::ZeroAmount);
        }
        let parts = Self::parts(places, cells, amount, netmile, paypal);
        if let (Some(place), Some(fee), Some(net)) = (places.net, fee, net) {
            let less = i128::from(amount.get()) - i128::from(fee.get());
            let expected = match kind {
                MovementKind::Sale => less,
                MovementKind::Refund => -less,
            };
            if i128::from(net) != expected {
                cells.fault(place, FaultKind::NetDiffers);
            }
        }
        let (order_id, tracking_id) = (
            order_id.unwrap_or_default(),
            tracking_id.unwrap_or_default(),
        );
        if order_id.is_empty()
            && tracking_id.is_empty()
            && let Some(place) = places.tracking_id.or(places.order_id)
        {
            cells.fault(place, FaultKind::NoId);
        }
        let processed_at = processed_at?;
        if processed_at < self.span.0 || self.span.1 < processed_at {
            cells.fault(places.processed_at, FaultKind::OutsidePeriod);
        }
        Some(StatementRow {
            line: cells.record.line(),
            processed_at,
            order_id,
            tracking_id,
            pay_method: pay_method.unwrap_or_default(),
            kind,
            amount,
            parts,
            fee,
            net,
            status,
        })
    }

    fn parts(
        places: &Places,
        cells: &mut Cells<'_>,
        amount: Yen,
        netmile: Option<Yen>,
        paypal: Option<Yen>,
    ) -> Option<(Yen, Yen)> {
        let (Some(netmile_place), Some(paypal_place)) = (places.netmile, places.paypal) else {
            // A file with one of the columns says the other part by leaving it.
            let (place, part) = match (places.netmile, places.paypal) {
                (Some(place), _) => (place, netmile?),
                (_, Some(place)) => (place, paypal?),
                _ => return None,
            };
            let Ok(rest) = amount.checked_sub(part) else {
                cells.fault(place, FaultKind::PartsDiffer);
                return None;
            };
            return Some(if places.netmile.is_some() {
                (part, rest)
            } else {
                (rest, part)
            });
        };
        match (netmile, paypal) {
            (None, None) => None,
            (Some(netmile), Some(paypal)) => {
                if netmile.checked_add(paypal).ok() != Some(amount) {
                    cells.fault(paypal_place, FaultKind::PartsDiffer);
                }
                Some((netmile, paypal))
            }
            (Some(_), None) => {
                cells.fault(paypal_place, FaultKind::OnePart);
                None
            }
            (None, Some(_)) => {
                cells.fault(netmile_place, FaultKind::OnePart);
                None
            }
        }
    }

    fn is_passed_over(&self, places: &Places, cells: &mut Cells<'_>) -> bool {
        let passed = [
            (places.kind, &self.profile.kinds.ignored),
            (places.status, &self.profile.statuses.ignored),
        ];
        passed.into_iter().any(|(place, values)| {
            // What can not be read is a fault of the field itself, found later.
            let value = place.and_then(|place| decode(&cells.record, place, cells.utf8).ok());
            value.is_some_and(|value| values.iter().any(|passed| *passed == value))
        })
    }

    fn movement_kind(&self, places: &Places, cells: &mut Cells<'_>) -> Option<MovementKind> {
        let Some(place) = places.kind else {
            let amount = cells.text(places.amount)?;
            return Some(if amount.starts_with('-') {
                MovementKind::Refund
            } else {
                MovementKind::Sale
            });
        };
        let value = cells.text(place)?;
        let kinds = &self.profile.kinds;
        let meanings = [
            (&kinds.sale, MovementKind::Sale),
            (&kinds.refund, MovementKind::Refund),
        ];
        cells.meaning(place, &value, meanings, FaultKind::UnknownKind)
    }

    fn status(&self, places: &Places, cells: &mut Cells<'_>) -> Option<PaymentStatus> {
        let place = places.status?;
        let value = cells.text(place)?;
        let statuses = &self.profile.statuses;
        let meanings = [
            (&statuses.captured, PaymentStatus::Captured),
            (&statuses.partly_refunded, PaymentStatus::PartlyRefunded),
            (&statuses.refunded, PaymentStatus::Refunded),
        ];
        cells.meaning(place, &value, meanings, FaultKind::UnknownStatus)
    }

    fn method(&self, places: &Places, cells: &mut Cells<'_>) -> Option<String> {
        let place = places.pay_method?;
        let value = cells.text(place)?;
        if let Some(tag) = self.profile.methods.get(value.as_ref()) {
            return Some(tag.clone());
        }
        let is_tag = value.len() <= 32
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if !is_tag {
            cells.fault(place, FaultKind::UnknownMethod);
        }
        Some(value.into_owned())
    }

    fn date(&self, place: Place, cells: &mut Cells<'_>) -> Option<Timestamp> {
        let value = cells.text(place)?;
        let date = self.date.read(&value);
        if date.is_none() {
            cells.fault(place, FaultKind::NotADate);
        }
        date
    }

    fn payout(&mut self, places: &Places, cells: &mut Cells<'_>) {
        let (Some(kind_place), Some(net_place)) = (places.kind, places.net) else {
            return;
        };
        let kind = cells.text(kind_place).and_then(|value| {
            let kinds = &self.profile.kinds;
            let meanings = [
                (&kinds.carried_in, PayoutKind::CarriedIn),
                (&kinds.carried_over, PayoutKind::CarriedOver),
                (&kinds.payout, PayoutKind::Payout),
            ];
            cells.meaning(kind_place, &value, meanings, FaultKind::UnknownKind)
        });
        let day = self.date(places.processed_at, cells);
        let net = cells.required_number(net_place);
        if self.payouts.len() >= MAX_PAYOUTS {
            cells.fault(kind_place, FaultKind::TooManyPayouts);
        } else if let (Some(kind), Some(day), Some(net)) = (kind, day, net) {
            self.payouts.push(PayoutLine {
                line: cells.record.line(),
                day: day.jst_date(),
                kind,
                net,
            });
        }
    }

    fn trailer(&mut self, places: &Places, cells: &mut Cells<'_>) {
        self.has_trailer = true;
        let rows = i64::try_from(self.rows).unwrap_or(i64::MAX);
        for (place, counted) in [
            (places.count_sum, rows),
            (places.amount_sum, self.totals.amount),
            (places.fee_sum, self.totals.fee),
            (places.net_sum, self.totals.net),
        ] {
            let Some(place) = place else { continue };
            let said = cells.required_number(place);
            // Lines that could not be read are not in the sums.
            if self.faults.is_empty() && said.is_some_and(|said| said != counted) {
                cells.fault(place, FaultKind::TrailerSum);
            }
        }
    }

    fn count(&mut self, row: &StatementRow) {
        let sign = match row.kind {
            MovementKind::Sale => 1,
            MovementKind::Refund => -1,
        };
        // Ten million rows of eleven digits stay below 2^63.
        let yen = |amount: Yen| amount.to_i64().unwrap_or(i64::MAX);
        let add = |sum: &mut i64, value: i64| *sum = sum.saturating_add(value);
        self.rows += 1;
        add(&mut self.totals.amount, sign * yen(row.amount));
        add(&mut self.totals.fee, sign * row.fee.map_or(0, yen));
        add(&mut self.totals.net, row.net.unwrap_or_default());
    }
}
