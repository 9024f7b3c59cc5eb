#!/usr/bin/env python3
"""Every relative link in the Markdown files leads to a file, and every anchor in it to a heading.

The README of each language has every topic, in both languages, and those of Python and C show what their tests run.
That of C has every field of the configuration.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")

# What a developer looks for, by words of the headings of the second level.
TOPICS = {
    "README.md": {
        "install": "Install",
        "checkout": "checkout",
        "notices": "The notice",
        "events": "Events",
        "errors": "[Ee]rrors",
        "async": "Async|asyncio|[Tt]hreads",
        "deployment": "Deployment",
    },
    "README.ja.md": {
        "install": "インストール",
        "checkout": "決済を始める",
        "notices": "購入結果通知",
        "events": "イベント",
        "errors": "エラー",
        "async": "非同期|asyncio|スレッド",
        "deployment": "運用",
    },
}
LANGUAGES = ("python", "php", "kotlin", "swift", "c")
# Of each README: what its blocks are called, where the files lie that its tests run, and what a comment looks like.
SNIPPETS = {
    "python": (("python",), "bindings/python/tests/snippets", r"#.*"),
    "c": (("c", "json"), "bindings/c/tests/snippets", r"/\*.*?\*/"),
}


def topics() -> list[str]:
    """What is missing in which README."""
    missing = []
    for language in LANGUAGES:
        for name, wanted in TOPICS.items():
            path = ROOT / "bindings" / language / name
            text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
            headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
            for topic, words in wanted.items():
                if not any(re.search(words, heading) for heading in headings):
                    missing.append(f"bindings/{language}/{name}: no heading about {topic}")
    return missing


def code(text: str, comment: str) -> str:
    """Code without comments, which are in the language of the page."""
    plain = re.sub(comment, "", text, flags=re.S if comment.startswith("/") else 0)
    lines = (line.rstrip() for line in plain.splitlines())
    return "\n".join(line for line in lines if line)


def snippets() -> list[str]:
    """Blocks of code that are no file of the tests, and files that a README does not show."""
    wrong = []
    for language, (kinds, directory, comment) in SNIPPETS.items():
        paths = [path for path in (ROOT / directory).iterdir() if path.is_file()]
        files = {path.name: code(path.read_text(encoding="utf-8"), comment) for path in paths}
        for name in TOPICS:
            text = (ROOT / "bindings" / language / name).read_text(encoding="utf-8")
            blocks = re.findall(rf"^```(?:{'|'.join(kinds)})\n(.*?)^```$", text, flags=re.S | re.M)
            shown = [code(block, comment) for block in blocks]
            wrong += [
                f"bindings/{language}/{name} shows what no test runs:\n{block}"
                for block, plain in zip(blocks, shown)
                if plain not in files.values()
            ]
            wrong += [
                f"bindings/{language}/{name} does not show {directory}/{file}"
                for file, plain in sorted(files.items())
                if plain not in shown
            ]
    return wrong


def configuration() -> list[str]:
    """Fields of the configuration that a README of C does not name."""
    source = (ROOT / "ffi" / "runtime" / "src" / "config.rs").read_text(encoding="utf-8")
    structures = re.findall(r"^struct \w+ \{\n(.*?)^\}", source, flags=re.S | re.M)
    fields = sorted({field for body in structures for field in re.findall(r"^    (\w+): ", body, flags=re.M)})
    missing = [] if len(fields) > 30 else ["the fields of the configuration were not found"]
    for name in TOPICS:
        text = (ROOT / "bindings" / "c" / name).read_text(encoding="utf-8")
        unnamed = [field for field in fields if not re.search(rf'[`"]{field}[`"]', text)]
        missing += [f"bindings/c/{name}: nothing about {field}" for field in unnamed]
    return missing


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
    broken = topics() + snippets() + configuration()
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
    well = f"links of {len(listed)} files lead somewhere; READMEs have every topic and show what is run"
    print("\n".join(broken) or well)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
