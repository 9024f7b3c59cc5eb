//! Charges and purchases in words and as JSON. No customer's data: ids, yen, states.

use netmile::api::codes::ApiCode;
use netmile::charge::{Charge, ChargePhase, OpenReason, Step};
use netmile::contract::GatewayStatus;
use netmile::exchange::{Exchange, ExchangePhase};
use netmile::miles::batch::{ChunkPhase, ChunkRecord};
use netmile::operation::Rejection;
use netmile::purchase::Purchase;
use netmile::reference::{Phase, Task, Transaction};
use netmile::time::{Timestamp, japan};
use serde_json::{Value, json};

use crate::context::Context;
use crate::output::{printable, table};

/// A charge as JSON.
pub(crate) fn charge_json(charge: &Charge) -> Value {
    json!({
        "id": charge.id,
        "method": charge.method,
        "kind": kind(charge),
        "phase": charge.phase.name(),
        "amount": charge.amount,
        "captured": charge.captured,
        "refunded": charge.refunded,
        "tracking_id": charge.tracking_id,
        "open_step": charge.pending.as_ref().map(|pending| json!({
            "step": pending.step.name(),
            "amount": pending.amount,
            "name": pending.key,
            "since": at(pending.since),
            "looks": pending.looks,
        })),
        "deposited": charge.deposited,
        "doubted_deposit": charge.doubt.as_ref().map(|doubt| json!({
            "deposited": doubt.deposited,
            "since": at(doubt.since),
            "looks": doubt.looks,
        })),
        "review": charge.review,
        "rejection": charge.rejection.as_ref().map(|rejection| &rejection.code),
    })
}

fn kind(charge: &Charge) -> &'static str {
    use netmile::charge::Kind;
    match charge.kind {
        Kind::Payment => "payment",
        Kind::Period { .. } => "period",
        Kind::SimpleContract => "simple_contract",
        Kind::MeteredContract => "metered_contract",
    }
}

/// A charge in some lines.
pub(crate) fn charge_text(context: &Context, charge: &Charge) -> String {
    let say = |en, ja| context.say(en, ja).to_owned();
    let mut rows = vec![
        vec![say("  method", "  決済手段"), printable(&charge.method, 40)],
        vec![
            say("  journal says", "  ジャーナルの状態"),
            phase(context, charge.phase).to_owned(),
        ],
        vec![say("  amount", "  金額"), yen(context, charge.amount)],
        vec![say("  captured", "  売上"), yen(context, charge.captured)],
        vec![say("  refunded", "  返金"), yen(context, charge.refunded)],
    ];
    if let Some(id) = &charge.tracking_id {
        rows.push(vec![
            say("  tracking id", "  トラッキング ID"),
            printable(id, 40),
        ]);
    }
    if let Some(waits) = waits(context, charge) {
        rows.push(vec![say("  waits for", "  未解決"), waits]);
    }
    format!("{}\n{}", printable(&charge.id, 64), table(&rows))
}

/// What an unresolved charge waits for; none when it is resolved.
pub(crate) fn waits(context: &Context, charge: &Charge) -> Option<String> {
    if let Some(reason) = charge.review {
        let reason = match reason {
            OpenReason::NoEvidence => context.say(
                "a person: nothing shows what became of the open step",
                "担当者の確認（結果を示す情報が得られていません）",
            ),
            OpenReason::Contradiction => context.say(
                "a person: the gateway contradicts the journal",
                "担当者の確認（決済ゲートウェイの情報とジャーナルが矛盾しています）",
            ),
            OpenReason::DepositSum => context.say(
                "a person: the deposits are not the amount",
                "担当者の確認（入金額が金額と一致しません）",
            ),
            _ => context.say("a person", "担当者の確認"),
        };
        return Some(reason.to_owned());
    }
    if let Some(pending) = &charge.pending {
        let step = step(context, pending.step);
        let since = at(pending.since);
        return Some(match context.lang {
            netmile::Lang::En => format!("the outcome of the {step}, since {since}"),
            netmile::Lang::Ja => format!("{step}の結果（{since} から不明）"),
        });
    }
    if let Some(doubt) = &charge.doubt {
        let yen = doubt.deposited;
        return Some(match context.lang {
            netmile::Lang::En => format!("the gateway's word on a deposit of {yen} yen"),
            netmile::Lang::Ja => format!("入金額 {yen} 円の確認"),
        });
    }
    (charge.phase == ChargePhase::Authorised).then(|| {
        context
            .say("the commit of the authorisation", "与信の確定")
            .to_owned()
    })
}

/// A purchase by link type as JSON.
pub(crate) fn purchase_json(purchase: &Purchase) -> Value {
    json!({
        "id": purchase.id,
        "phase": purchase.phase.name(),
        "amount": purchase.asked.amount,
        "review": purchase.review,
        "created_at": at(purchase.created_at),
    })
}

/// Something under a `tran_id` as JSON.
pub(crate) fn transaction_json<T: Task>(transaction: &Transaction<T>) -> Value {
    json!({
        "tran_id": transaction.tran_id(),
        "site_id": transaction.site,
        "phase": transaction.phase.name(),
        "since": at(transaction.since),
        "looks": transaction.looks,
        "rejection": transaction.rejection.as_ref().map(|rejection| &rejection.code),
    })
}

/// An exchange of points as JSON.
pub(crate) fn exchange_json(exchange: &Exchange) -> Value {
    json!({
        "tran_id": exchange.tran_id(),
        "site_id": exchange.issue.site,
        "phase": exchange.phase.name(),
        "miles": exchange.miles(),
        "points": exchange.points(),
        "since": at(exchange.begun_at),
        "rejection": exchange.rejection().map(|rejection| &rejection.code),
    })
}

/// An upload of a file as JSON.
pub(crate) fn upload_json(upload: &ChunkRecord) -> Value {
    json!({
        "tran_id": upload.tran_id(),
        "site_id": upload.site,
        "batch_id": upload.batch_id,
        "first_row": upload.first_row,
        "rows": upload.rows,
        "miles": upload.miles,
        "phase": upload.phase.name(),
        "registration_id": upload.registration_id,
        "since": at(upload.since),
        "rejection": upload.rejection.as_ref().map(|rejection| &rejection.code),
    })
}

pub(crate) fn upload_phase(context: &Context, phase: ChunkPhase) -> &'static str {
    let (en, ja) = match phase {
        ChunkPhase::Sending => ("outcome unknown", "結果不明"),
        ChunkPhase::Accepted => ("being processed", "処理中"),
        ChunkPhase::Finished => ("done", "完了"),
        ChunkPhase::Refused => ("refused", "不成立"),
        ChunkPhase::NeedsReview => ("a person must look", "要確認"),
    };
    context.say(en, ja)
}

pub(crate) fn transaction_phase(context: &Context, phase: Phase) -> &'static str {
    let (en, ja) = match phase {
        Phase::Prepared => ("recorded, not sent", "記録のみ（未送信）"),
        Phase::Sending => ("being sent", "送信中"),
        Phase::Unknown => ("outcome unknown", "結果不明"),
        Phase::Done => ("done", "完了"),
        Phase::Refused => ("refused", "不成立"),
        Phase::NeedsReview => ("a person must look", "要確認"),
        other => return other.name(),
    };
    context.say(en, ja)
}

pub(crate) fn exchange_phase(context: &Context, phase: ExchangePhase) -> &'static str {
    let (en, ja) = match phase {
        ExchangePhase::Debiting => ("begun", "開始"),
        ExchangePhase::Debited => ("points taken", "ポイント減算済み"),
        ExchangePhase::Issuing => ("outcome unknown", "結果不明"),
        ExchangePhase::Issued => ("miles issued", "マイル発行済み"),
        ExchangePhase::Refused => ("refused", "不成立"),
        ExchangePhase::CreditedBack => ("points given back", "ポイント返却済み"),
        ExchangePhase::NotDebited => ("points not taken", "ポイント減算なし"),
        ExchangePhase::NeedsReview => ("a person must look", "要確認"),
        other => return other.name(),
    };
    context.say(en, ja)
}

/// Whom an open exchange waits for.
pub(crate) fn exchange_waits(context: &Context, phase: ExchangePhase) -> &'static str {
    match phase {
        ExchangePhase::Debiting => context.say(
            "the shop: were the points taken?",
            "ショップの報告（ポイントを減算したか）",
        ),
        ExchangePhase::Debited => context.say("the issue of the miles", "マイルの発行"),
        ExchangePhase::Issuing => context.say("the outcome of the issue", "マイル発行の結果"),
        ExchangePhase::Refused => context.say(
            "the shop: give the points back",
            "ショップの対応（ポイントの返却）",
        ),
        ExchangePhase::NeedsReview => context.say("a person", "担当者の確認"),
        _ => "",
    }
}

pub(crate) fn phase(context: &Context, phase: ChargePhase) -> &'static str {
    let (en, ja) = match phase {
        ChargePhase::Prepared => ("recorded, not sent", "記録のみ（未送信）"),
        ChargePhase::Unknown => ("outcome unknown", "結果不明"),
        ChargePhase::Authorised => ("authorised, not committed", "与信済み（未確定）"),
        ChargePhase::Reserved => ("authorised, to be captured", "与信済み（売上前）"),
        ChargePhase::AwaitingDeposit => ("waits for the deposit", "入金待ち"),
        ChargePhase::Paid => ("paid", "支払い済み"),
        ChargePhase::PartlyRefunded => ("refunded in part", "一部返金済み"),
        ChargePhase::Refunded => ("refunded", "返金済み"),
        ChargePhase::Cancelled => ("cancelled", "取消済み"),
        ChargePhase::Rejected => ("refused", "不成立"),
        ChargePhase::Expired => ("expired", "期限切れ"),
        ChargePhase::Active => ("contract runs", "継続中"),
        ChargePhase::Ended => ("contract ended", "解約済み"),
        ChargePhase::NeedsReview => ("a person must look", "要確認"),
        other => return other.name(),
    };
    context.say(en, ja)
}

pub(crate) fn step(context: &Context, step: Step) -> &'static str {
    let (en, ja) = match step {
        Step::Request => ("payment request", "決済要求"),
        Step::Commit => ("commit", "確定"),
        Step::Capture => ("capture", "売上"),
        Step::Refund => ("refund", "返金"),
        Step::PartialRefund => ("partial refund", "部分返金"),
        Step::RefundMonth => ("refund of a month", "月次課金の返金"),
        Step::End => ("end of the contract", "解約"),
        other => return other.name(),
    };
    context.say(en, ja)
}

pub(crate) fn status(context: &Context, status: GatewayStatus) -> &'static str {
    let (en, ja) = match status {
        GatewayStatus::None => ("no such payment", "該当する決済なし"),
        GatewayStatus::Processing => ("being processed", "処理中"),
        GatewayStatus::Authorised => ("authorised", "与信済み"),
        GatewayStatus::Captured => ("captured", "売上済み"),
        GatewayStatus::Cancelled => ("cancelled", "取消済み"),
        GatewayStatus::Refunded => ("refunded", "返金済み"),
        GatewayStatus::PartlyRefunded => ("refunded in part", "一部返金済み"),
        GatewayStatus::AwaitingDeposit => ("waits for the deposit", "入金待ち"),
        GatewayStatus::PartlyDeposited => ("deposited in part", "一部入金済み"),
        GatewayStatus::Deposited => ("deposited", "入金済み"),
        GatewayStatus::Overdeposited => ("deposited too much", "過入金"),
    };
    context.say(en, ja)
}

pub(crate) fn yen(context: &Context, amount: netmile::Yen) -> String {
    format!("{amount} {}", context.say("yen", "円"))
}

pub(crate) fn miles(context: &Context, miles: netmile::Miles) -> String {
    context
        .lang
        .counted(miles.get(), ["mile", "miles"], "マイル")
}

/// Why the gateway refused, and what to do.
pub(crate) fn rejection(context: &Context, rejection: &Rejection) -> String {
    let code = ApiCode::parse(&rejection.code);
    let found = code.explain();
    format!(
        "{} {}: {}\n{}",
        context.say("The gateway refused:", "決済ゲートウェイが拒否しました:"),
        printable(&rejection.code, 40),
        found.kind_meaning.text(context.lang),
        found.remedy.text(context.lang)
    )
}

/// Japan time for people.
pub(crate) fn at(time: Timestamp) -> String {
    jiff::Timestamp::from_second(time.as_unix()).map_or_else(
        |_| time.as_unix().to_string(),
        |time| {
            let zoned = time.to_zoned(japan());
            zoned.strftime("%Y-%m-%d %H:%M:%S").to_string()
        },
    )
}
