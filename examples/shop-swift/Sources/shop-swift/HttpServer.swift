import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A request of a browser or of the gateway.
struct HttpAsked: Sendable {
    let method: String
    /// Without its query.
    let path: String
    let contentType: String?
    let body: Data
}

/// What the shop answers.
struct HttpAnswer: Sendable {
    let status: Int
    let contentType: String
    let body: Data
    var headers: [(String, String)] = []

    /// Sends the browser elsewhere, so that reload and back are safe.
    static func redirect(to path: String) -> HttpAnswer {
        HttpAnswer(status: 303, contentType: "text/plain", body: Data(), headers: [("Location", path)])
    }
}

/// The system refused something.
struct SocketError: Error {
    let call: String
    let number: Int32
}

/// A server for one machine: HTTP/1.1, one request a connection, 256 KiB a body. Not for the internet.
final class HttpServer: Sendable {
    /// Where it listens.
    let url: String
    private let listener: Int32

    private static let maximum = 256 * 1024
    private static let seconds = 10

    init() throws {
        #if canImport(Darwin)
        let stream = SOCK_STREAM
        #elseif canImport(Musl)
        let stream = SOCK_STREAM
        #else
        let stream = Int32(SOCK_STREAM.rawValue)
        #endif
        let opened = socket(AF_INET, stream, 0)
        guard opened >= 0 else { throw SocketError(call: "socket", number: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(opened, $0, size) }
        }
        guard bound == 0, listen(opened, 64) == 0 else {
            let number = errno
            close(opened)
            throw SocketError(call: "bind", number: number)
        }
        var length = size
        let named = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(opened, $0, &length) }
        }
        guard named == 0 else {
            let number = errno
            close(opened)
            throw SocketError(call: "getsockname", number: number)
        }
        listener = opened
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    }

    /// Serves on a thread of its own, for as long as the process lives.
    func start(_ handler: @escaping @Sendable (HttpAsked) async -> HttpAnswer) {
        // A browser that goes away must not end the shop.
        signal(SIGPIPE, SIG_IGN)
        let listener = self.listener
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 {
                    // The connection is gone again, or there are too many: those that are open will end.
                    usleep(10_000)
                    continue
                }
                Thread.detachNewThread { HttpServer.serve(connection, handler) }
            }
        }
    }

    /// Reads on this thread, so that a slow browser holds up no task.
    private static func serve(_ connection: Int32, _ handler: @escaping @Sendable (HttpAsked) async -> HttpAnswer) {
        var limit = timeval()
        limit.tv_sec = numericCast(seconds)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        guard let request = read(connection) else {
            write(HttpAnswer(status: 400, contentType: "text/plain", body: Data()), to: connection)
            close(connection)
            return
        }
        Task {
            let answer = await handler(request)
            write(answer, to: connection)
            close(connection)
        }
    }

    private static func read(_ connection: Int32) -> HttpAsked? {
        var bytes = Data()
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        var head: (request: HttpAsked, length: Int, start: Int)?
        while bytes.count <= maximum + 64 * 1024 {
            if head == nil, let end = bytes.range(of: Data("\r\n\r\n".utf8)) {
                guard let found = parsed(bytes[..<end.lowerBound]), found.length <= maximum else { return nil }
                head = (found.request, found.length, end.upperBound)
            }
            if let head, bytes.count >= head.start + head.length {
                let body = Data(bytes[head.start..<(head.start + head.length)])
                let request = head.request
                return HttpAsked(method: request.method, path: request.path, contentType: request.contentType, body: body)
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: buffer[..<count])
        }
        return nil
    }

    private static func parsed(_ head: Data) -> (request: HttpAsked, length: Int)? {
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let first = lines[0].components(separatedBy: " ")
        guard first.count == 3, let path = first[1].components(separatedBy: "?").first else { return nil }
        var contentType: String?
        var length = 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch line[..<colon].lowercased() {
            case "content-type":
                contentType = value
            case "content-length":
                guard let count = Int(value), count >= 0 else { return nil }
                length = count
            default:
                break
            }
        }
        return (HttpAsked(method: first[0], path: path, contentType: contentType, body: Data()), length)
    }

    private static func write(_ answer: HttpAnswer, to connection: Int32) {
        var head = "HTTP/1.1 \(answer.status) \(answer.status < 400 ? "OK" : "Error")\r\n"
        head += "Content-Type: \(answer.contentType)\r\nContent-Length: \(answer.body.count)\r\nConnection: close\r\n"
        for (name, value) in answer.headers {
            head += "\(name): \(value)\r\n"
        }
        let bytes = [UInt8](Data("\(head)\r\n".utf8) + answer.body)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return }
            sent += count
        }
    }
}
