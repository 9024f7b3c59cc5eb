// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Recurring contracts, by link and server to server.
public struct SubscriptionsRoom: Sendable {
    let calls: Calls

    /// Applies for a recurring contract with a purchase.
    public func start(_ request: PurchaseRequest) async throws -> Checkout {
        try await calls.invoke("subscription.start", request)
    }

    /// Applies for a recurring contract without a purchase at once.
    public func apply(_ request: RecurringRequest) async throws -> Checkout {
        try await calls.invoke("subscription.apply", request)
    }

    /// Ends a recurring contract: a form for the customer's browser.
    public func end(_ purchaseId: String) async throws -> Checkout {
        try await calls.invoke("subscription.end", PurchaseId(purchaseId: purchaseId))
    }

    /// Applies for a simple recurring contract server to server.
    public func applyByApi(_ request: ChargeRequest) async throws -> ChargeOutcome {
        try await calls.invoke("subscription.apply_by_api", request)
    }

    /// Takes over a contract that runs at the gateway already.
    public func adopt(_ request: AdoptRequest) async throws -> Charge {
        try await calls.invoke("subscription.adopt", request)
    }

    /// Takes over the contract that a purchase by link type brought about.
    public func adoptPurchase(_ request: AdoptPurchaseRequest) async throws -> Charge {
        try await calls.invoke("subscription.adopt_purchase", request)
    }

    /// Takes over a simple contract, which the gateway goes on billing.
    public func adoptSimple(_ request: AdoptSimpleRequest) async throws -> Charge {
        try await calls.invoke("subscription.adopt_simple", request)
    }

    /// Takes over the simple contract that a purchase by link type brought about.
    public func adoptSimplePurchase(purchaseId: String, id: String, method: String) async throws -> Charge {
        try await calls.invoke(
            "subscription.adopt_simple_purchase",
            AdoptSimplePurchaseRequest(purchaseId: purchaseId, id: id, method: method)
        )
    }

    /// Bills one period of a contract; asked again it never bills twice.
    public func bill(id: String, period: String, amount: Int64) async throws -> ChargeOutcome {
        try await calls.invoke("subscription.bill", BillRequest(id: id, period: period, amount: amount))
    }

    /// Bills a period once more after the gateway refused it.
    public func billAgain(id: String, period: String) async throws -> ChargeOutcome {
        try await calls.invoke("subscription.bill_again", PeriodId(id: id, period: period))
    }

    /// Periods that are due and were not billed.
    public func due() async throws -> DuePeriods {
        try await calls.invoke("subscription.due", Nothing())
    }

    /// The billing job: bills every period that is due and has an amount.
    public func billDue(contractAmount: Bool = false, amounts: [PeriodAmount] = []) async throws -> BilledPeriods {
        try await calls.invoke(
            "subscription.bill_due",
            BillDueRequest(contractAmount: contractAmount, amounts: amounts)
        )
    }

    /// Every period of a contract that was billed or tried.
    public func periods(_ id: String) async throws -> Charges {
        try await calls.invoke("subscription.periods", ChargeId(id: id))
    }

    /// Ends a contract server to server.
    public func endByApi(_ id: String) async throws -> ChargeOutcome {
        try await calls.invoke("subscription.end_by_api", ChargeId(id: id))
    }

    /// Refunds one month of a simple contract.
    public func refundMonth(id: String, month: String) async throws -> ChargeOutcome {
        try await calls.invoke("subscription.refund_month", MonthRefundRequest(id: id, month: month))
    }
}

/// Recurring contracts, by link and server to server. On the calling thread.
public struct BlockingSubscriptionsRoom: Sendable {
    let calls: BlockingCalls

    /// Applies for a recurring contract with a purchase.
    @available(*, noasync)
    public func start(_ request: PurchaseRequest) throws -> Checkout {
        try calls.invoke("subscription.start", request)
    }

    /// Applies for a recurring contract without a purchase at once.
    @available(*, noasync)
    public func apply(_ request: RecurringRequest) throws -> Checkout {
        try calls.invoke("subscription.apply", request)
    }

    /// Ends a recurring contract: a form for the customer's browser.
    @available(*, noasync)
    public func end(_ purchaseId: String) throws -> Checkout {
        try calls.invoke("subscription.end", PurchaseId(purchaseId: purchaseId))
    }

    /// Applies for a simple recurring contract server to server.
    @available(*, noasync)
    public func applyByApi(_ request: ChargeRequest) throws -> ChargeOutcome {
        try calls.invoke("subscription.apply_by_api", request)
    }

    /// Takes over a contract that runs at the gateway already.
    @available(*, noasync)
    public func adopt(_ request: AdoptRequest) throws -> Charge {
        try calls.invoke("subscription.adopt", request)
    }

    /// Takes over the contract that a purchase by link type brought about.
    @available(*, noasync)
    public func adoptPurchase(_ request: AdoptPurchaseRequest) throws -> Charge {
        try calls.invoke("subscription.adopt_purchase", request)
    }

    /// Takes over a simple contract, which the gateway goes on billing.
    @available(*, noasync)
    public func adoptSimple(_ request: AdoptSimpleRequest) throws -> Charge {
        try calls.invoke("subscription.adopt_simple", request)
    }

    /// Takes over the simple contract that a purchase by link type brought about.
    @available(*, noasync)
    public func adoptSimplePurchase(purchaseId: String, id: String, method: String) throws -> Charge {
        try calls.invoke(
            "subscription.adopt_simple_purchase",
            AdoptSimplePurchaseRequest(purchaseId: purchaseId, id: id, method: method)
        )
    }

    /// Bills one period of a contract; asked again it never bills twice.
    @available(*, noasync)
    public func bill(id: String, period: String, amount: Int64) throws -> ChargeOutcome {
        try calls.invoke("subscription.bill", BillRequest(id: id, period: period, amount: amount))
    }

    /// Bills a period once more after the gateway refused it.
    @available(*, noasync)
    public func billAgain(id: String, period: String) throws -> ChargeOutcome {
        try calls.invoke("subscription.bill_again", PeriodId(id: id, period: period))
    }

    /// Periods that are due and were not billed.
    @available(*, noasync)
    public func due() throws -> DuePeriods {
        try calls.invoke("subscription.due", Nothing())
    }

    /// The billing job: bills every period that is due and has an amount.
    @available(*, noasync)
    public func billDue(contractAmount: Bool = false, amounts: [PeriodAmount] = []) throws -> BilledPeriods {
        try calls.invoke("subscription.bill_due", BillDueRequest(contractAmount: contractAmount, amounts: amounts))
    }

    /// Every period of a contract that was billed or tried.
    @available(*, noasync)
    public func periods(_ id: String) throws -> Charges {
        try calls.invoke("subscription.periods", ChargeId(id: id))
    }

    /// Ends a contract server to server.
    @available(*, noasync)
    public func endByApi(_ id: String) throws -> ChargeOutcome {
        try calls.invoke("subscription.end_by_api", ChargeId(id: id))
    }

    /// Refunds one month of a simple contract.
    @available(*, noasync)
    public func refundMonth(id: String, month: String) throws -> ChargeOutcome {
        try calls.invoke("subscription.refund_month", MonthRefundRequest(id: id, month: month))
    }
}
