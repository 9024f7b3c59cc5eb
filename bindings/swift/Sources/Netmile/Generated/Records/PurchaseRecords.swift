// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Names an attempt.
package struct OrderId: NetmileRecord {
    /// The id at the gateway.
    package var orderId: String

    package init(orderId: String) {
        self.orderId = orderId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("orderId", orderId)]
    }
}

extension OrderId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.orderId = try reader.read("order_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("order_id", orderId)
        return writer.wire
    }
}

/// What a person found on the management page about a purchase under review.
package struct PurchaseReview: NetmileRecord {
    /// The shop's id.
    package var purchaseId: String
    /// Whether the page shows a payment.
    package var paid: Bool
    /// The attempt that was paid.
    package var orderId: String?
    /// The gateway's id.
    package var trackingId: String?

    package init(purchaseId: String, paid: Bool, orderId: String? = nil, trackingId: String? = nil) {
        self.purchaseId = purchaseId
        self.paid = paid
        self.orderId = orderId
        self.trackingId = trackingId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("paid", paid), ("orderId", orderId as Any), ("trackingId", trackingId as Any)]
    }
}

extension PurchaseReview: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.paid = try reader.read("paid")
        self.orderId = try reader.readIfPresent("order_id")
        self.trackingId = try reader.readIfPresent("tracking_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("paid", paid)
        try writer.write("order_id", orderId)
        try writer.write("tracking_id", trackingId)
        return writer.wire
    }
}

/// Which purchases to list.
package struct PurchaseQuery: NetmileRecord {
    /// In one of these phases; none means any.
    package var phases: [Phase]
    /// After the purchase of this id: the last one of the previous page.
    package var after: String?
    /// At most so many, 1 to 1000.
    package var limit: Int64

    package init(phases: [Phase], limit: Int64, after: String? = nil) {
        self.phases = phases
        self.after = after
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("phases", phases), ("after", after as Any), ("limit", limit)]
    }
}

extension PurchaseQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.phases = try reader.read("phases")
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

/// Purchases.
package struct Purchases: NetmileRecord {
    /// In order.
    package let purchases: [Purchase]

    package init(purchases: [Purchase]) {
        self.purchases = purchases
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchases", purchases)]
    }
}

extension Purchases: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchases = try reader.read("purchases")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchases", purchases)
        return writer.wire
    }
}

/// A genuine message that could not be applied.
public struct Evidence: NetmileRecord {
    /// Names the bytes.
    public let digest: String
    /// Why it was refused.
    public let code: String
    /// The bytes as received. Personal.
    public let body: Data
    /// When it came.
    public let at: Date

    public init(digest: String, code: String, body: Data, at: Date) {
        self.digest = digest
        self.code = code
        self.body = body
        self.at = at
    }

    public var shownFields: [(label: String, value: Any)] {
        [("digest", digest), ("code", code), ("at", at)]
    }
}

extension Evidence: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.digest = try reader.read("digest")
        self.code = try reader.read("code")
        self.body = try reader.read("body")
        self.at = try reader.read("at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("digest", digest)
        try writer.write("code", code)
        try writer.write("body", body)
        try writer.write("at_ms", at)
        return writer.wire
    }
}

/// Kept evidence.
package struct EvidenceList: NetmileRecord {
    /// Newest first.
    package let evidence: [Evidence]

    package init(evidence: [Evidence]) {
        self.evidence = evidence
    }

    package var shownFields: [(label: String, value: Any)] {
        [("evidence", evidence)]
    }
}

extension EvidenceList: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.evidence = try reader.read("evidence")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("evidence", evidence)
        return writer.wire
    }
}
