// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A settlement statement (精算ファイル) and how to read it. Exactly one of `file` and `path` is given.
public struct StatementRequest: NetmileRecord {
    /// The bytes of the file, at most 3 MB.
    public var file: Data?
    /// A file on this machine, at most 256 MiB.
    public var path: String?
    /// The month that it is about, `YYYYMM`.
    public var month: String?
    /// The first day that it is about, `YYYY-MM-DD`, instead of a month.
    public var from: String?
    /// The last day that it is about.
    public var until: String?
    /// Which columns it has, as docs/reconcile.md describes; the reference format when not given.
    public var profile: JSONValue?
    /// What was agreed about commission and payout, as docs/reconcile.md describes; the usual when not given.
    public var terms: JSONValue?

    public init(
        file: Data? = nil,
        path: String? = nil,
        month: String? = nil,
        from: String? = nil,
        until: String? = nil,
        profile: JSONValue? = nil,
        terms: JSONValue? = nil
    ) {
        self.file = file
        self.path = path
        self.month = month
        self.from = from
        self.until = until
        self.profile = profile
        self.terms = terms
    }

    public var shownFields: [(label: String, value: Any)] {
        [("path", path as Any), ("month", month as Any), ("from", from as Any), ("until", until as Any)]
    }
}

extension StatementRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.file = try reader.readIfPresent("file")
        self.path = try reader.readIfPresent("path")
        self.month = try reader.readIfPresent("month")
        self.from = try reader.readIfPresent("from")
        self.until = try reader.readIfPresent("until")
        self.profile = try reader.readIfPresent("profile")
        self.terms = try reader.readIfPresent("terms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("file", file)
        try writer.write("path", path)
        try writer.write("month", month)
        try writer.write("from", from)
        try writer.write("until", until)
        try writer.write("profile", profile)
        try writer.write("terms", terms)
        return writer.wire
    }
}

/// The same statement again, to write down what it proves.
package struct RepairRequest: NetmileRecord {
    /// The statement; it is compared anew.
    package var statement: StatementRequest
    /// Which steps of the plan, by their number from 0; all when not given.
    package var steps: [Int64]?

    package init(statement: StatementRequest, steps: [Int64]? = nil) {
        self.statement = statement
        self.steps = steps
    }

    package var shownFields: [(label: String, value: Any)] {
        [("statement", statement), ("steps", steps as Any)]
    }
}

extension RepairRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.statement = try reader.read("statement")
        self.steps = try reader.readIfPresent("steps")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("statement", statement)
        try writer.write("steps", steps)
        return writer.wire
    }
}

/// A statement that was read and not compared.
public struct StatementSummary: NetmileRecord {
    /// First day.
    public let from: String
    /// Last day.
    public let until: String
    /// Movements.
    public let rows: Int64
    /// Lines that are no movement.
    public let ignored: Int64
    /// Sum of the movements, yen.
    public let amount: Int64
    /// Sum of the commissions, yen.
    public let fee: Int64
    /// What is left, yen.
    public let net: Int64
    /// Whether sums at its end prove that nothing is missing.
    public let provenWhole: Bool

    public init(
        from: String,
        until: String,
        rows: Int64,
        ignored: Int64,
        amount: Int64,
        fee: Int64,
        net: Int64,
        provenWhole: Bool
    ) {
        self.from = from
        self.until = until
        self.rows = rows
        self.ignored = ignored
        self.amount = amount
        self.fee = fee
        self.net = net
        self.provenWhole = provenWhole
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("from", from),
            ("until", until),
            ("rows", rows),
            ("ignored", ignored),
            ("amount", amount),
            ("fee", fee),
            ("net", net),
            ("provenWhole", provenWhole),
        ]
    }
}

extension StatementSummary: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.from = try reader.read("from")
        self.until = try reader.read("until")
        self.rows = try reader.read("rows")
        self.ignored = try reader.read("ignored")
        self.amount = try reader.read("amount")
        self.fee = try reader.read("fee")
        self.net = try reader.read("net")
        self.provenWhole = try reader.read("proven_whole")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("from", from)
        try writer.write("until", until)
        try writer.write("rows", rows)
        try writer.write("ignored", ignored)
        try writer.write("amount", amount)
        try writer.write("fee", fee)
        try writer.write("net", net)
        try writer.write("proven_whole", provenWhole)
        return writer.wire
    }
}

/// What came out of a comparison (突合).
public struct ReconciliationReport: NetmileRecord {
    /// Whether file and journal agree, commission and payout included.
    public let clean: Bool
    /// Whether sums at the end of the file prove that nothing is missing.
    public let provenWhole: Bool
    /// Counts and yen of each class.
    public let tallies: [ClassTally]
    /// Every movement of the file, then those of the journal that the file does not have.
    public let entries: [ReconciliationEntry]
    /// How many movements had a commission that could be checked.
    public let feesChecked: Int64
    /// Commissions that are not those of the contract, in the client's language.
    public let feeDifferences: [String]
    /// What is not as agreed about the payout, in the client's language.
    public let payoutDifferences: [String]
    /// What to do, in this order.
    public let plan: [PlannedRepair]
    /// All of it for a person, in the client's language.
    public let summary: String

    public init(
        clean: Bool,
        provenWhole: Bool,
        tallies: [ClassTally],
        entries: [ReconciliationEntry],
        feesChecked: Int64,
        feeDifferences: [String],
        payoutDifferences: [String],
        plan: [PlannedRepair],
        summary: String
    ) {
        self.clean = clean
        self.provenWhole = provenWhole
        self.tallies = tallies
        self.entries = entries
        self.feesChecked = feesChecked
        self.feeDifferences = feeDifferences
        self.payoutDifferences = payoutDifferences
        self.plan = plan
        self.summary = summary
    }

    public var shownFields: [(label: String, value: Any)] {
        [("clean", clean), ("provenWhole", provenWhole), ("feesChecked", feesChecked)]
    }
}

extension ReconciliationReport: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.clean = try reader.read("clean")
        self.provenWhole = try reader.read("proven_whole")
        self.tallies = try reader.read("tallies")
        self.entries = try reader.read("entries")
        self.feesChecked = try reader.read("fees_checked")
        self.feeDifferences = try reader.read("fee_differences")
        self.payoutDifferences = try reader.read("payout_differences")
        self.plan = try reader.read("plan")
        self.summary = try reader.read("summary")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("clean", clean)
        try writer.write("proven_whole", provenWhole)
        try writer.write("tallies", tallies)
        try writer.write("entries", entries)
        try writer.write("fees_checked", feesChecked)
        try writer.write("fee_differences", feeDifferences)
        try writer.write("payout_differences", payoutDifferences)
        try writer.write("plan", plan)
        try writer.write("summary", summary)
        return writer.wire
    }
}

/// Counts and yen of one class.
public struct ClassTally: NetmileRecord {
    /// `match`, `missing_here`, `missing_there`, `amount`, `status`, `duplicate` or `outside_period`.
    public let `class`: String
    /// Movements of the file.
    public let fileCount: Int64
    /// Their yen, refunds negative.
    public let fileYen: Int64
    /// Movements of the journal.
    public let journalCount: Int64
    /// Their yen.
    public let journalYen: Int64

    public init(`class`: String, fileCount: Int64, fileYen: Int64, journalCount: Int64, journalYen: Int64) {
        self.class = `class`
        self.fileCount = fileCount
        self.fileYen = fileYen
        self.journalCount = journalCount
        self.journalYen = journalYen
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("class", `class`),
            ("fileCount", fileCount),
            ("fileYen", fileYen),
            ("journalCount", journalCount),
            ("journalYen", journalYen),
        ]
    }
}

extension ClassTally: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.class = try reader.read("class")
        self.fileCount = try reader.read("file_count")
        self.fileYen = try reader.read("file_yen")
        self.journalCount = try reader.read("journal_count")
        self.journalYen = try reader.read("journal_yen")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("class", `class`)
        try writer.write("file_count", fileCount)
        try writer.write("file_yen", fileYen)
        try writer.write("journal_count", journalCount)
        try writer.write("journal_yen", journalYen)
        return writer.wire
    }
}

/// One movement of file, journal or both.
public struct ReconciliationEntry: NetmileRecord {
    /// Which kind of agreement or difference.
    public let `class`: String
    /// Why.
    public let cause: String
    /// The cause for a person, in the client's language.
    public let text: String
    /// What the file decides about an unknown outcome: `paid`, `not_paid`, `refunded`, `not_refunded` or `undecided`.
    public let verdict: String?
    /// The shop's id at the gateway.
    public let orderId: String
    /// The gateway's id.
    public let trackingId: String?
    /// Line of the file.
    public let line: Int64?
    /// Yen in the file, a refund negative.
    public let fileAmount: Int64?
    /// Yen in the journal, a refund negative.
    public let journalAmount: Int64?
    /// The record: `payment`, `purchase` or `period`.
    public let record: String?
    /// Its id.
    public let recordId: String?

    public init(
        `class`: String,
        cause: String,
        text: String,
        orderId: String,
        verdict: String? = nil,
        trackingId: String? = nil,
        line: Int64? = nil,
        fileAmount: Int64? = nil,
        journalAmount: Int64? = nil,
        record: String? = nil,
        recordId: String? = nil
    ) {
        self.class = `class`
        self.cause = cause
        self.text = text
        self.verdict = verdict
        self.orderId = orderId
        self.trackingId = trackingId
        self.line = line
        self.fileAmount = fileAmount
        self.journalAmount = journalAmount
        self.record = record
        self.recordId = recordId
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("class", `class`),
            ("cause", cause),
            ("verdict", verdict as Any),
            ("orderId", orderId),
            ("trackingId", trackingId as Any),
            ("line", line as Any),
            ("fileAmount", fileAmount as Any),
            ("journalAmount", journalAmount as Any),
            ("recordId", recordId as Any),
        ]
    }
}

extension ReconciliationEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.class = try reader.read("class")
        self.cause = try reader.read("cause")
        self.text = try reader.read("text")
        self.verdict = try reader.readIfPresent("verdict")
        self.orderId = try reader.read("order_id")
        self.trackingId = try reader.readIfPresent("tracking_id")
        self.line = try reader.readIfPresent("line")
        self.fileAmount = try reader.readIfPresent("file_amount")
        self.journalAmount = try reader.readIfPresent("journal_amount")
        self.record = try reader.readIfPresent("record")
        self.recordId = try reader.readIfPresent("record_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("class", `class`)
        try writer.write("cause", cause)
        try writer.write("text", text)
        try writer.write("verdict", verdict)
        try writer.write("order_id", orderId)
        try writer.write("tracking_id", trackingId)
        try writer.write("line", line)
        try writer.write("file_amount", fileAmount)
        try writer.write("journal_amount", journalAmount)
        try writer.write("record", record)
        try writer.write("record_id", recordId)
        return writer.wire
    }
}

/// One step of the plan.
public struct PlannedRepair: NetmileRecord {
    /// `confirm_paid`, `confirm_refund`, `confirm_not_paid`, `confirm_not_refunded`, `refund_duplicate`, `ask_gateway`
    /// or `investigate`, or a name that is not known yet.
    public let repair: String
    /// The shop's id at the gateway.
    public let orderId: String
    /// The gateway's id.
    public let trackingId: String?
    /// Yen, where the step has some.
    public let amount: Int64?
    /// Why.
    public let cause: String
    /// What to do, in the client's language.
    public let text: String
    /// Line of the file.
    public let line: Int64?
    /// When it happened according to the file.
    public let at: Date?

    public init(
        repair: String,
        orderId: String,
        cause: String,
        text: String,
        trackingId: String? = nil,
        amount: Int64? = nil,
        line: Int64? = nil,
        at: Date? = nil
    ) {
        self.repair = repair
        self.orderId = orderId
        self.trackingId = trackingId
        self.amount = amount
        self.cause = cause
        self.text = text
        self.line = line
        self.at = at
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("repair", repair),
            ("orderId", orderId),
            ("trackingId", trackingId as Any),
            ("amount", amount as Any),
            ("cause", cause),
            ("line", line as Any),
        ]
    }
}

extension PlannedRepair: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.repair = try reader.read("repair")
        self.orderId = try reader.read("order_id")
        self.trackingId = try reader.readIfPresent("tracking_id")
        self.amount = try reader.readIfPresent("amount")
        self.cause = try reader.read("cause")
        self.text = try reader.read("text")
        self.line = try reader.readIfPresent("line")
        self.at = try reader.readIfPresent("at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("repair", repair)
        try writer.write("order_id", orderId)
        try writer.write("tracking_id", trackingId)
        try writer.write("amount", amount)
        try writer.write("cause", cause)
        try writer.write("text", text)
        try writer.write("line", line)
        try writer.write("at_ms", at)
        return writer.wire
    }
}

/// What became of a step of the plan.
public struct RepairResult: NetmileRecord {
    /// Its number in the plan, from 0.
    public let step: Int64
    /// `done`, `known` (it was written down before) or `left`.
    public let result: String
    /// Why it was left.
    public let reason: String?

    public init(step: Int64, result: String, reason: String? = nil) {
        self.step = step
        self.result = result
        self.reason = reason
    }

    public var shownFields: [(label: String, value: Any)] {
        [("step", step), ("result", result)]
    }
}

extension RepairResult: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.step = try reader.read("step")
        self.result = try reader.read("result")
        self.reason = try reader.readIfPresent("reason")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("step", step)
        try writer.write("result", result)
        try writer.write("reason", reason)
        return writer.wire
    }
}

/// A comparison and what was written down of it.
public struct RepairReport: NetmileRecord {
    /// The comparison before it.
    public let report: ReconciliationReport
    /// What became of each step.
    public let repaired: [RepairResult]

    public init(report: ReconciliationReport, repaired: [RepairResult]) {
        self.report = report
        self.repaired = repaired
    }

    public var shownFields: [(label: String, value: Any)] {
        [("report", report), ("repaired", repaired)]
    }
}

extension RepairReport: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.report = try reader.read("report")
        self.repaired = try reader.read("repaired")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("report", report)
        try writer.write("repaired", repaired)
        return writer.wire
    }
}
