package netmile.internal

import netmile.LibraryException
import netmile.internal.ffi.abiVersion
import netmile.internal.ffi.libraryVersion
import netmile.internal.ffi.uniffiEnsureInitialized

/** Loads the library and refuses one that does not belong to this package. */
internal object Library {
    @Volatile
    private var isChecked = false

    /** Loads it at the first call. */
    fun ensure() {
        if (isChecked) return
        check(ABI_VERSION, VERSION)
        isChecked = true
    }

    /** Compares the library with what this package was written for. */
    fun check(abi: Int, version: String) {
        val found = try {
            Pair(abiVersion().toInt(), libraryVersion())
        } catch (error: LinkageError) {
            throw missing(error)
        }
        if (found != Pair(abi, version)) {
            throw mismatch(
                "the netmile library has interface ${found.first} and version ${found.second}; " +
                    "this package needs interface $abi and version $version",
            )
        }
        // The generated code carries these checks but does not run them by itself.
        try {
            uniffiEnsureInitialized()
        } catch (_: LinkageError) {
            throw mismatch("the netmile library and this package were not built together")
        } catch (_: RuntimeException) {
            throw mismatch("the netmile library and this package were not built together")
        }
    }

    private fun mismatch(detail: String) = LibraryException(
        "version_mismatch",
        detail,
        "Use the jar and the library of one release; look for an older one in jna.library.path.",
        "同じリリースの jar とライブラリを使用してください。jna.library.path に古いものがないか確認してください。",
    )

    private fun missing(error: LinkageError) = LibraryException(
        "library_missing",
        "the netmile library for this system can not be loaded",
        "The jar has libraries for the systems that it was built for; name the directory of another by " +
            "-Djna.library.path.",
        "jar には、ビルド対象のシステム用のライブラリだけが入っています。ほかのライブラリは、そのディレクトリを " +
            "-Djna.library.path で指定してください。",
    ).also { it.initCause(error) }
}
