//! Issuing: the checks of the manual table, and how an issue enters the books.

use std::sync::Arc;

use super::{
    code::Code,
    days,
    record::{Became, Call, Issuance, NO_REGISTRATION, Posting, Registration},
    refusal::Refusal,
    request::{ByHandRequest, Deposit, IssueRequest, Settings},
    state::{Campaign, ISSUANCE, Office, REGISTRATION, check_tran_id, digest, id, next_number},
    terms::{CampaignState, MOST_MILES, MemberStatus, MileRule, Usable},
    user::{Method, PersonId},
    views::{ByHandDone, FoundIssue, HandResult, IssueState, Issued, Kind},
};
use crate::clock;

/// Most rows of one call by hand.
const MOST_BY_HAND: usize = 10;
/// Longest inserted text, in characters.
const MOST_INSERTED: usize = 500;
/// Latest deposit after an issue, in days.
const MOST_DAYS: u16 = 365;

/// Whether a 指定キー has the published form.
pub(crate) fn is_key(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Miles as the third column of a file may say them.
pub(crate) fn read_miles(text: &str) -> Option<u64> {
    let plain = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// What is to be issued.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) site: u16,
    pub(crate) campaign: u16,
    pub(crate) method: Method,
    pub(crate) user: &'a str,
    pub(crate) key: &'a str,
    pub(crate) miles: Option<u64>,
}

/// How what is wanted enters the books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) registration: u32,
    pub(crate) deposit: Deposit,
    pub(crate) mail: bool,
}

/// What is issued.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Granted<'a> {
    pub(crate) registration: u32,
    pub(crate) campaign: u16,
    pub(crate) person: PersonId,
    pub(crate) miles: u64,
    pub(crate) key: &'a str,
    pub(crate) deposit: Deposit,
    pub(crate) mail: bool,
}

impl Office {
    /// Checks settings before anything is done with them.
    pub(crate) fn check_settings(
        &self,
        campaign: u16,
        method: Method,
        settings: &Settings,
    ) -> Result<(), Refusal> {
        let dated = self
            .terms
            .campaign(campaign)
            .is_some_and(|c| c.on.is_some());
        match settings.deposit {
            Deposit::AfterDays { days } if days > MOST_DAYS => {
                return Err(Refusal::bad("deposit", "days: 0 to 365"));
            }
            Deposit::AtOnce | Deposit::AfterDays { .. } if dated => {
                return Err(Refusal::bad(
                    "deposit",
                    "the campaign has a date: campaign alone is accepted",
                ));
            }
            _ => {}
        }
        let text = &settings.inserted_text;
        if text.chars().count() > MOST_INSERTED {
            return Err(Refusal::bad("inserted_text", "up to 500 characters"));
        }
        if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\r')
        {
            return Err(Refusal::bad("inserted_text", "no control characters"));
        }
        if method == Method::MobileMail {
            if settings.deposit_mail {
                return Err(Refusal::bad("deposit_mail", "false for mobile_mail"));
            }
            if !text.is_empty() {
                return Err(Refusal::bad("inserted_text", "empty for mobile_mail"));
            }
        }
        Ok(())
    }

    /// The checks of the manual table, the first failure wins.
    fn check_manual(&self, wanted: Wanted<'_>, now: i64) -> Result<(PersonId, u64), Code> {
        let people = &self.terms.people;
        let Some(campaign) = self.terms.campaign(wanted.campaign) else {
            return Err(Code::M42030);
        };
        if !people.is_well_formed(wanted.method, wanted.user) {
            return Err(Code::M19013);
        }
        if !is_key(wanted.key) {
            return Err(Code::M19014);
        }
        let miles = match (wanted.miles, campaign.terms.rule) {
            (Some(miles), _) if (1..=MOST_MILES).contains(&miles) => miles,
            (None, MileRule::Fixed { miles }) => miles,
            _ => return Err(Code::M19015),
        };
        if campaign.terms.state != CampaignState::Running {
            return Err(Code::M42030);
        }
        let today = days::of(now);
        if !(campaign.from..=campaign.until).contains(&today) {
            return Err(Code::M44019);
        }
        if !campaign.terms.rule.allows(miles) {
            return Err(Code::M12006);
        }
        let person = people.find(wanted.method, wanted.user);
        let person = person.ok_or(Code::M41053)?;
        let known =
            wanted.method != Method::UserId || self.authenticated.contains(&(wanted.site, person));
        if people.status(person) != MemberStatus::Full || !known {
            return Err(Code::M41023);
        }
        match self.over_limit(wanted.campaign, campaign, person, today) {
            Some(Limit::Day) => Err(Code::M44039),
            Some(Limit::Campaign) => Err(Code::M44038),
            None => Ok((person, miles)),
        }
    }

    /// Issues what is wanted if the manual table allows it: the number of the issue, and its miles.
    pub(crate) fn give(
        &mut self,
        wanted: Wanted<'_>,
        manner: Manner,
        now: i64,
    ) -> Result<(u32, u64), Code> {
        let (person, miles) = self.check_manual(wanted, now)?;
        let granted = Granted {
            registration: manner.registration,
            campaign: wanted.campaign,
            person,
            miles,
            key: wanted.key,
            deposit: manner.deposit,
            mail: manner.mail,
        };
        Ok((self.grant(granted, now), miles))
    }

    /// The same for a call under a `tran_id`, which remembers what became of it.
    pub(crate) fn give_once(
        &mut self,
        (call, tran_id, digest): (Call, &str, [u8; 32]),
        wanted: Wanted<'_>,
        manner: Manner,
        now: i64,
    ) -> Result<(u32, u64), Code> {
        let given = self.give(wanted, manner, now);
        let became = given.map_or_else(Became::Refused, |(number, _)| Became::Issued(number));
        self.remember(wanted.site, call, tran_id, digest, became);
        given
    }

    /// Which limit one more issue would break. Cancelled issues do not count, test users neither.
    pub(crate) fn over_limit(
        &self,
        number: u16,
        campaign: &Campaign,
        person: PersonId,
        today: i32,
    ) -> Option<Limit> {
        if let Some(most) = campaign.terms.per_member_day {
            let so_far = self.day_counts.get(&(number, person, today));
            if so_far.copied().unwrap_or(0) >= most {
                return Some(Limit::Day);
            }
        }
        let most = campaign.terms.per_member?;
        let so_far = self.counts.get(&(number, person)).copied().unwrap_or(0);
        (so_far >= most).then_some(Limit::Campaign)
    }

    /// Counts an issue for the limits, or takes its count back.
    pub(crate) fn count(&mut self, number: u16, person: PersonId, at: i64, more: bool) {
        let Some(campaign) = self.terms.campaign(number) else {
            return;
        };
        let limits = (campaign.terms.per_member, campaign.terms.per_member_day);
        if person == PersonId::TEST {
            return;
        }
        let step = |count: &mut u32| {
            *count = if more {
                count.saturating_add(1)
            } else {
                count.saturating_sub(1)
            };
        };
        if limits.0.is_some() {
            step(self.counts.entry((number, person)).or_default());
        }
        if limits.1.is_some() {
            let day = days::of(at);
            step(self.day_counts.entry((number, person, day)).or_default());
        }
    }

    /// When miles issued at `now` are deposited, and whether that is at once.
    fn deposit_at(campaign: &Campaign, deposit: Deposit, now: i64) -> (i64, bool) {
        let after = |days: u16| match days {
            0 => (now, true),
            days => (days::start(days::of(now) + i32::from(days)), false),
        };
        match (deposit, &campaign.terms.usable) {
            (Deposit::AtOnce, _) | (Deposit::Campaign, Usable::AtOnce) => (now, true),
            (Deposit::AfterDays { days }, _) => after(days),
            (Deposit::Campaign, Usable::AfterDays { days }) => after(*days),
            (Deposit::Campaign, Usable::On { .. }) => {
                let on = campaign.on.map_or(now, days::start);
                (on.max(now), false)
            }
        }
    }

    /// Enters an issue into the books; its number.
    pub(crate) fn grant(&mut self, granted: Granted<'_>, now: i64) -> u32 {
        let number = next_number(&self.issuances);
        let terms = Arc::clone(&self.terms);
        let (deposit_at, at_once) = terms
            .campaign(granted.campaign)
            .map_or((now, true), |c| Self::deposit_at(c, granted.deposit, now));
        let test = granted.person == PersonId::TEST;
        self.issuances.push(Issuance {
            registration: granted.registration,
            person: granted.person,
            miles: u32::try_from(granted.miles).unwrap_or(u32::MAX),
            campaign: granted.campaign,
            state: IssueState::Held,
            at_once,
            mail: granted.mail,
            applied: false,
            issued_at: now,
            deposit_at,
            key: granted.key.into(),
        });
        self.changed = true;
        self.count(granted.campaign, granted.person, now, true);
        if !test {
            let campaign = usize::from(granted.campaign);
            if let Some(list) = self.by_campaign.get_mut(campaign) {
                list.push(number);
            }
            if let Some(figures) = self.figures.get_mut(campaign) {
                figures.issued += 1;
                figures.miles += granted.miles;
            }
            let month = (days::month_of(now), granted.campaign);
            self.bills.entry(month).or_default().0 += granted.miles;
        }
        if deposit_at <= now {
            self.deposit(number, now);
        } else {
            self.due.entry(deposit_at).or_default().push(number);
            if !test {
                let pending = self.pending.entry(granted.person).or_default();
                *pending.entry((deposit_at, granted.campaign)).or_default() += granted.miles;
            }
        }
        number
    }

    /// Takes held miles out of 振込予定.
    pub(crate) fn no_longer_pending(&mut self, issuance: &Issuance) {
        let Some(pending) = self.pending.get_mut(&issuance.person) else {
            return;
        };
        let key = (issuance.deposit_at, issuance.campaign);
        if let Some(miles) = pending.get_mut(&key) {
            *miles = miles.saturating_sub(u64::from(issuance.miles));
            if *miles == 0 {
                pending.remove(&key);
            }
        }
        if pending.is_empty() {
            self.pending.remove(&issuance.person);
        }
    }

    /// Deposits held miles.
    pub(crate) fn deposit(&mut self, number: u32, at: i64) {
        let Some(issuance) = self.issuance_mut(number) else {
            return;
        };
        if issuance.state != IssueState::Held {
            return;
        }
        issuance.state = IssueState::Valid;
        let issuance = issuance.clone();
        if issuance.person == PersonId::TEST {
            return;
        }
        self.no_longer_pending(&issuance);
        self.deposited += 1;
        self.post(number, &issuance, i64::from(issuance.miles), "issue", at);
        if issuance.mail {
            let mail = super::record::SentMail::Deposited {
                at,
                issuance: number,
            };
            self.mails.push(mail);
        }
    }

    pub(crate) fn post(
        &mut self,
        number: u32,
        issuance: &Issuance,
        miles: i64,
        kind: &'static str,
        at: i64,
    ) {
        self.postings.push(Posting {
            at,
            login: self.terms.people.login(issuance.person).into_owned(),
            miles,
            kind,
            campaign_id: self.terms.campaign_id(issuance.campaign).to_owned(),
            issuance_id: id(ISSUANCE, number),
        });
    }

    /// A registration that is finished as soon as it is made.
    pub(crate) fn register(&mut self, registration: Registration) -> u32 {
        let number = next_number(&self.registrations);
        self.registrations.push(registration);
        number
    }

    /// One issue.
    ///
    /// # Errors
    /// [`Refusal`]; a code is final for the `tran_id`.
    pub fn issue_manual(
        &mut self,
        site_id: &str,
        request: &IssueRequest,
        now: i64,
    ) -> Result<Issued, Refusal> {
        let site = self.own_site(site_id)?;
        check_tran_id(&request.tran_id)?;
        let digest = digest(request);
        let tran_id = request.tran_id.as_str();
        match self.before(site, Call::Issue, tran_id, &digest)? {
            Some(Became::Issued(number)) => return self.issued(tran_id, number, true),
            Some(Became::Refused(code)) => return Err(Refusal::Code(code)),
            _ => {}
        }
        let campaign = self.own_campaign(site, &request.campaign_id)?;
        let method = request.user.method();
        self.check_settings(campaign, method, &request.settings)?;
        let wanted = Wanted {
            site,
            campaign,
            method,
            user: request.user.value(),
            key: &request.designated_key,
            miles: request.miles,
        };
        let manner = Manner {
            registration: next_number(&self.registrations),
            deposit: request.settings.deposit,
            mail: request.settings.deposit_mail,
        };
        let once = (Call::Issue, tran_id, digest);
        let (number, miles) = self.give_once(once, wanted, manner, now)?;
        self.register(Registration {
            site,
            campaign,
            kind: Kind::ByHand,
            single: true,
            method,
            file: None,
            accepted_at: now,
            ready_at: now,
            finished_at: Some(now),
            settings: Arc::new(request.settings.clone()),
            rows: None,
            records: 1,
            codes: vec![None],
            errors: 0,
            miles_issued: miles,
            miles_refused: 0,
            first_issuance: number,
            deleted: false,
        });
        self.issued(tran_id, number, true)
    }

    /// An issue as its answer shows it; `first` as it was when it was made.
    fn issued(&self, tran_id: &str, number: u32, first: bool) -> Result<Issued, Refusal> {
        let issuance = self.issuance(number).ok_or(Refusal::NotFound)?;
        let state = match (first, issuance.deposit_at <= issuance.issued_at) {
            (true, true) => IssueState::Valid,
            (true, false) => IssueState::Held,
            (false, _) => issuance.state,
        };
        let registration_id = match issuance.registration {
            NO_REGISTRATION => String::new(),
            number => id(REGISTRATION, number),
        };
        Ok(Issued {
            tran_id: tran_id.to_owned(),
            issuance_id: id(ISSUANCE, number),
            registration_id,
            miles: u64::from(issuance.miles),
            issued_at: clock::rfc3339(issuance.issued_at),
            deposit_on: days::text(days::of(issuance.deposit_at)),
            state,
        })
    }

    /// What became of the `tran_id` of one issue.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such site.
    pub fn find_issue(&self, site_id: &str, tran_id: &str) -> Result<FoundIssue, Refusal> {
        let site = self.own_site(site_id)?;
        let mut found = FoundIssue {
            tran_id: tran_id.to_owned(),
            found: true,
            issuance: None,
            refused: None,
        };
        match self.tran(site, Call::Issue, tran_id) {
            Some(Became::Issued(number)) => {
                found.issuance = Some(self.issued(tran_id, number, false)?);
            }
            Some(Became::Refused(code)) => found.refused = Some(code.into()),
            _ => found.found = false,
        }
        Ok(found)
    }

    /// Up to ten rows by hand.
    ///
    /// # Errors
    /// [`Refusal`] when the request itself breaks a rule; a refused row has its code in the answer.
    pub fn issue_by_hand(
        &mut self,
        site_id: &str,
        request: &ByHandRequest,
        now: i64,
    ) -> Result<ByHandDone, Refusal> {
        let site = self.own_site(site_id)?;
        check_tran_id(&request.tran_id)?;
        let digest = digest(request);
        let tran_id = request.tran_id.as_str();
        if let Some(Became::Registered(number)) =
            self.before(site, Call::ByHand, tran_id, &digest)?
        {
            return self.by_hand_done(number);
        }
        let campaign = self.own_campaign(site, &request.campaign_id)?;
        if !(1..=MOST_BY_HAND).contains(&request.rows.len()) {
            return Err(Refusal::bad("rows", "1 to 10"));
        }
        self.check_settings(campaign, Method::Mail, &request.settings)?;
        let number = next_number(&self.registrations);
        let mut rows = super::csv::Rows::default();
        let mut codes = Vec::new();
        let (mut miles_issued, mut miles_refused) = (0, 0);
        let first_issuance = next_number(&self.issuances);
        for row in &request.rows {
            rows.push_field(&row.mail);
            rows.push_field(&row.designated_key);
            let wanted = Wanted {
                site,
                campaign,
                method: Method::Mail,
                user: &row.mail,
                key: &row.designated_key,
                miles: row.miles,
            };
            let said = row.miles.unwrap_or(0);
            let manner = Manner {
                registration: number,
                deposit: request.settings.deposit,
                mail: row.deposit_mail.unwrap_or(request.settings.deposit_mail),
            };
            match self.give(wanted, manner, now) {
                Ok((_, miles)) => {
                    rows.push_field(&miles.to_string());
                    miles_issued += miles;
                    codes.push(None);
                }
                Err(code) => {
                    rows.push_field(&row.miles.map_or_else(String::new, |m| m.to_string()));
                    miles_refused += said.min(MOST_MILES);
                    codes.push(Some(code));
                }
            }
        }
        let refused = codes.iter().filter(|code| code.is_some()).count();
        self.register(Registration {
            site,
            campaign,
            kind: Kind::ByHand,
            single: false,
            method: Method::Mail,
            file: None,
            accepted_at: now,
            ready_at: now,
            finished_at: Some(now),
            settings: Arc::new(request.settings.clone()),
            records: u32::try_from(codes.len()).unwrap_or(u32::MAX),
            errors: u32::try_from(refused).unwrap_or(u32::MAX),
            rows: Some(rows),
            codes,
            miles_issued,
            miles_refused,
            first_issuance,
            deleted: false,
        });
        let became = Became::Registered(number);
        self.remember(site, Call::ByHand, tran_id, digest, became);
        self.by_hand_done(number)
    }

    fn by_hand_done(&self, number: u32) -> Result<ByHandDone, Refusal> {
        let registration = self.registration(number).ok_or(Refusal::NotFound)?;
        let mut next = registration.first_issuance;
        let mut rows = Vec::new();
        for (code, row) in registration.codes.iter().zip(1_u32..) {
            let mut result = HandResult {
                row,
                issuance_id: None,
                code: code.map(|code| code.number().to_owned()),
            };
            if code.is_none() {
                result.issuance_id = Some(id(ISSUANCE, next));
                next += 1;
            }
            rows.push(result);
        }
        Ok(ByHandDone {
            registration_id: id(REGISTRATION, number),
            rows,
        })
    }
}

/// A limit of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Per member and day.
    Day,
    /// Per member.
    Campaign,
}
