// swift-tools-version: 5.9

import Foundation
import PackageDescription

// Apple platforms take the library from an XCFramework beside this file, as xcframework.sh makes it. Without one the
// installed library is linked: libnetmile.so and netmile.pc, as `make -C bindings/c install` puts them.
let framework = "NetmileFFI.xcframework"
let bundled = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let library: Target =
    bundled
    ? .binaryTarget(name: "NetmileFFI", path: framework)
    : .systemLibrary(name: "NetmileFFI", path: "Sources/NetmileFFI", pkgConfig: "netmile")

let linked: [LinkerSetting] =
    bundled
    ? [
        .linkedFramework("CoreFoundation"),
        .linkedFramework("Security"),
        .linkedFramework("SystemConfiguration", .when(platforms: [.macOS])),
    ]
    : [.linkedLibrary("netmile")]

let package = Package(
    name: "netmile",
    platforms: [.macOS(.v10_15), .iOS(.v13)],
    products: [
        // For servers: everything. Holds keys, and belongs on no customer's device.
        .library(name: "Netmile", targets: ["Netmile"]),
        // For apps: shows a payment that the shop's server has signed. Swift alone, no native library, no key.
        .library(name: "NetmileCheckout", targets: ["NetmileCheckout"]),
        // The driver of the conformance suite.
        .executable(name: "netmile-conformance", targets: ["netmile-conformance"]),
    ],
    targets: [
        library,
        .systemLibrary(name: "NetmileVersion", path: "Sources/NetmileVersion"),
        .target(name: "NetmileGenerated", dependencies: ["NetmileFFI"], linkerSettings: linked),
        .target(name: "Netmile", dependencies: ["NetmileGenerated", "NetmileVersion"]),
        .target(name: "NetmileCheckout"),
        .executableTarget(name: "netmile-conformance", dependencies: ["Netmile"]),
        .testTarget(name: "NetmileTests", dependencies: ["Netmile"]),
        .testTarget(name: "NetmileCheckoutTests", dependencies: ["NetmileCheckout"]),
    ],
    swiftLanguageVersions: [.v5]
)
