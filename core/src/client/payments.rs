//! Charges server to server.

use super::Client;
use crate::api::notice::claimed_function;
use crate::api::operations::{Balance, CustomerData, CustomerStep, Found, StepAnswer};
use crate::api::{Answer, ApiAck, ApiNotice, ChargeRequest, Message, NoticeEncryption, NoticeKind};
use crate::charge::{Charge, ChargePhase, Event, Kind, NewCharge, Review, SENDING, Step};
use crate::engine::journal::{Advanced, KeptEvidence, Query};
use crate::engine::{Call, Exchanged, Io, Script};
use crate::error::{Error, ErrorKind, Result};
use crate::flow::{self, Desk, Open, RawVerdict, Written};
use crate::link::{MAX_FUTURE_SECONDS, Verified};
use crate::money::{Miles, Yen};
use crate::operation::{Operation, Outcome, Ticket};
use crate::planted::{self, Defect};

/// Charges server to server. Made by [`Client::payments`].
///
/// Every verb that moves money gives an [`Outcome`]: done, rejected, or unknown. An `Err` means that nothing was sent.
pub struct Payments<'c>(pub(super) &'c Client);

/// What became of a notice: what to answer, and the charge it is about.
#[derive(Clone, Debug)]
pub struct NoticeReceipt {
    /// Send this back.
    pub ack: ApiAck,
    /// The charge after it.
    pub charge: Charge,
    /// Whether it had been applied before.
    pub repeated: bool,
}

impl Payments<'_> {
    /// Charges a customer: requests, commits where the method has a commit, and ends paid, reserved, waiting for a
    /// deposit, rejected or unknown. The charge is in the journal before the first byte leaves.
    ///
    /// Called again with the same request it goes on where it stopped, or tells what became of it: it never charges
    /// twice. Call it again after an `Err` too.
    ///
    /// # Errors
    /// Nothing was sent: `not_in_contract` (naming the cell of the capability matrix), `invalid_value`,
    /// `not_encodable`, `conflict` when the id was used for something else, `transport` when the gateway could not be
    /// reached, `journal`, `configuration`.
    pub async fn charge(&self, request: &ChargeRequest) -> Result<Outcome<Charge>> {
        let script = self.charge_steps(request)?;
        self.0.run(script).await
    }

    /// The same as a machine, for whoever drives it step by step.
    ///
    /// # Errors
    /// As [`charge`](Self::charge), as far as it is known before the first step.
    pub fn charge_steps(&self, request: &ChargeRequest) -> Result<Script<Outcome<Charge>>> {
        self.0.charge_as(request, Kind::Payment)
    }

    /// Captures what was reserved: all of it, or a lower amount. Once per charge.
    ///
    /// # Errors
    /// Nothing was sent: `unknown_order`, `invalid_state` when nothing is reserved or another step on the charge is
    /// open, `invalid_value`, `conflict` when another amount was captured before, `not_in_contract`, `transport`,
    /// `journal`.
    pub async fn capture(&self, id: &str, amount: Option<Yen>) -> Result<Outcome<Charge>> {
        let asked = self.get(id).await?.amount;
        self.0
            .perform(id, Step::Capture, amount.unwrap_or(asked), None)
            .await
    }

    /// Cancels what was reserved, or refunds everything that was captured. Once per charge.
    ///
    /// # Errors
    /// As [`capture`](Self::capture); `not_in_contract` for a slip, which the merchant refunds by itself.
    pub async fn refund(&self, id: &str) -> Result<Outcome<Charge>> {
        self.0.perform(id, Step::Refund, Yen::default(), None).await
    }

    /// Refunds a part; several times, each under a name of the shop's own (1 to 64 characters) by which a repeat is
    /// recognised.
    ///
    /// # Errors
    /// As [`capture`](Self::capture); `invalid_value` when the amount is more than what is left.
    pub async fn refund_part(&self, id: &str, name: &str, amount: Yen) -> Result<Outcome<Charge>> {
        if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "name",
                "must have 1 to 64 characters",
            ));
        }
        self.0
            .perform(id, Step::PartialRefund, amount, Some(name))
            .await
    }

    /// The charge with this id.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn get(&self, id: &str) -> Result<Charge> {
        Ok(self.0.open_charge(id).await?.record.charge)
    }

    /// Charges of all contracts in these phases (none given: in any), ordered by contract and id, after `after` (a
    /// charge of the previous page). A charge with an open step is found as `unknown` once its answer is lost, and by no
    /// phase while it is sent; one that waits for a person is found as `needs_review`. One whose sum of deposits is doubted
    /// ([`Doubt`](crate::charge::Doubt)) is found as `unknown` too.
    ///
    /// # Errors
    /// `journal`.
    pub async fn list(
        &self,
        phases: &[ChargePhase],
        after: Option<&Charge>,
        limit: u32,
    ) -> Result<Vec<Charge>> {
        let phases = phases.iter().map(|phase| phase.name()).collect();
        self.listed(phases, after, limit).await
    }

    async fn listed(
        &self,
        phases: Vec<&str>,
        after: Option<&Charge>,
        limit: u32,
    ) -> Result<Vec<Charge>> {
        let query = Query {
            kind: flow::KIND.to_owned(),
            phases: phases.into_iter().map(str::to_owned).collect(),
            after: after.map(|charge| flow::row_id(&charge.contract, &charge.id)),
            limit,
        };
        let rows = self.0.journal().list(query).await?;
        rows.into_iter()
            .map(|row| Ok(Open::from_row(row)?.record.charge))
            .collect()
    }

    /// Charges that somebody or something still has to act on: the shop's dashboard. A charge that is being sent right
    /// now, or whose process died while it sent, is one of them.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved(&self, limit: u32) -> Result<Vec<Charge>> {
        let phases = vec![
            SENDING,
            ChargePhase::Unknown.name(),
            ChargePhase::NeedsReview.name(),
            ChargePhase::Authorised.name(),
        ];
        self.listed(phases, None, limit).await
    }

    /// Looks after one charge now, instead of when it is due: finds out about an open step.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn resolve(&self, id: &str) -> Result<Charge> {
        let open = self.0.open_charge(id).await?;
        self.0.resolve_charge(open).await
    }

    /// What the gateway knows about a charge; `None` when it gave no usable answer. Changes nothing.
    ///
    /// # Errors
    /// `not_in_contract` when it cannot be asked about, `unknown_order`, `journal`.
    pub async fn inquire(&self, id: &str) -> Result<Option<Found>> {
        let client = self.0;
        let open = client.open_charge(id).await?;
        let desk = client.desk(open.charge())?;
        let script = client
            .script(move |io: Io| async move { flow::look_up(&io, &desk, open.charge()).await });
        client.run(script).await
    }

    /// Takes a notice of the API type (NT01): verifies it, compares it with what was asked, and writes it down once.
    /// Send [`NoticeReceipt::ack`] back; after an error send [`Payments::refuse`].
    ///
    /// # Errors
    /// `hash_mismatch`, `malformed`, `unknown_merchant`, `from_future`, `mismatch`, `unknown_order`, `journal`. The
    /// error carries the received bytes; a genuine notice that fits nothing is kept as evidence.
    pub async fn notice(&self, body: &[u8]) -> Result<NoticeReceipt> {
        let client = self.0;
        let received = client.receive_notice(body).await;
        if let Err(error) = &received {
            client.observe_error(error);
        }
        received
    }

    /// What to answer to a notice that was not accepted. It names the notice's function if the notice could be read.
    #[must_use]
    pub fn refuse(&self, error: &Error) -> ApiAck {
        let evidence = error.evidence();
        let function = evidence.and_then(|bytes| claimed_function(bytes.expose()));
        ApiAck::ng(function.as_ref(), error.code())
    }

    /// Records what a person found out about a charge under review. Who finds a request whose `tracking_id` is not known
    /// yet says which payment it is: `Review::HappenedAs`.
    ///
    /// # Errors
    /// `invalid_value` for a `tracking_id` that is missing, is not 14 digits, or is another one than the gateway gave;
    /// `invalid_state` when it is not under review, `unknown_order`, `journal`.
    pub async fn review(&self, id: &str, verdict: Review) -> Result<Charge> {
        let open = self.0.open_charge(id).await?;
        self.0
            .note(open, Event::Reviewed(verdict), None)
            .await
            .map(|(charge, _)| charge)
    }

    /// Calls any function of a method: signed, encoded and journaled like the others, and never sent twice. `id` is the
    /// shop's own name of the call, 1 to 64 of `[0-9A-Za-z_-]`. An unknown outcome is not resolved by itself: a person
    /// finds out and says so with [`raw_review`](Self::raw_review).
    ///
    /// # Errors
    /// Nothing was sent: `invalid_value`, `conflict` when the id was used, `not_in_contract`, `transport`, `journal`.
    pub async fn raw(&self, id: &str, method: &str, message: Message) -> Result<Outcome<Answer>> {
        let fits = (1..=64).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if !fits {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "id",
                "must be 1 to 64 of 0-9, A-Z, a-z, '_' and '-'",
            ));
        }
        let desk = self.0.desk_of(self.0.contract()?, method)?;
        let id = id.to_owned();
        let script = self
            .0
            .script(move |io: Io| async move { flow::raw(&io, &desk, &id, message).await });
        self.0.run(script).await
    }

    /// Ids of this contract's raw calls whose outcome nobody knows, in their order; not those that were sent less than
    /// [`Bounds::sending`](crate::charge::Bounds::sending) ago, and may still be on their way. Close each with
    /// [`raw_review`](Self::raw_review).
    ///
    /// # Errors
    /// `configuration` when the client has several contracts and none was chosen, `journal`.
    pub async fn raw_unresolved(&self, limit: u32) -> Result<Vec<String>> {
        let client = self.0;
        if client.inner.contracts.is_empty() {
            return Ok(Vec::new());
        }
        let own = flow::raw_row_id(client.contract()?.id(), "");
        let sent_before = self.raw_sent_before();
        let query = Query {
            kind: flow::RAW_KIND.to_owned(),
            phases: vec![flow::RAW_OPEN.to_owned()],
            after: Some(own.clone()),
            limit,
        };
        let rows = client.journal().list(query).await?;
        let own = rows
            .iter()
            .map_while(|row| Some((row, row.id.strip_prefix(&own)?)));
        let over = own.filter(|(row, _)| flow::raw_sent_at(row) <= sent_before);
        Ok(over.map(|(_, id)| id.to_owned()).collect())
    }

    /// What was sent before this is not on its way any more.
    fn raw_sent_before(&self) -> i64 {
        let sending = self.0.settings().bounds.sending.as_secs();
        let sending = i64::try_from(sending).unwrap_or(i64::MAX);
        self.0.now().as_unix().saturating_sub(sending)
    }

    /// Records what a person found out about a raw call whose outcome nobody knows.
    ///
    /// # Errors
    /// `invalid_state` when its outcome is known, or while it may be on its way, `unknown_order`, `conflict` when it
    /// changed at the same moment (ask again), `journal`.
    pub async fn raw_review(&self, id: &str, verdict: RawVerdict) -> Result<()> {
        let client = self.0;
        let row_id = flow::raw_row_id(client.contract()?.id(), id);
        let row = client.journal().get(&row_id).await?;
        let row = row.ok_or_else(|| flow::unknown("id"))?;
        if flow::raw_sent_at(&row) > self.raw_sent_before() {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "id",
                "names a call that may be on its way: look again in two minutes",
            ));
        }
        let change = flow::raw_reviewed(&row, verdict, client.now())?;
        match client
            .journal()
            .advance(&row_id, row.version, change, None)
            .await?
        {
            Advanced::Applied(_) => Ok(()),
            Advanced::Stale(_) | Advanced::SeenBefore => Err(Error::new(
                ErrorKind::Conflict,
                "the call changed at the same moment: look again",
            )),
        }
    }

    /// How many miles a member has, for the shop's own payment screen.
    ///
    /// # Errors
    /// `not_in_contract` when the method cannot tell, `transport` when there was no usable answer, `invalid_state`
    /// when the gateway refused, with its code.
    pub async fn balance(&self, method: &str, member: &str) -> Result<Miles> {
        let desk = self.0.desk_of(self.0.contract()?, method)?;
        let operation = Balance::new(&desk.gateway, member)?;
        let call = Call::new(operation).retry(desk.retry);
        let budget = desk.budget;
        let script = self.0.script(move |io: Io| async move {
            call.run(&io, &budget, |_| async { Ok(()) }).await
        });
        usable(self.0.run(script).await?)
    }

    /// Stores, replaces, deletes or shows the card that the gateway keeps for a customer.
    ///
    /// # Errors
    /// `not_in_contract`, `invalid_value`: nothing was sent.
    pub async fn customer_data(
        &self,
        method: &str,
        cust_code: &str,
        step: &CustomerStep,
    ) -> Result<Outcome<StepAnswer>> {
        let client = self.0;
        let desk = client.desk_of(client.contract()?, method)?;
        let operation = CustomerData::new(&desk.gateway, cust_code, step)?;
        let now = client.now();
        operation.encode(now)?;
        let call = Call::new(operation).never_left(desk.retry);
        let budget = desk.budget;
        let script = client.script(move |io: Io| async move {
            call.run(&io, &budget, |_| async { Ok(()) }).await
        });
        Ok(match client.run(script).await? {
            Exchanged::Done(answer) => Outcome::Done(answer),
            Exchanged::Rejected(rejection) => Outcome::Rejected(rejection),
            Exchanged::Unknown(_) => Outcome::Unknown(Ticket {
                id: cust_code.to_owned(),
                step: CustomerData::KIND.to_owned(),
                key: None,
                since: now,
                next_look: None,
            }),
            Exchanged::NotSent(why) => return Err(Error::new(ErrorKind::Transport, why)),
        })
    }
}

fn usable<A>(exchanged: Exchanged<A>) -> Result<A> {
    match exchanged {
        Exchanged::Done(answer) => Ok(answer),
        Exchanged::Rejected(rejection) => Err(Error::field(
            ErrorKind::InvalidState,
            "res_err_code",
            format!("the gateway refused: {}", rejection.code),
        )),
        Exchanged::Unknown(why) | Exchanged::NotSent(why) => {
            Err(Error::new(ErrorKind::Transport, why))
        }
    }
}

impl Client {
    /// A charge of any kind as a machine.
    pub(super) fn charge_as(
        &self,
        request: &ChargeRequest,
        kind: Kind,
    ) -> Result<Script<Outcome<Charge>>> {
        let contract = self.contract()?;
        let method = contract.method(request.method())?;
        method.matrix().require(
            method.tag(),
            crate::contract::Connection::Api,
            kind.billing(),
            request.terminal,
        )?;
        method.limits().check(request.amount())?;
        let desk = self.desk_of(contract, request.method())?;
        let new = NewCharge {
            id: request.id().to_owned(),
            contract: contract.id().clone(),
            method: request.method().to_owned(),
            plan: flow::plan(&desk.gateway, &kind),
            kind,
            amount: request.amount(),
            pay_by: flow::pay_by(request)?,
            at: self.now(),
        };
        let request = request.clone();
        Ok(self.script(move |io: Io| async move { flow::start(&io, &desk, new, request).await }))
    }

    pub(super) async fn perform(
        &self,
        id: &str,
        step: Step,
        amount: Yen,
        key: Option<&str>,
    ) -> Result<Outcome<Charge>> {
        let open = self.open_charge(id).await?;
        let desk = self.desk(open.charge())?;
        let key = key.map(str::to_owned);
        let script = self.script(move |io: Io| async move {
            flow::perform(&io, &desk, open, step, amount, key.as_deref()).await
        });
        self.run(script).await
    }

    pub(super) async fn resolve_charge(&self, open: Open) -> Result<Charge> {
        let desk = self.desk(open.charge())?;
        let script =
            self.script(move |io: Io| async move { flow::resolve(&io, &desk, open).await });
        self.run(script).await
    }

    pub(super) async fn note(
        &self,
        open: Open,
        event: Event,
        seen: Option<String>,
    ) -> Result<(Charge, bool)> {
        let bounds = self.settings().bounds;
        let script = self
            .script(move |io: Io| async move { flow::note(&io, open, &event, seen, bounds).await });
        self.run(script).await
    }

    /// Writes an event about a charge as it was read; `None` when it has changed since.
    pub(super) async fn note_as_read(
        &self,
        mut open: Open,
        event: Event,
        seen: Option<String>,
    ) -> Result<Option<(Charge, bool)>> {
        let bounds = self.settings().bounds;
        let script = self.script(move |io: Io| async move {
            let written = open.write(&io, &event, seen, bounds).await?;
            Ok(match written {
                Written::Yes => Some((open.record.charge, true)),
                Written::SeenBefore => Some((open.record.charge, false)),
                Written::Moved => None,
            })
        });
        self.run(script).await
    }

    pub(super) async fn open_charge(&self, id: &str) -> Result<Open> {
        let contract = self.contract()?.id();
        match self.journal().get(&flow::row_id(contract, id)).await? {
            Some(row) => Open::from_row(row),
            None => Err(flow::unknown("order_id")),
        }
    }

    fn desk(&self, charge: &Charge) -> Result<Desk> {
        let contract = self.known(&charge.contract)?;
        self.desk_of(contract, &charge.method)
    }

    async fn receive_notice(&self, body: &[u8]) -> Result<NoticeReceipt> {
        let contexts = self.api_contexts()?;
        let verified = ApiNotice::parse_with(body, |id| {
            let contract = self.find_contract(id)?;
            let encryption = if contract.encrypted_notices() {
                NoticeEncryption::Encrypted
            } else {
                NoticeEncryption::Plain
            };
            contexts.get(id).map(|context| (context, encryption))
        })?;
        match self.apply_notice(&verified).await {
            Ok(receipt) => Ok(receipt),
            Err(error) => {
                self.keep_notice(&verified, &error).await?;
                Err(error.with_evidence(verified.evidence().expose()))
            }
        }
    }

    async fn apply_notice(&self, verified: &Verified<ApiNotice>) -> Result<NoticeReceipt> {
        // A notice is signed anew for each try, so what comes from the future by a slow clock is never accepted later.
        let skew = self.settings().bounds.skew.as_secs();
        let future = u32::try_from(skew).unwrap_or(u32::MAX);
        verified.check_window(self.now(), future.max(MAX_FUTURE_SECONDS), None)?;
        let notice = verified.get();
        let contract = notice.contract_id();
        let by_tracking = flow::tracking_key(contract, notice.tracking_id());
        let mut row = self.journal().find(&by_tracking).await?;
        if let (None, Some(order_id)) = (&row, notice.order_id()) {
            row = self
                .journal()
                .find(&flow::order_key(contract, order_id))
                .await?;
        }
        let Some(row) = row else {
            return Err(flow::unknown("tracking_id"));
        };
        let open = Open::from_row(row)?;
        let known = open.charge();
        let tracking_id = known.tracking_id.as_deref();
        verified.check_ids(tracking_id.unwrap_or(notice.tracking_id()), &known.id)?;
        let event = match notice.kind() {
            NoticeKind::Deposit(deposit) => {
                // A sum cannot be made of single amounts: one of them may be lost.
                let cumulative = deposit.total.ok_or_else(|| {
                    Error::field(
                        ErrorKind::MissingField,
                        "rec_amount_total",
                        "must be there: it tells what was deposited in all",
                    )
                })?;
                Event::Deposited {
                    tracking_id: Some(notice.tracking_id().to_owned()),
                    cumulative,
                    received: notice.received().map(str::to_owned),
                }
            }
            NoticeKind::Expired => Event::SlipExpired,
            NoticeKind::Other => Event::Checked,
        };
        let told = open.clone();
        let noted = self
            .note(open, event.clone(), Some(notice.seen_key()))
            .await;
        let (charge, first) = match noted {
            Err(_) if planted::is(Defect::NoticeBeforeCommit) => {
                let (now, bounds) = (self.now(), self.settings().bounds);
                let step = crate::charge::transition(told.charge(), &event, now, bounds)?;
                (step.charge, true)
            }
            noted => noted?,
        };
        Ok(NoticeReceipt {
            ack: ApiAck::ok(notice.function()),
            charge,
            repeated: !first,
        })
    }

    async fn keep_notice(&self, verified: &Verified<ApiNotice>, error: &Error) -> Result<()> {
        let digest = verified.digest();
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let evidence = KeptEvidence {
            digest: format!("api:{}:{hex}", error.code()),
            code: error.code().to_owned(),
            bytes: verified.evidence().expose().to_vec(),
            at: self.now(),
        };
        self.journal().keep(evidence).await
    }
}
