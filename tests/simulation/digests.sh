#!/bin/sh
# The same seeds, our own crates built with optimisation and as a debug build: what happens must be the same, byte for
# byte. One profile with two settings, so that what others wrote is compiled once; `digests.sh 2000 release` takes the
# release build for the other one.
set -eu
cd "$(dirname "$0")"
flows="${1:-300}"
other="${2:-debug}"
cargo="${CARGO:-cargo}"

digest() {
    "$cargo" run --quiet --locked "$@" --bin simulate -- --flows "$flows" --digest
}

optimised=$(digest)
echo "$flows flows, optimised: $optimised"
set --
if [ "$other" = release ]; then
    set -- --release
else
    for crate in netmile netmile-mock netmile-simulation; do
        set -- "$@" --config "profile.dev.package.$crate.opt-level=0" \
            --config "profile.dev.package.$crate.debug-assertions=true"
    done
fi
second=$(digest "$@")
echo "$flows flows, $other: $second"
if [ "$second" != "$optimised" ]; then
    echo "the digests differ" >&2
    exit 1
fi
