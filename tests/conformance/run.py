#!/usr/bin/env python3
"""The judge of the conformance suite: README.md says how cases and drivers look."""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "bindings" / "python" / "tests")]
import gateway  # noqa: E402
import lint  # noqa: E402
import mutate  # noqa: E402
import same  # noqa: E402

DEMO_KEY = "demo0key0of0the0mock0gateway0not0a0secr0"
CALL_SECONDS = 30
# Least that a call must work, for clocks that tick a hundred times a second.
WORK_SECONDS = 0.05
LIBRARY_THREAD = "netmile"
# Of what a language has the contrary of, and what is the same in several.
DEFAULT_WHY = {
    "loads": "the library is linked: the system loads it before the program begins",
    "releases": "the language does not tell a package of forks",
    "unreleased": "the package releases a database by itself when the process forks",
}
RELEASE = re.findall(r'^version = "(.*)"', (HERE.parents[1] / "Cargo.toml").read_text(encoding="utf-8"), re.M)[0]


def config(url: str, **more: Any) -> Dict[str, Any]:
    """The demo merchant and site of a mock."""
    functions = {
        "request": "ST01-00101",
        "refund": "ST02-00303",
        "partial_refund": "ST02-00307",
        "inquiry": "MG01-00101",
        "simple_apply": "ST01-00102",
        "simple_end": "ST02-00302",
        "period": "ST01-00104",
        "metered_end": "ST02-00309",
        "balance": "MG01-00102",
    }
    statuses = [["0", "none"], ["1", "processing"], ["2", "captured"], ["4", "refunded"], ["5", "partly_refunded"]]
    api = {
        "number": "900",
        "flow": "one_step",
        "capture": "automatic",
        "functions": functions,
        "inquiry_by": "order",
        "statuses": statuses,
        "member_leaf": "netmile_user_id",
        "tells_refunds": True,
        "amount_digits": 7,
    }
    contract = {
        "merchant_id": "99999",
        "service_id": "001",
        "hash_key": DEMO_KEY,
        "environment": "mock",
        "base_url": url,
        "encryption": {"key": "0123456789abcdef01234567", "iv": "76543210"},
        "methods": [
            {"tag": "netmile", "cells": "all", "api": api},
            {"tag": "credit", "api": "credit"},
            {"tag": "webcvs", "api": "web_convenience_store"},
        ],
    }
    site = {
        "site_id": "8763",
        "key_id": "demo-key-1",
        "secret": "demo-secret-of-the-mock-not-a-secret-1",
        "base_url": url,
    }
    return {"contracts": [contract], "sites": [site], **more}


Answer = Tuple[str, Any]


class Failed(Exception):
    """A step did not give what the case says."""


class Driver:
    """A language's process."""

    def __init__(self, command: str, environment: Optional[Dict[str, str]] = None) -> None:
        self._process = subprocess.Popen(
            shlex.split(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            bufsize=1,
            env={**os.environ, **(environment or {})},
        )

    def seconds(self) -> "tuple[float, float]":
        """What the process has worked until now, and what of it the library's own threads have."""
        whole = own = 0.0
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            # A name may hold anything, brackets among it.
            name, _, rest = (task / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
            worked = sum(map(int, rest.split()[11:13])) / os.sysconf("SC_CLK_TCK")
            whole += worked
            own += worked if name.partition("(")[2] == LIBRARY_THREAD else 0
        return whole, own

    def ask(self, *parts: str) -> Answer:
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
            raise Failed("the driver is gone")
        kind, _, text = line.rstrip("\n").partition("\t")
        return kind, json.loads(text or "{}")

    def close(self) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write("quit\n")
            self._process.stdin.close()
            self._process.wait(timeout=10)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()


class Mock:
    """A mock gateway; a case gets it as new."""

    def __init__(self, binary: str, *more: str) -> None:
        self._process = subprocess.Popen(
            [binary, "serve", "--port", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout
        watchdog = threading.Timer(60, self._process.kill)
        watchdog.start()
        line = self._process.stdout.readline()
        watchdog.cancel()
        if "ready: " not in line:
            raise Failed("the mock did not start")
        self.url = line.split("ready: ")[1].strip()

    def call(self, step: Dict[str, Any]) -> Any:
        body = json.dumps(step["json"]).encode() if "json" in step else None
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.url + step["path"], data=body, headers=headers, method=step["method"])
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.strip() else {}

    def reset(self) -> None:
        self.call({"method": "POST", "path": "/_mock/reset"})

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        assert self._process.stdout
        self._process.stdout.close()


class Case:
    """One run of one case in one language; ``answers`` is what came back, in order."""

    def __init__(self, case: Dict[str, Any], driver: Any, mock: Any, bases: Dict[str, Any]) -> None:
        self.case, self.driver, self.mock, self.bases = case, driver, mock, bases
        self.answers: List[Answer] = []
        self.variables: Dict[str, Any] = {"key": DEMO_KEY, "url": mock.url if mock else "http://127.0.0.1:1"}
        self._files = tempfile.TemporaryDirectory()
        self.variables["tmp"] = self._files.name
        self.variables["stubs"] = os.environ.get("NETMILE_STUBS", "")
        self.variables["abi"] = lint.MANIFEST["abi_version"]
        self.variables["release"] = RELEASE

    def run(self) -> None:
        with self._files:
            self._run()

    def _run(self) -> None:
        client = self.case.get("client", "offline")
        if client in ("offline", "mock"):
            client = config(self.variables["url"], **self.case.get("config", {}))
        if self.case.get("transport"):
            self._ok(self._ask("transport", self.case["transport"]))
        if client != "none":
            self._ok(self._ask("new", json.dumps(self.filled(client))))
        for number, step in enumerate(self.case["steps"], 1):
            try:
                self.step(self.filled(step))
            except Failed as failed:
                raise Failed(f"step {number} ({step.get('operation', step['do'])}): {failed}") from None

    def _worked(self, on: str, before: "tuple[float, float]", after: "tuple[float, float]") -> None:
        """Whether the work of a call was done by the thread of its caller, or by one of the library's."""
        whole, own = (now - then for now, then in zip(after, before))
        told = f"{whole:.2f} s of work, {own:.2f} of them on threads of the library"
        if whole < WORK_SECONDS:
            raise Failed(f"too little work to say who did it: {told}")
        if (own > whole / 10) if on == "caller" else (own < WORK_SECONDS / 2):
            raise Failed(f"should be on the thread of the {on}: {told}")

    def _seconds(self) -> "tuple[float, float]":
        seconds: "tuple[float, float]" = self.driver.seconds()
        self.answers.append(("seconds", seconds))
        return seconds

    def _ask(self, *parts: str) -> Answer:
        answer: Answer = self.driver.ask(*parts)
        self.answers.append(answer)
        return answer

    def _ok(self, answer: Answer) -> None:
        if answer[0] != "ok":
            raise Failed(f"the client was not made: {answer[1]}")

    def filled(self, value: Any) -> Any:
        if isinstance(value, str):
            whole = re.fullmatch(r"\$\{(\w+)\}", value)
            if whole:
                return self.variables.get(whole[1], value)
            return re.sub(r"\$\{(\w+)\}", lambda m: str(self.variables.get(m[1], m[0])), value)
        if isinstance(value, list):
            return [self.filled(one) for one in value]
        if isinstance(value, dict):
            if "$times" in value:
                return [self.filled(value["of"])] * value["$times"]
            made = {name: self.filled(one) for name, one in value.items() if name != "$base"}
            if "$base" in value:
                made = {**self.filled(self.bases[value["$base"]]), **made}
                made = {name: one for name, one in made.items() if one != "$absent"}
            return made
        return value

    def step(self, step: Dict[str, Any]) -> None:
        do = step["do"]
        if do in ("invoke", "async", "start", "fork", "raw"):
            request = step.get("request", {})
            text = request if isinstance(request, str) else json.dumps(request, ensure_ascii=False)
            before = self._seconds() if "on" in step else None
            answer = self._ask(do, step["operation"], text)
            if before:
                self._worked(step["on"], before, self._seconds())
            self.judge(step, answer)
        elif do in ("step", "fork_step"):
            self.judge(step, self._ask(do, json.dumps(step["input"]) if step.get("input") else ""))
        elif do in ("site", "contract", "version", "mismatch", "new", "release"):
            arguments = [one if isinstance(one, str) else json.dumps(one) for one in step.get("with", [])]
            self.judge(step, self._ask(do, *arguments))
        elif do == "http":
            found = self.mock.call(step)
            self.answers.append(("http", found))
            self.judge(step, ("ok", found))
        elif do == "compose":
            fields = [(pair["name"], pair["value"]) for pair in step["fields"]]
            settings = {"browser": step.get("browser", False), "key": step.get("key", DEMO_KEY)}
            body = gateway.result(fields, **settings, **step.get("change", {}))
            self.variables[step["save_as"]] = base64.b64encode(body).decode()
        elif do == "deposit":
            body = gateway.deposit(key=DEMO_KEY, **step["notice"])
            self.variables[step["save_as"]] = base64.b64encode(body).decode()
        elif do == "text":
            text = step["text"]
            if step.get("charset") == "cp932":
                made = gateway.shift_jis(text)
            else:
                made = text.encode("utf-8")
            self.variables[step["save_as"]] = base64.b64encode(made).decode()
        elif do == "file":
            path = Path(self._files.name) / step["save_as"]
            path.write_text(step["text"], encoding="utf-8")
            self.variables[step["save_as"]] = str(path)
        elif do == "not_printed":
            _, printed = self._ask("print")
            for text in printed["texts"]:
                for value in step["values"]:
                    if value in text:
                        raise Failed(f"{value} is printed: {text[:200]}")
            if not printed["texts"]:
                raise Failed("nothing was printed")
        else:
            raise Failed(f"unknown step {do}")

    def judge(self, step: Dict[str, Any], answer: Answer) -> None:
        kind, found = answer
        if "error" in step:
            if kind != "error":
                raise Failed(f"should fail with {step['error']}, gave {json.dumps(found)[:300]}")
            compare(step["error"], found, "error")
        elif kind != "ok":
            raise Failed(f"failed with {found}")
        else:
            compare(step.get("expect", {}), found, "answer")
        for name, path in step.get("save", {}).items():
            self.variables[name] = at(found, path)


def at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def compare(wanted: Any, found: Any, where: str) -> None:
    if wanted == "$any":
        if found is None:
            raise Failed(f"{where} is absent")
    elif isinstance(wanted, dict) and "$contains" in wanted:
        if not isinstance(found, str) or str(wanted["$contains"]) not in found:
            raise Failed(f"{where} has no {wanted['$contains']!r}: {found!r}")
    elif isinstance(wanted, dict) and "$some" in wanted:
        if not any(matches(wanted["$some"], one) for one in found or ()):
            raise Failed(f"{where} has none like {wanted['$some']}: {json.dumps(found)[:300]}")
    elif isinstance(wanted, dict) and "$bytes" in wanted:
        if base64.b64decode(found or "") != wanted["$bytes"].encode():
            raise Failed(f"{where} is {base64.b64decode(found or '')!r}, not {wanted['$bytes']!r}")
    elif isinstance(wanted, dict):
        if not isinstance(found, dict):
            raise Failed(f"{where} is {found!r}")
        for name, one in wanted.items():
            compare(one, found.get(name), f"{where}.{name}")
    elif isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            raise Failed(f"{where} is {json.dumps(found)[:300]}, not {len(wanted)} long")
        for number, one in enumerate(wanted):
            compare(one, found[number], f"{where}.{number}")
    elif wanted != found or isinstance(wanted, bool) != isinstance(found, bool):
        raise Failed(f"{where} is {found!r}, not {wanted!r}")


def matches(wanted: Any, found: Any) -> bool:
    try:
        compare(wanted, found, "")
    except Failed:
        return False
    return True


class Column:
    """A language: its cells, and the answers of the cases that passed."""

    def __init__(self, language: str, command: str, binary: str, bases: Dict[str, Any]) -> None:
        self.language, self.command, self._binary, self._bases = language, command, binary, bases
        self.cells: Dict[str, str] = {}
        self.answers: Dict[str, List[Answer]] = {}
        self.seconds = 0.0
        self._mock: Optional[Mock] = None
        self._driver: Optional[Driver] = None
        self.hello: Dict[str, Any] = {}

    def run(self, cases: List[Dict[str, Any]]) -> None:
        started = time.monotonic()
        try:
            self._driver = Driver(self.command)
            try:
                _, self.hello = self._driver.ask("hello")
            except (Failed, OSError) as error:
                self.cells = {case["id"]: f"FAILED: no driver: {error}" for case in cases}
                return
            for case in cases:
                self.cells[case["id"]] = self._run(case)
        finally:
            self.seconds = time.monotonic() - started
            for thing in (self._driver, self._mock):
                if thing:
                    thing.close()

    def _run(self, case: Dict[str, Any]) -> str:
        lacking = [need for need in case.get("needs", []) if need not in self.hello["has"]]
        if lacking:
            why = self.hello.get("why", {}).get(lacking[0], DEFAULT_WHY.get(lacking[0]))
            return f"n/a: {why}" if why else f"FAILED: n/a without a reason for {lacking[0]}"
        for step in case["steps"]:
            if "on" in step and not Path("/proc/self/task").exists():
                return "n/a: this system does not tell what a thread has worked"
            if step["do"] in self.hello.get("without", {}):
                return f"n/a: {self.hello['without'][step['do']]}"
        alone = case.get("alone", False)
        own: Optional[Mock] = None
        try:
            if case.get("client") == "mock":
                if alone:
                    own = Mock(self._binary)
                elif self._mock is None:
                    self._mock = Mock(self._binary)
                else:
                    self._mock.reset()
            self._fresh(alone, case.get("environment"))
            mock = (own or self._mock) if case.get("client") == "mock" else None
            running = Case(case, self._driver, mock, self._bases)
            running.run()
        except (Failed, KeyError, IndexError, OSError, ValueError, TypeError) as error:
            self._end()
            return f"FAILED: {type(error).__name__} {error}"
        finally:
            if own:
                own.close()
            if alone:
                self._end()
        self.answers[case["id"]] = running.answers
        return "ok"

    def _fresh(self, alone: bool, environment: Optional[Dict[str, str]]) -> None:
        if self._driver and not alone and "reuse" in self.hello["has"]:
            kind, _ = self._driver.ask("reset")
            if kind == "ok":
                return
        self._end()
        self._driver = Driver(self.command, environment)

    def _end(self) -> None:
        if self._driver:
            self._driver.close()
        self._driver = None


def load(only: str) -> "tuple[List[Dict[str, Any]], List[Dict[str, Any]]]":
    cases: List[Dict[str, Any]] = []
    for path in sorted((HERE / "cases").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            cases.append({**case, "area": path.stem, "id": f"{path.stem}/{case['name']}"})
    return cases, [case for case in cases if only in case["id"]]


def table(heads: List[str], rows: List[List[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    lines += ["| " + " | ".join(cell.split("\n")[0] for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", action="append", default=[], help="language=command")
    parser.add_argument("--not-run", action="append", default=[], help="language=why")
    parser.add_argument("--only", default="", help="a part of area/name")
    parser.add_argument("--matrix", help="where the matrix case × language is written as Markdown")
    parser.add_argument("--full", action="store_true", help="prints that matrix, too")
    parser.add_argument("--lint", action="store_true", help="looks at the cases only")
    parser.add_argument("--mutate", action="store_true", help="changes every expectation in turn: the case must fail")
    given = parser.parse_args()
    bases = json.loads((HERE / "bases.json").read_text(encoding="utf-8"))
    everything, cases = load(given.only)
    faults = lint.faults(everything, bases)
    for fault in faults:
        print(f"FAULT {fault}")
    if given.lint:
        print(f"{len(everything)} cases, {len(faults)} faults")
        return 1 if faults else 0
    binary = os.environ.get("NETMILE_MOCK_BIN", "")
    columns = [Column(*one.split("=", 1), binary, bases) for one in given.driver]
    # Two at a time: each waits for its processes most of the time.
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda column: column.run(cases), columns))
    not_run = dict(one.split("=", 1) for one in given.not_run)
    broken = len(faults)
    rows, short = [], []
    for case in cases:
        rows.append([case["id"], *(column.cells[case["id"]] for column in columns), *not_run.values()])
    for area in dict.fromkeys(case["area"] for case in cases):
        mine = [case["id"] for case in cases if case["area"] == area]
        cells = []
        for column in columns:
            found = [column.cells[name] for name in mine]
            ok, na = found.count("ok"), sum(cell.startswith("n/a") for cell in found)
            failed = len(found) - ok - na
            broken += failed
            cells.append(f"{ok} ok" + f", {na} n/a" * bool(na) + f", {failed} FAILED" * bool(failed))
        short.append([area, str(len(mine)), *cells, *not_run.values()])
    heads = [column.language for column in columns] + list(not_run)
    matrix = table(["case", *heads], rows)
    if given.matrix:
        Path(given.matrix).write_text(matrix, encoding="utf-8")
    print(matrix if given.full else table(["area", "cases", *heads], short))
    for column in columns:
        for name, cell in column.cells.items():
            if cell.startswith("FAILED") and not given.full:
                print(f"{column.language}: {name}: {cell}")
        reasons = sorted({cell for cell in column.cells.values() if cell.startswith("n/a")})
        for reason in reasons:
            count = list(column.cells.values()).count(reason)
            print(f"{column.language}: {count} {reason}")
        print(f"{column.language}: {column.seconds:.0f} s")
    broken += same.run(cases, [(column.language, column.answers) for column in columns])
    if given.mutate:
        broken += mutate.run(cases, [column.answers for column in columns], Case, Failed, bases)
    ran = sum(len(column.cells) for column in columns)
    print(f"{len(cases)} cases, {ran} cells, {broken} failed")
    return 1 if broken or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
