// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Looks purchases up and resolves those that wait.
public struct PurchasesRoom: Sendable {
    let calls: Calls

    /// The purchase with the shop's id.
    public func get(_ purchaseId: String) async throws -> Purchase {
        try await calls.invoke("purchase.get", PurchaseId(purchaseId: purchaseId))
    }

    /// The purchase that an id at the gateway belongs to.
    public func byOrder(_ orderId: String) async throws -> Purchase {
        try await calls.invoke("purchase.by_order", OrderId(orderId: orderId))
    }

    /// Purchases in some phases.
    public func list(phases: [Phase] = [], limit: Int64 = 100, after: String? = nil) async throws -> [Purchase] {
        let answer: Purchases = try await calls.invoke("purchase.list", PurchaseQuery(phases: phases, limit: limit, after: after))
        return answer.purchases
    }

    /// Purchases that somebody or something still has to act on.
    public func unresolved(limit: Int64 = 100) async throws -> [Purchase] {
        let answer: Purchases = try await calls.invoke("purchase.unresolved", Limit(limit: limit))
        return answer.purchases
    }

    /// Resolves purchases whose waiting time is over; call it once a minute.
    public func resolve() async throws -> [Purchase] {
        let answer: Purchases = try await calls.invoke("purchase.resolve", Nothing())
        return answer.purchases
    }

    /// Records what a person found on the management page.
    public func review(
        purchaseId: String,
        paid: Bool,
        orderId: String? = nil,
        trackingId: String? = nil
    ) async throws -> Purchase {
        try await calls.invoke(
            "purchase.review",
            PurchaseReview(purchaseId: purchaseId, paid: paid, orderId: orderId, trackingId: trackingId)
        )
    }

    /// Keeps a payment that came after the shop had given up.
    public func acceptLate(_ purchaseId: String) async throws -> Purchase {
        try await calls.invoke("purchase.accept_late", PurchaseId(purchaseId: purchaseId))
    }

    /// Genuine messages that could not be applied.
    public func evidence(limit: Int64 = 100) async throws -> [Evidence] {
        let answer: EvidenceList = try await calls.invoke("purchase.evidence", Limit(limit: limit))
        return answer.evidence
    }
}

/// Looks purchases up and resolves those that wait. On the calling thread.
public struct BlockingPurchasesRoom: Sendable {
    let calls: BlockingCalls

    /// The purchase with the shop's id.
    @available(*, noasync)
    public func get(_ purchaseId: String) throws -> Purchase {
        try calls.invoke("purchase.get", PurchaseId(purchaseId: purchaseId))
    }

    /// The purchase that an id at the gateway belongs to.
    @available(*, noasync)
    public func byOrder(_ orderId: String) throws -> Purchase {
        try calls.invoke("purchase.by_order", OrderId(orderId: orderId))
    }

    /// Purchases in some phases.
    @available(*, noasync)
    public func list(phases: [Phase] = [], limit: Int64 = 100, after: String? = nil) throws -> [Purchase] {
        let answer: Purchases = try calls.invoke("purchase.list", PurchaseQuery(phases: phases, limit: limit, after: after))
        return answer.purchases
    }

    /// Purchases that somebody or something still has to act on.
    @available(*, noasync)
    public func unresolved(limit: Int64 = 100) throws -> [Purchase] {
        let answer: Purchases = try calls.invoke("purchase.unresolved", Limit(limit: limit))
        return answer.purchases
    }

    /// Resolves purchases whose waiting time is over; call it once a minute.
    @available(*, noasync)
    public func resolve() throws -> [Purchase] {
        let answer: Purchases = try calls.invoke("purchase.resolve", Nothing())
        return answer.purchases
    }

    /// Records what a person found on the management page.
    @available(*, noasync)
    public func review(
        purchaseId: String,
        paid: Bool,
        orderId: String? = nil,
        trackingId: String? = nil
    ) throws -> Purchase {
        try calls.invoke(
            "purchase.review",
            PurchaseReview(purchaseId: purchaseId, paid: paid, orderId: orderId, trackingId: trackingId)
        )
    }

    /// Keeps a payment that came after the shop had given up.
    @available(*, noasync)
    public func acceptLate(_ purchaseId: String) throws -> Purchase {
        try calls.invoke("purchase.accept_late", PurchaseId(purchaseId: purchaseId))
    }

    /// Genuine messages that could not be applied.
    @available(*, noasync)
    public func evidence(limit: Int64 = 100) throws -> [Evidence] {
        let answer: EvidenceList = try calls.invoke("purchase.evidence", Limit(limit: limit))
        return answer.evidence
    }
}
