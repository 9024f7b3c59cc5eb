// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant

/** Something that the shop has to act on. */
public data class Event @JvmOverloads constructor(
    /** Number to acknowledge it with; never used twice. */
    val id: Long,
    /**
     * `paid`, `paid_late`, `paid_twice`, `awaiting_deposit`, `deposit_expired`, `attempt_failed`, `attempt_cancelled`,
     * `needs_review`, `refund_requested`, `refunded`, `refund_withdrawn`, `contract_ended`, `given_up`, `reserved`,
     * `cancelled`, `partly_refunded`, `step_failed`, `contract_started`, `miles_issued`, `miles_refused`,
     * `miles_cancel_answered`, `miles_cancel_decided`, `miles_cancel_refused`, `exchange_issued`, `exchange_refused`,
     * `exchange_unconfirmed`, or a name that is not known yet.
     */
    val kind: EventKind,
    /** What it is about: `purchase`, `charge`, `issue`, `by_hand`, `cancel`, `exchange` or `upload`. */
    val subject: String,
    /** The shop's id; for miles the `tran_id`. */
    val purchaseId: String,
    /** Merchant; for miles the site. */
    val merchantId: String,
    /** Service; empty for miles. */
    val serviceId: String,
    /** Where the purchase stands after it. */
    val phase: Phase,
    /** Yen of the purchase. */
    val amount: Long,
    /** When it was recorded. */
    val at: Instant,
    /** The attempt it is about. */
    val orderId: String? = null,
    /** The payment it is about. */
    val trackingId: String? = null,
    /**
     * The step of a charge whose outcome it tells: `request`, `commit`, `capture`, `refund`, `partial_refund`,
     * `refund_month` or `end`.
     */
    val step: String? = null,
    /**
     * Which of several such steps: the month of a month's refund (`YYYYMM`), or the shop's own name of a partial
     * refund.
     */
    val key: String? = null,
    /** Why a person must look. */
    val review: String? = null,
) {
    override fun toString(): String =
        "Event(id=$id, kind=$kind, subject=$subject, purchaseId=$purchaseId, phase=$phase, amount=$amount, " +
            "orderId=$orderId, trackingId=$trackingId, step=$step, key=$key)"
}

/** One mistake in a recipe. */
public data class HashFault @JvmOverloads constructor(
    /** Stable name. */
    val id: String,
    /** What was done wrong and what is right, in the client's language. */
    val text: String,
    /** The field it is about. */
    val field: String? = null,
) {
    override fun toString(): String = "HashFault(id=$id, field=$field)"
}

/** What is wrong with a hash. Holds neither key nor values. */
public data class HashExplanation(
    /** `correct`, `recipe`, `no_known_recipe` or `not_a_hash`. */
    val verdict: String,
    /** The mistakes that give exactly this hash. */
    val faults: List<HashFault>,
    /** The explanation in the client's language. */
    val text: String,
) {
    override fun toString(): String = "HashExplanation(verdict=$verdict, text=$text)"
}

/** One entry of the error catalogue. */
public data class ErrorEntry(
    /** Stable code. */
    val code: String,
    /** Whether the same call may succeed later without any change. */
    val retryable: Boolean,
    /** What to do, in English. */
    val hintEn: String,
    /** What to do, in Japanese. */
    val hintJa: String,
) {
    override fun toString(): String = "ErrorEntry(code=$code)"
}

/** What is known about a code of the gateway (`res_err_code`). */
public data class CodeEntry(
    /** The code asked for; in the whole catalogue every code of the entry. */
    val code: String,
    /** Stable name. */
    val id: String,
    /** Whether the catalogue has the code. */
    val known: Boolean,
    /** What it means, in English. */
    val meaningEn: String,
    /** What it means, in Japanese. */
    val meaningJa: String,
    /** What to do, in English. */
    val remedyEn: String,
    /** What to do, in Japanese. */
    val remedyJa: String,
    /** Who does it: `merchant`, `customer`, `gateway` or `nobody`. */
    val actor: String,
    /** Whether the result notice is sent: `sent`, `not_sent` or `unknown`. */
    val notice: String,
) {
    override fun toString(): String = "CodeEntry(code=$code, id=$id, known=$known, actor=$actor)"
}

/** One cell of the capability matrix that is offered. */
public data class MethodCell(
    /** `link` or `api`. */
    val connection: String,
    /** `one_time`, `recurring_simple` or `recurring_metered`. */
    val billing: String,
    /** `pc`, `smartphone` or `feature_phone`. */
    val terminal: String,
) {
    override fun toString(): String = "MethodCell(connection=$connection, billing=$billing, terminal=$terminal)"
}

/** A payment method of a contract. */
public data class MethodInfo @JvmOverloads constructor(
    /** Tag on the wire. */
    val tag: String,
    /** Name in English. */
    val nameEn: String,
    /** Name in Japanese. */
    val nameJa: String,
    /** Least yen. */
    val minYen: Long,
    /** Most yen. */
    val maxYen: Long,
    /** `immediate` or `by_deposit`. */
    val settlement: String,
    /** What the contract offers. */
    val cells: List<MethodCell>,
    /** Number in the API type, if it is called there. */
    val apiNumber: String? = null,
) {
    override fun toString(): String =
        "MethodInfo(tag=$tag, nameEn=$nameEn, nameJa=$nameJa, minYen=$minYen, maxYen=$maxYen, " +
            "settlement=$settlement, cells=$cells, apiNumber=$apiNumber)"
}

/** The methods of the client's contract. */
public data class MethodList(
    /** In the order of the configuration, NetMile first. */
    val methods: List<MethodInfo>,
) {
    override fun toString(): String = "MethodList(methods=$methods)"
}

/** A code of the API type (`res_err_code`). */
public data class ApiCodeEntry @JvmOverloads constructor(
    /** The code, 8 characters. */
    val code: String,
    /** Whether its kind is known. */
    val known: Boolean,
    /** `bug`, `configuration`, `customer`, `final`, `retryable` or `unknown_outcome`. */
    val class_: String,
    /** Whether it must be asked about before it is tried again. */
    val mustAskFirst: Boolean,
    /** Whether the gateway saw the same order before. */
    val duplicate: Boolean,
    /** What it means, in English. */
    val textEn: String,
    /** What it means, in Japanese. */
    val textJa: String,
    /** Tag of the field that it is about. */
    val field: String? = null,
) {
    override fun toString(): String =
        "ApiCodeEntry(code=$code, known=$known, class_=$class_, mustAskFirst=$mustAskFirst)"
}

/** What is known about a code of NetMile. */
public data class MileCodeEntry(
    /** `manual` or `automatic`. */
    val table: String,
    /** The code. */
    val code: String,
    /** Whether it is known. */
    val known: Boolean,
    /** The published wording, in Japanese. */
    val published: String,
    /** What it means and what to do, in English. */
    val textEn: String,
    /** What it means and what to do, in Japanese. */
    val textJa: String,
    /** Who acts: `merchant`, `member`, `netmile` or `nobody`; empty when it is not known. */
    val actor: String,
) {
    override fun toString(): String = "MileCodeEntry(table=$table, code=$code, known=$known, actor=$actor)"
}

/** Every code of NetMile that is known. */
public data class MileCodeCatalogue(
    /** Both tables. */
    val codes: List<MileCodeEntry>,
) {
    override fun toString(): String = "MileCodeCatalogue(codes=$codes)"
}
