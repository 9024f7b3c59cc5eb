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
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, Optional

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "bindings" / "python" / "tests"))
import gateway  # noqa: E402

DEMO_KEY = "demo0key0of0the0mock0gateway0not0a0secr0"
CALL_SECONDS = 120


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


class Failed(Exception):
    """A step did not give what the case says."""


class Driver:
    """A language's process."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1
        )

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
    """A mock gateway of its own for one case."""

    def __init__(self, binary: str) -> None:
        self._process = subprocess.Popen(
            [binary, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
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

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        assert self._process.stdout
        self._process.stdout.close()


class Case:
    """One run of one case in one language."""

    def __init__(self, case: Dict[str, Any], driver: Driver, mock: Optional[Mock], bases: Dict[str, Any]) -> None:
        self.case, self.driver, self.mock, self.bases = case, driver, mock, bases
        self.variables: Dict[str, Any] = {"key": DEMO_KEY, "url": mock.url if mock else "http://127.0.0.1:1"}
        self._files = tempfile.TemporaryDirectory()
        self.variables["tmp"] = self._files.name

    def run(self) -> None:
        with self._files:
            self._run()

    def _run(self) -> None:
        client = self.case.get("client", "offline")
        if client in ("offline", "mock"):
            client = config(self.variables["url"], **self.case.get("config", {}))
        if self.case.get("transport"):
            self._ok(self.driver.ask("transport", self.case["transport"]))
        if client != "none":
            self._ok(self.driver.ask("new", json.dumps(self.filled(client))))
        for number, step in enumerate(self.case["steps"], 1):
            try:
                self.step(self.filled(step))
            except Failed as failed:
                raise Failed(f"step {number} ({step.get('operation', step['do'])}): {failed}") from None

    def _ok(self, answer: "tuple[str, Any]") -> None:
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
            made = {name: self.filled(one) for name, one in value.items() if name != "$base"}
            if "$base" in value:
                made = {**self.filled(self.bases[value["$base"]]), **made}
                made = {name: one for name, one in made.items() if one != "$absent"}
            return made
        return value

    def step(self, step: Dict[str, Any]) -> None:
        do = step["do"]
        if do in ("invoke", "async", "start", "fork"):
            request = step.get("request", {})
            text = request if isinstance(request, str) else json.dumps(request, ensure_ascii=False)
            self.judge(step, self.driver.ask(do, step["operation"], text))
        elif do == "step":
            self.judge(step, self.driver.ask("step", json.dumps(step["input"]) if step.get("input") else ""))
        elif do in ("site", "contract", "version", "mismatch", "new", "print"):
            arguments = [one if isinstance(one, str) else json.dumps(one) for one in step.get("with", [])]
            self.judge(step, self.driver.ask(do, *arguments))
        elif do == "http":
            assert self.mock, "the case needs a mock"
            self.judge(step, ("ok", self.mock.call(step)))
        elif do == "compose":
            fields = [(pair["name"], pair["value"]) for pair in step["fields"]]
            settings = {"browser": step.get("browser", False), "key": step.get("key", DEMO_KEY)}
            body = gateway.result(fields, **settings, **step.get("change", {}))
            self.variables[step["save_as"]] = base64.b64encode(body).decode()
        elif do == "text":
            self.variables[step["save_as"]] = base64.b64encode(step["text"].encode(step.get("charset", "utf-8"))).decode()
        elif do == "file":
            path = Path(self._files.name) / step["save_as"]
            path.write_text(step["text"], encoding="utf-8")
            self.variables[step["save_as"]] = str(path)
        elif do == "not_printed":
            _, printed = self.driver.ask("print")
            for text in printed["texts"]:
                for value in step["values"]:
                    if value in text:
                        raise Failed(f"{value} is printed: {text[:200]}")
            if not printed["texts"]:
                raise Failed("nothing was printed")
        else:
            raise Failed(f"unknown step {do}")

    def judge(self, step: Dict[str, Any], answer: "tuple[str, Any]") -> None:
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
        if not isinstance(found, str) or wanted["$contains"] not in found:
            raise Failed(f"{where} has no {wanted['$contains']!r}: {found!r}")
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


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", action="append", default=[], help="language=command")
    parser.add_argument("--not-run", action="append", default=[], help="language=why")
    parser.add_argument("--only", default="", help="a part of area/name")
    parser.add_argument("--matrix", help="where the matrix is written as Markdown")
    given = parser.parse_args()
    binary = os.environ.get("NETMILE_MOCK_BIN", "")
    bases = json.loads((HERE / "bases.json").read_text(encoding="utf-8"))
    cases: List[Dict[str, Any]] = []
    for path in sorted((HERE / "cases").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            cases.append({**case, "id": f"{path.stem}/{case['name']}"})
    names = [case["id"] for case in cases]
    if len(names) != len(set(names)):
        raise SystemExit("two cases have the same name")
    columns: Dict[str, Dict[str, str]] = {}
    broken = 0
    for language, command in (one.split("=", 1) for one in given.driver):
        column = columns.setdefault(language, {})
        _, hello = (probe := Driver(command)).ask("hello")
        probe.close()
        for case in cases:
            if given.only not in case["id"]:
                continue
            lacking = [need for need in case.get("needs", []) if need not in hello["has"]]
            if lacking:
                why = hello.get("why", {}).get(lacking[0])
                column[case["id"]] = f"n/a: {why}" if why else "FAILED: n/a without a reason"
                broken += not why
                continue
            mock = None
            driver = Driver(command)
            try:
                mock = Mock(binary) if case.get("client") == "mock" else None
                Case(case, driver, mock, bases).run()
                column[case["id"]] = "ok"
            except (Failed, KeyError, IndexError, OSError, ValueError) as error:
                column[case["id"]] = f"FAILED: {type(error).__name__} {error}"
                broken += 1
            finally:
                driver.close()
                if mock:
                    mock.close()
    not_run = dict(one.split("=", 1) for one in given.not_run)
    heads = [*columns, *not_run]
    lines = ["| case | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for case in cases:
        if given.only in case["id"]:
            cells = [columns[head].get(case["id"], "") if head in columns else not_run[head] for head in heads]
            lines.append(f"| {case['id']} | " + " | ".join(cell.split("\n")[0] for cell in cells) + " |")
    matrix = "\n".join(lines) + "\n"
    print(matrix)
    if given.matrix:
        Path(given.matrix).write_text(matrix, encoding="utf-8")
    ran = sum(len(column) for column in columns.values())
    print(f"{len(cases)} cases, {ran} runs, {broken} failed")
    return 1 if broken or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
