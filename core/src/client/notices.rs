//! What the gateway tells the shop, server to server: the only proof of payment.

use super::Client;
use super::records::{Applied, Loaded};
use crate::contract::Settlement;
use crate::engine::Observation;
use crate::engine::journal::KeptEvidence;
use crate::error::{Error, ErrorKind, Result};
use crate::link::{
    Ack, MAX_FUTURE_SECONDS, MessageKind, RawMessage, ResultCode, ResultMessage, Verified,
    first_seen_key, parse,
};
use crate::purchase::{ContractEnd, Decision, Event, NoticeResult, Purchase, transition};
use crate::wire::hash::evidence_digest;

/// Takes the gateway's server-to-server notices. Made by [`Client::notices`].
pub struct Notices<'c>(pub(super) &'c Client);

/// A notice that is genuine, in time, and about a purchase of this shop as it was asked. Not recorded yet.
#[must_use = "accept it or refuse it: an unanswered notice counts as refused at the gateway"]
#[derive(Clone)]
pub struct PendingNotice<'c> {
    client: &'c Client,
    verified: Verified<ResultMessage>,
    loaded: Loaded,
}

impl<'c> Notices<'c> {
    /// Verifies a notice, accepts it, and says what to answer. For most shops this is the whole notice handler.
    ///
    /// Never fails: what cannot be accepted is answered `NG,<code>` and reported to the observer.
    pub async fn handle(&self, raw: &RawMessage) -> Ack {
        match self.verify(raw).await {
            Ok(notice) => notice.accept().await,
            Err(error) => Err(error),
        }
        .unwrap_or_else(|error| Ack::ng(error.code()))
    }

    /// Verifies a notice: hash, window, and equality with what was asked. Records nothing but evidence.
    ///
    /// A genuine message that is late, unknown or different is kept as evidence in the journal.
    ///
    /// # Errors
    /// `hash_mismatch` and the form errors for what is not genuine; `expired`, `from_future`, `unknown_order`,
    /// `mismatch`, `not_in_contract` (paid by a method that the client's contract does not have) for what is;
    /// `journal`.
    pub async fn verify(&self, raw: &RawMessage) -> Result<PendingNotice<'c>> {
        let checked = self.check(raw).await;
        if let Err(error) = &checked {
            self.0.observe_error(error);
        }
        checked
    }

    async fn check(&self, raw: &RawMessage) -> Result<PendingNotice<'c>> {
        let client = self.0;
        let (verified, kind_error) = parse_notice(client, raw)?;
        let matched = client.match_with_journal(&verified).await;
        let matched = matched.and_then(|loaded| match kind_error {
            Some(error) if !loaded.is_application() => Err(error),
            _ => Ok(loaded),
        });
        match matched {
            Ok(loaded) => Ok(PendingNotice {
                client,
                verified,
                loaded,
            }),
            Err(error) => {
                client.keep_evidence(&verified, error.code()).await?;
                Err(error.with_evidence(verified.evidence().expose()))
            }
        }
    }
}

/// Results of D01-1 have the fields of A02-1, but no amount and no purchase type. A message without them is read as
/// one, together with the error that it is if the order turns out to be a purchase.
fn parse_notice(
    client: &Client,
    raw: &RawMessage,
) -> Result<(Verified<ResultMessage>, Option<Error>)> {
    let find = |id: &_| client.find_contract(id);
    match parse(MessageKind::PurchaseNotice, raw, find) {
        Ok(verified) => Ok((verified, None)),
        Err(error)
            if error.kind() == ErrorKind::MissingField
                && matches!(error.field_name(), Some("amount" | "pay_type")) =>
        {
            match parse(MessageKind::RecurringNotice, raw, find) {
                Ok(verified) => Ok((verified, Some(error))),
                Err(_) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

impl Client {
    /// Finds the purchase a genuine message is about, and compares.
    pub(super) async fn match_with_journal(
        &self,
        verified: &Verified<ResultMessage>,
    ) -> Result<Loaded> {
        let message = verified.get();
        verified.check_window(self.now(), MAX_FUTURE_SECONDS)?;
        let order_id = message.order_id().unwrap_or_default();
        let loaded = self.load_by_order(message.contract_id(), order_id).await?;
        let attempt = loaded.record.purchase.attempt(order_id);
        let attempt = attempt.ok_or_else(|| {
            Error::field(ErrorKind::UnknownOrder, "order_id", "is not in the journal")
        })?;
        verified.check_echo(&attempt.echo, &attempt.request_dates, self.settings().echo)?;
        self.check_used_method(message)?;
        Ok(loaded)
    }

    /// Keeps a genuine message once per refusal. Told by what was signed, not by its bytes: their order and the fields
    /// outside the definition are anybody's, and one old message could fill the journal in ever new disguises.
    pub(super) async fn keep_evidence(
        &self,
        verified: &Verified<ResultMessage>,
        code: &str,
    ) -> Result<()> {
        let bytes = verified.evidence().expose();
        self.journal()
            .keep(KeptEvidence {
                digest: evidence_digest(verified.digest(), code),
                code: code.to_owned(),
                bytes: bytes.to_vec(),
                at: self.now(),
            })
            .await
    }

    /// When every method is offered, the customer may use one that the shop never configured. Whether its `OK` is
    /// money or a slip is then unknown.
    fn check_used_method(&self, message: &ResultMessage) -> Result<()> {
        if *message.result() != ResultCode::Ok {
            return Ok(());
        }
        match (
            used_method(message),
            self.find_contract(message.contract_id()),
        ) {
            (Some(tag), Some(contract)) if contract.method(tag).is_err() => Err(Error::field(
                ErrorKind::NotInContract,
                "res_pay_method",
                "is not a method of this contract; add it with Contract::with_method and have the notice sent again",
            )),
            _ => Ok(()),
        }
    }

    /// Whether the money of this message comes later. Told by the method that the customer used in the end; when the
    /// message does not say which, any method offered that settles by deposit makes it a slip, not money.
    fn settlement_of(&self, message: &ResultMessage) -> Settlement {
        let Some(contract) = self.find_contract(message.contract_id()) else {
            return Settlement::Immediate;
        };
        let offered = message.field("pay_method").unwrap_or_default();
        let possible = used_method(message).unwrap_or(offered);
        let by_deposit = contract
            .methods()
            .iter()
            .filter(|method| {
                possible.is_empty() || possible.split(',').any(|tag| tag == method.tag())
            })
            .any(|method| method.settlement() == Settlement::ByDeposit);
        if by_deposit {
            Settlement::ByDeposit
        } else {
            Settlement::Immediate
        }
    }
}

/// The method that the customer used. `None` when the message does not say, or only repeats the list, as the checker
/// does.
fn used_method(message: &ResultMessage) -> Option<&str> {
    message.used_pay_method().filter(|used| !used.contains(','))
}

impl PendingNotice<'_> {
    /// What the gateway says. Use the purchase for what was asked.
    #[must_use]
    pub fn message(&self) -> &ResultMessage {
        self.verified.get()
    }

    /// The purchase as it stands before this notice.
    #[must_use]
    pub fn purchase(&self) -> &Purchase {
        &self.loaded.record.purchase
    }

    /// Records the notice, once: first-seen key, new state and outbox event in one transaction. A repeat changes
    /// nothing and is answered `OK,`.
    ///
    /// # Errors
    /// `journal` when nothing could be recorded: answer `NG`, the operator sends the notice again. `conflict` when
    /// the purchase is being changed by too many at once.
    pub async fn accept(self) -> Result<Ack> {
        self.record(Decision::Accept).await?;
        Ok(Ack::ok())
    }

    /// Refuses a payment, with a short reason in ASCII. The customer's miles stay spent: the purchase goes to a
    /// person. What was accepted before stays accepted, and is answered `OK,`.
    ///
    /// # Errors
    /// As [`accept`](Self::accept).
    pub async fn refuse(self, reason: &str) -> Result<Ack> {
        let tracking_id = self.message().tracking_id().map(str::to_owned);
        let pays = *self.message().result() == ResultCode::Ok;
        let purchase = self.record(Decision::Refuse).await?;
        let accepted = tracking_id
            .and_then(|id| purchase.payment(&id).map(|payment| !payment.refused))
            .unwrap_or(!pays);
        Ok(if accepted { Ack::ok() } else { Ack::ng(reason) })
    }

    async fn record(self, decision: Decision) -> Result<Purchase> {
        let client = self.client;
        let recorded = self.try_record(decision).await;
        if let Err(error) = &recorded {
            client.observe_error(error);
        }
        recorded
    }

    async fn try_record(self, decision: Decision) -> Result<Purchase> {
        let Self {
            client,
            verified,
            loaded,
        } = self;
        let message = verified.get();
        let order_id = message.order_id().unwrap_or_default().to_owned();
        let Some(event) = client.event_of(message, decision) else {
            if *message.result() == ResultCode::Deposit {
                client.keep_evidence(&verified, "malformed").await?;
                return Err(Error::field(
                    ErrorKind::Malformed,
                    "res_payinfo_key",
                    "must tell what was deposited in all",
                )
                .with_evidence(verified.evidence().expose()));
            }
            client.keep_evidence(&verified, "unknown_result").await?;
            return Ok(loaded.record.purchase);
        };
        let mut seen = first_seen_key(message);
        if decision == Decision::Refuse {
            seen.push_str(":refused");
        }
        let purchase = &loaded.record.purchase;
        if let Ok(step) = transition(purchase, &event, client.now(), client.settings().timeouts)
            && step.purchase.contract_end.is_some()
        {
            // Before the first-seen key: should this fail, the notice is refused and comes again.
            client.end_adopted(&step.purchase).await?;
        }
        let applied = client.apply(loaded, &event, Some(&seen)).await?;
        let purchase = match applied {
            Applied::Now(loaded) => {
                let purchase = loaded.record.purchase;
                client.observe(&Observation::Applied {
                    purchase_id: &purchase.id,
                    order_id: &order_id,
                    phase: purchase.phase,
                });
                purchase
            }
            Applied::Before(loaded) => {
                client.observe(&Observation::Repeated {
                    order_id: &order_id,
                });
                loaded.record.purchase
            }
        };
        Ok(purchase)
    }
}

impl Client {
    /// What a notice means. `None`: a result code that nobody knows yet; it is kept and answered `OK,`.
    fn event_of(&self, message: &ResultMessage, decision: Decision) -> Option<Event> {
        let order_id = message.order_id().unwrap_or_default().to_owned();
        let tracking_id = message.tracking_id().unwrap_or_default().to_owned();
        let settlement = self.settlement_of(message);
        Some(match message.result() {
            ResultCode::Ok => Event::Notified {
                order_id,
                tracking_id,
                result: NoticeResult::Ok,
                settlement,
                decision,
            },
            ResultCode::Ng => Event::Notified {
                order_id,
                tracking_id,
                result: NoticeResult::Ng(message.err_code().unwrap_or_default().to_owned()),
                settlement,
                decision,
            },
            ResultCode::Deposit => {
                let deposit = message.deposit()?;
                Event::Deposited {
                    order_id,
                    tracking_id,
                    // A sum cannot be made of single amounts: one of them may be lost.
                    cumulative: deposit.total?,
                }
            }
            ResultCode::DepositExpired => Event::DepositExpired { order_id },
            ResultCode::ContractCancelled => Event::ContractEnded {
                how: ContractEnd::Cancelled,
            },
            ResultCode::ContractEndedByCarrier => Event::ContractEnded {
                how: ContractEnd::EndedByCarrier,
            },
            ResultCode::ContractCompleted => Event::ContractEnded {
                how: ContractEnd::Completed,
            },
            ResultCode::Other(_) => return None,
        })
    }
}
