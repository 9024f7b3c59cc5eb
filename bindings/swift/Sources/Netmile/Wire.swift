import Foundation

/// Between the values of this package and the JSON of ffi/manifest.json.
///
/// Records are not `Codable`: what may be personal would then be one `JSONEncoder` away from a log.
package protocol Wire {
    init(wire: JSONValue) throws
    func toWire() throws -> JSONValue
}

/// A JSON value is not what the manifest says. Holds no value.
package struct WireError: Error {
    package init() {}
}

extension String: Wire {
    package init(wire: JSONValue) throws {
        guard case .string(let text) = wire else { throw WireError() }
        self = text
    }

    package func toWire() throws -> JSONValue {
        .string(self)
    }
}

extension Bool: Wire {
    package init(wire: JSONValue) throws {
        guard case .bool(let flag) = wire else { throw WireError() }
        self = flag
    }

    package func toWire() throws -> JSONValue {
        .bool(self)
    }
}

extension Int64: Wire {
    package init(wire: JSONValue) throws {
        guard case .integer(let integer) = wire else { throw WireError() }
        self = integer
    }

    package func toWire() throws -> JSONValue {
        .integer(self)
    }
}

extension Data: Wire {
    package init(wire: JSONValue) throws {
        guard case .string(let text) = wire, let bytes = Data(base64Encoded: text) else { throw WireError() }
        self = bytes
    }

    package func toWire() throws -> JSONValue {
        .string(base64EncodedString())
    }
}

/// An instant: whole milliseconds since 1970.
extension Date: Wire {
    package init(wire: JSONValue) throws {
        guard case .integer(let milliseconds) = wire else { throw WireError() }
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    package func toWire() throws -> JSONValue {
        guard let milliseconds = Int64(exactly: (timeIntervalSince1970 * 1000).rounded()) else { throw WireError() }
        return .integer(milliseconds)
    }
}

extension JSONValue: Wire {
    package init(wire: JSONValue) throws {
        self = wire
    }

    package func toWire() throws -> JSONValue {
        self
    }
}

extension Array: Wire where Element: Wire {
    package init(wire: JSONValue) throws {
        guard case .array(let items) = wire else { throw WireError() }
        self = try items.map { try Element(wire: $0) }
    }

    package func toWire() throws -> JSONValue {
        .array(try map { try $0.toWire() })
    }
}

extension Dictionary: Wire where Key == String, Value == String {
    package init(wire: JSONValue) throws {
        guard case .object(let fields) = wire else { throw WireError() }
        self = try fields.mapValues { try String(wire: $0) }
    }

    package func toWire() throws -> JSONValue {
        .object(mapValues { JSONValue.string($0) })
    }
}

/// Reads the fields of a record. A field that is not known is passed over: a newer library may give more.
package struct WireReader {
    private let fields: [String: JSONValue]

    package init(_ wire: JSONValue) throws {
        guard case .object(let fields) = wire else { throw WireError() }
        self.fields = fields
    }

    package func read<Value: Wire>(_ name: String) throws -> Value {
        guard let value: Value = try readIfPresent(name) else { throw WireError() }
        return value
    }

    package func readIfPresent<Value: Wire>(_ name: String) throws -> Value? {
        guard let value = fields[name], value != .null else { return nil }
        return try Value(wire: value)
    }

    package func read<Value: Wire>(_ name: String, or absent: Value) throws -> Value {
        let value: Value? = try readIfPresent(name)
        return value ?? absent
    }
}

/// Writes the fields of a record. What is `nil` is left out.
package struct WireWriter {
    private var fields: [String: JSONValue] = [:]

    package init() {}

    package mutating func write<Value: Wire>(_ name: String, _ value: Value?) throws {
        if let value {
            fields[name] = try value.toWire()
        }
    }

    package var wire: JSONValue {
        .object(fields)
    }
}
