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
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple
from urllib.parse import quote_from_bytes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "conformance"), str(ROOT / "bindings" / "python" / "tests")]
import gateway  # noqa: E402
import run as conformance  # noqa: E402
import cases  # noqa: E402
from flows import KEYS, PERSONAL, flows  # noqa: E402

MARKERS = {**KEYS, **PERSONAL}
# Markers that answers bring back.
ANSWERED = ("customer", "item name", "free field", "row name", "user id", "designated key", "tag key")
# Markers of configurations that were refused: no value holds them, only frames of calls.
CONFIGURED = {"broken hash key", "broken secret"}
# It is in a flow that takes long, which is not run again without redaction.
SLOW = {"journal password"}
CODES = {error["code"] for error in conformance.lint.MANIFEST["errors"]}
BASES = cases.bases()
CASES = cases.chosen(conformance.load("")[0])
CALL_SECONDS = 60
# What a driver that traces writes before it goes on without redaction.
BARE = "== redaction off"
# What must be in a trace, or nobody listened: the libraries that send, and what an observer is told.
TRACED = ("reqwest", "hyper_util", "Sending", "Exchanged", "FormHandedOut")
# These are in cases that are run with redaction only.
ONCE = {"probe", "evidence", "inserted text"}
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
        # As Python prints bytes, and as the JVM and others print lists of them.
        yield f"{charset} escaped", "".join(chr(byte) if 31 < byte < 127 else f"\\x{byte:02x}" for byte in data).encode()
        yield f"{charset} numbers", ", ".join(str(byte) for byte in data).encode()
        yield f"{charset} signed numbers", ", ".join(str(byte - 256 if byte > 127 else byte) for byte in data).encode()
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


def marked(text: str) -> bool:
    return bool(found([text]))


class Mock(conformance.Mock):
    """A mock with a member who is called as the markers say."""

    def __init__(self, binary: str) -> None:
        demo = subprocess.run([binary, "scenario"], capture_output=True, check=True, encoding="utf-8").stdout
        with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as file:
            file.write(cases.scenario(demo))
            file.flush()
            super().__init__(binary, "--scenario", file.name)


class Driver:
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


class Run:
    """One language, and what was seen of it."""

    def __init__(self, language: str, command: str) -> None:
        self.language, self.driver = language, Driver(command)
        self.faults: List[str] = []
        self.printed = self.bare = 0
        self.codes: Set[str] = set()
        self.asked = cases.Asked(lambda text: marked(text))
        _, hello = self.driver.ask("hello")
        self.has: Set[str] = set(hello["has"])

    def fault(self, text: str) -> None:
        self.faults.append(text)
        print(f"{self.language}: {text}", flush=True)

    def texts(self, what: str) -> List[str]:
        became, texts = self.driver.ask(what)
        if became != "ok":
            raise SystemExit(f"{self.language}: {what}: {texts}")
        return list(texts["texts"])

    def flows(self, mock: Any, look: "Look", slow: bool = True) -> None:
        for name, commands in flows(mock.url, gateway, slow):
            if commands[0][0] == "transport" and "callbacks" not in self.has:
                continue
            mock.reset()
            self.driver.ask("reset")
            look.begin(name)
            for parts in commands:
                if parts[0] == "hold" and "hold" not in self.has:
                    continue
                kind, answer = self.driver.ask(*parts)
                look.after(parts, kind, answer)

    def cases(self, mock: Any, look: "Look", which: List[Dict[str, Any]]) -> None:
        """Cases of the suite; what they expect must be so, or nothing much was printed."""
        for case in which:
            mock.reset()
            self.driver.ask("reset")
            look.begin(case["id"])
            try:
                conformance.Case(case, Prober(self, look), mock if case.get("client") == "mock" else None, BASES).run()
            except conformance.Failed as failed:
                self.fault(f"{case['id']}: {failed}")

    def probes(self, mock: Any, look: "Look") -> None:
        prober = Prober(self, look)
        for operation, request in list(self.asked.probes()):
            self.driver.ask("reset")
            look.begin(f"probe of {operation}")
            prober.ask("new", json.dumps(conformance.config(mock.url)))
            prober.ask("invoke", operation, json.dumps(request, ensure_ascii=False))


class Prober:
    """The driver, with a look after each command."""

    def __init__(self, run: Run, look: "Look") -> None:
        self._run, self._look = run, look

    def ask(self, *parts: str) -> "tuple[str, Any]":
        kind, answer = self._run.driver.ask(*parts)
        self._look.after(parts, kind, answer)
        return kind, answer


class Look:
    """What is looked at after each command: nothing of what the language prints may hold a marker."""

    def __init__(self, run: Run) -> None:
        self.run, self.name = run, ""
        self.control: Set[str] = set()
        self.held: Set[str] = set()
        self._seen: Set[str] = set()

    def begin(self, name: str) -> None:
        self.name = name
        self._seen.clear()

    def new(self, texts: List[str]) -> List[str]:
        """Those that this flow has not shown before."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._seen]
        self._seen.update(fresh)
        return fresh

    def after(self, parts: Tuple[str, ...], kind: str, answer: Any) -> None:
        run, shown = self.run, self.run.texts("print")
        if parts[0] == "invoke":
            run.asked.saw(parts[1], json.loads(parts[2]), kind)
        if kind == "error":
            # How the language prints the error is no accessor of anything.
            shown.append(json.dumps(answer, ensure_ascii=False))
            run.codes.add(str(answer.get("code")))
        run.printed += sum(map(len, shown))
        told = found([json.dumps(answer, ensure_ascii=False)]) if kind == "error" else {}
        for marker, forms in found(self.new(shown)).items():
            if marker == "misplaced" and marker not in told:
                continue
            text = next(one for one in shown if found([one]).get(marker))
            run.fault(f"LEAK {self.name}: {marker} as {', '.join(sorted(forms))}: …{around(text, marker)}…")
        if "hold" in run.has:
            given, *values = run.texts("expose")
            held = set(found(self.new(values)))
            self.held |= held
            self.control |= held | set(found(self.new([given])))
        elif kind == "ok":
            self.control |= set(found([json.dumps(answer, ensure_ascii=False)]))


class Control(Look):
    """The same flows and the same ways of printing, without redaction: what values and errors hold must be seen."""

    def after(self, parts: Tuple[str, ...], kind: str, answer: Any) -> None:
        run = self.run
        shown = self.new(run.texts("print"))
        run.bare += sum(map(len, shown))
        hits = set(found(shown))
        self.control |= hits
        # The first of these texts is the configuration, which is the program's own.
        held = set(found(self.new(run.texts("expose")[1:])))
        if kind == "error" and parts[0] == "invoke" and "frames" in run.has and answer.get("code") in CODES:
            held |= set(found(list(parts)))
        for marker in sorted(held - hits - {"misplaced"}):
            run.fault(f"CONTROL {self.name}: {parts[:2]}: without redaction nobody sees {marker}, which is there")


def judge(language: str, command: str, binary: str) -> Run:
    """Runs every flow in one language, with redaction and without."""
    run = Run(language, command)
    mock = Mock(binary)
    try:
        look, control = Look(run), Control(run)
        run.flows(mock, look)
        held = look.held | (CONFIGURED if "frames" in run.has else set())
        run.cases(mock, look, CASES)
        run.probes(mock, look)
        for fault in run.asked.faults():
            run.fault(fault)
        if "hold" in run.has:
            run.driver.ask("redaction", "off")
            run.flows(mock, control, slow=False)
            run.cases(mock, control, cases.own())
    finally:
        mock.close()
        run.driver.close()
    noise, bare = parted(run.driver.noise)
    for marker, forms in found(noise).items():
        line = next((one for one in noise if marker in found([one])), "")
        run.fault(f"LEAK error stream: {marker} as {', '.join(sorted(forms))}: …{around(line, marker)}…")
    if "trace" in run.has:
        trace = "".join(noise)
        missing = [name for name in TRACED if name not in trace]
        missing += sorted(set(MARKERS) - set(found(bare)) - SLOW - ONCE)
        if missing:
            run.fault(f"CONTROL: the trace does not show {', '.join(missing)}")
        print(f"{language}: {len(trace)} characters traced", flush=True)
    # Without `hold` only what comes back in answers can be seen at all.
    wanted = set(MARKERS if "hold" in run.has else ANSWERED) - {"misplaced"}
    missing = sorted(wanted - look.control)
    if missing:
        run.fault(f"CONTROL: the accessors do not give {', '.join(missing)}")
    if "hold" in run.has:
        missing = sorted(held - control.control - SLOW - {"misplaced"})
        if missing:
            run.fault(f"CONTROL: without redaction nobody sees {', '.join(missing)}")
    if "unknown_command" in run.codes or run.printed < 10_000:
        run.fault(f"CONTROL: {run.printed} characters were printed; errors: {', '.join(sorted(run.codes))}")
    print(
        f"{language}: {len(MARKERS)} markers, {run.printed} characters printed, {len(run.faults)} faults; accessors give "
        f"{len(look.control)} of the markers, {run.bare} characters without redaction show {len(control.control)}; "
        f"errors met: {', '.join(sorted(run.codes))}",
        flush=True,
    )
    return run


def parted(noise: List[str]) -> "Tuple[List[str], List[str]]":
    """The error stream before a driver was told to go without redaction, and after it."""
    at = next((number for number, line in enumerate(noise) if line.rstrip("\n") == BARE), len(noise))
    return noise[:at], noise[at:]


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
    binary = os.environ["NETMILE_MOCK_BIN"]
    # Each has a mock of its own. Much of the time is waiting for a database that is not there.
    with ThreadPoolExecutor(len(given.driver)) as pool:
        runs = list(pool.map(lambda one: judge(*one.split("=", 1), binary), given.driver))
    for one in given.not_run:
        print("{}: {}".format(*one.split("=", 1)))
    return 1 if any(run.faults for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
