// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Statements against the journal.
public struct SettlementRoom: Sendable {
    let calls: Calls

    /// Reads a statement and checks it, without comparing.
    public func read(_ request: StatementRequest) async throws -> StatementSummary {
        try await calls.invoke("settlement.read", request)
    }

    /// Compares a statement with the journal; changes nothing.
    public func reconcile(_ request: StatementRequest) async throws -> ReconciliationReport {
        try await calls.invoke("settlement.reconcile", request)
    }

    /// Compares anew and writes down what the statement proves.
    public func repair(_ statement: StatementRequest, steps: [Int64]? = nil) async throws -> RepairReport {
        try await calls.invoke("settlement.repair", RepairRequest(statement: statement, steps: steps))
    }
}

/// Statements against the journal. On the calling thread.
public struct BlockingSettlementRoom: Sendable {
    let calls: BlockingCalls

    /// Reads a statement and checks it, without comparing.
    @available(*, noasync)
    public func read(_ request: StatementRequest) throws -> StatementSummary {
        try calls.invoke("settlement.read", request)
    }

    /// Compares a statement with the journal; changes nothing.
    @available(*, noasync)
    public func reconcile(_ request: StatementRequest) throws -> ReconciliationReport {
        try calls.invoke("settlement.reconcile", request)
    }

    /// Compares anew and writes down what the statement proves.
    @available(*, noasync)
    public func repair(_ statement: StatementRequest, steps: [Int64]? = nil) throws -> RepairReport {
        try calls.invoke("settlement.repair", RepairRequest(statement: statement, steps: steps))
    }
}
