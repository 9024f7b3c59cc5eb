//! `netmile inquire`: what the gateway knows of a payment, beside what the journal knows.

use clap::Args;
use netmile::ErrorKind;
use netmile::api::operations::Found;
use netmile::contract::GatewayStatus;
use serde_json::{Value, json};

use crate::arguments::KeyArguments;
use crate::context::Context;
use crate::describe;
use crate::http::block_on;
use crate::output::{Answer, Exit, Failure, Outcome, printable, table};
use crate::progress::Progress;
use crate::shop::{Shop, refused};

#[derive(Debug, Args)]
pub(crate) struct Inquire {
    /// Id of the payment: the order_id at the gateway.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    key: KeyArguments,
}

pub(crate) fn run(context: &Context, arguments: &Inquire) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let shop = Shop::open(context, &arguments.key, &config).await?;
        inquire(context, &shop, &arguments.id).await
    })
}

async fn inquire(context: &Context, shop: &Shop, id: &str) -> Outcome {
    let payments = shop.client.payments();
    let progress = Progress::start(context, context.say("asking", "照会しています"));
    let found = match payments.inquire(id).await {
        Ok(found) => found,
        Err(error) => return Err(not_asked(context, shop, id, &error).await),
    };
    drop(progress);
    // After the answer, since deposits and refunds made elsewhere were written down with it.
    let charge = payments.get(id).await.map_err(|e| refused(context, &e))?;
    let Some(found) = found else {
        return Err(Failure::new(
            Exit::Unreachable,
            "no_answer",
            context.say(
                "the gateway gave no usable answer. An inquiry changes nothing: ask again later",
                "決済ゲートウェイから有効な応答がありませんでした。照会は何も変更しないため、後でもう一度実行してください",
            ),
        ));
    };
    let exit = if found.status == Some(GatewayStatus::None) {
        Exit::Problem
    } else {
        Exit::Fine
    };
    let text = format!(
        "{}\n{}",
        describe::charge_text(context, &charge),
        found_text(context, &found)
    );
    let json = json!({
        "charge": describe::charge_json(&charge),
        "gateway": found_json(&found),
    });
    Ok(Answer::new(exit, json, text))
}

/// Why nothing could be asked. A payment by link type is another kind of record, and has no inquiry.
pub(crate) async fn not_asked(
    context: &Context,
    shop: &Shop,
    id: &str,
    error: &netmile::Error,
) -> Failure {
    let by_link = error.kind() == ErrorKind::UnknownOrder
        && (shop.client.purchases().get(id).await.is_ok()
            || shop.client.purchases().by_order(id).await.is_ok());
    if by_link {
        return Failure::usage(
            "link_type",
            context.say(
                "this is a purchase by link type: the gateway can be asked about it, and refunds it, on its management page only",
                "リンク型の購入です。照会と返金は、決済ゲートウェイの管理画面で行ってください",
            ),
        );
    }
    refused(context, error)
}

fn found_json(found: &Found) -> Value {
    json!({
        "status": found.status,
        "payment_status": found.payment_status,
        "committed": found.committed,
        "tracking_id": found.tracking_id,
        "amount": found.amount,
        "refunded": found.refunded,
    })
}

fn found_text(context: &Context, found: &Found) -> String {
    let say = |en, ja| context.say(en, ja).to_owned();
    let raw = printable(&found.payment_status, 20);
    let status = match found.status {
        Some(GatewayStatus::None) => describe::status(context, GatewayStatus::None).to_owned(),
        Some(status) => format!(
            "{} (payment_status {raw})",
            describe::status(context, status)
        ),
        None => format!(
            "payment_status {raw}: {}",
            context.say(
                "[[methods]] statuses in netmile.toml do not say what it means",
                "意味が netmile.toml の [[methods]] の statuses に設定されていません"
            )
        ),
    };
    let mut rows = vec![vec![
        say("  gateway says", "  決済ゲートウェイの状態"),
        status,
    ]];
    if let Some(committed) = found.committed {
        let committed = if committed {
            say("yes", "はい")
        } else {
            say("no", "いいえ")
        };
        rows.push(vec![say("  committed", "  確定済み"), committed]);
    }
    if let Some(id) = &found.tracking_id {
        rows.push(vec![
            say("  tracking id", "  トラッキング ID"),
            printable(id, 40),
        ]);
    }
    if let Some(amount) = found.amount {
        rows.push(vec![
            say("  amount", "  金額"),
            describe::yen(context, amount),
        ]);
    }
    if let Some(refunded) = found.refunded {
        let refunded = describe::yen(context, refunded);
        rows.push(vec![say("  refunded", "  返金"), refunded]);
    }
    table(&rows)
}
