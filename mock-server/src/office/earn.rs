//! Automatic issues: the published mile-get tag and the signed link.
//!
//! The tag's third parameter is an MD5 of two ids that everybody can see. Neither key nor amount
//! are covered by it, and the office can not tell: that is how the original is.
//! Source: docs/reference-api.md#the-mile-get-tag.

use md5::Md5;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::{
    code::Code,
    days,
    gate::{hex, is_hmac, sorted},
    issue::{Granted, Limit, is_key, read_miles},
    record::{Became, Call, NO_REGISTRATION},
    request::Deposit,
    state::{Office, check_tran_id},
    terms::{CampaignState, MemberStatus, MileRule},
    user::Method,
};

/// What a banner was clicked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// The published tag, `/ctrl/user/uMilePublishInput.do`.
    Published {
        /// 加盟サイトID.
        param1: String,
        /// キャンペーンID.
        param2: String,
        /// MD5 of both.
        param3: String,
        /// 指定キー, may be empty.
        earnsite_key: String,
        /// Miles of a variable campaign.
        mile: String,
        /// Usually empty; one that is not earns once.
        tran_id: String,
    },
    /// The signed link, `/v1/earn`, by its query as it was sent.
    Signed {
        /// The query.
        query: String,
    },
}

/// What a click asks for, once the parameters are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// Site.
    pub site_id: String,
    /// Campaign.
    pub campaign_id: String,
    /// Miles, when the campaign and the parameters agree on them.
    pub miles: u64,
    pub(crate) site: u16,
    pub(crate) campaign: u16,
    key: String,
    tran_id: String,
}

/// What an automatic issue gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earned {
    /// Miles.
    pub miles: u64,
    /// The `tran_id` had earned before: nothing was issued now.
    pub again: bool,
}

struct Parts {
    site_id: String,
    campaign_id: String,
    key: String,
    mile: String,
    tran_id: String,
    genuine: bool,
}

/// The third parameter of the published tag.
#[must_use]
pub fn param3(site_id: &str, campaign_id: &str) -> String {
    hex(&Md5::digest(format!("{site_id}:{campaign_id}")))
}

impl Office {
    fn parts(&self, tag: &Tag, now: i64) -> Result<Parts, Code> {
        match tag {
            Tag::Published {
                param1,
                param2,
                param3: sent,
                earnsite_key,
                mile,
                tran_id,
            } => Ok(Parts {
                genuine: *sent == param3(param1, param2)
                    && (tran_id.is_empty() || check_tran_id(tran_id).is_ok()),
                site_id: param1.clone(),
                campaign_id: param2.clone(),
                key: earnsite_key.clone(),
                mile: mile.clone(),
                tran_id: tran_id.clone(),
            }),
            Tag::Signed { query } => self.signed_parts(query, now),
        }
    }

    fn signed_parts(&self, query: &str, now: i64) -> Result<Parts, Code> {
        const NAMES: [&str; 8] = [
            "site",
            "campaign",
            "earnsite_key",
            "mile",
            "tran_id",
            "exp",
            "kid",
            "sig",
        ];
        let mut values: [Option<String>; 8] = Default::default();
        let mut strange = false;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let place = NAMES.iter().position(|n| *n == name);
            let slot = place.and_then(|place| values.get_mut(place));
            match (slot, super::read::decoded(value)) {
                (Some(slot @ None), Some(value)) => *slot = Some(value),
                _ => strange = true,
            }
        }
        let [site, campaign, key, mile, tran_id, exp, kid, sig] =
            values.map(Option::unwrap_or_default);
        // The site is looked at first, whatever else is wrong.
        let number = self.terms.site_number(&site).ok_or(Code::A13011)?;
        let unsigned: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.starts_with("sig="))
            .collect();
        let text = format!("earn-v1\n{}", sorted(&unsigned.join("&")));
        let keys = self.terms.site(number).map_or(&[][..], |s| &s.keys);
        let genuine = keys
            .iter()
            .find(|k| k.id == kid)
            .is_some_and(|k| is_hmac(k.secret.as_bytes(), text.as_bytes(), &sig));
        let digits = (1..=12).contains(&exp.len()) && exp.bytes().all(|b| b.is_ascii_digit());
        let lives = digits && exp.parse::<i64>().is_ok_and(|exp| now <= exp);
        Ok(Parts {
            genuine: genuine && lives && !strange && check_tran_id(&tran_id).is_ok(),
            site_id: site,
            campaign_id: campaign,
            key,
            mile,
            tran_id,
        })
    }

    /// Reads what a banner was clicked with: the checks of the automatic table that do not need
    /// the member.
    ///
    /// # Errors
    /// The first code of the automatic table that applies.
    pub fn click(&self, tag: &Tag, now: i64) -> Result<Click, Code> {
        let parts = self.parts(tag, now)?;
        let site = self.terms.site_number(&parts.site_id).ok_or(Code::A13011)?;
        if !parts.genuine {
            return Err(Code::A13005);
        }
        let number = self.terms.campaign_number(&parts.campaign_id);
        let number = number.ok_or(Code::A11008)?;
        let campaign = self.terms.campaign(number).ok_or(Code::A11008)?;
        if campaign.site != site {
            return Err(Code::A12005);
        }
        match campaign.terms.state {
            CampaignState::Running => {}
            CampaignState::Ended | CampaignState::Suspended => return Err(Code::A13006),
            CampaignState::Unapproved => return Err(Code::A12004),
        }
        if !(campaign.from..=campaign.until).contains(&days::of(now)) {
            return Err(Code::A44040);
        }
        if !parts.key.is_empty() && !is_key(&parts.key) {
            return Err(Code::A11007);
        }
        let miles = match (parts.mile.as_str(), campaign.terms.rule) {
            ("", MileRule::Fixed { miles }) => Some(miles),
            (text, rule) => read_miles(text).filter(|miles| rule.allows(*miles)),
        };
        Ok(Click {
            miles: miles.ok_or(Code::A12006)?,
            site,
            campaign: number,
            site_id: parts.site_id,
            campaign_id: parts.campaign_id,
            key: parts.key,
            tran_id: parts.tran_id,
        })
    }

    /// Issues miles to whoever has the mail address, the automatic table's way. A `tran_id` that is
    /// not empty earns once; a refusal does not use it up. `broken` makes the issue fail with
    /// `20012`.
    ///
    /// # Errors
    /// The first code of the automatic table that applies.
    pub fn issue_automatic(
        &mut self,
        tag: &Tag,
        mail: &str,
        broken: bool,
        now: i64,
    ) -> Result<Earned, Code> {
        let click = self.click(tag, now)?;
        let people = &self.terms.people;
        let found = people.find(Method::Mail, mail);
        let person = found
            .filter(|person| people.status(*person) != MemberStatus::Barred)
            .ok_or(Code::A11022)?;
        let before = self.tran(click.site, Call::Earn, &click.tran_id);
        if let (false, Some(Became::Issued(number))) = (click.tran_id.is_empty(), before) {
            let miles = self.issuance(number).map_or(0, |i| u64::from(i.miles));
            return Ok(Earned { miles, again: true });
        }
        let limit = self
            .terms
            .campaign(click.campaign)
            .and_then(|c| self.over_limit(click.campaign, c, person, days::of(now)));
        match limit {
            Some(Limit::Day) => return Err(Code::A44039),
            Some(Limit::Campaign) => return Err(Code::A44038),
            None if broken => return Err(Code::A20012),
            None => {}
        }
        let granted = Granted {
            registration: NO_REGISTRATION,
            campaign: click.campaign,
            person,
            miles: click.miles,
            key: &click.key,
            deposit: Deposit::Campaign,
            mail: false,
        };
        let number = self.grant(granted, now);
        if !click.tran_id.is_empty() {
            let became = Became::Issued(number);
            self.remember(click.site, Call::Earn, &click.tran_id, [0; 32], became);
        }
        Ok(Earned {
            miles: click.miles,
            again: false,
        })
    }

    /// Names of the site and campaign of a click, in Japanese and English.
    #[must_use]
    pub fn names_of(&self, click: &Click) -> [(String, String); 2] {
        let site = self.terms.site(click.site);
        let campaign = self.terms.campaign(click.campaign).map(|c| &c.terms);
        let site = site.map(|s| (s.name_ja.clone(), s.name_en.clone()));
        let campaign = campaign.map(|c| (c.name_ja.clone(), c.name_en.clone()));
        [site.unwrap_or_default(), campaign.unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_printed_example_recomputes() {
        let printed = "82fcba5e430abc31e186339d188416f5";
        assert_eq!(super::param3("8763", "46255"), printed);
    }
}
