/// Takes payments for one or several contracts, and rewards with miles. Awaited calls; ``BlockingClient`` has the same
/// ones on the calling thread.
///
/// Tasks and threads may share it. Nothing starts before the first call, and the journal is let go of with the last
/// reference. A task that is cancelled before a call throws `CancellationError` and has sent nothing. Cancelled later,
/// the call goes on to its end, at most `overallSeconds`, and gives what became of it: no payment is left half-known.
///
/// ```swift
/// let client = try Client(Configuration(contracts: [contract], journal: "sqlite://shop.db"))
/// let page = try await client.checkout.start(request).form.page
/// ```
public final class Client: Sendable {
    package let calls: Calls

    /// A client. Touches neither network nor disk.
    ///
    /// - Throws: ``NetmileError`` naming the field, or `version_mismatch` if the installed library is another one.
    public convenience init(_ configuration: Configuration, transport: (any Transport)? = nil) throws {
        try self.init(json: try configuration.json(), transport: transport)
    }

    /// A client from a JSON document, for example one that was read from a file; ffi/README.md describes it.
    public convenience init(json: String, transport: (any Transport)? = nil) throws {
        self.init(Calls(native: try Native(config: json), transport: transport))
    }

    package init(_ calls: Calls) {
        self.calls = calls
    }

    /// The same client for one of its contracts. Needed only when it has several.
    public func forContract(merchantId: String, serviceId: String) throws -> Client {
        let native = try calls.native.forContract(merchantId: merchantId, serviceId: serviceId)
        return Client(Calls(native: native, transport: calls.transport))
    }

    /// The same client for one of its sites. Needed only when it has several.
    public func forSite(_ siteId: String) throws -> Client {
        Client(Calls(native: try calls.native.forSite(siteId: siteId), transport: calls.transport))
    }
}

/// The same operations on the calling thread: for scripts, for tests, for servers with a thread per request. Not
/// callable from asynchronous code, where it would hold up other tasks.
public final class BlockingClient: Sendable {
    package let calls: BlockingCalls

    /// A client. Touches neither network nor disk.
    ///
    /// - Throws: ``NetmileError`` naming the field, or `version_mismatch` if the installed library is another one.
    public convenience init(_ configuration: Configuration, transport: (any BlockingTransport)? = nil) throws {
        try self.init(json: try configuration.json(), transport: transport)
    }

    /// A client from a JSON document, for example one that was read from a file; ffi/README.md describes it.
    public convenience init(json: String, transport: (any BlockingTransport)? = nil) throws {
        self.init(BlockingCalls(native: try Native(config: json), transport: transport))
    }

    package init(_ calls: BlockingCalls) {
        self.calls = calls
    }

    /// The same client for one of its contracts. Needed only when it has several.
    public func forContract(merchantId: String, serviceId: String) throws -> BlockingClient {
        let native = try calls.native.forContract(merchantId: merchantId, serviceId: serviceId)
        return BlockingClient(BlockingCalls(native: native, transport: calls.transport))
    }

    /// The same client for one of its sites. Needed only when it has several.
    public func forSite(_ siteId: String) throws -> BlockingClient {
        BlockingClient(BlockingCalls(native: try calls.native.forSite(siteId: siteId), transport: calls.transport))
    }
}

extension Client: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "Client"
    }

    public var debugDescription: String {
        description
    }

    public var customMirror: Mirror {
        Mirror(self, children: [Mirror.Child](), displayStyle: .class)
    }
}

extension BlockingClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "BlockingClient"
    }

    public var debugDescription: String {
        description
    }

    public var customMirror: Mirror {
        Mirror(self, children: [Mirror.Child](), displayStyle: .class)
    }
}

extension PurchasesRoom {
    /// Records that the management page shows a payment.
    public func reviewPaid(_ purchaseId: String, orderId: String, trackingId: String) async throws -> Purchase {
        try await review(purchaseId: purchaseId, paid: true, orderId: orderId, trackingId: trackingId)
    }

    /// Records that the management page shows no payment.
    public func reviewNotPaid(_ purchaseId: String) async throws -> Purchase {
        try await review(purchaseId: purchaseId, paid: false)
    }
}

extension BlockingPurchasesRoom {
    /// Records that the management page shows a payment.
    @available(*, noasync)
    public func reviewPaid(_ purchaseId: String, orderId: String, trackingId: String) throws -> Purchase {
        try review(purchaseId: purchaseId, paid: true, orderId: orderId, trackingId: trackingId)
    }

    /// Records that the management page shows no payment.
    @available(*, noasync)
    public func reviewNotPaid(_ purchaseId: String) throws -> Purchase {
        try review(purchaseId: purchaseId, paid: false)
    }
}

extension Checkout {
    /// The page to send to the browser.
    public var page: Page {
        form.page
    }
}
