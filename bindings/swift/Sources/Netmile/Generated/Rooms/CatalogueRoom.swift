// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Methods and codes as data.
public struct CatalogueRoom: Sendable {
    let calls: Calls

    /// The payment methods of the client's contract, with limits and what is offered.
    public func methods() async throws -> MethodList {
        try await calls.invoke("catalogue.methods", Nothing())
    }

    /// What is known about a code of the API type.
    public func apiCode(_ code: String) async throws -> ApiCodeEntry {
        try await calls.invoke("catalogue.api_code", CodeQuery(code: code))
    }

    /// What is known about a code of one of NetMile's tables.
    public func mileCode(table: String, code: String) async throws -> MileCodeEntry {
        try await calls.invoke("catalogue.mile_code", MileCodeQuery(table: table, code: code))
    }

    /// Every code of NetMile's tables that is known.
    public func mileCodes() async throws -> MileCodeCatalogue {
        try await calls.invoke("catalogue.mile_codes", Nothing())
    }
}

/// Methods and codes as data. On the calling thread.
public struct BlockingCatalogueRoom: Sendable {
    let calls: BlockingCalls

    /// The payment methods of the client's contract, with limits and what is offered.
    @available(*, noasync)
    public func methods() throws -> MethodList {
        try calls.invoke("catalogue.methods", Nothing())
    }

    /// What is known about a code of the API type.
    @available(*, noasync)
    public func apiCode(_ code: String) throws -> ApiCodeEntry {
        try calls.invoke("catalogue.api_code", CodeQuery(code: code))
    }

    /// What is known about a code of one of NetMile's tables.
    @available(*, noasync)
    public func mileCode(table: String, code: String) throws -> MileCodeEntry {
        try calls.invoke("catalogue.mile_code", MileCodeQuery(table: table, code: code))
    }

    /// Every code of NetMile's tables that is known.
    @available(*, noasync)
    public func mileCodes() throws -> MileCodeCatalogue {
        try calls.invoke("catalogue.mile_codes", Nothing())
    }
}
