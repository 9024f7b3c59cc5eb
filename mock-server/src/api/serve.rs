//! The book at work in the mock: calls, what becomes due, and notices really sent.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sqlx::SqliteConnection;

use super::{
    book::Book,
    call::{ApiRequest, Handled},
    notice::{Ack, read_ack},
    peek::Peek,
    records::ApiNotice,
    steps::slip::SlipEvent,
    store::{self, Seen},
    terms::NoticeStyle,
};
use crate::{
    due::Happening,
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    store::{
        contracts,
        notices::{self, Attempt, Verdict},
    },
    wire::sjis,
};

/// Largest part of an answer to a notice that is read.
const ANSWER_BYTES: usize = 64 * 1024;

/// What the gateway keeps for the API type.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) book: tokio::sync::Mutex<Book>,
    in_flight: Arc<Mutex<HashMap<String, usize>>>,
}

/// A call that is being worked on; dropping it makes room.
#[derive(Debug)]
pub(crate) struct Working {
    who: String,
    in_flight: Arc<Mutex<HashMap<String, usize>>>,
}

impl Drop for Working {
    fn drop(&mut self) {
        let mut counts = self
            .in_flight
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.who);
            }
        }
    }
}

impl Api {
    pub(crate) fn new(book: Book) -> Self {
        Self {
            book: tokio::sync::Mutex::new(book),
            in_flight: Arc::default(),
        }
    }

    /// Takes one of the places of a merchant and service; `None` when all are taken.
    pub(crate) fn begin(&self, who: &str, places: usize) -> Option<Working> {
        let mut counts = self
            .in_flight
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(who.to_owned()).or_default();
        if *count >= places {
            return None;
        }
        *count += 1;
        Some(Working {
            who: who.to_owned(),
            in_flight: Arc::clone(&self.in_flight),
        })
    }
}

impl Gateway {
    /// Works on one call: book, postings and log in one transaction.
    pub(crate) async fn api_call(
        &self,
        request: &ApiRequest<'_>,
        peek: &Peek,
        fault: Option<FaultKind>,
    ) -> Result<Handled, MockError> {
        let mut book = self.api.book.lock().await;
        let worked = self.work(&mut book, request, peek, fault).await;
        if worked.is_err() {
            self.read_again(&mut book).await?;
        }
        worked
    }

    async fn work(
        &self,
        book: &mut Book,
        request: &ApiRequest<'_>,
        peek: &Peek,
        fault: Option<FaultKind>,
    ) -> Result<Handled, MockError> {
        let now = self.clock.now();
        let mut tx = self.begin().await?;
        let member = |user: &str| self.scenario.members.iter().any(|m| m.login == user);
        let seen = Seen::of_call(&mut tx, peek, member).await?;
        let handled = book.handle_with(request, now, &seen, fault);
        store::save(&mut tx, book.take_changes()).await?;
        store::post(&mut tx, &handled.postings).await?;
        for (tracking_id, by) in &handled.ended {
            contracts::end(&mut tx, tracking_id, by, now).await?;
        }
        for tracking_id in &handled.refunded_payments {
            if self.refund_in(&mut tx, tracking_id).await?.is_err() {
                // Two views of one payment must not drift apart: nothing of the call is kept.
                return Err(MockError::Refused(format!(
                    "payment {tracking_id} can not be refunded"
                )));
            }
        }
        for (tracking_id, month) in &handled.refunded_months {
            store::refund_month(&mut tx, tracking_id, month, now).await?;
        }
        let order = (&*handled.merchant_id, &*handled.service_id, &*peek.order_id);
        if book.payment_of_order(order.0, order.1, order.2).is_some() {
            store::use_order(&mut tx, order, now).await?;
        }
        let message = Logged {
            direction: "in",
            peer: "merchant",
            message: handled
                .function
                .as_ref()
                .map_or("api", super::FunctionId::as_str),
            merchant_id: &handled.merchant_id,
            order_id: &handled.order_id,
            fields: &peek.logged,
            provenance: handled.provenance.unwrap_or(Provenance::Assumed),
            outcome: &handled.outcome,
        };
        self.log(&mut tx, message).await?;
        tx.commit().await?;
        Ok(handled)
    }

    /// After a failure of the storage, the book is what the database says.
    pub(crate) async fn read_again(&self, book: &mut Book) -> Result<(), MockError> {
        let mut conn = self.conn().await?;
        *book = store::load(&mut conn, (&self.scenario).into(), self.seed).await?;
        Ok(())
    }

    /// Changes the book outside a call and writes that down.
    pub(crate) async fn change_book<T>(
        &self,
        change: impl FnOnce(&mut Book, i64) -> Result<T, String>,
    ) -> Result<T, MockError> {
        let mut book = self.api.book.lock().await;
        let done = change(&mut book, self.clock.now()).map_err(MockError::Refused)?;
        let written = self.write_down(&mut book).await;
        if written.is_err() {
            self.read_again(&mut book).await?;
        }
        written.map(|()| done)
    }

    async fn write_down(&self, book: &mut Book) -> Result<(), MockError> {
        let mut tx = self.begin().await?;
        store::save(&mut tx, book.take_changes()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Bills, expires and sends what is due.
    pub(crate) async fn api_due(&self, happened: &mut Vec<Happening>) -> Result<(), MockError> {
        let now = self.clock.now();
        let mut book = self.api.book.lock().await;
        if book.next_due().is_some_and(|at| at <= now) {
            let outcome = self.bill_due(&mut book, now, happened).await;
            if outcome.is_err() {
                self.read_again(&mut book).await?;
            }
            outcome?;
        }
        drop(book);
        // Each failed try plans the next; a jump over several waits makes several tries.
        loop {
            let due = self.api.book.lock().await.due_notices(now);
            if due.is_empty() {
                return Ok(());
            }
            for notice in due {
                let verdict = self.send_api_notice(&notice, None).await?;
                happened.push(Happening {
                    at: notice.next_at.unwrap_or(now),
                    kind: "notice_sent".to_owned(),
                    id: notice.tracking_id.clone(),
                    outcome: verdict.key().to_owned(),
                });
            }
        }
    }

    async fn bill_due(
        &self,
        book: &mut Book,
        now: i64,
        happened: &mut Vec<Happening>,
    ) -> Result<(), MockError> {
        let mut tx = self.begin().await?;
        let seen = Seen::of_members(&mut tx, book.users_due(now)).await?;
        let all = book.advance(now, &seen);
        store::save(&mut tx, book.take_changes()).await?;
        for one in &all {
            store::post(&mut tx, &one.postings).await?;
        }
        tx.commit().await?;
        happened.extend(all.into_iter().map(|one| Happening {
            at: one.at,
            kind: one.kind.to_owned(),
            id: one.tracking_id,
            outcome: one.outcome,
        }));
        Ok(())
    }

    /// Lets something happen to a slip and tells the merchant.
    pub(crate) async fn api_slip(
        &self,
        tracking_id: &str,
        event: SlipEvent,
        yen: Option<u64>,
    ) -> Result<(ApiNotice, Verdict), MockError> {
        let notice = self
            .change_book(|book, now| book.slip_event(tracking_id, event, yen, now))
            .await?;
        let verdict = self.send_api_notice(&notice, None).await?;
        Ok((notice, verdict))
    }

    /// Sends a notice of the book and notes how it was taken.
    pub(crate) async fn send_api_notice(
        &self,
        notice: &ApiNotice,
        style: Option<NoticeStyle>,
    ) -> Result<Verdict, MockError> {
        let (url, style) = {
            let book = self.api.book.lock().await;
            let style =
                style.unwrap_or_else(|| book.notice_style(&notice.merchant_id, &notice.service_id));
            let url = book.notice_url(&notice.merchant_id, &notice.service_id);
            (url.map(str::to_owned), style)
        };
        let planned = notice.next_at.unwrap_or_else(|| self.clock.now());
        let fault = self.faults.draw_for(
            &notice.function,
            &notice.merchant_id,
            &notice.order_id,
            notice.rec_type != 0,
        );
        let kind = fault.as_ref().map(|f| f.kind);
        if kind == Some(FaultKind::Reordered) {
            let later = planned + i64::from(self.scenario.rules.reorder_seconds);
            self.change_book(|book, _| {
                book.postpone(notice.id, later);
                Ok(())
            })
            .await?;
            return Ok(Verdict::NotSent);
        }
        if let Some(rule) = fault.as_ref().filter(|f| f.kind == FaultKind::Delay) {
            tokio::time::sleep(rule.delay()).await;
        }
        let (mut verdict, mut ack) = self
            .api_attempt(notice, style, url.as_deref(), kind)
            .await?;
        if kind == Some(FaultKind::Duplicate) {
            (verdict, ack) = self
                .api_attempt(notice, style, url.as_deref(), kind)
                .await?;
        }
        self.change_book(|book, _| {
            book.noticed(notice.id, &ack, planned);
            Ok(())
        })
        .await?;
        Ok(verdict)
    }

    /// One attempt, recorded with request, answer and verdict.
    pub(crate) async fn api_attempt(
        &self,
        notice: &ApiNotice,
        style: NoticeStyle,
        url: Option<&str>,
        fault: Option<FaultKind>,
    ) -> Result<(Verdict, Ack), MockError> {
        let now = self.clock.now();
        let mut altered = notice.clone();
        let mut style = style;
        let mut dated = now;
        match fault {
            Some(FaultKind::WrongHash | FaultKind::Forged) => style.bad_hash = true,
            Some(FaultKind::WrongAmount) => {
                altered.rec_amount += 1;
                altered.rec_amount_total += 1;
            }
            // An expiry says no type.
            Some(FaultKind::UnknownResult) if altered.rec_type != 0 => altered.rec_type = 9,
            Some(FaultKind::ExtraField) => style.extra_field = true,
            Some(FaultKind::Stale) => dated -= 86_400,
            _ => {}
        }
        let letter = {
            let book = self.api.book.lock().await;
            book.compose(&altered, style, dated)
        };
        let Some(letter) = letter else {
            let who = format!("{}/{}", notice.merchant_id, notice.service_id);
            return Err(MockError::Refused(format!(
                "notice: no such merchant, or no 3DES key: {who}"
            )));
        };
        let mut body = letter.body;
        if fault == Some(FaultKind::Truncated) {
            body.truncate(body.len() / 2);
        }
        let (verdict, status, answer) = match (url, fault) {
            (None, _) | (_, Some(FaultKind::LostBefore | FaultKind::NoNotice)) => {
                (Verdict::NotSent, None, Vec::new())
            }
            (Some(url), Some(FaultKind::Reset)) => {
                crate::notify::send::reset(url, letter.content_type, &body, self.notice_timeout)
                    .await;
                (Verdict::Unreachable, None, Vec::new())
            }
            (Some(url), _) => {
                let sent = self.post_xml(url, letter.content_type, body.clone()).await;
                match fault {
                    Some(FaultKind::LostAfter) => (Verdict::TimedOut, None, Vec::new()),
                    _ => sent,
                }
            }
        };
        let ack = match (verdict, status) {
            (Verdict::Accepted, Some(status)) => read_ack(status, &notice.function, &answer),
            _ => Ack::Failed(verdict.key().to_owned()),
        };
        let verdict = match (&ack, status) {
            (Ack::Ok, _) => Verdict::Accepted,
            (Ack::Failed(_), Some(200)) => Verdict::Refused,
            (Ack::Failed(_), Some(_)) => Verdict::BadStatus,
            (Ack::Failed(_), None) => verdict,
        };
        let attempt = Attempt {
            id: 0,
            at: now,
            message: notice.function.clone(),
            result: altered.rec_type.to_string(),
            merchant_id: notice.merchant_id.clone(),
            service_id: notice.service_id.clone(),
            order_id: notice.order_id.clone(),
            tracking_id: notice.tracking_id.clone(),
            session: String::new(),
            url: url.unwrap_or_default().to_owned(),
            body: sjis::decode(&body).unwrap_or_else(|| String::from_utf8_lossy(&body).into()),
            status,
            answer: String::from_utf8_lossy(answer.get(..4_096).unwrap_or(&answer)).into_owned(),
            verdict,
            fault: fault.map(FaultKind::key),
            failure_mail: verdict != Verdict::Accepted,
        };
        let mut conn = self.conn().await?;
        notices::insert(&mut conn, &attempt).await?;
        self.log_notice(&mut conn, &altered, &attempt).await?;
        Ok((verdict, ack))
    }

    async fn log_notice(
        &self,
        conn: &mut SqliteConnection,
        notice: &ApiNotice,
        attempt: &Attempt,
    ) -> Result<(), MockError> {
        let pair = |name: &str, value: String| (name.to_owned(), value);
        let fields = vec![
            pair("tracking_id", notice.tracking_id.clone()),
            pair("rec_type", notice.rec_type.to_string()),
            pair("rec_amount", notice.rec_amount.to_string()),
            pair("rec_amount_total", notice.rec_amount_total.to_string()),
        ];
        let message = Logged {
            direction: "out",
            peer: "merchant",
            message: &notice.function,
            merchant_id: &notice.merchant_id,
            order_id: &notice.order_id,
            fields: &fields,
            provenance: Provenance::Recorded,
            outcome: attempt.verdict.key(),
        };
        self.log(conn, message).await
    }

    async fn post_xml(
        &self,
        url: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> (Verdict, Option<u16>, Vec<u8>) {
        let exchange = async {
            let mut response = self
                .http
                .post(url)
                .header("Content-Type", content_type)
                .body(body)
                .send()
                .await?;
            let status = response.status().as_u16();
            let mut answer = Vec::new();
            while let Some(chunk) = response.chunk().await? {
                answer.extend_from_slice(&chunk);
                if answer.len() > ANSWER_BYTES {
                    break;
                }
            }
            Ok::<_, reqwest::Error>((status, answer))
        };
        match tokio::time::timeout(self.notice_timeout, exchange).await {
            Err(_) => (Verdict::TimedOut, None, Vec::new()),
            Ok(Err(_)) => (Verdict::Unreachable, None, Vec::new()),
            Ok(Ok((status, answer))) => (Verdict::Accepted, Some(status), answer),
        }
    }
}
