import Foundation
import Netmile

/// The driver of Swift: one command a line, one line as the answer, as tests/conformance/README.md describes. Every
/// operation goes by the facade's own method; with `--awaited` by those of `Client` instead of `BlockingClient`.
@main
enum Conformance {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.contains("--check") {
            checkLibrary()
        }
        var driver = Driver(awaited: arguments.contains("--awaited"))
        while let line = readLine(strippingNewline: true) {
            let parts = line.components(separatedBy: "\t")
            if parts[0] == "quit" { break }
            FileHandle.standardOutput.write(Data("\(driver.reply(parts))\n".utf8))
        }
    }

    /// What a program does first, in a process that has another library: see `mismatch`.
    private static func checkLibrary() -> Never {
        do {
            try LibraryVersion.check()
            exit(0)
        } catch {
            print(error)
            exit(3)
        }
    }
}

/// Something of the driver's own. Its name is told as the code.
struct DriverError: Error, CustomStringConvertible {
    let description: String
}

struct Driver {
    private let awaited: Bool
    private var clients: (blocking: BlockingClient, awaited: Client)?
    private var transport: Failing?
    private var script: Script?
    private var errors: [String] = []
    private var given = ""
    private var held: [Held] = []

    init(awaited: Bool) {
        self.awaited = awaited
    }

    mutating func reply(_ parts: [String]) -> String {
        do {
            return "ok\t\(try answer(parts).text())"
        } catch {
            errors += printedForms(error) + [error.localizedDescription]
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
        fields["field"] = known?.field.map { JSONValue.string($0) } ?? JSONValue.null
        return (try? JSONValue.object(fields).text()) ?? "{}"
    }

    private mutating func answer(_ parts: [String]) throws -> JSONValue {
        func argument(_ number: Int) throws -> String {
            guard number < parts.count else { throw DriverError(description: "\(parts[0]) wants more") }
            return parts[number]
        }
        switch parts[0] {
        case "hello":
            var has: [JSONValue] = ["reuse", "async", "callbacks", "steps", "checksums"]
            if !awaited { has.append("blocking") }
            return [
                "language": "swift",
                "has": .array(has),
                "why": [
                    "blocking": "every call of this column is awaited",
                    "fork": "Swift cannot fork: its runtime has threads that a child would not have",
                    "runs": "the package drives runs itself: a shop gives a transport",
                    "raw": "methods have typed arguments: such a request cannot be written",
                ],
            ]
        case "version":
            return [
                "abi_version": .integer(Int64(LibraryVersion.abiVersion)),
                "library_version": .string(LibraryVersion.version),
                "facade_abi_version": .integer(Int64(Manifest.abiVersion)),
                "facade_version": .string(Manifest.libraryVersion),
            ]
        case "mismatch":
            return try mismatch(library: try argument(1))
        case "reset":
            self = Driver(awaited: awaited)
            Printed.last.forget()
            return [:]
        case "transport":
            transport = Failing(how: try argument(1))
            return [:]
        case "new":
            given = try argument(1)
            take(try BlockingClient(json: given, transport: transport))
            return [:]
        case "hold":
            held.append(try Held(try argument(1), try JSONValue(text: try argument(2))))
            return [:]
        case "expose":
            let texts = [given, Printed.last.exposed] + (try held.map { try $0.exposed() })
            return ["texts": .array(texts.map { JSONValue.string($0) })]
        case "site":
            take(try theClients().blocking.forSite(try argument(1)))
            return [:]
        case "contract":
            let (merchant, service) = (try argument(1), try argument(2))
            take(try theClients().blocking.forContract(merchantId: merchant, serviceId: service))
            return [:]
        case "invoke":
            return try invoke(try argument(1), try argument(2), awaited: awaited)
        case "async":
            return try invoke(try argument(1), try argument(2), awaited: true)
        case "start":
            script = Script(try argument(1), try json(try argument(2)), by: try theClients().blocking)
            return [:]
        case "step":
            guard let script else { throw DriverError(description: "nothing was started") }
            return try script.step(try argument(1))
        case "print":
            var texts = errors + Printed.last.texts + held.flatMap { printedForms($0.value) }
            if let clients {
                texts += printedForms(clients.blocking) + printedForms(clients.awaited)
            }
            return ["texts": .array(texts.map { JSONValue.string($0) })]
        default:
            throw DriverError(description: "unknown command \(parts[0])")
        }
    }

    /// The client, and one whose calls are awaited, with the same journal.
    private mutating func take(_ blocking: BlockingClient) {
        let calls = Calls(native: blocking.calls.native, transport: transport)
        clients = (blocking, Client(calls))
    }

    private func theClients() throws -> (blocking: BlockingClient, awaited: Client) {
        guard let clients else { throw DriverError(description: "there is no client") }
        return clients
    }

    private func invoke(_ operation: String, _ request: String, awaited: Bool) throws -> JSONValue {
        let wanted = try json(request)
        let clients = try theClients()
        let answer: JSONValue?
        if awaited {
            let client = clients.awaited
            answer = try waited { try await dispatched(operation, wanted, by: client) }
        } else {
            answer = try dispatched(operation, wanted, by: clients.blocking)
        }
        guard let answer else { throw DriverError(description: "there is no method for \(operation)") }
        return answer
    }

    private func json(_ text: String) throws -> JSONValue {
        try JSONValue(text: text)
    }

    /// A fresh process of this program, with another library's functions before those of its own.
    private func mismatch(library: String) throws -> JSONValue {
        #if os(macOS) || os(Linux)
        let program = Process()
        let output = Pipe()
        program.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        program.arguments = ["--check"]
        program.environment = ProcessInfo.processInfo.environment.merging(["LD_PRELOAD": library]) { _, new in new }
        program.standardOutput = output
        try program.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        switch program.terminationStatus {
        case 0: return [:]
        case 3: throw NetmileError(code: "version_mismatch", detail: said.trimmingCharacters(in: .newlines))
        default: throw DriverError(description: "the process crashed")
        }
        #else
        throw DriverError(description: "an app starts no process")
        #endif
    }
}

/// The request as the facade's record. A record that would drop or change something does not express it.
func asked<Request: Wire>(_ record: Request.Type, _ json: JSONValue) throws -> Request {
    guard let request = try? Request(wire: json), covers(try request.toWire(), json) else {
        throw DriverError(description: "\(record) cannot express the request")
    }
    return request
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
    let wire = try answer.toWire()
    Printed.last.keep(answer: printedForms(answer), exposed: try wire.text())
    return wire
}
