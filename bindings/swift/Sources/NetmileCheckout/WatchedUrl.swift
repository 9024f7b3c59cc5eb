/// The parts of an http or https URL that are compared. The same rules as in the core's `HostedCheckout::observe`.
struct WatchedUrl {
    let scheme: String
    let host: String
    let port: UInt16
    let path: String
    let query: String?

    /// `nil` for what is not a plain http or https URL; a user name before the host is not plain.
    init?(_ url: String) {
        let bytes = Array(url.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }) else { return nil }
        // Nothing but ASCII from here on, so that every byte is a character.
        guard let mark = WatchedUrl.index(of: "://", in: bytes) else { return nil }
        scheme = WatchedUrl.lowercased(bytes[..<mark])
        let ordinary: UInt16
        switch scheme {
        case "https": ordinary = 443
        case "http": ordinary = 80
        default: return nil
        }
        var rest = bytes[(mark + 3)...]
        if let fragment = rest.firstIndex(of: UInt8(ascii: "#")) {
            rest = rest[..<fragment]
        }
        if let question = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = String(decoding: rest[(question + 1)...], as: UTF8.self)
            rest = rest[..<question]
        } else {
            query = nil
        }
        var authority = rest
        if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
            authority = rest[..<slash]
            path = String(decoding: rest[slash...], as: UTF8.self)
        } else {
            path = "/"
        }
        guard !authority.contains(UInt8(ascii: "@")) else { return nil }
        // The colons of an IPv6 address stand inside brackets.
        let named = authority.lastIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? authority.startIndex
        if let colon = authority[named...].firstIndex(of: UInt8(ascii: ":")) {
            let digits = authority[(colon + 1)...]
            authority = authority[..<colon]
            if digits.isEmpty {
                port = ordinary
            } else {
                guard
                    digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
                    let number = UInt16(String(decoding: digits, as: UTF8.self))
                else { return nil }
                port = number
            }
        } else {
            port = ordinary
        }
        guard !authority.isEmpty else { return nil }
        host = WatchedUrl.lowercased(authority)
    }

    /// Whether `seen` is this watched URL.
    func matches(_ seen: WatchedUrl) -> Bool {
        scheme == seen.scheme && host == seen.host && port == seen.port && path == seen.path
            && (query == nil || query == seen.query)
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return String(decoding: bytes.map { upper.contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    private static func index(of mark: String, in bytes: [UInt8]) -> Int? {
        let mark = Array(mark.utf8)
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
    }
}
