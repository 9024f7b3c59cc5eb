import Foundation
import Netmile

/// Something to buy.
struct Item: Sendable {
    let name: String
    let yen: Int64
}

let items: [String: Item] = [
    "book": Item(name: "髙橋の本①", yen: 300),
    "tea": Item(name: "お茶 10～20杯", yen: 1200),
]

/// Everything that touches netmile. Copy it.
struct Payments: Sendable {
    let client: Client
    let urls: Urls

    init(gateway: String, ownUrl: String, directory: URL) throws {
        let environment = ProcessInfo.processInfo.environment
        let contract = Contract.mock(
            gateway,
            merchantId: environment["NETMILE_MERCHANT_ID"] ?? "99999",
            serviceId: environment["NETMILE_SERVICE_ID"] ?? "001",
            hashKey: environment["NETMILE_HASH_KEY"] ?? "demo0key0of0the0mock0gateway0not0a0secr0"
        )
        let journal = directory.appendingPathComponent("journal.db").path
        client = try Client(Configuration(contracts: [contract], journal: "sqlite://\(journal)", lang: .ja))
        urls = Urls(
            success: "\(ownUrl)/success",
            cancel: "\(ownUrl)/cancel",
            error: "\(ownUrl)/error",
            notify: "\(ownUrl)/notify"
        )
    }

    /// The page that takes the browser to the gateway.
    func start(order: String, itemId: String, item: Item) async throws -> Page {
        let request = PurchaseRequest(
            purchaseId: order,
            custCode: "guest",
            itemId: itemId,
            amount: item.yen,
            urls: urls,
            terminal: .pc,
            itemName: item.name
        )
        return try await client.checkout.start(request).page
    }

    /// What to answer to the gateway's notice: the only proof of payment.
    func notice(body: Data, contentType: String?) async throws -> NoticeAnswer {
        let answer = try await client.notices.handle(body, contentType: contentType)
        if let problem = answer.problem {
            print("notice not accepted: \(problem.code). \(problem.hint)")
        }
        return answer
    }

    /// The order that the browser is back from. For display only.
    func returned(by: ReturnedBy, body: Data, contentType: String?) async -> String? {
        do {
            return try await client.returns.read(by: by, body: body, contentType: contentType).purchase?.id
        } catch {
            print("return not accepted: \(error)")
            return nil
        }
    }

    /// Acts on what happened. An order that cannot be delivered now comes again, and holds up no other.
    func deliver(_ orders: Orders) async throws {
        for event in try await client.events.next() {
            do {
                if event.kind == .paid {
                    try await orders.deliver(event: event.id, order: event.purchaseId)
                }
            } catch {
                print("not delivered yet: event \(event.id): \(error)")
                continue
            }
            _ = try await client.events.ack(event.id)
        }
    }
}
