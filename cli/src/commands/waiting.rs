//! `netmile unresolved` and `netmile resolve`: payments that wait for somebody or something.

use clap::Args;
use netmile::charge::Charge;
use netmile::purchase::Purchase;
use serde_json::{Value, json};

use super::inquire::not_asked;
use crate::arguments::KeyArguments;
use crate::context::Context;
use crate::describe;
use crate::http::block_on;
use crate::output::{Answer, Exit, Outcome, printable, table};
use crate::progress::Progress;
use crate::shop::{Shop, refused};

#[derive(Debug, Args)]
pub(crate) struct Unresolved {
    /// Most payments of each kind.
    #[arg(long, value_name = "NUMBER", default_value = "100",
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    #[command(flatten)]
    key: KeyArguments,
}

#[derive(Debug, Args)]
pub(crate) struct Resolve {
    /// Payments to find out about now; without one, those that are due.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    key: KeyArguments,
}

pub(crate) fn unresolved(context: &Context, arguments: &Unresolved) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let shop = Shop::open(context, &arguments.key, &config).await?;
        let failed = |error: netmile::Error| refused(context, &error);
        let (payments, purchases) = (shop.client.payments(), shop.client.purchases());
        let charges = payments.unresolved(arguments.limit).await.map_err(failed)?;
        let purchases = purchases
            .unresolved(arguments.limit)
            .await
            .map_err(failed)?;
        let raw = payments
            .raw_unresolved(arguments.limit)
            .await
            .map_err(failed)?;
        let calm = charges.is_empty() && purchases.is_empty() && raw.is_empty();
        let mut text = listed(context, &charges, &purchases);
        for id in &raw {
            text.push_str(&format!(
                "{}  {}\n",
                printable(id, 64),
                context.say("raw call: outcome unknown", "個別の呼び出し: 結果不明")
            ));
        }
        if calm {
            text.push_str(context.say("nothing waits", "未解決の決済はありません"));
        }
        let json = listed_json(&charges, &purchases);
        let exit = if calm { Exit::Fine } else { Exit::Problem };
        let mut answer = Answer::new(exit, json, text);
        answer.json.insert("raw_calls".to_owned(), json!(raw));
        Ok(answer)
    })
}

pub(crate) fn resolve(context: &Context, arguments: &Resolve) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let shop = Shop::open(context, &arguments.key, &config).await?;
        let progress = Progress::start(context, context.say("finding out", "確認しています"));
        let (charges, purchases) = if arguments.ids.is_empty() {
            let resolved = shop.client.resolve().await;
            let resolved = resolved.map_err(|error| refused(context, &error))?;
            (resolved.charges, resolved.purchases)
        } else {
            let mut charges = Vec::new();
            for id in &arguments.ids {
                progress.say(id);
                match shop.client.payments().resolve(id).await {
                    Ok(charge) => charges.push(charge),
                    Err(error) => return Err(not_asked(context, &shop, id, &error).await),
                }
            }
            (charges, Vec::new())
        };
        drop(progress);
        Ok(resolved(context, &charges, &purchases))
    })
}

fn resolved(context: &Context, charges: &[Charge], purchases: &[Purchase]) -> Answer {
    let open = charges.iter().filter(|c| c.is_unresolved()).count()
        + purchases.iter().filter(|p| p.phase.is_unresolved()).count();
    let mut text = listed(context, charges, purchases);
    if charges.is_empty() && purchases.is_empty() {
        text.push_str(context.say(
            "nothing was due; `netmile unresolved` shows what waits",
            "確認時期を迎えた決済はありません。未解決の決済は `netmile unresolved` で表示できます",
        ));
    } else if open > 0 {
        text.push_str(&match context.lang {
            netmile::Lang::En => format!("\n{open} still open; look again later"),
            netmile::Lang::Ja => {
                format!("\n未解決のものが {open} 件あります。後でもう一度実行してください")
            }
        });
    }
    let json = listed_json(charges, purchases);
    let exit = if open == 0 { Exit::Fine } else { Exit::Problem };
    let mut answer = Answer::new(exit, json, text);
    answer.json.insert("still_open".to_owned(), json!(open));
    answer
}

fn listed_json(charges: &[Charge], purchases: &[Purchase]) -> Value {
    json!({
        "charges": charges.iter().map(describe::charge_json).collect::<Vec<_>>(),
        "purchases": purchases.iter().map(describe::purchase_json).collect::<Vec<_>>(),
    })
}

fn listed(context: &Context, charges: &[Charge], purchases: &[Purchase]) -> String {
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
    let rows: Vec<_> = charges
        .iter()
        .map(of_charge)
        .chain(purchases.iter().map(of_purchase))
        .collect();
    table(&rows)
}
