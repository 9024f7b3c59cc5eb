#!/bin/sh
# What can be checked of the Swift package without a Swift toolchain: generated files are what the manifest gives, what
# check.py says of itself, the headers that Swift imports, and that the library has every function in them. Needs python3,
# PyPI, cc, and cargo unless NETMILE_LIBRARY names the built library. Where there is a Swift toolchain, `swift test`
# compiles and runs the rest; NETMILE_MOCK_BIN names the built netmile-mock then.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
venv=$target/swift-venv

say() { printf '== swift: %s\n' "$1"; }

say 'generated files as the manifest gives them'
python3 "$here/generate.py" --check
# The check must be able to fail.
spare=$target/swift-check
rm -rf "$spare"
mkdir -p "$spare/bindings" "$spare/ffi"
cp -R "$here" "$spare/bindings/swift"
cp "$root/ffi/manifest.json" "$spare/ffi/"
cp "$root/Cargo.toml" "$spare/"
printf '// changed\n' >> "$spare/bindings/swift/Sources/Netmile/Generated/Names.swift"
if python3 "$spare/bindings/swift/generate.py" --check 2> "$spare/said"; then
    echo 'a changed file is not noticed' >&2
    exit 1
fi
grep -q 'Names.swift is not what the manifest gives' "$spare/said"
rm -rf "$spare"

say 'environment'
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check 'tree-sitter==0.26.1' 'tree-sitter-swift==0.7.4'

say 'syntax, labels, operations, words, functions of the library'
library=${NETMILE_LIBRARY:-$target/debug/libnetmile.so}
[ -n "${NETMILE_LIBRARY:-}" ] || (cd "$root" && CARGO_TARGET_DIR=$target cargo build -q -p netmile-c)
PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$here/check.py" "$library"

say 'headers'
cd "$root"
cat > "$target/swift-headers.c" << 'EOF'
#include "netmile.h"
#include "netmile_version.h"
#include "NetmileFFI.h"
int main(void) { return netmile_abi_version() == NETMILE_ABI_VERSION && netmile_version() ? 0 : 1; }
EOF
headers="-Ibindings/c/include -Ibindings/swift/Sources/NetmileVersion -Ibindings/swift/Sources/NetmileFFI"
# shellcheck disable=SC2086
${CC:-cc} -fsyntax-only -Wall -Werror -D_Nullable= -D_Nonnull= $headers "$target/swift-headers.c"
if command -v clang > /dev/null 2>&1; then
    # As Swift's importer reads them: by their module maps.
    for module in NetmileFFI NetmileVersion; do
        maps="${maps:-} -fmodule-map-file=bindings/swift/Sources/$module/module.modulemap"
    done
    rm -rf "$target/swift-modules"
    # shellcheck disable=SC2086
    clang -fmodules -fmodules-cache-path="$target/swift-modules" $maps $headers -fsyntax-only -Rmodule-build \
        "$target/swift-headers.c" 2> "$target/swift-modules.said"
    for module in NetmileFFI NetmileVersion; do
        grep -q "finished building module '$module'" "$target/swift-modules.said"
    done
fi

say 'scripts'
sh -n "$here/xcframework.sh"

if command -v swift > /dev/null 2>&1; then
    say 'swift test'
    : "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
    cd "$here"
    export NETMILE_LIBRARY=${NETMILE_LIBRARY:-$target/debug/libnetmile.so}
    LD_LIBRARY_PATH=$target/debug${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} swift test -Xlinker "-L$target/debug"
    swift build --package-path "$root/examples/shop-swift" -Xlinker "-L$target/debug"
else
    say 'no Swift toolchain: nothing was compiled or run'
fi

say 'all is well'
