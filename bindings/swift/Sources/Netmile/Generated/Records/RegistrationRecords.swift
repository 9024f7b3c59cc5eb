// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// The result of a registration.
public struct RegistrationResult: NetmileRecord {
    /// What the gateway says; absent when the browser brought nothing.
    public let message: Message?
    /// What to answer, if it came as a notice.
    public let answer: NoticeAnswer

    public init(answer: NoticeAnswer, message: Message? = nil) {
        self.message = message
        self.answer = answer
    }

    public var shownFields: [(label: String, value: Any)] {
        [("message", message as Any)]
    }
}

extension RegistrationResult: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.message = try reader.readIfPresent("message")
        self.answer = try reader.read("answer")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("message", message)
        try writer.write("answer", answer)
        return writer.wire
    }
}

/// The result of a registration, and what it has to answer.
public struct RegistrationCheck: NetmileRecord {
    /// The body as received, or the query string of a GET.
    public var body: Data
    /// `Content-Type`, if there was one; it is then checked.
    public var contentType: String?
    /// Whether the browser brought it; else it is a notice.
    public var returned: Bool
    /// The fields of the form that was handed out. Personal.
    public var asked: [Pair]
    /// The `request_date` of each rendering of that form.
    public var requestDates: [String]

    public init(body: Data, asked: [Pair], requestDates: [String], contentType: String? = nil, returned: Bool = false) {
        self.body = body
        self.contentType = contentType
        self.returned = returned
        self.asked = asked
        self.requestDates = requestDates
    }

    public var shownFields: [(label: String, value: Any)] {
        [("returned", returned), ("requestDates", requestDates)]
    }
}

extension RegistrationCheck: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.body = try reader.read("body")
        self.contentType = try reader.readIfPresent("content_type")
        self.returned = try reader.read("returned", or: false)
        self.asked = try reader.read("asked")
        self.requestDates = try reader.read("request_dates")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("body", body)
        try writer.write("content_type", contentType)
        try writer.write("returned", returned)
        try writer.write("asked", asked)
        try writer.write("request_dates", requestDates)
        return writer.wire
    }
}
