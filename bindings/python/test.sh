#!/bin/sh
# Everything about the Python package: build, install into an environment of its own, types, tests against a running
# mock, what the README shows, and the example shop. Needs python3, cargo and PyPI; NETMILE_MOCK_BIN names the built netmile-mock,
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
"$venv/bin/pip" install -q --disable-pip-version-check 'mypy>=1.14' 'pytest>=8' \
    'gunicorn>=23' 'uvicorn>=0.30' 'starlette>=0.40' -r examples/shop-python/requirements.txt

say 'install, as the README says it'
"$venv/bin/pip" uninstall -q -y netmile
MATURIN_PEP517_ARGS='--profile dev' "$venv/bin/pip" install -q --disable-pip-version-check ./bindings/python
grep -q '^Tag: py3-none-' "$venv"/lib/python3*/site-packages/netmile-*.dist-info/WHEEL

say 'types'
cd "$here"
"$venv/bin/mypy" --cache-dir "$target/mypy"
cd "$root"
for programs in examples/shop-python bindings/python/tests/snippets; do
    (cd "$programs" && "$venv/bin/mypy" --strict --cache-dir "$target/mypy" .)
done

say 'tests'
cd "$target"
# A job in the background ignores SIGINT, and so would the example shop, which ends by it.
"$venv/bin/python" -c 'import signal, sys, pytest
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(pytest.main(sys.argv[1:]))' -p no:cacheprovider -c "$here/pyproject.toml" --rootdir "$here" "$here/tests"

say 'all is well'
