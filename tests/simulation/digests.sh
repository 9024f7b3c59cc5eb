#!/bin/sh
# The same seeds, our own crates built with optimisation and as a debug build: what happens must be the same, byte for
# byte. One profile with two settings, so that what others wrote is compiled once.
set -eu
cd "$(dirname "$0")"
flows="${1:-300}"
cargo="${CARGO:-cargo}"

digest() {
    "$cargo" run --quiet --locked "$@" --bin simulate -- --flows "$flows" --digest
}

optimised=$(digest)
echo "$flows flows, optimised: $optimised"
set --
for crate in netmile netmile-mock netmile-simulation; do
    set -- "$@" --config "profile.dev.package.$crate.opt-level=0" \
        --config "profile.dev.package.$crate.debug-assertions=true"
done
debug=$(digest "$@")
echo "$flows flows, debug: $debug"
if [ "$debug" != "$optimised" ]; then
    echo "the digests differ" >&2
    exit 1
fi
