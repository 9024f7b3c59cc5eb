"""Loads the library and refuses one that does not belong to this package."""

from __future__ import annotations

from typing import Any

try:
    from ._generated import netmile_ffi
except OSError:
    raise
except Exception:
    # The generated code looks at a part of it while it is loaded, and has no error of its own then.
    _unfit = True
else:
    _unfit = False
if _unfit:
    raise ImportError("the netmile library and this package were not built together")

__all__ = ["ABI_VERSION", "VERSION", "ffi"]

# The generated code is typed only in parts; its records are checked by the tests of this package.
ffi: Any = netmile_ffi
ABI_VERSION = 2
VERSION = "0.1.0"


def _check() -> None:
    found = (ffi.abi_version(), ffi.library_version())
    if found != (ABI_VERSION, VERSION):
        raise ImportError(
            f"the netmile library has interface {found[0]} and version {found[1]}; "
            f"this package needs interface {ABI_VERSION} and version {VERSION}"
        )
    # The generated code carries these checks but does not run them by itself.
    try:
        ffi._uniffi_check_contract_api_version(ffi._UniffiLib)
        ffi._uniffi_check_api_checksums(ffi._UniffiLib)
    except ffi.InternalError:
        raise ImportError("the netmile library and this package were not built together") from None


_check()
