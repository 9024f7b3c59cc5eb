import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// By which of the return URLs the browser came back.
public enum ReturnedBy: String, Hashable, Sendable {
    case success
    case cancel
    case error
}

/// What the app has seen. It is never proof of payment: anybody can open a URL. Ask the shop's server, which knows what
/// the gateway told it.
public enum Observation: Hashable, Sendable {
    /// Not a return URL; let the web view go on.
    case goOn
    /// The customer is back; close the web view. `body` holds the posted bytes, if the web view shows them (most do
    /// not); to be forwarded to the shop's server as they are.
    case returned(how: ReturnedBy, body: Data?)
}

extension Observation: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What was seen, without what was posted.
    public var description: String {
        switch self {
        case .goOn: return "goOn"
        case .returned(let how, let body): return "returned(\(how.rawValue), \(body?.count ?? 0) bytes)"
        }
    }

    /// The same as `description`.
    public var debugDescription: String {
        description
    }

    /// Nothing of what was posted.
    public var customMirror: Mirror {
        Mirror(self, children: [Mirror.Child](), displayStyle: .enum)
    }
}

/// Why a checkout cannot be shown. Quotes nothing of it.
public enum CheckoutError: Error, Hashable, Sendable {
    /// The JSON has more than 8 MiB.
    case tooLarge
    /// It is not the JSON of a checkout, or one of its URLs is not an http or https URL.
    case malformed
}

extension CheckoutError: LocalizedError {
    /// One line that is safe to log.
    public var errorDescription: String? {
        switch self {
        case .tooLarge: return "the JSON of a checkout has at most 8 MiB (too_large)"
        case .malformed: return "this is not the JSON of a checkout (malformed)"
        }
    }
}

/// What an app gets from its shop's server to show a payment in a web view: `Checkout.hosted`, a signed request as
/// plain data. It holds no key. It holds the customer's id, as the customer's own browser would get it: it prints
/// nothing but where it leads.
///
/// Load ``request`` in the web view, and ask ``observe(_:body:)`` about every URL that it is about to open.
public struct HostedCheckout: Hashable, Sendable {
    /// A field of the form, for a page that the app makes itself.
    public struct Field: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        /// Its name.
        public let name: String
        /// Its value. Never printed.
        public let value: String

        public var description: String {
            "Field(\(name))"
        }

        public var debugDescription: String {
            description
        }

        public var customMirror: Mirror {
            Mirror(self, children: ["name": name], displayStyle: .struct)
        }
    }

    /// Where to post to.
    public let action: URL
    /// `Shift_JIS`.
    public let charset: String
    /// `application/x-www-form-urlencoded`.
    public let contentType: String
    /// Names and values, in order.
    public let fields: [Field]
    /// The ready body: Shift_JIS, url-encoded.
    public let body: Data
    /// The URLs to watch for.
    public let successUrl: String
    public let cancelUrl: String
    public let errorUrl: String

    /// The most bytes of a JSON document.
    public static let maximum = 8 * 1024 * 1024

    private struct Document: Decodable {
        let action: String
        let method: String
        let charset: String
        let contentType: String
        let fields: [[String]]
        let successUrl: String
        let cancelUrl: String
        let errorUrl: String
        let bodyBase64: String

        enum CodingKeys: String, CodingKey {
            case action
            case method
            case charset
            case contentType = "content_type"
            case fields
            case successUrl = "success_url"
            case cancelUrl = "cancel_url"
            case errorUrl = "error_url"
            case bodyBase64 = "body_base64"
        }
    }

    /// Reads the JSON that the shop's server answered: `Checkout.hosted` there.
    ///
    /// - Throws: ``CheckoutError``.
    public init(json: Data) throws {
        guard json.count <= HostedCheckout.maximum else { throw CheckoutError.tooLarge }
        guard
            // The decoder's own error may quote a value, so it is not kept.
            let document = try? JSONDecoder().decode(Document.self, from: json),
            document.method == "POST",
            document.fields.allSatisfy({ $0.count == 2 }),
            let body = Data(base64Encoded: document.bodyBase64),
            let action = URL(string: document.action),
            [document.action, document.successUrl, document.cancelUrl, document.errorUrl].allSatisfy({
                WatchedUrl($0) != nil
            })
        else { throw CheckoutError.malformed }
        self.action = action
        self.charset = document.charset
        self.contentType = document.contentType
        self.fields = document.fields.map { Field(name: $0[0], value: $0[1]) }
        self.body = body
        self.successUrl = document.successUrl
        self.cancelUrl = document.cancelUrl
        self.errorUrl = document.errorUrl
    }

    /// Reads the JSON that the shop's server answered, as text.
    ///
    /// - Throws: ``CheckoutError``.
    public init(json: String) throws {
        try self.init(json: Data(json.utf8))
    }

    /// What the web view loads: a POST of the ready body.
    public var request: URLRequest {
        var request = URLRequest(url: action)
        request.httpMethod = "POST"
        request.setValue(contentType, forHTTPHeaderField: "Content-Type")
        request.httpBody = body
        return request
    }

    /// Says what a URL means that the web view is about to open.
    ///
    /// Scheme, host, port and path must be exactly those of a return URL. The query is compared only when the return
    /// URL has one. The answer is never proof of payment.
    public func observe(_ url: String, body: Data? = nil) -> Observation {
        guard let seen = WatchedUrl(url) else { return .goOn }
        let watched: [(how: ReturnedBy, url: String)] = [
            (.success, successUrl), (.cancel, cancelUrl), (.error, errorUrl),
        ]
        var found: ReturnedBy?
        for (how, text) in watched {
            guard let candidate = WatchedUrl(text), candidate.matches(seen) else { continue }
            // One URL for all three, told apart by the query: the one that names a query is meant.
            if candidate.query != nil {
                return .returned(how: how, body: body)
            }
            found = found ?? how
        }
        return found.map { .returned(how: $0, body: body) } ?? .goOn
    }

    /// The same of a `URL`, as a web view gives it.
    public func observe(_ url: URL, body: Data? = nil) -> Observation {
        observe(url.absoluteString, body: body)
    }
}

extension HostedCheckout: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where it leads; no field.
    public var description: String {
        "HostedCheckout(\(action.host ?? ""), \(fields.count) fields)"
    }

    /// The same as `description`.
    public var debugDescription: String {
        description
    }

    /// Where it leads; no field.
    public var customMirror: Mirror {
        Mirror(self, children: ["host": action.host ?? "", "fields": fields.count], displayStyle: .struct)
    }
}
