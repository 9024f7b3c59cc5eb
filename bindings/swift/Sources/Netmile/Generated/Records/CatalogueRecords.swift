// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// One entry of the error catalogue.
public struct ErrorEntry: NetmileRecord {
    /// Stable code.
    public let code: String
    /// Whether the same call may succeed later without any change.
    public let retryable: Bool
    /// What to do, in English.
    public let hintEn: String
    /// What to do, in Japanese.
    public let hintJa: String

    public init(code: String, retryable: Bool, hintEn: String, hintJa: String) {
        self.code = code
        self.retryable = retryable
        self.hintEn = hintEn
        self.hintJa = hintJa
    }

    public var shownFields: [(label: String, value: Any)] {
        [("code", code)]
    }
}

extension ErrorEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
        self.retryable = try reader.read("retryable")
        self.hintEn = try reader.read("hint_en")
        self.hintJa = try reader.read("hint_ja")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        try writer.write("retryable", retryable)
        try writer.write("hint_en", hintEn)
        try writer.write("hint_ja", hintJa)
        return writer.wire
    }
}

/// The error catalogue.
package struct ErrorCatalogue: NetmileRecord {
    /// Every code.
    package let errors: [ErrorEntry]

    package init(errors: [ErrorEntry]) {
        self.errors = errors
    }

    package var shownFields: [(label: String, value: Any)] {
        [("errors", errors)]
    }
}

extension ErrorCatalogue: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.errors = try reader.read("errors")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("errors", errors)
        return writer.wire
    }
}

/// A code of the gateway.
package struct CodeQuery: NetmileRecord {
    /// `res_err_code`, as received.
    package var code: String

    package init(code: String) {
        self.code = code
    }

    package var shownFields: [(label: String, value: Any)] {
        [("code", code)]
    }
}

extension CodeQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        return writer.wire
    }
}

/// What is known about a code of the gateway (`res_err_code`).
public struct CodeEntry: NetmileRecord {
    /// The code asked for; in the whole catalogue every code of the entry.
    public let code: String
    /// Stable name.
    public let id: String
    /// Whether the catalogue has the code.
    public let known: Bool
    /// What it means, in English.
    public let meaningEn: String
    /// What it means, in Japanese.
    public let meaningJa: String
    /// What to do, in English.
    public let remedyEn: String
    /// What to do, in Japanese.
    public let remedyJa: String
    /// Who does it: `merchant`, `customer`, `gateway` or `nobody`.
    public let actor: String
    /// Whether the result notice is sent: `sent`, `not_sent` or `unknown`.
    public let notice: String

    public init(
        code: String,
        id: String,
        known: Bool,
        meaningEn: String,
        meaningJa: String,
        remedyEn: String,
        remedyJa: String,
        actor: String,
        notice: String
    ) {
        self.code = code
        self.id = id
        self.known = known
        self.meaningEn = meaningEn
        self.meaningJa = meaningJa
        self.remedyEn = remedyEn
        self.remedyJa = remedyJa
        self.actor = actor
        self.notice = notice
    }

    public var shownFields: [(label: String, value: Any)] {
        [("code", code), ("id", id), ("known", known), ("actor", actor)]
    }
}

extension CodeEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
        self.id = try reader.read("id")
        self.known = try reader.read("known")
        self.meaningEn = try reader.read("meaning_en")
        self.meaningJa = try reader.read("meaning_ja")
        self.remedyEn = try reader.read("remedy_en")
        self.remedyJa = try reader.read("remedy_ja")
        self.actor = try reader.read("actor")
        self.notice = try reader.read("notice")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        try writer.write("id", id)
        try writer.write("known", known)
        try writer.write("meaning_en", meaningEn)
        try writer.write("meaning_ja", meaningJa)
        try writer.write("remedy_en", remedyEn)
        try writer.write("remedy_ja", remedyJa)
        try writer.write("actor", actor)
        try writer.write("notice", notice)
        return writer.wire
    }
}

/// The codes of the gateway.
package struct CodeCatalogue: NetmileRecord {
    /// Every entry.
    package let codes: [CodeEntry]

    package init(codes: [CodeEntry]) {
        self.codes = codes
    }

    package var shownFields: [(label: String, value: Any)] {
        [("codes", codes)]
    }
}

extension CodeCatalogue: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.codes = try reader.read("codes")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("codes", codes)
        return writer.wire
    }
}

/// A code of the API type (`res_err_code`).
public struct ApiCodeEntry: NetmileRecord {
    /// The code, 8 characters.
    public let code: String
    /// Whether its kind is known.
    public let known: Bool
    /// `bug`, `configuration`, `customer`, `final`, `retryable` or `unknown_outcome`.
    public let `class`: String
    /// Whether it must be asked about before it is tried again.
    public let mustAskFirst: Bool
    /// Whether the gateway saw the same order before.
    public let duplicate: Bool
    /// Tag of the field that it is about.
    public let field: String?
    /// What it means, in English.
    public let textEn: String
    /// What it means, in Japanese.
    public let textJa: String

    public init(
        code: String,
        known: Bool,
        `class`: String,
        mustAskFirst: Bool,
        duplicate: Bool,
        textEn: String,
        textJa: String,
        field: String? = nil
    ) {
        self.code = code
        self.known = known
        self.class = `class`
        self.mustAskFirst = mustAskFirst
        self.duplicate = duplicate
        self.field = field
        self.textEn = textEn
        self.textJa = textJa
    }

    public var shownFields: [(label: String, value: Any)] {
        [("code", code), ("known", known), ("class", `class`), ("mustAskFirst", mustAskFirst)]
    }
}

extension ApiCodeEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
        self.known = try reader.read("known")
        self.class = try reader.read("class")
        self.mustAskFirst = try reader.read("must_ask_first")
        self.duplicate = try reader.read("duplicate")
        self.field = try reader.readIfPresent("field")
        self.textEn = try reader.read("text_en")
        self.textJa = try reader.read("text_ja")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        try writer.write("known", known)
        try writer.write("class", `class`)
        try writer.write("must_ask_first", mustAskFirst)
        try writer.write("duplicate", duplicate)
        try writer.write("field", field)
        try writer.write("text_en", textEn)
        try writer.write("text_ja", textJa)
        return writer.wire
    }
}

/// A code of one of NetMile's tables. The same digits mean different things in the two.
package struct MileCodeQuery: NetmileRecord {
    /// `manual` or `automatic`.
    package var table: String
    /// The code.
    package var code: String

    package init(table: String, code: String) {
        self.table = table
        self.code = code
    }

    package var shownFields: [(label: String, value: Any)] {
        [("table", table), ("code", code)]
    }
}

extension MileCodeQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.table = try reader.read("table")
        self.code = try reader.read("code")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("table", table)
        try writer.write("code", code)
        return writer.wire
    }
}

/// What is known about a code of NetMile.
public struct MileCodeEntry: NetmileRecord {
    /// `manual` or `automatic`.
    public let table: String
    /// The code.
    public let code: String
    /// Whether it is known.
    public let known: Bool
    /// The published wording, in Japanese.
    public let published: String
    /// What it means and what to do, in English.
    public let textEn: String
    /// What it means and what to do, in Japanese.
    public let textJa: String
    /// Who acts: `merchant`, `member`, `netmile` or `nobody`; empty when it is not known.
    public let actor: String

    public init(
        table: String,
        code: String,
        known: Bool,
        published: String,
        textEn: String,
        textJa: String,
        actor: String
    ) {
        self.table = table
        self.code = code
        self.known = known
        self.published = published
        self.textEn = textEn
        self.textJa = textJa
        self.actor = actor
    }

    public var shownFields: [(label: String, value: Any)] {
        [("table", table), ("code", code), ("known", known), ("actor", actor)]
    }
}

extension MileCodeEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.table = try reader.read("table")
        self.code = try reader.read("code")
        self.known = try reader.read("known")
        self.published = try reader.read("published")
        self.textEn = try reader.read("text_en")
        self.textJa = try reader.read("text_ja")
        self.actor = try reader.read("actor")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("table", table)
        try writer.write("code", code)
        try writer.write("known", known)
        try writer.write("published", published)
        try writer.write("text_en", textEn)
        try writer.write("text_ja", textJa)
        try writer.write("actor", actor)
        return writer.wire
    }
}

/// Every code of NetMile that is known.
public struct MileCodeCatalogue: NetmileRecord {
    /// Both tables.
    public let codes: [MileCodeEntry]

    public init(codes: [MileCodeEntry]) {
        self.codes = codes
    }

    public var shownFields: [(label: String, value: Any)] {
        [("codes", codes)]
    }
}

extension MileCodeCatalogue: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.codes = try reader.read("codes")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("codes", codes)
        return writer.wire
    }
}

/// A payment method of a contract.
public struct MethodInfo: NetmileRecord {
    /// Tag on the wire.
    public let tag: String
    /// Name in English.
    public let nameEn: String
    /// Name in Japanese.
    public let nameJa: String
    /// Least yen.
    public let minYen: Int64
    /// Most yen.
    public let maxYen: Int64
    /// `immediate` or `by_deposit`.
    public let settlement: String
    /// Number in the API type, if it is called there.
    public let apiNumber: String?
    /// What the contract offers.
    public let cells: [MethodCell]

    public init(
        tag: String,
        nameEn: String,
        nameJa: String,
        minYen: Int64,
        maxYen: Int64,
        settlement: String,
        cells: [MethodCell],
        apiNumber: String? = nil
    ) {
        self.tag = tag
        self.nameEn = nameEn
        self.nameJa = nameJa
        self.minYen = minYen
        self.maxYen = maxYen
        self.settlement = settlement
        self.apiNumber = apiNumber
        self.cells = cells
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("tag", tag),
            ("nameEn", nameEn),
            ("nameJa", nameJa),
            ("minYen", minYen),
            ("maxYen", maxYen),
            ("settlement", settlement),
            ("apiNumber", apiNumber as Any),
            ("cells", cells),
        ]
    }
}

extension MethodInfo: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tag = try reader.read("tag")
        self.nameEn = try reader.read("name_en")
        self.nameJa = try reader.read("name_ja")
        self.minYen = try reader.read("min_yen")
        self.maxYen = try reader.read("max_yen")
        self.settlement = try reader.read("settlement")
        self.apiNumber = try reader.readIfPresent("api_number")
        self.cells = try reader.read("cells")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tag", tag)
        try writer.write("name_en", nameEn)
        try writer.write("name_ja", nameJa)
        try writer.write("min_yen", minYen)
        try writer.write("max_yen", maxYen)
        try writer.write("settlement", settlement)
        try writer.write("api_number", apiNumber)
        try writer.write("cells", cells)
        return writer.wire
    }
}

/// One cell of the capability matrix that is offered.
public struct MethodCell: NetmileRecord {
    /// `link` or `api`.
    public let connection: String
    /// `one_time`, `recurring_simple` or `recurring_metered`.
    public let billing: Billing
    /// `pc`, `smartphone` or `feature_phone`.
    public let terminal: Terminal

    public init(connection: String, billing: Billing, terminal: Terminal) {
        self.connection = connection
        self.billing = billing
        self.terminal = terminal
    }

    public var shownFields: [(label: String, value: Any)] {
        [("connection", connection), ("billing", billing), ("terminal", terminal)]
    }
}

extension MethodCell: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.connection = try reader.read("connection")
        self.billing = try reader.read("billing")
        self.terminal = try reader.read("terminal")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("connection", connection)
        try writer.write("billing", billing)
        try writer.write("terminal", terminal)
        return writer.wire
    }
}

/// The methods of the client's contract.
public struct MethodList: NetmileRecord {
    /// In the order of the configuration, NetMile first.
    public let methods: [MethodInfo]

    public init(methods: [MethodInfo]) {
        self.methods = methods
    }

    public var shownFields: [(label: String, value: Any)] {
        [("methods", methods)]
    }
}

extension MethodList: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.methods = try reader.read("methods")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("methods", methods)
        return writer.wire
    }
}
