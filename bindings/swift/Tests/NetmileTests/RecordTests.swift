import Foundation
import Netmile
import XCTest

final class RecordTests: XCTestCase {
    private let urls = Urls(
        success: "https://shop.example/success",
        cancel: "https://shop.example/cancel",
        error: "https://shop.example/error",
        notify: "https://shop.example/notify"
    )

    private func everyWay(_ value: Any) -> String {
        var text = "\(value) \(String(reflecting: value)) \([value])"
        dump(value, to: &text)
        return text
    }

    func testWhatMayBePersonalIsNotPrinted() throws {
        let request = PurchaseRequest(
            purchaseId: "CART-1001",
            custCode: "PERSONAL-1",
            itemId: "ITEM1",
            amount: 300,
            urls: urls,
            terminal: .pc,
            freeCsv: [Pair(name: "LAST_NAME", value: "PERSONAL-2")]
        )
        let text = everyWay(request) + everyWay(Outcome<[String: String]>.done(["card": "PERSONAL-3"]))
        XCTAssertTrue(text.contains("CART-1001"), text)
        XCTAssertFalse(text.contains("PERSONAL"), text)
    }

    func testNoKeyIsPrinted() throws {
        let contract = Contract(
            merchantId: "99999",
            serviceId: "001",
            hashKey: "SECRET-1",
            environment: .test,
            encryption: Contract.Encryption(key: "SECRET-2", iv: "SECRET-3"),
            basic: Contract.Basic(user: "SECRET-4", password: "SECRET-5")
        )
        let site = Site(siteId: "8763", keyId: "K1", secret: "SECRET-6", baseUrl: "https://mile.example")
        let all = Configuration(contracts: [contract], sites: [site], journal: "postgres://shop:SECRET-7@db/shop")
        let request = HttpRequest(method: "POST", url: "https://gateway.example/SECRET-9", headers: [], body: Data("SECRET-8".utf8))
        let text = everyWay(all) + everyWay(contract) + everyWay(site) + everyWay(request)
        XCTAssertTrue(text.contains("99999"), text)
        XCTAssertFalse(text.contains("SECRET"), text)
    }

    func testANameThatIsNotKnownIsKept() throws {
        XCTAssertEqual(Phase("paid"), .paid)
        XCTAssertEqual(Phase("on_hold"), .unrecognized("on_hold"))
        XCTAssertEqual(try Phase(wire: "on_hold").toWire(), "on_hold")
        XCTAssertEqual("\(Phase.paidLate)", "paid_late")
    }

    func testInstantsAreWholeMilliseconds() throws {
        for milliseconds: Int64 in [0, 1, -1, 1_795_219_199_999, 253_402_300_799_999] {
            XCTAssertEqual(try Date(wire: .integer(milliseconds)).toWire(), .integer(milliseconds))
        }
        XCTAssertThrowsError(try Date(timeIntervalSince1970: .infinity).toWire())
        XCTAssertThrowsError(try Date(timeIntervalSince1970: .nan).toWire())
    }

    func testMoneyIsExact() throws {
        for amount: Int64 in [0, 9_007_199_254_740_993, .max, .min] {
            XCTAssertEqual(try JSONValue(text: try JSONValue.integer(amount).text()), .integer(amount))
        }
        XCTAssertEqual(try JSONValue(text: #"[1, 1.5, true, null, "1"]"#), [1, 1.5, true, .null, "1"])
        XCTAssertThrowsError(try Int64(wire: .number(1.5)))
        XCTAssertThrowsError(try Int64(wire: .bool(true)))
    }

    func testAnOutcomeThatIsNotKnownIsUnknown() throws {
        let ticket: JSONValue = ["id": "A-1", "step": "request", "since_ms": 1]
        let outcome = try Outcome<Charge>(wire: ["outcome": "perhaps", "ticket": ticket])
        XCTAssertTrue(outcome.isUnknown)
        XCTAssertEqual(outcome.ticket?.id, "A-1")
        XCTAssertThrowsError(try Outcome<Charge>(wire: ["outcome": "done"]))
    }

    func testAnErrorIsOneLine() {
        let error = NetmileError(code: "invalid_value", detail: "at least 10", field: "amount", hint: "Ask for more.")
        XCTAssertEqual("\(error)", "amount: at least 10 (invalid_value)")
        XCTAssertEqual(error.localizedDescription, "amount: at least 10 (invalid_value)")
        XCTAssertEqual(NetmileError(code: "hash_mismatch", detail: "").kind, .verification)
    }
}
