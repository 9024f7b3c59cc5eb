// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

/** The interface of the library that this package was written for. */
internal const val ABI_VERSION: Int = 2

/** The version of the library that belongs to this package. */
internal const val VERSION: String = "0.1.0"
