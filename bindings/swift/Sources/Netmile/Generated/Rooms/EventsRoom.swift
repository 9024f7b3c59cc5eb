// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// What the shop has to act on, until it acknowledges.
public struct EventsRoom: Sendable {
    let calls: Calls

    /// Takes what the shop has to act on; other workers do not see it for a while.
    public func next(limit: Int64 = 100) async throws -> [Event] {
        let answer: Deliveries = try await calls.invoke("events.next", Limit(limit: limit))
        return answer.deliveries
    }

    /// Acknowledges an event for good, after the goods are out.
    public func ack(_ id: Int64) async throws -> Bool {
        let answer: Acknowledged = try await calls.invoke("events.ack", EventId(id: id))
        return answer.acknowledged
    }
}

/// What the shop has to act on, until it acknowledges. On the calling thread.
public struct BlockingEventsRoom: Sendable {
    let calls: BlockingCalls

    /// Takes what the shop has to act on; other workers do not see it for a while.
    @available(*, noasync)
    public func next(limit: Int64 = 100) throws -> [Event] {
        let answer: Deliveries = try calls.invoke("events.next", Limit(limit: limit))
        return answer.deliveries
    }

    /// Acknowledges an event for good, after the goods are out.
    @available(*, noasync)
    public func ack(_ id: Int64) throws -> Bool {
        let answer: Acknowledged = try calls.invoke("events.ack", EventId(id: id))
        return answer.acknowledged
    }
}
