//! Miles by the reference API.

use super::{Client, Transactions};
use crate::engine::Exchanged;
use crate::error::{Error, ErrorKind, Result};
use crate::miles::{
    Bill, ByHandRequest, Campaign, CancelReason, CancelRequest, Cancellation, DeleteLists,
    FindRegistration, GetBill, GetCampaign, GetCancellation, GetList, GetRegistration, GetSample,
    HandIssued, History, HistorySearch, IssueRequest, IssuedMiles, ListKind, Page, Registration,
    RegistrationSearch, SampleKind, SampleMail, SearchHistory, SearchRegistrations,
};
use crate::operation::{Outcome, Ticket};
use crate::reference::{Found, Function};
use crate::schedule::YearMonth;

/// Miles by the reference API. Made by [`Client::miles`].
///
/// Every verb that changes something gives an [`Outcome`]: done, rejected, or unknown. An `Err` means that nothing was
/// sent. Verbs that only ask fail with `transport` when there was no usable answer.
pub struct MilesDesk<'c>(pub(super) &'c Client);

/// What became of issues by file and by hand. Made by [`MilesDesk::registrations`].
pub struct MileRegistrations<'c>(&'c Client);

/// What was issued. Made by [`MilesDesk::history`].
pub struct MileHistory<'c>(&'c Client);

impl<'c> MilesDesk<'c> {
    /// Issues miles to one user. The wish is in the journal before the first byte leaves.
    ///
    /// Called again with the same request it goes on where it stopped, or tells what became of it: it never issues
    /// twice. After an `Err` call it again too. A refusal by a rule of NetMile's is final for its `tran_id`; one at the
    /// door (table `api`) is not.
    ///
    /// # Errors
    /// Nothing was sent: `invalid_value`, `not_in_contract`, `conflict` when the `tran_id` was used for something else,
    /// `transport` when NetMile could not be reached, `journal`, `configuration`.
    pub async fn issue(&self, request: &IssueRequest) -> Result<Outcome<IssuedMiles>> {
        let fits = request.check_carrier(&self.0.settings().carriers);
        self.0.start(request, fits).await
    }

    /// Issues miles to up to ten users at once (10件ずつ), each by PC mail address. One row may be refused while another
    /// is issued.
    ///
    /// # Errors
    /// As [`issue`](Self::issue).
    pub async fn issue_by_hand(&self, request: &ByHandRequest) -> Result<Outcome<HandIssued>> {
        let fits = request.check_carrier(&self.0.settings().carriers);
        self.0.start(request, fits).await
    }

    /// Takes issued miles back (マイル取消), up to 1,000 issues under one reason, which can not be changed.
    ///
    /// Miles that are held (保留) are cancelled at once; for those that are deposited (有効) it is an application that a
    /// person at NetMile decides about. While one waits, [`Client::resolve`] asks every hour, and the event
    /// `miles_cancel_decided` tells of each decision: [`cancels`](Self::cancels) has it then. What is not decided after 14
    /// days ([`DECISION_DAYS`](crate::reference::DECISION_DAYS)) is no longer asked about by itself: the event
    /// `needs_review` tells, `cancels().unresolved()` lists it, and a person asks NetMile and closes it with
    /// `cancels().review(…)`. What cannot be cancelled is told for each issue; that is no refusal of the call.
    ///
    /// # Errors
    /// As [`issue`](Self::issue).
    pub async fn cancel(
        &self,
        tran_id: &str,
        issuance_ids: &[String],
        reason: CancelReason,
    ) -> Result<Outcome<Cancellation>> {
        let request = CancelRequest::new(tran_id, issuance_ids, reason);
        self.0.start(&request, Ok(())).await
    }

    /// What has become of a wish to cancel by now, as NetMile tells it.
    ///
    /// # Errors
    /// `unknown_order` when there is no such wish, `transport`, `configuration`.
    pub async fn cancellation(&self, cancellation_id: &str) -> Result<Cancellation> {
        self.0
            .ask(GetCancellation(cancellation_id.to_owned()))
            .await
    }

    /// Issues, as the journal knows them.
    #[must_use]
    pub fn issues(&self) -> Transactions<'c, IssueRequest> {
        Transactions::new(self.0)
    }

    /// Issues by hand, as the journal knows them.
    #[must_use]
    pub fn by_hand(&self) -> Transactions<'c, ByHandRequest> {
        Transactions::new(self.0)
    }

    /// Wishes to cancel, as the journal knows them.
    #[must_use]
    pub fn cancels(&self) -> Transactions<'c, CancelRequest> {
        Transactions::new(self.0)
    }

    /// What became of issues by file and by hand (マイル発行登録検索).
    #[must_use]
    pub fn registrations(&self) -> MileRegistrations<'c> {
        MileRegistrations(self.0)
    }

    /// What was issued (マイル発行履歴).
    #[must_use]
    pub fn history(&self) -> MileHistory<'c> {
        MileHistory(self.0)
    }

    /// What a month costs: 1 yen for each mile that was issued and not cancelled.
    ///
    /// # Errors
    /// `transport`, `configuration`.
    pub async fn bill(&self, month: YearMonth) -> Result<Bill> {
        self.0.ask(GetBill(month)).await
    }

    /// A campaign, as far as issuing needs it.
    ///
    /// # Errors
    /// `unknown_order` when there is no such campaign, `invalid_state` when it is another site's, `transport`,
    /// `configuration`.
    pub async fn campaign(&self, campaign_id: &str) -> Result<Campaign> {
        self.0.ask(GetCampaign(campaign_id.to_owned())).await
    }

    /// The mail that a user of a campaign gets (メールサンプル表示).
    ///
    /// # Errors
    /// `invalid_value` for a text that cannot be inserted; else as [`campaign`](Self::campaign).
    pub async fn sample_mail(
        &self,
        campaign_id: &str,
        kind: SampleKind,
        inserted_text: Option<&str>,
    ) -> Result<SampleMail> {
        let sample = GetSample {
            campaign_id: campaign_id.to_owned(),
            kind,
            inserted_text: inserted_text.map(str::to_owned),
        };
        self.0.ask(sample).await
    }
}

impl MileRegistrations<'_> {
    /// One registration, by its id (発行登録ID).
    ///
    /// # Errors
    /// `unknown_order` when there is none, `transport`, `configuration`.
    pub async fn get(&self, registration_id: &str) -> Result<Registration> {
        self.0
            .ask(GetRegistration(registration_id.to_owned()))
            .await
    }

    /// The registration that the `tran_id` of a file led to; what was issued by hand is asked for with
    /// [`MilesDesk::by_hand`]. `None` when there is none, or none yet, or when the file was refused as a whole.
    ///
    /// # Errors
    /// `invalid_value`, `transport`, `configuration`.
    pub async fn find(&self, tran_id: &str) -> Result<Option<Registration>> {
        let found = self.0.ask(FindRegistration(tran_id.to_owned())).await?;
        Ok(match found {
            Found::Done(registration) => Some(registration),
            Found::Exists | Found::Refused(_) | Found::Missing => None,
        })
    }

    /// Registrations of the past 3 months, 50 a page.
    ///
    /// # Errors
    /// `invalid_value`, `transport`, `configuration`.
    pub async fn search(&self, search: &RegistrationSearch) -> Result<Page<Registration>> {
        self.0.ask(SearchRegistrations(search.clone())).await
    }

    /// Downloads the list of what was issued (登録完了リスト): CSV in CP932 with its header row. Personal data.
    ///
    /// # Errors
    /// `unknown_order` when there is no list, `invalid_state` when it was deleted, `transport`, `configuration`.
    pub async fn completed(&self, registration_id: &str) -> Result<Vec<u8>> {
        self.list(registration_id, ListKind::Completed).await
    }

    /// Downloads the list of what was refused, with its codes (エラーリスト). Of files only. Personal data.
    ///
    /// # Errors
    /// As [`completed`](Self::completed).
    pub async fn errors(&self, registration_id: &str) -> Result<Vec<u8>> {
        self.list(registration_id, ListKind::Errors).await
    }

    /// Deletes both lists for good: they are personal data, and nobody can download them afterwards. A repeat is fine,
    /// so after an unknown outcome call it again.
    ///
    /// # Errors
    /// Nothing was sent: `invalid_value`, `transport`, `configuration`.
    pub async fn delete_lists(&self, registration_id: &str) -> Result<Outcome<()>> {
        let since = self.0.now();
        let delete = DeleteLists(registration_id.to_owned());
        Ok(match self.0.exchange(delete).await? {
            Exchanged::Done(()) => Outcome::Done(()),
            Exchanged::Rejected(rejection) => Outcome::Rejected(rejection),
            Exchanged::Unknown(_) => Outcome::Unknown(Ticket {
                id: registration_id.to_owned(),
                step: DeleteLists::KIND.to_owned(),
                key: None,
                since,
                next_look: None,
            }),
            Exchanged::NotSent(why) => return Err(Error::new(ErrorKind::Transport, why)),
        })
    }

    async fn list(&self, registration_id: &str, kind: ListKind) -> Result<Vec<u8>> {
        let list = GetList {
            registration_id: registration_id.to_owned(),
            kind,
        };
        self.0.ask(list).await
    }
}

impl MileHistory<'_> {
    /// The history of a campaign from yesterday back to 3 months, 50 a page, with the head figures of all of it.
    ///
    /// # Errors
    /// `invalid_value`, `unknown_order` when there is no such campaign, `transport`, `configuration`.
    pub async fn search(&self, campaign_id: &str, search: &HistorySearch) -> Result<History> {
        let search = SearchHistory {
            campaign_id: campaign_id.to_owned(),
            search: search.clone(),
        };
        self.0.ask(search).await
    }
}
