// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Takes the gateway's server-to-server notices: the only proof of payment.
public struct NoticesRoom: Sendable {
    let calls: Calls

    /// Verifies a notice, records it once, and says what to answer.
    public func handle(_ body: Data, contentType: String? = nil) async throws -> NoticeAnswer {
        try await calls.invoke("notice.handle", Received(body: received(body), contentType: contentType))
    }

    /// Verifies a notice and records nothing.
    public func inspect(_ body: Data, contentType: String? = nil) async throws -> NoticeView {
        try await calls.invoke("notice.inspect", Received(body: received(body), contentType: contentType))
    }

    /// Verifies a notice and refuses it; the customer's miles stay spent.
    public func refuse(body: Data, reason: String, contentType: String? = nil) async throws -> NoticeAnswer {
        try await calls.invoke(
            "notice.refuse",
            RefusedNotice(body: received(body), reason: reason, contentType: contentType)
        )
    }
}

/// Takes the gateway's server-to-server notices: the only proof of payment. On the calling thread.
public struct BlockingNoticesRoom: Sendable {
    let calls: BlockingCalls

    /// Verifies a notice, records it once, and says what to answer.
    @available(*, noasync)
    public func handle(_ body: Data, contentType: String? = nil) throws -> NoticeAnswer {
        try calls.invoke("notice.handle", Received(body: received(body), contentType: contentType))
    }

    /// Verifies a notice and records nothing.
    @available(*, noasync)
    public func inspect(_ body: Data, contentType: String? = nil) throws -> NoticeView {
        try calls.invoke("notice.inspect", Received(body: received(body), contentType: contentType))
    }

    /// Verifies a notice and refuses it; the customer's miles stay spent.
    @available(*, noasync)
    public func refuse(body: Data, reason: String, contentType: String? = nil) throws -> NoticeAnswer {
        try calls.invoke("notice.refuse", RefusedNotice(body: received(body), reason: reason, contentType: contentType))
    }
}
