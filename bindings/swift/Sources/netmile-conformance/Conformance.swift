import Dispatch
import Foundation
import Netmile

/// The driver of Swift: one command a line, one line as the answer, as tests/conformance/README.md describes.
@main
enum Conformance {
    static func main() {
        var driver = Driver()
        while let line = readLine(strippingNewline: true) {
            let parts = line.components(separatedBy: "\t")
            if parts[0] == "quit" { break }
            FileHandle.standardOutput.write(Data("\(driver.reply(parts))\n".utf8))
        }
    }
}

/// What a driver does not know.
struct Unknown: Error, CustomStringConvertible {
    let description: String
}

/// A request that the typed methods cannot express: it has a field that no record has, or a value of another type.
struct Untyped: Error {}

struct Driver {
    private var clients: (blocking: BlockingClient, awaited: Client)?
    private var transport: Failing?
    private var run: NativeRun?
    private var errors: [String] = []

    mutating func reply(_ parts: [String]) -> String {
        do {
            return "ok\t\(try answer(parts).text())"
        } catch {
            errors += [String(describing: error), String(reflecting: error), error.localizedDescription, dumped(error)]
            return "error\t\(told(error))"
        }
    }

    private func told(_ error: any Error) -> String {
        let known = error as? NetmileError
        var fields: [String: JSONValue] = [
            "code": .string(known?.code ?? String(describing: type(of: error))),
            "retryable": .bool(known?.retryable ?? false),
            "text": .string(String(describing: error)),
        ]
        fields["field"] = known?.field.map { JSONValue.string($0) } ?? .null
        return (try? JSONValue.object(fields).text()) ?? "{}"
    }

    private mutating func answer(_ parts: [String]) throws -> JSONValue {
        func argument(_ number: Int) throws -> String {
            guard number < parts.count else { throw Unknown(description: "\(parts[0]) wants more") }
            return parts[number]
        }
        switch parts[0] {
        case "hello":
            return [
                "language": "swift",
                "has": ["async", "callbacks", "steps"],
                "why": ["fork": "Swift forbids fork: its runtime and Foundation have threads of their own"],
            ]
        case "version":
            return [
                "abi_version": .integer(Int64(LibraryVersion.abiVersion)),
                "library_version": .string(LibraryVersion.version),
            ]
        case "mismatch":
            try LibraryVersion.check(abiVersion: Manifest.abiVersion + 1)
            return [:]
        case "transport":
            transport = Failing(how: try argument(1))
            return [:]
        case "new":
            let config = try argument(1)
            clients = (
                try BlockingClient(json: config, transport: transport),
                try Client(json: config, transport: transport)
            )
            return [:]
        case "site":
            let client = try theClients()
            clients = (try client.blocking.forSite(try argument(1)), try client.awaited.forSite(try argument(1)))
            return [:]
        case "contract":
            let client = try theClients()
            let (merchant, service) = (try argument(1), try argument(2))
            clients = (
                try client.blocking.forContract(merchantId: merchant, serviceId: service),
                try client.awaited.forContract(merchantId: merchant, serviceId: service)
            )
            return [:]
        case "invoke":
            return try invoke(try argument(1), try argument(2))
        case "async":
            return try invokeAwaited(try argument(1), try argument(2))
        case "start":
            run = try theClients().blocking.calls.native.start(try argument(1), try argument(2))
            return [:]
        case "step":
            guard let run else { throw Unknown(description: "there is no run") }
            let input = try argument(1)
            return try JSONValue(text: try run.step(input.isEmpty ? nil : input))
        case "print":
            var texts = errors + Printed.last.texts
            if let clients {
                texts += [String(describing: clients.blocking), dumped(clients.blocking), dumped(clients.awaited)]
            }
            return ["texts": .array(texts.map { JSONValue.string($0) })]
        default:
            throw Unknown(description: "unknown command \(parts[0])")
        }
    }

    private func theClients() throws -> (blocking: BlockingClient, awaited: Client) {
        guard let clients else { throw Unknown(description: "there is no client") }
        return clients
    }

    private mutating func invoke(_ operation: String, _ request: String) throws -> JSONValue {
        let client = try theClients().blocking
        do {
            let json = try typed(request)
            if let answer = try dispatched(operation, json, by: client) { return answer }
        } catch is Untyped {}
        return try client.calls.invoke(operation, json: request)
    }

    private mutating func invokeAwaited(_ operation: String, _ request: String) throws -> JSONValue {
        let client = try theClients().awaited
        return try waited {
            do {
                let json = try typed(request)
                if let answer = try await dispatched(operation, json, by: client) { return answer }
            } catch is Untyped {}
            return try await client.calls.invoke(operation, json: request)
        }
    }
}

/// A transport that fails as it is told.
struct Failing: Transport, BlockingTransport {
    let how: String

    func send(_ request: HttpRequest) throws -> HttpResponse {
        if how == "not_sent" { throw NotSentError() }
        throw Unknown(description: "\(how): \(request.url)")
    }
}

/// The request, if it is JSON at all; what is none goes to the library as it is.
private func typed(_ request: String) throws -> JSONValue {
    do {
        return try JSONValue(text: request)
    } catch {
        throw Untyped()
    }
}

/// The request as the facade's record. A record that would drop or change something does not express it.
func asked<Request: Wire>(_ record: Request.Type, _ json: JSONValue) throws -> Request {
    do {
        let request = try Request(wire: json)
        guard covers(try request.toWire(), json) else { throw Untyped() }
        return request
    } catch {
        throw Untyped()
    }
}

/// Whether everything of the one is in the other as well.
private func covers(_ whole: JSONValue, _ part: JSONValue) -> Bool {
    switch (whole, part) {
    case (.object(let fields), .object(let wanted)):
        return wanted.allSatisfy { name, value in
            if value == .null { return true }
            guard let found = fields[name] else { return false }
            return covers(found, value)
        }
    case (.array(let items), .array(let wanted)):
        return items.count == wanted.count && zip(items, wanted).allSatisfy { covers($0, $1) }
    default:
        return whole == part
    }
}

/// The answer of a method in the form of the manifest.
func answered<Answer: Wire>(_ answer: Answer) throws -> JSONValue {
    Printed.last.texts = [String(describing: answer), String(reflecting: answer), dumped(answer)]
    return try answer.toWire()
}

/// How the last answer is printed.
final class Printed: @unchecked Sendable {
    static let last = Printed()

    private let lock = NSLock()
    // Guarded by `lock`.
    private var kept: [String] = []

    var texts: [String] {
        get {
            lock.lock()
            defer { lock.unlock() }
            return kept
        }
        set {
            lock.lock()
            defer { lock.unlock() }
            kept = newValue
        }
    }
}

/// Everything that `dump` shows.
func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}

/// Waits on the main thread for what runs on others.
private func waited<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
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
    guard let result = box.result else { throw Unknown(description: "nothing came") }
    return try result.get()
}

/// Written once before the semaphore is signalled, read once after.
private final class Box<Value: Sendable>: @unchecked Sendable {
    var result: Result<Value, any Error>?
}
