import Foundation
import Netmile

/// A checkout in ten lines.
func checkout(hashKey: String) async throws -> Page {
    let contract = Contract(merchantId: "99999", serviceId: "001", hashKey: hashKey, environment: .test)
    let client = try Client(Configuration(contracts: [contract], journal: "sqlite://shop.db", lang: .ja))

    let urls = Urls(
        success: "https://shop.example/success",
        cancel: "https://shop.example/cancel",
        error: "https://shop.example/error",
        notify: "https://shop.example/notify"
    )
    let request = PurchaseRequest(
        purchaseId: "CART-1001",
        custCode: "customer-1",
        itemId: "book-1",
        amount: 300,
        urls: urls,
        terminal: .pc,
        itemName: "本"
    )
    let page = try await client.checkout.start(request).page  // in the journal before it exists
    return page
}
