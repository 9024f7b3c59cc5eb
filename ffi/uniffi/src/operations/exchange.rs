//! Point exchange.

use netmile::exchange::drop::{
    BasicCredentials, DropFile, DropName, DropStore, ExchangeDrop, Kept, MemoryDrop, settled,
};
use netmile::exchange::{self, ExchangeRate, Points};
use netmile::miles::file::CarrierDomains;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{invalid, limit, points, signed, timestamp};
use crate::records::Limit;
use crate::seen::Seen;
use crate::shapes::exchange::{
    ApplicantAnswer, ConversionAnswer, ConversionRequest, DropFileEntry, DropFiles,
    DropHandleAnswer, DropHandleRequest, DropSettleAnswer, DropSettleRequest, DropWriteRequest,
    Exchange, ExchangeFile, ExchangeFileRequest, ExchangeFiles, ExchangeId, ExchangeOffer,
    ExchangeOfferAnswer, ExchangeOutcome, ExchangeQuery, ExchangeRequest, ExchangeReview,
    Exchanges, MailQuery, PriceQuery, RateTerms, SettleRequest, SettledFile, rows,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn convert(
    context: &Context,
    asked: ConversionRequest,
) -> Answer<ConversionAnswer> {
    let rate = asked.rate.to_core()?.seen();
    let wanted = points("points", asked.points)?;
    let fits = match asked.held {
        None => rate.convert(wanted).map(|conversion| (conversion, None)),
        Some(held) => rate
            .quote(points("held", held)?, wanted)
            .map(|quote| (quote.conversion, Some(signed(quote.balance_after.get())))),
    };
    Ok(match fits {
        Ok((conversion, balance_after)) => ConversionAnswer {
            fits: true,
            points: signed(conversion.points.get()),
            miles: Some(signed(conversion.miles.get())),
            balance_after,
            reason: None,
            below: None,
            above: None,
            text: None,
        },
        Err(unfit) => ConversionAnswer::unfit(&unfit, context.config().lang),
    })
}

pub(super) async fn offer(_: &Context, asked: ExchangeOffer) -> Answer<ExchangeOfferAnswer> {
    let rate = asked.rate.to_core()?.seen();
    let offer = rate.application(points("held", asked.held)?);
    let of = |conversion: Option<exchange::Conversion>| {
        let conversion = conversion.map(|one| (signed(one.points.get()), signed(one.miles.get())));
        conversion.unzip()
    };
    let ((least_points, least_miles), (most_points, most_miles)) =
        (of(offer.least), of(offer.most));
    Ok(ExchangeOfferAnswer {
        step: signed(offer.step.get()),
        least_points,
        least_miles,
        most_points,
        most_miles,
    })
}

pub(super) async fn equal_value(_: &Context, asked: PriceQuery) -> Answer<RateTerms> {
    Ok(ExchangeRate::equal_value(asked.to_core()?.seen())?.into())
}

pub(super) async fn applicant(context: &Context, asked: MailQuery) -> Answer<ApplicantAnswer> {
    let exchanges = context.client.exchanges();
    Ok(exchanges.applicant(&asked.mail).await?.seen().into())
}

pub(super) async fn begin(context: &Context, asked: ExchangeRequest) -> Answer<Exchange> {
    let wanted: Points = points("points", asked.points)?;
    let conversion = asked
        .rate
        .to_core()?
        .seen()
        .convert(wanted)
        .map_err(|unfit| {
            netmile::Error::field(
                netmile::ErrorKind::InvalidValue,
                "points",
                unfit.text(netmile::Lang::En),
            )
        })?;
    let request = exchange::ExchangeRequest::new(
        asked.tran_id.as_str(),
        asked.user.to_core()?.seen(),
        asked.designated_key.as_str(),
        conversion,
    );
    Ok(context
        .client
        .exchanges()
        .begin(&request)
        .await?
        .seen()
        .into())
}

pub(super) async fn debited(context: &Context, asked: ExchangeId) -> Answer<Exchange> {
    let exchanges = context.client.exchanges();
    Ok(exchanges.debited(&asked.tran_id).await?.seen().into())
}

pub(super) async fn not_debited(context: &Context, asked: ExchangeId) -> Answer<Exchange> {
    let exchanges = context.client.exchanges();
    Ok(exchanges.not_debited(&asked.tran_id).await?.seen().into())
}

pub(super) async fn issue(context: &Context, asked: ExchangeId) -> Answer<ExchangeOutcome> {
    let exchanges = context.client.exchanges();
    Ok(exchanges.issue(&asked.tran_id).await?.seen().into())
}

pub(super) async fn credited_back(context: &Context, asked: ExchangeId) -> Answer<Exchange> {
    let exchanges = context.client.exchanges();
    Ok(exchanges.credited_back(&asked.tran_id).await?.seen().into())
}

pub(super) async fn get(context: &Context, asked: ExchangeId) -> Answer<Exchange> {
    Ok(context
        .client
        .exchanges()
        .get(&asked.tran_id)
        .await?
        .seen()
        .into())
}

pub(super) async fn list(context: &Context, query: ExchangeQuery) -> Answer<Exchanges> {
    let exchanges = context.client.exchanges();
    let after = match &query.after {
        Some(tran_id) => Some(exchanges.get(tran_id).await?.seen()),
        None => None,
    };
    let phases = query.phases()?;
    let found = exchanges.list(&phases, after.as_ref(), limit(query.limit)?);
    Ok(found.await?.seen().into())
}

pub(super) async fn unresolved(context: &Context, asked: Limit) -> Answer<Exchanges> {
    let exchanges = context.client.exchanges();
    Ok(exchanges
        .unresolved(limit(asked.limit)?)
        .await?
        .seen()
        .into())
}

pub(super) async fn resolve(context: &Context, asked: ExchangeId) -> Answer<Exchange> {
    let exchanges = context.client.exchanges();
    Ok(exchanges.resolve(&asked.tran_id).await?.seen().into())
}

pub(super) async fn review(context: &Context, found: ExchangeReview) -> Answer<Exchange> {
    let verdict = found.to_core()?.seen();
    let exchanges = context.client.exchanges();
    Ok(exchanges
        .review(&found.tran_id, verdict)
        .await?
        .seen()
        .into())
}

/// Which domains are those of mobile carriers, to this client.
fn carriers(context: &Context) -> CarrierDomains {
    context.config().carriers.clone().unwrap_or_default()
}

pub(super) async fn files(context: &Context, asked: ExchangeFileRequest) -> Answer<ExchangeFiles> {
    let file = |file: netmile::Result<exchange::UploadFile>| {
        file.map(|file| ExchangeFile {
            name: file.name.to_string(),
            first_row: signed(file.first_row),
            rows: signed(file.rows),
            miles: signed(file.miles.get()),
            file: file.bytes,
        })
    };
    let at = timestamp(asked.at_ms);
    let rows = rows(&asked.rows)?;
    let files = exchange::uploads_with(&asked.site_id, at, rows, carriers(context)).map(file);
    Ok(ExchangeFiles {
        files: files.collect::<netmile::Result<_>>()?,
    })
}

pub(super) async fn settle(_: &Context, asked: SettleRequest) -> Answer<SettledFile> {
    Ok(exchange::settle(&asked.sent, &asked.result)?.into())
}

/// Most files of a drop: those of runs that are not settled, and a few before.
const MAX_DROP_FILES: usize = 1000;

/// Most networks that may come.
const MAX_NETWORKS: usize = 100;

/// Longest text of a request for the drop, in bytes: far above what NetMile sends.
const MAX_DROP_TEXT: usize = 2048;

fn bounded(asked: &DropHandleRequest) -> netmile::Result<()> {
    let authorization = asked.authorization.as_deref().unwrap_or_default();
    let texts = [
        ("site_id", asked.site_id.as_str()),
        ("base_path", &asked.base_path),
        ("user", &asked.user),
        ("password", &asked.password),
        ("method", &asked.method),
        ("path", &asked.path),
        ("peer_ip", &asked.peer_ip),
        ("authorization", authorization),
    ];
    if let Some((field, _)) = texts.iter().find(|(_, text)| text.len() > MAX_DROP_TEXT) {
        return Err(invalid(field, "must be at most 2048 bytes"));
    }
    if asked.allow.len() > MAX_NETWORKS {
        return Err(invalid("allow", "must be at most 100"));
    }
    Ok(())
}

/// The files of a drop as they were handed in, and what becomes of them.
struct GivenDrop {
    files: MemoryDrop,
    keep: Vec<DropFileEntry>,
    replace: Vec<DropFileEntry>,
}

impl GivenDrop {
    fn new(given: Vec<DropFileEntry>) -> netmile::Result<Self> {
        if given.len() > MAX_DROP_FILES {
            return Err(invalid("files", "must be at most 1000"));
        }
        let mut files = MemoryDrop::default();
        for file in given {
            let kept = files.keep(&DropName::parse(&file.name)?, &file.file)?;
            if kept != Kept::New {
                return Err(invalid("files", "must name each file once"));
            }
        }
        Ok(Self {
            files,
            keep: Vec::new(),
            replace: Vec::new(),
        })
    }
}

fn entry(name: &DropName, bytes: &[u8]) -> DropFileEntry {
    DropFileEntry {
        name: name.to_string(),
        file: bytes.to_vec(),
    }
}

impl DropStore for GivenDrop {
    fn names(&self) -> netmile::Result<Vec<DropName>> {
        self.files.names()
    }

    fn read(&self, name: &DropName) -> netmile::Result<Option<Vec<u8>>> {
        self.files.read(name)
    }

    fn keep(&mut self, name: &DropName, bytes: &[u8]) -> netmile::Result<Kept> {
        let kept = self.files.keep(name, bytes)?;
        if kept == Kept::New {
            self.keep.push(entry(name, bytes));
        }
        Ok(kept)
    }

    fn replace(&mut self, name: &DropName, bytes: &[u8]) -> netmile::Result<()> {
        self.replace.push(entry(name, bytes));
        self.files.replace(name, bytes)
    }
}

pub(super) async fn drop_write(context: &Context, asked: DropWriteRequest) -> Answer<DropFiles> {
    let run = timestamp(asked.run_at_ms);
    let rows = rows(&asked.rows)?;
    let file = DropFile::write_with(&asked.site_id, run, rows, &carriers(context))?;
    let mut store = GivenDrop::new(Vec::new())?;
    file.publish(&mut store)?;
    Ok(DropFiles {
        files: store.keep,
        total: file.total().into(),
    })
}

pub(super) async fn drop_handle(
    _: &Context,
    mut asked: DropHandleRequest,
) -> Answer<DropHandleAnswer> {
    bounded(&asked)?;
    let credentials = BasicCredentials::new(&asked.user, &asked.password)?;
    let mut desk = ExchangeDrop::new(&asked.site_id, &asked.base_path, credentials)?;
    for range in &asked.allow {
        desk = desk.allow(range.parse()?);
    }
    let mut store = GivenDrop::new(std::mem::take(&mut asked.files))?;
    let response = desk.handle(&asked.to_core()?.seen(), &mut store);
    Ok(DropHandleAnswer::new(response, store.keep, store.replace))
}

pub(super) async fn drop_settled(
    _: &Context,
    asked: DropSettleRequest,
) -> Answer<DropSettleAnswer> {
    let store = GivenDrop::new(asked.files)?;
    let settled = settled(&store, &DropName::parse(&asked.name)?)?;
    Ok(DropSettleAnswer {
        settled: settled.map(Into::into),
    })
}
