"""maturin, with the committed UniFFI sources in the wheel instead of newly made ones.

maturin asks a program named ``uniffi-bindgen`` for the Python sources of the library. What is committed is compared with the
library by CI, so the wheel takes that, and nobody who installs the package compiles the generator.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import maturin

COMMITTED = Path(__file__).parent / "src" / "netmile" / "_generated" / "netmile_ffi.py"
GENERATOR = f"""#!/bin/sh
while [ $# -gt 0 ]; do
    if [ "$1" = --out-dir ]; then out=$2; fi
    shift
done
cp '{COMMITTED}' "$out/"
"""


@contextmanager
def _committed_sources() -> Iterator[None]:
    before = os.environ.get("PATH", "")
    with tempfile.TemporaryDirectory() as directory:
        program = Path(directory) / "uniffi-bindgen"
        program.write_text(GENERATOR, encoding="utf-8")
        program.chmod(0o755)
        os.environ["PATH"] = os.pathsep.join([directory, before])
        try:
            yield
        finally:
            os.environ["PATH"] = before


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    with _committed_sources():
        return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    with _committed_sources():
        return maturin.build_editable(wheel_directory, config_settings, metadata_directory)


build_sdist = maturin.build_sdist
prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_editable
get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
get_requires_for_build_editable = maturin.get_requires_for_build_editable
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
