#!/bin/sh
# Everything about the PHP package: generated files, syntax, installation by Composer, tests against a running mock, under
# php-fpm, with PostgreSQL, and the example shop. Needs php with ffi, pcntl, curl, dom and pdo_sqlite, php-fpm, composer,
# phpunit, cargo and what tests/postgres.sh needs; NETMILE_MOCK_BIN names the built netmile-mock. With NETMILE_LIBRARY nothing is built: it names the library.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
app=$target/php-app
: "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
export NETMILE_MOCK_BIN

say() { printf '== php: %s\n' "$1"; }

say 'generated files as the manifest gives them'
cd "$root"
if [ -z "${NETMILE_LIBRARY:-}" ]; then
    cargo build -q -p netmile-c
    NETMILE_LIBRARY=$target/debug/libnetmile.so
fi
export NETMILE_LIBRARY
php "$here/tools/generate.php" --check

say 'syntax'
find "$here" "$root/examples/shop-php" "$root/tests/conformance/drivers" -name vendor -prune -o -name '*.php' -print0 \
    | xargs -0 -n 40 sh -c 'for file; do php -l "$file" >/dev/null || exit 255; done' sh
if find "$here" "$root/examples/shop-php" -name vendor -prune -o -name '*.php' -print0 | xargs -0 grep -L 'declare(strict_types=1);' | grep .; then
    echo 'these files are not strict' >&2
    exit 1
fi

say 'install'
mkdir -p "$app"
cat >"$app/composer.json" <<JSON
{
    "name": "netmile/tests",
    "repositories": [{"type": "path", "url": "$here"}, {"packagist.org": false}],
    "require": {"netmile/netmile": "0.1.0"}
}
JSON
rm -rf "$app/composer.lock" "$app/vendor"
COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_DISABLE_NETWORK=1 COMPOSER_HOME="$app/.composer" \
    composer --working-dir="$app" --quiet --no-interaction install
NETMILE_AUTOLOAD=$app/vendor/autoload.php
export NETMILE_AUTOLOAD

say 'tests'
cd "$here"
phpunit --configuration phpunit.xml

say 'all is well'
