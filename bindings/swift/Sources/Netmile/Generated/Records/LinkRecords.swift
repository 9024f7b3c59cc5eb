// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A purchase request to be signed as it is, without a journal.
package struct SignPurchase: NetmileRecord {
    /// The request; its `purchase_id` is not used.
    package var request: PurchaseRequest
    /// The id at the gateway, 1 to 38 characters.
    package var orderId: String
    /// `request_date`: `YYYYMMDDHHMMSS` in Japanese time.
    package var at: String

    package init(request: PurchaseRequest, orderId: String, at: String) {
        self.request = request
        self.orderId = orderId
        self.at = at
    }

    package var shownFields: [(label: String, value: Any)] {
        [("orderId", orderId), ("at", at)]
    }
}

extension SignPurchase: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.request = try reader.read("request")
        self.orderId = try reader.read("order_id")
        self.at = try reader.read("at")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("request", request)
        try writer.write("order_id", orderId)
        try writer.write("at", at)
        return writer.wire
    }
}

/// A recurring application to be signed as it is, without a journal.
package struct SignRecurring: NetmileRecord {
    /// The request; its `purchase_id` is not used.
    package var request: RecurringRequest
    /// The id at the gateway.
    package var orderId: String
    /// `request_date`.
    package var at: String

    package init(request: RecurringRequest, orderId: String, at: String) {
        self.request = request
        self.orderId = orderId
        self.at = at
    }

    package var shownFields: [(label: String, value: Any)] {
        [("orderId", orderId), ("at", at)]
    }
}

extension SignRecurring: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.request = try reader.read("request")
        self.orderId = try reader.read("order_id")
        self.at = try reader.read("at")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("request", request)
        try writer.write("order_id", orderId)
        try writer.write("at", at)
        return writer.wire
    }
}

/// A registration to be signed as it is.
package struct SignRegistration: NetmileRecord {
    /// The request.
    package var request: RegistrationRequest
    /// Whether the stored data are deleted (C01-1).
    package var delete: Bool
    /// `request_date`.
    package var at: String

    package init(request: RegistrationRequest, at: String, delete: Bool = false) {
        self.request = request
        self.delete = delete
        self.at = at
    }

    package var shownFields: [(label: String, value: Any)] {
        [("delete", delete), ("at", at)]
    }
}

extension SignRegistration: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.request = try reader.read("request")
        self.delete = try reader.read("delete", or: false)
        self.at = try reader.read("at")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("request", request)
        try writer.write("delete", delete)
        try writer.write("at", at)
        return writer.wire
    }
}

/// A message to be verified on its own, without a journal.
package struct ReceivedMessage: NetmileRecord {
    /// `purchase_notice`, `purchase_return`, `cancel_return`, `error_return`, `registration_notice`,
    /// `registration_return`, `recurring_notice` or `recurring_return`.
    package var kind: MessageKind
    /// The body as received.
    package var body: Data
    /// `Content-Type`, if there was one.
    package var contentType: String?

    package init(kind: MessageKind, body: Data, contentType: String? = nil) {
        self.kind = kind
        self.body = body
        self.contentType = contentType
    }

    package var shownFields: [(label: String, value: Any)] {
        [("kind", kind)]
    }
}

extension ReceivedMessage: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.body = try reader.read("body")
        self.contentType = try reader.readIfPresent("content_type")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("body", body)
        try writer.write("content_type", contentType)
        return writer.wire
    }
}
