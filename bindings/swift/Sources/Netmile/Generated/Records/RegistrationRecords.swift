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
