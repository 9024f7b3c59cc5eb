// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Point exchange.
public struct ExchangesRoom: Sendable {
    let calls: Calls

    /// What points come to, or why they do not fit and which numbers would.
    public func convert(rate: RateTerms, points: Int64, held: Int64? = nil) async throws -> ConversionAnswer {
        try await calls.invoke("exchange.convert", ConversionRequest(rate: rate, points: points, held: held))
    }

    /// What a customer can exchange at least and at most.
    public func offer(rate: RateTerms, held: Int64) async throws -> ExchangeOfferAnswer {
        try await calls.invoke("exchange.offer", ExchangeOffer(rate: rate, held: held))
    }

    /// The rate at which points keep their value.
    public func equalValue(yen: Int64, points: Int64) async throws -> RateTerms {
        try await calls.invoke("exchange.equal_value", PriceQuery(yen: yen, points: points))
    }

    /// Whether somebody can get miles.
    public func applicant(_ mail: String) async throws -> ApplicantAnswer {
        try await calls.invoke("exchange.applicant", MailQuery(mail: mail))
    }

    /// Records an exchange; then the shop takes the points.
    public func begin(_ request: ExchangeRequest) async throws -> Exchange {
        try await calls.invoke("exchange.begin", request)
    }

    /// Records that the points are taken.
    public func debited(_ tranId: String) async throws -> Exchange {
        try await calls.invoke("exchange.debited", ExchangeId(tranId: tranId))
    }

    /// Records that the points could not be taken.
    public func notDebited(_ tranId: String) async throws -> Exchange {
        try await calls.invoke("exchange.not_debited", ExchangeId(tranId: tranId))
    }

    /// Has the miles issued; asked again it never issues twice.
    public func issue(_ tranId: String) async throws -> ExchangeOutcome {
        try await calls.invoke("exchange.issue", ExchangeId(tranId: tranId))
    }

    /// Records that the points of a refused exchange are given back.
    public func creditedBack(_ tranId: String) async throws -> Exchange {
        try await calls.invoke("exchange.credited_back", ExchangeId(tranId: tranId))
    }

    /// The exchange with this id.
    public func get(_ tranId: String) async throws -> Exchange {
        try await calls.invoke("exchange.get", ExchangeId(tranId: tranId))
    }

    /// Exchanges in some phases.
    public func list(limit: Int64 = 100, phases: [ExchangePhase] = [], after: String? = nil) async throws -> Exchanges {
        try await calls.invoke("exchange.list", ExchangeQuery(limit: limit, phases: phases, after: after))
    }

    /// Exchanges that somebody or something still has to act on.
    public func unresolved(limit: Int64 = 100) async throws -> Exchanges {
        try await calls.invoke("exchange.unresolved", Limit(limit: limit))
    }

    /// Looks after one exchange now, instead of when it is due.
    public func resolve(_ tranId: String) async throws -> Exchange {
        try await calls.invoke("exchange.resolve", ExchangeId(tranId: tranId))
    }

    /// Records what a person found out about an exchange under review.
    public func review(tranId: String, verdict: ReviewVerdict, issued: ExchangedMiles? = nil) async throws -> Exchange {
        try await calls.invoke("exchange.review", ExchangeReview(tranId: tranId, verdict: verdict, issued: issued))
    }

    /// Writes upload files of at most 10,000 rows (flow 2).
    public func files(siteId: String, at: Date, rows: [ExchangeFileRow]) async throws -> ExchangeFiles {
        try await calls.invoke("exchange.files", ExchangeFileRequest(siteId: siteId, at: at, rows: rows))
    }

    /// Says of every row of an upload file what became of it.
    public func settle(sent: Data, result: Data) async throws -> SettledFile {
        try await calls.invoke("exchange.settle", SettleRequest(sent: sent, result: result))
    }

    /// Writes the files that NetMile fetches (flow 3).
    public func dropWrite(siteId: String, runAt: Date, rows: [ExchangeFileRow]) async throws -> DropFiles {
        try await calls.invoke("exchange.drop_write", DropWriteRequest(siteId: siteId, runAt: runAt, rows: rows))
    }

    /// Answers a request of NetMile to the shop's drop; the shop keeps the files.
    public func dropHandle(_ request: DropHandleRequest) async throws -> DropHandleAnswer {
        try await calls.invoke("exchange.drop_handle", request)
    }

    /// What became of a run of the drop, if its result is there.
    public func dropSettled(name: String, files: [DropFileEntry]) async throws -> DropSettleAnswer {
        try await calls.invoke("exchange.drop_settled", DropSettleRequest(name: name, files: files))
    }
}

/// Point exchange. On the calling thread.
public struct BlockingExchangesRoom: Sendable {
    let calls: BlockingCalls

    /// What points come to, or why they do not fit and which numbers would.
    @available(*, noasync)
    public func convert(rate: RateTerms, points: Int64, held: Int64? = nil) throws -> ConversionAnswer {
        try calls.invoke("exchange.convert", ConversionRequest(rate: rate, points: points, held: held))
    }

    /// What a customer can exchange at least and at most.
    @available(*, noasync)
    public func offer(rate: RateTerms, held: Int64) throws -> ExchangeOfferAnswer {
        try calls.invoke("exchange.offer", ExchangeOffer(rate: rate, held: held))
    }

    /// The rate at which points keep their value.
    @available(*, noasync)
    public func equalValue(yen: Int64, points: Int64) throws -> RateTerms {
        try calls.invoke("exchange.equal_value", PriceQuery(yen: yen, points: points))
    }

    /// Whether somebody can get miles.
    @available(*, noasync)
    public func applicant(_ mail: String) throws -> ApplicantAnswer {
        try calls.invoke("exchange.applicant", MailQuery(mail: mail))
    }

    /// Records an exchange; then the shop takes the points.
    @available(*, noasync)
    public func begin(_ request: ExchangeRequest) throws -> Exchange {
        try calls.invoke("exchange.begin", request)
    }

    /// Records that the points are taken.
    @available(*, noasync)
    public func debited(_ tranId: String) throws -> Exchange {
        try calls.invoke("exchange.debited", ExchangeId(tranId: tranId))
    }

    /// Records that the points could not be taken.
    @available(*, noasync)
    public func notDebited(_ tranId: String) throws -> Exchange {
        try calls.invoke("exchange.not_debited", ExchangeId(tranId: tranId))
    }

    /// Has the miles issued; asked again it never issues twice.
    @available(*, noasync)
    public func issue(_ tranId: String) throws -> ExchangeOutcome {
        try calls.invoke("exchange.issue", ExchangeId(tranId: tranId))
    }

    /// Records that the points of a refused exchange are given back.
    @available(*, noasync)
    public func creditedBack(_ tranId: String) throws -> Exchange {
        try calls.invoke("exchange.credited_back", ExchangeId(tranId: tranId))
    }

    /// The exchange with this id.
    @available(*, noasync)
    public func get(_ tranId: String) throws -> Exchange {
        try calls.invoke("exchange.get", ExchangeId(tranId: tranId))
    }

    /// Exchanges in some phases.
    @available(*, noasync)
    public func list(limit: Int64 = 100, phases: [ExchangePhase] = [], after: String? = nil) throws -> Exchanges {
        try calls.invoke("exchange.list", ExchangeQuery(limit: limit, phases: phases, after: after))
    }

    /// Exchanges that somebody or something still has to act on.
    @available(*, noasync)
    public func unresolved(limit: Int64 = 100) throws -> Exchanges {
        try calls.invoke("exchange.unresolved", Limit(limit: limit))
    }

    /// Looks after one exchange now, instead of when it is due.
    @available(*, noasync)
    public func resolve(_ tranId: String) throws -> Exchange {
        try calls.invoke("exchange.resolve", ExchangeId(tranId: tranId))
    }

    /// Records what a person found out about an exchange under review.
    @available(*, noasync)
    public func review(tranId: String, verdict: ReviewVerdict, issued: ExchangedMiles? = nil) throws -> Exchange {
        try calls.invoke("exchange.review", ExchangeReview(tranId: tranId, verdict: verdict, issued: issued))
    }

    /// Writes upload files of at most 10,000 rows (flow 2).
    @available(*, noasync)
    public func files(siteId: String, at: Date, rows: [ExchangeFileRow]) throws -> ExchangeFiles {
        try calls.invoke("exchange.files", ExchangeFileRequest(siteId: siteId, at: at, rows: rows))
    }

    /// Says of every row of an upload file what became of it.
    @available(*, noasync)
    public func settle(sent: Data, result: Data) throws -> SettledFile {
        try calls.invoke("exchange.settle", SettleRequest(sent: sent, result: result))
    }

    /// Writes the files that NetMile fetches (flow 3).
    @available(*, noasync)
    public func dropWrite(siteId: String, runAt: Date, rows: [ExchangeFileRow]) throws -> DropFiles {
        try calls.invoke("exchange.drop_write", DropWriteRequest(siteId: siteId, runAt: runAt, rows: rows))
    }

    /// Answers a request of NetMile to the shop's drop; the shop keeps the files.
    @available(*, noasync)
    public func dropHandle(_ request: DropHandleRequest) throws -> DropHandleAnswer {
        try calls.invoke("exchange.drop_handle", request)
    }

    /// What became of a run of the drop, if its result is there.
    @available(*, noasync)
    public func dropSettled(name: String, files: [DropFileEntry]) throws -> DropSettleAnswer {
        try calls.invoke("exchange.drop_settled", DropSettleRequest(name: name, files: files))
    }
}
