# The drivers of the built languages; to be sourced, with `here` set. bindings/*/test.sh build and install what they need.
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
out=$target/conformance
: "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
NETMILE_LIBRARY=${NETMILE_LIBRARY:-$target/debug/libnetmile.so}
NETMILE_AUTOLOAD=${NETMILE_AUTOLOAD:-$target/php-app/vendor/autoload.php}
NETMILE_STUBS=$out/stubs
export NETMILE_MOCK_BIN NETMILE_LIBRARY NETMILE_AUTOLOAD NETMILE_STUBS CARGO_TARGET_DIR="$target"

c_driver=$out/c_driver
python_driver="${NETMILE_PYTHON:-$target/python-venv/bin/python} tests/conformance/drivers/python_driver.py"
php_driver='php tests/conformance/drivers/php_driver.php'
kotlin_driver='sh tests/conformance/drivers/kotlin_driver.sh'
rust_driver=${NETMILE_RUST_DRIVER:-$target/debug/netmile-driver}
