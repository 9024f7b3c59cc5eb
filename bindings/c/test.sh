#!/bin/sh
# Everything about the C binding: header, vectors, form/notice/answer, the border, sanitizer, valgrind, CMake, and the
# example shop against a running mock. Needs cc, c++, cmake, valgrind, python3, cargo; NETMILE_MOCK_BIN names the
# built netmile-mock, NETMILE_BINDGEN a netmile-bindgen if one is built.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
libdir=$target/debug
out=$target/c-tests
: "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
CC=${CC:-cc}
CXX=${CXX:-c++}

say() { printf '== c: %s\n' "$1"; }

mkdir -p "$out"
cd "$root"

say 'library, and generated files as the sources give them'
CARGO_TARGET_DIR=$target cargo build -q -p netmile-c
${NETMILE_BINDGEN:-cargo run -q -p netmile-bindgen --} --out . --check

say 'vectors'
python3 bindings/c/tests/vectors.py tests/vectors/link.json > "$out/vectors.txt"

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
flags="-Wall -Wextra -pedantic -Werror -g -Ibindings/c/include"
link="-L$libdir -Wl,-rpath,$libdir -lnetmile"
quoted="-DEXPECTED_VERSION=\"$version\""

say 'C99'
# shellcheck disable=SC2086
$CC -std=c99 $flags "$quoted" bindings/c/tests/test.c -o "$out/test-c" $link
# It logs nothing by itself, whatever the environment says: what is not a failure is silent.
RUST_LOG=trace "$out/test-c" "$out/vectors.txt" 2> "$out/said" || { cat "$out/said" >&2; exit 1; }
[ ! -s "$out/said" ] || { echo 'the library wrote into the standard error:' >&2; cat "$out/said" >&2; exit 1; }

say 'the same as C++'
# shellcheck disable=SC2086
$CXX -x c++ -std=c++11 $flags "$quoted" bindings/c/tests/test.c -o "$out/test-cpp" $link
"$out/test-cpp" "$out/vectors.txt"

say 'a program of another header is refused by the library'
abi=$(sed -n 's/^#define NETMILE_ABI_VERSION //p' bindings/c/include/netmile.h)
mkdir -p "$out/other"
sed "s/^#define NETMILE_ABI_VERSION .*/#define NETMILE_ABI_VERSION $((abi + 1))/" bindings/c/include/netmile.h \
    > "$out/other/netmile.h"
cat bindings/c/tests/snippets/client.c - > "$out/other.c" << 'EOF'
int main(void) { return open_client("{}") ? 1 : 0; }
EOF
# shellcheck disable=SC2086
$CC -std=c99 -Wall -Wextra -pedantic -Werror -I"$out/other" "$out/other.c" -o "$out/other-program" $link
"$out/other-program" 2> "$out/other.err"
grep -q "interface $((abi + 1));.* interface $abi (version_mismatch)" "$out/other.err"

say 'static library'
# shellcheck disable=SC2086
$CC -std=c99 $flags "$quoted" bindings/c/tests/test.c -o "$out/test-static" "$libdir/libnetmile.a" -lpthread -ldl -lm
"$out/test-static" "$out/vectors.txt"

say 'address sanitizer'
# shellcheck disable=SC2086
$CC -std=c99 -fsanitize=address,undefined -fno-sanitize-recover=all $flags "$quoted" bindings/c/tests/test.c \
    -o "$out/test-asan" $link
nm "$out/test-asan" | grep -q __asan_init || { echo 'the sanitizer is not in the program' >&2; exit 1; }
"$out/test-asan" "$out/vectors.txt"

say 'valgrind'
valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9 \
    "$out/test-c" "$out/vectors.txt"

say 'CMake'
cmake -S bindings/c -B "$out/cmake" -DNETMILE_LIBRARY_DIR="$libdir" > "$out/cmake.log"
cmake --build "$out/cmake" >> "$out/cmake.log"

say 'make install, pkg-config'
make -s -C bindings/c install library='' PROFILE=dev CARGO_TARGET_DIR="$target" PREFIX=/usr DESTDIR="$out/root" \
    > "$out/install.log" 2>&1 || { cat "$out/install.log" >&2; exit 1; }
export PKG_CONFIG_PATH="$out/root/usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$out/root" \
    PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
pkg-config --exact-version="$version" netmile

say 'the example as an installed library is used'
# shellcheck disable=SC2046
$CC -std=c99 -Wall -Wextra -pedantic -Werror examples/shop-c/shop.c -o "$out/shop-installed" $(pkg-config --cflags --libs netmile)
# shellcheck disable=SC2046
$CC -std=c99 examples/shop-c/shop.c -o "$out/shop-alone" $(pkg-config --cflags netmile) \
    "$out/root/usr/lib/libnetmile.a" -lpthread -ldl -lm
for program in shop-installed shop-alone; do
    status=0
    LD_LIBRARY_PATH=$out/root/usr/lib "$out/$program" 2> "$out/usage" || status=$?
    [ "$status" = 2 ]
    grep -q '^usage: ' "$out/usage"
done

say 'example shop against the mock'
mock=0
shop=0
stop() {
    [ "$mock" = 0 ] || kill "$mock" 2> /dev/null || true
    [ "$shop" = 0 ] || kill "$shop" 2> /dev/null || true
}
trap stop EXIT

# Waits until a program has printed a line, a minute at most, and prints the part of it that the expression picks.
printed() {
    tries=0
    while [ "$tries" -lt 600 ]; do
        found=$(sed -n "$2" "$1")
        [ -z "$found" ] || { printf '%s\n' "$found"; return; }
        tries=$((tries + 1))
        sleep 0.1
    done
    echo "nothing came in $1" >&2
    return 1
}

: > "$out/mock.out"
"$NETMILE_MOCK_BIN" serve --port 0 > "$out/mock.out" 2> "$out/mock.err" &
mock=$!
gateway=$(printed "$out/mock.out" 's/.*ready: //p')
: > "$out/shop.out"
rm -f "$out"/shop.db*
"$out/cmake/shop" "$gateway" "sqlite://$out/shop.db" > "$out/shop.out" &
shop=$!
checkout=$(printed "$out/shop.out" 's/^open \(.*\) in a browser$/\1/p')
python3 bindings/python/tests/browser.py "$checkout" hanako hanako-demo | tee "$out/browser.out"
grep -q 'the shop says: 200 paid' "$out/browser.out"
wait "$shop"
shop=0
grep '^deliver ORDER-C-1: 300 yen' "$out/shop.out"
grep '^refund wanted: .*"amount":300' "$out/shop.out"
grep '^charged$' "$out/shop.out"

say 'what the READMEs show, against the mock, under the address sanitizer'
# shellcheck disable=SC2086
$CC -std=c99 -D_POSIX_C_SOURCE=200809L -fsanitize=address,undefined -fno-sanitize-recover=all $flags bindings/c/tests/snippets/*.c \
    bindings/c/tests/readme.c -o "$out/readme" $link
python3 bindings/c/tests/readme.py "$out/readme" "$gateway" "$out" 2> "$out/readme.err" || { cat "$out/readme.err" >&2; exit 1; }

say 'all is well'
