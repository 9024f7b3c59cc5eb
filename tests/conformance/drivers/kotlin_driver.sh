#!/bin/sh
# The driver of Kotlin, bindings/kotlin/netmile/src/test/kotlin/netmile/conformance; bindings/kotlin/test.sh builds it.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kotlin=$(CDPATH='' cd -- "$here/../../../bindings/kotlin" && pwd)
store=${NETMILE_MAVEN_STORE:-$HOME/.m2/repository}

version() { sed -n "s|.*<$1\.version>\(.*\)</$1\.version>.*|\1|p" "$kotlin/pom.xml"; }
jar() { printf ':%s/%s/%s/%s/%s-%s.jar' "$store" "$1" "$2" "$3" "$2" "$3"; }

classes=$kotlin/netmile/target/classes:$kotlin/netmile/target/test-classes
classes=$classes$(jar org/jetbrains/kotlin kotlin-stdlib "$(version kotlin)")
classes=$classes$(jar org/jetbrains/kotlinx kotlinx-coroutines-core-jvm "$(version coroutines)")
classes=$classes$(jar net/java/dev/jna jna "$(version jna)")
exec java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$classes" netmile.conformance.DriverKt "$@"
