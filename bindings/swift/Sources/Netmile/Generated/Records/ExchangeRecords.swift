// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// A rate: `miles` for `points`.
public struct RateTerms: NetmileRecord {
    /// Points.
    public var points: Int64
    /// Miles for them.
    public var miles: Int64
    /// Points are exchanged in units of so many.
    public var unit: Int64?
    /// At least so many.
    public var minimum: Int64?
    /// At most so many.
    public var maximum: Int64?

    public init(points: Int64, miles: Int64, unit: Int64? = nil, minimum: Int64? = nil, maximum: Int64? = nil) {
        self.points = points
        self.miles = miles
        self.unit = unit
        self.minimum = minimum
        self.maximum = maximum
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("points", points),
            ("miles", miles),
            ("unit", unit as Any),
            ("minimum", minimum as Any),
            ("maximum", maximum as Any),
        ]
    }
}

extension RateTerms: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.points = try reader.read("points")
        self.miles = try reader.read("miles")
        self.unit = try reader.readIfPresent("unit")
        self.minimum = try reader.readIfPresent("minimum")
        self.maximum = try reader.readIfPresent("maximum")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("points", points)
        try writer.write("miles", miles)
        try writer.write("unit", unit)
        try writer.write("minimum", minimum)
        try writer.write("maximum", maximum)
        return writer.wire
    }
}

/// What points come to.
package struct ConversionRequest: NetmileRecord {
    /// The rate.
    package var rate: RateTerms
    /// Points to exchange.
    package var points: Int64
    /// Points that the customer has.
    package var held: Int64?

    package init(rate: RateTerms, points: Int64, held: Int64? = nil) {
        self.rate = rate
        self.points = points
        self.held = held
    }

    package var shownFields: [(label: String, value: Any)] {
        [("rate", rate), ("points", points), ("held", held as Any)]
    }
}

extension ConversionRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.rate = try reader.read("rate")
        self.points = try reader.read("points")
        self.held = try reader.readIfPresent("held")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("rate", rate)
        try writer.write("points", points)
        try writer.write("held", held)
        return writer.wire
    }
}

/// What points come to, or why they do not fit.
public struct ConversionAnswer: NetmileRecord {
    /// Whether they can be exchanged.
    public let fits: Bool
    /// Points.
    public let points: Int64
    /// Miles for them.
    public let miles: Int64?
    /// Points left, when it is known how many there are.
    public let balanceAfter: Int64?
    /// `below_minimum`, `above_maximum`, `not_in_units`, `not_whole`, `too_many_miles` or `not_held`.
    public let reason: String?
    /// The next lower number that fits.
    public let below: Int64?
    /// The next higher number that fits.
    public let above: Int64?
    /// For the customer, in the client's language.
    public let text: String?

    public init(
        fits: Bool,
        points: Int64,
        miles: Int64? = nil,
        balanceAfter: Int64? = nil,
        reason: String? = nil,
        below: Int64? = nil,
        above: Int64? = nil,
        text: String? = nil
    ) {
        self.fits = fits
        self.points = points
        self.miles = miles
        self.balanceAfter = balanceAfter
        self.reason = reason
        self.below = below
        self.above = above
        self.text = text
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("fits", fits),
            ("points", points),
            ("miles", miles as Any),
            ("balanceAfter", balanceAfter as Any),
            ("reason", reason as Any),
            ("below", below as Any),
            ("above", above as Any),
        ]
    }
}

extension ConversionAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.fits = try reader.read("fits")
        self.points = try reader.read("points")
        self.miles = try reader.readIfPresent("miles")
        self.balanceAfter = try reader.readIfPresent("balance_after")
        self.reason = try reader.readIfPresent("reason")
        self.below = try reader.readIfPresent("below")
        self.above = try reader.readIfPresent("above")
        self.text = try reader.readIfPresent("text")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("fits", fits)
        try writer.write("points", points)
        try writer.write("miles", miles)
        try writer.write("balance_after", balanceAfter)
        try writer.write("reason", reason)
        try writer.write("below", below)
        try writer.write("above", above)
        try writer.write("text", text)
        return writer.wire
    }
}

/// What a customer can exchange.
package struct ExchangeOffer: NetmileRecord {
    /// The rate.
    package var rate: RateTerms
    /// Points that the customer has.
    package var held: Int64

    package init(rate: RateTerms, held: Int64) {
        self.rate = rate
        self.held = held
    }

    package var shownFields: [(label: String, value: Any)] {
        [("rate", rate), ("held", held)]
    }
}

extension ExchangeOffer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.rate = try reader.read("rate")
        self.held = try reader.read("held")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("rate", rate)
        try writer.write("held", held)
        return writer.wire
    }
}

/// What a customer can exchange at least and at most.
public struct ExchangeOfferAnswer: NetmileRecord {
    /// Points go up in steps of so many.
    public let step: Int64
    /// Fewest points; none when nothing can be exchanged.
    public let leastPoints: Int64?
    /// Miles for them.
    public let leastMiles: Int64?
    /// Most points.
    public let mostPoints: Int64?
    /// Miles for them.
    public let mostMiles: Int64?

    public init(
        step: Int64,
        leastPoints: Int64? = nil,
        leastMiles: Int64? = nil,
        mostPoints: Int64? = nil,
        mostMiles: Int64? = nil
    ) {
        self.step = step
        self.leastPoints = leastPoints
        self.leastMiles = leastMiles
        self.mostPoints = mostPoints
        self.mostMiles = mostMiles
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("step", step),
            ("leastPoints", leastPoints as Any),
            ("leastMiles", leastMiles as Any),
            ("mostPoints", mostPoints as Any),
            ("mostMiles", mostMiles as Any),
        ]
    }
}

extension ExchangeOfferAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.step = try reader.read("step")
        self.leastPoints = try reader.readIfPresent("least_points")
        self.leastMiles = try reader.readIfPresent("least_miles")
        self.mostPoints = try reader.readIfPresent("most_points")
        self.mostMiles = try reader.readIfPresent("most_miles")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("step", step)
        try writer.write("least_points", leastPoints)
        try writer.write("least_miles", leastMiles)
        try writer.write("most_points", mostPoints)
        try writer.write("most_miles", mostMiles)
        return writer.wire
    }
}

/// What points are worth.
package struct PriceQuery: NetmileRecord {
    /// Yen.
    package var yen: Int64
    /// For so many points.
    package var points: Int64

    package init(yen: Int64, points: Int64) {
        self.yen = yen
        self.points = points
    }

    package var shownFields: [(label: String, value: Any)] {
        [("yen", yen), ("points", points)]
    }
}

extension PriceQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.yen = try reader.read("yen")
        self.points = try reader.read("points")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("yen", yen)
        try writer.write("points", points)
        return writer.wire
    }
}

/// A mail address.
package struct MailQuery: NetmileRecord {
    /// Mail address. Personal.
    package var mail: String

    package init(mail: String) {
        self.mail = mail
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension MailQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.mail = try reader.read("mail")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("mail", mail)
        return writer.wire
    }
}

/// Whether somebody can get miles.
public struct ApplicantAnswer: NetmileRecord {
    /// `registered`, `not_active` or `not_registered`.
    public let standing: String
    /// NetMile user id. Personal.
    public let userId: String?

    public init(standing: String, userId: String? = nil) {
        self.standing = standing
        self.userId = userId
    }

    public var shownFields: [(label: String, value: Any)] {
        [("standing", standing)]
    }
}

extension ApplicantAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.standing = try reader.read("standing")
        self.userId = try reader.readIfPresent("user_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("standing", standing)
        try writer.write("user_id", userId)
        return writer.wire
    }
}

/// An exchange.
public struct ExchangeRequest: NetmileRecord {
    /// The shop's own id, never used twice.
    public var tranId: String
    /// Who gets the miles.
    public var user: MileUser
    /// The shop's key of its customer (指定キー). May be personal.
    public var designatedKey: String
    /// Points.
    public var points: Int64
    /// The rate.
    public var rate: RateTerms

    public init(tranId: String, user: MileUser, designatedKey: String, points: Int64, rate: RateTerms) {
        self.tranId = tranId
        self.user = user
        self.designatedKey = designatedKey
        self.points = points
        self.rate = rate
    }

    public var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId), ("points", points), ("rate", rate)]
    }
}

extension ExchangeRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
        self.user = try reader.read("user")
        self.designatedKey = try reader.read("designated_key")
        self.points = try reader.read("points")
        self.rate = try reader.read("rate")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        try writer.write("user", user)
        try writer.write("designated_key", designatedKey)
        try writer.write("points", points)
        try writer.write("rate", rate)
        return writer.wire
    }
}

/// Names an exchange.
package struct ExchangeId: NetmileRecord {
    /// The shop's own id.
    package var tranId: String

    package init(tranId: String) {
        self.tranId = tranId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId)]
    }
}

extension ExchangeId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        return writer.wire
    }
}

/// Miles that were issued for points.
public struct ExchangedMiles: NetmileRecord {
    /// NetMile's id.
    public var exchangeId: String
    /// NetMile user id. Personal.
    public var userId: String
    /// Miles.
    public var miles: Int64
    /// When.
    public var issuedAt: Date

    public init(exchangeId: String, userId: String, miles: Int64, issuedAt: Date) {
        self.exchangeId = exchangeId
        self.userId = userId
        self.miles = miles
        self.issuedAt = issuedAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [("exchangeId", exchangeId), ("miles", miles)]
    }
}

extension ExchangedMiles: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.exchangeId = try reader.read("exchange_id")
        self.userId = try reader.read("user_id")
        self.miles = try reader.read("miles")
        self.issuedAt = try reader.read("issued_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("exchange_id", exchangeId)
        try writer.write("user_id", userId)
        try writer.write("miles", miles)
        try writer.write("issued_at_ms", issuedAt)
        return writer.wire
    }
}

/// How issuing ended.
public typealias ExchangeOutcome = Outcome<ExchangedMiles>

/// An exchange as the journal knows it.
public struct Exchange: NetmileRecord {
    /// Site.
    public let siteId: String
    /// The shop's own id.
    public let tranId: String
    /// `debiting`, `debited`, `issuing`, `issued`, `refused`, `credited_back`, `not_debited` or `needs_review`.
    public let phase: ExchangePhase
    /// Points.
    public let points: Int64
    /// Miles.
    public let miles: Int64
    /// What was issued.
    public let issued: ExchangedMiles?
    /// Why it was refused.
    public let rejection: Refusal?
    /// Whether miles were issued although the points had been given back.
    public let doubled: Bool
    /// When it was begun.
    public let begunAt: Date
    /// When the points were taken.
    public let debitedAt: Date?

    public init(
        siteId: String,
        tranId: String,
        phase: ExchangePhase,
        points: Int64,
        miles: Int64,
        doubled: Bool,
        begunAt: Date,
        issued: ExchangedMiles? = nil,
        rejection: Refusal? = nil,
        debitedAt: Date? = nil
    ) {
        self.siteId = siteId
        self.tranId = tranId
        self.phase = phase
        self.points = points
        self.miles = miles
        self.issued = issued
        self.rejection = rejection
        self.doubled = doubled
        self.begunAt = begunAt
        self.debitedAt = debitedAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("siteId", siteId),
            ("tranId", tranId),
            ("phase", phase),
            ("points", points),
            ("miles", miles),
            ("issued", issued as Any),
            ("rejection", rejection as Any),
        ]
    }
}

extension Exchange: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.tranId = try reader.read("tran_id")
        self.phase = try reader.read("phase")
        self.points = try reader.read("points")
        self.miles = try reader.read("miles")
        self.issued = try reader.readIfPresent("issued")
        self.rejection = try reader.readIfPresent("rejection")
        self.doubled = try reader.read("doubled")
        self.begunAt = try reader.read("begun_at_ms")
        self.debitedAt = try reader.readIfPresent("debited_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("tran_id", tranId)
        try writer.write("phase", phase)
        try writer.write("points", points)
        try writer.write("miles", miles)
        try writer.write("issued", issued)
        try writer.write("rejection", rejection)
        try writer.write("doubled", doubled)
        try writer.write("begun_at_ms", begunAt)
        try writer.write("debited_at_ms", debitedAt)
        return writer.wire
    }
}

/// Which exchanges to list.
package struct ExchangeQuery: NetmileRecord {
    /// In one of these phases; none means any.
    package var phases: [ExchangePhase]
    /// After the one with this `tran_id`: the last one of the previous page.
    package var after: String?
    /// At most so many, 1 to 1000.
    package var limit: Int64

    package init(limit: Int64, phases: [ExchangePhase] = [], after: String? = nil) {
        self.phases = phases
        self.after = after
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("phases", phases), ("after", after as Any), ("limit", limit)]
    }
}

extension ExchangeQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.phases = try reader.read("phases", or: [])
        self.after = try reader.readIfPresent("after")
        self.limit = try reader.read("limit")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("phases", phases)
        try writer.write("after", after)
        try writer.write("limit", limit)
        return writer.wire
    }
}

/// Exchanges.
public struct Exchanges: NetmileRecord {
    /// In the order of site and `tran_id`.
    public let exchanges: [Exchange]

    public init(exchanges: [Exchange]) {
        self.exchanges = exchanges
    }

    public var shownFields: [(label: String, value: Any)] {
        [("exchanges", exchanges)]
    }
}

extension Exchanges: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.exchanges = try reader.read("exchanges")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("exchanges", exchanges)
        return writer.wire
    }
}

/// What a person found out about an exchange under review.
package struct ExchangeReview: NetmileRecord {
    /// The shop's own id.
    package var tranId: String
    /// `happened` or `missing`: then the points go back.
    package var verdict: ReviewVerdict
    /// What was issued, when it happened.
    package var issued: ExchangedMiles?

    package init(tranId: String, verdict: ReviewVerdict, issued: ExchangedMiles? = nil) {
        self.tranId = tranId
        self.verdict = verdict
        self.issued = issued
    }

    package var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId), ("verdict", verdict)]
    }
}

extension ExchangeReview: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
        self.verdict = try reader.read("verdict")
        self.issued = try reader.readIfPresent("issued")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        try writer.write("verdict", verdict)
        try writer.write("issued", issued)
        return writer.wire
    }
}

/// A row of an exchange file.
public struct ExchangeFileRow: NetmileRecord {
    /// Who gets the miles.
    public var user: MileUser
    /// The shop's key of its customer (指定キー). May be personal.
    public var designatedKey: String
    /// Miles.
    public var miles: Int64

    public init(user: MileUser, designatedKey: String, miles: Int64) {
        self.user = user
        self.designatedKey = designatedKey
        self.miles = miles
    }

    public var shownFields: [(label: String, value: Any)] {
        [("miles", miles)]
    }
}

extension ExchangeFileRow: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.user = try reader.read("user")
        self.designatedKey = try reader.read("designated_key")
        self.miles = try reader.read("miles")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("user", user)
        try writer.write("designated_key", designatedKey)
        try writer.write("miles", miles)
        return writer.wire
    }
}

/// Rows for upload files (flow 2).
package struct ExchangeFileRequest: NetmileRecord {
    /// The site that it is uploaded for: a part of its name.
    package var siteId: String
    /// When: the minute, in Japan, is a part of its name, and a further file has the next one.
    package var at: Date
    /// The rows.
    package var rows: [ExchangeFileRow]

    package init(siteId: String, at: Date, rows: [ExchangeFileRow]) {
        self.siteId = siteId
        self.at = at
        self.rows = rows
    }

    package var shownFields: [(label: String, value: Any)] {
        [("siteId", siteId), ("at", at)]
    }
}

extension ExchangeFileRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.at = try reader.read("at_ms")
        self.rows = try reader.read("rows")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("at_ms", at)
        try writer.write("rows", rows)
        return writer.wire
    }
}

/// An upload file.
public struct ExchangeFile: NetmileRecord {
    /// The name under which it is uploaded.
    public let name: String
    /// Its first row.
    public let firstRow: Int64
    /// Its rows.
    public let rows: Int64
    /// Their miles.
    public let miles: Int64
    /// The bytes. Personal.
    public let file: Data

    public init(name: String, firstRow: Int64, rows: Int64, miles: Int64, file: Data) {
        self.name = name
        self.firstRow = firstRow
        self.rows = rows
        self.miles = miles
        self.file = file
    }

    public var shownFields: [(label: String, value: Any)] {
        [("name", name), ("firstRow", firstRow), ("rows", rows), ("miles", miles)]
    }
}

extension ExchangeFile: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.name = try reader.read("name")
        self.firstRow = try reader.read("first_row")
        self.rows = try reader.read("rows")
        self.miles = try reader.read("miles")
        self.file = try reader.read("file")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("name", name)
        try writer.write("first_row", firstRow)
        try writer.write("rows", rows)
        try writer.write("miles", miles)
        try writer.write("file", file)
        return writer.wire
    }
}

/// Upload files.
public struct ExchangeFiles: NetmileRecord {
    /// Each of at most 10,000 rows.
    public let files: [ExchangeFile]

    public init(files: [ExchangeFile]) {
        self.files = files
    }

    public var shownFields: [(label: String, value: Any)] {
        [("files", files)]
    }
}

extension ExchangeFiles: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.files = try reader.read("files")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("files", files)
        return writer.wire
    }
}

/// An upload file and the list of errors that came back.
package struct SettleRequest: NetmileRecord {
    /// What was uploaded. Personal.
    package var sent: Data
    /// What came back. Personal.
    package var result: Data

    package init(sent: Data, result: Data) {
        self.sent = sent
        self.result = result
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension SettleRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.sent = try reader.read("sent")
        self.result = try reader.read("result")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("sent", sent)
        try writer.write("result", result)
        return writer.wire
    }
}

/// What became of a row.
public struct SettledRow: NetmileRecord {
    /// Its number, from 1.
    public let row: Int64
    /// Mail address or user id. Personal.
    public let user: String
    /// The key. May be personal.
    public let designatedKey: String
    /// Miles.
    public let miles: Int64
    /// Why not; absent when it was issued.
    public let refused: Refusal?

    public init(row: Int64, user: String, designatedKey: String, miles: Int64, refused: Refusal? = nil) {
        self.row = row
        self.user = user
        self.designatedKey = designatedKey
        self.miles = miles
        self.refused = refused
    }

    public var shownFields: [(label: String, value: Any)] {
        [("row", row), ("miles", miles), ("refused", refused as Any)]
    }
}

extension SettledRow: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.row = try reader.read("row")
        self.user = try reader.read("user")
        self.designatedKey = try reader.read("designated_key")
        self.miles = try reader.read("miles")
        self.refused = try reader.readIfPresent("refused")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("row", row)
        try writer.write("user", user)
        try writer.write("designated_key", designatedKey)
        try writer.write("miles", miles)
        try writer.write("refused", refused)
        return writer.wire
    }
}

/// Rows and miles.
public struct RowTotal: NetmileRecord {
    /// Rows.
    public let rows: Int64
    /// Miles.
    public let miles: Int64

    public init(rows: Int64, miles: Int64) {
        self.rows = rows
        self.miles = miles
    }

    public var shownFields: [(label: String, value: Any)] {
        [("rows", rows), ("miles", miles)]
    }
}

extension RowTotal: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.rows = try reader.read("rows")
        self.miles = try reader.read("miles")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("rows", rows)
        try writer.write("miles", miles)
        return writer.wire
    }
}

/// What became of every row.
public struct SettledFile: NetmileRecord {
    /// In the order of the file.
    public let rows: [SettledRow]
    /// All of it.
    public let sent: RowTotal
    /// What was issued.
    public let issued: RowTotal
    /// What was refused: these points go back.
    public let refused: RowTotal

    public init(rows: [SettledRow], sent: RowTotal, issued: RowTotal, refused: RowTotal) {
        self.rows = rows
        self.sent = sent
        self.issued = issued
        self.refused = refused
    }

    public var shownFields: [(label: String, value: Any)] {
        [("sent", sent), ("issued", issued), ("refused", refused)]
    }
}

extension SettledFile: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.rows = try reader.read("rows")
        self.sent = try reader.read("sent")
        self.issued = try reader.read("issued")
        self.refused = try reader.read("refused")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("rows", rows)
        try writer.write("sent", sent)
        try writer.write("issued", issued)
        try writer.write("refused", refused)
        return writer.wire
    }
}

/// A file of the drop.
public struct DropFileEntry: NetmileRecord {
    /// Its name.
    public var name: String
    /// The bytes. Personal.
    public var file: Data

    public init(name: String, file: Data) {
        self.name = name
        self.file = file
    }

    public var shownFields: [(label: String, value: Any)] {
        [("name", name)]
    }
}

extension DropFileEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.name = try reader.read("name")
        self.file = try reader.read("file")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("name", name)
        try writer.write("file", file)
        return writer.wire
    }
}

/// Exchanges for NetMile to fetch (flow 3).
package struct DropWriteRequest: NetmileRecord {
    /// Site.
    package var siteId: String
    /// When the run is.
    package var runAt: Date
    /// The rows, 1 to 10,000.
    package var rows: [ExchangeFileRow]

    package init(siteId: String, runAt: Date, rows: [ExchangeFileRow]) {
        self.siteId = siteId
        self.runAt = runAt
        self.rows = rows
    }

    package var shownFields: [(label: String, value: Any)] {
        [("siteId", siteId), ("runAt", runAt)]
    }
}

extension DropWriteRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.runAt = try reader.read("run_at_ms")
        self.rows = try reader.read("rows")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("run_at_ms", runAt)
        try writer.write("rows", rows)
        return writer.wire
    }
}

/// Files to keep, in this order: the last one says that those before it are whole.
public struct DropFiles: NetmileRecord {
    /// The files.
    public let files: [DropFileEntry]
    /// What is in them.
    public let total: RowTotal

    public init(files: [DropFileEntry], total: RowTotal) {
        self.files = files
        self.total = total
    }

    public var shownFields: [(label: String, value: Any)] {
        [("files", files)]
    }
}

extension DropFiles: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.files = try reader.read("files")
        self.total = try reader.read("total")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("files", files)
        try writer.write("total", total)
        return writer.wire
    }
}

/// A request of NetMile to the shop's drop, and the files that the shop keeps there.
public struct DropHandleRequest: NetmileRecord {
    /// Site.
    public var siteId: String
    /// Where the drop is, such as `/netmile/drop`.
    public var basePath: String
    /// From which addresses NetMile may come: addresses and networks.
    public var allow: [String]
    /// Name of the Basic authentication.
    public var user: String
    /// Its password. Secret.
    public var password: String
    /// Method of the request.
    public var method: String
    /// Path of the request, with its query.
    public var path: String
    /// Address that the request comes from.
    public var peerIp: String
    /// `Authorization` of the request. Secret.
    public var authorization: String?
    /// Body of the request. Personal.
    public var body: Data
    /// Every file of the drop.
    public var files: [DropFileEntry]

    public init(
        siteId: String,
        basePath: String,
        allow: [String],
        user: String,
        password: String,
        method: String,
        path: String,
        peerIp: String,
        files: [DropFileEntry],
        authorization: String? = nil,
        body: Data = Data()
    ) {
        self.siteId = siteId
        self.basePath = basePath
        self.allow = allow
        self.user = user
        self.password = password
        self.method = method
        self.path = path
        self.peerIp = peerIp
        self.authorization = authorization
        self.body = body
        self.files = files
    }

    public var shownFields: [(label: String, value: Any)] {
        [("siteId", siteId), ("basePath", basePath), ("method", method), ("path", path)]
    }
}

extension DropHandleRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.basePath = try reader.read("base_path")
        self.allow = try reader.read("allow")
        self.user = try reader.read("user")
        self.password = try reader.read("password")
        self.method = try reader.read("method")
        self.path = try reader.read("path")
        self.peerIp = try reader.read("peer_ip")
        self.authorization = try reader.readIfPresent("authorization")
        self.body = try reader.read("body", or: Data())
        self.files = try reader.read("files")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("base_path", basePath)
        try writer.write("allow", allow)
        try writer.write("user", user)
        try writer.write("password", password)
        try writer.write("method", method)
        try writer.write("path", path)
        try writer.write("peer_ip", peerIp)
        try writer.write("authorization", authorization)
        try writer.write("body", body)
        try writer.write("files", files)
        return writer.wire
    }
}

/// What to answer, after `keep` and `replace` were done: whoever reads must see a file whole or not at all.
public struct DropHandleAnswer: NetmileRecord {
    /// HTTP status.
    public let status: Int64
    /// Headers.
    public let headers: [Pair]
    /// Body.
    public let body: Data
    /// New files to keep.
    public let keep: [DropFileEntry]
    /// Files whose content is to be replaced.
    public let replace: [DropFileEntry]

    public init(status: Int64, headers: [Pair], body: Data, keep: [DropFileEntry], replace: [DropFileEntry]) {
        self.status = status
        self.headers = headers
        self.body = body
        self.keep = keep
        self.replace = replace
    }

    public var shownFields: [(label: String, value: Any)] {
        [("status", status)]
    }
}

extension DropHandleAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.status = try reader.read("status")
        self.headers = try reader.read("headers")
        self.body = try reader.read("body")
        self.keep = try reader.read("keep")
        self.replace = try reader.read("replace")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("status", status)
        try writer.write("headers", headers)
        try writer.write("body", body)
        try writer.write("keep", keep)
        try writer.write("replace", replace)
        return writer.wire
    }
}

/// Which run of the drop.
package struct DropSettleRequest: NetmileRecord {
    /// Name of any file of the run.
    package var name: String
    /// Every file of the drop.
    package var files: [DropFileEntry]

    package init(name: String, files: [DropFileEntry]) {
        self.name = name
        self.files = files
    }

    package var shownFields: [(label: String, value: Any)] {
        [("name", name)]
    }
}

extension DropSettleRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.name = try reader.read("name")
        self.files = try reader.read("files")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("name", name)
        try writer.write("files", files)
        return writer.wire
    }
}

/// What became of a run, if its result is there.
public struct DropSettleAnswer: NetmileRecord {
    /// What became of every row.
    public let settled: SettledFile?

    public init(settled: SettledFile? = nil) {
        self.settled = settled
    }

    public var shownFields: [(label: String, value: Any)] {
        [("settled", settled as Any)]
    }
}

extension DropSettleAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.settled = try reader.readIfPresent("settled")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("settled", settled)
        return writer.wire
    }
}
