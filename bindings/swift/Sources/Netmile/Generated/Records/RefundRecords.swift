// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A payment to be refunded.
package struct RefundRequest: NetmileRecord {
    /// The shop's id.
    package var purchaseId: String
    /// Why, for the shop's own records.
    package var reason: String
    /// Which payment; the only one when not given.
    package var trackingId: String?

    package init(purchaseId: String, reason: String, trackingId: String? = nil) {
        self.purchaseId = purchaseId
        self.reason = reason
        self.trackingId = trackingId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("trackingId", trackingId as Any)]
    }
}

extension RefundRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.reason = try reader.read("reason")
        self.trackingId = try reader.readIfPresent("tracking_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("reason", reason)
        try writer.write("tracking_id", trackingId)
        return writer.wire
    }
}

/// A refund that waits for a person on the gateway's management page.
public struct RefundTicket: NetmileRecord {
    /// The shop's id.
    public let purchaseId: String
    /// The payment.
    public let trackingId: String
    /// Yen; always the whole payment.
    public let amount: Int64
    /// The page on which a person executes it, if it is known.
    public let managementUrl: String?
    /// The last moment at which the gateway refunds.
    public let deadline: Date

    public init(purchaseId: String, trackingId: String, amount: Int64, deadline: Date, managementUrl: String? = nil) {
        self.purchaseId = purchaseId
        self.trackingId = trackingId
        self.amount = amount
        self.managementUrl = managementUrl
        self.deadline = deadline
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("purchaseId", purchaseId),
            ("trackingId", trackingId),
            ("amount", amount),
            ("managementUrl", managementUrl as Any),
            ("deadline", deadline),
        ]
    }
}

extension RefundTicket: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.trackingId = try reader.read("tracking_id")
        self.amount = try reader.read("amount")
        self.managementUrl = try reader.readIfPresent("management_url")
        self.deadline = try reader.read("deadline_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("tracking_id", trackingId)
        try writer.write("amount", amount)
        try writer.write("management_url", managementUrl)
        try writer.write("deadline_ms", deadline)
        return writer.wire
    }
}

/// A refund that was executed.
package struct RefundConfirmation: NetmileRecord {
    /// The shop's id.
    package var purchaseId: String
    /// The payment.
    package var trackingId: String
    /// What proves it.
    package var evidence: RefundEvidence

    package init(purchaseId: String, trackingId: String, evidence: RefundEvidence) {
        self.purchaseId = purchaseId
        self.trackingId = trackingId
        self.evidence = evidence
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("trackingId", trackingId), ("evidence", evidence)]
    }
}

extension RefundConfirmation: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.trackingId = try reader.read("tracking_id")
        self.evidence = try reader.read("evidence")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("tracking_id", trackingId)
        try writer.write("evidence", evidence)
        return writer.wire
    }
}

/// Names a payment.
package struct PaymentId: NetmileRecord {
    /// The shop's id.
    package var purchaseId: String
    /// The payment.
    package var trackingId: String

    package init(purchaseId: String, trackingId: String) {
        self.purchaseId = purchaseId
        self.trackingId = trackingId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("trackingId", trackingId)]
    }
}

extension PaymentId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.trackingId = try reader.read("tracking_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("tracking_id", trackingId)
        return writer.wire
    }
}
