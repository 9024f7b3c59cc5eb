//! Charges server to server.

use std::collections::BTreeMap;

use netmile::api::operations::{CustomerStep, Found, StepAnswer};
use netmile::api::{self, CardOptions, FunctionId, Means, Message};
use netmile::charge;
use netmile::client::RawVerdict;
use netmile::operation::{Rejection, Ticket};
use netmile::secret::SecretText;
use netmile::{Result, Yen};
use netmile_ffi_runtime::config::{one_of, terminal};

use super::{outcomes, shapes};
use crate::convert::{amount, digit, free, invalid, millis, name, named, signed, yen};
use crate::records::{DetailRow, Problem};

shapes! {
    /// A charge of the API type. Exactly one of `token`, `stored_customer`, `member`, `slip`, `fields` and `contract`
    /// says by what means the customer pays.
    ChargeRequest shows [id, method, amount] {
        /// The shop's own id, the `order_id`: 1 to 38 of `[0-9A-Za-z_-]`, never used twice.
        id: String,
        /// Tag of the method.
        method: String,
        /// Yen, tax included.
        amount: i64,
        /// The customer's id at the shop (顧客ID), 1 to 64 ASCII characters. Personal.
        cust_code: String,
        /// Item id (商品ID), 1 to 32 characters.
        item_id: String,
        /// Item name (商品名称), at most 40 bytes in Shift_JIS.
        #[serde(default)]
        item_name: String,
        /// What the customer holds: `pc` (when not given), `smartphone` or `feature_phone`.
        #[serde(default)]
        terminal: Option<String>,
        /// Tax within the amount, yen.
        #[serde(default)]
        tax: Option<i64>,
        /// At most three free texts of 20 bytes in Shift_JIS.
        #[serde(default)]
        free: Vec<String>,
        /// Detail rows (明細).
        #[serde(default)]
        rows: Vec<DetailRow>,
        /// A card by its one-time token. Not kept in the journal.
        #[serde(default)]
        token: Option<CardToken>,
        /// The card that is stored for this customer.
        #[serde(default)]
        stored_customer: Option<CardTerms>,
        /// A member of a point service, by id. Personal.
        #[serde(default)]
        member: Option<String>,
        /// A slip for the convenience store (Webコンビニ).
        #[serde(default)]
        slip: Option<Slip>,
        /// Leaves of `pay_method_info` of a method that the merchant added.
        #[serde(default)]
        fields: Option<Vec<MethodField>>,
        /// The contract that was applied for before.
        #[serde(default)]
        contract: bool,
        /// Asks for the gateway's numbers of customer and payment.
        #[serde(default)]
        return_customer_info: bool,
        /// Campaign type (キャンペーンタイプ) of an application for a simple recurring contract, one digit: 1 for a first month
        /// that is free, 0 or nothing for one that is billed at once. For members and methods of the merchant's own only.
        #[serde(default)]
        camp_type: Option<i64>,
    }

    /// A one-time token that the browser got from the gateway.
    CardToken shows [] {
        /// The token. Secret.
        token: String,
        /// Its key. Secret.
        token_key: String,
        /// How it is charged.
        #[serde(default)]
        terms: Option<CardTerms>,
    }

    /// How a card is charged.
    CardTerms shows [dealings_type, divide_times, store] {
        /// 取引区分: `10` once, `21` bonus, `61` instalments, `80` revolving.
        #[serde(default)]
        dealings_type: Option<String>,
        /// 分割回数 of instalments.
        #[serde(default)]
        divide_times: Option<i64>,
        /// Store the card for this customer.
        #[serde(default)]
        store: bool,
    }

    /// What a slip needs. All of it is personal.
    Slip shows [store, pay_by] {
        /// `seven_eleven`, `lawson`, `ministop`, `family_mart` or `seicomart`.
        store: String,
        /// Family name, at most 20 bytes in Shift_JIS.
        last_name: String,
        /// First name.
        first_name: String,
        /// Family name in full-width katakana.
        #[serde(default)]
        last_name_kana: String,
        /// First name in full-width katakana.
        #[serde(default)]
        first_name_kana: String,
        /// Postal code, 7 digits.
        zip: String,
        /// Prefecture.
        prefecture: String,
        /// Town and street.
        address: String,
        /// Building.
        #[serde(default)]
        building: String,
        /// Telephone, 9 to 11 digits.
        tel: String,
        /// Mail address.
        mail: String,
        /// Last day on which it can be paid, `YYYYMMDD`.
        #[serde(default)]
        pay_by: Option<String>,
    }

    /// A leaf of `pay_method_info`.
    MethodField shows [name, multi_byte] {
        /// Tag.
        name: String,
        /// Value. May be personal.
        value: String,
        /// Whether it may hold multi-byte characters.
        #[serde(default)]
        multi_byte: bool,
    }

    /// Why the gateway or NetMile refused. Nothing moved.
    Refusal shows [code] {
        /// The code. Those of NetMile's tables carry their table: `manual:44038`.
        code: String,
        /// Further facts of the answer, by name.
        details: BTreeMap<String, String>,
    }

    /// Names what is not known yet. The journal knows of it, and the resolver will find out.
    OpenTicket shows [id, step, key, since_ms, next_look_ms] {
        /// The shop's id of what was asked.
        id: String,
        /// The step that is open.
        step: String,
        /// The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
        key: Option<String>,
        /// Since when.
        since_ms: i64,
        /// When the resolver looks next.
        next_look_ms: Option<i64>,
    }

    /// How a step of a charge ended.
    ChargeOutcome shows [outcome, value, rejection, ticket] {
        /// `done`, `rejected` or `unknown`: it may have moved money.
        outcome: String,
        /// The charge, when it is done.
        value: Option<Charge>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// One `order_id` at the API type.
    Charge shows [id, method, kind, amount, phase, tracking_id, captured, refunded, deposited, doubted_deposit, pending, rejection, review] {
        /// The shop's id.
        id: String,
        /// Merchant.
        merchant_id: String,
        /// Service.
        service_id: String,
        /// Tag of the method.
        method: String,
        /// `payment`, `period`, `simple_contract` or `metered_contract`.
        kind: String,
        /// Of a period: the shop's id of its contract.
        subscription: Option<String>,
        /// Of a period: which one, such as `2026-02`.
        period: Option<String>,
        /// Yen asked; of a contract those of each period, 0 when metered.
        amount: i64,
        /// `prepared`, `unknown`, `authorised`, `reserved`, `awaiting_deposit`, `paid`, `partly_refunded`, `refunded`,
        /// `cancelled`, `rejected`, `expired`, `active`, `ended`, `needs_review`, or a name that is not known yet.
        phase: String,
        /// The gateway's id, once known.
        tracking_id: Option<String>,
        /// The gateway's id of the first exchange, once known.
        transaction_id: Option<String>,
        /// Further facts by name: what the customer needs to pay a slip, the brand of a card. May be personal.
        details: BTreeMap<String, String>,
        /// Yen captured.
        captured: i64,
        /// Yen refunded.
        refunded: i64,
        /// Yen deposited so far.
        deposited: i64,
        /// Yen that a notice says were deposited, while the gateway is asked whether that is so: it would call a person.
        doubted_deposit: Option<i64>,
        /// The step that is open.
        pending: Option<OpenStep>,
        /// Steps that are over, oldest first.
        log: Vec<ChargeStep>,
        /// Why the request was refused.
        rejection: Option<Refusal>,
        /// Why a person must look: `no_evidence`, `contradiction` or `deposit_sum`.
        review: Option<String>,
        /// Last instant at which a slip can be paid.
        pay_by_ms: Option<i64>,
        /// Refunded months of a simple contract, `YYYYMM`.
        refunded_months: Vec<String>,
        /// When it was recorded.
        created_at_ms: i64,
    }

    /// A step of a charge that is open.
    OpenStep shows [step, amount, key, state, since_ms, sends, looks] {
        /// `request`, `commit`, `capture`, `refund`, `partial_refund`, `refund_month` or `end`.
        step: String,
        /// Its yen; 0 where it has none.
        amount: i64,
        /// The month of a month's refund, or the shop's own name of a partial refund.
        key: Option<String>,
        /// `sending` or `unknown`.
        state: String,
        /// Since when.
        since_ms: i64,
        /// How often it may have been sent.
        sends: i64,
        /// How often somebody looked for its outcome.
        looks: i64,
    }

    /// A step of a charge that is over.
    ChargeStep shows [step, amount, key, at_ms, result, code] {
        /// Which one.
        step: String,
        /// Its yen.
        amount: i64,
        /// The month of a month's refund, or the shop's own name of a partial refund.
        key: Option<String>,
        /// When its end was recorded.
        at_ms: i64,
        /// `done`, `rejected`, `not_sent`, `found`, `found_missing` or `reviewed`.
        result: String,
        /// The code of a refusal.
        code: Option<String>,
    }

    /// Names a charge.
    ChargeId shows [id] {
        /// The shop's id.
        id: String,
    }

    /// A capture.
    CaptureRequest shows [id, amount] {
        /// The shop's id.
        id: String,
        /// Yen; all that is reserved when not given.
        #[serde(default)]
        amount: Option<i64>,
    }

    /// A refund of a part.
    PartRefundRequest shows [id, name, amount] {
        /// The shop's id.
        id: String,
        /// The shop's own name of this part, 1 to 64 characters: a repeat is recognised by it.
        name: String,
        /// Yen.
        amount: i64,
    }

    /// Which charges to list.
    ChargeQuery shows [phases, after, limit] {
        /// In one of these phases; none means any.
        #[serde(default)]
        phases: Vec<String>,
        /// After the charge of this id: the last one of the previous page.
        #[serde(default)]
        after: Option<String>,
        /// At most so many, 1 to 1000.
        limit: i64,
    }

    /// Charges.
    Charges shows [charges] {
        /// In the order of contract and id.
        charges: Vec<Charge>,
    }

    /// What the gateway knows about a payment.
    InquiryAnswer shows [known, status, payment_status, committed, tracking_id, amount, refunded] {
        /// Whether anything was asked: a charge of which nothing was sent is not asked about.
        known: bool,
        /// `none`, `processing`, `authorised`, `captured`, `cancelled`, `refunded`, `partly_refunded`,
        /// `awaiting_deposit`, `partly_deposited`, `deposited` or `overdeposited`.
        status: Option<String>,
        /// The status as sent.
        payment_status: String,
        /// Whether the authorisation was committed.
        committed: Option<bool>,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Yen of the payment.
        amount: Option<i64>,
        /// Yen refunded in all.
        refunded: Option<i64>,
        /// Further facts by name. May be personal.
        details: BTreeMap<String, String>,
    }

    /// A received XML notice of the API type.
    XmlNotice shows [] {
        /// The body as received.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
    }

    /// What to answer to an XML notice, byte for byte, and what it was about.
    XmlNoticeAnswer shows [status, accepted, repeated, charge, problem] {
        /// HTTP status.
        status: u16,
        /// `Content-Type`.
        content_type: String,
        /// The body.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// Whether the answer accepts the notice.
        accepted: bool,
        /// Whether the same notice was recorded before.
        repeated: bool,
        /// The charge as it stands after it.
        charge: Option<Charge>,
        /// Why not, for the shop's log.
        problem: Option<Problem>,
    }

    /// What a person found out about a charge under review.
    ChargeReview shows [id, verdict, tracking_id] {
        /// The shop's id.
        id: String,
        /// `happened` or `missing`.
        verdict: String,
        /// The gateway's id that the management page shows, where the journal does not know it.
        #[serde(default)]
        tracking_id: Option<String>,
    }

    /// A message of any function of the gateway.
    RawRequest shows [id, method, function] {
        /// The shop's own id of this exchange, never used twice.
        id: String,
        /// Tag of the method.
        method: String,
        /// Function id, such as `ST01-00101-900`.
        function: String,
        /// Leaves and groups in the order of the wire.
        fields: Vec<RawField>,
    }

    /// A leaf or a group of a raw message.
    RawField shows [name, kind, max] {
        /// Tag.
        name: String,
        /// `digits`, `exactly`, `single`, `multi`, `group` or `secret_group` (its values travel encrypted).
        kind: String,
        /// Value of a leaf. May be personal.
        #[serde(default)]
        value: String,
        /// Most characters of a leaf; of `exactly` their number, of `multi` bytes of Shift_JIS.
        #[serde(default)]
        max: i64,
        /// What a group holds: leaves only.
        #[serde(default)]
        fields: Vec<RawField>,
    }

    /// How a raw message ended.
    RawOutcome shows [outcome, rejection, ticket] {
        /// `done`, `rejected` or `unknown`.
        outcome: String,
        /// The leaves of the answer, by path. May be personal.
        value: Option<BTreeMap<String, String>>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }

    /// Ids.
    Ids shows [ids] {
        /// The shop's ids.
        ids: Vec<String>,
    }

    /// What a person found out about a raw message whose outcome nobody knows.
    RawReview shows [id, verdict] {
        /// The shop's own id of it.
        id: String,
        /// `happened` or `missing`.
        verdict: String,
    }

    /// Whose balance.
    BalanceQuery shows [method] {
        /// Tag of the method.
        method: String,
        /// The member's id. Personal.
        member: String,
    }

    /// A balance.
    Balance shows [] {
        /// Miles. Personal.
        miles: i64,
    }

    /// What to do with the card that the gateway keeps for a customer.
    CustomerDataRequest shows [method, action] {
        /// Tag of the method.
        method: String,
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// `store`, `update`, `delete` or `show`.
        action: String,
        /// The one-time token to store. Secret.
        #[serde(default)]
        token: String,
        /// Its key. Secret.
        #[serde(default)]
        token_key: String,
    }

    /// How a step about customer data ended.
    CustomerDataOutcome shows [outcome, rejection, ticket] {
        /// `done`, `rejected` or `unknown`.
        outcome: String,
        /// What the gateway tells, by name; a card number comes masked. Personal.
        value: Option<BTreeMap<String, String>>,
        /// Why it was refused.
        rejection: Option<Refusal>,
        /// What is not known yet.
        ticket: Option<OpenTicket>,
    }
}

outcomes! {
    ChargeOutcome of Charge,
    RawOutcome of BTreeMap<String, String>,
    CustomerDataOutcome of BTreeMap<String, String>,
}

impl RawReview {
    pub(crate) fn to_core(&self) -> Result<RawVerdict> {
        const VERDICTS: [(RawVerdict, &str); 2] = [
            (RawVerdict::Happened, "happened"),
            (RawVerdict::Missing, "missing"),
        ];
        one_of("verdict", &VERDICTS, |(_, name)| name, &self.verdict).map(|(verdict, _)| verdict)
    }
}

impl From<&Rejection> for Refusal {
    fn from(rejection: &Rejection) -> Self {
        Self {
            code: rejection.code.clone(),
            details: named(&rejection.details),
        }
    }
}

impl From<&Ticket> for OpenTicket {
    fn from(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id.clone(),
            step: ticket.step.clone(),
            key: ticket.key.clone(),
            since_ms: millis(ticket.since),
            next_look_ms: ticket.next_look.map(millis),
        }
    }
}

impl CardTerms {
    fn to_core(&self) -> Result<CardOptions> {
        let times =
            |count| u16::try_from(count).map_err(|_| invalid("divide_times", "is too much"));
        Ok(CardOptions {
            dealings_type: self.dealings_type.clone(),
            divide_times: self.divide_times.map(times).transpose()?,
            store: self.store,
        })
    }
}

impl Slip {
    fn to_core(&self) -> Result<api::SlipRequest> {
        use netmile::api::Store;
        const STORES: [(Store, &str); 5] = [
            (Store::SevenEleven, "seven_eleven"),
            (Store::Lawson, "lawson"),
            (Store::Ministop, "ministop"),
            (Store::FamilyMart, "family_mart"),
            (Store::Seicomart, "seicomart"),
        ];
        Ok(api::SlipRequest {
            store: one_of("store", &STORES, |(_, name)| name, &self.store)?.0,
            last_name: self.last_name.clone(),
            first_name: self.first_name.clone(),
            last_name_kana: self.last_name_kana.clone(),
            first_name_kana: self.first_name_kana.clone(),
            zip: self.zip.clone(),
            prefecture: self.prefecture.clone(),
            address: self.address.clone(),
            building: self.building.clone(),
            tel: self.tel.clone(),
            mail: self.mail.clone(),
            pay_by: self.pay_by.clone(),
        })
    }
}

impl ChargeRequest {
    fn means(&self) -> Result<Means> {
        let mut means = Vec::new();
        if let Some(card) = &self.token {
            let terms = card.terms.as_ref().map(CardTerms::to_core).transpose()?;
            let token = Means::token(&*card.token, &*card.token_key);
            means.push(match terms {
                Some(terms) => token.with_card_options(terms),
                None => token,
            });
        }
        if let Some(terms) = &self.stored_customer {
            means.push(Means::StoredCustomer(terms.to_core()?));
        }
        if let Some(member) = &self.member {
            means.push(Means::member(member.as_str()));
        }
        if let Some(slip) = &self.slip {
            means.push(Means::Slip(Box::new(slip.to_core()?)));
        }
        if let Some(fields) = &self.fields {
            let field = |field: &MethodField| api::MethodField {
                name: field.name.clone(),
                value: field.value.clone(),
                multi_byte: field.multi_byte,
            };
            means.push(Means::Fields(fields.iter().map(field).collect()));
        }
        if self.contract {
            means.push(Means::Contract);
        }
        match (means.pop(), means.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(invalid(
                "means",
                "exactly one of token, stored_customer, member, slip, fields and contract must be given",
            )),
        }
    }

    pub(crate) fn to_core(&self) -> Result<api::ChargeRequest> {
        let amount = yen("amount", self.amount)?;
        let means = self.means()?;
        let mut request =
            api::ChargeRequest::new(self.id.as_str(), self.method.as_str(), amount, means)
                .customer(self.cust_code.as_str())
                .item(self.item_id.as_str(), self.item_name.as_str())
                .free(free(&self.free)?);
        if let Some(name) = &self.terminal {
            request = request.terminal(terminal(name)?);
        }
        if let Some(tax) = self.tax {
            request = request.tax(yen("tax", tax)?);
        }
        for row in &self.rows {
            request = request.row(row.to_core()?);
        }
        if self.return_customer_info {
            request = request.return_customer_info();
        }
        if let Some(given) = self.camp_type {
            request = request.camp_type(digit("camp_type", given)?);
        }
        Ok(request)
    }
}

impl From<charge::Charge> for Charge {
    fn from(charge: charge::Charge) -> Self {
        use netmile::charge::Kind;
        let (kind, subscription, period) = match charge.kind {
            Kind::Payment => ("payment", None, None),
            Kind::Period {
                subscription,
                period,
                ..
            } => ("period", Some(subscription), Some(period)),
            Kind::SimpleContract => ("simple_contract", None, None),
            Kind::MeteredContract => ("metered_contract", None, None),
        };
        Self {
            id: charge.id,
            merchant_id: charge.contract.merchant_id,
            service_id: charge.contract.service_id,
            method: charge.method,
            kind: kind.to_owned(),
            subscription,
            period,
            amount: amount(charge.amount),
            phase: charge.phase.name().to_owned(),
            tracking_id: charge.tracking_id,
            transaction_id: charge.transaction_id,
            details: charge.details,
            captured: amount(charge.captured),
            refunded: amount(charge.refunded),
            deposited: amount(charge.deposited),
            doubted_deposit: charge.doubt.map(|doubt| amount(doubt.deposited)),
            pending: charge.pending.map(Into::into),
            log: charge.log.into_iter().map(Into::into).collect(),
            rejection: charge.rejection.as_ref().map(Into::into),
            review: charge.review.as_ref().map(name),
            pay_by_ms: charge.pay_by.map(millis),
            refunded_months: charge
                .refunded_months
                .into_iter()
                .map(|refund| refund.month)
                .collect(),
            created_at_ms: millis(charge.created_at),
        }
    }
}

impl From<charge::Pending> for OpenStep {
    fn from(pending: charge::Pending) -> Self {
        Self {
            step: pending.step.name().to_owned(),
            amount: amount(pending.amount),
            key: pending.key,
            state: name(&pending.state),
            since_ms: millis(pending.since),
            sends: i64::from(pending.sends),
            looks: i64::from(pending.looks),
        }
    }
}

impl From<charge::Entry> for ChargeStep {
    fn from(entry: charge::Entry) -> Self {
        use netmile::charge::EntryResult;
        let (result, code) = match entry.result {
            EntryResult::Done => ("done", None),
            EntryResult::Rejected(why) => ("rejected", Some(why.code)),
            EntryResult::NotSent => ("not_sent", None),
            EntryResult::Found => ("found", None),
            EntryResult::FoundMissing => ("found_missing", None),
            EntryResult::Reviewed => ("reviewed", None),
        };
        Self {
            step: entry.step.name().to_owned(),
            amount: amount(entry.amount),
            key: entry.key,
            at_ms: millis(entry.at),
            result: result.to_owned(),
            code,
        }
    }
}

impl From<Vec<charge::Charge>> for Charges {
    fn from(charges: Vec<charge::Charge>) -> Self {
        Self {
            charges: charges.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Option<Found>> for InquiryAnswer {
    fn from(found: Option<Found>) -> Self {
        let known = found.is_some();
        let of = |yen: Option<Yen>| yen.map(amount);
        match found {
            None => Self {
                known,
                status: None,
                payment_status: String::new(),
                committed: None,
                tracking_id: None,
                amount: None,
                refunded: None,
                details: BTreeMap::new(),
            },
            Some(found) => Self {
                known,
                status: found.status.as_ref().map(name),
                payment_status: found.payment_status,
                committed: found.committed,
                tracking_id: found.tracking_id,
                amount: of(found.amount),
                refunded: of(found.refunded),
                details: named(&found.details),
            },
        }
    }
}

impl ChargeReview {
    pub(crate) fn to_core(&self) -> Result<charge::Review> {
        match (self.verdict.as_str(), &self.tracking_id) {
            ("happened", None) => Ok(charge::Review::Happened),
            ("happened", Some(tracking_id)) => Ok(charge::Review::HappenedAs {
                tracking_id: tracking_id.clone(),
            }),
            ("missing", None) => Ok(charge::Review::Missing),
            _ => Err(invalid(
                "verdict",
                "must be happened, or missing without a tracking_id",
            )),
        }
    }
}

impl CustomerDataRequest {
    pub(crate) fn to_core(&self) -> Result<CustomerStep> {
        let secret = |text: &str| SecretText::new(text);
        match self.action.as_str() {
            "store" => Ok(CustomerStep::Store(
                secret(&self.token),
                secret(&self.token_key),
            )),
            "update" => Ok(CustomerStep::Update(
                secret(&self.token),
                secret(&self.token_key),
            )),
            "delete" => Ok(CustomerStep::Delete),
            "show" => Ok(CustomerStep::Show),
            _ => Err(invalid("action", "must be store, update, delete or show")),
        }
    }
}

/// What a step answered, with the gateway's ids among the facts.
pub(crate) fn facts(answer: StepAnswer) -> BTreeMap<String, String> {
    let mut facts = named(&answer.details);
    facts.extend(answer.tracking_id.map(|id| ("tracking_id".to_owned(), id)));
    facts.extend(
        answer
            .transaction_id
            .map(|id| ("transaction_id".to_owned(), id)),
    );
    facts
}

/// The leaves of an answer, by path.
pub(crate) fn leaves(answer: &api::Answer) -> BTreeMap<String, String> {
    fn walk(
        element: &netmile::wire::xml::Element,
        path: &str,
        found: &mut BTreeMap<String, String>,
    ) {
        for child in element.children() {
            let path = if path.is_empty() {
                child.name().to_owned()
            } else {
                format!("{path}/{}", child.name())
            };
            if child.children().is_empty() {
                found.insert(path, child.text().to_owned());
            } else {
                walk(child, &path, found);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(answer.fields(), "", &mut found);
    found
}

impl RawRequest {
    pub(crate) fn to_core(&self) -> Result<Message> {
        let max = |field: &RawField| {
            usize::try_from(field.max).map_err(|_| invalid("max", "must not be negative"))
        };
        let mut message = Message::new(FunctionId::parse(&self.function)?);
        for field in &self.fields {
            let (tag, value) = (field.name.clone(), field.value.as_str());
            message = match field.kind.as_str() {
                "digits" => message.digits(tag, value, max(field)?),
                "exactly" => message.exactly(tag, value, max(field)?),
                "single" => message.single(tag, value, max(field)?),
                "multi" => message.multi(tag, value, max(field)?),
                "group" | "secret_group" => {
                    let mut group = api::Group::default();
                    for leaf in &field.fields {
                        let (tag, value) = (leaf.name.clone(), leaf.value.as_str());
                        group = match leaf.kind.as_str() {
                            "digits" => group.digits(tag, value, max(leaf)?),
                            "exactly" => group.exactly(tag, value, max(leaf)?),
                            "single" => group.single(tag, value, max(leaf)?),
                            "multi" => group.multi(tag, value, max(leaf)?),
                            _ => return Err(invalid("kind", LEAVES)),
                        };
                    }
                    if field.kind == "group" {
                        message.group(tag, |_| group)
                    } else {
                        message.secret_group(tag, |_| group)
                    }
                }
                _ => return Err(invalid("kind", KINDS)),
            };
        }
        Ok(message)
    }
}

const LEAVES: &str = "must be digits, exactly, single or multi inside a group";
const KINDS: &str = "must be digits, exactly, single, multi, group or secret_group";

impl From<netmile::Miles> for Balance {
    fn from(miles: netmile::Miles) -> Self {
        Self {
            miles: signed(miles.get()),
        }
    }
}
