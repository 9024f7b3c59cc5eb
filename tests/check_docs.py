#!/usr/bin/env python3
"""Every relative link in the Markdown files leads to a file, and every anchor in it to a heading."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def anchors(text: str) -> set[str]:
    found = set()
    for line in text.splitlines():
        if line.startswith("#"):
            title = line.lstrip("#").strip().lower()
            title = re.sub(r"[`*_]", "", title)
            found.add(re.sub(r"[^\w\- ]", "", title).replace(" ", "-"))
    return found


def main() -> int:
    listed = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    broken = []
    for name in listed:
        path = ROOT / name
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            goal = (path.parent / file).resolve() if file else path
            if not goal.exists():
                broken.append(f"{name}: {target} leads nowhere")
            elif anchor and goal.suffix == ".md" and anchor.lower() not in anchors(goal.read_text(encoding="utf-8")):
                broken.append(f"{name}: {target} has no such heading")
    print("\n".join(broken) or f"links of {len(listed)} files lead somewhere")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
