import Foundation
import Netmile

/// A small shop that takes NetMile payments: catalogue, order, payment, notice, delivery, refund.
///
///     swift run shop-swift http://127.0.0.1:8080 [directory]     # the URL that `netmile-mock serve` prints
///
/// Only Foundation, sockets and netmile. What touches payments is the type `Payments`; copy it.
@main
struct Shop: Sendable {
    let payments: Payments
    let orders: Orders

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            print("usage: shop-swift GATEWAY [DIRECTORY]")
            return
        }
        let directory = URL(fileURLWithPath: arguments.count > 2 ? arguments[2] : ".", isDirectory: true)
        let server = try HttpServer()
        let shop = Shop(
            payments: try Payments(gateway: arguments[1], ownUrl: server.url, directory: directory),
            orders: try Orders(directory: directory)
        )
        server.start { request in
            await shop.answer(request)
        }
        print("the shop is ready: \(server.url)")
        _ = try await shop.payments.client.recover()
        // Picks up what a crash left over, and resolves what waits too long, until the process is ended.
        while true {
            try await Task.sleep(nanoseconds: 5_000_000_000)
            do {
                _ = try await shop.payments.client.resolve()
                try await shop.payments.deliver(shop.orders)
            } catch {
                print("comes again: \(error)")
            }
        }
    }

    /// Answers a request; a failure is a page without details.
    func answer(_ request: HttpAsked) async -> HttpAnswer {
        print("\(request.method) \(request.path)")
        do {
            switch (request.method, request.path) {
            case ("GET", "/"):
                return catalogue()
            case ("GET", "/cancel"), ("GET", "/error"):
                return page("お支払いは完了していません / not paid", #"<p><a href="/">店へ戻る / back to the shop</a></p>"#)
            case ("GET", let path) where path.hasPrefix("/orders/"):
                return try await show(String(path.dropFirst("/orders/".count)))
            case ("POST", "/buy"):
                return try await buy(posted("item", in: request.body))
            case ("POST", "/notify"):
                let notice = try await payments.notice(body: request.body, contentType: request.contentType)
                Task { try? await payments.deliver(orders) }
                return HttpAnswer(status: Int(notice.status), contentType: notice.contentType, body: notice.body)
            case ("POST", "/success"), ("POST", "/cancel"), ("POST", "/error"):
                let by = ReturnedBy(String(request.path.dropFirst()))
                let order = await payments.returned(by: by, body: request.body, contentType: request.contentType)
                return HttpAnswer.redirect(to: order.map { "/orders/\($0)" } ?? "/")
            case ("POST", "/refund"):
                return try await refund(posted("order", in: request.body))
            default:
                return page("404", "", status: 404)
            }
        } catch let error as NetmileError {
            return page("できません / not possible", "<p>\(escaped(error.description))</p>", status: 409)
        } catch {
            print("failed: \(error)")
            return page("500", "", status: 500)
        }
    }

    private func buy(_ itemId: String) async throws -> HttpAnswer {
        guard let item = items[itemId] else { return page("404", "", status: 404) }
        let order = try await orders.add(item: itemId)
        let checkout = try await payments.start(order: order, itemId: itemId, item: item)
        return HttpAnswer(
            status: Int(checkout.status),
            contentType: checkout.contentType,
            body: checkout.body,
            headers: checkout.headers.map { ($0.name, $0.value) }
        )
    }

    /// Where an order stands: told by the purchase, never by the browser.
    private func show(_ order: String) async throws -> HttpAnswer {
        guard let itemId = await orders.item(of: order), let item = items[itemId] else {
            return page("404", "", status: 404)
        }
        let purchase = try await payments.client.purchases.get(order)
        var lines = "<p>\(escaped(item.name)) \(purchase.amount)円</p><p id='state'>\(escaped(words(purchase.phase)))</p>"
        let delivered = await orders.delivered(order)
        lines += "<p id='delivered'>配送 / delivered: \(delivered)</p>"
        if purchase.phase == .paid {
            let button = "<button name=\"order\" value=\"\(escaped(order))\">返金 / refund</button>"
            lines += "<form method=\"post\" action=\"/refund\">\(button)</form>"
        }
        return page("ご注文 / your order", lines)
    }

    /// A refund is executed by a person on the gateway's management page.
    private func refund(_ order: String) async throws -> HttpAnswer {
        let ticket = try await payments.client.refunds.request(purchaseId: order, reason: "asked for on the order page")
        let link = escaped(ticket.managementUrl ?? "")
        let text = "<p>\(ticket.amount)円</p><p><a href=\"\(link)\">管理画面 / management page</a></p>"
        return page("返金手続き / refund", text)
    }
}
