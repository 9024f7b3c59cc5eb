#!/bin/sh
# Builds the library and the packages as they are shipped, and measures all of them in one run (README.md says what).
# Installs the Debian packages that this needs if it is root and they are missing; needs cargo, PyPI and Maven's central
# repository. What it is given goes to run.py.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
made=$target/bench-languages
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
export CARGO_TARGET_DIR="$target"

say() { printf '== bench: %s\n' "$1" >&2; }

need=
want() { # package command…
    package=$1
    shift
    "$@" > /dev/null 2>&1 || need="$need $package"
}
want build-essential cc --version
want build-essential strip --version
# shellcheck disable=SC2016
want libcurl4-openssl-dev sh -c 'echo "#include <curl/curl.h>" | ${CC:-cc} -E -'
want python3 python3 --version
want python3-venv python3 -c 'import ensurepip'
want openjdk-17-jdk-headless javac -version
want maven "${MVN:-mvn}" --version
want php-cli php --version
for extension in curl mbstring xml; do
    want "php-$extension" sh -c "php -m | grep -qix $extension"
done
want composer composer --version
if [ -n "$need" ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "these packages are missing, install them first:$need" >&2
        exit 1
    fi
    say "installs$need"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o Acquire::Retries=5 update -qq
    # shellcheck disable=SC2086
    apt-get -o Acquire::Retries=5 install -y -qq --no-install-recommends $need > /dev/null
fi
mkdir -p "$made"
cd "$root"

say 'the library and the mock, optimised'
# One by one: built together they would take the features of both, and the wheel would be compiled a second time.
cargo build --release -q -p netmile-c
cargo build --release -q -p netmile-mock
cargo build --release -q --manifest-path benches/Cargo.toml --bin calls
library=$target/release/libnetmile.so

say 'c'
${CC:-cc} -O2 -Ibindings/c/include -Ibindings/c/tests benches/languages/bench.c -o "$made/c" \
    -L"$target/release" -Wl,-rpath,"$target/release" -lnetmile -lcurl

say 'python'
python=$made/python/bin/python
[ -x "$python" ] || python3 -m venv "$made/python"
rm -rf "$made/wheel"
"$python" -m pip wheel -q --disable-pip-version-check --no-deps -w "$made/wheel" ./bindings/python
"$python" -m pip install -q --disable-pip-version-check --force-reinstall --no-deps "$made"/wheel/netmile-*.whl
"$python" -m pip install -q --disable-pip-version-check requests

say 'php'
mkdir -p "$made/php"
cat > "$made/php/composer.json" << JSON
{
    "name": "netmile/bench",
    "repositories": [{"type": "path", "url": "$root/bindings/php"}, {"packagist.org": false}],
    "require": {"netmile/netmile": "$version"}
}
JSON
rm -rf "$made/php/composer.lock" "$made/php/vendor"
COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_DISABLE_NETWORK=1 COMPOSER_HOME="$made/php/.composer" \
    composer --working-dir="$made/php" --quiet --no-interaction install
tar -czf "$made/netmile-php.tar.gz" -C bindings/php composer.json preload.php include src

say 'kotlin'
NETMILE_LIBRARY=$library bindings/kotlin/natives.sh release > /dev/null
"${MVN:-mvn}" -q -B -ntp -f bindings/kotlin/pom.xml -pl netmile,checkout -Dmaven.test.skip=true package >&2
benches/languages/kotlin.sh build

say 'swift: its sources are weighed and not run'
swift=bindings/swift/Sources
tar -czf "$made/netmile-swift.tar.gz" $swift/Netmile $swift/NetmileFFI $swift/NetmileGenerated $swift/NetmileVersion
tar -czf "$made/netmile-checkout-swift.tar.gz" $swift/NetmileCheckout

say 'measures'
jars=bindings/kotlin
NETMILE_MOCK_BIN=$target/release/netmile-mock NETMILE_LIBRARY=$library NETMILE_AUTOLOAD=$made/php/vendor/autoload.php
export NETMILE_MOCK_BIN NETMILE_LIBRARY NETMILE_AUTOLOAD
exec "$python" benches/languages/run.py --rust "$target/release/calls" \
    --language "c=$made/c" \
    --language "python=$python benches/languages/bench.py" \
    --language 'php=php benches/languages/bench.php' \
    --language 'kotlin=sh benches/languages/kotlin.sh' \
    --artifact "The library, shared=$library" \
    --artifact "The library, static=$target/release/libnetmile.a" \
    --artifact 'C: the header=bindings/c/include/netmile.h' \
    --artifact "Python: the wheel, with the library=$(echo "$made"/wheel/netmile-*.whl)" \
    --artifact "PHP: the package, beside the library=$made/netmile-php.tar.gz" \
    --artifact "Kotlin: \`netmile\`, with the library=$jars/netmile/target/netmile-$version.jar" \
    --artifact "Swift: \`Netmile\`, sources, beside the library=$made/netmile-swift.tar.gz" \
    --without "Kotlin: \`netmile-checkout\`=$jars/checkout/target/netmile-checkout-$version.jar" \
    --without "Swift: \`NetmileCheckout\`, sources=$made/netmile-checkout-swift.tar.gz" \
    "$@"
