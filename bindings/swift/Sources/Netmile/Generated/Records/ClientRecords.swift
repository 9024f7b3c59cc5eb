// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// What a resolver run changed. Everything in it was looked after; what is still open is due again.
public struct ResolvedAll: NetmileRecord {
    /// Purchases by link type.
    public let purchases: [Purchase]
    /// Charges by API type.
    public let charges: [Charge]
    /// Miles.
    public let tasks: [MileTask]
    /// Point exchanges.
    public let exchanges: [Exchange]
    /// Uploads of files. What was refused is sent by the next run of its batch.
    public let uploads: [Upload]

    public init(purchases: [Purchase], charges: [Charge], tasks: [MileTask], exchanges: [Exchange], uploads: [Upload]) {
        self.purchases = purchases
        self.charges = charges
        self.tasks = tasks
        self.exchanges = exchanges
        self.uploads = uploads
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("purchases", purchases),
            ("charges", charges),
            ("tasks", tasks),
            ("exchanges", exchanges),
            ("uploads", uploads),
        ]
    }
}

extension ResolvedAll: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchases = try reader.read("purchases")
        self.charges = try reader.read("charges")
        self.tasks = try reader.read("tasks")
        self.exchanges = try reader.read("exchanges")
        self.uploads = try reader.read("uploads")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchases", purchases)
        try writer.write("charges", charges)
        try writer.write("tasks", tasks)
        try writer.write("exchanges", exchanges)
        try writer.write("uploads", uploads)
        return writer.wire
    }
}

/// What was found open after a start of the shop.
public struct RecoveredAll: NetmileRecord {
    /// Charges whose outcome is known now.
    public let settled: [Charge]
    /// Charges whose outcome is still open.
    public let `open`: [Charge]
    /// Miles.
    public let tasks: [MileTask]
    /// Point exchanges.
    public let exchanges: [Exchange]
    /// Uploads of files. What was refused is sent by the next run of its batch.
    public let uploads: [Upload]

    public init(settled: [Charge], `open`: [Charge], tasks: [MileTask], exchanges: [Exchange], uploads: [Upload]) {
        self.settled = settled
        self.open = `open`
        self.tasks = tasks
        self.exchanges = exchanges
        self.uploads = uploads
    }

    public var shownFields: [(label: String, value: Any)] {
        [("settled", settled), ("open", `open`), ("tasks", tasks), ("exchanges", exchanges), ("uploads", uploads)]
    }
}

extension RecoveredAll: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.settled = try reader.read("settled")
        self.open = try reader.read("open")
        self.tasks = try reader.read("tasks")
        self.exchanges = try reader.read("exchanges")
        self.uploads = try reader.read("uploads")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("settled", settled)
        try writer.write("open", `open`)
        try writer.write("tasks", tasks)
        try writer.write("exchanges", exchanges)
        try writer.write("uploads", uploads)
        return writer.wire
    }
}
