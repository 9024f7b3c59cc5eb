"""Checks that what the READMEs show in Kotlin and Java stands in a test, line by line."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE / "netmile" / "src" / "test"


def lines(text: str) -> "list[str]":
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def main() -> int:
    tests = "\n".join(line for path in sorted(TESTS.rglob("*.*")) for line in lines(path.read_text(encoding="utf-8")))
    wrong = shown = 0
    for name in ("README.md", "README.ja.md"):
        text = (HERE / name).read_text(encoding="utf-8")
        for block in re.findall(r"```(?:kotlin|java)\n(.*?)```", text, re.DOTALL):
            shown += 1
            if "\n".join(lines(block)) not in tests:
                print(f"{name} shows what no test runs:\n{block}", file=sys.stderr)
                wrong += 1
    return 1 if wrong or not shown else 0


if __name__ == "__main__":
    sys.exit(main())
