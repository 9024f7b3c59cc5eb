#!/bin/sh
# Libraries of other versions in DIRECTORY, each in a directory of its own, behind the real library LIBRARY.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
library=$1
stubs=$2
abi=$(sed -n 's/^#define NETMILE_ABI_VERSION //p' "$here/../../../bindings/c/include/netmile.h")

stub() {
    name=$1
    shift
    mkdir -p "$stubs/$name"
    # By its path, so that the real library is found whatever the stub is called.
    ${CC:-cc} -std=c99 -Wall -Wextra -Werror -shared -fPIC "$@" "$here/stub.c" -o "$stubs/$name/libnetmile.so" \
        -Wl,--no-as-needed "$library"
}

stub same
stub newer "-DABI=$((abi + 1))"
stub older "-DABI=$((abi - 1))"
stub none -DABI=0
stub largest -DABI=4294967295u
stub contract -DCONTRACT=1
stub checksum -DCHECKSUM=1
