#!/bin/sh
# The same seeds, built without and with optimisation: what happens must be the same, byte for byte.
set -eu
cd "$(dirname "$0")"
flows="${1:-300}"
cargo="${CARGO:-cargo}"
first=""
for profile in dev sim; do
    digest=$("$cargo" run --quiet --locked --profile "$profile" --bin simulate -- --flows "$flows" --digest)
    echo "$flows flows, profile $profile: $digest"
    if [ -n "$first" ] && [ "$digest" != "$first" ]; then
        echo "the digests differ" >&2
        exit 1
    fi
    first="$digest"
done
