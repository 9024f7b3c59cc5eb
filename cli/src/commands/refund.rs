//! `netmile refund`: gives a payment back, all of it or a part.

use clap::Args;
use netmile::Yen;
use netmile::charge::Charge;
use netmile::operation::{Outcome as Ended, Ticket};
use serde_json::json;

use super::inquire::not_asked;
use crate::arguments::KeyArguments;
use crate::context::Context;
use crate::describe;
use crate::http::block_on;
use crate::output::{Answer, Exit, Outcome};
use crate::progress::Progress;
use crate::shop::Shop;

#[derive(Debug, Args)]
pub(crate) struct Refund {
    /// Id of the payment: the order_id at the gateway.
    #[arg(value_name = "ID")]
    id: String,
    /// Refunds a part under this name of your own; the same name is never refunded twice.
    #[arg(long, value_name = "NAME", requires = "amount")]
    part: Option<String>,
    /// Yen of the part.
    #[arg(long, value_name = "YEN", requires = "part")]
    amount: Option<u64>,
    #[command(flatten)]
    key: KeyArguments,
}

pub(crate) fn run(context: &Context, arguments: &Refund) -> Outcome {
    let config = context.config()?;
    block_on(context, async {
        let shop = Shop::open(context, &arguments.key, &config).await?;
        refund(context, &shop, arguments).await
    })
}

async fn refund(context: &Context, shop: &Shop, arguments: &Refund) -> Outcome {
    let payments = shop.client.payments();
    let progress = Progress::start(context, context.say("refunding", "返金しています"));
    let ended = match (&arguments.part, arguments.amount) {
        (Some(name), Some(amount)) => {
            payments
                .refund_part(&arguments.id, name, Yen::new(amount))
                .await
        }
        _ => payments.refund(&arguments.id).await,
    };
    drop(progress);
    let ended = match ended {
        Ok(ended) => ended,
        Err(error) => return Err(not_asked(context, shop, &arguments.id, &error).await),
    };
    Ok(match ended {
        Ended::Done(charge) => done(context, &charge),
        Ended::Rejected(rejection) => Answer::new(
            Exit::Problem,
            json!({
                "outcome": "rejected",
                "id": arguments.id,
                "code": rejection.code,
                "message": describe::rejection(context, &rejection),
            }),
            describe::rejection(context, &rejection),
        ),
        Ended::Unknown(ticket) => unknown(context, &arguments.id, &ticket),
    })
}

fn done(context: &Context, charge: &Charge) -> Answer {
    let text = format!(
        "{}\n\n{}",
        context.say("refunded", "返金しました"),
        describe::charge_text(context, charge)
    );
    let json = json!({"outcome": "done", "charge": describe::charge_json(charge)});
    Answer::new(Exit::Fine, json, text)
}

fn unknown(context: &Context, id: &str, ticket: &Ticket) -> Answer {
    let id = crate::output::printable(id, 64);
    let advice = match context.lang {
        netmile::Lang::En => format!(
            "The refund was sent, and no answer came: it may have been made or not.\n\
             Make no other refund of this payment. Find out with\n  \
             netmile resolve {id}\n\
             or give the same command again: it finds out first, and never refunds twice. A running shop finds out by itself."
        ),
        netmile::Lang::Ja => format!(
            "返金要求を送信しましたが、応答がありません。返金されたかどうか分かりません。\n\
             この決済に対して別の返金を行わないでください。次のコマンドで確認できます。\n  \
             netmile resolve {id}\n\
             同じコマンドをもう一度実行しても構いません。先に結果を確認するため、二重に返金されることはありません。稼働中のショップは自動で確認します。"
        ),
    };
    let json = json!({
        "outcome": "unknown",
        "id": ticket.id,
        "step": ticket.step,
        "since": describe::at(ticket.since),
        "next_look": ticket.next_look.map(describe::at),
        "message": advice,
    });
    Answer::new(Exit::Unknown, json, advice)
}
