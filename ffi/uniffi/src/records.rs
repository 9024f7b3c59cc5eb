//! Requests and answers as plain data.
//!
//! `Debug` and `Display` show ids, codes and amounts only: the other fields may be personal.

use serde::{Deserialize, Serialize};

use crate::describe::{FieldDescription, RecordDescription};

macro_rules! records {
    ($(
        $(#[$meta:meta])*
        $name:ident shows [$($shown:ident),*] {
            $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        }
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
        #[uniffi::export(Debug, Display)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($shown), &self.$shown))*
                    .finish_non_exhaustive()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self, f)
            }
        }
    )+
        /// What they look like.
        pub(crate) const DESCRIPTIONS: &[RecordDescription] = &[$(RecordDescription {
            name: stringify!($name),
            attributes: &[$(stringify!($meta)),*],
            shown: &[$(stringify!($shown)),*],
            fields: &[$(FieldDescription {
                name: stringify!($field),
                kind: stringify!($type),
                attributes: &[$(stringify!($field_meta)),*],
            }),*],
            #[cfg(feature = "watch")]
            printed: |json| serde_json::from_str::<$name>(json).map(|is| format!("{is}\n{is:?}\n{is:#?}")),
        }),+];
    };
}

records! {
    /// A name and its value. The value may be personal.
    Pair shows [name] {
        /// Name.
        name: String,
        /// Value.
        value: String,
    }

    /// Where the gateway sends the browser and its notice: https, at most 256 ASCII characters each.
    Urls shows [success, cancel, error, notify] {
        /// The browser, after the payment. Display only, never proof.
        success: String,
        /// The browser, when the customer goes back.
        cancel: String,
        /// The browser, after a failure.
        error: String,
        /// The gateway's server, with the result that counts.
        notify: String,
    }

    /// A detail row (明細).
    DetailRow shows [item_id, amount] {
        /// Item id, at most 20 of `[0-9A-Za-z_-]`.
        item_id: String,
        /// Name, at most 40 bytes in Shift_JIS.
        item_name: String,
        /// Yen of the row, at most 9,999,999.
        amount: i64,
        /// Number of items, at most 999,999.
        #[serde(default)] #[uniffi(default)]
        count: Option<i64>,
        /// Tax within the amount, yen.
        #[serde(default)] #[uniffi(default)]
        tax: Option<i64>,
        /// At most three free texts of 20 bytes in Shift_JIS.
        #[serde(default)] #[uniffi(default)]
        free: Vec<String>,
    }

    /// What the shop wants paid (A01-1).
    PurchaseRequest shows [purchase_id, item_id, amount, terminal, billing] {
        /// The shop's own id: 1 to 34 of `[0-9A-Za-z_-]`. Each start makes an id of its own for the gateway.
        purchase_id: String,
        /// The customer's id at the shop (顧客ID), at most 64 ASCII characters. Personal.
        cust_code: String,
        /// Item id (商品ID), 1 to 32 of `[0-9A-Za-z_-]`.
        item_id: String,
        /// Yen, tax included; for NetMile 10 to 9,999,999,999.
        amount: i64,
        /// Where the gateway sends the browser and its notice.
        urls: Urls,
        /// What the customer holds: `pc`, `smartphone` or `feature_phone`.
        terminal: String,
        /// Item name (商品名称), at most 40 bytes in Shift_JIS.
        #[serde(default)] #[uniffi(default)]
        item_name: String,
        /// Tax within the amount, yen.
        #[serde(default)] #[uniffi(default)]
        tax: Option<i64>,
        /// `one_time` (when not given), `recurring_simple` or `recurring_metered`.
        #[serde(default)] #[uniffi(default)]
        billing: Option<String>,
        /// Tags of the methods offered: `netmile` when not given; an empty list lets the customer choose among all.
        #[serde(default)] #[uniffi(default)]
        pay_methods: Option<Vec<String>>,
        /// One digit; recurring simple only.
        #[serde(default)] #[uniffi(default)]
        camp_type: Option<i64>,
        /// `YYYYMM`; recurring simple only.
        #[serde(default)] #[uniffi(default)]
        last_charge_month: Option<String>,
        /// At most three free texts of 20 bytes in Shift_JIS; results repeat them.
        #[serde(default)] #[uniffi(default)]
        free: Vec<String>,
        /// `free_csv`, for methods that want it. Personal.
        #[serde(default)] #[uniffi(default)]
        free_csv: Vec<Pair>,
        /// Detail rows, at most 999.
        #[serde(default)] #[uniffi(default)]
        rows: Vec<DetailRow>,
    }

    /// An application for recurring billing without a purchase at once (D01-1).
    RecurringRequest shows [purchase_id, item_id, terminal] {
        /// The shop's own id.
        purchase_id: String,
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// Item id.
        item_id: String,
        /// Tags of the methods offered; an empty list lets the customer choose among all.
        pay_methods: Vec<String>,
        /// Where the gateway sends the browser and its notice.
        urls: Urls,
        /// What the customer holds.
        terminal: String,
        /// Item name.
        #[serde(default)] #[uniffi(default)]
        item_name: String,
        /// At most three free texts.
        #[serde(default)] #[uniffi(default)]
        free: Vec<String>,
    }

    /// Registration, update or deletion of a customer's payment data (B01-1, C01-1).
    RegistrationRequest shows [terminal] {
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// Tags of the methods meant.
        pay_methods: Vec<String>,
        /// Where the gateway sends the browser and its notice.
        urls: Urls,
        /// What the customer holds.
        terminal: String,
        /// Which stored customer is meant, 12 digits.
        #[serde(default)] #[uniffi(default)]
        sps_cust_no: String,
        /// Which stored payment data is meant, 3 digits.
        #[serde(default)] #[uniffi(default)]
        sps_payment_no: String,
        /// At most three free texts.
        #[serde(default)] #[uniffi(default)]
        free: Vec<String>,
        /// `free_csv`, for methods that want it. Personal.
        #[serde(default)] #[uniffi(default)]
        free_csv: Vec<Pair>,
    }

    /// A purchase request to be signed as it is, without a journal.
    SignPurchase shows [order_id, at] {
        /// The request; its `purchase_id` is not used.
        request: PurchaseRequest,
        /// The id at the gateway, 1 to 38 characters.
        order_id: String,
        /// `request_date`: `YYYYMMDDHHMMSS` in Japanese time.
        at: String,
    }

    /// A recurring application to be signed as it is, without a journal.
    SignRecurring shows [order_id, at] {
        /// The request; its `purchase_id` is not used.
        request: RecurringRequest,
        /// The id at the gateway.
        order_id: String,
        /// `request_date`.
        at: String,
    }

    /// A registration to be signed as it is.
    SignRegistration shows [delete, at] {
        /// The request.
        request: RegistrationRequest,
        /// Whether the stored data are deleted (C01-1).
        #[serde(default)] #[uniffi(default)]
        delete: bool,
        /// `request_date`.
        at: String,
    }

    /// The ordered, signed fields that the customer's browser posts. Holds no key.
    SignedForm shows [action, request_date] {
        /// Where it is posted.
        action: String,
        /// Names and values in the order of the wire. Values may be personal.
        fields: Vec<Pair>,
        /// `request_date`, `YYYYMMDDHHMMSS` in Japanese time.
        request_date: String,
        /// The body that the browser posts: url-encoded, in Shift_JIS.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// A form with hidden inputs and a button, in Shift_JIS, for a page of the shop in Shift_JIS.
        #[serde(with = "crate::bytes")]
        html: Vec<u8>,
        /// A whole page that posts itself; send it with its own content type.
        page: Page,
    }

    /// An HTTP answer for the customer's browser.
    Page shows [status, content_type] {
        /// HTTP status.
        status: u16,
        /// `Content-Type`.
        content_type: String,
        /// Further headers.
        headers: Vec<Pair>,
        /// The body in the charset of the content type.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
    }

    /// A signed form that is in the journal and may be handed out.
    Checkout shows [purchase_id, order_id] {
        /// The shop's id.
        purchase_id: String,
        /// The id of this attempt at the gateway.
        order_id: String,
        /// What the browser posts.
        form: SignedForm,
        /// What an app needs to show the payment in a web view, as JSON without any secret; absent when two of the
        /// browser's URLs are the same.
        hosted: Option<String>,
    }

    /// Names a purchase.
    PurchaseId shows [purchase_id] {
        /// The shop's id.
        purchase_id: String,
    }

    /// Names an attempt.
    OrderId shows [order_id] {
        /// The id at the gateway.
        order_id: String,
    }

    /// A received message: the untouched body and its content type.
    Received shows [] {
        /// The body as received, or the query string of a GET.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// `Content-Type`, if there was one; it is then checked.
        #[serde(default)] #[uniffi(default)]
        content_type: Option<String>,
    }

    /// A notice that the shop refuses.
    RefusedNotice shows [reason] {
        /// The body as received.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// `Content-Type`, if there was one.
        #[serde(default)] #[uniffi(default)]
        content_type: Option<String>,
        /// A short reason in ASCII, without personal data.
        reason: String,
    }

    /// What the browser brought back.
    ReceivedReturn shows [by] {
        /// By which URL: `success`, `cancel` or `error`.
        by: String,
        /// The body as received; empty when it brought nothing.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// `Content-Type`, if there was one.
        #[serde(default)] #[uniffi(default)]
        content_type: Option<String>,
    }

    /// A message to be verified on its own, without a journal.
    ReceivedMessage shows [kind] {
        /// `purchase_notice`, `purchase_return`, `cancel_return`, `error_return`, `registration_notice`,
        /// `registration_return`, `recurring_notice` or `recurring_return`.
        kind: String,
        /// The body as received.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// `Content-Type`, if there was one.
        #[serde(default)] #[uniffi(default)]
        content_type: Option<String>,
    }

    /// Why something was not accepted.
    Problem shows [code, field, detail] {
        /// Stable code.
        code: String,
        /// The field it is about.
        field: Option<String>,
        /// The rule that was broken, in English.
        detail: String,
        /// What to do, in the client's language.
        hint: String,
        /// Whether the same may succeed later.
        retryable: bool,
    }

    /// What to answer to a notice, byte for byte.
    NoticeAnswer shows [status, accepted, problem] {
        /// HTTP status.
        status: u16,
        /// `Content-Type`.
        content_type: String,
        /// The body.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// Whether the answer is `OK,`.
        accepted: bool,
        /// Why not, for the shop's log.
        problem: Option<Problem>,
    }

    /// What a genuine message says. Every field was verified, `extra` excepted.
    Message shows [kind, order_id, amount, result, tracking_id, err_code] {
        /// Kind of the message.
        kind: String,
        /// Merchant.
        merchant_id: String,
        /// Service.
        service_id: String,
        /// The id at the gateway; a registration has none.
        order_id: Option<String>,
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// Yen.
        amount: Option<i64>,
        /// `OK`, `NG`, `PY`, `CN`, `CR`, `CC`, `CL`, or a code that is not known yet.
        result: String,
        /// The gateway's id of the payment.
        tracking_id: Option<String>,
        /// The method that was used.
        used_pay_method: Option<String>,
        /// When it was paid, as sent.
        payment_date: Option<String>,
        /// The gateway's error code.
        err_code: Option<String>,
        /// When the gateway made the message.
        made_at_ms: i64,
        /// Seconds for which it is valid.
        limit_second: i64,
        /// Number of the stored customer.
        sps_cust_no: Option<String>,
        /// Number of the stored payment data.
        sps_payment_no: Option<String>,
        /// Specific to the method. May be personal.
        payinfo_key: Option<String>,
        /// Detail rows.
        rows: Vec<DetailRow>,
        /// Fields outside the definition. **Not verified.**
        extra: Vec<Pair>,
    }

    /// A genuine notice that is not recorded yet.
    NoticeView shows [message, purchase] {
        /// What the gateway says.
        message: Message,
        /// The purchase as it stands before it.
        purchase: Purchase,
    }

    /// A browser is back. Decide what to show from the purchase, never from this.
    BrowserReturn shows [by, order_id, err_code, purchase] {
        /// By which way.
        by: String,
        /// The id at the gateway; absent when the browser brought nothing.
        order_id: Option<String>,
        /// The gateway's code, on an error.
        err_code: Option<String>,
        /// The purchase as it stands now; absent when the browser brought nothing.
        purchase: Option<Purchase>,
    }

    /// The result of a registration.
    RegistrationResult shows [message] {
        /// What the gateway says; absent when the browser brought nothing.
        message: Option<Message>,
        /// What to answer, if it came as a notice.
        answer: NoticeAnswer,
    }

    /// What the shop wants paid, and all that is known about it.
    Purchase shows [id, phase, review, amount] {
        /// The shop's id.
        id: String,
        /// Merchant.
        merchant_id: String,
        /// Service.
        service_id: String,
        /// Where it stands: `open`, `awaiting_notice`, `awaiting_deposit`, `paid`, `paid_late`, `paid_twice`,
        /// `needs_review`, `refund_requested`, `refunded`, `given_up`, or a name that is not known yet.
        phase: String,
        /// Why a person must look: `notice_missing`, `shop_refused`, `contradiction` or `deposit_sum`.
        review: Option<String>,
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// Item id.
        item_id: String,
        /// Item name.
        item_name: String,
        /// Yen that were asked.
        amount: i64,
        /// How often it is billed.
        billing: String,
        /// One per start, oldest first.
        attempts: Vec<Attempt>,
        /// Money that moved, oldest first.
        payments: Vec<Payment>,
        /// Yen deposited so far, for methods that settle by deposit.
        deposited: i64,
        /// The shop stopped waiting.
        given_up: bool,
        /// The shop accepted a late payment.
        late_accepted: bool,
        /// Why the recurring contract ended: `cancelled`, `ended_by_carrier` or `completed`.
        contract_end: Option<String>,
        /// When it was recorded first.
        created_at_ms: i64,
    }

    /// One id at the gateway.
    Attempt shows [order_id, purpose, state, err_code] {
        /// The id at the gateway.
        order_id: String,
        /// `pay` or `end_contract`.
        purpose: String,
        /// Where it stands: `open`, `returned`, `cancelled`, `failed`, `awaiting_deposit`, `expired`, `paid`, `refused` or
        /// `ended`.
        state: String,
        /// When it was started.
        started_at_ms: i64,
        /// The gateway's code, if it failed.
        err_code: Option<String>,
        /// The gateway's id, once known.
        tracking_id: Option<String>,
    }

    /// Money that moved.
    Payment shows [tracking_id, order_id, amount, refused, refund] {
        /// The gateway's id.
        tracking_id: String,
        /// The attempt that it paid.
        order_id: String,
        /// Yen.
        amount: i64,
        /// When the notice was recorded.
        paid_at_ms: i64,
        /// The shop answered the notice with `NG`: the money moved all the same.
        refused: bool,
        /// The refund, if one was asked for.
        refund: Option<Refund>,
    }

    /// A refund of one payment.
    Refund shows [requested_at_ms, confirmed] {
        /// Why the shop asked.
        reason: String,
        /// When the shop asked.
        requested_at_ms: i64,
        /// What proves that it was executed.
        confirmed: Option<RefundEvidence>,
    }

    /// What proves that a refund was executed.
    RefundEvidence shows [source, amount, refunded_at_ms] {
        /// Where the fact was seen: `management_page`, `reconciliation_file`, …
        source: String,
        /// Who says so, or the line of the file.
        reference: String,
        /// Refunded yen; must be the whole payment.
        amount: i64,
        /// When it was executed.
        refunded_at_ms: i64,
    }

    /// A payment to be refunded.
    RefundRequest shows [purchase_id, tracking_id] {
        /// The shop's id.
        purchase_id: String,
        /// Why, for the shop's own records.
        reason: String,
        /// Which payment; the only one when not given.
        #[serde(default)] #[uniffi(default)]
        tracking_id: Option<String>,
    }

    /// A refund that waits for a person on the gateway's management page.
    RefundTicket shows [purchase_id, tracking_id, amount, management_url, deadline_ms] {
        /// The shop's id.
        purchase_id: String,
        /// The payment.
        tracking_id: String,
        /// Yen; always the whole payment.
        amount: i64,
        /// The page on which a person executes it, if it is known.
        management_url: Option<String>,
        /// The last moment at which the gateway refunds.
        deadline_ms: i64,
    }

    /// A refund that was executed.
    RefundConfirmation shows [purchase_id, tracking_id, evidence] {
        /// The shop's id.
        purchase_id: String,
        /// The payment.
        tracking_id: String,
        /// What proves it.
        evidence: RefundEvidence,
    }

    /// Names a payment.
    PaymentId shows [purchase_id, tracking_id] {
        /// The shop's id.
        purchase_id: String,
        /// The payment.
        tracking_id: String,
    }

    /// What a person found on the management page about a purchase under review.
    ReviewVerdict shows [purchase_id, paid, order_id, tracking_id] {
        /// The shop's id.
        purchase_id: String,
        /// Whether the page shows a payment.
        paid: bool,
        /// The attempt that was paid.
        #[serde(default)] #[uniffi(default)]
        order_id: Option<String>,
        /// The gateway's id.
        #[serde(default)] #[uniffi(default)]
        tracking_id: Option<String>,
    }

    /// Which purchases to list.
    PurchaseQuery shows [phases, after, limit] {
        /// In one of these phases; none means any.
        phases: Vec<String>,
        /// After the purchase of this id: the last one of the previous page.
        #[serde(default)] #[uniffi(default)]
        after: Option<String>,
        /// At most so many, 1 to 1000.
        limit: i64,
    }

    /// Purchases.
    Purchases shows [purchases] {
        /// In order.
        purchases: Vec<Purchase>,
    }

    /// At most so many.
    Limit shows [limit] {
        /// 1 to 1000.
        limit: i64,
    }

    /// Something that the shop has to act on.
    Delivery shows [id, kind, subject, purchase_id, phase, order_id, tracking_id, step, key, amount] {
        /// Number to acknowledge it with; never used twice.
        id: i64,
        /// `paid`, `paid_late`, `paid_twice`, `awaiting_deposit`, `deposit_expired`, `attempt_failed`,
        /// `attempt_cancelled`, `needs_review`, `refund_requested`, `refunded`, `refund_withdrawn`, `contract_ended`,
        /// `given_up`, `reserved`, `cancelled`, `partly_refunded`, `step_failed`, `contract_started`, `miles_issued`,
        /// `miles_refused`, `miles_cancel_answered`, `miles_cancel_decided`, `miles_cancel_refused`, `exchange_issued`,
        /// `exchange_refused`, `exchange_unconfirmed`, or a name that is not known yet.
        kind: String,
        /// What it is about: `purchase`, `charge`, `issue`, `by_hand`, `cancel`, `exchange` or `upload`.
        subject: String,
        /// The shop's id; for miles the `tran_id`.
        purchase_id: String,
        /// Merchant; for miles the site.
        merchant_id: String,
        /// Service; empty for miles.
        service_id: String,
        /// Where the purchase stands after it.
        phase: String,
        /// The attempt it is about.
        order_id: Option<String>,
        /// The payment it is about.
        tracking_id: Option<String>,
        /// The step of a charge whose outcome it tells: `request`, `commit`, `capture`, `refund`, `partial_refund`,
        /// `refund_month` or `end`.
        step: Option<String>,
        /// Which of several such steps: the month of a month's refund (`YYYYMM`), or the shop's own name of a partial
        /// refund.
        key: Option<String>,
        /// Yen of the purchase.
        amount: i64,
        /// Why a person must look.
        review: Option<String>,
        /// When it was recorded.
        at_ms: i64,
    }

    /// What the shop has to act on, in order.
    Deliveries shows [deliveries] {
        /// Oldest first.
        deliveries: Vec<Delivery>,
    }

    /// Names an event.
    EventId shows [id] {
        /// Its number.
        id: i64,
    }

    /// Whether an event was acknowledged by this call.
    Acknowledged shows [acknowledged] {
        /// False when it was acknowledged before.
        acknowledged: bool,
    }

    /// A genuine message that could not be applied.
    Evidence shows [digest, code, at_ms] {
        /// Names the bytes.
        digest: String,
        /// Why it was refused.
        code: String,
        /// The bytes as received. Personal.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// When it came.
        at_ms: i64,
    }

    /// Kept evidence.
    EvidenceList shows [evidence] {
        /// Newest first.
        evidence: Vec<Evidence>,
    }

    /// A hash that does not match.
    HashQuestion shows [message] {
        /// `purchase`, `purchase_result`, `purchase_return`, `registration`, `registration_result`,
        /// `registration_return`, `recurring`, `recurring_result` or `recurring_return`.
        message: String,
        /// Names and values as sent, in the order sent. Personal.
        fields: Vec<Pair>,
        /// The hash that somebody else computed.
        claimed: String,
    }

    /// What is wrong with a hash. Holds neither key nor values.
    HashExplanation shows [verdict, text] {
        /// `correct`, `recipe`, `no_known_recipe` or `not_a_hash`.
        verdict: String,
        /// The mistakes that give exactly this hash.
        faults: Vec<HashFault>,
        /// The explanation in the client's language.
        text: String,
    }

    /// One mistake in a recipe.
    HashFault shows [id, field] {
        /// Stable name.
        id: String,
        /// The field it is about.
        field: Option<String>,
        /// What was done wrong and what is right, in the client's language.
        text: String,
    }

    /// One entry of the error catalogue.
    ErrorEntry shows [code] {
        /// Stable code.
        code: String,
        /// Whether the same call may succeed later without any change.
        retryable: bool,
        /// What to do, in English.
        hint_en: String,
        /// What to do, in Japanese.
        hint_ja: String,
    }

    /// The error catalogue.
    ErrorCatalogue shows [errors] {
        /// Every code.
        errors: Vec<ErrorEntry>,
    }

    /// A code of the gateway.
    CodeQuery shows [code] {
        /// `res_err_code`, as received.
        code: String,
    }

    /// What is known about a code of the gateway (`res_err_code`).
    CodeEntry shows [code, id, known, actor] {
        /// The code asked for; in the whole catalogue every code of the entry.
        code: String,
        /// Stable name.
        id: String,
        /// Whether the catalogue has the code.
        known: bool,
        /// What it means, in English.
        meaning_en: String,
        /// What it means, in Japanese.
        meaning_ja: String,
        /// What to do, in English.
        remedy_en: String,
        /// What to do, in Japanese.
        remedy_ja: String,
        /// Who does it: `merchant`, `customer`, `gateway` or `nobody`.
        actor: String,
        /// Whether the result notice is sent: `sent`, `not_sent` or `unknown`.
        notice: String,
    }

    /// The codes of the gateway.
    CodeCatalogue shows [codes] {
        /// Every entry.
        codes: Vec<CodeEntry>,
    }

    /// An operation that takes nothing.
    Nothing shows [] {}
}
