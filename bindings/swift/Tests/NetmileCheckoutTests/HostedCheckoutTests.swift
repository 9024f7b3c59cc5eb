import Foundation
import NetmileCheckout
import XCTest

final class HostedCheckoutTests: XCTestCase {
    private func checkout(
        success: String = "https://shop.example/back",
        method: String = "POST",
        action: String = "https://gateway.example/buy"
    ) throws -> HostedCheckout {
        let fields: [String: Any] = [
            "action": action,
            "method": method,
            "charset": "Shift_JIS",
            "content_type": "application/x-www-form-urlencoded",
            "fields": [["cust_code", "PERSONAL-1"]],
            "success_url": success,
            "cancel_url": "https://shop.example:443/back?how=cancel",
            "error_url": "http://[::1]:8080/error",
            "body_base64": "Y3VzdF9jb2RlPVBFUlNPTkFMLTE=",
        ]
        return try HostedCheckout(json: try JSONSerialization.data(withJSONObject: fields))
    }

    /// The same table as in the core's test of `HostedCheckout::observe`.
    func testOnlyTheExactReturnUrlsAreRecognised() throws {
        let hosted = try checkout()
        let body = Data("res_result=OK".utf8)
        let table: [(String, ReturnedBy?)] = [
            ("https://shop.example/back", .success),
            ("HTTPS://SHOP.example:443/back#x", .success),
            ("https://shop.example/back?how=other", .success),
            ("https://shop.example/back?how=cancel", .cancel),
            ("http://[::1]:8080/error?a=b", .error),
            ("http://shop.example/back", nil),
            ("https://shop.example:8443/back", nil),
            ("https://shop.example/back/", nil),
            ("https://shop.example/Back", nil),
            ("https://shop.example.evil.example/back", nil),
            ("https://evil.example/https://shop.example/back", nil),
            ("https://shop.example@evil.example/back", nil),
            ("https://evil.example\\@shop.example/back", nil),
            ("https://shop.example/notify", nil),
            ("http://[::1]/error", nil),
            ("https:///back", nil),
            ("https://shop.example:99999/back", nil),
            ("https://shop.example:x/back", nil),
            ("javascript:alert(1)", nil),
            ("", nil),
        ]
        for (url, how) in table {
            let wanted = how.map { Observation.returned(how: $0, body: body) } ?? .goOn
            XCTAssertEqual(hosted.observe(url, body: body), wanted, url)
        }
    }

    func testTheRequestPostsTheReadyBody() throws {
        let request = try checkout().request
        XCTAssertEqual(request.httpMethod, "POST")
        XCTAssertEqual(request.value(forHTTPHeaderField: "Content-Type"), "application/x-www-form-urlencoded")
        XCTAssertEqual(request.httpBody, Data("cust_code=PERSONAL-1".utf8))
    }

    func testWhatIsNoCheckoutIsRefused() {
        XCTAssertThrowsError(try HostedCheckout(json: "{}")) { XCTAssertEqual($0 as? CheckoutError, .malformed) }
        XCTAssertThrowsError(try checkout(method: "GET")) { XCTAssertEqual($0 as? CheckoutError, .malformed) }
        XCTAssertThrowsError(try checkout(success: "file:///etc/passwd"))
        XCTAssertThrowsError(try checkout(action: "javascript:alert(1)"))
        let long = String(repeating: " ", count: HostedCheckout.maximum + 1)
        XCTAssertThrowsError(try HostedCheckout(json: long)) { XCTAssertEqual($0 as? CheckoutError, .tooLarge) }
    }

    func testNothingPersonalIsPrinted() throws {
        let hosted = try checkout()
        let seen = hosted.observe("https://shop.example/back", body: Data("PERSONAL-1".utf8))
        var text = "\(hosted)\(String(reflecting: hosted))\(seen)\(hosted.fields)"
        dump(hosted, to: &text)
        dump(seen, to: &text)
        dump(hosted.fields, to: &text)
        XCTAssertTrue(text.contains("gateway.example"), text)
        XCTAssertFalse(text.contains("PERSONAL"), text)
    }
}
