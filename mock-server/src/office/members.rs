//! Members, passbooks, campaigns and sample mails, as a site may see them.

use super::{
    days,
    record::Balances,
    refusal::Refusal,
    state::Office,
    terms::MemberStatus,
    user::{Method, PersonId, User},
    views::{CampaignView, MailText, MemberInfo, PassbookView, PendingMiles, Verified},
};

/// Which sample mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// マイル振込完了メール.
    Deposit,
    /// 会員登録メール.
    MemberRegistration,
}

impl Office {
    /// Authenticates a member for a site, by mail or user id. From then on the site may use the
    /// user id.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such site or the mail has the wrong form.
    pub fn verify(&mut self, site_id: &str, user: &User) -> Result<Verified, Refusal> {
        let site = self.own_site(site_id)?;
        let method = user.method();
        if method == Method::MobileMail {
            return Err(Refusal::bad("mobile_mail", "mail or user_id"));
        }
        let people = &self.terms.people;
        if !people.is_well_formed(method, user.value()) {
            return Err(Refusal::Code(super::Code::M19013));
        }
        let Some(person) = people.find(method, user.value()) else {
            return Ok(Verified {
                exists: false,
                active: false,
                user_id: None,
            });
        };
        let verified = Verified {
            exists: true,
            active: people.status(person) == MemberStatus::Full,
            user_id: Some(people.user_id(person).into_owned()),
        };
        if self.authenticated.insert((site, person)) {
            self.changed = true;
        }
        Ok(verified)
    }

    fn known_member(&self, site_id: &str, user_id: &str) -> Result<PersonId, Refusal> {
        let site = self.own_site(site_id)?;
        let person = self.terms.people.find(Method::UserId, user_id);
        // Whoever did not authenticate a member does not learn whether there is one.
        person
            .filter(|p| self.authenticated.contains(&(site, *p)))
            .ok_or(Refusal::NotAuthenticated)
    }

    /// Information on a member that this site has authenticated.
    ///
    /// # Errors
    /// [`Refusal`] before that.
    pub fn member(&self, site_id: &str, user_id: &str) -> Result<MemberInfo, Refusal> {
        let person = self.known_member(site_id, user_id)?;
        let people = &self.terms.people;
        Ok(MemberInfo {
            user_id: people.user_id(person).into_owned(),
            status: people.status(person),
            registered_on: people.registered_on(person).to_owned(),
        })
    }

    /// The name of the balance behind a user id.
    #[must_use]
    pub fn login_of(&self, user_id: &str) -> Option<String> {
        let person = self.terms.people.find(Method::UserId, user_id)?;
        Some(self.terms.people.login(person).into_owned())
    }

    /// The passbook of a member that this site has authenticated.
    ///
    /// # Errors
    /// [`Refusal`] before that.
    pub fn passbook(
        &self,
        site_id: &str,
        user_id: &str,
        balances: &dyn Balances,
    ) -> Result<PassbookView, Refusal> {
        let person = self.known_member(site_id, user_id)?;
        let pending: Vec<PendingMiles> = self.pending_of(person);
        Ok(PassbookView {
            balance: balances.balance(&self.terms.people.login(person)),
            pending_total: pending.iter().map(|p| p.miles).sum(),
            pending,
        })
    }

    /// 振込予定 of a member, by login: what its own page shows.
    #[must_use]
    pub fn pending_of_login(&self, login: &str) -> Vec<PendingMiles> {
        let person = self.terms.people.by_login(login);
        person.map_or_else(Vec::new, |person| self.pending_of(person))
    }

    fn pending_of(&self, person: PersonId) -> Vec<PendingMiles> {
        let pending = self.pending.get(&person);
        let rows = pending.into_iter().flatten();
        rows.map(|((at, campaign), miles)| PendingMiles {
            miles: *miles,
            deposit_on: days::text(days::of(*at)),
            campaign_id: self.terms.campaign_id(*campaign).to_owned(),
        })
        .collect()
    }

    /// A campaign of the site.
    ///
    /// # Errors
    /// [`Refusal`] when there is none, or it is another site's.
    pub fn campaign(&self, site_id: &str, campaign_id: &str) -> Result<CampaignView, Refusal> {
        let site = self.own_site(site_id)?;
        let number = self.own_campaign(site, campaign_id)?;
        let campaign = self.terms.campaign(number).ok_or(Refusal::NotFound)?;
        let terms = &campaign.terms;
        Ok(CampaignView {
            campaign_id: terms.campaign_id.clone(),
            name: terms.name_ja.clone(),
            state: terms.state,
            rule: terms.rule,
            issue_from: terms.issue_from.clone(),
            issue_until: terms.issue_until.clone(),
            per_member: terms.per_member,
            per_member_day: terms.per_member_day,
            usable: terms.usable.clone(),
        })
    }

    /// The mail that a user would get.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such campaign or the text is too long.
    pub fn sample(
        &self,
        site_id: &str,
        campaign_id: &str,
        sample: Sample,
        inserted_text: &str,
    ) -> Result<MailText, Refusal> {
        let site = self.own_site(site_id)?;
        let number = self.own_campaign(site, campaign_id)?;
        if inserted_text.chars().count() > 500 {
            return Err(Refusal::bad("inserted_text", "up to 500 characters"));
        }
        Ok(match sample {
            Sample::Deposit => self.deposit_mail(number, None, inserted_text),
            Sample::MemberRegistration => self.registration_mail(number, inserted_text),
        })
    }

    /// The mail about a deposit; without miles, as the campaign would give them.
    pub(crate) fn deposit_mail(
        &self,
        campaign: u16,
        miles: Option<u64>,
        inserted_text: &str,
    ) -> MailText {
        use super::terms::MileRule;
        let (site, name, rule) = self.names(campaign);
        let miles = match (miles, rule) {
            (Some(miles), _) | (None, Some(MileRule::Fixed { miles })) => grouped(miles),
            (None, Some(MileRule::Variable { min, max })) => {
                format!("{}～{}", grouped(min), grouped(max))
            }
            (None, None) => String::new(),
        };
        let mut body = format!(
            "{site}からのマイルを通帳に振り込みました。\n\nキャンペーン: {name}\nマイル数: {miles}mile\n"
        );
        if !inserted_text.is_empty() {
            body.push_str(&format!("\n{site}からのメッセージ:\n{inserted_text}\n"));
        }
        MailText {
            subject: format!("マイル振込完了のお知らせ({site})"),
            body,
        }
    }

    fn registration_mail(&self, campaign: u16, inserted_text: &str) -> MailText {
        let (site, name, _) = self.names(campaign);
        let mut body = format!(
            "{site}のお申し込みにより、会員の仮登録を受け付けました。\n\nキャンペーン: {name}\n\
             登録を完了すると、マイルを受け取れます。\n"
        );
        if !inserted_text.is_empty() {
            body.push_str(&format!("\n{site}からのメッセージ:\n{inserted_text}\n"));
        }
        MailText {
            subject: format!("会員登録のご案内({site})"),
            body,
        }
    }

    fn names(&self, campaign: u16) -> (&str, &str, Option<super::terms::MileRule>) {
        let campaign = self.terms.campaign(campaign);
        let site = campaign.and_then(|c| self.terms.site(c.site));
        (
            site.map_or("", |s| s.name_ja.as_str()),
            campaign.map_or("", |c| c.terms.name_ja.as_str()),
            campaign.map(|c| c.terms.rule),
        )
    }
}

/// Digits with a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
