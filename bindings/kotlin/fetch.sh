#!/bin/sh
# Fetches what the build needs into Maven's own store, by building next to nothing. It waits for the network and hardly
# computes: `make test` may begin with it in the background, test.sh waits for its end.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
mkdir -p "$target"
exec 9>"$target/kotlin-fetch.lock"
flock 9

empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
mkdir -p "$empty/netmile/src/main/kotlin" "$empty/netmile/src/test/java" "$empty/shared"
sed '/<module>/d; s|<modules>|<modules><module>netmile</module>|' "$here/pom.xml" >"$empty/pom.xml"
cp "$here/netmile/pom.xml" "$empty/netmile/pom.xml"
echo 'internal fun nothing() = Unit' >"$empty/netmile/src/main/kotlin/Nothing.kt"
echo 'class EmptyTest { @org.junit.jupiter.api.Test void passes() { } }' >"$empty/netmile/src/test/java/EmptyTest.java"
"${MVN:-mvn}" -q -B -ntp -f "$empty/pom.xml" package
