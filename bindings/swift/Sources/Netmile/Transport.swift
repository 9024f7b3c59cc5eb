import Dispatch
import Foundation

/// What to send. URL, headers and body hold secrets and personal data, and are not printed.
public struct HttpRequest: NetmileRecord {
    /// `GET` or `POST`.
    public let method: String
    /// Where to.
    public let url: String
    /// Headers, in order.
    public let headers: [Pair]
    /// The body, possibly empty.
    public let body: Data
    /// How long the answer is waited for, in seconds. What comes later counts as lost.
    public let timeout: TimeInterval?

    /// A request, for tests of a transport.
    public init(method: String, url: String, headers: [Pair], body: Data, timeout: TimeInterval? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }

    public var shownFields: [(label: String, value: Any)] {
        [("method", method)]
    }
}

/// What came back. At most 16 MiB are taken.
public struct HttpResponse: NetmileRecord {
    /// HTTP status.
    public let status: Int64
    /// `Content-Type`, if there was one.
    public let contentType: String?
    /// The body.
    public let body: Data

    public init(status: Int64, contentType: String?, body: Data) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public var shownFields: [(label: String, value: Any)] {
        [("status", status), ("contentType", contentType as Any)]
    }
}

/// No byte of the request can have left. Throw it only when that is certain: the request may then be sent again.
public struct NotSentError: Error {
    public init() {}
}

/// A transport of the shop's own: for proxies, for tests, for HTTP stacks that a company prescribes.
///
/// The library never calls into Swift: the client asks it step by step what to send. A transport that throws breaks
/// nothing; the outcome is then unknown, as after any lost answer, and `client.resolve()` finds out.
public protocol Transport: Sendable {
    /// Sends the request once: no retries, no redirects. Whatever it throws but ``NotSentError`` means that the
    /// request may have arrived; so does a cancelled task.
    func send(_ request: HttpRequest) async throws -> HttpResponse
}

/// A transport for ``BlockingClient``. It is called on a thread of its own.
public protocol BlockingTransport: Sendable {
    /// As ``Transport/send(_:)``.
    func send(_ request: HttpRequest) throws -> HttpResponse
}

/// What became of a request, as the library wants to be told.
enum Became: Sendable {
    case answered(HttpResponse)
    case notSent
    case lost

    init(raised error: any Error) {
        self = error is NotSentError ? .notSent : .lost
    }

    /// How much of an answer is taken.
    private static let maxBody = 16 * 1024 * 1024

    /// The input of the run's next step.
    var input: String {
        switch self {
        case .notSent:
            return #"{"result":"not_sent"}"#
        case .lost:
            return #"{"result":"lost"}"#
        case .answered(let response):
            // The library would refuse it, and its Base64 need not be made.
            guard response.body.count <= Became.maxBody else { return Became.lost.input }
            var fields: [String: JSONValue] = [
                "result": "answered",
                "status": .integer(response.status),
                "body": .string(response.body.base64EncodedString()),
            ]
            if let contentType = response.contentType {
                fields["content_type"] = .string(contentType)
            }
            // Text, numbers and Base64 can always be written.
            return (try? JSONValue.object(fields).text()) ?? Became.lost.input
        }
    }
}

/// What a run wants next.
enum Step {
    case send(HttpRequest)
    case done(JSONValue)

    init(_ text: String) throws {
        do {
            let reader = try WireReader(try JSONValue(text: text))
            let kind: String = try reader.read("step")
            switch kind {
            case "send":
                let left: Int64? = try reader.readIfPresent("timeout_ms")
                self = .send(try HttpRequest(asked: try reader.read("request"), milliseconds: left))
            case "done": self = .done(try reader.read("answer"))
            default: throw WireError()
            }
        } catch {
            throw NetmileError.unreadableAnswer
        }
    }
}

extension HttpRequest {
    fileprivate init(asked: JSONValue, milliseconds: Int64?) throws {
        let reader = try WireReader(asked)
        self.init(
            method: try reader.read("method"),
            url: try reader.read("url"),
            headers: try reader.read("headers"),
            body: try reader.read("body"),
            timeout: milliseconds.map { Double(max(0, $0)) / 1000 }
        )
    }
}

/// The first of several answers; the others are dropped.
final class First: @unchecked Sendable {
    private let lock = NSLock()
    // Guarded by `lock`.
    private var answer: Became?
    private var waiting: CheckedContinuation<Became, Never>?

    /// Gives an answer. Only the first counts.
    func give(_ given: Became) {
        lock.lock()
        guard answer == nil else {
            lock.unlock()
            return
        }
        answer = given
        let waiting = self.waiting
        self.waiting = nil
        lock.unlock()
        waiting?.resume(returning: given)
    }

    /// Waits for the first answer. To be called once.
    func taken() async -> Became {
        await withCheckedContinuation { continuation in
            lock.lock()
            if let answer {
                lock.unlock()
                continuation.resume(returning: answer)
            } else {
                waiting = continuation
                lock.unlock()
            }
        }
    }

    /// The answer so far, if there is one.
    var now: Became? {
        lock.lock()
        defer { lock.unlock() }
        return answer
    }
}

/// Sends by the shop's transport and waits no longer than the request says: a transport that never answers does not
/// hold up the shop, even if it minds no cancellation.
func sent(_ request: HttpRequest, by transport: any Transport) async -> Became {
    let first = First()
    let sending = Task {
        do {
            first.give(.answered(try await transport.send(request)))
        } catch {
            first.give(Became(raised: error))
        }
    }
    let limit = request.timeout.map { seconds in
        Task {
            try? await Task.sleep(nanoseconds: UInt64(bounded(seconds) * 1_000_000_000))
            first.give(.lost)
        }
    }
    let answer = await withTaskCancellationHandler {
        await first.taken()
    } onCancel: {
        sending.cancel()
    }
    limit?.cancel()
    sending.cancel()
    return answer
}

/// The same on the calling thread.
func sent(_ request: HttpRequest, by transport: any BlockingTransport) -> Became {
    let first = First()
    let answered = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
        do {
            first.give(.answered(try transport.send(request)))
        } catch {
            first.give(Became(raised: error))
        }
        answered.signal()
    }
    if let seconds = request.timeout {
        _ = answered.wait(timeout: .now() + bounded(seconds))
        first.give(.lost)
    } else {
        answered.wait()
    }
    return first.now ?? .lost
}

/// At most a day, so that no count of nanoseconds overflows.
private func bounded(_ seconds: TimeInterval) -> TimeInterval {
    max(0, min(seconds, 86_400))
}
