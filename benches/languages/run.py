#!/usr/bin/env python3
"""What a call costs in each language, in one run: README.md says what is compared with what."""

from __future__ import annotations

import argparse
import json
import os
import statistics
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
NAMES = ("cheap", "hash")
# Of a static library only what a debugger reads.
STRIP = {".a": ["--strip-debug"], ".dylib": ["-x"]}


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


def spread(values: List[float], form: str) -> str:
    """The median, and the least and the most when they differ in what is shown."""
    least, middle, most = (format(value, form) for value in (min(values), statistics.median(values), max(values)))
    return middle if least == most else f"{middle} ({least} to {most})"


def weight(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.2f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def sizes(groups: Dict[str, List[str]]) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as made:
        for half, given in groups.items():
            for one in given:
                name, _, path = one.partition("=")
                found = Path(path)
                if not found.is_file():
                    raise SystemExit(f"{path} is not there")
                stripped = ""
                if found.suffix in (".so", ".dylib", ".a"):
                    copy = Path(made) / found.name
                    subprocess.run(["strip", *STRIP.get(found.suffix, []), "-o", str(copy), str(found)], check=True)
                    stripped = weight(copy)
                rows.append([name, half, weight(found), stripped])
    table(["artifact", "merchant half", "size", "stripped"], rows)


class Charges:
    """A charge by each way, against a mock of its own: the books of the one before would make it slower."""

    def __init__(self, count: int) -> None:
        self._count = str(count)

    def measured(self, command: str) -> Dict[str, float]:
        mock = conformance.Mock(os.environ["NETMILE_MOCK_BIN"])
        try:
            config = json.dumps(conformance.config(mock.url))
            url = f"{mock.url}/api/xmlapi.do"
            return measured(*command.split(), "charge", config, self._count, url, conformance.DEMO_KEY)
        finally:
            mock.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rust", required=True, help="the built netmile-benches binary `calls`")
    parser.add_argument("--language", action="append", default=[], help="language=command")
    parser.add_argument("--artifact", action="append", default=[], help="name=path, for its size")
    parser.add_argument("--without", action="append", default=[], help="the same of what has no merchant half")
    parser.add_argument("--charges", type=int, default=101, help="charges a language and round, by each way")
    parser.add_argument("--rounds", type=int, default=5, help="how often all of it is measured")
    given = parser.parse_args()
    languages = dict(one.split("=", 1) for one in given.language)
    # What each round found, all languages of a round close together: whatever else the machine does hits all of them.
    base: List[Dict[str, float]] = []
    calls: Dict[str, List[Dict[str, float]]] = {language: [] for language in languages}
    charges: Dict[str, List[Dict[str, float]]] = {language: [] for language in languages}
    by_each = Charges(given.charges)
    with tempfile.NamedTemporaryFile(suffix=".notice") as file:
        file.write(notice())
        file.flush()
        for _ in range(given.rounds):
            base.append(measured(given.rust, file.name))
            for language, command in languages.items():
                calls[language].append(measured(*command.split(), "local", file.name))
                charges[language].append(by_each.measured(command))

    def middle(found: List[Dict[str, float]], name: str) -> float:
        return statistics.median(one[name] for one in found)

    rows = [["rust", *(part for name in NAMES for part in (duration(middle(base, name)), "1"))]]
    for language, found in calls.items():
        row = [language]
        for name in NAMES:
            ratios = [one[name] / rust[name] for one, rust in zip(found, base)]
            row += [duration(middle(found, name)), spread(ratios, ".1f")]
        rows.append(row)
    print(f"Medians of {given.rounds} rounds, the least and the most in brackets.\n")
    table(["a call", "a rate", "× Rust", "a notice's hash checked", "× Rust"], rows)
    rows = []
    for language, found in charges.items():
        ratios = [one["sdk"] / one["hand"] for one in found]
        times = [duration(middle(found, name) * 1e3) for name in ("hand", "sdk")]
        rows.append([language, *times, spread(ratios, ".2f")])
    table(["a charge", "by hand", "netmile", "ratio"], rows)
    sizes({"with": given.artifact, "without": given.without})
    return 0


if __name__ == "__main__":
    sys.exit(main())
