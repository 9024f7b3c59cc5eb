//! Miles and members for code that is not async.

use std::marker::PhantomData;

use super::Client;
use crate::client::{BatchFiles, BatchSource, Tell};
use crate::error::Result;
use crate::members::{Member, Membership, Passbook};
use crate::miles::batch::{BatchRecord, BatchReport, BatchRequest, ChunkRecord, ChunkReview};
use crate::miles::{
    Bill, ByHandRequest, Campaign, CancelReason, CancelRequest, Cancellation, HandIssued, History,
    HistorySearch, IssueRequest, IssuedMiles, Page, Registration, RegistrationSearch, SampleKind,
    SampleMail,
};
use crate::operation::Outcome;
use crate::reference::{Phase, Review, Task, Transaction, UserId};
use crate::schedule::YearMonth;

twin! {
    /// NetMile members.
    members -> Members {
        fn verify_mail(address: &str) -> Membership;
        fn verify_user_id(id: &UserId) -> Membership;
        fn info(id: &UserId) -> Member;
        fn passbook(id: &UserId) -> Passbook;
    }
    /// Miles by the reference API.
    miles -> MilesDesk {
        fn issue(request: &IssueRequest) -> Outcome<IssuedMiles>;
        fn issue_by_hand(request: &ByHandRequest) -> Outcome<HandIssued>;
        fn cancel(tran_id: &str, issuance_ids: &[String], reason: CancelReason) -> Outcome<Cancellation>;
        fn cancellation(cancellation_id: &str) -> Cancellation;
        fn bill(month: YearMonth) -> Bill;
        fn campaign(campaign_id: &str) -> Campaign;
        fn sample_mail(campaign_id: &str, kind: SampleKind, inserted_text: Option<&str>) -> SampleMail;
        fn issue_file(request: &BatchRequest, source: &dyn BatchSource, files: BatchFiles<'_>, tell: Tell<'_>) -> BatchReport;
        fn batch(batch_id: &str) -> BatchRecord;
        fn unresolved_batches(after: Option<&BatchRecord>, limit: u32) -> Vec<BatchRecord>;
        fn uploads(batch_id: &str, first_row: u64, limit: u32) -> Vec<ChunkRecord>;
        fn unresolved_uploads(after: Option<&ChunkRecord>, limit: u32) -> Vec<ChunkRecord>;
        fn resolve_upload(batch_id: &str, first_row: u64) -> ChunkRecord;
        fn review_upload(batch_id: &str, first_row: u64, verdict: ChunkReview) -> ChunkRecord;
    }
}

/// What became of issues by file and by hand.
pub struct MileRegistrations<'c>(&'c Client);

/// What was issued.
pub struct MileHistory<'c>(&'c Client);

/// Tasks of one kind, as the journal knows them.
pub struct Transactions<'c, T> {
    client: &'c Client,
    kind: PhantomData<T>,
}

impl<'c> MilesDesk<'c> {
    /// See [`MilesDesk::issues`](crate::client::MilesDesk::issues).
    #[must_use]
    pub fn issues(&self) -> Transactions<'c, IssueRequest> {
        Transactions::new(self.0)
    }

    /// See [`MilesDesk::by_hand`](crate::client::MilesDesk::by_hand).
    #[must_use]
    pub fn by_hand(&self) -> Transactions<'c, ByHandRequest> {
        Transactions::new(self.0)
    }

    /// See [`MilesDesk::cancels`](crate::client::MilesDesk::cancels).
    #[must_use]
    pub fn cancels(&self) -> Transactions<'c, CancelRequest> {
        Transactions::new(self.0)
    }

    /// See [`MilesDesk::registrations`](crate::client::MilesDesk::registrations).
    #[must_use]
    pub fn registrations(&self) -> MileRegistrations<'c> {
        MileRegistrations(self.0)
    }

    /// See [`MilesDesk::history`](crate::client::MilesDesk::history).
    #[must_use]
    pub fn history(&self) -> MileHistory<'c> {
        MileHistory(self.0)
    }
}

macro_rules! part {
    ($accessor:ident -> $face:ident { $( fn $name:ident($($arg:ident: $type:ty),*) -> $answer:ty; )+ }) => {
        impl $face<'_> {
            $(
                #[doc = concat!(
                    "See [`", stringify!($face), "::", stringify!($name), "`](crate::client::",
                    stringify!($face), "::", stringify!($name), ").",
                    "\n\n# Errors\nThe same, and `configuration` when called from async code."
                )]
                pub fn $name(&self, $($arg: $type),*) -> Result<$answer> {
                    self.0.run(self.0.inner.miles().$accessor().$name($($arg),*))?
                }
            )+
        }
    };
}

part! {
    registrations -> MileRegistrations {
        fn get(registration_id: &str) -> Registration;
        fn find(tran_id: &str) -> Option<Registration>;
        fn search(search: &RegistrationSearch) -> Page<Registration>;
        fn completed(registration_id: &str) -> Vec<u8>;
        fn errors(registration_id: &str) -> Vec<u8>;
        fn delete_lists(registration_id: &str) -> Outcome<()>;
    }
}

part! {
    history -> MileHistory {
        fn search(campaign_id: &str, search: &HistorySearch) -> History;
    }
}

impl<'c, T: Task> Transactions<'c, T> {
    const fn new(client: &'c Client) -> Self {
        Self {
            client,
            kind: PhantomData,
        }
    }

    fn inner(&self) -> crate::client::Transactions<'c, T> {
        crate::client::Transactions::new(&self.client.inner)
    }

    /// See [`Transactions::get`](crate::client::Transactions::get).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn get(&self, tran_id: &str) -> Result<Transaction<T>> {
        self.client.run(self.inner().get(tran_id))?
    }

    /// See [`Transactions::list`](crate::client::Transactions::list).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn list(
        &self,
        phases: &[Phase],
        after: Option<&Transaction<T>>,
        limit: u32,
    ) -> Result<Vec<Transaction<T>>> {
        self.client.run(self.inner().list(phases, after, limit))?
    }

    /// See [`Transactions::unresolved`](crate::client::Transactions::unresolved).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn unresolved(&self, limit: u32) -> Result<Vec<Transaction<T>>> {
        self.client.run(self.inner().unresolved(limit))?
    }

    /// See [`Transactions::resolve`](crate::client::Transactions::resolve).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn resolve(&self, tran_id: &str) -> Result<Transaction<T>> {
        self.client.run(self.inner().resolve(tran_id))?
    }

    /// See [`Transactions::review`](crate::client::Transactions::review).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn review(&self, tran_id: &str, verdict: Review<T::Answer>) -> Result<Transaction<T>> {
        self.client.run(self.inner().review(tran_id, verdict))?
    }
}
