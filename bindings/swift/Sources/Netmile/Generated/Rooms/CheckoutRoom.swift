// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Starts purchases and hands out their forms.
public struct CheckoutRoom: Sendable {
    let calls: Calls

    /// Starts a purchase, or a further attempt of it; the attempt is in the journal before this returns.
    public func start(_ request: PurchaseRequest) async throws -> Checkout {
        try await calls.invoke("checkout.start", request)
    }

    /// Signs the newest attempt again, for a page that is rendered again.
    public func render(_ purchaseId: String) async throws -> Checkout {
        try await calls.invoke("checkout.render", PurchaseId(purchaseId: purchaseId))
    }

    /// Stops waiting for a purchase.
    public func giveUp(_ purchaseId: String) async throws -> Purchase {
        try await calls.invoke("checkout.give_up", PurchaseId(purchaseId: purchaseId))
    }
}

/// Starts purchases and hands out their forms. On the calling thread.
public struct BlockingCheckoutRoom: Sendable {
    let calls: BlockingCalls

    /// Starts a purchase, or a further attempt of it; the attempt is in the journal before this returns.
    @available(*, noasync)
    public func start(_ request: PurchaseRequest) throws -> Checkout {
        try calls.invoke("checkout.start", request)
    }

    /// Signs the newest attempt again, for a page that is rendered again.
    @available(*, noasync)
    public func render(_ purchaseId: String) throws -> Checkout {
        try calls.invoke("checkout.render", PurchaseId(purchaseId: purchaseId))
    }

    /// Stops waiting for a purchase.
    @available(*, noasync)
    public func giveUp(_ purchaseId: String) throws -> Purchase {
        try calls.invoke("checkout.give_up", PurchaseId(purchaseId: purchaseId))
    }
}
