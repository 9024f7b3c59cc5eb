import Foundation
import Netmile
import XCTest

/// The cases that every language is judged by. They are data in tests/conformance, and so is their judge: `run.py` talks
/// to the program `netmile-conformance` of this package. NETMILE_MOCK_BIN names the built netmile-mock, NETMILE_LIBRARY the
/// library, from which `stubs.sh` makes those of other versions.
final class ConformanceTests: XCTestCase {
    private var root: URL {
        var place = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 {
            place.deleteLastPathComponent()
        }
        return place
    }

    /// Where the built products are: beside the bundle of this test, or its own directory.
    private var driver: URL {
        let bundle = Bundle(for: ConformanceTests.self).bundleURL
        let products = bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
        return products.appendingPathComponent("netmile-conformance")
    }

    func testEveryCaseNamesOperationsOfTheManifest() throws {
        let cases = root.appendingPathComponent("tests/conformance/cases")
        let files = try FileManager.default.contentsOfDirectory(at: cases, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        XCTAssertGreaterThan(files.count, 5)
        var named = 0
        for file in files {
            guard case .array(let all) = try JSONValue(text: try String(contentsOf: file, encoding: .utf8)) else {
                return XCTFail("\(file.lastPathComponent) is no list")
            }
            for one in all {
                let steps: [JSONValue] = try WireReader(one).read("steps")
                for step in steps {
                    let operation: String? = try WireReader(step).readIfPresent("operation")
                    guard let operation, operation.contains(".") else { continue }
                    named += 1
                    if !Manifest.operations.contains(operation) {
                        let name: String = try WireReader(one).read("name")
                        // A case about an operation that nobody has.
                        XCTAssertTrue(name.contains("unknown") || name.contains("not known"), "\(name): \(operation)")
                    }
                }
            }
        }
        XCTAssertGreaterThan(named, 100)
    }

    func testEveryCase() throws {
        #if os(macOS) || os(Linux)
        let mock = try XCTUnwrap(
            ProcessInfo.processInfo.environment["NETMILE_MOCK_BIN"],
            "NETMILE_MOCK_BIN must name the built netmile-mock"
        )
        let library = try XCTUnwrap(
            ProcessInfo.processInfo.environment["NETMILE_LIBRARY"],
            "NETMILE_LIBRARY must name the built library"
        )
        let stubs = FileManager.default.temporaryDirectory.appendingPathComponent("netmile-stubs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: stubs) }
        let maker = Process()
        maker.executableURL = root.appendingPathComponent("tests/conformance/drivers/stubs.sh")
        maker.arguments = [library, stubs.path]
        try maker.run()
        maker.waitUntilExit()
        XCTAssertEqual(maker.terminationStatus, 0, "the libraries of other versions")
        let judge = Process()
        judge.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        judge.arguments = [
            "python3", root.appendingPathComponent("tests/conformance/run.py").path, "--driver",
            "swift='\(driver.path)'",
        ]
        judge.environment = ProcessInfo.processInfo.environment.merging([
            "NETMILE_MOCK_BIN": mock, "NETMILE_STUBS": stubs.path,
        ]) { _, own in own }
        try judge.run()
        judge.waitUntilExit()
        XCTAssertEqual(judge.terminationStatus, 0, "the matrix above says which cases failed")
        #endif
    }
}
