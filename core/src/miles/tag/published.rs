//! The tag that NetMile's guide prints.

use super::query::{Link, anchor, href, wrong};
use super::{TagOrigin, crypto};
use crate::error::{Error, ErrorKind, Result};
use crate::miles::{DesignatedKey, IssueRule};
use crate::money::Miles;

/// Path of the page behind the tag.
const PATH: &str = "/ctrl/user/uMilePublishInput.do";

/// Longest site or campaign id, in digits.
const MAX_ID: usize = 18;

/// The published mile-get tag. It protects neither key nor miles: see [the room](super).
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::{DesignatedKey, IssueRule};
/// use netmile::miles::tag::{MileTag, TagOrigin};
///
/// let rule = IssueRule::Fixed { miles: Miles::new(100) };
/// let tag = MileTag::new("8763", "46255", rule, None)?.with_key(DesignatedKey::new("C0001")?);
/// let url = tag.url(&TagOrigin::netmile());
/// assert_eq!(
///     url,
///     "https://mile.netmile.co.jp/ctrl/user/uMilePublishInput.do?param1=8763&param2=46255\
///      &param3=82fcba5e430abc31e186339d188416f5&earnsite_key=C0001&mile=&tran_id="
/// );
/// assert_eq!(MileTag::parse(&url)?, tag);
/// // What a visitor makes of it passes as well: the check value covers the two ids only.
/// assert!(MileTag::parse(&url.replace("C0001", "SOMEBODYELSE")).is_ok());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MileTag {
    site_id: Box<str>,
    campaign_id: Box<str>,
    key: Option<DesignatedKey>,
    miles: Option<Miles>,
}

impl MileTag {
    /// A tag of a site (加盟サイト ID) and its campaign. `miles` is given for a variable campaign only.
    ///
    /// # Errors
    /// `invalid_value` on `site_id`, `campaign_id` (not 1 to 18 digits) or `miles` (against the rule, or given for a
    /// fixed campaign); `missing_field` on `miles` for a variable one.
    pub fn new(
        site_id: &str,
        campaign_id: &str,
        rule: IssueRule,
        miles: Option<Miles>,
    ) -> Result<Self> {
        let tag = Self {
            site_id: id("site_id", site_id)?,
            campaign_id: id("campaign_id", campaign_id)?,
            key: None,
            miles,
        };
        tag.check(rule)?;
        Ok(tag)
    }

    /// Names the customer or the order. Without it the key column of the history stays empty.
    #[must_use]
    pub fn with_key(mut self, key: DesignatedKey) -> Self {
        self.key = Some(key);
        self
    }

    /// 加盟サイト ID.
    #[must_use]
    pub fn site_id(&self) -> &str {
        &self.site_id
    }

    /// キャンペーン ID.
    #[must_use]
    pub fn campaign_id(&self) -> &str {
        &self.campaign_id
    }

    /// 指定キー.
    #[must_use]
    pub fn key(&self) -> Option<&DesignatedKey> {
        self.key.as_ref()
    }

    /// The miles, of a variable campaign.
    #[must_use]
    pub fn miles(&self) -> Option<Miles> {
        self.miles
    }

    /// The link, its fields in the order of the guide. `tran_id` stays empty, as in every printed tag.
    #[must_use]
    pub fn url(&self, origin: &TagOrigin) -> String {
        format!(
            "{}{PATH}?param1={}&param2={}&param3={}&earnsite_key={}&mile={}&tran_id=",
            origin.as_str(),
            self.site_id,
            self.campaign_id,
            crypto::check_value(&self.site_id, &self.campaign_id),
            self.key_text(),
            self.miles_text(),
        )
    }

    /// The HTML to paste: the banner with the link around it, opening a new window.
    #[must_use]
    pub fn html(&self, origin: &TagOrigin) -> String {
        anchor(origin, &self.url(origin))
    }

    /// Reads a tag: a link or its HTML, on any site. The check value must fit the ids; **it proves nothing about key
    /// and miles**.
    ///
    /// # Errors
    /// `invalid_value`, `missing_field`, `duplicate_field` naming the field; `hash_mismatch` on `param3`; `too_large`.
    pub fn parse(tag: &str) -> Result<Self> {
        let link = href(tag)?;
        let link = Link::split(&link)?;
        if link.path != PATH {
            return Err(wrong("must lead to the page for taking miles"));
        }
        let names = [
            "param1",
            "param2",
            "param3",
            "earnsite_key",
            "mile",
            "tran_id",
        ];
        let [site, campaign, check, key, mile, tran_id] = link.fields(names)?;
        if tran_id.len() > 64 {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "tran_id",
                "must have at most 64 characters",
            ));
        }
        let tag = Self::from_text(["param1", "param2"], &site, &campaign, &key, &mile)?;
        if check != crypto::check_value(&site, &campaign) {
            return Err(Error::field(
                ErrorKind::HashMismatch,
                "param3",
                "is not the check value of these ids",
            ));
        }
        Ok(tag)
    }

    /// Whether the miles fit the campaign's rule.
    ///
    /// # Errors
    /// As [`new`](Self::new), on `miles`.
    pub fn check(&self, rule: IssueRule) -> Result<()> {
        match (rule, self.miles) {
            (IssueRule::Fixed { .. }, None) => Ok(()),
            (IssueRule::Fixed { .. }, Some(_)) => Err(Error::field(
                ErrorKind::InvalidValue,
                "miles",
                "must not be given for a fixed campaign",
            )),
            (IssueRule::Variable { .. }, None) => Err(Error::field(
                ErrorKind::MissingField,
                "miles",
                "must be given for a variable campaign",
            )),
            (IssueRule::Variable { .. }, Some(miles)) => rule.check(miles),
        }
    }

    pub(super) fn from_text(
        names: [&'static str; 2],
        site: &str,
        campaign: &str,
        key: &str,
        mile: &str,
    ) -> Result<Self> {
        let [site_name, campaign_name] = names;
        let key = match key {
            "" => None,
            key => Some(DesignatedKey::new(key).map_err(|_| {
                Error::field(
                    ErrorKind::InvalidValue,
                    "earnsite_key",
                    "must be at most 255 half-width letters and digits",
                )
            })?),
        };
        Ok(Self {
            site_id: id(site_name, site)?,
            campaign_id: id(campaign_name, campaign)?,
            key,
            miles: miles(mile)?,
        })
    }

    pub(super) fn key_text(&self) -> &str {
        self.key.as_ref().map_or("", DesignatedKey::as_str)
    }

    pub(super) fn miles_text(&self) -> String {
        self.miles
            .map_or_else(String::new, |miles| miles.get().to_string())
    }
}

fn id(field: &'static str, text: &str) -> Result<Box<str>> {
    let fits = (1..=MAX_ID).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits {
        return Ok(text.into());
    }
    Err(Error::field(
        ErrorKind::InvalidValue,
        field,
        "must be 1 to 18 half-width digits",
    ))
}

fn miles(text: &str) -> Result<Option<Miles>> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let range = 1..=Miles::MAX_ISSUE.get();
    // A number that reads back as other text would not be the same tag.
    let number = text
        .parse()
        .ok()
        .filter(|n: &u64| digits && range.contains(n) && !text.starts_with('0'));
    match number {
        Some(number) => Ok(Some(Miles::new(number))),
        None => Err(Error::field(
            ErrorKind::InvalidValue,
            "mile",
            "must be empty or 1 to 999999999",
        )),
    }
}
