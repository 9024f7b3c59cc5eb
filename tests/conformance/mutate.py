"""Whether the expectations can fail: each is changed in turn, and judged by what the languages answered."""

from __future__ import annotations

import copy
from typing import Any, Dict, Iterator, List, Tuple

Path = Tuple[Any, ...]


class Replay:
    """Stands for driver and mock; gives the answers of a run that passed."""

    def __init__(self, answers: List[Tuple[str, Any]]) -> None:
        self._answers = iter(answers)
        self.url = "http://127.0.0.1:1"

    def ask(self, *_: str) -> Tuple[str, Any]:
        return next(self._answers)

    def seconds(self) -> Any:
        return next(self._answers)[1]

    def call(self, _: Any) -> Any:
        return next(self._answers)[1]


def run(
    cases: List[Dict[str, Any]],
    columns: List[Dict[str, List[Tuple[str, Any]]]],
    case_type: Any,
    failed: Any,
    bases: Dict[str, Any],
) -> int:
    """Returns how many changed expectations nobody noticed."""
    tried = survived = unseen = 0
    for case in cases:
        answers = next((column[case["id"]] for column in columns if case["id"] in column), None)
        if answers is None:
            unseen += 1
            continue
        if not _passes(case, answers, case_type, failed, bases):
            print(f"MUTATE {case['id']} does not pass when it is played again")
            survived += 1
            continue
        for what, changed in mutants(case, answers):
            tried += 1
            if _passes(changed, answers, case_type, failed, bases):
                print(f"MUTATE {case['id']}: {what} may be anything")
                survived += 1
    print(f"{tried} expectations were changed, {survived} of them unnoticed; {unseen} cases had not passed anywhere")
    return survived


def _passes(case: Any, answers: Any, case_type: Any, failed: Any, bases: Any) -> bool:
    replay = Replay(answers)
    try:
        case_type(case, replay, replay, bases).run()
    except failed:
        return False
    return True


def mutants(case: Dict[str, Any], answers: List[Tuple[str, Any]]) -> Iterator[Tuple[str, Dict[str, Any]]]:
    """The case with one expectation changed, for each of them."""
    for number, step in enumerate(case["steps"]):
        for part in ("expect", "error"):
            if part not in step:
                continue
            for path, value in _leaves(step[part]):
                changed = copy.deepcopy(case)
                _put(changed["steps"][number], (part, *path), _other(value))
                yield f"step {number + 1}, {'.'.join(map(str, (part, *path)))}", changed
        if "error" in step:
            changed = copy.deepcopy(case)
            changed["steps"][number].pop("error")
            yield f"step {number + 1}, that it fails", changed
        elif "expect" in step:
            changed = copy.deepcopy(case)
            changed["steps"][number]["error"] = {}
            yield f"step {number + 1}, that it does not fail", changed
        if "on" in step:
            changed = copy.deepcopy(case)
            changed["steps"][number]["on"] = "library" if step["on"] == "caller" else "caller"
            yield f"step {number + 1}, on", changed
        if step["do"] == "not_printed":
            texts = [text for kind, found in answers if kind == "ok" and isinstance(found, dict) for text in found.get("texts", ())]
            for index in range(len(step["values"])):
                changed = copy.deepcopy(case)
                changed["steps"][number]["values"][index] = max(texts, key=len)[:20]
                yield f"step {number + 1}, values.{index}", changed


def _leaves(value: Any, path: Path = ()) -> Iterator[Tuple[Path, Any]]:
    if isinstance(value, dict) and not ({"$contains", "$bytes", "$some"} & set(value)):
        for name, one in value.items():
            yield from _leaves(one, (*path, name))
    elif isinstance(value, list):
        yield path, value
        for number, one in enumerate(value):
            yield from _leaves(one, (*path, number))
    else:
        yield path, value


def _other(value: Any) -> Any:
    if value == "$any":
        return None
    if isinstance(value, dict):
        return {name: f"{one} and more" for name, one in value.items()}
    if isinstance(value, list):
        return [*value, "$any"]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "something else" if value is None else f"{value} and more"


def _put(where: Any, path: Path, value: Any) -> None:
    for part in path[:-1]:
        where = where[part]
    where[path[-1]] = value
