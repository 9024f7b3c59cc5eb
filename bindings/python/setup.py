"""Builds the library with cargo and puts it into the wheel, next to the generated code.

NETMILE_CARGO_PROFILE chooses the profile (default: release); NETMILE_LIBRARY takes a library that is built already.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

NAMES = {"darwin": "libnetmile.dylib", "win32": "netmile.dll"}
NAME = NAMES.get(sys.platform, "libnetmile.so")


def library() -> Path:
    """The path of the built library."""
    given = os.environ.get("NETMILE_LIBRARY")
    if given:
        return Path(given)
    profile = os.environ.get("NETMILE_CARGO_PROFILE", "release")
    command = ["cargo", "build", "-p", "netmile-c", "--profile", profile, "--message-format", "json-render-diagnostics"]
    built = subprocess.run(command, cwd=Path(__file__).parent, check=True, stdout=subprocess.PIPE, text=True)
    for line in built.stdout.splitlines():
        message = json.loads(line)
        for name in message.get("filenames", []):
            if Path(name).name == NAME:
                return Path(name)
    raise SystemExit(f"cargo did not say where {NAME} is")


class BuildPy(build_py):
    """Adds the library to the Python sources."""

    def run(self) -> None:
        super().run()
        base = Path(__file__).parent / "src" if self.editable_mode else Path(self.build_lib)
        target = base / "netmile" / "_generated"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(library(), target / NAME)


class Wheel(bdist_wheel):
    """One wheel per platform serves every Python 3: the library does not use Python's own interface."""

    def get_tag(self) -> "tuple[str, str, str]":
        return ("py3", "none", super().get_tag()[2])


class WithLibrary(Distribution):
    """A distribution that is not pure Python."""

    def has_ext_modules(self) -> bool:
        return True


setup(cmdclass={"build_py": BuildPy, "bdist_wheel": Wheel}, distclass=WithLibrary)
