//! `netmile notify`: makes a running mock send notices.

mod customer;
mod deposit;
mod journey;
mod list;
mod purchase;

use clap::{Args, Subcommand, ValueEnum};
use serde::Deserialize;
use serde_json::json;

use crate::arguments::MockArguments;
use crate::context::Context;
use crate::http::{TOTAL, block_on};
use crate::mock::{Attempt, Mock, Payment, Session};
use crate::output::{Answer, Exit, Failure, Outcome, printable, table};
use crate::progress::Progress;

/// The notice about a purchase. The mock lists its newest thousand sessions; what is older was most likely one.
const PURCHASE: &str = "A02-1";

#[derive(Debug, Args)]
pub(crate) struct Notify {
    #[command(flatten)]
    mock: MockArguments,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the payments and payment data that notices can be sent for, and the notices of the API type.
    List,
    /// Buys something at the mock, so that it sends the result to a URL.
    Purchase(purchase::Purchase),
    /// Registers or deletes a customer's payment data at the mock, so that it sends the result (B03-1, C03-1) to a URL.
    Registration(customer::Registration),
    /// Applies for a recurring contract at the mock, or ends one, so that it sends the result (D02-1) to a URL.
    Application(customer::Application),
    /// Sends the result notice of a payment, an application or a registration again, signed anew.
    Resend {
        /// Payment, as `netmile notify list` shows it.
        #[arg(value_name = "TRACKING_ID")]
        tracking_id: String,
        /// What goes wrong with the notice.
        #[arg(long, value_enum, value_name = "FAULT")]
        fault: Option<Fault>,
    },
    /// Sends a later notice for a payment.
    Later {
        /// Payment, as `netmile notify list` shows it.
        #[arg(value_name = "TRACKING_ID")]
        tracking_id: String,
        /// Result: deposit (PY), deposit expired (CN), contract cancelled (CR), ended by the carrier (CC), completed (CL).
        #[arg(value_enum, ignore_case = true, value_name = "RESULT")]
        result: LaterResult,
        /// What goes wrong with the notice.
        #[arg(long, value_enum, value_name = "FAULT")]
        fault: Option<Fault>,
    },
    /// Lets something happen to a slip of the API type, so that the mock sends its notice.
    Slip(deposit::Slip),
    /// Sends a deposit notice of the API type that is made up on the spot.
    Deposit(deposit::Deposit),
    /// Sends a notice of the API type again, signed anew.
    ResendDeposit(deposit::Again),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
enum LaterResult {
    Py,
    Cn,
    Cr,
    Cc,
    Cl,
}

impl LaterResult {
    fn code(self) -> &'static str {
        match self {
            Self::Py => "PY",
            Self::Cn => "CN",
            Self::Cr => "CR",
            Self::Cc => "CC",
            Self::Cl => "CL",
        }
    }
}

/// A fault of the mock that concerns notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Fault {
    WrongHash,
    Forged,
    Stale,
    WrongAmount,
    Duplicate,
    Truncated,
    UnknownResult,
    NgResult,
    ExtraField,
    Reset,
    LostBefore,
    LostAfter,
}

impl Fault {
    /// Its name in the admin API.
    fn kind(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().replace('-', "_"))
            .unwrap_or_default()
    }
}

pub(crate) fn run(context: &Context, arguments: &Notify) -> Outcome {
    let config = context.config()?;
    let mock = Mock::open(context, &arguments.mock, &config)?;
    block_on(context, async {
        match &arguments.action {
            Action::List => list::run(context, &mock).await,
            Action::Slip(wanted) => deposit::slip(context, &mock, wanted).await,
            Action::Deposit(wanted) => deposit::deposit(context, &mock, &config, wanted).await,
            Action::ResendDeposit(wanted) => deposit::again(context, &mock, wanted).await,
            Action::Purchase(wanted) => purchase::run(context, &mock, &config, wanted).await,
            Action::Registration(wanted) => {
                customer::registration(context, &mock, &config, wanted).await
            }
            Action::Application(wanted) => {
                customer::application(context, &mock, &config, wanted).await
            }
            Action::Resend { tracking_id, fault } => {
                let action = Sending {
                    tracking_id,
                    verb: "resend",
                    body: json!({}),
                    fault: *fault,
                };
                action.run(context, &mock).await
            }
            Action::Later {
                tracking_id,
                result,
                fault,
            } => {
                let action = Sending {
                    tracking_id,
                    verb: "notice",
                    body: json!({ "result": result.code() }),
                    fault: *fault,
                };
                action.run(context, &mock).await
            }
        }
    })
}

/// One notice about something that exists.
struct Sending<'a> {
    tracking_id: &'a str,
    verb: &'static str,
    body: serde_json::Value,
    fault: Option<Fault>,
}

#[derive(Deserialize)]
struct Verdict {
    verdict: String,
}

impl Sending<'_> {
    async fn run(self, context: &Context, mock: &Mock<'_>) -> Outcome {
        check_tracking_id(context, self.tracking_id)?;
        let payments: Vec<Payment> = mock.get("/_mock/payments").await?;
        let payment = payments.iter().find(|p| p.tracking_id == self.tracking_id);
        let sessions: Vec<Session> = mock.get("/_mock/sessions").await?;
        let session = sessions
            .iter()
            .find(|s| s.tracking_id.as_deref() == Some(self.tracking_id));
        let order_id = payment
            .map(|p| p.order_id.as_str())
            .filter(|order| !order.is_empty());
        let notice = session.map_or(PURCHASE, |s| s.notice());
        let fault = FaultSet::set(mock, self.fault, notice, order_id).await?;
        let path = match (payment, session) {
            // Stored payment data are no payment: their notice is found by its session.
            (None, Some(session)) if self.verb == "resend" => {
                format!("/_mock/sessions/{}/resend", session.id)
            }
            _ => format!("/_mock/payments/{}/{}", self.tracking_id, self.verb),
        };
        send(context, mock, &path, &self.body, fault).await
    }
}

/// Sends through the admin API, and reports what came of it.
async fn send(
    context: &Context,
    mock: &Mock<'_>,
    path: &str,
    body: &serde_json::Value,
    fault: FaultSet,
) -> Outcome {
    let before = last_attempt(mock).await?.map_or(0, |attempt| attempt.id);
    let progress = Progress::start(context, waiting(context));
    let sent: Result<Verdict, _> = mock.post(path, body, TOTAL).await;
    drop(progress);
    fault.lift(mock).await;
    let sent = sent?;
    let attempt = last_attempt(mock).await?.filter(|a| a.id > before);
    Ok(report(context, &sent.verdict, attempt.as_ref()))
}

/// It becomes part of a path.
fn check_tracking_id(context: &Context, tracking_id: &str) -> Result<(), Failure> {
    if !tracking_id.is_empty() && tracking_id.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(Failure::usage(
        "tracking_id_invalid",
        context.say(
            "TRACKING_ID must be digits; `netmile notify list` shows them",
            "TRACKING_ID には数字を指定してください。`netmile notify list` で確認できます",
        ),
    ))
}

pub(super) fn waiting(context: &Context) -> &str {
    context.say(
        "waiting for the shop's answer",
        "ショップの応答を待っています",
    )
}

/// A fault that waits for one notice; taken away again if nothing drew it.
pub(super) struct FaultSet(Option<u64>);

impl FaultSet {
    pub(super) const fn none() -> Self {
        Self(None)
    }

    pub(super) async fn set(
        mock: &Mock<'_>,
        fault: Option<Fault>,
        message: &str,
        order_id: Option<&str>,
    ) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Id {
            id: u64,
        }
        let Some(fault) = fault else {
            return Ok(Self::none());
        };
        let rule = json!({
            "message": message, "kind": fault.kind(), "order_id": order_id, "times": 1
        });
        let Id { id } = mock.post("/_mock/faults", &rule, TOTAL).await?;
        Ok(Self(Some(id)))
    }

    pub(super) async fn lift(self, mock: &Mock<'_>) {
        if let Some(id) = self.0 {
            mock.delete(&format!("/_mock/faults/{id}")).await;
        }
    }
}

pub(super) async fn last_attempt(mock: &Mock<'_>) -> Result<Option<Attempt>, Failure> {
    let attempts: Vec<Attempt> = mock.get("/_mock/notices").await?;
    Ok(attempts.into_iter().next_back())
}

/// What came of a notice.
pub(super) fn report(context: &Context, verdict: &str, attempt: Option<&Attempt>) -> Answer {
    let lang = context.lang;
    let (words, exit) = match verdict {
        "accepted" => (
            lang.pick("the shop accepted it", "ショップが受け付けました"),
            Exit::Fine,
        ),
        "refused" => (
            lang.pick("the shop refused it", "ショップが拒否しました"),
            Exit::Problem,
        ),
        "bad_status" => (
            lang.pick(
                "the shop answered with another HTTP status than 200",
                "ショップが 200 以外の HTTP ステータスで応答しました",
            ),
            Exit::Problem,
        ),
        "timed_out" => (
            lang.pick(
                "the shop did not answer in time",
                "ショップの応答がありません",
            ),
            Exit::Problem,
        ),
        "not_sent" => (
            lang.pick(
                "a fault kept it from being sent",
                "障害の設定により送信されませんでした",
            ),
            Exit::Problem,
        ),
        _ => (
            lang.pick(
                "the shop could not be reached",
                "ショップに接続できませんでした",
            ),
            Exit::Problem,
        ),
    };
    let mut text = format!("{words} ({})\n", printable(verdict, 20));
    if let Some(attempt) = attempt {
        let status = attempt
            .status
            .map_or("–".to_owned(), |status| status.to_string());
        let rows = [
            (
                ("notice", "通知"),
                format!("{} {}", attempt.message, attempt.result),
            ),
            (("to", "送信先"), attempt.url.clone()),
            (("order", "購入 ID"), attempt.order_id.clone()),
            (
                ("tracking id", "トラッキング ID"),
                attempt.tracking_id.clone(),
            ),
            (("HTTP status", "HTTP ステータス"), status),
            (("answer", "応答"), attempt.answer.clone()),
        ]
        .map(|((en, ja), value)| vec![format!("  {}", lang.pick(en, ja)), printable(&value, 200)]);
        text.push_str(&table(&rows));
    }
    Answer::new(
        exit,
        json!({
            "verdict": verdict,
            "notice": attempt.map(|attempt| json!({
                "message": attempt.message,
                "result": attempt.result,
                "url": attempt.url,
                "order_id": attempt.order_id,
                "tracking_id": attempt.tracking_id,
                "status": attempt.status,
                "answer": printable(&attempt.answer, 200),
            })),
        }),
        text,
    )
}
