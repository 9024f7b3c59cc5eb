#!/bin/sh
# Builds the library (`dev` or `release`) and puts it where the jar takes it from: netmile/target/natives, by the names
# that JNA looks for. Without cargo: NETMILE_LIBRARY names a library that is built already.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
profile=${1:-release}
target=${CARGO_TARGET_DIR:-$root/target}

case $(uname -s) in
    Linux) system=linux name=libnetmile.so ;;
    Darwin) system=darwin name=libnetmile.dylib ;;
    *) echo "natives.sh: unknown system" >&2; exit 1 ;;
esac
case $(uname -m) in
    x86_64) machine=x86-64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) echo "natives.sh: unknown machine" >&2; exit 1 ;;
esac

if [ -z "${NETMILE_LIBRARY:-}" ]; then
    (cd "$root" && CARGO_TARGET_DIR="$target" cargo build -q -p netmile-c --profile "$profile")
    [ "$profile" = dev ] && profile=debug
    NETMILE_LIBRARY=$target/$profile/$name
fi
into=$here/netmile/target/natives/$system-$machine
mkdir -p "$into"
cp "$NETMILE_LIBRARY" "$into/$name"
echo "$into/$name"
