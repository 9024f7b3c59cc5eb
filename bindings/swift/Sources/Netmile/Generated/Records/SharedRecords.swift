// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A name and its value. The value may be personal.
public struct Pair: NetmileRecord {
    /// Name.
    public var name: String
    /// Value.
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    public var shownFields: [(label: String, value: Any)] {
        [("name", name)]
    }
}

extension Pair: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.name = try reader.read("name")
        self.value = try reader.read("value")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("name", name)
        try writer.write("value", value)
        return writer.wire
    }
}

/// Where the gateway sends the browser and its notice: https, at most 256 ASCII characters each.
public struct Urls: NetmileRecord {
    /// The browser, after the payment. Display only, never proof.
    public var success: String
    /// The browser, when the customer goes back.
    public var cancel: String
    /// The browser, after a failure.
    public var error: String
    /// The gateway's server, with the result that counts.
    public var notify: String

    public init(success: String, cancel: String, error: String, notify: String) {
        self.success = success
        self.cancel = cancel
        self.error = error
        self.notify = notify
    }

    public var shownFields: [(label: String, value: Any)] {
        [("success", success), ("cancel", cancel), ("error", error), ("notify", notify)]
    }
}

extension Urls: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.success = try reader.read("success")
        self.cancel = try reader.read("cancel")
        self.error = try reader.read("error")
        self.notify = try reader.read("notify")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("success", success)
        try writer.write("cancel", cancel)
        try writer.write("error", error)
        try writer.write("notify", notify)
        return writer.wire
    }
}

/// A detail row (明細).
public struct DetailRow: NetmileRecord {
    /// Item id, at most 20 of `[0-9A-Za-z_-]`.
    public var itemId: String
    /// Name, at most 40 bytes in Shift_JIS.
    public var itemName: String
    /// Yen of the row, at most 9,999,999.
    public var amount: Int64
    /// Number of items, at most 999,999.
    public var count: Int64?
    /// Tax within the amount, yen.
    public var tax: Int64?
    /// At most three free texts of 20 bytes in Shift_JIS.
    public var free: [String]

    public init(
        itemId: String,
        itemName: String,
        amount: Int64,
        count: Int64? = nil,
        tax: Int64? = nil,
        free: [String] = []
    ) {
        self.itemId = itemId
        self.itemName = itemName
        self.amount = amount
        self.count = count
        self.tax = tax
        self.free = free
    }

    public var shownFields: [(label: String, value: Any)] {
        [("itemId", itemId), ("amount", amount)]
    }
}

extension DetailRow: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.itemId = try reader.read("item_id")
        self.itemName = try reader.read("item_name")
        self.amount = try reader.read("amount")
        self.count = try reader.readIfPresent("count")
        self.tax = try reader.readIfPresent("tax")
        self.free = try reader.read("free", or: [])
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("item_id", itemId)
        try writer.write("item_name", itemName)
        try writer.write("amount", amount)
        try writer.write("count", count)
        try writer.write("tax", tax)
        try writer.write("free", free)
        return writer.wire
    }
}

/// What the shop wants paid (A01-1).
public struct PurchaseRequest: NetmileRecord {
    /// The shop's own id: 1 to 34 of `[0-9A-Za-z_-]`. Each start makes an id of its own for the gateway.
    public var purchaseId: String
    /// The customer's id at the shop (顧客ID), at most 64 ASCII characters. Personal.
    public var custCode: String
    /// Item id (商品ID), 1 to 32 of `[0-9A-Za-z_-]`.
    public var itemId: String
    /// Yen, tax included; for NetMile 10 to 9,999,999,999.
    public var amount: Int64
    /// Where the gateway sends the browser and its notice.
    public var urls: Urls
    /// What the customer holds: `pc`, `smartphone` or `feature_phone`.
    public var terminal: Terminal
    /// Item name (商品名称), at most 40 bytes in Shift_JIS.
    public var itemName: String
    /// Tax within the amount, yen.
    public var tax: Int64?
    /// `one_time` (when not given), `recurring_simple` or `recurring_metered`.
    public var billing: Billing?
    /// Tags of the methods offered: `netmile` when not given; an empty list lets the customer choose among all.
    public var payMethods: [String]?
    /// One digit; recurring simple only.
    public var campType: Int64?
    /// `YYYYMM`; recurring simple only.
    public var lastChargeMonth: String?
    /// At most three free texts of 20 bytes in Shift_JIS; results repeat them.
    public var free: [String]
    /// `free_csv`, for methods that want it. Personal.
    public var freeCsv: [Pair]
    /// Detail rows, at most 999.
    public var rows: [DetailRow]

    public init(
        purchaseId: String,
        custCode: String,
        itemId: String,
        amount: Int64,
        urls: Urls,
        terminal: Terminal,
        itemName: String = "",
        tax: Int64? = nil,
        billing: Billing? = nil,
        payMethods: [String]? = nil,
        campType: Int64? = nil,
        lastChargeMonth: String? = nil,
        free: [String] = [],
        freeCsv: [Pair] = [],
        rows: [DetailRow] = []
    ) {
        self.purchaseId = purchaseId
        self.custCode = custCode
        self.itemId = itemId
        self.amount = amount
        self.urls = urls
        self.terminal = terminal
        self.itemName = itemName
        self.tax = tax
        self.billing = billing
        self.payMethods = payMethods
        self.campType = campType
        self.lastChargeMonth = lastChargeMonth
        self.free = free
        self.freeCsv = freeCsv
        self.rows = rows
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("purchaseId", purchaseId),
            ("itemId", itemId),
            ("amount", amount),
            ("terminal", terminal),
            ("billing", billing as Any),
        ]
    }
}

extension PurchaseRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.custCode = try reader.read("cust_code")
        self.itemId = try reader.read("item_id")
        self.amount = try reader.read("amount")
        self.urls = try reader.read("urls")
        self.terminal = try reader.read("terminal")
        self.itemName = try reader.read("item_name", or: "")
        self.tax = try reader.readIfPresent("tax")
        self.billing = try reader.readIfPresent("billing")
        self.payMethods = try reader.readIfPresent("pay_methods")
        self.campType = try reader.readIfPresent("camp_type")
        self.lastChargeMonth = try reader.readIfPresent("last_charge_month")
        self.free = try reader.read("free", or: [])
        self.freeCsv = try reader.read("free_csv", or: [])
        self.rows = try reader.read("rows", or: [])
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("cust_code", custCode)
        try writer.write("item_id", itemId)
        try writer.write("amount", amount)
        try writer.write("urls", urls)
        try writer.write("terminal", terminal)
        try writer.write("item_name", itemName)
        try writer.write("tax", tax)
        try writer.write("billing", billing)
        try writer.write("pay_methods", payMethods)
        try writer.write("camp_type", campType)
        try writer.write("last_charge_month", lastChargeMonth)
        try writer.write("free", free)
        try writer.write("free_csv", freeCsv)
        try writer.write("rows", rows)
        return writer.wire
    }
}

/// An application for recurring billing without a purchase at once (D01-1).
public struct RecurringRequest: NetmileRecord {
    /// The shop's own id.
    public var purchaseId: String
    /// The customer's id at the shop. Personal.
    public var custCode: String
    /// Item id.
    public var itemId: String
    /// Tags of the methods offered; an empty list lets the customer choose among all.
    public var payMethods: [String]
    /// Where the gateway sends the browser and its notice.
    public var urls: Urls
    /// What the customer holds.
    public var terminal: Terminal
    /// Item name.
    public var itemName: String
    /// At most three free texts.
    public var free: [String]

    public init(
        purchaseId: String,
        custCode: String,
        itemId: String,
        payMethods: [String],
        urls: Urls,
        terminal: Terminal,
        itemName: String = "",
        free: [String] = []
    ) {
        self.purchaseId = purchaseId
        self.custCode = custCode
        self.itemId = itemId
        self.payMethods = payMethods
        self.urls = urls
        self.terminal = terminal
        self.itemName = itemName
        self.free = free
    }

    public var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("itemId", itemId), ("terminal", terminal)]
    }
}

extension RecurringRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.custCode = try reader.read("cust_code")
        self.itemId = try reader.read("item_id")
        self.payMethods = try reader.read("pay_methods")
        self.urls = try reader.read("urls")
        self.terminal = try reader.read("terminal")
        self.itemName = try reader.read("item_name", or: "")
        self.free = try reader.read("free", or: [])
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("cust_code", custCode)
        try writer.write("item_id", itemId)
        try writer.write("pay_methods", payMethods)
        try writer.write("urls", urls)
        try writer.write("terminal", terminal)
        try writer.write("item_name", itemName)
        try writer.write("free", free)
        return writer.wire
    }
}

/// Registration, update or deletion of a customer's payment data (B01-1, C01-1).
public struct RegistrationRequest: NetmileRecord {
    /// The customer's id at the shop. Personal.
    public var custCode: String
    /// Tags of the methods meant.
    public var payMethods: [String]
    /// Where the gateway sends the browser and its notice.
    public var urls: Urls
    /// What the customer holds.
    public var terminal: Terminal
    /// Which stored customer is meant, 12 digits.
    public var spsCustNo: String
    /// Which stored payment data is meant, 3 digits.
    public var spsPaymentNo: String
    /// At most three free texts.
    public var free: [String]
    /// `free_csv`, for methods that want it. Personal.
    public var freeCsv: [Pair]

    public init(
        custCode: String,
        payMethods: [String],
        urls: Urls,
        terminal: Terminal,
        spsCustNo: String = "",
        spsPaymentNo: String = "",
        free: [String] = [],
        freeCsv: [Pair] = []
    ) {
        self.custCode = custCode
        self.payMethods = payMethods
        self.urls = urls
        self.terminal = terminal
        self.spsCustNo = spsCustNo
        self.spsPaymentNo = spsPaymentNo
        self.free = free
        self.freeCsv = freeCsv
    }

    public var shownFields: [(label: String, value: Any)] {
        [("terminal", terminal)]
    }
}

extension RegistrationRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.custCode = try reader.read("cust_code")
        self.payMethods = try reader.read("pay_methods")
        self.urls = try reader.read("urls")
        self.terminal = try reader.read("terminal")
        self.spsCustNo = try reader.read("sps_cust_no", or: "")
        self.spsPaymentNo = try reader.read("sps_payment_no", or: "")
        self.free = try reader.read("free", or: [])
        self.freeCsv = try reader.read("free_csv", or: [])
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("cust_code", custCode)
        try writer.write("pay_methods", payMethods)
        try writer.write("urls", urls)
        try writer.write("terminal", terminal)
        try writer.write("sps_cust_no", spsCustNo)
        try writer.write("sps_payment_no", spsPaymentNo)
        try writer.write("free", free)
        try writer.write("free_csv", freeCsv)
        return writer.wire
    }
}

/// The ordered, signed fields that the customer's browser posts. Holds no key.
public struct SignedForm: NetmileRecord {
    /// Where it is posted.
    public let action: String
    /// Names and values in the order of the wire. Values may be personal.
    public let fields: [Pair]
    /// `request_date`, `YYYYMMDDHHMMSS` in Japanese time.
    public let requestDate: String
    /// The body that the browser posts: url-encoded, in Shift_JIS.
    public let body: Data
    /// A form with hidden inputs and a button, in Shift_JIS, for a page of the shop in Shift_JIS.
    public let html: Data
    /// A whole page that posts itself; send it with its own content type.
    public let page: Page

    public init(action: String, fields: [Pair], requestDate: String, body: Data, html: Data, page: Page) {
        self.action = action
        self.fields = fields
        self.requestDate = requestDate
        self.body = body
        self.html = html
        self.page = page
    }

    public var shownFields: [(label: String, value: Any)] {
        [("action", action), ("requestDate", requestDate)]
    }
}

extension SignedForm: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.action = try reader.read("action")
        self.fields = try reader.read("fields")
        self.requestDate = try reader.read("request_date")
        self.body = try reader.read("body")
        self.html = try reader.read("html")
        self.page = try reader.read("page")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("action", action)
        try writer.write("fields", fields)
        try writer.write("request_date", requestDate)
        try writer.write("body", body)
        try writer.write("html", html)
        try writer.write("page", page)
        return writer.wire
    }
}

/// An HTTP answer for the customer's browser.
public struct Page: NetmileRecord {
    /// HTTP status.
    public let status: Int64
    /// `Content-Type`.
    public let contentType: String
    /// Further headers.
    public let headers: [Pair]
    /// The body in the charset of the content type.
    public let body: Data

    public init(status: Int64, contentType: String, headers: [Pair], body: Data) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    public var shownFields: [(label: String, value: Any)] {
        [("status", status), ("contentType", contentType)]
    }
}

extension Page: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.status = try reader.read("status")
        self.contentType = try reader.read("content_type")
        self.headers = try reader.read("headers")
        self.body = try reader.read("body")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("status", status)
        try writer.write("content_type", contentType)
        try writer.write("headers", headers)
        try writer.write("body", body)
        return writer.wire
    }
}

/// A signed form that is in the journal and may be handed out.
public struct Checkout: NetmileRecord {
    /// The shop's id.
    public let purchaseId: String
    /// The id of this attempt at the gateway.
    public let orderId: String
    /// What the browser posts.
    public let form: SignedForm
    /// What an app needs to show the payment in a web view, as JSON without any secret; absent when two of the
    /// browser's URLs are the same.
    public let hosted: String?

    public init(purchaseId: String, orderId: String, form: SignedForm, hosted: String? = nil) {
        self.purchaseId = purchaseId
        self.orderId = orderId
        self.form = form
        self.hosted = hosted
    }

    public var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("orderId", orderId)]
    }
}

extension Checkout: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.orderId = try reader.read("order_id")
        self.form = try reader.read("form")
        self.hosted = try reader.readIfPresent("hosted")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("order_id", orderId)
        try writer.write("form", form)
        try writer.write("hosted", hosted)
        return writer.wire
    }
}

/// Names a purchase.
package struct PurchaseId: NetmileRecord {
    /// The shop's id.
    package var purchaseId: String

    package init(purchaseId: String) {
        self.purchaseId = purchaseId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId)]
    }
}

extension PurchaseId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        return writer.wire
    }
}

/// A received message: the untouched body and its content type.
package struct Received: NetmileRecord {
    /// The body as received, or the query string of a GET.
    package var body: Data
    /// `Content-Type`, if there was one; it is then checked.
    package var contentType: String?

    package init(body: Data, contentType: String? = nil) {
        self.body = body
        self.contentType = contentType
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension Received: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.body = try reader.read("body")
        self.contentType = try reader.readIfPresent("content_type")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("body", body)
        try writer.write("content_type", contentType)
        return writer.wire
    }
}

/// Why something was not accepted.
public struct Problem: NetmileRecord {
    /// Stable code.
    public let code: String
    /// The field it is about.
    public let field: String?
    /// The rule that was broken, in English.
    public let detail: String
    /// What to do, in the client's language.
    public let hint: String
    /// Whether the same may succeed later.
    public let retryable: Bool

    public init(code: String, detail: String, hint: String, retryable: Bool, field: String? = nil) {
        self.code = code
        self.field = field
        self.detail = detail
        self.hint = hint
        self.retryable = retryable
    }

    public var shownFields: [(label: String, value: Any)] {
        [("code", code), ("field", field as Any), ("detail", detail)]
    }
}

extension Problem: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
        self.field = try reader.readIfPresent("field")
        self.detail = try reader.read("detail")
        self.hint = try reader.read("hint")
        self.retryable = try reader.read("retryable")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        try writer.write("field", field)
        try writer.write("detail", detail)
        try writer.write("hint", hint)
        try writer.write("retryable", retryable)
        return writer.wire
    }
}

/// What to answer to a notice, byte for byte.
public struct NoticeAnswer: NetmileRecord {
    /// HTTP status.
    public let status: Int64
    /// `Content-Type`.
    public let contentType: String
    /// The body.
    public let body: Data
    /// Whether the answer is `OK,`.
    public let accepted: Bool
    /// Why not, for the shop's log.
    public let problem: Problem?

    public init(status: Int64, contentType: String, body: Data, accepted: Bool, problem: Problem? = nil) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.accepted = accepted
        self.problem = problem
    }

    public var shownFields: [(label: String, value: Any)] {
        [("status", status), ("accepted", accepted), ("problem", problem as Any)]
    }
}

extension NoticeAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.status = try reader.read("status")
        self.contentType = try reader.read("content_type")
        self.body = try reader.read("body")
        self.accepted = try reader.read("accepted")
        self.problem = try reader.readIfPresent("problem")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("status", status)
        try writer.write("content_type", contentType)
        try writer.write("body", body)
        try writer.write("accepted", accepted)
        try writer.write("problem", problem)
        return writer.wire
    }
}

/// What a genuine message says. Every field was verified, `extra` excepted.
public struct Message: NetmileRecord {
    /// Kind of the message.
    public let kind: MessageKind
    /// Merchant.
    public let merchantId: String
    /// Service.
    public let serviceId: String
    /// The id at the gateway; a registration has none.
    public let orderId: String?
    /// The customer's id at the shop. Personal.
    public let custCode: String
    /// Yen.
    public let amount: Int64?
    /// `OK`, `NG`, `PY`, `CN`, `CR`, `CC`, `CL`, or a code that is not known yet.
    public let result: String
    /// The gateway's id of the payment.
    public let trackingId: String?
    /// The method that was used.
    public let usedPayMethod: String?
    /// When it was paid, as sent.
    public let paymentDate: String?
    /// The gateway's error code.
    public let errCode: String?
    /// When the gateway made the message.
    public let madeAt: Date
    /// Seconds for which it is valid.
    public let limitSecond: Int64
    /// Number of the stored customer.
    public let spsCustNo: String?
    /// Number of the stored payment data.
    public let spsPaymentNo: String?
    /// Specific to the method. May be personal.
    public let payinfoKey: String?
    /// Detail rows.
    public let rows: [DetailRow]
    /// Fields outside the definition. **Not verified.**
    public let extra: [Pair]

    public init(
        kind: MessageKind,
        merchantId: String,
        serviceId: String,
        custCode: String,
        result: String,
        madeAt: Date,
        limitSecond: Int64,
        rows: [DetailRow],
        extra: [Pair],
        orderId: String? = nil,
        amount: Int64? = nil,
        trackingId: String? = nil,
        usedPayMethod: String? = nil,
        paymentDate: String? = nil,
        errCode: String? = nil,
        spsCustNo: String? = nil,
        spsPaymentNo: String? = nil,
        payinfoKey: String? = nil
    ) {
        self.kind = kind
        self.merchantId = merchantId
        self.serviceId = serviceId
        self.orderId = orderId
        self.custCode = custCode
        self.amount = amount
        self.result = result
        self.trackingId = trackingId
        self.usedPayMethod = usedPayMethod
        self.paymentDate = paymentDate
        self.errCode = errCode
        self.madeAt = madeAt
        self.limitSecond = limitSecond
        self.spsCustNo = spsCustNo
        self.spsPaymentNo = spsPaymentNo
        self.payinfoKey = payinfoKey
        self.rows = rows
        self.extra = extra
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("kind", kind),
            ("orderId", orderId as Any),
            ("amount", amount as Any),
            ("result", result),
            ("trackingId", trackingId as Any),
            ("errCode", errCode as Any),
        ]
    }
}

extension Message: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.merchantId = try reader.read("merchant_id")
        self.serviceId = try reader.read("service_id")
        self.orderId = try reader.readIfPresent("order_id")
        self.custCode = try reader.read("cust_code")
        self.amount = try reader.readIfPresent("amount")
        self.result = try reader.read("result")
        self.trackingId = try reader.readIfPresent("tracking_id")
        self.usedPayMethod = try reader.readIfPresent("used_pay_method")
        self.paymentDate = try reader.readIfPresent("payment_date")
        self.errCode = try reader.readIfPresent("err_code")
        self.madeAt = try reader.read("made_at_ms")
        self.limitSecond = try reader.read("limit_second")
        self.spsCustNo = try reader.readIfPresent("sps_cust_no")
        self.spsPaymentNo = try reader.readIfPresent("sps_payment_no")
        self.payinfoKey = try reader.readIfPresent("payinfo_key")
        self.rows = try reader.read("rows")
        self.extra = try reader.read("extra")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("merchant_id", merchantId)
        try writer.write("service_id", serviceId)
        try writer.write("order_id", orderId)
        try writer.write("cust_code", custCode)
        try writer.write("amount", amount)
        try writer.write("result", result)
        try writer.write("tracking_id", trackingId)
        try writer.write("used_pay_method", usedPayMethod)
        try writer.write("payment_date", paymentDate)
        try writer.write("err_code", errCode)
        try writer.write("made_at_ms", madeAt)
        try writer.write("limit_second", limitSecond)
        try writer.write("sps_cust_no", spsCustNo)
        try writer.write("sps_payment_no", spsPaymentNo)
        try writer.write("payinfo_key", payinfoKey)
        try writer.write("rows", rows)
        try writer.write("extra", extra)
        return writer.wire
    }
}

/// What the shop wants paid, and all that is known about it.
public struct Purchase: NetmileRecord {
    /// The shop's id.
    public let id: String
    /// Merchant.
    public let merchantId: String
    /// Service.
    public let serviceId: String
    /// Where it stands: `open`, `awaiting_notice`, `awaiting_deposit`, `paid`, `paid_late`, `paid_twice`,
    /// `needs_review`, `refund_requested`, `refunded`, `given_up`, or a name that is not known yet.
    public let phase: Phase
    /// Why a person must look: `notice_missing`, `shop_refused`, `contradiction` or `deposit_sum`.
    public let review: String?
    /// The customer's id at the shop. Personal.
    public let custCode: String
    /// Item id.
    public let itemId: String
    /// Item name.
    public let itemName: String
    /// Yen that were asked.
    public let amount: Int64
    /// How often it is billed.
    public let billing: Billing
    /// One per start, oldest first.
    public let attempts: [Attempt]
    /// Money that moved, oldest first.
    public let payments: [Payment]
    /// Yen deposited so far, for methods that settle by deposit.
    public let deposited: Int64
    /// The shop stopped waiting.
    public let givenUp: Bool
    /// The shop accepted a late payment.
    public let lateAccepted: Bool
    /// Why the recurring contract ended: `cancelled`, `ended_by_carrier` or `completed`.
    public let contractEnd: String?
    /// When it was recorded first.
    public let createdAt: Date

    public init(
        id: String,
        merchantId: String,
        serviceId: String,
        phase: Phase,
        custCode: String,
        itemId: String,
        itemName: String,
        amount: Int64,
        billing: Billing,
        attempts: [Attempt],
        payments: [Payment],
        deposited: Int64,
        givenUp: Bool,
        lateAccepted: Bool,
        createdAt: Date,
        review: String? = nil,
        contractEnd: String? = nil
    ) {
        self.id = id
        self.merchantId = merchantId
        self.serviceId = serviceId
        self.phase = phase
        self.review = review
        self.custCode = custCode
        self.itemId = itemId
        self.itemName = itemName
        self.amount = amount
        self.billing = billing
        self.attempts = attempts
        self.payments = payments
        self.deposited = deposited
        self.givenUp = givenUp
        self.lateAccepted = lateAccepted
        self.contractEnd = contractEnd
        self.createdAt = createdAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("phase", phase), ("review", review as Any), ("amount", amount)]
    }
}

extension Purchase: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.merchantId = try reader.read("merchant_id")
        self.serviceId = try reader.read("service_id")
        self.phase = try reader.read("phase")
        self.review = try reader.readIfPresent("review")
        self.custCode = try reader.read("cust_code")
        self.itemId = try reader.read("item_id")
        self.itemName = try reader.read("item_name")
        self.amount = try reader.read("amount")
        self.billing = try reader.read("billing")
        self.attempts = try reader.read("attempts")
        self.payments = try reader.read("payments")
        self.deposited = try reader.read("deposited")
        self.givenUp = try reader.read("given_up")
        self.lateAccepted = try reader.read("late_accepted")
        self.contractEnd = try reader.readIfPresent("contract_end")
        self.createdAt = try reader.read("created_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("merchant_id", merchantId)
        try writer.write("service_id", serviceId)
        try writer.write("phase", phase)
        try writer.write("review", review)
        try writer.write("cust_code", custCode)
        try writer.write("item_id", itemId)
        try writer.write("item_name", itemName)
        try writer.write("amount", amount)
        try writer.write("billing", billing)
        try writer.write("attempts", attempts)
        try writer.write("payments", payments)
        try writer.write("deposited", deposited)
        try writer.write("given_up", givenUp)
        try writer.write("late_accepted", lateAccepted)
        try writer.write("contract_end", contractEnd)
        try writer.write("created_at_ms", createdAt)
        return writer.wire
    }
}

/// One id at the gateway.
public struct Attempt: NetmileRecord {
    /// The id at the gateway.
    public let orderId: String
    /// `pay` or `end_contract`.
    public let purpose: String
    /// Where it stands: `open`, `returned`, `cancelled`, `failed`, `awaiting_deposit`, `expired`, `paid`, `refused` or
    /// `ended`.
    public let state: String
    /// When it was started.
    public let startedAt: Date
    /// The gateway's code, if it failed.
    public let errCode: String?
    /// The gateway's id, once known.
    public let trackingId: String?

    public init(
        orderId: String,
        purpose: String,
        state: String,
        startedAt: Date,
        errCode: String? = nil,
        trackingId: String? = nil
    ) {
        self.orderId = orderId
        self.purpose = purpose
        self.state = state
        self.startedAt = startedAt
        self.errCode = errCode
        self.trackingId = trackingId
    }

    public var shownFields: [(label: String, value: Any)] {
        [("orderId", orderId), ("purpose", purpose), ("state", state), ("errCode", errCode as Any)]
    }
}

extension Attempt: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.orderId = try reader.read("order_id")
        self.purpose = try reader.read("purpose")
        self.state = try reader.read("state")
        self.startedAt = try reader.read("started_at_ms")
        self.errCode = try reader.readIfPresent("err_code")
        self.trackingId = try reader.readIfPresent("tracking_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("order_id", orderId)
        try writer.write("purpose", purpose)
        try writer.write("state", state)
        try writer.write("started_at_ms", startedAt)
        try writer.write("err_code", errCode)
        try writer.write("tracking_id", trackingId)
        return writer.wire
    }
}

/// Money that moved.
public struct Payment: NetmileRecord {
    /// The gateway's id.
    public let trackingId: String
    /// The attempt that it paid.
    public let orderId: String
    /// Yen.
    public let amount: Int64
    /// When the notice was recorded.
    public let paidAt: Date
    /// The shop answered the notice with `NG`: the money moved all the same.
    public let refused: Bool
    /// The refund, if one was asked for.
    public let refund: Refund?

    public init(
        trackingId: String,
        orderId: String,
        amount: Int64,
        paidAt: Date,
        refused: Bool,
        refund: Refund? = nil
    ) {
        self.trackingId = trackingId
        self.orderId = orderId
        self.amount = amount
        self.paidAt = paidAt
        self.refused = refused
        self.refund = refund
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("trackingId", trackingId),
            ("orderId", orderId),
            ("amount", amount),
            ("refused", refused),
            ("refund", refund as Any),
        ]
    }
}

extension Payment: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.trackingId = try reader.read("tracking_id")
        self.orderId = try reader.read("order_id")
        self.amount = try reader.read("amount")
        self.paidAt = try reader.read("paid_at_ms")
        self.refused = try reader.read("refused")
        self.refund = try reader.readIfPresent("refund")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tracking_id", trackingId)
        try writer.write("order_id", orderId)
        try writer.write("amount", amount)
        try writer.write("paid_at_ms", paidAt)
        try writer.write("refused", refused)
        try writer.write("refund", refund)
        return writer.wire
    }
}

/// A refund of one payment.
public struct Refund: NetmileRecord {
    /// Why the shop asked.
    public let reason: String
    /// When the shop asked.
    public let requestedAt: Date
    /// What proves that it was executed.
    public let confirmed: RefundEvidence?

    public init(reason: String, requestedAt: Date, confirmed: RefundEvidence? = nil) {
        self.reason = reason
        self.requestedAt = requestedAt
        self.confirmed = confirmed
    }

    public var shownFields: [(label: String, value: Any)] {
        [("requestedAt", requestedAt), ("confirmed", confirmed as Any)]
    }
}

extension Refund: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.reason = try reader.read("reason")
        self.requestedAt = try reader.read("requested_at_ms")
        self.confirmed = try reader.readIfPresent("confirmed")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("reason", reason)
        try writer.write("requested_at_ms", requestedAt)
        try writer.write("confirmed", confirmed)
        return writer.wire
    }
}

/// What proves that a refund was executed.
public struct RefundEvidence: NetmileRecord {
    /// Where the fact was seen: `management_page`, `reconciliation_file`, …
    public var source: String
    /// Who says so, or the line of the file.
    public var reference: String
    /// Refunded yen; must be the whole payment.
    public var amount: Int64
    /// When it was executed.
    public var refundedAt: Date

    public init(source: String, reference: String, amount: Int64, refundedAt: Date) {
        self.source = source
        self.reference = reference
        self.amount = amount
        self.refundedAt = refundedAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [("source", source), ("amount", amount), ("refundedAt", refundedAt)]
    }
}

extension RefundEvidence: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.source = try reader.read("source")
        self.reference = try reader.read("reference")
        self.amount = try reader.read("amount")
        self.refundedAt = try reader.read("refunded_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("source", source)
        try writer.write("reference", reference)
        try writer.write("amount", amount)
        try writer.write("refunded_at_ms", refundedAt)
        return writer.wire
    }
}

/// At most so many.
package struct Limit: NetmileRecord {
    /// 1 to 1000.
    package var limit: Int64

    package init(limit: Int64) {
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("limit", limit)]
    }
}

extension Limit: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.limit = try reader.read("limit")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("limit", limit)
        return writer.wire
    }
}

/// An operation that takes nothing.
package struct Nothing: NetmileRecord {
    package init() {
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension Nothing: Wire {
    package init(wire: JSONValue) throws {
        _ = try WireReader(wire)
    }

    package func toWire() throws -> JSONValue {
        .object([:])
    }
}

/// A charge of the API type. Exactly one of `token`, `stored_customer`, `member`, `slip`, `fields` and `contract` says
/// by what means the customer pays.
public struct ChargeRequest: NetmileRecord {
    /// The shop's own id, the `order_id`: 1 to 38 of `[0-9A-Za-z_-]`, never used twice.
    public var id: String
    /// Tag of the method.
    public var method: String
    /// Yen, tax included.
    public var amount: Int64
    /// The customer's id at the shop (顧客ID), 1 to 64 ASCII characters. Personal.
    public var custCode: String
    /// Item id (商品ID), 1 to 32 characters.
    public var itemId: String
    /// Item name (商品名称), at most 40 bytes in Shift_JIS.
    public var itemName: String
    /// What the customer holds: `pc` (when not given), `smartphone` or `feature_phone`.
    public var terminal: Terminal?
    /// Tax within the amount, yen.
    public var tax: Int64?
    /// At most three free texts of 20 bytes in Shift_JIS.
    public var free: [String]
    /// Detail rows (明細).
    public var rows: [DetailRow]
    /// A card by its one-time token. Not kept in the journal.
    public var token: CardToken?
    /// The card that is stored for this customer.
    public var storedCustomer: CardTerms?
    /// A member of a point service, by id. Personal.
    public var member: String?
    /// A slip for the convenience store (Webコンビニ).
    public var slip: Slip?
    /// Leaves of `pay_method_info` of a method that the merchant added.
    public var fields: [MethodField]?
    /// The contract that was applied for before.
    public var contract: Bool
    /// Asks for the gateway's numbers of customer and payment.
    public var returnCustomerInfo: Bool
    /// Campaign type (キャンペーンタイプ) of an application for a simple recurring contract, one digit: 1 for a first month that
    /// is free, 0 or nothing for one that is billed at once. For members and methods of the merchant's own only.
    public var campType: Int64?

    public init(
        id: String,
        method: String,
        amount: Int64,
        custCode: String,
        itemId: String,
        itemName: String = "",
        terminal: Terminal? = nil,
        tax: Int64? = nil,
        free: [String] = [],
        rows: [DetailRow] = [],
        token: CardToken? = nil,
        storedCustomer: CardTerms? = nil,
        member: String? = nil,
        slip: Slip? = nil,
        fields: [MethodField]? = nil,
        contract: Bool = false,
        returnCustomerInfo: Bool = false,
        campType: Int64? = nil
    ) {
        self.id = id
        self.method = method
        self.amount = amount
        self.custCode = custCode
        self.itemId = itemId
        self.itemName = itemName
        self.terminal = terminal
        self.tax = tax
        self.free = free
        self.rows = rows
        self.token = token
        self.storedCustomer = storedCustomer
        self.member = member
        self.slip = slip
        self.fields = fields
        self.contract = contract
        self.returnCustomerInfo = returnCustomerInfo
        self.campType = campType
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("method", method), ("amount", amount)]
    }
}

extension ChargeRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.method = try reader.read("method")
        self.amount = try reader.read("amount")
        self.custCode = try reader.read("cust_code")
        self.itemId = try reader.read("item_id")
        self.itemName = try reader.read("item_name", or: "")
        self.terminal = try reader.readIfPresent("terminal")
        self.tax = try reader.readIfPresent("tax")
        self.free = try reader.read("free", or: [])
        self.rows = try reader.read("rows", or: [])
        self.token = try reader.readIfPresent("token")
        self.storedCustomer = try reader.readIfPresent("stored_customer")
        self.member = try reader.readIfPresent("member")
        self.slip = try reader.readIfPresent("slip")
        self.fields = try reader.readIfPresent("fields")
        self.contract = try reader.read("contract", or: false)
        self.returnCustomerInfo = try reader.read("return_customer_info", or: false)
        self.campType = try reader.readIfPresent("camp_type")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("method", method)
        try writer.write("amount", amount)
        try writer.write("cust_code", custCode)
        try writer.write("item_id", itemId)
        try writer.write("item_name", itemName)
        try writer.write("terminal", terminal)
        try writer.write("tax", tax)
        try writer.write("free", free)
        try writer.write("rows", rows)
        try writer.write("token", token)
        try writer.write("stored_customer", storedCustomer)
        try writer.write("member", member)
        try writer.write("slip", slip)
        try writer.write("fields", fields)
        try writer.write("contract", contract)
        try writer.write("return_customer_info", returnCustomerInfo)
        try writer.write("camp_type", campType)
        return writer.wire
    }
}

/// A one-time token that the browser got from the gateway.
public struct CardToken: NetmileRecord {
    /// The token. Secret.
    public var token: String
    /// Its key. Secret.
    public var tokenKey: String
    /// How it is charged.
    public var terms: CardTerms?

    public init(token: String, tokenKey: String, terms: CardTerms? = nil) {
        self.token = token
        self.tokenKey = tokenKey
        self.terms = terms
    }

    public var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension CardToken: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.token = try reader.read("token")
        self.tokenKey = try reader.read("token_key")
        self.terms = try reader.readIfPresent("terms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("token", token)
        try writer.write("token_key", tokenKey)
        try writer.write("terms", terms)
        return writer.wire
    }
}

/// How a card is charged.
public struct CardTerms: NetmileRecord {
    /// 取引区分: `10` once, `21` bonus, `61` instalments, `80` revolving.
    public var dealingsType: String?
    /// 分割回数 of instalments.
    public var divideTimes: Int64?
    /// Store the card for this customer.
    public var store: Bool

    public init(dealingsType: String? = nil, divideTimes: Int64? = nil, store: Bool = false) {
        self.dealingsType = dealingsType
        self.divideTimes = divideTimes
        self.store = store
    }

    public var shownFields: [(label: String, value: Any)] {
        [("dealingsType", dealingsType as Any), ("divideTimes", divideTimes as Any), ("store", store)]
    }
}

extension CardTerms: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.dealingsType = try reader.readIfPresent("dealings_type")
        self.divideTimes = try reader.readIfPresent("divide_times")
        self.store = try reader.read("store", or: false)
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("dealings_type", dealingsType)
        try writer.write("divide_times", divideTimes)
        try writer.write("store", store)
        return writer.wire
    }
}

/// What a slip needs. All of it is personal.
public struct Slip: NetmileRecord {
    /// `seven_eleven`, `lawson`, `ministop`, `family_mart` or `seicomart`.
    public var store: String
    /// Family name, at most 20 bytes in Shift_JIS.
    public var lastName: String
    /// First name.
    public var firstName: String
    /// Family name in full-width katakana.
    public var lastNameKana: String
    /// First name in full-width katakana.
    public var firstNameKana: String
    /// Postal code, 7 digits.
    public var zip: String
    /// Prefecture.
    public var prefecture: String
    /// Town and street.
    public var address: String
    /// Building.
    public var building: String
    /// Telephone, 9 to 11 digits.
    public var tel: String
    /// Mail address.
    public var mail: String
    /// Last day on which it can be paid, `YYYYMMDD`.
    public var payBy: String?

    public init(
        store: String,
        lastName: String,
        firstName: String,
        zip: String,
        prefecture: String,
        address: String,
        tel: String,
        mail: String,
        lastNameKana: String = "",
        firstNameKana: String = "",
        building: String = "",
        payBy: String? = nil
    ) {
        self.store = store
        self.lastName = lastName
        self.firstName = firstName
        self.lastNameKana = lastNameKana
        self.firstNameKana = firstNameKana
        self.zip = zip
        self.prefecture = prefecture
        self.address = address
        self.building = building
        self.tel = tel
        self.mail = mail
        self.payBy = payBy
    }

    public var shownFields: [(label: String, value: Any)] {
        [("store", store), ("payBy", payBy as Any)]
    }
}

extension Slip: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.store = try reader.read("store")
        self.lastName = try reader.read("last_name")
        self.firstName = try reader.read("first_name")
        self.lastNameKana = try reader.read("last_name_kana", or: "")
        self.firstNameKana = try reader.read("first_name_kana", or: "")
        self.zip = try reader.read("zip")
        self.prefecture = try reader.read("prefecture")
        self.address = try reader.read("address")
        self.building = try reader.read("building", or: "")
        self.tel = try reader.read("tel")
        self.mail = try reader.read("mail")
        self.payBy = try reader.readIfPresent("pay_by")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("store", store)
        try writer.write("last_name", lastName)
        try writer.write("first_name", firstName)
        try writer.write("last_name_kana", lastNameKana)
        try writer.write("first_name_kana", firstNameKana)
        try writer.write("zip", zip)
        try writer.write("prefecture", prefecture)
        try writer.write("address", address)
        try writer.write("building", building)
        try writer.write("tel", tel)
        try writer.write("mail", mail)
        try writer.write("pay_by", payBy)
        return writer.wire
    }
}

/// A leaf of `pay_method_info`.
public struct MethodField: NetmileRecord {
    /// Tag.
    public var name: String
    /// Value. May be personal.
    public var value: String
    /// Whether it may hold multi-byte characters.
    public var multiByte: Bool

    public init(name: String, value: String, multiByte: Bool = false) {
        self.name = name
        self.value = value
        self.multiByte = multiByte
    }

    public var shownFields: [(label: String, value: Any)] {
        [("name", name), ("multiByte", multiByte)]
    }
}

extension MethodField: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.name = try reader.read("name")
        self.value = try reader.read("value")
        self.multiByte = try reader.read("multi_byte", or: false)
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("name", name)
        try writer.write("value", value)
        try writer.write("multi_byte", multiByte)
        return writer.wire
    }
}

/// Why the gateway or NetMile refused. Nothing moved.
public struct Refusal: NetmileRecord {
    /// The code. Those of NetMile's tables carry their table: `manual:44038`.
    public var code: String
    /// Further facts of the answer, by name.
    public var details: [String: String]

    public init(code: String, details: [String: String]) {
        self.code = code
        self.details = details
    }

    public var shownFields: [(label: String, value: Any)] {
        [("code", code)]
    }
}

extension Refusal: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
        self.details = try reader.read("details")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        try writer.write("details", details)
        return writer.wire
    }
}

/// Names what is not known yet. The journal knows of it, and the resolver will find out.
public struct OpenTicket: NetmileRecord {
    /// The shop's id of what was asked.
    public let id: String
    /// The step that is open.
    public let step: String
    /// The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
    public let key: String?
    /// Since when.
    public let since: Date
    /// When the resolver looks next.
    public let nextLook: Date?

    public init(id: String, step: String, since: Date, key: String? = nil, nextLook: Date? = nil) {
        self.id = id
        self.step = step
        self.key = key
        self.since = since
        self.nextLook = nextLook
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("step", step), ("key", key as Any), ("since", since), ("nextLook", nextLook as Any)]
    }
}

extension OpenTicket: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.step = try reader.read("step")
        self.key = try reader.readIfPresent("key")
        self.since = try reader.read("since_ms")
        self.nextLook = try reader.readIfPresent("next_look_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("step", step)
        try writer.write("key", key)
        try writer.write("since_ms", since)
        try writer.write("next_look_ms", nextLook)
        return writer.wire
    }
}

/// How a step of a charge ended.
public typealias ChargeOutcome = Outcome<Charge>

/// One `order_id` at the API type.
public struct Charge: NetmileRecord {
    /// The shop's id.
    public let id: String
    /// Merchant.
    public let merchantId: String
    /// Service.
    public let serviceId: String
    /// Tag of the method.
    public let method: String
    /// `payment`, `period`, `simple_contract` or `metered_contract`.
    public let kind: String
    /// Of a period: the shop's id of its contract.
    public let subscription: String?
    /// Of a period: which one, such as `2026-02`.
    public let period: String?
    /// Yen asked; of a contract those of each period, 0 when metered.
    public let amount: Int64
    /// `prepared`, `unknown`, `authorised`, `reserved`, `awaiting_deposit`, `paid`, `partly_refunded`, `refunded`,
    /// `cancelled`, `rejected`, `expired`, `active`, `ended`, `needs_review`, or a name that is not known yet.
    public let phase: ChargePhase
    /// The gateway's id, once known.
    public let trackingId: String?
    /// The gateway's id of the first exchange, once known.
    public let transactionId: String?
    /// Further facts by name: what the customer needs to pay a slip, the brand of a card. May be personal.
    public let details: [String: String]
    /// Yen captured.
    public let captured: Int64
    /// Yen refunded.
    public let refunded: Int64
    /// Yen deposited so far.
    public let deposited: Int64
    /// Yen that a notice says were deposited, while the gateway is asked whether that is so: it would call a person.
    public let doubtedDeposit: Int64?
    /// The step that is open.
    public let pending: OpenStep?
    /// Steps that are over, oldest first.
    public let log: [ChargeStep]
    /// Why the request was refused.
    public let rejection: Refusal?
    /// Why a person must look: `no_evidence`, `contradiction` or `deposit_sum`.
    public let review: String?
    /// Last instant at which a slip can be paid.
    public let payBy: Date?
    /// Refunded months of a simple contract, `YYYYMM`.
    public let refundedMonths: [String]
    /// When it was recorded.
    public let createdAt: Date

    public init(
        id: String,
        merchantId: String,
        serviceId: String,
        method: String,
        kind: String,
        amount: Int64,
        phase: ChargePhase,
        details: [String: String],
        captured: Int64,
        refunded: Int64,
        deposited: Int64,
        log: [ChargeStep],
        refundedMonths: [String],
        createdAt: Date,
        subscription: String? = nil,
        period: String? = nil,
        trackingId: String? = nil,
        transactionId: String? = nil,
        doubtedDeposit: Int64? = nil,
        pending: OpenStep? = nil,
        rejection: Refusal? = nil,
        review: String? = nil,
        payBy: Date? = nil
    ) {
        self.id = id
        self.merchantId = merchantId
        self.serviceId = serviceId
        self.method = method
        self.kind = kind
        self.subscription = subscription
        self.period = period
        self.amount = amount
        self.phase = phase
        self.trackingId = trackingId
        self.transactionId = transactionId
        self.details = details
        self.captured = captured
        self.refunded = refunded
        self.deposited = deposited
        self.doubtedDeposit = doubtedDeposit
        self.pending = pending
        self.log = log
        self.rejection = rejection
        self.review = review
        self.payBy = payBy
        self.refundedMonths = refundedMonths
        self.createdAt = createdAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("id", id),
            ("method", method),
            ("kind", kind),
            ("amount", amount),
            ("phase", phase),
            ("trackingId", trackingId as Any),
            ("captured", captured),
            ("refunded", refunded),
            ("deposited", deposited),
            ("doubtedDeposit", doubtedDeposit as Any),
            ("pending", pending as Any),
            ("rejection", rejection as Any),
            ("review", review as Any),
        ]
    }
}

extension Charge: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.merchantId = try reader.read("merchant_id")
        self.serviceId = try reader.read("service_id")
        self.method = try reader.read("method")
        self.kind = try reader.read("kind")
        self.subscription = try reader.readIfPresent("subscription")
        self.period = try reader.readIfPresent("period")
        self.amount = try reader.read("amount")
        self.phase = try reader.read("phase")
        self.trackingId = try reader.readIfPresent("tracking_id")
        self.transactionId = try reader.readIfPresent("transaction_id")
        self.details = try reader.read("details")
        self.captured = try reader.read("captured")
        self.refunded = try reader.read("refunded")
        self.deposited = try reader.read("deposited")
        self.doubtedDeposit = try reader.readIfPresent("doubted_deposit")
        self.pending = try reader.readIfPresent("pending")
        self.log = try reader.read("log")
        self.rejection = try reader.readIfPresent("rejection")
        self.review = try reader.readIfPresent("review")
        self.payBy = try reader.readIfPresent("pay_by_ms")
        self.refundedMonths = try reader.read("refunded_months")
        self.createdAt = try reader.read("created_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("merchant_id", merchantId)
        try writer.write("service_id", serviceId)
        try writer.write("method", method)
        try writer.write("kind", kind)
        try writer.write("subscription", subscription)
        try writer.write("period", period)
        try writer.write("amount", amount)
        try writer.write("phase", phase)
        try writer.write("tracking_id", trackingId)
        try writer.write("transaction_id", transactionId)
        try writer.write("details", details)
        try writer.write("captured", captured)
        try writer.write("refunded", refunded)
        try writer.write("deposited", deposited)
        try writer.write("doubted_deposit", doubtedDeposit)
        try writer.write("pending", pending)
        try writer.write("log", log)
        try writer.write("rejection", rejection)
        try writer.write("review", review)
        try writer.write("pay_by_ms", payBy)
        try writer.write("refunded_months", refundedMonths)
        try writer.write("created_at_ms", createdAt)
        return writer.wire
    }
}

/// A step of a charge that is open.
public struct OpenStep: NetmileRecord {
    /// `request`, `commit`, `capture`, `refund`, `partial_refund`, `refund_month` or `end`.
    public let step: String
    /// Its yen; 0 where it has none.
    public let amount: Int64
    /// The month of a month's refund, or the shop's own name of a partial refund.
    public let key: String?
    /// `sending` or `unknown`.
    public let state: String
    /// Since when.
    public let since: Date
    /// How often it may have been sent.
    public let sends: Int64
    /// How often somebody looked for its outcome.
    public let looks: Int64

    public init(
        step: String,
        amount: Int64,
        state: String,
        since: Date,
        sends: Int64,
        looks: Int64,
        key: String? = nil
    ) {
        self.step = step
        self.amount = amount
        self.key = key
        self.state = state
        self.since = since
        self.sends = sends
        self.looks = looks
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("step", step),
            ("amount", amount),
            ("key", key as Any),
            ("state", state),
            ("since", since),
            ("sends", sends),
            ("looks", looks),
        ]
    }
}

extension OpenStep: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.step = try reader.read("step")
        self.amount = try reader.read("amount")
        self.key = try reader.readIfPresent("key")
        self.state = try reader.read("state")
        self.since = try reader.read("since_ms")
        self.sends = try reader.read("sends")
        self.looks = try reader.read("looks")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("step", step)
        try writer.write("amount", amount)
        try writer.write("key", key)
        try writer.write("state", state)
        try writer.write("since_ms", since)
        try writer.write("sends", sends)
        try writer.write("looks", looks)
        return writer.wire
    }
}

/// A step of a charge that is over.
public struct ChargeStep: NetmileRecord {
    /// Which one.
    public let step: String
    /// Its yen.
    public let amount: Int64
    /// The month of a month's refund, or the shop's own name of a partial refund.
    public let key: String?
    /// When its end was recorded.
    public let at: Date
    /// `done`, `rejected`, `not_sent`, `found`, `found_missing` or `reviewed`.
    public let result: String
    /// The code of a refusal.
    public let code: String?

    public init(step: String, amount: Int64, at: Date, result: String, key: String? = nil, code: String? = nil) {
        self.step = step
        self.amount = amount
        self.key = key
        self.at = at
        self.result = result
        self.code = code
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("step", step),
            ("amount", amount),
            ("key", key as Any),
            ("at", at),
            ("result", result),
            ("code", code as Any),
        ]
    }
}

extension ChargeStep: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.step = try reader.read("step")
        self.amount = try reader.read("amount")
        self.key = try reader.readIfPresent("key")
        self.at = try reader.read("at_ms")
        self.result = try reader.read("result")
        self.code = try reader.readIfPresent("code")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("step", step)
        try writer.write("amount", amount)
        try writer.write("key", key)
        try writer.write("at_ms", at)
        try writer.write("result", result)
        try writer.write("code", code)
        return writer.wire
    }
}

/// Names a charge.
package struct ChargeId: NetmileRecord {
    /// The shop's id.
    package var id: String

    package init(id: String) {
        self.id = id
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id)]
    }
}

extension ChargeId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        return writer.wire
    }
}

/// Charges.
public struct Charges: NetmileRecord {
    /// In the order of contract and id.
    public let charges: [Charge]

    public init(charges: [Charge]) {
        self.charges = charges
    }

    public var shownFields: [(label: String, value: Any)] {
        [("charges", charges)]
    }
}

extension Charges: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.charges = try reader.read("charges")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("charges", charges)
        return writer.wire
    }
}

/// Who gets miles. Exactly one is given.
public struct MileUser: NetmileRecord {
    /// Mail address. Personal.
    public var mail: String?
    /// Mail address of a mobile carrier. Personal.
    public var mobileMail: String?
    /// NetMile user id. Personal.
    public var userId: String?

    public init(mail: String? = nil, mobileMail: String? = nil, userId: String? = nil) {
        self.mail = mail
        self.mobileMail = mobileMail
        self.userId = userId
    }

    public var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension MileUser: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.mail = try reader.readIfPresent("mail")
        self.mobileMail = try reader.readIfPresent("mobile_mail")
        self.userId = try reader.readIfPresent("user_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("mail", mail)
        try writer.write("mobile_mail", mobileMail)
        try writer.write("user_id", userId)
        return writer.wire
    }
}
