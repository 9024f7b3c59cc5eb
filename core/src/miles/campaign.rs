//! A campaign, as far as issuing needs it.

use std::fmt;

use super::IssueRule;
use super::issue::{MAX_ID, read_id};
use crate::error::Result;
use crate::operation::Read;
use crate::reference::{Day, Draft, Function, Object, check_id};

/// Longest name and subject that is read, in characters.
const MAX_NAME: usize = 1000;

/// Longest mail that is read, in characters.
const MAX_MAIL_BODY: usize = 100_000;

/// Whether a campaign issues miles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CampaignState {
    /// It runs (実施中).
    Running,
    /// Its period is over (期間満了).
    Ended,
    /// NetMile suspended it.
    Suspended,
    /// It is not approved.
    Unapproved,
}

/// When miles of a campaign can be used (マイル使用可能日設定).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Usable {
    /// At once; such issues cannot be cancelled.
    AtOnce,
    /// So many days after the issue.
    AfterDays(u32),
    /// From this day.
    On(Day),
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Its id (キャンペーンID).
    pub campaign_id: String,
    /// Its name (キャンペーン名).
    pub name: String,
    /// Whether it issues miles.
    pub state: CampaignState,
    /// How many miles one issue has.
    pub rule: IssueRule,
    /// First day of the issue period (マイル発行期間).
    pub issue_from: Day,
    /// Its last day.
    pub issue_until: Day,
    /// Issues to one member in all.
    pub per_member: Option<u64>,
    /// Issues to one member on one day.
    pub per_member_day: Option<u64>,
    /// When its miles can be used.
    pub usable: Usable,
}

/// Asks about a campaign.
pub struct GetCampaign(pub String);

impl Function for GetCampaign {
    const KIND: &'static str = "miles.campaign";
    type Answer = Campaign;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        check_id("campaign_id", &self.0, MAX_ID)?;
        Ok(Draft::get(&["campaigns", &self.0]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Campaign> {
        answer.require("campaign_id", &self.0)?;
        let state = match answer.text("state", 20)? {
            "running" => CampaignState::Running,
            "ended" => CampaignState::Ended,
            "suspended" => CampaignState::Suspended,
            "unapproved" => CampaignState::Unapproved,
            _ => return Err(answer.malformed("state", "must be one of the documented states")),
        };
        let rule = answer.object("rule")?;
        let rule = match rule.text("kind", 20)? {
            "fixed" => IssueRule::Fixed {
                miles: rule.miles("miles")?,
            },
            "variable" => IssueRule::Variable {
                min: rule.miles("min")?,
                max: rule.miles("max")?,
            },
            _ => return Err(rule.malformed("kind", "must be fixed or variable")),
        };
        let usable = answer.object("usable")?;
        let usable = match usable.text("kind", 20)? {
            "at_once" => Usable::AtOnce,
            "after_days" => Usable::AfterDays(usable.count("days")?),
            "on" => Usable::On(usable.day("date")?),
            _ => return Err(usable.malformed("kind", "must be at_once, after_days or on")),
        };
        Ok(Campaign {
            campaign_id: read_id(answer, "campaign_id")?,
            name: answer.text("name", MAX_NAME)?.to_owned(),
            state,
            rule,
            issue_from: answer.day("issue_from")?,
            issue_until: answer.day("issue_until")?,
            per_member: answer.optional_number("per_member")?,
            per_member_day: answer.optional_number("per_member_day")?,
            usable,
        })
    }
}

/// Which mail to show (メールサンプル表示).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleKind {
    /// The mail when miles are deposited (振込完了メール).
    Deposit,
    /// The mail when somebody becomes a member (会員登録メール).
    MemberRegistration,
}

/// A mail as a user gets it.
#[derive(Clone, PartialEq, Eq)]
pub struct SampleMail {
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
}

impl fmt::Debug for SampleMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SampleMail")
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Asks for the mail that a user of a campaign gets.
pub struct GetSample {
    /// The campaign.
    pub campaign_id: String,
    /// Which mail.
    pub kind: SampleKind,
    /// Text to insert (差込文).
    pub inserted_text: Option<String>,
}

impl Function for GetSample {
    const KIND: &'static str = "miles.sample";
    type Answer = SampleMail;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        check_id("campaign_id", &self.campaign_id, MAX_ID)?;
        let text = self.inserted_text.as_deref().unwrap_or_default();
        super::IssueSettings::default()
            .with_inserted_text(text)
            .check(false)?;
        let kind = match self.kind {
            SampleKind::Deposit => "deposit",
            SampleKind::MemberRegistration => "member_registration",
        };
        let draft = Draft::get(&["campaigns", &self.campaign_id, "samples", kind]);
        Ok(draft.with_some("inserted_text", self.inserted_text.as_deref()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<SampleMail> {
        Ok(SampleMail {
            subject: answer.text("subject", MAX_NAME)?.to_owned(),
            body: answer.text("body", MAX_MAIL_BODY)?.to_owned(),
        })
    }
}
