#!/usr/bin/env python3
"""What a call costs in each language, in one run: README.md says what is compared with what."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "conformance"), str(ROOT / "bindings" / "python" / "tests")]
import gateway  # noqa: E402
import run as conformance  # noqa: E402

MOST_SECONDS = 600


def notice() -> bytes:
    """A signed notice of the known answers."""
    vectors = json.loads((ROOT / "tests" / "vectors" / "link.json").read_text(encoding="utf-8"))["vectors"]
    one = next(vector for vector in vectors if vector["id"] == "V3")
    return gateway.encode_form([*map(tuple, one["fields"]), ("sps_hashcode", one["digest"])])


def measured(*command: str) -> Dict[str, float]:
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS)
    if made.returncode != 0:
        raise SystemExit(f"{command[0]} failed: {made.stderr[-2000:]}")
    return {name: float(value) for name, value in (line.split() for line in made.stdout.splitlines())}


def table(heads: List[str], rows: List[List[str]]) -> None:
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def duration(nanoseconds: float) -> str:
    for unit, size in (("ns", 1.0), ("µs", 1e3), ("ms", 1e6)):
        if nanoseconds < size * 1000:
            return f"{nanoseconds / size:.{0 if nanoseconds / size >= 100 else 1}f} {unit}"
    return f"{nanoseconds / 1e9:.1f} s"


def whole(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else path.stat().st_size


def sizes(paths: List[str]) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as made:
        for given in paths:
            name, _, path = given.partition("=")
            found = Path(path)
            if not found.exists():
                raise SystemExit(f"{path} is not there")
            stripped = ""
            if found.suffix == ".so":
                copy = Path(made) / found.name
                subprocess.run(["strip", "-o", str(copy), str(found)], check=True)
                stripped = f"{whole(copy) / 1e6:.2f} MB"
            rows.append([name, f"{whole(found) / 1e6:.2f} MB", stripped])
    table(["artifact", "size", "stripped"], rows)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rust", help="the built netmile-benches binary `calls`")
    parser.add_argument("--language", action="append", default=[], help="language=command")
    parser.add_argument("--artifact", action="append", default=[], help="name=path, for its size")
    parser.add_argument("--charges", type=int, default=101, help="charges a language, by each way")
    given = parser.parse_args()
    languages = dict(one.split("=", 1) for one in given.language)
    with tempfile.NamedTemporaryFile(suffix=".notice") as file:
        file.write(notice())
        file.flush()
        base = measured(given.rust, file.name) if given.rust else {}
        rows = [["rust", *(part for name in ("cheap", "hash") for part in (duration(base[name]), "1"))]] if base else []
        for language, command in languages.items():
            found = measured(*command.split(), "local", file.name)
            row = [language]
            for name in ("cheap", "hash"):
                ratio = f"{found[name] / base[name]:.1f}" if base else ""
                row += [duration(found[name]), ratio]
            rows.append(row)
    table(["a call", "a rate", "× Rust", "a notice's hash checked", "× Rust"], rows)
    rows = []
    for language, command in languages.items():
        # A mock for each: the books of the one before would make it slower.
        mock = conformance.Mock(os.environ["NETMILE_MOCK_BIN"])
        try:
            config = conformance.config(mock.url)
            arguments = [json.dumps(config), str(given.charges), f"{mock.url}/api/xmlapi.do", conformance.DEMO_KEY]
            found = measured(*command.split(), "charge", *arguments)
        finally:
            mock.close()
        ratio = f"{found['sdk'] / found['hand']:.2f}"
        rows.append([language, duration(found["hand"] * 1e3), duration(found["sdk"] * 1e3), ratio])
    table(["a charge (median)", "by hand", "netmile", "ratio"], rows)
    if given.artifact:
        sizes(given.artifact)
    return 0


if __name__ == "__main__":
    sys.exit(main())
