#!/usr/bin/env python3
"""The workspaces of the tests have the versions and the development profile of the main one.

They are compiled into one directory: what differs is compiled once more, and nobody would notice but the clock.
"""

import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
OTHERS = ["tests/simulation", "tests/fuzz"]


def read(path: pathlib.Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def versions(directory: pathlib.Path) -> dict[str, set[str]]:
    """The versions of each package from a registry."""
    found: dict[str, set[str]] = {}
    for package in read(directory / "Cargo.lock")["package"]:
        if "source" in package:
            found.setdefault(package["name"], set()).add(package["version"])
    return found


def profile(directory: pathlib.Path) -> dict:
    """The development profile, without what it says of our own packages."""
    dev = read(directory / "Cargo.toml")["profile"]["dev"]
    packages = {name: value for name, value in dev.get("package", {}).items() if not name.startswith("netmile")}
    return {**dev, "package": packages}


def main() -> int:
    wrong = []
    main_versions, main_profile = versions(ROOT), profile(ROOT)
    for name in OTHERS:
        if profile(ROOT / name) != main_profile:
            wrong.append(f"{name}/Cargo.toml: [profile.dev] is not that of Cargo.toml")
        for package, has in sorted(versions(ROOT / name).items()):
            wanted = main_versions.get(package)
            if wanted and not has <= wanted:
                wrong.append(f"{name}/Cargo.lock: {package} is {', '.join(has - wanted)}, elsewhere {', '.join(wanted)}")
    print("\n".join(wrong) or "the workspaces of the tests fit the main one")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
