import Dispatch
import Foundation
import Netmile

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A transport that does what it is told, mostly fail.
struct Failing: Transport, BlockingTransport {
    let how: String
    let silence = Silence()

    func send(_ request: HttpRequest) throws -> HttpResponse {
        Printed.last.keep(request: request)
        switch how {
        case "forward":
            return try forwarded(request)
        case "not_sent":
            throw NotSentError()
        case "rubbish":
            // No answer of any server has this status; the types allow nothing worse.
            return HttpResponse(status: -1, contentType: nil, body: Data())
        case "never":
            return try silence.answer(request)
        default:
            throw DriverError(description: "\(how): \(request.url)")
        }
    }
}

/// Of a transport that never answers its first request, wherever that arrives; what follows is answered.
final class Silence: @unchecked Sendable {
    private let lock = NSLock()
    private let arrived = DispatchSemaphore(value: 0)
    private var isFirst = true

    func answer(_ request: HttpRequest) throws -> HttpResponse {
        lock.lock()
        let isUnanswered = isFirst
        isFirst = false
        lock.unlock()
        if isUnanswered {
            _ = try? forwarded(request)
            arrived.signal()
            DispatchSemaphore(value: 0).wait()
        } else {
            _ = arrived.wait(timeout: .now() + 30)
            arrived.signal()
        }
        return try forwarded(request)
    }
}

/// Sends the request by URLSession, and waits.
private func forwarded(_ request: HttpRequest) throws -> HttpResponse {
    guard let url = URL(string: request.url) else { throw NotSentError() }
    var asked = URLRequest(url: url, timeoutInterval: 30)
    asked.httpMethod = request.method
    asked.httpBody = request.body.isEmpty ? nil : request.body
    for header in request.headers {
        asked.setValue(header.value, forHTTPHeaderField: header.name)
    }
    let done = DispatchSemaphore(value: 0)
    let box = Box<HttpResponse>()
    let task = URLSession.shared.dataTask(with: asked) { body, response, error in
        if let response = response as? HTTPURLResponse, let body {
            let contentType = response.value(forHTTPHeaderField: "Content-Type")
            let status = Int64(response.statusCode)
            box.result = .success(HttpResponse(status: status, contentType: contentType, body: body))
        } else {
            box.result = .failure(error ?? DriverError(description: "no answer"))
        }
        done.signal()
    }
    task.resume()
    done.wait()
    return try box.get()
}

/// An operation whose transport waits for the case: each request is handed to it, and what it says became of it.
final class Script: BlockingTransport, @unchecked Sendable {
    private enum Given {
        case response(HttpResponse)
        case notSent
        case lost
    }

    private let lock = NSLock()
    private let saidSomething = DispatchSemaphore(value: 0)
    private let toldSomething = DispatchSemaphore(value: 0)
    // Guarded by `lock`.
    private var said: [Result<JSONValue, any Error>] = []
    private var told: [Given] = []

    /// Starts the operation on a thread of its own.
    init(_ operation: String, _ request: JSONValue, by client: BlockingClient) {
        let stepped = BlockingClient(BlockingCalls(native: client.calls.native, transport: self))
        Thread.detachNewThread {
            let result = Result<JSONValue, any Error> {
                guard let answer = try dispatched(operation, request, by: stepped) else {
                    throw DriverError(description: "there is no method for \(operation)")
                }
                return ["step": "done", "answer": answer]
            }
            self.say(result)
        }
    }

    /// Goes on, and waits for the next request or the end.
    func step(_ input: String) throws -> JSONValue {
        if !input.isEmpty {
            let given = try Script.given(try JSONValue(text: input))
            lock.lock()
            told.append(given)
            lock.unlock()
            toldSomething.signal()
        }
        saidSomething.wait()
        lock.lock()
        let next = said.removeFirst()
        lock.unlock()
        return try next.get()
    }

    func send(_ request: HttpRequest) throws -> HttpResponse {
        let asked: JSONValue = [
            "method": .string(request.method),
            "url": .string(request.url),
            "headers": try request.headers.toWire(),
            "body": try request.body.toWire(),
        ]
        Printed.last.keep(request: request)
        say(.success(["step": "send", "request": asked]))
        toldSomething.wait()
        lock.lock()
        let given = told.removeFirst()
        lock.unlock()
        switch given {
        case .response(let response): return response
        case .notSent: throw NotSentError()
        case .lost: throw DriverError(description: "lost")
        }
    }

    private func say(_ result: Result<JSONValue, any Error>) {
        lock.lock()
        said.append(result)
        lock.unlock()
        saidSomething.signal()
    }

    private static func given(_ input: JSONValue) throws -> Given {
        let reader = try WireReader(input)
        let result: String = try reader.read("result")
        switch result {
        case "answered":
            let status: Int64 = try reader.read("status")
            let contentType: String? = try reader.readIfPresent("content_type")
            return .response(HttpResponse(status: status, contentType: contentType, body: try reader.read("body")))
        case "not_sent":
            return .notSent
        default:
            return .lost
        }
    }
}

/// Waits on this thread for what runs on others.
func waited<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let box = Box<Value>()
    Task.detached {
        do {
            box.result = .success(try await body())
        } catch {
            box.result = .failure(error)
        }
        done.signal()
    }
    done.wait()
    return try box.get()
}

/// Written once before a semaphore is signalled, read once after.
private final class Box<Value: Sendable>: @unchecked Sendable {
    var result: Result<Value, any Error>?

    func get() throws -> Value {
        guard let result else { throw DriverError(description: "nothing came") }
        return try result.get()
    }
}
