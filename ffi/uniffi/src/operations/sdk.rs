//! What belongs to every shop: looking after what is open, codes and methods as data.

use netmile::api::codes::ApiCode;
use netmile::miles::codes::{self, Table};
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::invalid;
use crate::records::{CodeQuery, Nothing};
use crate::seen::Seen;
use crate::shapes::catalogue::{
    ApiCodeEntry, MethodList, MileCodeCatalogue, MileCodeEntry, MileCodeQuery, RecoveredAll,
    ResolvedAll,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn resolve(context: &Context, _: Nothing) -> Answer<ResolvedAll> {
    Ok(context.client.resolve().await?.seen().into())
}

pub(super) async fn recover(context: &Context, _: Nothing) -> Answer<RecoveredAll> {
    Ok(context.client.recover().await?.seen().into())
}

pub(super) async fn methods(context: &Context, _: Nothing) -> Answer<MethodList> {
    let contract = context.client.contract()?;
    Ok(MethodList {
        methods: contract.methods().iter().map(Into::into).collect(),
    })
}

pub(super) async fn api_code(_: &Context, query: CodeQuery) -> Answer<ApiCodeEntry> {
    if query.code.len() > 16 {
        return Err(invalid("code", "must be at most 16 characters").into());
    }
    Ok((&ApiCode::parse(&query.code)).into())
}

pub(super) async fn mile_code(_: &Context, query: MileCodeQuery) -> Answer<MileCodeEntry> {
    if query.code.len() > 16 {
        return Err(invalid("code", "must be at most 16 characters").into());
    }
    Ok(match codes::lookup(query.table()?, &query.code) {
        Some(known) => known.into(),
        None => MileCodeEntry {
            table: query.table,
            code: query.code,
            known: false,
            published: String::new(),
            text_en: String::new(),
            text_ja: String::new(),
            actor: String::new(),
        },
    })
}

pub(super) async fn mile_codes(_: &Context, _: Nothing) -> Answer<MileCodeCatalogue> {
    let rows = Table::ALL.into_iter().flat_map(codes::rows);
    Ok(MileCodeCatalogue {
        codes: rows.map(Into::into).collect(),
    })
}
