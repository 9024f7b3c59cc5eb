#!/bin/sh
# Searches what each built language prints. Needs what tests/conformance/test.sh needs, and that it was run before.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/../conformance/languages.sh"
cd "$root"
python3 tests/leaks/run.py \
    --driver "rust=$rust_driver --trace" \
    --driver "c=$c_driver" \
    --driver "python=$python_driver" \
    --driver "awaited=$python_driver --awaited" \
    --driver "php=$php_driver" \
    --driver "kotlin=$kotlin_driver" \
    --driver "suspended=$kotlin_driver --awaited" \
    --not-run 'swift=not run here'
