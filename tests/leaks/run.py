#!/usr/bin/env python3
"""The judge of the leak test: README.md says what is looked for, and where."""

from __future__ import annotations

import argparse
import base64
import json
import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple
from urllib.parse import quote_from_bytes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "conformance"), str(ROOT / "bindings" / "python" / "tests")]
import gateway  # noqa: E402
import run as conformance  # noqa: E402
from flows import KEYS, PERSONAL, flows  # noqa: E402

MARKERS = {**KEYS, **PERSONAL}
# Markers that answers bring back.
ANSWERED = ("customer", "item name", "free field", "row name", "user id", "designated key", "tag key")
CALL_SECONDS = 60
# Coroutines that copy errors to recover their traces, and a JNA that prints structures with their memory.
JVM = "-ea -Dkotlinx.coroutines.debug=on -Djna.dump_memory=true -Djna.debug_load=true"


def needles(value: str) -> Iterator[Tuple[str, bytes]]:
    """Every form in which a value may be printed."""
    for charset, data in (("UTF-8", value.encode("utf-8")), ("CP932", gateway.shift_jis(value))):
        yield charset, data
        yield f"{charset} reversed", data[::-1]
        for before in range(3):
            # Where it begins within three bytes, and ends within three: only whole groups are its own.
            after = (-(before + len(data))) % 3
            code = base64.b64encode(b"\0" * before + data + b"\0" * after)
            own = code[4 if before else 0 : len(code) - 4 if after else None]
            assert len(own) >= 4, f"{value} is too short"
            yield f"{charset} Base64 at {before}", own
            yield f"{charset} Base64url at {before}", own.replace(b"+", b"-").replace(b"/", b"_")
        yield f"{charset} hex", data.hex().encode()
        yield f"{charset} HEX", data.hex().upper().encode()
        every = "".join(f"%{byte:02X}" for byte in data)
        for name, text in (("percent", quote_from_bytes(data, safe="")), ("percent of all", every)):
            yield f"{charset} {name}", text.encode()
            yield f"{charset} {name}, lower case", text.lower().encode()
    escaped = json.dumps(value)[1:-1]
    yield "JSON", escaped.encode()
    yield "JSON, upper case", "".join(
        f"\\u{ord(one):04X}" if ord(one) > 127 else one for one in value
    ).encode()


FORMS = {name: sorted({(form, needle) for form, needle in needles(value)}) for name, value in MARKERS.items()}


def found(texts: List[str]) -> "Dict[str, Set[str]]":
    """The markers that are in these texts, and in which form."""
    data = "\n".join(texts).encode("utf-8", "surrogateescape")
    hits: Dict[str, Set[str]] = {}
    for name, forms in FORMS.items():
        for form, needle in forms:
            if needle in data:
                hits.setdefault(name, set()).add(form)
    return hits


class Language:
    """A driver of the conformance suite; what it writes to its error stream is printed as well."""

    def __init__(self, command: str) -> None:
        # Whatever library of the language or of Rust would tell more when asked to.
        environment = {**os.environ, "RUST_LOG": "trace", "RUST_BACKTRACE": "full", "PYTHONDEVMODE": "1", "JDK_JAVA_OPTIONS": JVM}
        self._process = subprocess.Popen(
            shlex.split(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
            bufsize=1,
            env=environment,
        )
        self.noise: List[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stderr
        self.noise.extend(self._process.stderr)

    def ask(self, *parts: str) -> "tuple[str, Any]":
        assert self._process.stdin and self._process.stdout
        watchdog = threading.Timer(CALL_SECONDS, self._process.kill)
        watchdog.start()
        try:
            self._process.stdin.write("\t".join(parts) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            watchdog.cancel()
        if not line.endswith("\n"):
            raise SystemExit(f"the driver is gone: {''.join(self.noise)[-2000:]}")
        kind, _, text = line.rstrip("\n").partition("\t")
        return kind, json.loads(text or "{}")

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.write("quit\n")
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._listener.join(timeout=20)


def judge(language: str, command: str, mock: Any) -> int:
    """Runs every flow in one language; returns the number of faults."""
    driver, faults, printed, exposed = Language(command), 0, 0, []
    codes: Set[str] = set()
    _, hello = driver.ask("hello")
    holds = "hold" in hello["has"]
    for name, commands in flows(mock.url, gateway):
        if commands[0][0] == "transport" and "callbacks" not in hello["has"]:
            continue
        mock.reset()
        driver.ask("reset")
        for parts in commands:
            if parts[0] == "hold" and not holds:
                continue
            kind, answer = driver.ask(*parts)
            became, texts = driver.ask("print")
            if became != "ok":
                raise SystemExit(f"{language}: {name}: nothing was printed: {texts}")
            shown = list(texts["texts"])
            if kind == "error":
                # How the language prints the error is no accessor of anything.
                shown.append(json.dumps(answer, ensure_ascii=False))
                codes.add(str(answer.get("code")))
            for marker, forms in found(shown).items():
                text = next(one for one in shown if found([one]).get(marker))
                print(f"LEAK {language}: {name}: {marker} as {', '.join(sorted(forms))}: …{around(text, marker)}…")
                faults += 1
            printed += sum(map(len, shown))
            if holds:
                _, texts = driver.ask("expose")
                exposed += texts["texts"]
            elif kind == "ok":
                exposed.append(json.dumps(answer, ensure_ascii=False))
    driver.close()
    for marker, forms in found(driver.noise).items():
        print(f"LEAK {language}: error stream: {marker} as {', '.join(sorted(forms))}")
        faults += 1
    control = found(exposed)
    # Without `hold` only what comes back in answers can be seen at all.
    missing = sorted(set(MARKERS if holds else ANSWERED) - set(control))
    if missing:
        print(f"CONTROL {language}: nobody would have seen {', '.join(missing)}")
        faults += len(missing)
    if "unknown_command" in codes or printed < 10_000:
        print(f"CONTROL {language}: {printed} characters were printed; errors: {', '.join(sorted(codes))}")
        faults += 1
    print(
        f"{language}: {len(MARKERS)} markers, {printed} characters printed, {faults} faults; "
        f"the control run{'' if holds else ' (answers only)'} shows {len(control)} of the markers; errors met: {', '.join(sorted(codes))}"
    )
    return faults


def around(text: str, marker: str) -> str:
    data = text.encode("utf-8", "surrogateescape")
    for _, needle in FORMS[marker]:
        at = data.find(needle)
        if at >= 0:
            return data[max(0, at - 60) : at + 20].decode("utf-8", "replace").replace("\n", " ")
    return ""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", action="append", required=True, help="language=command")
    parser.add_argument("--not-run", action="append", default=[], help="language=why")
    given = parser.parse_args()
    mock = conformance.Mock(os.environ["NETMILE_MOCK_BIN"])
    try:
        faults = sum(judge(*one.split("=", 1), mock) for one in given.driver)
    finally:
        mock.close()
    for one in given.not_run:
        print("{}: {}".format(*one.split("=", 1)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
