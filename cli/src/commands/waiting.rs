//! `netmile unresolved` and `netmile resolve`: payments and miles that wait for somebody or something.

use clap::Args;
use netmile::charge::Charge;
use netmile::client::{MilesDesk, Resolved, Transactions};
use netmile::exchange::Exchange;
use netmile::miles::batch::{ChunkPhase, ChunkRecord};
use netmile::purchase::Purchase;
use netmile::reference::{Phase, Task, Transaction};
use netmile::{Error, ErrorKind};
use serde_json::{Value, json};

use super::inquire::not_asked;
use crate::arguments::KeyArguments;
use crate::context::Context;
use crate::describe;
use crate::http::block_on;
use crate::output::{Answer, Exit, Failure, Outcome, printable, table};
use crate::progress::Progress;
use crate::shop::{Shop, refused};

#[derive(Debug, Args)]
pub(crate) struct Unresolved {
    /// Most entries of each kind.
    #[arg(long, value_name = "NUMBER", default_value = "100",
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    #[command(flatten)]
    key: KeyArguments,
}

#[derive(Debug, Args)]
pub(crate) struct Resolve {
    /// Payments, or tran_ids of miles, to find out about now; without one, what is due.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    key: KeyArguments,
}

pub(crate) fn unresolved(context: &Context, arguments: &Unresolved) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let shop = Shop::open_whole(context, &arguments.key, &config).await?;
        let failed = |error: Error| refused(context, &error);
        let limit = arguments.limit;
        let client = &shop.client;
        let (payments, miles) = (client.payments(), client.miles());
        let waiting = Resolved {
            charges: payments.unresolved(limit).await.map_err(failed)?,
            purchases: client.purchases().unresolved(limit).await.map_err(failed)?,
            issues: miles.issues().unresolved(limit).await.map_err(failed)?,
            by_hand: miles.by_hand().unresolved(limit).await.map_err(failed)?,
            cancels: miles.cancels().unresolved(limit).await.map_err(failed)?,
            exchanges: client.exchanges().unresolved(limit).await.map_err(failed)?,
            uploads: miles
                .unresolved_uploads(None, limit)
                .await
                .map_err(failed)?,
            ..Resolved::default()
        };
        let raw = payments.raw_unresolved(limit).await.map_err(failed)?;
        let mut text = listed(context, &waiting);
        for id in &raw {
            text.push_str(&format!(
                "{}  {}\n",
                printable(id, 64),
                context.say("raw call: outcome unknown", "個別の呼び出し: 結果不明")
            ));
        }
        let calm = text.is_empty();
        if calm {
            text.push_str(context.say("nothing waits", "未解決の決済やマイルの処理はありません"));
        }
        let exit = if calm { Exit::Fine } else { Exit::Problem };
        let mut answer = Answer::new(exit, listed_json(&waiting), text);
        answer.json.insert("raw_calls".to_owned(), json!(raw));
        Ok(answer)
    })
}

pub(crate) fn resolve(context: &Context, arguments: &Resolve) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let shop = Shop::open_whole(context, &arguments.key, &config).await?;
        let progress = Progress::start(context, context.say("finding out", "確認しています"));
        let looked = if arguments.ids.is_empty() {
            let resolved = shop.client.resolve().await;
            resolved.map_err(|error| refused(context, &error))?
        } else {
            let mut looked = Resolved::default();
            for id in &arguments.ids {
                progress.say(id);
                look(context, &shop, id, &mut looked).await?;
            }
            looked
        };
        drop(progress);
        Ok(resolved(context, &looked))
    })
}

/// Looks after everything with this id. A payment and several kinds of miles may have the same.
async fn look(
    context: &Context,
    shop: &Shop,
    id: &str,
    looked: &mut Resolved,
) -> Result<(), Failure> {
    let mut unknown = None;
    let mut found = false;
    if shop.pays {
        match shop.client.payments().resolve(id).await {
            Ok(charge) => {
                looked.charges.push(charge);
                found = true;
            }
            Err(error) if shop.issues && error.kind() == ErrorKind::UnknownOrder => {
                unknown = Some(error);
            }
            Err(error) => return Err(not_asked(context, shop, id, &error).await),
        }
    }
    if shop.issues {
        let (miles, exchanges) = (shop.client.miles(), shop.client.exchanges());
        let exchange = exchanges.resolve(id).await;
        let upload = upload(&miles, id).await;
        for done in [
            one(miles.issues(), id, &mut looked.issues).await,
            one(miles.by_hand(), id, &mut looked.by_hand).await,
            one(miles.cancels(), id, &mut looked.cancels).await,
            exchange.map(|exchange| looked.exchanges.push(exchange)),
            upload.map(|upload| looked.uploads.push(upload)),
        ] {
            match done {
                Ok(()) => found = true,
                Err(error) if error.kind() == ErrorKind::UnknownOrder => {
                    unknown.get_or_insert(error);
                }
                Err(error) => return Err(refused(context, &error)),
            }
        }
    }
    match unknown {
        Some(error) if !found => Err(not_asked(context, shop, id, &error).await),
        _ => Ok(()),
    }
}

/// An upload is named by its batch and its first row.
async fn upload(miles: &MilesDesk<'_>, id: &str) -> Result<ChunkRecord, Error> {
    let named = id.rsplit_once(':');
    let named = named.and_then(|(batch, first)| Some((batch, first.parse().ok()?)));
    match named {
        Some((batch_id, first_row)) => miles.resolve_upload(batch_id, first_row).await,
        None => Err(Error::new(ErrorKind::UnknownOrder, "is not in the journal")),
    }
}

async fn one<T: Task>(
    of: Transactions<'_, T>,
    id: &str,
    into: &mut Vec<Transaction<T>>,
) -> Result<(), Error> {
    of.resolve(id).await.map(|looked| into.push(looked))
}

fn resolved(context: &Context, looked: &Resolved) -> Answer {
    let open = looked.charges.iter().filter(|c| c.is_unresolved()).count()
        + looked
            .purchases
            .iter()
            .filter(|p| p.phase.is_unresolved())
            .count()
        + open(&looked.issues)
        + open(&looked.by_hand)
        + open(&looked.cancels)
        + looked
            .exchanges
            .iter()
            .filter(|e| e.phase.is_open())
            .count()
        + looked
            .uploads
            .iter()
            .filter(|upload| is_open(upload))
            .count();
    let mut text = listed(context, looked);
    if text.is_empty() {
        text.push_str(context.say(
            "nothing was due; `netmile unresolved` shows what waits",
            "確認時期を迎えたものはありません。未解決のものは `netmile unresolved` で表示できます",
        ));
    } else if open > 0 {
        text.push_str(&match context.lang {
            netmile::Lang::En => format!("\n{open} still open; look again later"),
            netmile::Lang::Ja => {
                format!("\n未解決のものが {open} 件あります。後でもう一度実行してください")
            }
        });
    }
    let exit = if open == 0 { Exit::Fine } else { Exit::Problem };
    let mut answer = Answer::new(exit, listed_json(looked), text);
    answer.json.insert("still_open".to_owned(), json!(open));
    answer
}

const fn is_open(upload: &ChunkRecord) -> bool {
    !matches!(upload.phase, ChunkPhase::Finished | ChunkPhase::Refused)
}

fn open<T: Task>(transactions: &[Transaction<T>]) -> usize {
    let open = transactions.iter().filter(|one| one.phase.is_open());
    open.count()
}

fn listed_json(looked: &Resolved) -> Value {
    fn all<T: Task>(transactions: &[Transaction<T>]) -> Vec<Value> {
        transactions
            .iter()
            .map(describe::transaction_json)
            .collect()
    }
    json!({
        "charges": looked.charges.iter().map(describe::charge_json).collect::<Vec<_>>(),
        "purchases": looked.purchases.iter().map(describe::purchase_json).collect::<Vec<_>>(),
        "issues": all(&looked.issues),
        "by_hand": all(&looked.by_hand),
        "cancels": all(&looked.cancels),
        "exchanges": looked.exchanges.iter().map(describe::exchange_json).collect::<Vec<_>>(),
        "uploads": looked.uploads.iter().map(describe::upload_json).collect::<Vec<_>>(),
    })
}

fn listed(context: &Context, looked: &Resolved) -> String {
    let of_charge = |charge: &Charge| {
        vec![
            printable(&charge.id, 64),
            printable(&charge.method, 20),
            describe::yen(context, charge.amount),
            describe::phase(context, charge.phase).to_owned(),
            describe::waits(context, charge).unwrap_or_default(),
        ]
    };
    let of_purchase = |purchase: &Purchase| {
        vec![
            printable(&purchase.id, 64),
            context.say("link type", "リンク型").to_owned(),
            describe::yen(context, purchase.asked.amount),
            purchase.phase.name().to_owned(),
            String::new(),
        ]
    };
    let of_exchange = |exchange: &Exchange| {
        vec![
            printable(exchange.tran_id(), 64),
            context.say("point exchange", "ポイント交換").to_owned(),
            describe::miles(context, exchange.miles()),
            describe::exchange_phase(context, exchange.phase).to_owned(),
            describe::exchange_waits(context, exchange.phase).to_owned(),
        ]
    };
    let of_upload = |upload: &ChunkRecord| {
        let waits = match upload.phase {
            ChunkPhase::NeedsReview => context.say("a person", "担当者の確認"),
            ChunkPhase::Refused => context.say("the next run of its batch", "バッチの再実行"),
            ChunkPhase::Finished => "",
            _ => context.say("NetMile's answer", "ネットマイルの回答"),
        };
        vec![
            printable(&upload.tran_id(), 64),
            context
                .say("upload of a file", "ファイルのアップロード")
                .to_owned(),
            describe::miles(context, upload.miles),
            describe::upload_phase(context, upload.phase).to_owned(),
            waits.to_owned(),
        ]
    };
    let issue = context.say("issue of miles", "マイル発行");
    let by_hand = context.say("issues by hand", "マイル発行（10件ずつ）");
    let cancel = context.say("cancel of miles", "マイル取消");
    let rows: Vec<_> = looked
        .charges
        .iter()
        .map(of_charge)
        .chain(looked.purchases.iter().map(of_purchase))
        .chain(transactions(context, issue, &looked.issues))
        .chain(transactions(context, by_hand, &looked.by_hand))
        .chain(transactions(context, cancel, &looked.cancels))
        .chain(looked.exchanges.iter().map(of_exchange))
        .chain(looked.uploads.iter().map(of_upload))
        .collect();
    table(&rows)
}

fn transactions<T: Task>(
    context: &Context,
    what: &str,
    transactions: &[Transaction<T>],
) -> Vec<Vec<String>> {
    let row = |one: &Transaction<T>| {
        let waits = match one.phase {
            Phase::NeedsReview => context.say("a person", "担当者の確認").to_owned(),
            phase if phase.is_open() => {
                let since = describe::at(one.since);
                match context.lang {
                    netmile::Lang::En => format!("its outcome, since {since}"),
                    netmile::Lang::Ja => format!("処理の結果（{since} から不明）"),
                }
            }
            _ if one.is_pending() => context
                .say("NetMile's decision", "ネットマイルの承認")
                .to_owned(),
            _ => String::new(),
        };
        vec![
            printable(one.tran_id(), 64),
            what.to_owned(),
            String::new(),
            describe::transaction_phase(context, one.phase).to_owned(),
            waits,
        ]
    };
    transactions.iter().map(row).collect()
}
