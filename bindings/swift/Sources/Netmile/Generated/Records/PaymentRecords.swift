// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A capture.
package struct CaptureRequest: NetmileRecord {
    /// The shop's id.
    package var id: String
    /// Yen; all that is reserved when not given.
    package var amount: Int64?

    package init(id: String, amount: Int64? = nil) {
        self.id = id
        self.amount = amount
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("amount", amount as Any)]
    }
}

extension CaptureRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.amount = try reader.readIfPresent("amount")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("amount", amount)
        return writer.wire
    }
}

/// A refund of a part.
package struct PartRefundRequest: NetmileRecord {
    /// The shop's id.
    package var id: String
    /// The shop's own name of this part, 1 to 64 characters: a repeat is recognised by it.
    package var name: String
    /// Yen.
    package var amount: Int64

    package init(id: String, name: String, amount: Int64) {
        self.id = id
        self.name = name
        self.amount = amount
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("name", name), ("amount", amount)]
    }
}

extension PartRefundRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.name = try reader.read("name")
        self.amount = try reader.read("amount")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("name", name)
        try writer.write("amount", amount)
        return writer.wire
    }
}

/// Which charges to list.
package struct ChargeQuery: NetmileRecord {
    /// In one of these phases; none means any.
    package var phases: [ChargePhase]
    /// After the charge of this id: the last one of the previous page.
    package var after: String?
    /// At most so many, 1 to 1000.
    package var limit: Int64

    package init(limit: Int64, phases: [ChargePhase] = [], after: String? = nil) {
        self.phases = phases
        self.after = after
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("phases", phases), ("after", after as Any), ("limit", limit)]
    }
}

extension ChargeQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.phases = try reader.read("phases", or: [])
        self.after = try reader.readIfPresent("after")
        self.limit = try reader.read("limit")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("phases", phases)
        try writer.write("after", after)
        try writer.write("limit", limit)
        return writer.wire
    }
}

/// What the gateway knows about a payment.
public struct InquiryAnswer: NetmileRecord {
    /// Whether anything was asked: a charge of which nothing was sent is not asked about.
    public let known: Bool
    /// `none`, `processing`, `authorised`, `captured`, `cancelled`, `refunded`, `partly_refunded`, `awaiting_deposit`,
    /// `partly_deposited`, `deposited` or `overdeposited`.
    public let status: String?
    /// The status as sent.
    public let paymentStatus: String
    /// Whether the authorisation was committed.
    public let committed: Bool?
    /// The gateway's id.
    public let trackingId: String?
    /// Yen of the payment.
    public let amount: Int64?
    /// Yen refunded in all.
    public let refunded: Int64?
    /// Further facts by name. May be personal.
    public let details: [String: String]

    public init(
        known: Bool,
        paymentStatus: String,
        details: [String: String],
        status: String? = nil,
        committed: Bool? = nil,
        trackingId: String? = nil,
        amount: Int64? = nil,
        refunded: Int64? = nil
    ) {
        self.known = known
        self.status = status
        self.paymentStatus = paymentStatus
        self.committed = committed
        self.trackingId = trackingId
        self.amount = amount
        self.refunded = refunded
        self.details = details
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("known", known),
            ("status", status as Any),
            ("paymentStatus", paymentStatus),
            ("committed", committed as Any),
            ("trackingId", trackingId as Any),
            ("amount", amount as Any),
            ("refunded", refunded as Any),
        ]
    }
}

extension InquiryAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.known = try reader.read("known")
        self.status = try reader.readIfPresent("status")
        self.paymentStatus = try reader.read("payment_status")
        self.committed = try reader.readIfPresent("committed")
        self.trackingId = try reader.readIfPresent("tracking_id")
        self.amount = try reader.readIfPresent("amount")
        self.refunded = try reader.readIfPresent("refunded")
        self.details = try reader.read("details")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("known", known)
        try writer.write("status", status)
        try writer.write("payment_status", paymentStatus)
        try writer.write("committed", committed)
        try writer.write("tracking_id", trackingId)
        try writer.write("amount", amount)
        try writer.write("refunded", refunded)
        try writer.write("details", details)
        return writer.wire
    }
}

/// A received XML notice of the API type.
package struct XmlNotice: NetmileRecord {
    /// The body as received.
    package var body: Data

    package init(body: Data) {
        self.body = body
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension XmlNotice: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.body = try reader.read("body")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("body", body)
        return writer.wire
    }
}

/// What to answer to an XML notice, byte for byte, and what it was about.
public struct XmlNoticeAnswer: NetmileRecord {
    /// HTTP status.
    public let status: Int64
    /// `Content-Type`.
    public let contentType: String
    /// The body.
    public let body: Data
    /// Whether the answer accepts the notice.
    public let accepted: Bool
    /// Whether the same notice was recorded before.
    public let repeated: Bool
    /// The charge as it stands after it.
    public let charge: Charge?
    /// Why not, for the shop's log.
    public let problem: Problem?

    public init(
        status: Int64,
        contentType: String,
        body: Data,
        accepted: Bool,
        repeated: Bool,
        charge: Charge? = nil,
        problem: Problem? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.accepted = accepted
        self.repeated = repeated
        self.charge = charge
        self.problem = problem
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("status", status),
            ("accepted", accepted),
            ("repeated", repeated),
            ("charge", charge as Any),
            ("problem", problem as Any),
        ]
    }
}

extension XmlNoticeAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.status = try reader.read("status")
        self.contentType = try reader.read("content_type")
        self.body = try reader.read("body")
        self.accepted = try reader.read("accepted")
        self.repeated = try reader.read("repeated")
        self.charge = try reader.readIfPresent("charge")
        self.problem = try reader.readIfPresent("problem")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("status", status)
        try writer.write("content_type", contentType)
        try writer.write("body", body)
        try writer.write("accepted", accepted)
        try writer.write("repeated", repeated)
        try writer.write("charge", charge)
        try writer.write("problem", problem)
        return writer.wire
    }
}

/// What a person found out about a charge under review.
package struct ChargeReview: NetmileRecord {
    /// The shop's id.
    package var id: String
    /// `happened` or `missing`.
    package var verdict: ReviewVerdict
    /// The gateway's id that the management page shows, where the journal does not know it.
    package var trackingId: String?

    package init(id: String, verdict: ReviewVerdict, trackingId: String? = nil) {
        self.id = id
        self.verdict = verdict
        self.trackingId = trackingId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("verdict", verdict), ("trackingId", trackingId as Any)]
    }
}

extension ChargeReview: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.verdict = try reader.read("verdict")
        self.trackingId = try reader.readIfPresent("tracking_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("verdict", verdict)
        try writer.write("tracking_id", trackingId)
        return writer.wire
    }
}

/// A message of any function of the gateway.
package struct RawRequest: NetmileRecord {
    /// The shop's own id of this exchange, never used twice.
    package var id: String
    /// Tag of the method.
    package var method: String
    /// Function id, such as `ST01-00101-900`.
    package var function: String
    /// Leaves and groups in the order of the wire.
    package var fields: [RawField]

    package init(id: String, method: String, function: String, fields: [RawField]) {
        self.id = id
        self.method = method
        self.function = function
        self.fields = fields
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("method", method), ("function", function)]
    }
}

extension RawRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.method = try reader.read("method")
        self.function = try reader.read("function")
        self.fields = try reader.read("fields")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("method", method)
        try writer.write("function", function)
        try writer.write("fields", fields)
        return writer.wire
    }
}

/// A leaf or a group of a raw message.
public struct RawField: NetmileRecord {
    /// Tag.
    public var name: String
    /// `digits`, `exactly`, `single`, `multi`, `group` or `secret_group` (its values travel encrypted).
    public var kind: String
    /// Value of a leaf. May be personal.
    public var value: String
    /// Most characters of a leaf; of `exactly` their number, of `multi` bytes of Shift_JIS.
    public var max: Int64
    /// What a group holds: leaves only.
    public var fields: [RawField]

    public init(name: String, kind: String, value: String = "", max: Int64 = 0, fields: [RawField] = []) {
        self.name = name
        self.kind = kind
        self.value = value
        self.max = max
        self.fields = fields
    }

    public var shownFields: [(label: String, value: Any)] {
        [("name", name), ("kind", kind), ("max", max)]
    }
}

extension RawField: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.name = try reader.read("name")
        self.kind = try reader.read("kind")
        self.value = try reader.read("value", or: "")
        self.max = try reader.read("max", or: 0)
        self.fields = try reader.read("fields", or: [])
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("name", name)
        try writer.write("kind", kind)
        try writer.write("value", value)
        try writer.write("max", max)
        try writer.write("fields", fields)
        return writer.wire
    }
}

/// How a raw message ended.
public typealias RawOutcome = Outcome<[String: String]>

/// Ids.
public struct Ids: NetmileRecord {
    /// The shop's ids.
    public let ids: [String]

    public init(ids: [String]) {
        self.ids = ids
    }

    public var shownFields: [(label: String, value: Any)] {
        [("ids", ids)]
    }
}

extension Ids: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.ids = try reader.read("ids")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("ids", ids)
        return writer.wire
    }
}

/// What a person found out about a raw message whose outcome nobody knows.
public struct RawReview: NetmileRecord {
    /// The shop's own id of it.
    public var id: String
    /// `happened` or `missing`.
    public var verdict: ReviewVerdict

    public init(id: String, verdict: ReviewVerdict) {
        self.id = id
        self.verdict = verdict
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("verdict", verdict)]
    }
}

extension RawReview: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.verdict = try reader.read("verdict")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("verdict", verdict)
        return writer.wire
    }
}

/// Whose balance.
package struct BalanceQuery: NetmileRecord {
    /// Tag of the method.
    package var method: String
    /// The member's id. Personal.
    package var member: String

    package init(method: String, member: String) {
        self.method = method
        self.member = member
    }

    package var shownFields: [(label: String, value: Any)] {
        [("method", method)]
    }
}

extension BalanceQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.method = try reader.read("method")
        self.member = try reader.read("member")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("method", method)
        try writer.write("member", member)
        return writer.wire
    }
}

/// A balance.
public struct Balance: NetmileRecord {
    /// Miles. Personal.
    public let miles: Int64

    public init(miles: Int64) {
        self.miles = miles
    }

    public var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension Balance: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.miles = try reader.read("miles")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("miles", miles)
        return writer.wire
    }
}

/// What to do with the card that the gateway keeps for a customer.
public struct CustomerDataRequest: NetmileRecord {
    /// Tag of the method.
    public var method: String
    /// The customer's id at the shop. Personal.
    public var custCode: String
    /// `store`, `update`, `delete` or `show`.
    public var action: String
    /// The one-time token to store. Secret.
    public var token: String
    /// Its key. Secret.
    public var tokenKey: String

    public init(method: String, custCode: String, action: String, token: String = "", tokenKey: String = "") {
        self.method = method
        self.custCode = custCode
        self.action = action
        self.token = token
        self.tokenKey = tokenKey
    }

    public var shownFields: [(label: String, value: Any)] {
        [("method", method), ("action", action)]
    }
}

extension CustomerDataRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.method = try reader.read("method")
        self.custCode = try reader.read("cust_code")
        self.action = try reader.read("action")
        self.token = try reader.read("token", or: "")
        self.tokenKey = try reader.read("token_key", or: "")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("method", method)
        try writer.write("cust_code", custCode)
        try writer.write("action", action)
        try writer.write("token", token)
        try writer.write("token_key", tokenKey)
        return writer.wire
    }
}

/// How a step about customer data ended.
public typealias CustomerDataOutcome = Outcome<[String: String]>
