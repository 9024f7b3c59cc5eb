#if canImport(SwiftUI) && canImport(WebKit) && canImport(UIKit)
import Foundation
import NetmileCheckout
import SwiftUI
import UIKit
import WebKit

/// The screen that an app shows for a payment.
public struct PaymentScreen: View {
    @StateObject private var model: PaymentModel

    /// `server` is the URL of the shop's own server.
    public init(server: URL, order: String) {
        _model = StateObject(wrappedValue: PaymentModel(server: ShopServer(base: server), order: order))
    }

    public var body: some View {
        content.onAppear {
            Task { await model.start() }
        }
    }

    @ViewBuilder private var content: some View {
        switch model.screen {
        case .starting, .confirming:
            ProgressView()
        case .paying(let checkout):
            PaymentView(checkout: checkout, mayOpen: { model.mayOpen($0) })
        case .finished(let phase):
            Text(phase == "paid" ? "お支払いが完了しました / paid" : "確認中です / being confirmed")
        case .failed:
            Text("お支払いを開始できませんでした / the payment could not be started")
        }
    }
}

/// A web view that posts the signed form and asks about every page that it is about to open.
struct PaymentView: UIViewRepresentable {
    let checkout: HostedCheckout
    let mayOpen: @MainActor (URL) -> Bool

    func makeCoordinator() -> Coordinator {
        Coordinator(mayOpen: mayOpen)
    }

    func makeUIView(context: Context) -> WKWebView {
        let configuration = WKWebViewConfiguration()
        // The gateway's login is not kept beyond this payment.
        configuration.websiteDataStore = .nonPersistent()
        let view = WKWebView(frame: .zero, configuration: configuration)
        view.navigationDelegate = context.coordinator
        view.load(checkout.request)
        return view
    }

    func updateUIView(_ view: WKWebView, context: Context) {}

    @MainActor
    final class Coordinator: NSObject, WKNavigationDelegate {
        private let mayOpen: @MainActor (URL) -> Bool

        init(mayOpen: @escaping @MainActor (URL) -> Bool) {
            self.mayOpen = mayOpen
        }

        func webView(
            _ webView: WKWebView,
            decidePolicyFor navigationAction: WKNavigationAction,
            decisionHandler: @escaping (WKNavigationActionPolicy) -> Void
        ) {
            let url = navigationAction.request.url
            decisionHandler(url.map { mayOpen($0) } ?? true ? .allow : .cancel)
        }
    }
}
#endif
