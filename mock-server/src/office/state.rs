//! The office: its state, and how its numbers become ids.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use super::{
    cancel::Cancellation,
    record::{Became, Call, Figures, Issuance, Posting, Registration, SentMail, Tran},
    refusal::Refusal,
    terms::{IssuingCampaign, OfficeRules, Site, Usable},
    user::{People, PersonId},
};
use crate::scenario::Scenario;

/// What the office needs of a scenario.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) rules: OfficeRules,
    pub(crate) sites: Vec<Site>,
    pub(crate) campaigns: Vec<Campaign>,
    pub(crate) people: People,
    site_numbers: HashMap<String, u16>,
    campaign_numbers: HashMap<String, u16>,
}

#[derive(Debug, Clone)]
pub(crate) struct Campaign {
    pub(crate) terms: IssuingCampaign,
    pub(crate) site: u16,
    pub(crate) from: i32,
    pub(crate) until: i32,
    /// Day of the deposit, for a campaign with a date.
    pub(crate) on: Option<i32>,
}

impl Terms {
    fn new(scenario: &Scenario) -> Self {
        let mut site_numbers = HashMap::new();
        for (site, number) in scenario.sites.iter().zip(0_u16..) {
            site_numbers.insert(site.site_id.clone(), number);
        }
        let mut campaigns = Vec::new();
        let mut campaign_numbers = HashMap::new();
        for (terms, number) in scenario.issuing_campaigns.iter().zip(0_u16..) {
            campaign_numbers.insert(terms.campaign_id.clone(), number);
            let day = |text: &str| super::days::parse(text);
            campaigns.push(Campaign {
                site: site_numbers
                    .get(&terms.site_id)
                    .copied()
                    .unwrap_or(u16::MAX),
                from: day(&terms.issue_from).unwrap_or(i32::MAX),
                until: day(&terms.issue_until).unwrap_or(i32::MIN),
                on: match &terms.usable {
                    Usable::On { date } => day(date),
                    _ => None,
                },
                terms: terms.clone(),
            });
        }
        Self {
            rules: scenario.office.clone(),
            sites: scenario.sites.clone(),
            campaigns,
            people: People::new(scenario),
            site_numbers,
            campaign_numbers,
        }
    }

    pub(crate) fn site_number(&self, site_id: &str) -> Option<u16> {
        self.site_numbers.get(site_id).copied()
    }

    pub(crate) fn site(&self, number: u16) -> Option<&Site> {
        self.sites.get(usize::from(number))
    }

    pub(crate) fn campaign_number(&self, campaign_id: &str) -> Option<u16> {
        self.campaign_numbers.get(campaign_id).copied()
    }

    pub(crate) fn campaign(&self, number: u16) -> Option<&Campaign> {
        self.campaigns.get(usize::from(number))
    }

    pub(crate) fn campaign_mut(&mut self, number: u16) -> Option<&mut Campaign> {
        self.campaigns.get_mut(usize::from(number))
    }

    pub(crate) fn campaign_id(&self, number: u16) -> &str {
        self.campaign(number)
            .map_or("", |c| c.terms.campaign_id.as_str())
    }
}

/// NetMile's office. Deterministic: the same requests at the same instants give the same answers.
///
/// Every method that takes an instant expects that it does not go back. What is due by then is to
/// be done first with [`Office::process_due`].
///
/// ```
/// use netmile_mock::{Scenario, office::{Office, User}};
/// let mut office = Office::new(&Scenario::demo());
/// let found = office.verify("8763", &User::Mail("taro@member.example".to_owned())).unwrap();
/// assert!(found.active);
/// assert!(office.take_postings().is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct Office {
    pub(crate) terms: Arc<Terms>,
    pub(crate) issuances: Vec<Issuance>,
    pub(crate) registrations: Vec<Registration>,
    pub(crate) cancellations: Vec<Cancellation>,
    pub(crate) mails: Vec<SentMail>,
    pub(crate) trans: HashMap<(u16, Call, String), Tran>,
    /// First and last row of each upload, by batch.
    pub(crate) batches: HashMap<(u16, String), BTreeMap<u64, u64>>,
    pub(crate) authenticated: HashSet<(u16, PersonId)>,
    pub(crate) counts: HashMap<(u16, PersonId), u32>,
    pub(crate) day_counts: HashMap<(u16, PersonId, i32), u32>,
    /// Issues that are not deposited, by instant.
    pub(crate) due: BTreeMap<i64, Vec<u32>>,
    /// Files that wait, by instant.
    pub(crate) queue: BTreeSet<(i64, u32)>,
    /// 振込予定 by member, instant and campaign.
    pub(crate) pending: HashMap<PersonId, BTreeMap<(i64, u16), u64>>,
    pub(crate) figures: Vec<Figures>,
    /// Issued and cancelled miles by month and campaign.
    pub(crate) bills: BTreeMap<(i32, u16), (u64, u64)>,
    /// Issues of each campaign, oldest first, without test users.
    pub(crate) by_campaign: Vec<Vec<u32>>,
    pub(crate) exchange_files: Vec<super::drop::ExchangeFile>,
    pub(crate) postings: Vec<Posting>,
    pub(crate) deposited: u64,
    pub(crate) changed: bool,
}

impl Office {
    /// An empty office.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let terms = Arc::new(Terms::new(scenario));
        let campaigns = terms.campaigns.len();
        Self {
            terms,
            issuances: Vec::new(),
            registrations: Vec::new(),
            cancellations: Vec::new(),
            mails: Vec::new(),
            trans: HashMap::new(),
            batches: HashMap::new(),
            authenticated: HashSet::new(),
            counts: HashMap::new(),
            day_counts: HashMap::new(),
            due: BTreeMap::new(),
            queue: BTreeSet::new(),
            pending: HashMap::new(),
            figures: vec![Figures::default(); campaigns],
            bills: BTreeMap::new(),
            by_campaign: vec![Vec::new(); campaigns],
            exchange_files: Vec::new(),
            postings: Vec::new(),
            deposited: 0,
            changed: false,
        }
    }

    /// Takes the deposits and withdrawals since this was last asked, oldest first.
    pub fn take_postings(&mut self) -> Vec<Posting> {
        std::mem::take(&mut self.postings)
    }

    /// How much there is.
    #[must_use]
    pub fn view(&self) -> super::OfficeView {
        let long = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        super::OfficeView {
            issuances: long(self.issuances.len()),
            deposited: self.deposited,
            registrations: long(self.registrations.len()),
            waiting_files: long(self.queue.len()),
            applications: long(self.applications().len()),
            mails: long(self.mails.len()),
        }
    }

    /// How many issues were deposited so far.
    #[must_use]
    pub const fn deposits(&self) -> u64 {
        self.deposited
    }

    /// Whether anything changed since this was last asked.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    pub(crate) fn own_site(&self, site_id: &str) -> Result<u16, Refusal> {
        self.terms.site_number(site_id).ok_or(Refusal::NotFound)
    }

    pub(crate) fn own_campaign(&self, site: u16, campaign_id: &str) -> Result<u16, Refusal> {
        let number = self.terms.campaign_number(campaign_id);
        let number = number.ok_or(Refusal::NotFound)?;
        let own = self.terms.campaign(number).is_some_and(|c| c.site == site);
        own.then_some(number).ok_or(Refusal::NotYours)
    }

    /// What a `tran_id` became before; a conflict when its body was another one.
    pub(crate) fn before(
        &self,
        site: u16,
        call: Call,
        tran_id: &str,
        digest: &[u8; 32],
    ) -> Result<Option<Became>, Refusal> {
        match self.trans.get(&(site, call, tran_id.to_owned())) {
            Some(tran) if tran.digest == *digest => Ok(Some(tran.became)),
            Some(_) => Err(Refusal::Conflict("tran_id: used with another body")),
            None => Ok(None),
        }
    }

    pub(crate) fn remember(
        &mut self,
        site: u16,
        call: Call,
        tran_id: &str,
        digest: [u8; 32],
        became: Became,
    ) {
        self.changed = true;
        self.trans
            .insert((site, call, tran_id.to_owned()), Tran { digest, became });
    }

    pub(crate) fn tran(&self, site: u16, call: Call, tran_id: &str) -> Option<Became> {
        let tran = self.trans.get(&(site, call, tran_id.to_owned()))?;
        Some(tran.became)
    }

    pub(crate) fn issuance(&self, number: u32) -> Option<&Issuance> {
        self.issuances.get(usize::try_from(number).ok()?)
    }

    pub(crate) fn issuance_mut(&mut self, number: u32) -> Option<&mut Issuance> {
        self.issuances.get_mut(usize::try_from(number).ok()?)
    }

    pub(crate) fn registration(&self, number: u32) -> Option<&Registration> {
        self.registrations.get(usize::try_from(number).ok()?)
    }
}

/// The length of a list as the number of its next entry.
pub(crate) fn next_number<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// A digest of the values of a request.
pub(crate) fn digest(request: &impl serde::Serialize) -> [u8; 32] {
    let text = serde_json::to_vec(request).unwrap_or_default();
    Sha256::digest(text).into()
}

/// Ids are a letter and the number from 1.
pub(crate) fn id(letter: char, number: u32) -> String {
    format!("{letter}{:010}", u64::from(number) + 1)
}

/// The number of an id.
pub(crate) fn number(letter: char, id: &str) -> Option<u32> {
    let digits = id.strip_prefix(letter)?;
    let plain = digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u64 = plain.then(|| digits.parse().ok())??;
    u32::try_from(number.checked_sub(1)?).ok()
}

pub(crate) const ISSUANCE: char = 'I';
pub(crate) const REGISTRATION: char = 'R';
pub(crate) const CANCELLATION: char = 'C';
pub(crate) const EXCHANGE: char = 'X';

/// Checks a `tran_id`.
pub(crate) fn check_tran_id(tran_id: &str) -> Result<(), Refusal> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-');
    if (1..=64).contains(&tran_id.len()) && tran_id.bytes().all(plain) {
        Ok(())
    } else {
        Err(Refusal::bad("tran_id", "1 to 64 of [0-9A-Za-z._:-]"))
    }
}

/// Counts up to a page of 50, and how many pages there are; at least one.
pub(crate) fn paging(total: usize, page: u64) -> Result<(usize, u64), Refusal> {
    let pages = u64::try_from(total.div_ceil(PAGE)).unwrap_or(1).max(1);
    if !(1..=1_000_000).contains(&page) {
        return Err(Refusal::bad("page", "1 to 1,000,000"));
    }
    let skip = usize::try_from(page - 1).unwrap_or(0).saturating_mul(PAGE);
    Ok((skip, pages))
}

/// Rows of a page.
pub(crate) const PAGE: usize = 50;
