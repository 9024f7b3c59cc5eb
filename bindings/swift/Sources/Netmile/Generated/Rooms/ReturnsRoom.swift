// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Reads what the browser brings back. For display, never proof of payment.
public struct ReturnsRoom: Sendable {
    let calls: Calls

    /// Verifies what the browser brought back. For display, never proof of payment.
    public func read(by: ReturnedBy, body: Data, contentType: String? = nil) async throws -> BrowserReturn {
        try await calls.invoke("return.read", ReceivedReturn(by: by, body: received(body), contentType: contentType))
    }
}

/// Reads what the browser brings back. For display, never proof of payment. On the calling thread.
public struct BlockingReturnsRoom: Sendable {
    let calls: BlockingCalls

    /// Verifies what the browser brought back. For display, never proof of payment.
    @available(*, noasync)
    public func read(by: ReturnedBy, body: Data, contentType: String? = nil) throws -> BrowserReturn {
        try calls.invoke("return.read", ReceivedReturn(by: by, body: received(body), contentType: contentType))
    }
}
