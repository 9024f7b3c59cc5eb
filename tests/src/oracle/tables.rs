//! The tables as they are published: codes, campaigns, members.

use super::days::Day;

/// The two tables of codes. A code is only known together with its table.
pub const MANUAL: [&str; 10] = [
    "12006", "19013", "19014", "19015", "41023", "41053", "42030", "44019", "44038", "44039",
];

/// Codes of automatic issues.
pub const AUTOMATIC: [&str; 13] = [
    "11007", "11008", "11022", "12004", "12005", "12006", "13005", "13006", "13011", "20012",
    "44038", "44039", "44040",
];

/// The address that runs through everything and leaves nothing behind.
pub const TEST_ADDRESS: &str = "test1@netmile.co.jp";

/// Most rows of a file.
pub const MOST_ROWS: usize = 10_000;

/// A row of one of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// `manual` or `automatic`.
    pub table: &'static str,
    /// Five digits.
    pub number: &'static str,
}

/// A code of the table of manual issues.
#[must_use]
pub const fn manual(number: &'static str) -> Code {
    let table = "manual";
    Code { table, number }
}

/// A code of the table of automatic issues.
#[must_use]
pub const fn automatic(number: &'static str) -> Code {
    let table = "automatic";
    Code { table, number }
}

/// Whether a campaign is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 実施中.
    Running,
    /// 期間満了.
    Ended,
    /// Stopped.
    Suspended,
    /// Not approved.
    Unapproved,
}

/// How many miles an issue may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// 定額.
    Fixed(u64),
    /// 従量, from and to.
    Variable(u64, u64),
}

/// マイル使用可能日設定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usable {
    /// At once.
    AtOnce,
    /// So many days after the issue.
    After(i64),
    /// On a day.
    On(Day),
}

/// A campaign.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Decimal id.
    pub id: &'static str,
    /// Site it belongs to.
    pub site: &'static str,
    /// Name.
    pub name: &'static str,
    /// State.
    pub state: State,
    /// Miles of an issue.
    pub rule: Rule,
    /// First and last day of the issue period.
    pub period: (Day, Day),
    /// Issues per member.
    pub per_member: Option<usize>,
    /// Issues per member and day.
    pub per_day: Option<usize>,
    /// When miles are deposited.
    pub usable: Usable,
}

/// What a member may receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 仮登録: automatic issues only.
    Provisional,
    /// Everything.
    Full,
    /// Nothing.
    Barred,
}

/// A member.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name that the payment page knows.
    pub login: &'static str,
    /// NetMile user id.
    pub user_id: &'static str,
    /// PC address.
    pub mail: &'static str,
    /// Address of a mobile phone.
    pub mobile: Option<&'static str>,
    /// Status.
    pub status: Status,
    /// Day of the registration.
    pub since: &'static str,
    /// Miles at the beginning.
    pub opening: u64,
}

/// Where the first column or the field of an issue comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// メールアドレス.
    Mail,
    /// 携帯メールアドレス.
    Mobile,
    /// ユーザーID.
    UserId,
}

impl Method {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Mobile => "mobile_mail",
            Self::UserId => "user_id",
        }
    }
}

/// A site: id, name, campaign for exchanged points.
#[derive(Clone, Debug)]
pub struct Site {
    /// 加盟サイトID.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Campaign for exchanged points.
    pub exchange: Option<&'static str>,
}

/// Everything that is there before the first action.
#[derive(Clone, Debug)]
pub struct World {
    /// Sites.
    pub sites: Vec<Site>,
    /// Campaigns.
    pub campaigns: Vec<Campaign>,
    /// Members.
    pub members: Vec<Member>,
    /// Domains of mobile carriers.
    pub carriers: Vec<&'static str>,
    /// Seconds from the acceptance of a file to its processing.
    pub processing: i64,
    /// First instant, in Unix seconds.
    pub begins: i64,
}

const fn day(year: i64, month: i64, day: i64) -> Day {
    Day { year, month, day }
}

impl World {
    /// The world of the 10,000 actions: every rule has a campaign, every status a member.
    #[must_use]
    pub fn of_the_oracle() -> Self {
        let long = (day(2020, 1, 1), day(2090, 12, 31));
        let campaign = |id, name, rule, usable| Campaign {
            id,
            site: "8763",
            name,
            state: State::Running,
            rule,
            period: long,
            per_member: None,
            per_day: None,
            usable,
        };
        let fixed = Rule::Fixed(100);
        let mut campaigns = vec![
            campaign("46255", "Fixed", fixed, Usable::After(7)),
            campaign(
                "46256",
                "Variable",
                Rule::Variable(10, 500),
                Usable::After(30),
            ),
            campaign("46257", "At once", fixed, Usable::AtOnce),
            campaign("46258", "On a day", fixed, Usable::On(day(2027, 12, 24))),
            campaign("46259", "Ended", fixed, Usable::After(7)),
            campaign("46260", "Suspended", fixed, Usable::After(7)),
            campaign("46261", "Unapproved", fixed, Usable::After(7)),
            campaign("46262", "Over", fixed, Usable::After(7)),
            campaign("46263", "Not begun", fixed, Usable::After(7)),
            campaign("46264", "Three each", fixed, Usable::After(1)),
            campaign("46265", "One a day", fixed, Usable::After(1)),
            campaign(
                "46266",
                "Two a day, forty each",
                Rule::Variable(1, 50),
                Usable::After(60),
            ),
            campaign(
                "46267",
                "Exchange",
                Rule::Variable(1, 1_000_000),
                Usable::AtOnce,
            ),
            campaign("50001", "Another site's", fixed, Usable::After(7)),
        ];
        for campaign in &mut campaigns {
            match campaign.id {
                "46259" => campaign.state = State::Ended,
                "46260" => campaign.state = State::Suspended,
                "46261" => campaign.state = State::Unapproved,
                "46262" => campaign.period = (day(2020, 1, 1), day(2026, 11, 30)),
                "46263" => campaign.period = (day(2028, 2, 29), day(2090, 1, 1)),
                "46264" => campaign.per_member = Some(3),
                "46265" => campaign.per_day = Some(1),
                "46266" => (campaign.per_member, campaign.per_day) = (Some(40), Some(2)),
                "50001" => campaign.site = "9001",
                _ => {}
            }
        }
        let member = |login, user_id, mail, mobile, status| Member {
            login,
            user_id,
            mail,
            mobile,
            status,
            since: "2012-05-31",
            opening: 0,
        };
        Self {
            sites: vec![
                Site {
                    id: "8763",
                    name: "Shop",
                    exchange: Some("46267"),
                },
                Site {
                    id: "9001",
                    name: "Other",
                    exchange: None,
                },
            ],
            campaigns,
            members: vec![
                member(
                    "ai",
                    "NM00000011",
                    "ai@example.jp",
                    Some("ai@docomo.example"),
                    Status::Full,
                ),
                member("bun", "NM00000012", "bun@example.jp", None, Status::Full),
                member(
                    "chie",
                    "NM00000013",
                    "chie@example.jp",
                    Some("chie@ezweb.example"),
                    Status::Full,
                ),
                member(
                    "dai",
                    "NM00000014",
                    "dai.o'hara+x@mail.example.com",
                    None,
                    Status::Full,
                ),
                member(
                    "emi",
                    "NM00000015",
                    "emi@example.jp",
                    Some("emi@docomo.example"),
                    Status::Full,
                ),
                member("fumi", "NM00000016", "fumi@example.jp", None, Status::Full),
                member(
                    "gen",
                    "NM00000017",
                    "gen@example.jp",
                    Some("gen@docomo.example"),
                    Status::Provisional,
                ),
                member(
                    "hana",
                    "NM00000018",
                    "hana@example.jp",
                    None,
                    Status::Provisional,
                ),
                member(
                    "ichi",
                    "NM00000019",
                    "ichi@example.jp",
                    Some("ichi@ezweb.example"),
                    Status::Barred,
                ),
                member("jun", "NM00000020", "jun@example.jp", None, Status::Barred),
            ],
            carriers: vec!["docomo.example", "ezweb.example"],
            processing: 90,
            // 2026-11-20T00:00:00+09:00.
            begins: 1_795_100_400,
        }
    }

    /// The same world as a scenario of the mock.
    #[must_use]
    pub fn scenario(&self, keys: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let list = |items: &[&str]| {
            let quoted: Vec<String> = items.iter().map(|i| format!("{i:?}")).collect();
            format!("[{}]", quoted.join(", "))
        };
        text += &format!(
            "[office]\ncarrier_domains = {}\nprocessing_seconds = {}\n\n",
            list(&self.carriers),
            self.processing
        );
        for (site, key) in self.sites.iter().zip(keys) {
            text += &format!(
                "[[sites]]\nsite_id = {:?}\nname_ja = {:?}\nname_en = {:?}\nkeys = [{{ id = {:?}, secret = {:?} }}]\n",
                site.id, site.name, site.name, key.0, key.1
            );
            if let Some(campaign) = site.exchange {
                text += &format!("exchange_campaign = {campaign:?}\n");
            }
            text.push('\n');
        }
        for c in &self.campaigns {
            let state = match c.state {
                State::Running => "running",
                State::Ended => "ended",
                State::Suspended => "suspended",
                State::Unapproved => "unapproved",
            };
            let rule = match c.rule {
                Rule::Fixed(miles) => format!("{{ kind = \"fixed\", miles = {miles} }}"),
                Rule::Variable(min, max) => {
                    format!("{{ kind = \"variable\", min = {min}, max = {max} }}")
                }
            };
            let usable = match c.usable {
                Usable::AtOnce => "{ kind = \"at_once\" }".to_owned(),
                Usable::After(days) => format!("{{ kind = \"after_days\", days = {days} }}"),
                Usable::On(date) => format!("{{ kind = \"on\", date = \"{date}\" }}"),
            };
            text += &format!(
                "[[issuing_campaigns]]\ncampaign_id = {:?}\nsite_id = {:?}\nname_ja = {:?}\nname_en = {:?}\n\
                 state = \"{state}\"\nrule = {rule}\nissue_from = \"{}\"\nissue_until = \"{}\"\nusable = {usable}\n",
                c.id, c.site, c.name, c.name, c.period.0, c.period.1
            );
            if let Some(most) = c.per_member {
                text += &format!("per_member = {most}\n");
            }
            if let Some(most) = c.per_day {
                text += &format!("per_member_day = {most}\n");
            }
            text.push('\n');
        }
        for m in &self.members {
            let status = match m.status {
                Status::Provisional => "provisional",
                Status::Full => "full",
                Status::Barred => "barred",
            };
            let mobile: Vec<&str> = m.mobile.into_iter().collect();
            text += &format!(
                "[[members]]\nlogin = {:?}\npassword = \"pass-word\"\nname = {:?}\nmail = {:?}\nmiles = {}\n\
                 user_id = {:?}\nstatus = \"{status}\"\nregistered_on = {:?}\nmobile_mails = {}\n\n",
                m.login,
                m.login,
                m.mail,
                m.opening,
                m.user_id,
                m.since,
                list(&mobile)
            );
        }
        text
    }
}
