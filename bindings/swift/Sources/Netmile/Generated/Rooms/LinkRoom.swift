// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Single messages, without a journal.
public struct LinkRoom: Sendable {
    let calls: Calls

    /// Signs a purchase request as it is. Nothing is recorded: for tests, and for shops with records of their own.
    public func signPurchase(_ request: PurchaseRequest, orderId: String, at: String) async throws -> SignedForm {
        try await calls.invoke("link.sign_purchase", SignPurchase(request: request, orderId: orderId, at: at))
    }

    /// Signs a recurring application as it is. Nothing is recorded.
    public func signRecurring(_ request: RecurringRequest, orderId: String, at: String) async throws -> SignedForm {
        try await calls.invoke("link.sign_recurring", SignRecurring(request: request, orderId: orderId, at: at))
    }

    /// Signs a registration as it is.
    public func signRegistration(
        _ request: RegistrationRequest,
        at: String,
        delete: Bool = false
    ) async throws -> SignedForm {
        try await calls.invoke("link.sign_registration", SignRegistration(request: request, at: at, delete: delete))
    }

    /// Verifies the hash of a message; neither its age nor that it answers what was asked.
    public func verify(kind: MessageKind, body: Data, contentType: String? = nil) async throws -> Message {
        try await calls.invoke(
            "link.verify",
            ReceivedMessage(kind: kind, body: received(body), contentType: contentType)
        )
    }
}

/// Single messages, without a journal. On the calling thread.
public struct BlockingLinkRoom: Sendable {
    let calls: BlockingCalls

    /// Signs a purchase request as it is. Nothing is recorded: for tests, and for shops with records of their own.
    @available(*, noasync)
    public func signPurchase(_ request: PurchaseRequest, orderId: String, at: String) throws -> SignedForm {
        try calls.invoke("link.sign_purchase", SignPurchase(request: request, orderId: orderId, at: at))
    }

    /// Signs a recurring application as it is. Nothing is recorded.
    @available(*, noasync)
    public func signRecurring(_ request: RecurringRequest, orderId: String, at: String) throws -> SignedForm {
        try calls.invoke("link.sign_recurring", SignRecurring(request: request, orderId: orderId, at: at))
    }

    /// Signs a registration as it is.
    @available(*, noasync)
    public func signRegistration(
        _ request: RegistrationRequest,
        at: String,
        delete: Bool = false
    ) throws -> SignedForm {
        try calls.invoke("link.sign_registration", SignRegistration(request: request, at: at, delete: delete))
    }

    /// Verifies the hash of a message; neither its age nor that it answers what was asked.
    @available(*, noasync)
    public func verify(kind: MessageKind, body: Data, contentType: String? = nil) throws -> Message {
        try calls.invoke("link.verify", ReceivedMessage(kind: kind, body: received(body), contentType: contentType))
    }
}
