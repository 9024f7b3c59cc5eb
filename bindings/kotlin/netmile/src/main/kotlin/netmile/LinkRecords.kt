// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant

/** An HTTP answer for the customer's browser. */
public data class Page(
    /** HTTP status. */
    val status: Int,
    /** `Content-Type`. */
    val contentType: String,
    /** Further headers. */
    val headers: List<FormField>,
    /** The body in the charset of the content type. */
    val body: ByteArray,
) {
    override fun toString(): String = "Page(status=$status, contentType=$contentType)"

    override fun equals(other: Any?): Boolean =
        other is Page &&
            status == other.status &&
            contentType == other.contentType &&
            headers == other.headers &&
            body.contentEquals(other.body)

    override fun hashCode(): Int = listOf(status, contentType, headers, body.contentHashCode()).hashCode()
}

/** The ordered, signed fields that the customer's browser posts. Holds no key. */
public data class SignedForm(
    /** Where it is posted. */
    val action: String,
    /** Names and values in the order of the wire. Values may be personal. */
    val fields: List<FormField>,
    /** `request_date`, `YYYYMMDDHHMMSS` in Japanese time. */
    val requestDate: String,
    /** The body that the browser posts: url-encoded, in Shift_JIS. */
    val body: ByteArray,
    /** A form with hidden inputs and a button, in Shift_JIS, for a page of the shop in Shift_JIS. */
    val html: ByteArray,
    /** A whole page that posts itself; send it with its own content type. */
    val page: Page,
) {
    override fun toString(): String = "SignedForm(action=$action, requestDate=$requestDate)"

    override fun equals(other: Any?): Boolean =
        other is SignedForm &&
            action == other.action &&
            fields == other.fields &&
            requestDate == other.requestDate &&
            body.contentEquals(other.body) &&
            html.contentEquals(other.html) &&
            page == other.page

    override fun hashCode(): Int = listOf(action, fields, requestDate, body.contentHashCode(), html.contentHashCode(), page).hashCode()
}

/** A signed form that is in the journal and may be handed out. */
public data class Checkout @JvmOverloads constructor(
    /** The shop's id. */
    val purchaseId: String,
    /** The id of this attempt at the gateway. */
    val orderId: String,
    /** What the browser posts. */
    val form: SignedForm,
    /**
     * What an app needs to show the payment in a web view, as JSON without any secret; absent when two of the browser's
     * URLs are the same.
     */
    val hosted: String? = null,
) {
    override fun toString(): String = "Checkout(purchaseId=$purchaseId, orderId=$orderId)"

    /** The page to send to the browser. */
    val page: Page get() = form.page
}

/** Where the gateway sends the browser and its notice: https, at most 256 ASCII characters each. */
public data class Urls(
    /** The browser, after the payment. Display only, never proof. */
    val success: String,
    /** The browser, when the customer goes back. */
    val cancel: String,
    /** The browser, after a failure. */
    val error: String,
    /** The gateway's server, with the result that counts. */
    val notify: String,
) {
    override fun toString(): String = "Urls(success=$success, cancel=$cancel, error=$error, notify=$notify)"
}

/** A detail row (明細). */
public data class DetailRow @JvmOverloads constructor(
    /** Item id, at most 20 of `[0-9A-Za-z_-]`. */
    val itemId: String,
    /** Name, at most 40 bytes in Shift_JIS. */
    val itemName: String,
    /** Yen of the row, at most 9,999,999. */
    val amount: Long,
    /** Number of items, at most 999,999. */
    val count: Long? = null,
    /** Tax within the amount, yen. */
    val tax: Long? = null,
    /** At most three free texts of 20 bytes in Shift_JIS. */
    val free: List<String> = emptyList(),
) {
    override fun toString(): String = "DetailRow(itemId=$itemId, amount=$amount)"
}

/** What the shop wants paid (A01-1). */
public data class PurchaseRequest @JvmOverloads constructor(
    /** The shop's own id: 1 to 34 of `[0-9A-Za-z_-]`. Each start makes an id of its own for the gateway. */
    val purchaseId: String,
    /** The customer's id at the shop (顧客ID), at most 64 ASCII characters. Personal. */
    val custCode: String,
    /** Item id (商品ID), 1 to 32 of `[0-9A-Za-z_-]`. */
    val itemId: String,
    /** Yen, tax included; for NetMile 10 to 9,999,999,999. */
    val amount: Long,
    /** Where the gateway sends the browser and its notice. */
    val urls: Urls,
    /** What the customer holds: `pc`, `smartphone` or `feature_phone`. */
    val terminal: Terminal,
    /** Item name (商品名称), at most 40 bytes in Shift_JIS. */
    val itemName: String = "",
    /** Tax within the amount, yen. */
    val tax: Long? = null,
    /** `one_time` (when not given), `recurring_simple` or `recurring_metered`. */
    val billing: Billing = Billing.ONE_TIME,
    /** Tags of the methods offered: `netmile` when not given; an empty list lets the customer choose among all. */
    val payMethods: List<String>? = null,
    /** One digit; recurring simple only. */
    val campType: Long? = null,
    /** `YYYYMM`; recurring simple only. */
    val lastChargeMonth: String? = null,
    /** At most three free texts of 20 bytes in Shift_JIS; results repeat them. */
    val free: List<String> = emptyList(),
    /** `free_csv`, for methods that want it. Personal. */
    val freeCsv: Map<String, String> = emptyMap(),
    /** Detail rows, at most 999. */
    val rows: List<DetailRow> = emptyList(),
) {
    override fun toString(): String =
        "PurchaseRequest(purchaseId=$purchaseId, itemId=$itemId, amount=$amount, terminal=$terminal, " +
            "billing=$billing)"
}

/** One id at the gateway. */
public data class Attempt @JvmOverloads constructor(
    /** The id at the gateway. */
    val orderId: String,
    /** `pay` or `end_contract`. */
    val purpose: String,
    /** Where it stands. */
    val state: String,
    /** When it was started. */
    val startedAt: Instant,
    /** The gateway's code, if it failed. */
    val errCode: String? = null,
    /** The gateway's id, once known. */
    val trackingId: String? = null,
) {
    override fun toString(): String = "Attempt(orderId=$orderId, purpose=$purpose, state=$state, errCode=$errCode)"
}

/** What proves that a refund was executed. */
public data class RefundEvidence(
    /** Where the fact was seen: `management_page`, `reconciliation_file`, … */
    val source: String,
    /** Who says so, or the line of the file. */
    val reference: String,
    /** Refunded yen; must be the whole payment. */
    val amount: Long,
    /** When it was executed. */
    val refundedAt: Instant,
) {
    override fun toString(): String = "RefundEvidence(source=$source, amount=$amount, refundedAt=$refundedAt)"
}

/** A refund of one payment. */
public data class Refund @JvmOverloads constructor(
    /** Why the shop asked. */
    val reason: String,
    /** When the shop asked. */
    val requestedAt: Instant,
    /** What proves that it was executed. */
    val confirmed: RefundEvidence? = null,
) {
    override fun toString(): String = "Refund(requestedAt=$requestedAt, confirmed=$confirmed)"
}

/** Money that moved. */
public data class Payment @JvmOverloads constructor(
    /** The gateway's id. */
    val trackingId: String,
    /** The attempt that it paid. */
    val orderId: String,
    /** Yen. */
    val amount: Long,
    /** When the notice was recorded. */
    val paidAt: Instant,
    /** The shop answered the notice with `NG`: the money moved all the same. */
    val refused: Boolean,
    /** The refund, if one was asked for. */
    val refund: Refund? = null,
) {
    override fun toString(): String =
        "Payment(trackingId=$trackingId, orderId=$orderId, amount=$amount, refused=$refused, refund=$refund)"
}

/** What the shop wants paid, and all that is known about it. */
public data class Purchase @JvmOverloads constructor(
    /** The shop's id. */
    val id: String,
    /** Merchant. */
    val merchantId: String,
    /** Service. */
    val serviceId: String,
    /**
     * Where it stands: `open`, `awaiting_notice`, `awaiting_deposit`, `paid`, `paid_late`, `paid_twice`,
     * `needs_review`, `refund_requested`, `refunded`, `given_up`, or a name that is not known yet.
     */
    val phase: Phase,
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** Item id. */
    val itemId: String,
    /** Item name. */
    val itemName: String,
    /** Yen that were asked. */
    val amount: Long,
    /** How often it is billed. */
    val billing: Billing,
    /** One per start, oldest first. */
    val attempts: List<Attempt>,
    /** Money that moved, oldest first. */
    val payments: List<Payment>,
    /** Yen deposited so far, for methods that settle by deposit. */
    val deposited: Long,
    /** The shop stopped waiting. */
    val givenUp: Boolean,
    /** The shop accepted a late payment. */
    val lateAccepted: Boolean,
    /** When it was recorded first. */
    val createdAt: Instant,
    /** Why a person must look, in phase `needs_review`. */
    val review: String? = null,
    /** Why the recurring contract ended. */
    val contractEnd: String? = null,
) {
    override fun toString(): String = "Purchase(id=$id, phase=$phase, amount=$amount, review=$review)"
}

/** Why something was not accepted. */
public data class Problem @JvmOverloads constructor(
    /** Stable code. */
    val code: String,
    /** The rule that was broken, in English. */
    val detail: String,
    /** What to do, in the client's language. */
    val hint: String,
    /** Whether the same may succeed later. */
    val retryable: Boolean,
    /** The field it is about. */
    val field: String? = null,
) {
    override fun toString(): String = "Problem(code=$code, detail=$detail, field=$field)"
}

/** What to answer to a notice, byte for byte. */
public data class NoticeAnswer @JvmOverloads constructor(
    /** HTTP status. */
    val status: Int,
    /** `Content-Type`. */
    val contentType: String,
    /** The body. */
    val body: ByteArray,
    /** Whether the answer is `OK,`. */
    val accepted: Boolean,
    /** Why not, for the shop's log. */
    val problem: Problem? = null,
) {
    override fun toString(): String = "NoticeAnswer(status=$status, accepted=$accepted, problem=$problem)"

    override fun equals(other: Any?): Boolean =
        other is NoticeAnswer &&
            status == other.status &&
            contentType == other.contentType &&
            body.contentEquals(other.body) &&
            accepted == other.accepted &&
            problem == other.problem

    override fun hashCode(): Int = listOf(status, contentType, body.contentHashCode(), accepted, problem).hashCode()
}

/** What a genuine message says. Every field was verified, `extra` excepted. */
public data class Message @JvmOverloads constructor(
    /** Kind of the message. */
    val kind: String,
    /** Merchant. */
    val merchantId: String,
    /** Service. */
    val serviceId: String,
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** `OK`, `NG`, `PY`, `CN`, `CR`, `CC`, `CL`, or a code that is not known yet. */
    val result: String,
    /** When the gateway made the message. */
    val madeAt: Instant,
    /** Seconds for which it is valid. */
    val limitSecond: Long,
    /** Detail rows. */
    val rows: List<DetailRow>,
    /** Fields outside the definition. **Not verified.** */
    val extra: List<FormField>,
    /** The id at the gateway; a registration has none. */
    val orderId: String? = null,
    /** Yen. */
    val amount: Long? = null,
    /** The gateway's id of the payment. */
    val trackingId: String? = null,
    /** The method that was used. */
    val usedPayMethod: String? = null,
    /** When it was paid, as sent. */
    val paymentDate: String? = null,
    /** The gateway's error code. */
    val errCode: String? = null,
    /** Number of the stored customer. */
    val spsCustNo: String? = null,
    /** Number of the stored payment data. */
    val spsPaymentNo: String? = null,
    /** Specific to the method. May be personal. */
    val payinfoKey: String? = null,
) {
    override fun toString(): String =
        "Message(kind=$kind, result=$result, orderId=$orderId, amount=$amount, trackingId=$trackingId, " +
            "errCode=$errCode)"
}

/** A genuine notice that is not recorded yet. */
public data class NoticeView(
    /** What the gateway says. */
    val message: Message,
    /** The purchase as it stands before it. */
    val purchase: Purchase,
) {
    override fun toString(): String = "NoticeView(message=$message, purchase=$purchase)"
}

/** A browser is back. Decide what to show from the purchase, never from this. */
public data class BrowserReturn @JvmOverloads constructor(
    /** By which way. */
    val by: ReturnedBy,
    /** The id at the gateway; absent when the browser brought nothing. */
    val orderId: String? = null,
    /** The gateway's code, on an error. */
    val errCode: String? = null,
    /** The purchase as it stands now; absent when the browser brought nothing. */
    val purchase: Purchase? = null,
) {
    override fun toString(): String = "BrowserReturn(by=$by, orderId=$orderId, errCode=$errCode, purchase=$purchase)"
}

/** A genuine message that could not be applied. */
public data class Evidence(
    /** Names the bytes. */
    val digest: String,
    /** Why it was refused. */
    val code: String,
    /** The bytes as received. Personal. */
    val body: ByteArray,
    /** When it came. */
    val at: Instant,
) {
    override fun toString(): String = "Evidence(digest=$digest, code=$code, at=$at)"

    override fun equals(other: Any?): Boolean =
        other is Evidence &&
            digest == other.digest &&
            code == other.code &&
            body.contentEquals(other.body) &&
            at == other.at

    override fun hashCode(): Int = listOf(digest, code, body.contentHashCode(), at).hashCode()
}

/** A refund that waits for a person on the gateway's management page. */
public data class RefundTicket @JvmOverloads constructor(
    /** The shop's id. */
    val purchaseId: String,
    /** The payment. */
    val trackingId: String,
    /** Yen; always the whole payment. */
    val amount: Long,
    /** The last moment at which the gateway refunds. */
    val deadline: Instant,
    /** The page on which a person executes it, if it is known. */
    val managementUrl: String? = null,
) {
    override fun toString(): String =
        "RefundTicket(purchaseId=$purchaseId, trackingId=$trackingId, amount=$amount, deadline=$deadline, " +
            "managementUrl=$managementUrl)"
}

/** Registration, update or deletion of a customer's payment data (B01-1, C01-1). */
public data class RegistrationRequest @JvmOverloads constructor(
    /** The customer's id at the shop. Personal. */
    val custCode: String,
    /** Tags of the methods meant. */
    val payMethods: List<String>,
    /** Where the gateway sends the browser and its notice. */
    val urls: Urls,
    /** What the customer holds. */
    val terminal: Terminal,
    /** Which stored customer is meant, 12 digits. */
    val spsCustNo: String = "",
    /** Which stored payment data is meant, 3 digits. */
    val spsPaymentNo: String = "",
    /** At most three free texts. */
    val free: List<String> = emptyList(),
    /** `free_csv`, for methods that want it. Personal. */
    val freeCsv: Map<String, String> = emptyMap(),
) {
    override fun toString(): String = "RegistrationRequest(terminal=$terminal)"
}

/** The result of a registration. */
public data class RegistrationResult @JvmOverloads constructor(
    /** What to answer, if it came as a notice. */
    val answer: NoticeAnswer,
    /** What the gateway says; absent when the browser brought nothing. */
    val message: Message? = null,
) {
    override fun toString(): String = "RegistrationResult(message=$message)"
}

/** The result of a registration, and what it has to answer. */
public data class RegistrationCheck @JvmOverloads constructor(
    /** The body as received, or the query string of a GET. */
    val body: ByteArray,
    /** The fields of the form that was handed out. Personal. */
    val asked: List<FormField>,
    /** The `request_date` of each rendering of that form. */
    val requestDates: List<String>,
    /** `Content-Type`, if there was one; it is then checked. */
    val contentType: String? = null,
    /** Whether the browser brought it; else it is a notice. */
    val returned: Boolean = false,
) {
    override fun toString(): String = "RegistrationCheck(requestDates=$requestDates, returned=$returned)"

    override fun equals(other: Any?): Boolean =
        other is RegistrationCheck &&
            body.contentEquals(other.body) &&
            asked == other.asked &&
            requestDates == other.requestDates &&
            contentType == other.contentType &&
            returned == other.returned

    override fun hashCode(): Int = listOf(body.contentHashCode(), asked, requestDates, contentType, returned).hashCode()
}
