// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Charges server to server.
public struct PaymentsRoom: Sendable {
    let calls: Calls

    /// Charges a customer; asked again with the same id it goes on and never charges twice.
    public func charge(_ request: ChargeRequest) async throws -> ChargeOutcome {
        try await calls.invoke("payment.charge", request)
    }

    /// Captures what was reserved: all of it, or a lower amount. Once per charge.
    public func capture(_ id: String, amount: Int64? = nil) async throws -> ChargeOutcome {
        try await calls.invoke("payment.capture", CaptureRequest(id: id, amount: amount))
    }

    /// Cancels what was reserved, or refunds everything that was captured. Once per charge.
    public func refund(_ id: String) async throws -> ChargeOutcome {
        try await calls.invoke("payment.refund", ChargeId(id: id))
    }

    /// Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice.
    public func refundPart(id: String, name: String, amount: Int64) async throws -> ChargeOutcome {
        try await calls.invoke("payment.refund_part", PartRefundRequest(id: id, name: name, amount: amount))
    }

    /// The charge with this id.
    public func get(_ id: String) async throws -> Charge {
        try await calls.invoke("payment.get", ChargeId(id: id))
    }

    /// Charges in some phases.
    public func list(limit: Int64 = 100, phases: [ChargePhase] = [], after: String? = nil) async throws -> Charges {
        try await calls.invoke("payment.list", ChargeQuery(limit: limit, phases: phases, after: after))
    }

    /// Charges that somebody or something still has to act on.
    public func unresolved(limit: Int64 = 100) async throws -> Charges {
        try await calls.invoke("payment.unresolved", Limit(limit: limit))
    }

    /// Looks after one charge now, instead of when it is due.
    public func resolve(_ id: String) async throws -> Charge {
        try await calls.invoke("payment.resolve", ChargeId(id: id))
    }

    /// Asks the gateway what it knows about a charge; changes nothing here.
    public func inquire(_ id: String) async throws -> InquiryAnswer {
        try await calls.invoke("payment.inquire", ChargeId(id: id))
    }

    /// Verifies an XML notice of the API type, records it once, and says what to answer.
    public func notice(_ body: Data) async throws -> XmlNoticeAnswer {
        try await calls.invoke("payment.notice", XmlNotice(body: received(body)))
    }

    /// Records what a person found out about a charge under review.
    public func review(id: String, verdict: ReviewVerdict, trackingId: String? = nil) async throws -> Charge {
        try await calls.invoke("payment.review", ChargeReview(id: id, verdict: verdict, trackingId: trackingId))
    }

    /// Sends a message of any function of the gateway under an id of the shop's own, once.
    public func raw(id: String, method: String, function: String, fields: [RawField]) async throws -> RawOutcome {
        try await calls.invoke("payment.raw", RawRequest(id: id, method: method, function: function, fields: fields))
    }

    /// Raw messages whose outcome is not known.
    public func rawUnresolved(limit: Int64 = 100) async throws -> Ids {
        try await calls.invoke("payment.raw_unresolved", Limit(limit: limit))
    }

    /// Records what a person found out about a raw message whose outcome nobody knows.
    public func rawReview(id: String, verdict: ReviewVerdict) async throws -> RawReview {
        try await calls.invoke("payment.raw_review", RawReview(id: id, verdict: verdict))
    }

    /// The balance of a member of a point service.
    public func balance(method: String, member: String) async throws -> Balance {
        try await calls.invoke("payment.balance", BalanceQuery(method: method, member: member))
    }

    /// Stores, replaces, deletes or shows the card that the gateway keeps for a customer.
    public func customerData(_ request: CustomerDataRequest) async throws -> CustomerDataOutcome {
        try await calls.invoke("payment.customer_data", request)
    }
}

/// Charges server to server. On the calling thread.
public struct BlockingPaymentsRoom: Sendable {
    let calls: BlockingCalls

    /// Charges a customer; asked again with the same id it goes on and never charges twice.
    @available(*, noasync)
    public func charge(_ request: ChargeRequest) throws -> ChargeOutcome {
        try calls.invoke("payment.charge", request)
    }

    /// Captures what was reserved: all of it, or a lower amount. Once per charge.
    @available(*, noasync)
    public func capture(_ id: String, amount: Int64? = nil) throws -> ChargeOutcome {
        try calls.invoke("payment.capture", CaptureRequest(id: id, amount: amount))
    }

    /// Cancels what was reserved, or refunds everything that was captured. Once per charge.
    @available(*, noasync)
    public func refund(_ id: String) throws -> ChargeOutcome {
        try calls.invoke("payment.refund", ChargeId(id: id))
    }

    /// Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice.
    @available(*, noasync)
    public func refundPart(id: String, name: String, amount: Int64) throws -> ChargeOutcome {
        try calls.invoke("payment.refund_part", PartRefundRequest(id: id, name: name, amount: amount))
    }

    /// The charge with this id.
    @available(*, noasync)
    public func get(_ id: String) throws -> Charge {
        try calls.invoke("payment.get", ChargeId(id: id))
    }

    /// Charges in some phases.
    @available(*, noasync)
    public func list(limit: Int64 = 100, phases: [ChargePhase] = [], after: String? = nil) throws -> Charges {
        try calls.invoke("payment.list", ChargeQuery(limit: limit, phases: phases, after: after))
    }

    /// Charges that somebody or something still has to act on.
    @available(*, noasync)
    public func unresolved(limit: Int64 = 100) throws -> Charges {
        try calls.invoke("payment.unresolved", Limit(limit: limit))
    }

    /// Looks after one charge now, instead of when it is due.
    @available(*, noasync)
    public func resolve(_ id: String) throws -> Charge {
        try calls.invoke("payment.resolve", ChargeId(id: id))
    }

    /// Asks the gateway what it knows about a charge; changes nothing here.
    @available(*, noasync)
    public func inquire(_ id: String) throws -> InquiryAnswer {
        try calls.invoke("payment.inquire", ChargeId(id: id))
    }

    /// Verifies an XML notice of the API type, records it once, and says what to answer.
    @available(*, noasync)
    public func notice(_ body: Data) throws -> XmlNoticeAnswer {
        try calls.invoke("payment.notice", XmlNotice(body: received(body)))
    }

    /// Records what a person found out about a charge under review.
    @available(*, noasync)
    public func review(id: String, verdict: ReviewVerdict, trackingId: String? = nil) throws -> Charge {
        try calls.invoke("payment.review", ChargeReview(id: id, verdict: verdict, trackingId: trackingId))
    }

    /// Sends a message of any function of the gateway under an id of the shop's own, once.
    @available(*, noasync)
    public func raw(id: String, method: String, function: String, fields: [RawField]) throws -> RawOutcome {
        try calls.invoke("payment.raw", RawRequest(id: id, method: method, function: function, fields: fields))
    }

    /// Raw messages whose outcome is not known.
    @available(*, noasync)
    public func rawUnresolved(limit: Int64 = 100) throws -> Ids {
        try calls.invoke("payment.raw_unresolved", Limit(limit: limit))
    }

    /// Records what a person found out about a raw message whose outcome nobody knows.
    @available(*, noasync)
    public func rawReview(id: String, verdict: ReviewVerdict) throws -> RawReview {
        try calls.invoke("payment.raw_review", RawReview(id: id, verdict: verdict))
    }

    /// The balance of a member of a point service.
    @available(*, noasync)
    public func balance(method: String, member: String) throws -> Balance {
        try calls.invoke("payment.balance", BalanceQuery(method: method, member: member))
    }

    /// Stores, replaces, deletes or shows the card that the gateway keeps for a customer.
    @available(*, noasync)
    public func customerData(_ request: CustomerDataRequest) throws -> CustomerDataOutcome {
        try calls.invoke("payment.customer_data", request)
    }
}
