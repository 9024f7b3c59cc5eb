#!/bin/sh
# Bench.kt: `kotlin.sh build` compiles it, anything else runs it. Needs the jar as Maven packed it, the library in it, and
# the store of what Maven fetched for it.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
kotlin=$root/bindings/kotlin
store=${NETMILE_MAVEN_STORE:-$HOME/.m2/repository}
made=${CARGO_TARGET_DIR:-$root/target}/bench-languages/kotlin

version() { sed -n "s|.*<$1\.version>\(.*\)</$1\.version>.*|\1|p" "$kotlin/pom.xml"; }
jar() { printf ':%s/%s/%s/%s/%s-%s.jar' "$store" "$1" "$2" "$3" "$2" "$3"; }

language=$(version kotlin)
coroutines=$(jar org/jetbrains/kotlinx kotlinx-coroutines-core-jvm "$(version coroutines)")
own=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$kotlin/pom.xml")
classes=$kotlin/netmile/target/netmile-$own.jar$(jar org/jetbrains/kotlin kotlin-stdlib "$language")$coroutines
classes=$classes$(jar net/java/dev/jna jna "$(version jna)")

if [ "${1:-}" = build ]; then
    compiler=
    for part in compiler-embeddable stdlib script-runtime daemon-embeddable; do
        compiler=$compiler$(jar org/jetbrains/kotlin "kotlin-$part" "$language")
    done
    # What else the compiler stands on, in whatever versions Maven took for it.
    for part in org/jetbrains/intellij/deps/trove4j org/jetbrains/annotations org/jetbrains/kotlin/kotlin-reflect; do
        for one in "$store/$part"/*/*.jar; do
            [ ! -f "$one" ] || compiler=$compiler:$one
        done
    done
    mkdir -p "$made"
    exec java -XX:+UseSerialGC -cp "${compiler#:}$coroutines" org.jetbrains.kotlin.cli.jvm.K2JVMCompiler \
        -no-stdlib -no-reflect -jvm-target 17 -cp "$classes" -d "$made" "$here/Bench.kt"
fi
exec java -cp "$made:$classes" netmile.bench.BenchKt "$@"
