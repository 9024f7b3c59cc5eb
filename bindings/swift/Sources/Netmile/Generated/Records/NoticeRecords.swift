// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A notice that the shop refuses.
package struct RefusedNotice: NetmileRecord {
    /// The body as received.
    package var body: Data
    /// `Content-Type`, if there was one.
    package var contentType: String?
    /// A short reason in ASCII, without personal data.
    package var reason: String

    package init(body: Data, reason: String, contentType: String? = nil) {
        self.body = body
        self.contentType = contentType
        self.reason = reason
    }

    package var shownFields: [(label: String, value: Any)] {
        [("reason", reason)]
    }
}

extension RefusedNotice: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.body = try reader.read("body")
        self.contentType = try reader.readIfPresent("content_type")
        self.reason = try reader.read("reason")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("body", body)
        try writer.write("content_type", contentType)
        try writer.write("reason", reason)
        return writer.wire
    }
}

/// A genuine notice that is not recorded yet.
public struct NoticeView: NetmileRecord {
    /// What the gateway says.
    public let message: Message
    /// The purchase as it stands before it.
    public let purchase: Purchase

    public init(message: Message, purchase: Purchase) {
        self.message = message
        self.purchase = purchase
    }

    public var shownFields: [(label: String, value: Any)] {
        [("message", message), ("purchase", purchase)]
    }
}

extension NoticeView: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.message = try reader.read("message")
        self.purchase = try reader.read("purchase")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("message", message)
        try writer.write("purchase", purchase)
        return writer.wire
    }
}
