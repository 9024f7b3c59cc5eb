#!/bin/sh
# Everything about the Python package: build, install into a fresh environment, types, tests against a running mock,
# and the example shop. Needs python3, cargo and PyPI; NETMILE_MOCK_BIN names the built netmile-mock.
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
cargo run -q -p netmile-bindgen -- --out . --check
python3 "$here/generate.py" --check

say 'environment'
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check 'setuptools>=77' 'mypy>=1.14' 'pytest>=8'

say 'install'
NETMILE_CARGO_PROFILE=dev "$venv/bin/pip" install -q --disable-pip-version-check --no-build-isolation \
    --force-reinstall --no-deps "$here"

say 'types'
cd "$here"
"$venv/bin/mypy" --cache-dir "$target/mypy"
cd "$root"
"$venv/bin/mypy" --strict --cache-dir "$target/mypy" examples/shop-python/shop.py

say 'tests'
cd "$target"
"$venv/bin/python" -m pytest -p no:cacheprovider -c "$here/pyproject.toml" --rootdir "$here" "$here/tests"

say 'all is well'
