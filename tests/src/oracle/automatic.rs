//! Automatic issues (自動発行): the published tag and the signed link.

use serde_json::json;

use super::{
    actions::{Action, Deposit},
    days::Day,
    manual::{is_key, miles_in},
    model::{Expected, Oracle, Who, api},
    tables::{Campaign, Code, Method, Rule, State, Status, automatic},
};

/// What a tag or a link asks for.
struct Click<'a> {
    site: &'a str,
    campaign: &'a str,
    honest: bool,
    key: &'a str,
    mile: &'a str,
    mail: &'a str,
}

impl Oracle {
    pub(super) fn automatic(&mut self, action: &Action) -> Expected {
        let click = match action {
            Action::Published {
                site,
                campaign,
                check,
                key,
                mile,
                mail,
            } => Click {
                site,
                campaign,
                honest: *check == super::random::tag_check(site, campaign),
                key,
                mile,
                mail,
            },
            Action::Signed {
                site,
                campaign,
                key,
                mile,
                expires,
                honest,
                mail,
                ..
            } => Click {
                site,
                campaign,
                honest: *honest && self.now <= *expires,
                key,
                mile,
                mail,
            },
            _ => return Err(api("bad_request")),
        };
        let tran = match action {
            Action::Signed { site, tran, .. } => Some((site.clone(), tran.clone())),
            _ => None,
        };
        let (campaign, miles) = self.click_rules(&click)?;
        let found = self
            .find(Method::Mail, click.mail)
            .or_else(|| self.find(Method::Mobile, click.mail))
            .ok_or(automatic("11022"))?;
        if let Some(code) = self.over(&campaign, found, self.now) {
            return Err(automatic(code));
        }
        // Anything else: somebody who is shut out, a link that earned before, an exception.
        let barred = matches!(found, Who::Member(nth)
            if self.world.members.get(nth).map(|m| m.status) == Some(Status::Barred));
        let used = tran.as_ref().is_some_and(|tran| self.earned.contains(tran));
        if barred || used || self.broken {
            self.broken = false;
            return Err(automatic("20012"));
        }
        self.earned.extend(tran);
        self.put(
            &campaign,
            found,
            click.key,
            miles,
            Deposit::Campaign,
            self.now,
        );
        Ok(json!({ "miles": miles }))
    }

    /// The table of automatic issues as far as the tag itself goes, in the documented order; the first
    /// failure wins.
    fn click_rules(&self, click: &Click<'_>) -> Result<(Campaign, u64), Code> {
        if !self.world.sites.iter().any(|s| s.id == click.site) {
            return Err(automatic("13011"));
        }
        if !click.honest {
            return Err(automatic("13005"));
        }
        let campaign = self.campaign(click.campaign).ok_or(automatic("11008"))?;
        if campaign.site != click.site {
            return Err(automatic("12005"));
        }
        match campaign.state {
            State::Ended | State::Suspended => return Err(automatic("13006")),
            State::Unapproved => return Err(automatic("12004")),
            State::Running => {}
        }
        let today = Day::at(self.now);
        if today < campaign.period.0 || today > campaign.period.1 {
            return Err(automatic("44040"));
        }
        if !is_key(click.key) {
            return Err(automatic("11007"));
        }
        let miles = match campaign.rule {
            Rule::Fixed(fixed) if click.mile.is_empty() => fixed,
            Rule::Fixed(fixed) => match miles_in(click.mile) {
                Some(miles) if miles == fixed => fixed,
                _ => return Err(automatic("12006")),
            },
            Rule::Variable(min, max) => match miles_in(click.mile) {
                Some(miles) if miles >= min && miles <= max => miles,
                _ => return Err(automatic("12006")),
            },
        };
        Ok((campaign, miles))
    }
}
