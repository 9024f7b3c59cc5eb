//! The merchant's management page for payments.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{
    pay::unsigned,
    visit::{Visit, answer, page_form, see, value, with_cookie},
};
use crate::{
    clock,
    gateway::Gateway,
    mask,
    options::MockError,
    pages::{
        self, ContractView, ManageLoginPage, ManageNotice, Manager, NoticeAttempt, NoticeVerdict,
        PaymentDetailPage, PaymentFilter, PaymentRow, PaymentStatus, PaymentsPage, Problem,
        RecurringKind, RefundDonePage, RefundState, TimelineEntry, TimelineEvent,
    },
    scenario::Merchant,
    store::{
        contracts, members,
        notices::{self, Attempt, Verdict},
        payments::{self, Payment},
        sessions::{self, Session, State as Stage},
    },
};

const COOKIE: &str = "manage";

/// Rows on one page of the list.
const PAGE_ROWS: usize = 20;

/// An attempt as the pages show it.
pub(crate) fn attempt_view(attempt: &Attempt) -> NoticeAttempt {
    NoticeAttempt {
        sent_at: clock::display(attempt.at),
        kind: attempt.message.clone(),
        result: attempt.result.clone(),
        url: attempt.url.clone(),
        http_status: attempt.status,
        answer: attempt.answer.chars().take(200).collect(),
        verdict: match attempt.verdict {
            Verdict::Accepted => NoticeVerdict::Accepted,
            Verdict::Refused => NoticeVerdict::Refused,
            Verdict::BadStatus => NoticeVerdict::BadStatus,
            Verdict::TimedOut => NoticeVerdict::TimedOut,
            Verdict::Unreachable => NoticeVerdict::Unreachable,
            Verdict::NotSent => NoticeVerdict::NotSent,
        },
    }
}

pub(super) async fn who<'a>(
    gateway: &'a Gateway,
    visit: &Visit,
) -> Result<Option<&'a Merchant>, MockError> {
    let Some(token) = visit.cookie(COOKIE) else {
        return Ok(None);
    };
    let mut conn = gateway.conn().await?;
    let found = members::logged_in(&mut conn, token, COOKIE).await?;
    Ok(found
        .as_deref()
        .and_then(|who| who.split_once('/'))
        .and_then(|(merchant, service)| gateway.scenario.merchant(merchant, service)))
}

pub(super) fn manager(visit: &Visit, merchant: &Merchant) -> Manager {
    Manager {
        name: visit.t(&merchant.name_ja, &merchant.name_en).to_owned(),
        merchant_id: merchant.merchant_id.clone(),
        service_id: merchant.service_id.clone(),
    }
}

/// The text if it is a tracking id, else nothing: it becomes part of a path.
fn tracking(text: &str) -> &str {
    if text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) {
        text
    } else {
        ""
    }
}

/// The log-in, or on to the list.
pub(crate) async fn home(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        if who(&gateway, &visit).await?.is_some() {
            return Ok(see("/manage/payments"));
        }
        let page = ManageLoginPage {
            payment: tracking(visit.ask("payment").unwrap_or_default()).to_owned(),
            ..ManageLoginPage::default()
        };
        Ok(visit.html(pages::manage_login(&visit.frame_at("/manage"), &page)))
    };
    answer(&visit, shown.await)
}

/// Logs a merchant in.
pub(crate) async fn login(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let logged = async {
        let (merchant_id, service_id) = (value(&form, "merchant_id"), value(&form, "service_id"));
        let payment = tracking(value(&form, "payment"));
        let Some(merchant) = gateway
            .scenario
            .merchant(merchant_id, service_id)
            .filter(|m| m.management_password == value(&form, "password"))
        else {
            let page = ManageLoginPage {
                merchant_id: merchant_id.chars().take(20).collect(),
                service_id: service_id.chars().take(20).collect(),
                payment: payment.to_owned(),
                wrong: true,
            };
            let frame = visit.frame_at("/manage");
            return Ok(visit.html(pages::manage_login(&frame, &page)));
        };
        let mut conn = gateway.conn().await?;
        let token = gateway.opaque_id(&mut conn, "login").await?;
        let name = format!("{}/{}", merchant.merchant_id, merchant.service_id);
        members::log_in(&mut conn, &token, COOKIE, &name).await?;
        // Lax: shops link to a payment's page, and whoever follows the link is logged in already.
        let cookie = format!("{COOKIE}={token}; Path=/manage; HttpOnly; SameSite=Lax");
        let goal = match payment {
            "" => "/manage/payments".to_owned(),
            payment => format!("/manage/payments/{payment}"),
        };
        Ok(with_cookie(see(&goal), &cookie))
    };
    answer(&visit, logged.await)
}

/// Logs out.
pub(crate) async fn logout(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let gone = async {
        if let Some(token) = visit.cookie(COOKIE) {
            let mut conn = gateway.conn().await?;
            members::log_out(&mut conn, token).await?;
        }
        let cookie = format!("{COOKIE}=; Path=/manage; Max-Age=0");
        Ok(with_cookie(see("/manage"), &cookie))
    };
    answer(&visit, gone.await)
}

fn status(session: &Session, payment: Option<&Payment>) -> PaymentStatus {
    match payment.map(|p| p.status.as_str()) {
        Some("refunded") => PaymentStatus::Refunded,
        Some("active") => PaymentStatus::Active,
        Some("ended") => PaymentStatus::Ended,
        Some("notice_failed") => PaymentStatus::NoticeFailed,
        Some(_) => PaymentStatus::Paid,
        None => match session.state {
            Stage::Open | Stage::Settling => PaymentStatus::Open,
            Stage::Done => PaymentStatus::Paid,
            Stage::NoticeFailed => PaymentStatus::NoticeFailed,
            Stage::Cancelled => PaymentStatus::Cancelled,
            Stage::Failed => PaymentStatus::Failed,
        },
    }
}

/// The list of payments.
pub(crate) async fn payments(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(merchant) = who(&gateway, &visit).await? else {
            return Ok(see("/manage"));
        };
        let filter = PaymentFilter {
            status: visit.ask("status").and_then(PaymentStatus::from_key),
            order_id: visit
                .ask("order_id")
                .unwrap_or_default()
                .trim()
                .chars()
                .take(38)
                .collect(),
        };
        let mut conn = gateway.conn().await?;
        let sessions =
            sessions::of_service(&mut conn, &merchant.merchant_id, &merchant.service_id).await?;
        let paid = payments::all(&mut conn).await?;
        let rows: Vec<PaymentRow> = sessions
            .iter()
            .filter(|s| !s.order_id.is_empty())
            .map(|s| {
                let payment = paid.iter().find(|p| p.session == s.id);
                PaymentRow {
                    at: clock::display(payment.map_or(s.at, |p| p.paid_at)),
                    tracking_id: s.tracking_id.clone(),
                    order_id: s.order_id.clone(),
                    method: s.method.clone().unwrap_or_default(),
                    amount_yen: s.amount(),
                    status: status(s, payment),
                }
            })
            .filter(|r| filter.status.is_none_or(|want| r.status == want))
            .filter(|r| r.order_id.contains(&filter.order_id))
            .collect();
        let pages = rows.len().div_ceil(PAGE_ROWS).max(1);
        let asked: usize = visit.ask("page").and_then(|p| p.parse().ok()).unwrap_or(1);
        let page = asked.clamp(1, pages);
        let view = PaymentsPage {
            manager: manager(&visit, merchant),
            filter,
            page: page as u64,
            pages: pages as u64,
            total: rows.len() as u64,
            rows: rows
                .into_iter()
                .skip((page - 1) * PAGE_ROWS)
                .take(PAGE_ROWS)
                .collect(),
        };
        Ok(visit.html(pages::payments(&visit.frame(), &view)))
    };
    answer(&visit, shown.await)
}

/// A payment of the merchant that is logged in.
async fn own<'a>(
    gateway: &'a Gateway,
    visit: &Visit,
    tracking_id: &str,
) -> Result<Result<(&'a Merchant, Payment), Response>, MockError> {
    let Some(merchant) = who(gateway, visit).await? else {
        return Ok(Err(see(&format!(
            "/manage?payment={}",
            tracking(tracking_id)
        ))));
    };
    let mut conn = gateway.conn().await?;
    let payment = payments::get(&mut conn, tracking_id)
        .await?
        .filter(|p| p.merchant_id == merchant.merchant_id && p.service_id == merchant.service_id)
        .ok_or_else(|| MockError::NotFound {
            what: "payment",
            id: tracking_id.to_owned(),
        })?;
    Ok(Ok((merchant, payment)))
}

/// One payment.
pub(crate) async fn payment(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let (merchant, payment) = match own(&gateway, &visit, &id).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let page = detail(&gateway, &visit, merchant, &payment).await?;
        let frame = visit.frame_at(&format!("/manage/payments/{}", payment.tracking_id));
        Ok(visit.html(pages::payment_detail(&frame, &page)))
    };
    answer(&visit, shown.await)
}

async fn detail(
    gateway: &Gateway,
    visit: &Visit,
    merchant: &Merchant,
    payment: &Payment,
) -> Result<PaymentDetailPage, MockError> {
    let mut conn = gateway.conn().await?;
    let session = sessions::get(&mut conn, &payment.session).await?;
    let attempts = notices::attempts(&mut conn, Some(&payment.session)).await?;
    let timeline = sessions::timeline(&mut conn, &payment.session).await?;
    let contract = contracts::get(&mut conn, &payment.tracking_id).await?;
    let text = |name: &str| {
        session
            .as_ref()
            .map(|s| s.request.get(name).to_owned())
            .unwrap_or_default()
    };
    let item = match text("item_name") {
        name if name.is_empty() => text("item_id"),
        name => name,
    };
    let end = gateway.refund_end(payment);
    let until = clock::display(end - 1).chars().take(10).collect();
    let refund = if let Some(at) = payment.refunded_at {
        RefundState::Done {
            at: clock::display(at),
        }
    } else if payment.amount == 0 {
        RefundState::NotApplicable
    } else if gateway.clock.now() >= end {
        RefundState::TooLate { until }
    } else {
        RefundState::Possible { until }
    };
    Ok(PaymentDetailPage {
        manager: manager(visit, merchant),
        tracking_id: payment.tracking_id.clone(),
        order_id: payment.order_id.clone(),
        item,
        customer: mask::customer(&text("cust_code")),
        member: payment
            .member
            .as_deref()
            .map(mask::member)
            .unwrap_or_default(),
        method: payment.method.clone(),
        amount_yen: unsigned(payment.amount),
        miles: unsigned(payment.miles),
        paypal_yen: unsigned(payment.paypal_yen),
        returned_miles: unsigned(payment.returned_miles),
        status: session
            .as_ref()
            .map_or(PaymentStatus::Paid, |s| status(s, Some(payment))),
        paid_at: Some(clock::display(payment.paid_at)),
        refund,
        contract: contract.map(|c| ContractView {
            kind: if c.pay_type == "1" {
                RecurringKind::Simple
            } else {
                RecurringKind::FixedOrMetered
            },
            active: c.active,
            last_month: c
                .last_month
                .split_at_checked(4)
                .map(|(year, month)| format!("{year}-{month}")),
        }),
        notices: attempts.iter().map(attempt_view).collect(),
        timeline: timeline
            .into_iter()
            .filter_map(|(at, event, detail)| {
                Some(TimelineEntry {
                    at: clock::display(at),
                    event: timeline_event(&event)?,
                    detail,
                })
            })
            .collect(),
        notice: match visit.ask("n") {
            Some("accepted") => Some(ManageNotice::NoticeAccepted),
            Some("failed") => Some(ManageNotice::NoticeFailed),
            Some("ended") => Some(ManageNotice::ContractEnded),
            Some("refused") => Some(ManageNotice::RefundRefused),
            _ => None,
        },
    })
}

fn timeline_event(event: &str) -> Option<TimelineEvent> {
    Some(match event {
        "accepted" => TimelineEvent::Accepted,
        "method_chosen" => TimelineEvent::MethodChosen,
        "logged_in" => TimelineEvent::LoggedIn,
        "campaign_joined" => TimelineEvent::CampaignJoined,
        "miles_credited" => TimelineEvent::MilesCredited,
        "paid" => TimelineEvent::Paid,
        "notice_sent" => TimelineEvent::NoticeSent,
        "notice_accepted" => TimelineEvent::NoticeAccepted,
        "notice_failed" => TimelineEvent::NoticeFailed,
        "return_shown" => TimelineEvent::ReturnShown,
        "cancelled" => TimelineEvent::Cancelled,
        "failed" => TimelineEvent::Failed,
        "refunded" => TimelineEvent::Refunded,
        "contract_started" => TimelineEvent::ContractStarted,
        "contract_ended" => TimelineEvent::ContractEnded,
        _ => return None,
    })
}

/// Refunds in full. A reload shows the payment.
pub(crate) async fn refund(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let refunded = async {
        let (merchant, payment) = match own(&gateway, &visit, &id).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let amount = value(&form, "amount");
        if !amount.is_empty() && amount != payment.amount.to_string() {
            let rule = visit.t("返金は全額のみです。", "Only a full refund is possible.");
            return Ok(visit.problem(Problem::BadRequest, Some(rule)));
        }
        let here = format!("/manage/payments/{}", payment.tracking_id);
        match gateway.refund(&payment.tracking_id).await? {
            Ok(payment) => {
                let page = RefundDonePage {
                    manager: manager(&visit, merchant),
                    tracking_id: payment.tracking_id.clone(),
                    order_id: payment.order_id.clone(),
                    amount_yen: unsigned(payment.amount),
                    miles: unsigned(payment.miles),
                    paypal_yen: unsigned(payment.paypal_yen),
                    taken_back_miles: unsigned(payment.returned_miles),
                    at: payment.refunded_at.map(clock::display).unwrap_or_default(),
                };
                Ok(visit.html(pages::refund_done(&visit.frame_at(&here), &page)))
            }
            Err(_) => Ok(see(&format!("{here}?n=refused"))),
        }
    };
    answer(&visit, refunded.await)
}

/// Sends the result notice again.
pub(crate) async fn notice(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let sent = async {
        let (_, payment) = match own(&gateway, &visit, &id).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let verdict = gateway.resend(&payment.tracking_id).await?;
        Ok(after(&payment, verdict, "accepted"))
    };
    answer(&visit, sent.await)
}

/// Ends a recurring contract and says so (`CR`).
pub(crate) async fn end(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let ended = async {
        let (_, payment) = match own(&gateway, &visit, &id).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let active = {
            let mut conn = gateway.conn().await?;
            contracts::get(&mut conn, &payment.tracking_id)
                .await?
                .is_some_and(|c| c.active)
        };
        if !active {
            let rule = visit.t(
                "有効な契約ではありません。",
                "This is not a running contract.",
            );
            return Ok(visit.problem(Problem::Conflict, Some(rule)));
        }
        let verdict = gateway.later_notice(&payment.tracking_id, "CR").await?;
        Ok(after(&payment, verdict, "ended"))
    };
    answer(&visit, ended.await)
}

fn after(payment: &Payment, verdict: Verdict, good: &str) -> Response {
    let hint = if verdict == Verdict::Accepted {
        good
    } else {
        "failed"
    };
    see(&format!(
        "/manage/payments/{}?n={hint}",
        payment.tracking_id
    ))
}
