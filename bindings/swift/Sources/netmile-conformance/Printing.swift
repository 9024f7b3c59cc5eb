import Foundation
import Netmile

/// Every way in which Swift prints a value.
func printedForms(_ value: Any) -> [String] {
    ["\(value)", String(reflecting: value), "\([value])", "\(Optional(value) as Any)", dumped(value)]
}

/// Everything that `dump` shows.
func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}

/// How the last answer, and what transports were given, is printed; and what the named accessors give of the answer.
final class Printed: @unchecked Sendable {
    static let last = Printed()

    private let lock = NSLock()
    // Guarded by `lock`.
    private var answer: [String] = []
    private var requests: [String] = []
    private var text = ""

    func keep(answer: [String], exposed: String) {
        lock.lock()
        defer { lock.unlock() }
        self.answer = answer
        text = exposed
    }

    func keep(request: HttpRequest) {
        lock.lock()
        defer { lock.unlock() }
        requests += printedForms(request)
    }

    func forget() {
        lock.lock()
        defer { lock.unlock() }
        answer = []
        requests = []
        text = ""
    }

    var texts: [String] {
        lock.lock()
        defer { lock.unlock() }
        return answer + requests
    }

    var exposed: String {
        lock.lock()
        defer { lock.unlock() }
        return text
    }
}

/// A value of the package that a case made.
enum Held {
    case contract(Contract)
    case site(Site)
    case record(any NetmileRecord & Wire)

    init(_ name: String, _ json: JSONValue) throws {
        let reader = try WireReader(json)
        switch name {
        case "Contract":
            let environment: String = try reader.read("environment")
            let encryption: [String: String]? = try reader.readIfPresent("encryption")
            let basic: [String: String]? = try reader.readIfPresent("basic")
            self = .contract(
                Contract(
                    merchantId: try reader.read("merchant_id"),
                    serviceId: try reader.read("service_id"),
                    hashKey: try reader.read("hash_key"),
                    environment: Contract.Environment(rawValue: environment) ?? .mock,
                    baseUrl: try reader.readIfPresent("base_url"),
                    encryption: encryption.map { Contract.Encryption(key: $0["key"] ?? "", iv: $0["iv"] ?? "") },
                    basic: basic.map { Contract.Basic(user: $0["user"] ?? "", password: $0["password"] ?? "") }
                )
            )
        case "Site":
            self = .site(
                Site(
                    siteId: try reader.read("site_id"),
                    keyId: try reader.read("key_id"),
                    secret: try reader.read("secret"),
                    baseUrl: try reader.read("base_url")
                )
            )
        default:
            guard let value = try recordOf(name, json) else {
                throw DriverError(description: "there is no record \(name)")
            }
            self = .record(value)
        }
    }

    /// What is printed.
    var value: Any {
        switch self {
        case .contract(let contract): return contract
        case .site(let site): return site
        case .record(let record): return record
        }
    }

    /// What the named accessors give.
    func exposed() throws -> String {
        switch self {
        case .contract(let contract):
            let keys = [contract.encryption?.key, contract.encryption?.iv, contract.basic?.user, contract.basic?.password]
            return ([contract.hashKey] + keys.compactMap { $0 }).joined(separator: " ")
        case .site(let site):
            return site.secret
        case .record(let record):
            return try record.toWire().text()
        }
    }
}
