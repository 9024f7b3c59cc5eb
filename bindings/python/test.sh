#!/bin/sh
# Everything about the Python package: build, install into a fresh environment, types, tests against a running mock,
# and the example shop. Needs python3, cargo and PyPI; NETMILE_MOCK_BIN names the built netmile-mock,
# NETMILE_BINDGEN a netmile-bindgen if one is built.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
venv=$target/python-venv
: "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
export NETMILE_MOCK_BIN CARGO_TARGET_DIR="$target"

say() { printf '== python: %s\n' "$1"; }

say 'generated files as the sources give them'
cd "$root"
cargo build -q -p netmile-c
${NETMILE_BINDGEN:-cargo run -q -p netmile-bindgen --} --out . --check
python3 "$here/generate.py" --check

say 'environment'
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check 'maturin>=1.16,<2' 'mypy>=1.14' 'pytest>=8'

say 'install'
MATURIN_PEP517_ARGS='--profile dev' PATH="$venv/bin:$PATH" "$venv/bin/pip" install -q --disable-pip-version-check --no-build-isolation \
    --force-reinstall --no-deps "$here"
grep -q '^Tag: py3-none-' "$venv"/lib/python3*/site-packages/netmile-*.dist-info/WHEEL

say 'types'
cd "$here"
"$venv/bin/mypy" --cache-dir "$target/mypy"
cd "$root"
"$venv/bin/mypy" --strict --cache-dir "$target/mypy" examples/shop-python/shop.py

say 'tests'
cd "$target"
# A job in the background ignores SIGINT, and so would the example shop, which ends by it.
"$venv/bin/python" -c 'import signal, sys, pytest
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(pytest.main(sys.argv[1:]))' -p no:cacheprovider -c "$here/pyproject.toml" --rootdir "$here" "$here/tests"

say 'all is well'
