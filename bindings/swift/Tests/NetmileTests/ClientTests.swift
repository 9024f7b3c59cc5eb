import Foundation
import Netmile
import XCTest

/// The client without a gateway: nobody listens on port 1.
final class ClientTests: XCTestCase {
    private func configuration() -> Configuration {
        let api: JSONValue = [
            "number": "900", "flow": "one_step", "capture": "automatic", "functions": ["request": "ST01-00101"],
            "inquiry_by": "tracking", "statuses": [], "member_leaf": "netmile_user_id", "amount_digits": 7,
        ]
        let contract = Contract.mock(
            "http://127.0.0.1:1",
            merchantId: "99999",
            serviceId: "001",
            hashKey: "demo0key0of0the0mock0gateway0not0a0secr0",
            methods: [PaymentMethod(tag: "netmile", cells: .all, api: api)]
        )
        return Configuration(contracts: [contract])
    }

    private let charge = ChargeRequest(
        id: "A-1",
        method: "netmile",
        amount: 100,
        custCode: "PERSONAL",
        itemId: "ITEM1",
        member: "PERSONAL"
    )

    private struct Slow: Transport {
        func send(_ request: HttpRequest) async throws -> HttpResponse {
            try await Task.sleep(nanoseconds: 3_600_000_000_000)
            throw NotSentError()
        }
    }

    private struct Throwing: Transport, BlockingTransport {
        let error: any Error

        func send(_ request: HttpRequest) throws -> HttpResponse {
            throw error
        }
    }

    private struct Told: Error {}

    func testALibraryOfAnotherVersionIsRefused() {
        XCTAssertNoThrow(try LibraryVersion.check())
        XCTAssertThrowsError(try LibraryVersion.check(abiVersion: Manifest.abiVersion + 1)) {
            XCTAssertEqual(($0 as? NetmileError)?.code, "version_mismatch")
        }
    }

    func testARefusalNamesTheField() throws {
        var wrong = configuration()
        wrong.contracts[0].merchantId = "1"
        XCTAssertThrowsError(try Client(wrong)) { XCTAssertEqual(($0 as? NetmileError)?.field, "merchant_id") }
    }

    func testATransportThatThrowsLeavesAKnownUnknown() async throws {
        let client = try Client(configuration(), transport: Throwing(error: Told()))
        let outcome = try await client.payments.charge(charge)
        XCTAssertEqual(outcome.ticket?.id, "A-1")
        let open = try await client.payments.unresolved()
        XCTAssertEqual(open.charges.map(\.id), ["A-1"])
    }

    func testATransportThatSentNothingIsAnError() throws {
        let client = try BlockingClient(configuration(), transport: Throwing(error: NotSentError()))
        XCTAssertThrowsError(try client.payments.charge(charge)) {
            XCTAssertEqual(($0 as? NetmileError)?.code, "transport")
        }
        XCTAssertEqual(try client.payments.unresolved().charges, [])
    }

    func testACancelledTaskLeavesAKnownUnknown() async throws {
        let client = try Client(configuration(), transport: Slow())
        let charge = self.charge
        let paying = Task { try await client.payments.charge(charge) }
        for _ in 0..<100_000 {
            let open = try await client.payments.unresolved().charges
            if !open.isEmpty { break }
            await Task.yield()
        }
        paying.cancel()
        let outcome = try await paying.value
        XCTAssertTrue(outcome.isUnknown)
    }

    func testACancelledTaskStartsNothing() async throws {
        let client = try Client(configuration(), transport: Throwing(error: Told()))
        let charge = self.charge
        let paying = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.payments.charge(charge)
        }
        do {
            _ = try await paying.value
            XCTFail("it was cancelled")
        } catch {
            XCTAssertTrue(error is CancellationError)
        }
        let open = try await client.payments.unresolved()
        XCTAssertEqual(open.charges, [])
    }
}
