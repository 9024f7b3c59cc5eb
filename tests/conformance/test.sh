#!/bin/sh
# Judges every language that is built. Needs the library (bindings/c/test.sh builds it) and the Python environment of
# bindings/python/test.sh; NETMILE_MOCK_BIN names the built netmile-mock.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
out=$target/conformance
: "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
export NETMILE_MOCK_BIN

mkdir -p "$out"
cd "$root"
${CC:-cc} -std=c99 -Wall -Wextra -Werror -g -Ibindings/c/include tests/conformance/drivers/c_driver.c -o "$out/c_driver" \
    -L"$target/debug" -Wl,-rpath,"$target/debug" -lnetmile
python3 tests/conformance/run.py --matrix "$out/matrix.md" \
    --driver "c=$out/c_driver" \
    --driver "python=$target/python-venv/bin/python tests/conformance/drivers/python_driver.py" \
    --not-run 'swift=not run here: no Swift toolchain'
