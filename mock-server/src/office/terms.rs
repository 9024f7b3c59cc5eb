//! What a scenario says about issuing miles: sites, their keys, their campaigns.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{days, user};
use crate::scenario::Scenario;

/// Whether a member may be given miles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    /// 仮登録: automatic issues only.
    Provisional,
    /// A full member.
    #[default]
    Full,
    /// Shut out.
    Barred,
}

/// Rules of the office that the public documents leave open. All assumed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfficeRules {
    /// Domains of mobile carriers; one that begins with a dot stands for all below it, and not for itself.
    pub carrier_domains: Vec<String>,
    /// Why issues may be cancelled: key, 1 to 40 of `[0-9A-Za-z_-]`, and Japanese text.
    pub cancel_reasons: BTreeMap<String, String>,
    /// How long a file waits before its rows are issued, in seconds of the virtual clock. With 0
    /// it is worked on before the next call is answered, and within a second when the clock runs.
    pub processing_seconds: u32,
    /// A history row shows from the day after the deposit instead of the day after the issue.
    pub history_from_deposit: bool,
    /// Members besides the listed ones: `u0000001@crowd.example` and so on, with user ids
    /// `NM90000001` and so on, all full members without a log-in. At most 9,999,999.
    pub crowd: u32,
    /// Calls of one site that are worked on at the same time; more are answered 429.
    pub max_in_flight: usize,
}

impl Default for OfficeRules {
    fn default() -> Self {
        let domains = "docomo.ne.jp mopera.net ezweb.ne.jp .ezweb.ne.jp au.com .au.com \
            ido.ne.jp softbank.ne.jp i.softbank.jp disney.ne.jp vodafone.ne.jp \
            .vodafone.ne.jp jp-d.ne.jp .jp-d.ne.jp jp-h.ne.jp jp-t.ne.jp \
            jp-c.ne.jp jp-r.ne.jp jp-k.ne.jp jp-n.ne.jp jp-s.ne.jp jp-q.ne.jp \
            emnet.ne.jp emobile.ne.jp emobile-s.ne.jp ymobile1.ne.jp ymobile.ne.jp \
            y-mobile.ne.jp yahoo.ne.jp willcom.com pdx.ne.jp .pdx.ne.jp wcm.ne.jp \
            .wcm.ne.jp uqmobile.jp rakumail.jp";
        let reasons = [
            ("duplicate", "重複発行"),
            ("condition_not_met", "獲得条件の未達成"),
            ("returned_goods", "返品・キャンセル"),
            ("wrong_amount", "マイル数の誤り"),
            ("other", "その他"),
        ];
        let owned = |(key, text): (&str, &str)| (key.to_owned(), text.to_owned());
        Self {
            carrier_domains: domains.split_whitespace().map(str::to_owned).collect(),
            cancel_reasons: reasons.map(owned).into(),
            processing_seconds: 0,
            history_from_deposit: false,
            crowd: 0,
            max_in_flight: 64,
        }
    }
}

/// A site (加盟サイト) that issues miles.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// 加盟サイトID, decimal.
    pub site_id: String,
    /// Name in Japanese.
    pub name_ja: String,
    /// Name in English.
    pub name_en: String,
    /// Up to two active keys.
    #[serde(default)]
    pub keys: Vec<SiteKey>,
    /// Password of the management site.
    #[serde(default)]
    pub management_password: String,
    /// Campaign from which exchanged points are issued.
    #[serde(default)]
    pub exchange_campaign: Option<String>,
    /// Mail address of the operator.
    #[serde(default)]
    pub operator_mail: Option<String>,
    /// The drop that NetMile fetches exchange files from.
    #[serde(default)]
    pub drop: Option<Drop>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site")
            .field("site_id", &self.site_id)
            .field("exchange_campaign", &self.exchange_campaign)
            .field("drop", &self.drop)
            .finish_non_exhaustive()
    }
}

/// A key that signs requests.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteKey {
    /// `X-Key-Id`.
    pub id: String,
    /// At least 32 bytes.
    pub secret: String,
}

impl std::fmt::Debug for SiteKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SiteKey")
            .field("id", &self.id)
            .field("secret", &"[redacted]")
            .finish()
    }
}

/// A merchant's server with exchange files.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Drop {
    /// Address without the last slash, such as `http://127.0.0.1:9000/drop`.
    pub url: String,
    /// User of the Basic authentication.
    pub user: String,
    /// Its password.
    pub password: String,
    /// How often NetMile comes.
    #[serde(default)]
    pub schedule: Schedule,
    /// Day of a weekly visit.
    #[serde(default)]
    pub weekday: Weekday,
    /// Day of a monthly visit, 1 to 31; the last one of a shorter month.
    #[serde(default = "one")]
    pub day: u8,
    /// Hour of the day in Japan time.
    #[serde(default = "three")]
    pub hour: u8,
    /// Minute of that hour.
    #[serde(default)]
    pub minute: u8,
}

const fn one() -> u8 {
    1
}

const fn three() -> u8 {
    3
}

impl std::fmt::Debug for Drop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drop")
            .field("url", &self.url)
            .field("password", &"[redacted]")
            .field("schedule", &self.schedule)
            .field("weekday", &self.weekday)
            .field("day", &self.day)
            .field("hour", &self.hour)
            .field("minute", &self.minute)
            .finish_non_exhaustive()
    }
}

impl Drop {
    /// Checks what the types do not say.
    ///
    /// # Errors
    /// The field and its rule.
    pub fn check(&self) -> Result<(), &'static str> {
        let http = self.url.starts_with("http://") || self.url.starts_with("https://");
        if !http || self.url.ends_with('/') || !self.url.bytes().all(|b| b.is_ascii_graphic()) {
            return Err("url: an http or https address without the last slash");
        }
        if self.user.is_empty() || self.user.contains(':') || self.password.is_empty() {
            return Err("user, password: neither is empty, the user has no colon");
        }
        if self.hour > 23 || self.minute > 59 {
            return Err("hour, minute: 0:00 to 23:59");
        }
        if !(1..=31).contains(&self.day) {
            return Err("day: 1 to 31");
        }
        Ok(())
    }
}

/// How often NetMile fetches files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// 日次.
    #[default]
    Daily,
    /// 週次, on the `weekday`.
    Weekly,
    /// 月次, on the `day`.
    Monthly,
}

/// Day of a week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// 月曜.
    #[default]
    Monday,
    /// 火曜.
    Tuesday,
    /// 水曜.
    Wednesday,
    /// 木曜.
    Thursday,
    /// 金曜.
    Friday,
    /// 土曜.
    Saturday,
    /// 日曜.
    Sunday,
}

/// State of a campaign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// 実施中.
    #[default]
    Running,
    /// 期間満了.
    Ended,
    /// Stopped for a while.
    Suspended,
    /// Applied for, not approved yet.
    Unapproved,
}

/// How many miles one issue has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MileRule {
    /// 定額.
    Fixed {
        /// Miles of each issue.
        miles: u64,
    },
    /// 従量.
    Variable {
        /// Fewest miles.
        min: u64,
        /// Most miles.
        max: u64,
    },
}

impl MileRule {
    /// Whether an issue may have so many miles.
    #[must_use]
    pub fn allows(self, miles: u64) -> bool {
        match self {
            Self::Fixed { miles: fixed } => miles == fixed,
            Self::Variable { min, max } => (min..=max).contains(&miles),
        }
    }
}

/// When issued miles are deposited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Usable {
    /// At once; such issues can not be cancelled.
    AtOnce,
    /// With the first instant of the day so many days after the issue, Japan time.
    AfterDays {
        /// 1 to 365.
        days: u16,
    },
    /// With the first instant of a day; at once when that has passed.
    On {
        /// `YYYY-MM-DD`.
        date: String,
    },
}

/// A campaign from which a site issues miles.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuingCampaign {
    /// キャンペーンID, decimal.
    pub campaign_id: String,
    /// The site it belongs to.
    pub site_id: String,
    /// Name in Japanese.
    pub name_ja: String,
    /// Name in English.
    pub name_en: String,
    /// State.
    #[serde(default)]
    pub state: CampaignState,
    /// Miles of one issue.
    pub rule: MileRule,
    /// First day of the issue period.
    #[serde(default = "first_issue_day")]
    pub issue_from: String,
    /// Last day of the issue period.
    #[serde(default = "last_issue_day")]
    pub issue_until: String,
    /// Issues per member in the whole campaign.
    #[serde(default)]
    pub per_member: Option<u32>,
    /// Issues per member on one day.
    #[serde(default)]
    pub per_member_day: Option<u32>,
    /// When miles are deposited.
    pub usable: Usable,
    /// Issues that were usable at once can be cancelled all the same.
    #[serde(default)]
    pub at_once_cancellable: bool,
}

fn first_issue_day() -> String {
    "2010-01-01".to_owned()
}

fn last_issue_day() -> String {
    "2099-12-31".to_owned()
}

impl IssuingCampaign {
    fn check(&self) -> Result<(), &'static str> {
        let fine = match self.rule {
            MileRule::Fixed { miles } => (1..=MOST_MILES).contains(&miles),
            MileRule::Variable { min, max } => min >= 1 && min <= max && max <= MOST_MILES,
        };
        if !fine {
            return Err("rule: 1 to 999,999,999 miles, min not above max");
        }
        let from = days::parse(&self.issue_from);
        let until = days::parse(&self.issue_until);
        if from.is_none() || until.is_none() || from > until {
            return Err("issue_from, issue_until: days like 2026-01-02, in order");
        }
        if self.per_member == Some(0) || self.per_member_day == Some(0) {
            return Err("per_member, per_member_day: at least 1");
        }
        match &self.usable {
            Usable::AfterDays { days } if !(1..=365).contains(days) => Err("usable.days: 1 to 365"),
            Usable::On { date } if days::parse(date).is_none() => {
                Err("usable.date: a day like 2026-12-24")
            }
            _ => Ok(()),
        }
    }
}

/// Most miles of one issue.
pub const MOST_MILES: u64 = 999_999_999;

/// Checks the entries of the office.
pub(crate) fn check(scenario: &Scenario) -> Result<(), String> {
    let decimal = |id: &str| (1..=10).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    let mut sites = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for site in &scenario.sites {
        let id = &site.site_id;
        if !decimal(id) || !sites.insert(id.as_str()) {
            return Err(format!("site {id}: not up to 10 digits, or twice"));
        }
        if site.keys.len() > 2 {
            return Err(format!("site {id}: at most two keys"));
        }
        for key in &site.keys {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
            if !(1..=64).contains(&key.id.len()) || !key.id.bytes().all(plain) {
                return Err(format!("site {id}: a key id is 1 to 64 of [0-9A-Za-z._-]"));
            }
            if key.secret.len() < 32 {
                return Err(format!("site {id}: a secret has at least 32 bytes"));
            }
            if !keys.insert(key.id.as_str()) {
                return Err(format!("site {id}: key {} twice", key.id));
            }
        }
        if let Some(drop) = &site.drop {
            drop.check()
                .map_err(|rule| format!("site {id}: drop.{rule}"))?;
        }
    }
    let mut campaigns = BTreeSet::new();
    for campaign in &scenario.issuing_campaigns {
        let id = &campaign.campaign_id;
        if !decimal(id) || !campaigns.insert(id.as_str()) {
            return Err(format!(
                "issuing campaign {id}: not up to 10 digits, or twice"
            ));
        }
        if !sites.contains(campaign.site_id.as_str()) {
            return Err(format!(
                "issuing campaign {id}: no site {}",
                campaign.site_id
            ));
        }
        campaign
            .check()
            .map_err(|rule| format!("issuing campaign {id}: {rule}"))?;
    }
    for site in &scenario.sites {
        if let Some(id) = &site.exchange_campaign {
            let own = |c: &IssuingCampaign| c.campaign_id == *id && c.site_id == site.site_id;
            if !scenario.issuing_campaigns.iter().any(own) {
                return Err(format!("site {}: no own campaign {id}", site.site_id));
            }
        }
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    for reason in scenario.office.cancel_reasons.keys() {
        if !(1..=40).contains(&reason.len()) || !reason.bytes().all(plain) {
            return Err(format!(
                "office.cancel_reasons {reason}: a key is 1 to 40 of [0-9A-Za-z_-]"
            ));
        }
    }
    if scenario.office.crowd > 9_999_999 {
        return Err("office.crowd: at most 9,999,999".to_owned());
    }
    let mut named = BTreeSet::new();
    for (at, member) in scenario.members.iter().enumerate() {
        let login = &member.login;
        if !named.insert(user::id_of(member, at)) {
            return Err(format!("member {login}: user_id twice"));
        }
        if days::parse(&member.registered_on).is_none() {
            return Err(format!(
                "member {login}: registered_on is a day like 2026-01-02"
            ));
        }
        for mail in std::iter::once(&member.mail).chain(&member.mobile_mails) {
            if !named.insert(mail.to_ascii_lowercase()) {
                return Err(format!("member {login}: a mail address twice"));
            }
        }
    }
    Ok(())
}
