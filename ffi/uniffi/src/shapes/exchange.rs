//! Point exchange.

use netmile::exchange::drop::{DropRequest, DropResponse};
use netmile::exchange::{
    self, ExchangePhase, ExchangeRate, PointPrice, Settled, Total, Unfit, UnfitKind,
};
use netmile::reference::{Review, UserId};
use netmile::{Lang, Result};
use netmile_ffi_runtime::config::one_of;

use super::miles::MileUser;
use super::payments::{OpenTicket, Refusal};
use super::{outcomes, shapes};
use crate::convert::{count, invalid, miles as checked, millis, pairs, signed, timestamp};
use crate::records::Pair;

shapes! {
    /// A rate: `miles` for `points`.
    RateTerms shows [points, miles, unit, minimum, maximum] {
        /// Points.
        points: i64,
        /// Miles for them.
        miles: i64,
        /// Points are exchanged in units of so many.
        #[serde(default)]
        unit: Option<i64>,
        /// At least so many.
        #[serde(default)]
        minimum: Option<i64>,
        /// At most so many.
        #[serde(default)]
        maximum: Option<i64>,
    }

    /// What points come to.
    ConversionRequest shows [rate, points, held] {
        /// The rate.
        rate: RateTerms,
        /// Points to exchange.
        points: i64,
        /// Points that the customer has.
        #[serde(default)]
        held: Option<i64>,
    }

    /// What points come to, or why they do not fit.
    ConversionAnswer shows [fits, points, miles, balance_after, reason, below, above] {
        /// Whether they can be exchanged.
        fits: bool,
        /// Points.
        points: i64,
        /// Miles for them.
        miles: Option<i64>,
        /// Points left, when it is known how many there are.
        balance_after: Option<i64>,
        /// `below_minimum`, `above_maximum`, `not_in_units`, `not_whole`, `too_many_miles` or `not_held`.
        reason: Option<String>,
        /// The next lower number that fits.
        below: Option<i64>,
        /// The next higher number that fits.
        above: Option<i64>,
        /// For the customer, in the client's language.
        text: Option<String>,
    }

    /// What a customer can exchange.
    ExchangeOffer shows [rate, held] {
        /// The rate.
        rate: RateTerms,
        /// Points that the customer has.
        held: i64,
    }

    /// What a customer can exchange at least and at most.
    ExchangeOfferAnswer shows [step, least_points, least_miles, most_points, most_miles] {
        /// Points go up in steps of so many.
        step: i64,
        /// Fewest points; none when nothing can be exchanged.
        least_points: Option<i64>,
        /// Miles for them.
        least_miles: Option<i64>,
        /// Most points.
        most_points: Option<i64>,
        /// Miles for them.
        most_miles: Option<i64>,
    }

    /// What points are worth.
    PriceQuery shows [yen, points] {
        /// Yen.
        yen: i64,
        /// For so many points.
        points: i64,
    }

    /// A mail address.
    MailQuery shows [] {
        /// Mail address. Personal.
        mail: String,
    }

    /// Whether somebody can get miles.
    ApplicantAnswer shows [standing] {
        /// `registered`, `not_active` or `not_registered`.
        standing: String,
        /// NetMile user id. Personal.
        user_id: Option<String>,
    }

    /// An exchange.
    ExchangeRequest shows [tran_id, points, rate] {
        /// The shop's own id, never used twice.
        tran_id: String,
        /// Who gets the miles.
        user: MileUser,
        /// The shop's key of its customer (指定キー). May be personal.
        designated_key: String,
        /// Points.
        points: i64,
        /// The rate.
        rate: RateTerms,
    }

    /// Names an exchange.
    ExchangeId shows [tran_id] {
        /// The shop's own id.
        tran_id: String,
    }

    /// Miles that were issued for points.
    ExchangedMiles shows [exchange_id, miles] {
        /// NetMile's id.
        exchange_id: String,
        /// NetMile user id. Personal.
        user_id: String,
        /// Miles.
        miles: i64,
        /// When.
        issued_at_ms: i64,
    }

    /// How issuing ended.
    ExchangeOutcome shows [outcome, value, rejection, ticket] {
        /// `done`, `rejected` (give the points back) or `unknown` (do not).
        outcome: String,
        /// What was issued.
        value: Option<ExchangedMiles>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// An exchange as the journal knows it.
    Exchange shows [site_id, tran_id, phase, points, miles, issued, rejection] {
        /// Site.
        site_id: String,
        /// The shop's own id.
        tran_id: String,
        /// `debiting`, `debited`, `issuing`, `issued`, `refused`, `credited_back`, `not_debited` or `needs_review`.
        phase: String,
        /// Points.
        points: i64,
        /// Miles.
        miles: i64,
        /// What was issued.
        issued: Option<ExchangedMiles>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// Whether miles were issued although the points had been given back.
        doubled: bool,
        /// When it was begun.
        begun_at_ms: i64,
        /// When the points were taken.
        debited_at_ms: Option<i64>,
    }

    /// Which exchanges to list.
    ExchangeQuery shows [phases, after, limit] {
        /// In one of these phases; none means any.
        #[serde(default)]
        phases: Vec<String>,
        /// After the one with this `tran_id`: the last one of the previous page.
        #[serde(default)]
        after: Option<String>,
        /// At most so many, 1 to 1000.
        limit: i64,
    }

    /// Exchanges.
    Exchanges shows [exchanges] {
        /// In the order of site and `tran_id`.
        exchanges: Vec<Exchange>,
    }

    /// What a person found out about an exchange under review.
    ExchangeReview shows [tran_id, verdict] {
        /// The shop's own id.
        tran_id: String,
        /// `happened` or `missing`: then the points go back.
        verdict: String,
        /// What was issued, when it happened.
        #[serde(default)]
        issued: Option<ExchangedMiles>,
    }

    /// A row of an exchange file.
    ExchangeFileRow shows [miles] {
        /// Who gets the miles.
        user: MileUser,
        /// The shop's key of its customer (指定キー). May be personal.
        designated_key: String,
        /// Miles.
        miles: i64,
    }

    /// Rows for upload files (flow 2).
    ExchangeFileRequest shows [site_id, at_ms] {
        /// The site that it is uploaded for: a part of its name.
        site_id: String,
        /// When: the minute, in Japan, is a part of its name, and a further file has the next one.
        at_ms: i64,
        /// The rows.
        rows: Vec<ExchangeFileRow>,
    }

    /// An upload file.
    ExchangeFile shows [name, first_row, rows, miles] {
        /// The name under which it is uploaded.
        name: String,
        /// Its first row.
        first_row: i64,
        /// Its rows.
        rows: i64,
        /// Their miles.
        miles: i64,
        /// The bytes. Personal.
        #[serde(with = "crate::bytes")]
        file: Vec<u8>,
    }

    /// Upload files.
    ExchangeFiles shows [files] {
        /// Each of at most 10,000 rows.
        files: Vec<ExchangeFile>,
    }

    /// An upload file and the list of errors that came back.
    SettleRequest shows [] {
        /// What was uploaded. Personal.
        #[serde(with = "crate::bytes")]
        sent: Vec<u8>,
        /// What came back. Personal.
        #[serde(with = "crate::bytes")]
        result: Vec<u8>,
    }

    /// What became of a row.
    SettledRow shows [row, miles, refused] {
        /// Its number, from 1.
        row: i64,
        /// Mail address or user id. Personal.
        user: String,
        /// The key. May be personal.
        designated_key: String,
        /// Miles.
        miles: i64,
        /// Why not; absent when it was issued.
        refused: Option<Refusal>,
    }

    /// Rows and miles.
    RowTotal shows [rows, miles] {
        /// Rows.
        rows: i64,
        /// Miles.
        miles: i64,
    }

    /// What became of every row.
    SettledFile shows [sent, issued, refused] {
        /// In the order of the file.
        rows: Vec<SettledRow>,
        /// All of it.
        sent: RowTotal,
        /// What was issued.
        issued: RowTotal,
        /// What was refused: these points go back.
        refused: RowTotal,
    }

    /// A file of the drop.
    DropFileEntry shows [name] {
        /// Its name.
        name: String,
        /// The bytes. Personal.
        #[serde(with = "crate::bytes")]
        file: Vec<u8>,
    }

    /// Exchanges for NetMile to fetch (flow 3).
    DropWriteRequest shows [site_id, run_at_ms] {
        /// Site.
        site_id: String,
        /// When the run is.
        run_at_ms: i64,
        /// The rows, 1 to 10,000.
        rows: Vec<ExchangeFileRow>,
    }

    /// Files to keep, in this order: the last one says that those before it are whole.
    DropFiles shows [files] {
        /// The files.
        files: Vec<DropFileEntry>,
        /// What is in them.
        total: RowTotal,
    }

    /// A request of NetMile to the shop's drop, and the files that the shop keeps there.
    DropHandleRequest shows [site_id, base_path, method, path] {
        /// Site.
        site_id: String,
        /// Where the drop is, such as `/netmile/drop`.
        base_path: String,
        /// From which addresses NetMile may come: at most 100 addresses and networks.
        allow: Vec<String>,
        /// Name of the Basic authentication.
        user: String,
        /// Its password. Secret.
        password: String,
        /// Method of the request.
        method: String,
        /// Path of the request, with its query.
        path: String,
        /// Address that the request comes from.
        peer_ip: String,
        /// `Authorization` of the request. Secret.
        #[serde(default)]
        authorization: Option<String>,
        /// Body of the request. Personal.
        #[serde(default, with = "crate::bytes")]
        body: Vec<u8>,
        /// The files of the drop, at most 1000 and 16 MB in all: those of settled runs may be left out.
        files: Vec<DropFileEntry>,
    }

    /// What to answer, after `keep` and `replace` were done: whoever reads must see a file whole or not at all.
    DropHandleAnswer shows [status] {
        /// HTTP status.
        status: u16,
        /// Headers.
        headers: Vec<Pair>,
        /// Body.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// New files to keep: at most those of one run.
        keep: Vec<DropFileEntry>,
        /// Files whose content is to be replaced.
        replace: Vec<DropFileEntry>,
    }

    /// Which run of the drop.
    DropSettleRequest shows [name] {
        /// Name of any file of the run.
        name: String,
        /// The files of the drop, at most 1000 and 16 MB in all: those of settled runs may be left out.
        files: Vec<DropFileEntry>,
    }

    /// What became of a run, if its result is there.
    DropSettleAnswer shows [settled] {
        /// What became of every row.
        settled: Option<SettledFile>,
    }
}

outcomes! {
    ExchangeOutcome of ExchangedMiles,
}

impl RateTerms {
    pub(crate) fn to_core(&self) -> Result<ExchangeRate> {
        let mut rate =
            ExchangeRate::new(count("points", self.points)?, count("miles", self.miles)?)?;
        if let Some(unit) = self.unit {
            rate = rate.in_units_of(count("unit", unit)?)?;
        }
        if let Some(minimum) = self.minimum {
            rate = rate.from(count("minimum", minimum)?)?;
        }
        if let Some(maximum) = self.maximum {
            rate = rate.up_to(count("maximum", maximum)?)?;
        }
        Ok(rate)
    }
}

impl From<ExchangeRate> for RateTerms {
    fn from(rate: ExchangeRate) -> Self {
        Self {
            points: signed(rate.points()),
            miles: signed(rate.miles()),
            unit: None,
            minimum: Some(signed(rate.minimum().get())),
            maximum: rate.maximum().map(|points| signed(points.get())),
        }
    }
}

impl PriceQuery {
    pub(crate) fn to_core(&self) -> Result<PointPrice> {
        PointPrice::new(count("yen", self.yen)?, count("points", self.points)?)
    }
}

impl ConversionAnswer {
    pub(crate) fn unfit(unfit: &Unfit, lang: Lang) -> Self {
        let reason = match unfit.kind {
            UnfitKind::BelowMinimum => "below_minimum",
            UnfitKind::AboveMaximum => "above_maximum",
            UnfitKind::NotInUnits => "not_in_units",
            UnfitKind::NotWhole => "not_whole",
            UnfitKind::TooManyMiles => "too_many_miles",
            UnfitKind::NotHeld => "not_held",
            _ => "",
        };
        Self {
            fits: false,
            points: signed(unfit.points.get()),
            miles: None,
            balance_after: None,
            reason: Some(reason.to_owned()),
            below: unfit.below.map(|points| signed(points.get())),
            above: unfit.above.map(|points| signed(points.get())),
            text: Some(unfit.text(lang)),
        }
    }
}

impl From<exchange::Applicant> for ApplicantAnswer {
    fn from(applicant: exchange::Applicant) -> Self {
        use exchange::Applicant as A;
        let (standing, id) = match applicant {
            A::Registered(id) => ("registered", Some(id)),
            A::NotActive(id) => ("not_active", Some(id)),
            A::NotRegistered => ("not_registered", None),
        };
        Self {
            standing: standing.to_owned(),
            user_id: id.map(|id| id.as_str().to_owned()),
        }
    }
}

impl From<exchange::ExchangedMiles> for ExchangedMiles {
    fn from(issued: exchange::ExchangedMiles) -> Self {
        Self {
            exchange_id: issued.exchange_id,
            user_id: issued.user_id.as_str().to_owned(),
            miles: signed(issued.miles.get()),
            issued_at_ms: millis(issued.issued_at),
        }
    }
}

impl ExchangedMiles {
    fn to_core(&self) -> Result<exchange::ExchangedMiles> {
        Ok(exchange::ExchangedMiles {
            exchange_id: self.exchange_id.clone(),
            user_id: UserId::new(self.user_id.as_str())?,
            miles: checked("miles", self.miles)?,
            issued_at: timestamp(self.issued_at_ms),
        })
    }
}

impl From<exchange::Exchange> for Exchange {
    fn from(of: exchange::Exchange) -> Self {
        Self {
            site_id: of.issue.site.clone(),
            tran_id: of.tran_id().to_owned(),
            phase: of.phase.name().to_owned(),
            points: signed(of.points().get()),
            miles: signed(of.miles().get()),
            issued: of.issued().cloned().map(Into::into),
            rejection: of.rejection().map(Into::into),
            doubled: of.is_doubled(),
            begun_at_ms: millis(of.begun_at),
            debited_at_ms: of.debited_at.map(millis),
        }
    }
}

impl From<Vec<exchange::Exchange>> for Exchanges {
    fn from(all: Vec<exchange::Exchange>) -> Self {
        Self {
            exchanges: all.into_iter().map(Into::into).collect(),
        }
    }
}

impl ExchangeQuery {
    pub(crate) fn phases(&self) -> Result<Vec<ExchangePhase>> {
        self.phases
            .iter()
            .map(|given| one_of("phases", &ExchangePhase::ALL, ExchangePhase::name, given))
            .collect()
    }
}

impl ExchangeReview {
    pub(crate) fn to_core(&self) -> Result<Review<exchange::ExchangedMiles>> {
        match (self.verdict.as_str(), &self.issued) {
            ("happened", Some(issued)) => Ok(Review::Happened(issued.to_core()?)),
            ("missing", None) => Ok(Review::Missing),
            _ => Err(invalid(
                "verdict",
                "must be happened with what was issued, or missing",
            )),
        }
    }
}

pub(crate) fn rows(given: &[ExchangeFileRow]) -> Result<Vec<exchange::ExchangeRow>> {
    let row = |row: &ExchangeFileRow| {
        let miles = checked("miles", row.miles)?;
        Ok(exchange::ExchangeRow::new(
            &row.user.to_core()?,
            row.designated_key.as_str(),
            miles,
        ))
    };
    given.iter().map(row).collect()
}

impl From<Total> for RowTotal {
    fn from(total: Total) -> Self {
        Self {
            rows: signed(total.rows),
            miles: signed(total.miles.get()),
        }
    }
}

impl From<Settled> for SettledFile {
    fn from(settled: Settled) -> Self {
        let row = |row: exchange::RowOutcome| SettledRow {
            row: signed(row.row),
            user: row.user,
            designated_key: row.designated_key,
            miles: signed(row.miles.get()),
            refused: row.refused.as_ref().map(Into::into),
        };
        Self {
            rows: settled.rows.into_iter().map(row).collect(),
            sent: settled.sent.into(),
            issued: settled.issued.into(),
            refused: settled.refused.into(),
        }
    }
}

impl DropHandleRequest {
    pub(crate) fn to_core(&self) -> Result<DropRequest<'_>> {
        Ok(DropRequest {
            method: &self.method,
            path: &self.path,
            peer_ip: self
                .peer_ip
                .parse()
                .map_err(|_| invalid("peer_ip", "must be an IP address"))?,
            authorization: self.authorization.as_deref(),
            body: &self.body,
        })
    }
}

impl DropHandleAnswer {
    pub(crate) fn new(
        response: DropResponse,
        keep: Vec<DropFileEntry>,
        replace: Vec<DropFileEntry>,
    ) -> Self {
        Self {
            status: response.status,
            headers: pairs(response.headers.iter().copied()),
            body: response.body,
            keep,
            replace,
        }
    }
}
