// swift-tools-version: 5.9

import PackageDescription

let package = Package(
    name: "shop-swift",
    platforms: [.macOS(.v10_15)],
    dependencies: [.package(name: "netmile", path: "../../bindings/swift")],
    targets: [
        .executableTarget(name: "shop-swift", dependencies: [.product(name: "Netmile", package: "netmile")]),
        // What the READMEs of the package quote.
        .target(name: "Readme", dependencies: [.product(name: "Netmile", package: "netmile")]),
    ]
)
