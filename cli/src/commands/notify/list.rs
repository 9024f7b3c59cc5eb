//! What notices can be sent for.

use serde_json::json;

use crate::context::Context;
use crate::mock::{ApiNotice, ApiPayment, Mock, Payment, Session};
use crate::output::{Answer, Exit, Outcome, printable, table};

pub(super) async fn run(context: &Context, mock: &Mock<'_>) -> Outcome {
    let payments: Vec<Payment> = mock.get("/_mock/payments").await?;
    let api_payments: Vec<ApiPayment> = mock.get("/_mock/api/payments").await?;
    let notices: Vec<ApiNotice> = mock.get("/_mock/api/notices").await?;
    let sessions: Vec<Session> = mock.get("/_mock/sessions").await?;
    // What is no payment, and was settled all the same: stored and deleted payment data. The newest come first.
    let customers: Vec<_> = sessions.iter().rev().filter(|s| s.is_customer()).collect();
    let columns = |names: &[(&str, &str)]| -> Vec<String> {
        names
            .iter()
            .map(|(en, ja)| context.lang.pick(en, ja).to_owned())
            .collect()
    };
    const TRACKING: (&str, &str) = ("tracking id", "トラッキング ID");
    const ORDER: (&str, &str) = ("order", "購入 ID");
    const METHOD: (&str, &str) = ("method", "決済手段");
    const YEN: (&str, &str) = ("yen", "金額（円）");
    const STATE: (&str, &str) = ("state", "状態");
    let short = |text: &str| printable(text, 40);

    let mut sections = Vec::new();
    if !payments.is_empty() {
        let kind = ("kind", "種類");
        let mut rows = vec![columns(&[TRACKING, ORDER, kind, METHOD, YEN, STATE])];
        rows.extend(payments.iter().map(|payment| {
            vec![
                short(&payment.tracking_id),
                short(&payment.order_id),
                short(&payment.kind),
                short(&payment.method),
                payment.amount.to_string(),
                short(&payment.status),
            ]
        }));
        sections.push((context.say("Link type", "リンク型"), rows));
    }
    if !customers.is_empty() {
        let notice = ("notice", "通知");
        let mut rows = vec![columns(&[TRACKING, notice, METHOD, STATE])];
        rows.extend(customers.iter().map(|session| {
            vec![
                short(session.tracking_id.as_deref().unwrap_or_default()),
                session.notice().to_owned(),
                short(session.method.as_deref().unwrap_or_default()),
                short(&session.state),
            ]
        }));
        sections.push((
            context.say("Payment data of customers", "顧客決済情報"),
            rows,
        ));
    }
    if !api_payments.is_empty() {
        let mut rows = vec![columns(&[TRACKING, ORDER, METHOD, YEN, STATE])];
        rows.extend(api_payments.iter().map(|payment| {
            vec![
                short(&payment.tracking_id),
                short(&payment.order_id),
                short(&payment.method),
                payment.amount.to_string(),
                short(&payment.state),
            ]
        }));
        sections.push((context.say("API type", "API 型"), rows));
    }
    if !notices.is_empty() {
        let (number, function) = (("number", "番号"), ("function", "機能 ID"));
        let (kind, taken) = (("rec_type", "rec_type"), ("accepted", "受付"));
        let mut rows = vec![columns(&[number, function, TRACKING, kind, YEN, taken])];
        rows.extend(notices.iter().map(|notice| {
            vec![
                notice.id.to_string(),
                short(&notice.function),
                short(&notice.tracking_id),
                notice.rec_type.to_string(),
                notice.rec_amount.to_string(),
                context
                    .say(
                        if notice.accepted { "yes" } else { "no" },
                        if notice.accepted { "済" } else { "未" },
                    )
                    .to_owned(),
            ]
        }));
        sections.push((context.say("Notices of the API type", "API 型の通知"), rows));
    }
    let texts: Vec<_> = sections
        .iter()
        .map(|(title, rows)| format!("{title}\n{}", table(rows)))
        .collect();
    let text = if texts.is_empty() {
        context
            .say(
                "no payments yet; `netmile notify purchase --to URL` makes one",
                "決済はまだありません。`netmile notify purchase --to URL` で作成できます",
            )
            .to_owned()
    } else {
        texts.join("\n")
    };
    Ok(Answer::new(
        Exit::Fine,
        json!({
            "payments": payments,
            "registrations": customers,
            "api_payments": api_payments,
            "api_notices": notices,
        }),
        text,
    ))
}
