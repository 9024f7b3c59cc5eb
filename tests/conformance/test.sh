#!/bin/sh
# Judges the cases, and by them every language. Needs the library and the packages that bindings/*/test.sh build and
# install, and the driver of Rust, which is a program of the package netmile-tests; NETMILE_MOCK_BIN names the built netmile-mock.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/languages.sh"
mkdir -p "$out"
cd "$root"
python3 tests/conformance/vectors.py --check
${CC:-cc} -std=c99 -Wall -Wextra -Werror -g -Ibindings/c/include tests/conformance/drivers/c_driver.c -o "$c_driver" \
    -L"$(dirname "$NETMILE_LIBRARY")" -Wl,-rpath,"$(dirname "$NETMILE_LIBRARY")" -lnetmile
tests/conformance/drivers/stubs.sh "$NETMILE_LIBRARY" "$NETMILE_STUBS"
python3 tests/conformance/run.py --mutate --full --matrix "$out/matrix.md" \
    --driver "rust=$rust_driver" \
    --driver "c=$c_driver" \
    --driver "python=$python_driver" \
    --driver "awaited=$python_driver --awaited" \
    --driver "php=$php_driver" \
    --driver "kotlin=$kotlin_driver" \
    --driver "suspended=$kotlin_driver --awaited" \
    --not-run 'swift=not run here'
