// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant

/** An application for recurring billing without a purchase at once (D01-1). */
public data class RecurringRequest @JvmOverloads constructor(
    /** The shop's own id. */
    val purchaseId: String,
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** Item id. */
    val itemId: String,
    /** Tags of the methods offered; an empty list lets the customer choose among all. */
    val payMethods: List<String>,
    /** Where the gateway sends the browser and its notice. */
    val urls: Urls,
    /** What the customer holds. */
    val terminal: Terminal,
    /** Item name. */
    val itemName: String = "",
    /** At most three free texts. */
    val free: List<String> = emptyList(),
) {
    override fun toString(): String = "RecurringRequest(purchaseId=$purchaseId, itemId=$itemId, terminal=$terminal)"
}

/** A step of a charge that is open. */
public data class OpenStep @JvmOverloads constructor(
    /** `request`, `commit`, `capture`, `refund`, `partial_refund`, `refund_month` or `end`. */
    val step: String,
    /** Its yen; 0 where it has none. */
    val amount: Long,
    /** `sending` or `unknown`. */
    val state: String,
    /** Since when. */
    val since: Instant,
    /** How often it may have been sent. */
    val sends: Long,
    /** How often somebody looked for its outcome. */
    val looks: Long,
    /** The month of a month's refund, or the shop's own name of a partial refund. */
    val key: String? = null,
) {
    override fun toString(): String =
        "OpenStep(step=$step, amount=$amount, state=$state, since=$since, sends=$sends, looks=$looks, key=$key)"
}

/** A step of a charge that is over. */
public data class ChargeStep @JvmOverloads constructor(
    /** Which one. */
    val step: String,
    /** Its yen. */
    val amount: Long,
    /** When its end was recorded. */
    val at: Instant,
    /** `done`, `rejected`, `not_sent`, `found`, `found_missing` or `reviewed`. */
    val result: String,
    /** The month of a month's refund, or the shop's own name of a partial refund. */
    val key: String? = null,
    /** The code of a refusal. */
    val code: String? = null,
) {
    override fun toString(): String =
        "ChargeStep(step=$step, amount=$amount, at=$at, result=$result, key=$key, code=$code)"
}

/** Why the gateway or NetMile refused. Nothing moved. */
public data class Refusal(
    /** The code. Those of NetMile's tables carry their table: `manual:44038`. */
    val code: String,
    /** Further facts of the answer, by name. */
    val details: Map<String, String>,
) {
    override fun toString(): String = "Refusal(code=$code)"
}

/** One `order_id` at the API type. */
public data class Charge @JvmOverloads constructor(
    /** The shop's id. */
    val id: String,
    /** Merchant. */
    val merchantId: String,
    /** Service. */
    val serviceId: String,
    /** Tag of the method. */
    val method: String,
    /** `payment`, `period`, `simple_contract` or `metered_contract`. */
    val kind: String,
    /** Yen asked; of a contract those of each period, 0 when metered. */
    val amount: Long,
    /**
     * `prepared`, `unknown`, `authorised`, `reserved`, `awaiting_deposit`, `paid`, `partly_refunded`, `refunded`,
     * `cancelled`, `rejected`, `expired`, `active`, `ended`, `needs_review`, or a name that is not known yet.
     */
    val phase: String,
    /** Further facts by name: what the customer needs to pay a slip, the brand of a card. May be personal. */
    val details: Map<String, String>,
    /** Yen captured. */
    val captured: Long,
    /** Yen refunded. */
    val refunded: Long,
    /** Yen deposited so far. */
    val deposited: Long,
    /** Steps that are over, oldest first. */
    val log: List<ChargeStep>,
    /** Refunded months of a simple contract, `YYYYMM`. */
    val refundedMonths: List<String>,
    /** When it was recorded. */
    val createdAt: Instant,
    /** Of a period: the shop's id of its contract. */
    val subscription: String? = null,
    /** Of a period: which one, such as `2026-02`. */
    val period: String? = null,
    /** The gateway's id, once known. */
    val trackingId: String? = null,
    /** The gateway's id of the first exchange, once known. */
    val transactionId: String? = null,
    /** Yen that a notice says were deposited, while the gateway is asked whether that is so: it would call a person. */
    val doubtedDeposit: Long? = null,
    /** The step that is open. */
    val pending: OpenStep? = null,
    /** Why the request was refused. */
    val rejection: Refusal? = null,
    /** Why a person must look: `no_evidence`, `contradiction` or `deposit_sum`. */
    val review: String? = null,
    /** Last instant at which a slip can be paid. */
    val payBy: Instant? = null,
) {
    override fun toString(): String =
        "Charge(id=$id, method=$method, kind=$kind, amount=$amount, phase=$phase, captured=$captured, " +
            "refunded=$refunded, deposited=$deposited, trackingId=$trackingId, doubtedDeposit=$doubtedDeposit, " +
            "pending=$pending, rejection=$rejection, review=$review)"
}

/** Names what is not known yet. The journal knows of it, and the resolver will find out. */
public data class OpenTicket @JvmOverloads constructor(
    /** The shop's id of what was asked. */
    val id: String,
    /** The step that is open. */
    val step: String,
    /** Since when. */
    val since: Instant,
    /** The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund. */
    val key: String? = null,
    /** When the resolver looks next. */
    val nextLook: Instant? = null,
) {
    override fun toString(): String = "OpenTicket(id=$id, step=$step, since=$since, key=$key, nextLook=$nextLook)"
}

/** How a card is charged. */
public data class CardTerms @JvmOverloads constructor(
    /** 取引区分: `10` once, `21` bonus, `61` instalments, `80` revolving. */
    val dealingsType: String? = null,
    /** 分割回数 of instalments. */
    val divideTimes: Long? = null,
    /** Store the card for this customer. */
    val store: Boolean = false,
) {
    override fun toString(): String = "CardTerms(dealingsType=$dealingsType, divideTimes=$divideTimes, store=$store)"
}

/** A one-time token that the browser got from the gateway. */
public data class CardToken @JvmOverloads constructor(
    /** The token. Secret. */
    val token: String,
    /** Its key. Secret. */
    val tokenKey: String,
    /** How it is charged. */
    val terms: CardTerms? = null,
) {
    override fun toString(): String = "CardToken()"
}

/** What a slip needs. All of it is personal. */
public data class Slip @JvmOverloads constructor(
    /** `seven_eleven`, `lawson`, `ministop`, `family_mart` or `seicomart`. */
    val store: String,
    /** Family name, at most 20 bytes in Shift_JIS. */
    val lastName: String,
    /** First name. */
    val firstName: String,
    /** Postal code, 7 digits. */
    val zip: String,
    /** Prefecture. */
    val prefecture: String,
    /** Town and street. */
    val address: String,
    /** Telephone, 9 to 11 digits. */
    val tel: String,
    /** Mail address. */
    val mail: String,
    /** Family name in full-width katakana. */
    val lastNameKana: String = "",
    /** First name in full-width katakana. */
    val firstNameKana: String = "",
    /** Building. */
    val building: String = "",
    /** Last day on which it can be paid, `YYYYMMDD`. */
    val payBy: String? = null,
) {
    override fun toString(): String = "Slip(store=$store, payBy=$payBy)"
}

/** A leaf of `pay_method_info`. */
public data class MethodField @JvmOverloads constructor(
    /** Tag. */
    val name: String,
    /** Value. May be personal. */
    val value: String,
    /** Whether it may hold multi-byte characters. */
    val multiByte: Boolean = false,
) {
    override fun toString(): String = "MethodField(name=$name, multiByte=$multiByte)"
}

/**
 * A charge of the API type. Exactly one of `token`, `stored_customer`, `member`, `slip`, `fields` and `contract` says
 * by what means the customer pays.
 */
public data class ChargeRequest @JvmOverloads constructor(
    /** The shop's own id, the `order_id`: 1 to 38 of `[0-9A-Za-z_-]`, never used twice. */
    val id: String,
    /** Tag of the method. */
    val method: String,
    /** Yen, tax included. */
    val amount: Long,
    /** The customer's id at the shop (顧客ID), 1 to 64 ASCII characters. Personal. */
    val custCode: String,
    /** Item id (商品ID), 1 to 32 characters. */
    val itemId: String,
    /** Item name (商品名称), at most 40 bytes in Shift_JIS. */
    val itemName: String = "",
    /** What the customer holds: `pc` (when not given), `smartphone` or `feature_phone`. */
    val terminal: String? = null,
    /** Tax within the amount, yen. */
    val tax: Long? = null,
    /** At most three free texts of 20 bytes in Shift_JIS. */
    val free: List<String> = emptyList(),
    /** Detail rows (明細). */
    val rows: List<DetailRow> = emptyList(),
    /** A card by its one-time token. Not kept in the journal. */
    val token: CardToken? = null,
    /** The card that is stored for this customer. */
    val storedCustomer: CardTerms? = null,
    /** A member of a point service, by id. Personal. */
    val member: String? = null,
    /** A slip for the convenience store (Webコンビニ). */
    val slip: Slip? = null,
    /** Leaves of `pay_method_info` of a method that the merchant added. */
    val fields: List<MethodField>? = null,
    /** The contract that was applied for before. */
    val contract: Boolean = false,
    /** Asks for the gateway's numbers of customer and payment. */
    val returnCustomerInfo: Boolean = false,
    /**
     * Campaign type (キャンペーンタイプ) of an application for a simple recurring contract, one digit: 1 for a first month that
     * is free, 0 or nothing for one that is billed at once. For members and methods of the merchant's own only.
     */
    val campType: Long? = null,
) {
    override fun toString(): String = "ChargeRequest(id=$id, method=$method, amount=$amount)"
}

/** Charges. */
public data class Charges(
    /** In the order of contract and id. */
    val charges: List<Charge>,
) {
    override fun toString(): String = "Charges(charges=$charges)"
}

/** What the gateway knows about a payment. */
public data class InquiryAnswer @JvmOverloads constructor(
    /** Whether anything was asked: a charge of which nothing was sent is not asked about. */
    val known: Boolean,
    /** The status as sent. */
    val paymentStatus: String,
    /** Further facts by name. May be personal. */
    val details: Map<String, String>,
    /**
     * `none`, `processing`, `authorised`, `captured`, `cancelled`, `refunded`, `partly_refunded`, `awaiting_deposit`,
     * `partly_deposited`, `deposited` or `overdeposited`.
     */
    val status: String? = null,
    /** Whether the authorisation was committed. */
    val committed: Boolean? = null,
    /** The gateway's id. */
    val trackingId: String? = null,
    /** Yen of the payment. */
    val amount: Long? = null,
    /** Yen refunded in all. */
    val refunded: Long? = null,
) {
    override fun toString(): String =
        "InquiryAnswer(known=$known, paymentStatus=$paymentStatus, status=$status, committed=$committed, " +
            "trackingId=$trackingId, amount=$amount, refunded=$refunded)"
}

/** What to answer to an XML notice, byte for byte, and what it was about. */
public data class XmlNoticeAnswer @JvmOverloads constructor(
    /** HTTP status. */
    val status: Int,
    /** `Content-Type`. */
    val contentType: String,
    /** The body. */
    val body: ByteArray,
    /** Whether the answer accepts the notice. */
    val accepted: Boolean,
    /** Whether the same notice was recorded before. */
    val repeated: Boolean,
    /** The charge as it stands after it. */
    val charge: Charge? = null,
    /** Why not, for the shop's log. */
    val problem: Problem? = null,
) {
    override fun toString(): String =
        "XmlNoticeAnswer(status=$status, accepted=$accepted, repeated=$repeated, charge=$charge, " +
            "problem=$problem)"

    override fun equals(other: Any?): Boolean =
        other is XmlNoticeAnswer &&
            status == other.status &&
            contentType == other.contentType &&
            body.contentEquals(other.body) &&
            accepted == other.accepted &&
            repeated == other.repeated &&
            charge == other.charge &&
            problem == other.problem

    override fun hashCode(): Int = listOf(status, contentType, body.contentHashCode(), accepted, repeated, charge, problem).hashCode()
}

/** A leaf or a group of a raw message. */
public data class RawField @JvmOverloads constructor(
    /** Tag. */
    val name: String,
    /** `digits`, `exactly`, `single`, `multi`, `group` or `secret_group` (its values travel encrypted). */
    val kind: String,
    /** Value of a leaf. May be personal. */
    val value: String = "",
    /** Most characters of a leaf; of `exactly` their number, of `multi` bytes of Shift_JIS. */
    val max: Long = 0,
    /** What a group holds: leaves only. */
    val fields: List<RawField> = emptyList(),
) {
    override fun toString(): String = "RawField(name=$name, kind=$kind, max=$max)"
}

/** Ids. */
public data class Ids(
    /** The shop's ids. */
    val ids: List<String>,
) {
    override fun toString(): String = "Ids(ids=$ids)"
}

/** What a person found out about a raw message whose outcome nobody knows. */
public data class RawReview(
    /** The shop's own id of it. */
    val id: String,
    /** `happened` or `missing`. */
    val verdict: String,
) {
    override fun toString(): String = "RawReview(id=$id, verdict=$verdict)"
}

/** A balance. */
public data class Balance(
    /** Miles. Personal. */
    val miles: Long,
) {
    override fun toString(): String = "Balance()"
}

/** What to do with the card that the gateway keeps for a customer. */
public data class CustomerDataRequest @JvmOverloads constructor(
    /** Tag of the method. */
    val method: String,
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** `store`, `update`, `delete` or `show`. */
    val action: String,
    /** The one-time token to store. Secret. */
    val token: String = "",
    /** Its key. Secret. */
    val tokenKey: String = "",
) {
    override fun toString(): String = "CustomerDataRequest(method=$method, action=$action)"
}

/** On which days a contract is billed. */
public data class BillingSchedule @JvmOverloads constructor(
    /** First day of the contract, `YYYY-MM-DD`. */
    val start: String,
    /** Day of the month, 1 to 31; in shorter months the last one. */
    val billingDay: Long,
    /** Every so many months; 1 when not given. */
    val interval: Long? = null,
    /** A month in which it is billed, `YYYY-MM`; that of the first day when not given. */
    val anchor: String? = null,
    /** The time before the first billing day: `bill_at_once` (when not given), `next_billing_day` or `free`. */
    val first: String? = null,
    /** The last month that is billed, `YYYY-MM`. */
    val lastChargeMonth: String? = null,
    /** The last day of the contract, `YYYY-MM-DD`. */
    val lastDay: String? = null,
) {
    override fun toString(): String =
        "BillingSchedule(start=$start, billingDay=$billingDay, interval=$interval, first=$first)"
}

/** A contract that runs at the gateway already. */
public data class AdoptRequest @JvmOverloads constructor(
    /** The shop's own id of the contract. */
    val id: String,
    /** Tag of the method. */
    val method: String,
    /** The gateway's id of the contract. */
    val trackingId: String,
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** Item id. */
    val itemId: String,
    /** Yen of each period; 0 when metered. */
    val amount: Long,
    /** On which days it is billed. */
    val schedule: BillingSchedule,
    /** Item name. */
    val itemName: String = "",
) {
    override fun toString(): String =
        "AdoptRequest(id=$id, method=$method, trackingId=$trackingId, amount=$amount, schedule=$schedule)"
}

/** A contract that a purchase by link type brought about. */
public data class AdoptPurchaseRequest(
    /** The shop's id of the purchase. */
    val purchaseId: String,
    /** The shop's own id of the contract. */
    val id: String,
    /** Tag of the method. */
    val method: String,
    /** Yen of each period. */
    val amount: Long,
    /** On which days it is billed. */
    val schedule: BillingSchedule,
) {
    override fun toString(): String =
        "AdoptPurchaseRequest(purchaseId=$purchaseId, id=$id, method=$method, amount=$amount, schedule=$schedule)"
}

/** A simple contract (継続課金・簡易) that the gateway bills already. */
public data class AdoptSimpleRequest @JvmOverloads constructor(
    /** The shop's own id of the contract. */
    val id: String,
    /** Tag of the method. */
    val method: String,
    /** The gateway's id of the contract. */
    val trackingId: String,
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** Item id. */
    val itemId: String,
    /** Yen of each month. */
    val amount: Long,
    /** Item name. */
    val itemName: String = "",
    /** What the customer holds: `pc` (when not given), `smartphone` or `feature_phone`. */
    val terminal: String? = null,
) {
    override fun toString(): String =
        "AdoptSimpleRequest(id=$id, method=$method, trackingId=$trackingId, amount=$amount)"
}

/** A period that is due and was not billed. */
public data class DuePeriod(
    /** The shop's id of the contract. */
    val subscription: String,
    /** Which period, such as `2026-02`. */
    val period: String,
    /** Its first day. */
    val starts: String,
    /** Its last day. */
    val ends: String,
    /** Yen of the contract; 0 when metered. */
    val amount: Long,
) {
    override fun toString(): String =
        "DuePeriod(subscription=$subscription, period=$period, starts=$starts, ends=$ends, amount=$amount)"
}

/** Periods that are due. */
public data class DuePeriods(
    /** In the order of contracts and periods. */
    val due: List<DuePeriod>,
) {
    override fun toString(): String = "DuePeriods(due=$due)"
}

/** What the billing job did about one period. */
public data class BilledPeriod @JvmOverloads constructor(
    /** The shop's id of the contract. */
    val subscription: String,
    /** Which period. */
    val period: String,
    /** `billed`, `refused`, `later`, `unknown` or `not_sent`. */
    val next: String,
    /** How it ended, if it was sent. */
    val outcome: Outcome<Charge>? = null,
    /** Why nothing was sent. */
    val problem: Problem? = null,
    /** When it is tried again. */
    val againAt: Instant? = null,
) {
    override fun toString(): String =
        "BilledPeriod(subscription=$subscription, period=$period, next=$next, outcome=$outcome, " +
            "problem=$problem, againAt=$againAt)"
}

/** What the billing job did. */
public data class BilledPeriods(
    /** In the order of contracts and periods. */
    val periods: List<BilledPeriod>,
) {
    override fun toString(): String = "BilledPeriods(periods=$periods)"
}

/** What a period costs. */
public data class PeriodAmount(
    /** The shop's id of the contract. */
    val subscription: String,
    /** Which period, as `subscription.due` names it. */
    val period: String,
    /** Yen. */
    val amount: Long,
) {
    override fun toString(): String = "PeriodAmount(subscription=$subscription, period=$period, amount=$amount)"
}
