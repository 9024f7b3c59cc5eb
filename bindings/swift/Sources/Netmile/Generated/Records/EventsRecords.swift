// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Something that the shop has to act on.
public struct Event: NetmileRecord {
    /// Number to acknowledge it with; never used twice.
    public let id: Int64
    /// `paid`, `paid_late`, `paid_twice`, `awaiting_deposit`, `deposit_expired`, `attempt_failed`, `attempt_cancelled`,
    /// `needs_review`, `refund_requested`, `refunded`, `refund_withdrawn`, `contract_ended`, `given_up`, `reserved`,
    /// `cancelled`, `partly_refunded`, `step_failed`, `contract_started`, `miles_issued`, `miles_refused`,
    /// `miles_cancel_answered`, `miles_cancel_decided`, `miles_cancel_refused`, `exchange_issued`, `exchange_refused`,
    /// `exchange_unconfirmed`, or a name that is not known yet.
    public let kind: EventKind
    /// What it is about: `purchase`, `charge`, `issue`, `by_hand`, `cancel`, `exchange` or `upload`.
    public let subject: EventSubject
    /// The shop's id; for miles the `tran_id`.
    public let purchaseId: String
    /// Merchant; for miles the site.
    public let merchantId: String
    /// Service; empty for miles.
    public let serviceId: String
    /// Where the purchase stands after it.
    public let phase: String
    /// The attempt it is about.
    public let orderId: String?
    /// The payment it is about.
    public let trackingId: String?
    /// The step of a charge whose outcome it tells: `request`, `commit`, `capture`, `refund`, `partial_refund`,
    /// `refund_month` or `end`.
    public let step: String?
    /// Which of several such steps: the month of a month's refund (`YYYYMM`), or the shop's own name of a partial
    /// refund.
    public let key: String?
    /// Yen of the purchase.
    public let amount: Int64
    /// Why a person must look.
    public let review: String?
    /// When it was recorded.
    public let at: Date

    public init(
        id: Int64,
        kind: EventKind,
        subject: EventSubject,
        purchaseId: String,
        merchantId: String,
        serviceId: String,
        phase: String,
        amount: Int64,
        at: Date,
        orderId: String? = nil,
        trackingId: String? = nil,
        step: String? = nil,
        key: String? = nil,
        review: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.purchaseId = purchaseId
        self.merchantId = merchantId
        self.serviceId = serviceId
        self.phase = phase
        self.orderId = orderId
        self.trackingId = trackingId
        self.step = step
        self.key = key
        self.amount = amount
        self.review = review
        self.at = at
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("id", id),
            ("kind", kind),
            ("subject", subject),
            ("purchaseId", purchaseId),
            ("phase", phase),
            ("orderId", orderId as Any),
            ("trackingId", trackingId as Any),
            ("step", step as Any),
            ("key", key as Any),
            ("amount", amount),
        ]
    }
}

extension Event: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.kind = try reader.read("kind")
        self.subject = try reader.read("subject")
        self.purchaseId = try reader.read("purchase_id")
        self.merchantId = try reader.read("merchant_id")
        self.serviceId = try reader.read("service_id")
        self.phase = try reader.read("phase")
        self.orderId = try reader.readIfPresent("order_id")
        self.trackingId = try reader.readIfPresent("tracking_id")
        self.step = try reader.readIfPresent("step")
        self.key = try reader.readIfPresent("key")
        self.amount = try reader.read("amount")
        self.review = try reader.readIfPresent("review")
        self.at = try reader.read("at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("kind", kind)
        try writer.write("subject", subject)
        try writer.write("purchase_id", purchaseId)
        try writer.write("merchant_id", merchantId)
        try writer.write("service_id", serviceId)
        try writer.write("phase", phase)
        try writer.write("order_id", orderId)
        try writer.write("tracking_id", trackingId)
        try writer.write("step", step)
        try writer.write("key", key)
        try writer.write("amount", amount)
        try writer.write("review", review)
        try writer.write("at_ms", at)
        return writer.wire
    }
}

/// What the shop has to act on, in order.
package struct Deliveries: NetmileRecord {
    /// Oldest first.
    package let deliveries: [Event]

    package init(deliveries: [Event]) {
        self.deliveries = deliveries
    }

    package var shownFields: [(label: String, value: Any)] {
        [("deliveries", deliveries)]
    }
}

extension Deliveries: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.deliveries = try reader.read("deliveries")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("deliveries", deliveries)
        return writer.wire
    }
}

/// Names an event.
package struct EventId: NetmileRecord {
    /// Its number.
    package var id: Int64

    package init(id: Int64) {
        self.id = id
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id)]
    }
}

extension EventId: Wire {
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

/// Whether an event was acknowledged by this call.
package struct Acknowledged: NetmileRecord {
    /// False when it was acknowledged before.
    package let acknowledged: Bool

    package init(acknowledged: Bool) {
        self.acknowledged = acknowledged
    }

    package var shownFields: [(label: String, value: Any)] {
        [("acknowledged", acknowledged)]
    }
}

extension Acknowledged: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.acknowledged = try reader.read("acknowledged")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("acknowledged", acknowledged)
        return writer.wire
    }
}
