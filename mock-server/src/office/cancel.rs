//! Cancelling: at once while the miles are held, by application when they are deposited.

use std::collections::HashSet;

use super::{
    days,
    record::{Balances, Became, Call, Issuance},
    refusal::Refusal,
    request::CancelRequest,
    state::{CANCELLATION, ISSUANCE, Office, check_tran_id, digest, id, next_number, number},
    user::PersonId,
    views::{CancelResult, CancellationView, FoundCancellation, IssueState},
};

/// Most issues of one request.
const MOST: usize = 1_000;
/// Days within which an issue can be cancelled.
const DAYS: i32 = 90;
/// Months that must not have passed.
const MONTHS: i64 = 3;

/// Why an issue is not cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    UsableAtOnce,
    Over90Days,
    Over3Months,
    BalanceShort,
    AlreadyCancelled,
    AlreadyApplied,
    UnknownIssuance,
    /// A person at NetMile said no.
    Declined,
}

impl Why {
    const fn key(self) -> &'static str {
        match self {
            Self::UsableAtOnce => "usable_at_once",
            Self::Over90Days => "over_90_days",
            Self::Over3Months => "over_3_months",
            Self::BalanceShort => "balance_short",
            Self::AlreadyCancelled => "already_cancelled",
            Self::AlreadyApplied => "already_applied",
            Self::UnknownIssuance => "unknown_issuance",
            Self::Declined => "declined",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Cancelled,
    Pending,
    Approved,
    Rejected(Why),
    Refused(Why),
}

#[derive(Debug, Clone)]
pub(crate) struct Cancellation {
    pub(crate) site: u16,
    pub(crate) reason: String,
    pub(crate) at: i64,
    pub(crate) items: Vec<(String, Outcome)>,
}

/// An application that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Application {
    /// The cancellation it is part of.
    pub cancellation_id: String,
    /// Site.
    pub site_id: String,
    /// Campaign.
    pub campaign_id: String,
    /// Id of the issue.
    pub issuance_id: String,
    /// 指定キー.
    pub designated_key: String,
    /// Miles.
    pub miles: u64,
    /// The merchant's reason.
    pub reason: String,
    /// When it was applied for.
    pub applied_at: String,
}

impl Office {
    /// Cancels issues: held ones at once, deposited ones by application.
    ///
    /// # Errors
    /// [`Refusal`] when the request breaks a rule; each issue has its own result.
    pub fn cancel(
        &mut self,
        site_id: &str,
        request: &CancelRequest,
        balances: &dyn Balances,
        now: i64,
    ) -> Result<CancellationView, Refusal> {
        let site = self.own_site(site_id)?;
        check_tran_id(&request.tran_id)?;
        if !(1..=MOST).contains(&request.issuance_ids.len()) {
            return Err(Refusal::bad("issuance_ids", "1 to 1,000"));
        }
        if !self
            .terms
            .rules
            .cancel_reasons
            .contains_key(&request.reason)
        {
            return Err(Refusal::bad("reason", "not one of the reasons"));
        }
        let digest = digest(request);
        let tran_id = request.tran_id.as_str();
        if let Some(Became::Cancellation(number)) =
            self.before(site, Call::Cancel, tran_id, &digest)?
        {
            return self.view_cancellation(number, true);
        }
        let mut items = Vec::with_capacity(request.issuance_ids.len());
        let mut named = HashSet::new();
        for issuance_id in &request.issuance_ids {
            if !named.insert(issuance_id.as_str()) {
                continue;
            }
            let outcome = self.cancel_one(site, issuance_id, balances, now);
            let shown: String = issuance_id.chars().take(64).collect();
            items.push((shown, outcome));
        }
        let number = next_number(&self.cancellations);
        self.cancellations.push(Cancellation {
            site,
            reason: request.reason.clone(),
            at: now,
            items,
        });
        let became = Became::Cancellation(number);
        self.remember(site, Call::Cancel, tran_id, digest, became);
        self.view_cancellation(number, true)
    }

    fn cancel_one(
        &mut self,
        site: u16,
        issuance_id: &str,
        balances: &dyn Balances,
        now: i64,
    ) -> Outcome {
        let found = number(ISSUANCE, issuance_id);
        let found = found.and_then(|n| Some((n, self.issuance(n)?.clone())));
        let own = found.filter(|(_, issuance)| {
            let campaign = self.terms.campaign(issuance.campaign);
            campaign.is_some_and(|c| c.site == site)
        });
        let Some((number, issuance)) = own else {
            return Outcome::Refused(Why::UnknownIssuance);
        };
        if issuance.state == IssueState::Cancelled {
            return Outcome::Refused(Why::AlreadyCancelled);
        }
        if issuance.applied {
            return Outcome::Refused(Why::AlreadyApplied);
        }
        if let Some(why) = self.hindrance(&issuance, balances, now) {
            return Outcome::Refused(why);
        }
        if issuance.state == IssueState::Held {
            self.undo(number, &issuance, now);
            return Outcome::Cancelled;
        }
        if let Some(issuance) = self.issuance_mut(number) {
            issuance.applied = true;
        }
        Outcome::Pending
    }

    /// What stands against a cancellation, at the application and again at the approval.
    fn hindrance(&self, issuance: &Issuance, balances: &dyn Balances, now: i64) -> Option<Why> {
        let campaign = self.terms.campaign(issuance.campaign)?;
        if issuance.at_once && !campaign.terms.at_once_cancellable {
            return Some(Why::UsableAtOnce);
        }
        let (issued, today) = (days::of(issuance.issued_at), days::of(now));
        if today - issued > DAYS {
            return Some(Why::Over90Days);
        }
        if today >= days::add_months(issued, MONTHS) {
            return Some(Why::Over3Months);
        }
        let login = self.terms.people.login(issuance.person);
        let short = issuance.state == IssueState::Valid
            && balances.balance(&login) < u64::from(issuance.miles);
        short.then_some(Why::BalanceShort)
    }

    /// Takes an issue back. Whatever was deposited is withdrawn.
    fn undo(&mut self, number: u32, issuance: &Issuance, now: i64) {
        if let Some(kept) = self.issuance_mut(number) {
            kept.state = IssueState::Cancelled;
            kept.applied = false;
        }
        self.changed = true;
        self.count(
            issuance.campaign,
            issuance.person,
            issuance.issued_at,
            false,
        );
        if issuance.person == PersonId::TEST {
            return;
        }
        if let Some(figures) = self.figures.get_mut(usize::from(issuance.campaign)) {
            figures.cancelled += 1;
        }
        let month = (days::month_of(now), issuance.campaign);
        self.bills.entry(month).or_default().1 += u64::from(issuance.miles);
        if issuance.state == IssueState::Held {
            self.no_longer_pending(issuance);
        } else {
            let miles = -i64::from(issuance.miles);
            self.post(number, issuance, miles, "issue_cancelled", now);
        }
    }

    /// The members whose balances [`Office::cancel`] and [`Office::decide`] look at.
    #[must_use]
    pub fn members_of(&self, issuance_ids: &[String]) -> Vec<String> {
        let mut people: Vec<PersonId> = issuance_ids
            .iter()
            .take(MOST)
            .filter_map(|id| number(ISSUANCE, id))
            .filter_map(|number| self.issuance(number))
            .map(|issuance| issuance.person)
            .collect();
        people.sort_unstable();
        people.dedup();
        let login = |person: &PersonId| self.terms.people.login(*person).into_owned();
        people.iter().map(login).collect()
    }

    /// Approves or rejects an application. What an approval finds standing against it makes it a
    /// rejection; `true` when the issue was cancelled.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when no such application waits.
    pub fn decide(
        &mut self,
        cancellation_id: &str,
        issuance_id: &str,
        approve: bool,
        balances: &dyn Balances,
        now: i64,
    ) -> Result<bool, Refusal> {
        let place = number(CANCELLATION, cancellation_id).ok_or(Refusal::NotFound)?;
        let place = usize::try_from(place).map_err(|_| Refusal::NotFound)?;
        let cancellation = self.cancellations.get(place).ok_or(Refusal::NotFound)?;
        let waits =
            |(id, outcome): &(String, Outcome)| id == issuance_id && *outcome == Outcome::Pending;
        let item = cancellation.items.iter().position(waits);
        let item = item.ok_or(Refusal::NotFound)?;
        let number = number(ISSUANCE, issuance_id).ok_or(Refusal::NotFound)?;
        let issuance = self.issuance(number).ok_or(Refusal::NotFound)?.clone();
        let against = if approve {
            self.hindrance(&issuance, balances, now)
        } else {
            Some(Why::Declined)
        };
        let outcome = match against {
            None => {
                self.undo(number, &issuance, now);
                Outcome::Approved
            }
            Some(why) => {
                if let Some(issuance) = self.issuance_mut(number) {
                    issuance.applied = false;
                }
                Outcome::Rejected(why)
            }
        };
        self.changed = true;
        let cancellation = self.cancellations.get_mut(place);
        if let Some((_, kept)) = cancellation.and_then(|c| c.items.get_mut(item)) {
            *kept = outcome;
        }
        Ok(outcome == Outcome::Approved)
    }

    /// Approves an application: [`Office::decide`] with a yes.
    ///
    /// # Errors
    /// As [`Office::decide`].
    pub fn approve(
        &mut self,
        cancellation_id: &str,
        issuance_id: &str,
        balances: &dyn Balances,
        now: i64,
    ) -> Result<bool, Refusal> {
        self.decide(cancellation_id, issuance_id, true, balances, now)
    }

    /// The applications that wait, oldest first.
    #[must_use]
    pub fn applications(&self) -> Vec<Application> {
        let mut all = Vec::new();
        for (cancellation, at) in self.cancellations.iter().zip(0_u32..) {
            for (issuance_id, outcome) in &cancellation.items {
                let found = number(ISSUANCE, issuance_id).and_then(|n| self.issuance(n));
                let (Outcome::Pending, Some(issuance)) = (outcome, found) else {
                    continue;
                };
                let site = self.terms.site(cancellation.site);
                all.push(Application {
                    cancellation_id: id(CANCELLATION, at),
                    site_id: site.map_or(String::new(), |s| s.site_id.clone()),
                    campaign_id: self.terms.campaign_id(issuance.campaign).to_owned(),
                    issuance_id: issuance_id.clone(),
                    designated_key: issuance.key.to_string(),
                    miles: u64::from(issuance.miles),
                    reason: cancellation.reason.clone(),
                    applied_at: crate::clock::rfc3339(cancellation.at),
                });
            }
        }
        all
    }

    fn view_cancellation(&self, number: u32, first: bool) -> Result<CancellationView, Refusal> {
        let place = usize::try_from(number).map_err(|_| Refusal::NotFound)?;
        let cancellation = self.cancellations.get(place).ok_or(Refusal::NotFound)?;
        let results = cancellation.items.iter().map(|(issuance_id, outcome)| {
            let (result, why) = match *outcome {
                Outcome::Cancelled => ("cancelled", None),
                Outcome::Refused(why) => ("refused", Some(why)),
                // The first answer is given again as it was.
                Outcome::Pending | Outcome::Approved | Outcome::Rejected(_) if first => {
                    ("application_received", None)
                }
                Outcome::Pending => ("pending", None),
                Outcome::Approved => ("approved", None),
                Outcome::Rejected(why) => ("rejected", Some(why)),
            };
            CancelResult {
                issuance_id: issuance_id.clone(),
                result: result.to_owned(),
                why: why.map(|why| why.key().to_owned()),
            }
        });
        Ok(CancellationView {
            cancellation_id: id(CANCELLATION, number),
            reason: cancellation.reason.clone(),
            results: results.collect(),
        })
    }

    /// A cancellation as it stands.
    ///
    /// # Errors
    /// [`Refusal`] when there is none, or it is another site's.
    pub fn cancellation(
        &self,
        site_id: &str,
        cancellation_id: &str,
    ) -> Result<CancellationView, Refusal> {
        let site = self.own_site(site_id)?;
        let number = number(CANCELLATION, cancellation_id).ok_or(Refusal::NotFound)?;
        let place = usize::try_from(number).map_err(|_| Refusal::NotFound)?;
        let found = self.cancellations.get(place).ok_or(Refusal::NotFound)?;
        if found.site != site {
            return Err(Refusal::NotYours);
        }
        self.view_cancellation(number, false)
    }

    /// What became of the `tran_id` of a cancellation.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such site.
    pub fn find_cancellation(
        &self,
        site_id: &str,
        tran_id: &str,
    ) -> Result<FoundCancellation, Refusal> {
        let site = self.own_site(site_id)?;
        let cancellation = match self.tran(site, Call::Cancel, tran_id) {
            Some(Became::Cancellation(number)) => Some(self.view_cancellation(number, false)?),
            _ => None,
        };
        Ok(FoundCancellation {
            found: cancellation.is_some(),
            cancellation,
        })
    }
}
