// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// What the browser brought back.
package struct ReceivedReturn: NetmileRecord {
    /// By which URL: `success`, `cancel` or `error`.
    package var by: ReturnedBy
    /// The body as received; empty when it brought nothing.
    package var body: Data
    /// `Content-Type`, if there was one.
    package var contentType: String?

    package init(by: ReturnedBy, body: Data, contentType: String? = nil) {
        self.by = by
        self.body = body
        self.contentType = contentType
    }

    package var shownFields: [(label: String, value: Any)] {
        [("by", by)]
    }
}

extension ReceivedReturn: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.by = try reader.read("by")
        self.body = try reader.read("body")
        self.contentType = try reader.readIfPresent("content_type")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("by", by)
        try writer.write("body", body)
        try writer.write("content_type", contentType)
        return writer.wire
    }
}

/// A browser is back. Decide what to show from the purchase, never from this.
public struct BrowserReturn: NetmileRecord {
    /// By which way.
    public let by: ReturnedBy
    /// The id at the gateway; absent when the browser brought nothing.
    public let orderId: String?
    /// The gateway's code, on an error.
    public let errCode: String?
    /// The purchase as it stands now; absent when the browser brought nothing.
    public let purchase: Purchase?

    public init(by: ReturnedBy, orderId: String? = nil, errCode: String? = nil, purchase: Purchase? = nil) {
        self.by = by
        self.orderId = orderId
        self.errCode = errCode
        self.purchase = purchase
    }

    public var shownFields: [(label: String, value: Any)] {
        [("by", by), ("orderId", orderId as Any), ("errCode", errCode as Any), ("purchase", purchase as Any)]
    }
}

extension BrowserReturn: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.by = try reader.read("by")
        self.orderId = try reader.readIfPresent("order_id")
        self.errCode = try reader.readIfPresent("err_code")
        self.purchase = try reader.readIfPresent("purchase")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("by", by)
        try writer.write("order_id", orderId)
        try writer.write("err_code", errCode)
        try writer.write("purchase", purchase)
        return writer.wire
    }
}
