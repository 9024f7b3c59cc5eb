import Foundation
import Netmile

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

struct ByProxy: Transport {
    let session: URLSession

    func send(_ request: HttpRequest) async throws -> HttpResponse {
        guard let url = URL(string: request.url) else { throw NotSentError() }
        var asked = URLRequest(url: url, timeoutInterval: request.timeout ?? 60)
        asked.httpMethod = request.method
        asked.httpBody = request.body
        for header in request.headers {
            asked.setValue(header.value, forHTTPHeaderField: header.name)
        }
        let sending = asked
        return try await withCheckedThrowingContinuation { continuation in
            session.dataTask(with: sending) { body, response, error in
                if let response = response as? HTTPURLResponse, let body {
                    let contentType = response.value(forHTTPHeaderField: "Content-Type")
                    let status = Int64(response.statusCode)
                    continuation.resume(returning: HttpResponse(status: status, contentType: contentType, body: body))
                } else {
                    // It may have arrived: whatever this throws leaves the outcome unknown.
                    continuation.resume(throwing: error ?? URLError(.unknown))
                }
            }
            .resume()
        }
    }
}

/// A payment is sent where it was signed for, and nowhere else.
final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

func client(_ configuration: Configuration, proxy: URLSessionConfiguration) throws -> Client {
    let session = URLSession(configuration: proxy, delegate: NoRedirects(), delegateQueue: nil)
    return try Client(configuration, transport: ByProxy(session: session))
}
