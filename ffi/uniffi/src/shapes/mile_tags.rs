//! Mile-get tags, and what miles a campaign issues.

use netmile::Result;
use netmile::miles::tag::{MileTag, TagOrigin};
use netmile::miles::{DesignatedKey, IssueRule};
use netmile::time::Timestamp;

use super::shapes;
use crate::convert::{invalid, miles as checked, millis, signed};

shapes! {
    /// What miles a campaign issues: `fixed`, or `min` and `max`.
    MileRule shows [fixed, min, max] {
        /// Every issue has so many.
        #[serde(default)]
        fixed: Option<i64>,
        /// At least so many.
        #[serde(default)]
        min: Option<i64>,
        /// At most so many.
        #[serde(default)]
        max: Option<i64>,
    }

    /// A mile-get tag to make. With `tran_id` and `expires_at_ms` it is signed by the client's site, which must be the
    /// one it is for.
    TagRequest shows [site_id, campaign_id, rule, miles, tran_id, expires_at_ms] {
        /// Site (加盟サイトID).
        site_id: String,
        /// Campaign.
        campaign_id: String,
        /// What the campaign issues.
        rule: MileRule,
        /// Miles; for a variable campaign only.
        #[serde(default)]
        miles: Option<i64>,
        /// The shop's key of what is rewarded (指定キー). May be personal.
        #[serde(default)]
        designated_key: Option<String>,
        /// The shop's own id, of a signed tag.
        #[serde(default)]
        tran_id: Option<String>,
        /// Until when a signed tag can be used.
        #[serde(default)]
        expires_at_ms: Option<i64>,
        /// Where it leads, such as `https://mile.example`; NetMile's own page when not given.
        #[serde(default)]
        origin: Option<String>,
    }

    /// A mile-get tag.
    TagText shows [signed] {
        /// Whether it is signed.
        signed: bool,
        /// The link. Holds the designated key.
        url: String,
        /// The link as HTML.
        html: String,
    }

    /// A tag or link to check.
    TagCheck shows [signed, at_ms] {
        /// Link or HTML. Holds the designated key.
        tag: String,
        /// Whether it must be signed by the client's site.
        #[serde(default)]
        signed: bool,
        /// Now, for tests; the machine's clock when not given.
        #[serde(default)]
        at_ms: Option<i64>,
    }

    /// What a tag says.
    TagContents shows [site_id, campaign_id, miles, signed, tran_id, expires_at_ms] {
        /// Site.
        site_id: String,
        /// Campaign.
        campaign_id: String,
        /// The key. May be personal.
        designated_key: Option<String>,
        /// Miles.
        miles: Option<i64>,
        /// Whether it is signed. A published tag proves nothing.
        signed: bool,
        /// The shop's own id.
        tran_id: Option<String>,
        /// Until when it can be used.
        expires_at_ms: Option<i64>,
    }
}

impl MileRule {
    pub(crate) fn to_core(&self) -> Result<IssueRule> {
        match (self.fixed, self.min, self.max) {
            (Some(fixed), None, None) => Ok(IssueRule::Fixed {
                miles: checked("fixed", fixed)?,
            }),
            (None, Some(min), Some(max)) => Ok(IssueRule::Variable {
                min: checked("min", min)?,
                max: checked("max", max)?,
            }),
            _ => Err(invalid("rule", "must be fixed, or min and max")),
        }
    }
}

impl TagRequest {
    pub(crate) fn tag(&self) -> Result<MileTag> {
        let miles = self.miles.map(|m| checked("miles", m)).transpose()?;
        let tag = MileTag::new(
            &self.site_id,
            &self.campaign_id,
            self.rule.to_core()?,
            miles,
        )?;
        match &self.designated_key {
            None => Ok(tag),
            Some(key) => Ok(tag.with_key(DesignatedKey::new(key)?)),
        }
    }

    pub(crate) fn origin(&self) -> Result<TagOrigin> {
        match &self.origin {
            None => Ok(TagOrigin::netmile()),
            Some(origin) => TagOrigin::new(origin),
        }
    }
}

impl TagContents {
    pub(crate) fn new(tag: &MileTag, signed_as: Option<(&str, Timestamp)>) -> Self {
        Self {
            site_id: tag.site_id().to_owned(),
            campaign_id: tag.campaign_id().to_owned(),
            designated_key: tag.key().map(|key| key.as_str().to_owned()),
            miles: tag.miles().map(|miles| signed(miles.get())),
            signed: signed_as.is_some(),
            tran_id: signed_as.map(|(tran_id, _)| tran_id.to_owned()),
            expires_at_ms: signed_as.map(|(_, at)| millis(at)),
        }
    }
}
