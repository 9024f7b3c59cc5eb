// swift-tools-version: 5.9

import PackageDescription

let package = Package(
    name: "checkout-swift",
    platforms: [.macOS(.v11), .iOS(.v14)],
    products: [.library(name: "CheckoutSample", targets: ["CheckoutSample"])],
    dependencies: [.package(name: "netmile", path: "../../bindings/swift")],
    targets: [
        .target(name: "CheckoutSample", dependencies: [.product(name: "NetmileCheckout", package: "netmile")])
    ]
)
