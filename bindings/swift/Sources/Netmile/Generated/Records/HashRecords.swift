// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A hash that does not match.
package struct HashQuestion: NetmileRecord {
    /// `purchase`, `purchase_result`, `purchase_return`, `registration`, `registration_result`, `registration_return`,
    /// `recurring`, `recurring_result` or `recurring_return`.
    package var message: String
    /// Names and values as sent, in the order sent. Personal.
    package var fields: [Pair]
    /// The hash that somebody else computed.
    package var claimed: String

    package init(message: String, fields: [Pair], claimed: String) {
        self.message = message
        self.fields = fields
        self.claimed = claimed
    }

    package var shownFields: [(label: String, value: Any)] {
        [("message", message)]
    }
}

extension HashQuestion: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.message = try reader.read("message")
        self.fields = try reader.read("fields")
        self.claimed = try reader.read("claimed")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("message", message)
        try writer.write("fields", fields)
        try writer.write("claimed", claimed)
        return writer.wire
    }
}

/// What is wrong with a hash. Holds neither key nor values.
public struct HashExplanation: NetmileRecord {
    /// `correct`, `recipe`, `no_known_recipe` or `not_a_hash`.
    public let verdict: String
    /// The mistakes that give exactly this hash.
    public let faults: [HashFault]
    /// The explanation in the client's language.
    public let text: String

    public init(verdict: String, faults: [HashFault], text: String) {
        self.verdict = verdict
        self.faults = faults
        self.text = text
    }

    public var shownFields: [(label: String, value: Any)] {
        [("verdict", verdict), ("text", text)]
    }
}

extension HashExplanation: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.verdict = try reader.read("verdict")
        self.faults = try reader.read("faults")
        self.text = try reader.read("text")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("verdict", verdict)
        try writer.write("faults", faults)
        try writer.write("text", text)
        return writer.wire
    }
}

/// One mistake in a recipe.
public struct HashFault: NetmileRecord {
    /// Stable name.
    public let id: String
    /// The field it is about.
    public let field: String?
    /// What was done wrong and what is right, in the client's language.
    public let text: String

    public init(id: String, text: String, field: String? = nil) {
        self.id = id
        self.field = field
        self.text = text
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("field", field as Any)]
    }
}

extension HashFault: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.field = try reader.readIfPresent("field")
        self.text = try reader.read("text")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("field", field)
        try writer.write("text", text)
        return writer.wire
    }
}
