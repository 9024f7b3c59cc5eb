#if canImport(Combine)
import Combine
import Foundation
import NetmileCheckout

/// From the button "pay" to what the server says.
@MainActor
final class PaymentModel: ObservableObject {
    enum Screen {
        case starting
        case paying(HostedCheckout)
        case confirming
        case finished(phase: String)
        case failed
    }

    @Published private(set) var screen = Screen.starting
    private let server: ShopServer
    private let order: String

    init(server: ShopServer, order: String) {
        self.server = server
        self.order = order
    }

    /// Has the payment signed on the server.
    func start() async {
        do {
            screen = .paying(try await server.startPayment(order: order))
        } catch {
            screen = .failed
        }
    }

    /// The web view is about to open a page. Says whether it may.
    func mayOpen(_ url: URL) -> Bool {
        guard case .paying(let checkout) = screen else { return false }
        switch checkout.observe(url) {
        case .goOn:
            return true
        case .returned:
            // By whichever URL it came: the server knows, and the app asks it.
            screen = .confirming
            Task { await confirm() }
            return false
        }
    }

    /// Asks the server; the gateway's notice may be a moment behind the browser.
    private func confirm() async {
        for _ in 0..<10 {
            if let state = try? await server.state(order: order), !["open", "awaiting_notice"].contains(state.phase) {
                screen = .finished(phase: state.phase)
                return
            }
            try? await Task.sleep(nanoseconds: 1_000_000_000)
        }
        screen = .finished(phase: "awaiting_notice")
    }
}
#endif
