// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Asks for refunds and records that they were executed.
public struct RefundsRoom: Sendable {
    let calls: Calls

    /// Records that a payment is to be refunded, and says where a person does it.
    public func request(purchaseId: String, reason: String, trackingId: String? = nil) async throws -> RefundTicket {
        try await calls.invoke(
            "refund.request",
            RefundRequest(purchaseId: purchaseId, reason: reason, trackingId: trackingId)
        )
    }

    /// Records that a refund was executed.
    public func confirm(purchaseId: String, trackingId: String, evidence: RefundEvidence) async throws -> Purchase {
        try await calls.invoke(
            "refund.confirm",
            RefundConfirmation(purchaseId: purchaseId, trackingId: trackingId, evidence: evidence)
        )
    }

    /// Records that a refund will not be executed.
    public func withdraw(purchaseId: String, trackingId: String) async throws -> Purchase {
        try await calls.invoke("refund.withdraw", PaymentId(purchaseId: purchaseId, trackingId: trackingId))
    }
}

/// Asks for refunds and records that they were executed. On the calling thread.
public struct BlockingRefundsRoom: Sendable {
    let calls: BlockingCalls

    /// Records that a payment is to be refunded, and says where a person does it.
    @available(*, noasync)
    public func request(purchaseId: String, reason: String, trackingId: String? = nil) throws -> RefundTicket {
        try calls.invoke(
            "refund.request",
            RefundRequest(purchaseId: purchaseId, reason: reason, trackingId: trackingId)
        )
    }

    /// Records that a refund was executed.
    @available(*, noasync)
    public func confirm(purchaseId: String, trackingId: String, evidence: RefundEvidence) throws -> Purchase {
        try calls.invoke(
            "refund.confirm",
            RefundConfirmation(purchaseId: purchaseId, trackingId: trackingId, evidence: evidence)
        )
    }

    /// Records that a refund will not be executed.
    @available(*, noasync)
    public func withdraw(purchaseId: String, trackingId: String) throws -> Purchase {
        try calls.invoke("refund.withdraw", PaymentId(purchaseId: purchaseId, trackingId: trackingId))
    }
}
