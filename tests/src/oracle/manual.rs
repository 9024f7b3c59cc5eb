//! Manual issues (手動発行): one, by hand, exchanged points; members.

use serde_json::json;

use super::{
    actions::{Action, Deposit, Mailing},
    days::rfc3339,
    model::{Expected, Oracle, Registration, Who, api},
    tables::{Campaign, Code, Method, Rule, State, Status, Usable, manual},
};

/// An address in its plainest form; what is odd but allowed is not asked for here.
fn is_mail(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    let [local, domain] = parts.as_slice() else {
        return false;
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let label =
        |l: &&str| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let last = labels.last().copied().unwrap_or_default();
    !local.is_empty()
        && local
            .chars()
            .all(|c| c.is_ascii_graphic() && !"\"(),:;<>[]\\".contains(c))
        && labels.len() >= 2
        && last.len() >= 2
        && last.chars().any(|c| c.is_ascii_alphabetic())
        && labels.iter().all(label)
}

/// 指定キー: half-width letters and digits, up to 255.
pub(super) fn is_key(text: &str) -> bool {
    text.len() <= 255 && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Miles as they stand in a file: digits alone.
pub(super) fn miles_in(cell: &str) -> Option<u64> {
    let digits = !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit());
    if digits { cell.parse().ok() } else { None }
}

impl Oracle {
    /// The table of manual issues, in the documented order; the first failure wins.
    pub(super) fn manual_rules(
        &self,
        campaign: &Campaign,
        (by, who): (Method, &str),
        key: &str,
        miles: Option<u64>,
        at: i64,
    ) -> Result<(Who, u64), Code> {
        let carrier = self
            .world
            .carriers
            .iter()
            .any(|c| who.ends_with(&format!("@{c}")));
        let formed = match by {
            Method::Mail => is_mail(who) && !carrier,
            Method::Mobile => is_mail(who) && carrier,
            Method::UserId => true,
        };
        if !formed {
            return Err(manual("19013"));
        }
        if key.is_empty() || !is_key(key) {
            return Err(manual("19014"));
        }
        let miles = match (miles, campaign.rule) {
            (None, Rule::Fixed(fixed)) => fixed,
            (None, Rule::Variable(..)) | (Some(0), _) => return Err(manual("19015")),
            (Some(miles), _) => miles,
        };
        if campaign.state != State::Running {
            return Err(manual("42030"));
        }
        let day = super::days::Day::at(at);
        if day < campaign.period.0 || day > campaign.period.1 {
            return Err(manual("44019"));
        }
        let (least, most) = match campaign.rule {
            Rule::Fixed(fixed) => (fixed, fixed),
            Rule::Variable(min, max) => (min, max),
        };
        if miles < least || miles > most {
            return Err(manual("12006"));
        }
        let found = self.find(by, who).ok_or(manual("41053"))?;
        if let Who::Member(nth) = found {
            let status = self.world.members.get(nth).map(|m| m.status);
            let known = by != Method::UserId || self.verified.contains(&(campaign.site, nth));
            if status != Some(Status::Full) || !known {
                return Err(manual("41023"));
            }
        }
        match self.over(campaign, found, at) {
            Some(code) => Err(manual(code)),
            None => Ok((found, miles)),
        }
    }

    /// What is wrong with the settings themselves.
    pub(super) fn settings(campaign: &Campaign, by: Method, mailing: &Mailing) -> Result<(), Code> {
        let mobile = by == Method::Mobile && (mailing.mail || !mailing.text.is_empty());
        let dated =
            matches!(campaign.usable, Usable::On(_)) && mailing.deposit != Deposit::Campaign;
        if mobile || dated {
            Err(api("bad_request"))
        } else {
            Ok(())
        }
    }

    pub(super) fn issue(&mut self, action: &Action) -> Expected {
        let Action::Issue {
            site,
            tran,
            campaign,
            by,
            who,
            key,
            miles,
            mailing,
        } = action
        else {
            return Err(api("bad_request"));
        };
        let campaign = self.own_campaign(site, campaign)?;
        Self::settings(&campaign, *by, mailing)?;
        let (found, miles) = self.manual_rules(&campaign, (*by, who), key, *miles, self.now)?;
        let issue = self.put(&campaign, found, key, miles, mailing.deposit, self.now);
        let cells = [who.clone(), key.clone(), miles.to_string()];
        let registration = self.register(&campaign, *by, vec![cells], mailing, true);
        self.finish(registration, vec![Ok(issue)], self.now);
        Ok(self.issued(tran, issue, registration))
    }

    pub(super) fn by_hand(&mut self, action: &Action) -> Expected {
        let Action::ByHand {
            site,
            campaign,
            rows,
            mailing,
            ..
        } = action
        else {
            return Err(api("bad_request"));
        };
        let campaign = self.own_campaign(site, campaign)?;
        if rows.is_empty() || rows.len() > 10 {
            return Err(api("bad_request"));
        }
        Self::settings(&campaign, Method::Mail, mailing)?;
        let cells = rows
            .iter()
            .map(|r| [r.mail.clone(), r.key.clone(), r.miles.to_string()]);
        let registration = self.register(&campaign, Method::Mail, cells.collect(), mailing, false);
        let mut results = Vec::new();
        for row in rows {
            let named = (Method::Mail, row.mail.as_str());
            let fits = self.manual_rules(&campaign, named, &row.key, Some(row.miles), self.now);
            results.push(fits.map(|(found, miles)| {
                self.put(&campaign, found, &row.key, miles, mailing.deposit, self.now)
            }));
        }
        let told: Vec<_> = (1..)
            .zip(&results)
            .map(|(row, result)| match result {
                Ok(issue) => json!({ "row": row, "issuance_id": format!("#issue:{issue}") }),
                Err(code) => json!({ "row": row, "code": code.number }),
            })
            .collect();
        self.finish(registration, results, self.now);
        Ok(json!({ "registration_id": format!("#registration:{registration}"), "rows": told }))
    }

    pub(super) fn register(
        &mut self,
        campaign: &Campaign,
        by: Method,
        rows: Vec<[String; 3]>,
        mailing: &Mailing,
        single: bool,
    ) -> usize {
        self.registrations.push(Registration {
            site: campaign.site,
            campaign: campaign.id,
            kind: "by_hand",
            single,
            by,
            file: None,
            accepted: self.now,
            finished: None,
            rows,
            results: Vec::new(),
            mailing: mailing.clone(),
            deleted: false,
        });
        self.registrations.len() - 1
    }

    pub(super) fn finish(&mut self, nth: usize, results: Vec<Result<usize, Code>>, at: i64) {
        if let Some(registration) = self.registrations.get_mut(nth) {
            registration.finished = Some(at);
            registration.results = results;
        }
    }

    /// The campaign that a site exchanges points by.
    pub(super) fn exchange_campaign(&self, site: &str) -> Result<Campaign, Code> {
        let own = self.world.sites.iter().find(|s| s.id == site);
        let campaign = own.and_then(|s| s.exchange);
        let campaign = campaign.and_then(|id| self.campaign(id));
        campaign.ok_or(api("not_found"))
    }

    pub(super) fn exchange(&mut self, action: &Action) -> Expected {
        let Action::Exchange {
            site,
            tran,
            by,
            who,
            key,
            miles,
        } = action
        else {
            return Err(api("bad_request"));
        };
        let campaign = self.exchange_campaign(site)?;
        let (found, miles) =
            self.manual_rules(&campaign, (*by, who), key, Some(*miles), self.now)?;
        self.put(&campaign, found, key, miles, Deposit::Campaign, self.now);
        self.exchanges += 1;
        let user_id = match found {
            Who::Member(nth) => self.world.members.get(nth).map_or("", |m| m.user_id),
            Who::Test => "#any",
        };
        Ok(json!({
            "tran_id": tran,
            "exchange_id": format!("#exchange:{}", self.exchanges),
            "user_id": user_id,
            "miles": miles,
            "issued_at": rfc3339(self.now),
        }))
    }

    pub(super) fn verify(&mut self, site: &'static str, by: Method, who: &str) -> Expected {
        let Some(Who::Member(nth)) = self.find(by, who) else {
            return Ok(json!({ "exists": false, "active": false }));
        };
        if !self.verified.contains(&(site, nth)) {
            self.verified.push((site, nth));
        }
        let member = self.world.members.get(nth);
        Ok(json!({
            "exists": true,
            "active": member.map(|m| m.status) == Some(Status::Full),
            "user_id": member.map(|m| m.user_id),
        }))
    }

    pub(super) fn authenticated(&self, site: &'static str, user_id: &str) -> Result<usize, Code> {
        match self.find(Method::UserId, user_id) {
            Some(Who::Member(nth)) if self.verified.contains(&(site, nth)) => Ok(nth),
            _ => Err(api("not_authenticated")),
        }
    }

    pub(super) fn member(&self, site: &'static str, user_id: &str) -> Expected {
        let nth = self.authenticated(site, user_id)?;
        let member = self.world.members.get(nth);
        let status = match member.map(|m| m.status) {
            Some(Status::Provisional) => "provisional",
            Some(Status::Barred) => "barred",
            _ => "full",
        };
        Ok(json!({
            "user_id": user_id,
            "status": status,
            "registered_on": member.map(|m| m.since),
        }))
    }
}
