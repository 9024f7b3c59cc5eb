"""Loads the library and refuses one that does not belong to this package."""

from __future__ import annotations

from typing import Any

from .errors import LibraryError

_NOT_TOGETHER = "the netmile library and this package were not built together"


def _mismatch(detail: str) -> LibraryError:
    return LibraryError(
        "version_mismatch",
        detail,
        hint="Install the package again: the library of its release is a part of it.",
        hint_ja="パッケージを入れ直してください。同じリリースのライブラリが含まれています。",
    )


try:
    from ._generated import netmile_ffi
except OSError as error:
    raise LibraryError(
        "library_missing",
        "the netmile library for this system can not be loaded",
        hint="A wheel is for one platform: install the one of this platform, or from the source tree.",
        hint_ja="wheel はプラットフォームごとに異なります。この環境用の wheel を使うか、ソースからインストールしてください。",
    ) from error
except Exception:
    # The generated code looks at a part of it while it is loaded, and has no error of its own then.
    raise _mismatch(_NOT_TOGETHER) from None

__all__ = ["ABI_VERSION", "VERSION", "ffi"]

# The generated code is typed only in parts; its records are checked by the tests of this package.
ffi: Any = netmile_ffi
ABI_VERSION = 2
VERSION = "0.1.0"


def _check() -> None:
    found = (ffi.abi_version(), ffi.library_version())
    if found != (ABI_VERSION, VERSION):
        raise _mismatch(
            f"the netmile library has interface {found[0]} and version {found[1]}; "
            f"this package needs interface {ABI_VERSION} and version {VERSION}"
        )
    # The generated code carries these checks but does not run them by itself.
    try:
        ffi._uniffi_check_contract_api_version(ffi._UniffiLib)
        ffi._uniffi_check_api_checksums(ffi._UniffiLib)
    except ffi.InternalError:
        raise _mismatch(_NOT_TOGETHER) from None


_check()
