#!/bin/sh
# Makes NetmileFFI.xcframework beside Package.swift: static libraries for macOS, iOS and its simulator, with the header
# that the generated sources want. Needs a Mac with Xcode, and Rust with the targets below
# (rustup target add aarch64-apple-darwin x86_64-apple-darwin aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios).
# Written for it, and not run: this project is built where there is no Mac.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
out=$target/xcframework
made=$here/NetmileFFI.xcframework

export MACOSX_DEPLOYMENT_TARGET=10.15 IPHONEOS_DEPLOYMENT_TARGET=13.0

cd "$root"
rm -rf "$out" "$made"
mkdir -p "$out/headers" "$out/macos" "$out/ios" "$out/ios-simulator"

for triple in aarch64-apple-darwin x86_64-apple-darwin aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios; do
    CARGO_TARGET_DIR=$target cargo build -p netmile-c --release --target "$triple"
done

built() { printf '%s/%s/release/libnetmile.a' "$target" "$1"; }

lipo -create "$(built aarch64-apple-darwin)" "$(built x86_64-apple-darwin)" -output "$out/macos/libnetmile.a"
lipo -create "$(built aarch64-apple-ios-sim)" "$(built x86_64-apple-ios)" -output "$out/ios-simulator/libnetmile.a"
cp "$(built aarch64-apple-ios)" "$out/ios/libnetmile.a"
cp "$here/Sources/NetmileFFI/NetmileFFI.h" "$here/Sources/NetmileFFI/module.modulemap" "$out/headers/"

xcodebuild -create-xcframework \
    -library "$out/macos/libnetmile.a" -headers "$out/headers" \
    -library "$out/ios/libnetmile.a" -headers "$out/headers" \
    -library "$out/ios-simulator/libnetmile.a" -headers "$out/headers" \
    -output "$made"

# What a release puts beside the URL of the archive.
(cd "$here" && zip -qr "$out/NetmileFFI.xcframework.zip" NetmileFFI.xcframework)
swift package --package-path "$here" compute-checksum "$out/NetmileFFI.xcframework.zip"
