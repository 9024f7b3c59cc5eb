#!/bin/sh
# Everything about the Kotlin packages: generated files, build, tests against a running mock, the jars, and the example
# shop and app. Needs JDK 17, Maven, python3, cargo and Maven's central repository; NETMILE_MOCK_BIN names the built
# netmile-mock, NETMILE_BINDGEN a netmile-bindgen if one is built, NETMILE_LIBRARY a libnetmile if one is.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
: "${NETMILE_MOCK_BIN:?must name the built netmile-mock}"
export NETMILE_MOCK_BIN CARGO_TARGET_DIR="$target"

say() { printf '== kotlin: %s\n' "$1"; }

say 'generated files as the sources give them'
cd "$root"
[ -n "${NETMILE_LIBRARY:-}" ] || cargo build -q -p netmile-c
${NETMILE_BINDGEN:-cargo run -q -p netmile-bindgen --} --out . ${NETMILE_LIBRARY:+--library "$NETMILE_LIBRARY"} --check
python3 "$here/generate.py" --check
python3 "$here/readme.py"

say 'build and tests'
"$here/natives.sh" dev >/dev/null
# Fewer tiers of the JIT and one collector, as pom.xml has it for the compiler: all of this runs once, for a minute.
MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
export MAVEN_OPTS
"${MVN:-mvn}" -q -B -ntp -f "$here/pom.xml" package

say 'the example shop and app, from the jars'
python3 "$here/tests/example.py"

say 'all is well'
