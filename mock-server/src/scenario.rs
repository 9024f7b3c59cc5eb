//! The scenario: merchants, members, campaigns and the rules of the day, in TOML.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    api::terms::{self, ApiMethod, ApiRules, MerchantApi},
    clock,
    faults::FaultRule,
    office::terms::{IssuingCampaign, MemberStatus, OfficeRules, Site},
    options::MockError,
    periods::RecurringRules,
    settlement,
};

/// The demo scenario that is built in.
pub const DEMO: &str = include_str!("../scenarios/demo.toml");

/// A whole scenario file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// Shows buttons on the pages that make the institution fail.
    pub test_buttons: bool,
    /// Shows the invented keys and passwords of this scenario on the start and log-in pages.
    pub show_secrets: bool,
    /// Rules that the public documents leave open.
    pub rules: Rules,
    /// Code shown for each kind of refusal (all assumed).
    pub codes: Codes,
    /// Paths of the functions whose address is not public.
    pub paths: Paths,
    /// Rules of the API type.
    pub api: ApiRules,
    /// Commissions and payouts.
    pub settlement: settlement::Settings,
    /// Contracts that the mock bills each month.
    pub recurring: RecurringRules,
    /// Merchants, one entry per service.
    pub merchants: Vec<Merchant>,
    /// NetMile members.
    pub members: Vec<Member>,
    /// Advertisers whose API the mock hosts itself.
    pub advertisers: Vec<Advertiser>,
    /// Reward campaigns.
    pub campaigns: Vec<Campaign>,
    /// Questionnaires of the member's page.
    pub questionnaires: Vec<Questionnaire>,
    /// Mails with a link that earns miles.
    pub mails: Vec<ClickMail>,
    /// Rules of the office: carriers, reasons, processing of files.
    pub office: OfficeRules,
    /// Sites that issue miles.
    pub sites: Vec<Site>,
    /// Campaigns from which sites issue miles.
    pub issuing_campaigns: Vec<IssuingCampaign>,
    /// Faults set from the start.
    pub faults: Vec<FaultRule>,
}

/// Limits and switches. Everything here is assumed unless it says otherwise.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Largest request body in bytes.
    pub max_body_bytes: usize,
    /// Largest number of fields in a request.
    pub max_fields: usize,
    /// `limit_second` when the request leaves it empty.
    pub default_limit_second: u32,
    /// How far in the future `request_date` may lie, in seconds.
    pub future_skew_second: u32,
    /// Refuse fields that the definition does not have.
    pub refuse_unknown_fields: bool,
    /// Refuse a request that drops an empty tag instead of sending it empty.
    pub require_all_tags: bool,
    /// Lengths of mixed texts (item names, free texts) count bytes of Shift_JIS, not characters.
    pub mixed_length_in_bytes: bool,
    /// Refuse a request whose rows do not add up to `amount`.
    pub check_row_total: bool,
    /// Smallest NetMile amount in yen (published: 10).
    pub netmile_min_yen: u64,
    /// Largest NetMile amount in yen (published: 9,999,999,999).
    pub netmile_max_yen: u64,
    /// Months after the purchase month until whose end a refund is possible.
    pub refund_months: u8,
    /// Smallest NetMile part in yen from which 1 % of the miles returns.
    pub return_from_yen: u64,
    /// How long an advertiser's API may take, in milliseconds.
    pub advertiser_timeout_ms: u64,
    /// Waits before the further tries of an advertiser call, in seconds of the virtual clock.
    pub advertiser_retry_seconds: Vec<u32>,
    /// How long a held-back notice waits, in seconds of the virtual clock.
    pub reorder_seconds: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            max_body_bytes: 512 * 1024,
            max_fields: 10_000,
            default_limit_second: 600,
            future_skew_second: 60,
            refuse_unknown_fields: true,
            require_all_tags: false,
            mixed_length_in_bytes: true,
            check_row_total: false,
            netmile_min_yen: 10,
            netmile_max_yen: 9_999_999_999,
            refund_months: 3,
            return_from_yen: 100,
            advertiser_timeout_ms: 5_000,
            advertiser_retry_seconds: vec![60, 300, 900],
            reorder_seconds: 5,
        }
    }
}

/// Codes of the refusals. The real mapping is not public; 5101 is the published
/// code for a bad request parameter.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(
    missing_docs,
    reason = "each field is named after the refusal it codes"
)]
pub struct Codes {
    pub body: String,
    pub merchant: String,
    pub hash: String,
    pub field: String,
    pub unknown_field: String,
    pub expired: String,
    pub future: String,
    pub contract: String,
    pub amount: String,
    pub duplicate_order: String,
    pub tracking: String,
    pub notice_refused: String,
    pub institution: String,
}

impl Default for Codes {
    fn default() -> Self {
        let parameter = || "5101".to_owned();
        Self {
            body: parameter(),
            merchant: parameter(),
            hash: parameter(),
            field: parameter(),
            unknown_field: parameter(),
            expired: parameter(),
            future: parameter(),
            contract: parameter(),
            amount: parameter(),
            duplicate_order: parameter(),
            tracking: parameter(),
            notice_refused: "1301".to_owned(),
            institution: "4301".to_owned(),
        }
    }
}

/// Paths of functions whose address is told to merchants only.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paths {
    /// A01-1 purchase request (published).
    pub purchase: String,
    /// B01-1 registration of customer payment data (published for the test site).
    pub customer: String,
    /// C01-1 deletion of customer payment data (assumed).
    pub customer_delete: String,
    /// D01-1 recurring application (assumed).
    pub recurring: String,
    /// Checker of purchase requests (published).
    pub check_purchase: String,
    /// Checker of registration requests (published).
    pub check_customer: String,
    /// API type, all functions (published).
    pub api: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            purchase: "/f01/FepBuyInfoReceive.do".to_owned(),
            customer: "/f04/FepPayInfoReceive.do".to_owned(),
            customer_delete: "/f04/FepPayInfoDelete.do".to_owned(),
            recurring: "/f02/FepAutoChargeReceive.do".to_owned(),
            check_purchase: "/Extra/BuyRequestAction.do".to_owned(),
            check_customer: "/Extra/PayRequestAction.do".to_owned(),
            api: "/api/xmlapi.do".to_owned(),
        }
    }
}

impl Paths {
    fn check(&self) -> Result<(), MockError> {
        let paths = [
            &self.purchase,
            &self.customer,
            &self.customer_delete,
            &self.recurring,
            &self.check_purchase,
            &self.check_customer,
            &self.api,
        ];
        for (at, path) in paths.iter().enumerate() {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_');
            let first = path.split('/').nth(1).unwrap_or_default();
            let own = [
                "",
                "pay",
                "member",
                "manage",
                "advertiser",
                "_mock",
                "v1",
                "ctrl",
                "image",
            ]
            .contains(&first);
            if !path.starts_with('/') || !path.bytes().all(plain) || own {
                return Err(MockError::Scenario(format!(
                    "paths: {path} is not a plain path, or is one of the mock's own"
                )));
            }
            if paths.iter().skip(at + 1).any(|other| other == path) {
                return Err(MockError::Scenario(format!("paths: {path} twice")));
            }
        }
        Ok(())
    }
}

/// One service of a merchant.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merchant {
    /// 5 digits.
    pub merchant_id: String,
    /// 3 digits.
    pub service_id: String,
    /// Key appended before hashing.
    pub hash_key: String,
    /// Password of the management page.
    pub management_password: String,
    /// Shop name in Japanese.
    pub name_ja: String,
    /// Shop name in English.
    pub name_en: String,
    /// What the contract allows.
    #[serde(default)]
    pub contract: Contract,
    /// Credentials, encryption and notices of the API type.
    #[serde(default)]
    pub api: MerchantApi,
    /// Payment methods by API.
    #[serde(default)]
    pub api_methods: Vec<ApiMethod>,
    /// Where notices of deposits and expiries go; it can also be set while the mock runs.
    #[serde(default)]
    pub api_notice_url: Option<String>,
}

impl std::fmt::Debug for Merchant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Merchant")
            .field("merchant_id", &self.merchant_id)
            .field("service_id", &self.service_id)
            .field("hash_key", &"[redacted]")
            .field("management_password", &"[redacted]")
            .finish_non_exhaustive()
    }
}

/// Which methods, in which billing modes, with which functions. The default is
/// the NetMile profile: one-time purchases by link.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contract {
    /// Billing modes per payment method.
    pub methods: BTreeMap<String, BTreeSet<Billing>>,
    /// Terminals from which a purchase may come.
    pub terminals: BTreeSet<Terminal>,
    /// Narrower cap on the amount in yen, when the contract has one.
    pub max_yen: Option<u64>,
    /// Whether B01-1 and C01-1 are part of the contract.
    pub customer_data: bool,
}

impl Default for Contract {
    fn default() -> Self {
        Self {
            methods: BTreeMap::from([("netmile".to_owned(), BTreeSet::from([Billing::OneTime]))]),
            terminals: BTreeSet::from([Terminal::Pc]),
            max_yen: None,
            customer_data: false,
        }
    }
}

/// Billing modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    /// `pay_type` 0.
    OneTime,
    /// `pay_type` 1.
    RecurringSimple,
    /// `pay_type` 2.
    RecurringFixed,
}

/// Terminals that the wire can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terminal {
    /// `terminal_type` 0 or empty: PC, and smartphones too.
    Pc,
    /// `terminal_type` 1: feature phone.
    FeaturePhone,
}

/// A NetMile member.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// NetMile id.
    pub login: String,
    /// Registered mail address.
    pub mail: String,
    /// Password; an invented one, shown on the start page.
    pub password: String,
    /// Name shown on the pages.
    pub name: String,
    /// Opening balance in miles.
    #[serde(default)]
    pub miles: u64,
    /// NetMile user id; one is made up when absent.
    #[serde(default)]
    pub user_id: Option<String>,
    /// Whether the registration is complete, and not barred.
    #[serde(default)]
    pub status: MemberStatus,
    /// Day of the registration in Japan time, `YYYY-MM-DD`.
    #[serde(default = "first_day")]
    pub registered_on: String,
    /// Mail addresses of mobile phones.
    #[serde(default)]
    pub mobile_mails: Vec<String>,
}

fn first_day() -> String {
    "2010-04-01".to_owned()
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member")
            .field("login", &self.login)
            .field("miles", &self.miles)
            .finish_non_exhaustive()
    }
}

/// An advertiser whose API stands in the mock, at `/advertiser/{id}/registrations`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advertiser {
    /// Part of the path.
    pub id: String,
    /// How its API answers.
    #[serde(default)]
    pub answer: AdvertiserAnswer,
}

/// How a built-in advertiser API answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdvertiserAnswer {
    /// Takes every registration.
    #[default]
    Accept,
    /// Refuses every registration.
    Reject,
    /// Answers 503.
    Error,
    /// Never answers in time.
    Silent,
    /// Answers something that is not the expected JSON.
    Garbage,
}

/// What a campaign asks the member to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignKind {
    /// 会員登録.
    MemberRegistration,
    /// 資料請求.
    DocumentRequest,
}

/// When the miles of a campaign are issued.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueMode {
    /// On the advertiser's OK (campaigns with an API).
    #[default]
    OnAccept,
    /// On input; the data goes to the batch (campaigns without an API).
    OnInput,
}

/// A reward campaign of the payment page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Part of the path.
    pub id: String,
    /// Advertiser's id.
    pub advertiser: String,
    /// Name in Japanese.
    pub name_ja: String,
    /// Name in English.
    pub name_en: String,
    /// What it asks for.
    pub kind: CampaignKind,
    /// Reward in miles.
    pub miles: u64,
    /// Fields of the form, by key; the six of the original page by default.
    #[serde(default = "default_form")]
    pub fields: Vec<String>,
    /// `builtin`, an address, or nothing for hand-over by batch.
    #[serde(default)]
    pub api: Option<String>,
    /// When miles are issued.
    #[serde(default)]
    pub issue: IssueMode,
    /// First instant, like `2026-01-02T03:04:05+09:00`; open when absent.
    #[serde(default)]
    pub from: Option<String>,
    /// First instant after the campaign; open when absent.
    #[serde(default)]
    pub until: Option<String>,
}

impl Campaign {
    /// Whether it runs at `unix`.
    #[must_use]
    pub fn runs_at(&self, unix: i64) -> bool {
        let edge =
            |text: &Option<String>| text.as_deref().and_then(|t| clock::parse_instant(t).ok());
        edge(&self.from).is_none_or(|from| from <= unix) && self.end().is_none_or(|end| unix < end)
    }

    /// The first instant after the campaign.
    #[must_use]
    pub fn end(&self) -> Option<i64> {
        self.until
            .as_deref()
            .and_then(|t| clock::parse_instant(t).ok())
    }
}

fn default_form() -> Vec<String> {
    ["name", "address", "birth_date", "sex", "phone", "email"]
        .map(str::to_owned)
        .to_vec()
}

/// Keys a registration form may have.
pub const FORM_KEYS: [&str; 11] = [
    "login_id",
    "password",
    "name",
    "name_kana",
    "postal_code",
    "address",
    "birth_date",
    "sex",
    "phone",
    "email",
    "terms",
];

/// A questionnaire that earns miles once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Part of the path.
    pub id: String,
    /// Title in Japanese.
    pub title_ja: String,
    /// Title in English.
    pub title_en: String,
    /// Reward in miles.
    pub miles: u64,
    /// Days until the miles are deposited; until then they are 振込予定.
    #[serde(default)]
    pub deposit_after_days: u32,
    /// The questions, each with its choices.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Text in Japanese.
    pub ja: String,
    /// Text in English.
    pub en: String,
    /// Choices in Japanese.
    pub choices_ja: Vec<String>,
    /// Choices in English.
    pub choices_en: Vec<String>,
}

/// A mail whose link earns miles once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClickMail {
    /// Part of the path.
    pub id: String,
    /// Subject in Japanese.
    pub subject_ja: String,
    /// Subject in English.
    pub subject_en: String,
    /// Reward in miles.
    pub miles: u64,
}

impl Scenario {
    /// The built-in demo.
    #[must_use]
    pub fn demo() -> Self {
        toml::from_str(DEMO).unwrap_or_default()
    }

    /// Reads and checks a scenario file.
    ///
    /// # Errors
    /// [`MockError::Scenario`] names the place and the rule.
    pub fn parse(text: &str) -> Result<Self, MockError> {
        let scenario: Self =
            toml::from_str(text).map_err(|e| MockError::Scenario(e.message().to_owned()))?;
        scenario.check()?;
        Ok(scenario)
    }

    /// Checks what the types do not say.
    ///
    /// # Errors
    /// [`MockError::Scenario`] names the entry and the rule.
    pub fn check(&self) -> Result<(), MockError> {
        let fail = |text: String| Err(MockError::Scenario(text));
        let digits =
            |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
        let path_safe = |id: &str| {
            !id.is_empty()
                && id.len() <= 64
                && id
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let mut services = BTreeSet::new();
        for m in &self.merchants {
            if !digits(&m.merchant_id, 5) || !digits(&m.service_id, 3) {
                return fail(format!(
                    "merchant {}/{}: merchant_id has 5 digits, service_id 3",
                    m.merchant_id, m.service_id
                ));
            }
            if !services.insert((&m.merchant_id, &m.service_id)) {
                return fail(format!("merchant {}/{} twice", m.merchant_id, m.service_id));
            }
        }
        for m in &self.merchants {
            if m.hash_key.is_empty() || !m.hash_key.bytes().all(|b| b.is_ascii_graphic()) {
                return fail(format!(
                    "merchant {}/{}: hash_key is printable ASCII without spaces",
                    m.merchant_id, m.service_id
                ));
            }
        }
        for m in &self.merchants {
            let rule = terms::check(&m.api, &m.api_methods, m.api_notice_url.as_deref());
            if let Err(rule) = rule {
                return fail(format!(
                    "merchant {}/{}: {rule}",
                    m.merchant_id, m.service_id
                ));
            }
        }
        self.api.check().map_err(MockError::Scenario)?;
        self.paths.check()?;
        if let Err(rule) = self.settlement.commission.check() {
            return fail(format!("settlement.commission: {rule}"));
        }
        if let Err(rule) = self.recurring.check() {
            return fail(format!("recurring: {rule}"));
        }
        for fault in &self.faults {
            if let Err(rule) = fault.check(self) {
                return fail(format!("faults: {rule}"));
            }
        }
        let mut logins = BTreeSet::new();
        for m in &self.members {
            if !logins.insert(&m.login) || !logins.insert(&m.mail) {
                return fail(format!("member {}: login or mail twice", m.login));
            }
            if i64::try_from(m.miles).is_err() {
                return fail(format!("member {}: too many miles", m.login));
            }
        }
        if let Err(rule) = crate::office::terms::check(self) {
            return fail(rule);
        }
        let mut ids = BTreeSet::new();
        for c in &self.campaigns {
            if !path_safe(&c.id) || !ids.insert(("campaign", c.id.as_str())) {
                return fail(format!(
                    "campaign {}: id used twice or not [A-Za-z0-9_-]",
                    c.id
                ));
            }
            if let Some(key) = c.fields.iter().find(|k| !FORM_KEYS.contains(&k.as_str())) {
                return fail(format!("campaign {}: unknown form field {key}", c.id));
            }
            if c.api.as_deref() == Some("builtin")
                && !self.advertisers.iter().any(|a| a.id == c.advertiser)
            {
                return fail(format!(
                    "campaign {}: advertiser {} has no built-in API",
                    c.id, c.advertiser
                ));
            }
            for edge in [&c.from, &c.until].into_iter().flatten() {
                if let Err(rule) = clock::parse_instant(edge) {
                    return fail(format!("campaign {}: {rule}", c.id));
                }
            }
        }
        for id in self
            .questionnaires
            .iter()
            .map(|q| &q.id)
            .chain(self.mails.iter().map(|m| &m.id))
        {
            if !path_safe(id) || !ids.insert(("earn", id.as_str())) {
                return fail(format!(
                    "questionnaire or mail {id}: id used twice or not [A-Za-z0-9_-]"
                ));
            }
        }
        Ok(())
    }

    /// A service of a merchant.
    #[must_use]
    pub fn merchant(&self, merchant_id: &str, service_id: &str) -> Option<&Merchant> {
        self.merchants
            .iter()
            .find(|m| m.merchant_id == merchant_id && m.service_id == service_id)
    }

    /// A member by id or mail.
    #[must_use]
    pub fn member(&self, login_or_mail: &str) -> Option<&Member> {
        self.members
            .iter()
            .find(|m| m.login == login_or_mail || m.mail == login_or_mail)
    }

    /// A campaign by id.
    #[must_use]
    pub fn campaign(&self, id: &str) -> Option<&Campaign> {
        self.campaigns.iter().find(|c| c.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_is_valid_and_has_what_the_worked_example_needs() {
        let demo = Scenario::parse(DEMO).unwrap();
        assert_eq!(demo.member("taro").unwrap().miles, 400);
        assert_eq!(
            demo.campaigns.iter().map(|c| c.miles).collect::<Vec<_>>(),
            [200, 200, 300]
        );
        assert!(demo.merchant("99999", "001").is_some());
    }

    #[test]
    fn unknown_keys_and_broken_entries_are_refused() {
        assert!(Scenario::parse("colour = 1").is_err());
        let twice = "[[merchants]]\nmerchant_id='9'\nservice_id='001'\nhash_key='k'\nmanagement_password='p'\nname_ja='a'\nname_en='a'\n";
        assert!(
            Scenario::parse(twice)
                .unwrap_err()
                .to_string()
                .contains("5 digits")
        );
    }

    #[test]
    fn faults_and_rules_are_set_by_toml() {
        let text = "rules.future_skew_second = 5\n[[faults]]\nmessage = 'A02-1'\nkind = 'wrong_hash'\nprobability = 0.5\n";
        let scenario = Scenario::parse(text).unwrap();
        assert_eq!(scenario.rules.future_skew_second, 5);
        assert_eq!(scenario.rules.default_limit_second, 600);
        assert_eq!(scenario.faults[0].kind, crate::faults::FaultKind::WrongHash);
        assert!(Scenario::parse("[[faults]]\nkind = 'none'\n").is_err());
        let idle = "[[faults]]\nmessage = 'A02-1'\nkind = 'html'\n";
        let error = Scenario::parse(idle).unwrap_err().to_string();
        assert!(error.contains("faults: kind: html"), "{error}");
    }

    #[test]
    fn secrets_stay_out_of_debug() {
        let text = format!("{:?}", Scenario::demo());
        assert!(!text.contains(&Scenario::demo().merchants[0].hash_key));
        assert!(!text.contains("taro@"));
    }
}
