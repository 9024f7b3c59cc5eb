import Foundation
import NetmileCheckout

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What the shop's server says about an order.
struct OrderState: Decodable, Sendable {
    let phase: String
}

/// The shop's own server did not answer as it should.
struct ServerError: Error {
    let status: Int
}

/// The shop's own server: it signs the payment, and it alone knows whether it was paid.
struct ShopServer: Sendable {
    let base: URL

    /// Starts the payment of an order: the server answers with `Checkout.hosted`.
    func startPayment(order: String) async throws -> HostedCheckout {
        var request = URLRequest(url: base.appendingPathComponent("orders/\(order)/payment"))
        request.httpMethod = "POST"
        return try HostedCheckout(json: try await body(of: request))
    }

    /// How the order stands.
    func state(order: String) async throws -> OrderState {
        let request = URLRequest(url: base.appendingPathComponent("orders/\(order)"))
        return try JSONDecoder().decode(OrderState.self, from: try await body(of: request))
    }

    private func body(of request: URLRequest) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            URLSession.shared.dataTask(with: request) { body, response, error in
                let status = (response as? HTTPURLResponse)?.statusCode ?? 0
                if let body, status == 200 {
                    continuation.resume(returning: body)
                } else {
                    continuation.resume(throwing: error ?? ServerError(status: status))
                }
            }
            .resume()
        }
    }
}
