"""Runs the program of the READMEs' snippets against a mock: readme.py PROGRAM MOCK_URL DIRECTORY."""

import json
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "python" / "tests"))
from gateway import result  # noqa: E402

DEMO_KEY = "demo0key0of0the0mock0gateway0not0a0secr0"


def start(*arguments: str) -> "subprocess.Popen[str]":
    program = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(60, program.kill)
    watchdog.daemon = True
    watchdog.start()
    return program


def main() -> None:
    program, mock_url, directory = sys.argv[1:]
    config = json.loads((HERE / "snippets" / "config.json").read_text(encoding="utf-8"))
    journal, name = Path(directory) / "readme.db", Path(directory) / "readme.json"
    for old in Path(directory).glob("readme.db*"):
        old.unlink()
    config["contracts"][0].update(hash_key=DEMO_KEY, environment="mock", base_url=mock_url)
    config["journal"] = f"sqlite://{journal}"
    name.write_text(json.dumps(config), encoding="utf-8")

    shop = start(program, str(name))
    fields = []
    for line in iter(shop.stdout.readline, "notice?\n"):
        assert line.startswith("field "), line
        _, field, value = line.rstrip("\n").split(" ", 2)
        fields.append((field, value))
    notice = result(fields, key=DEMO_KEY)
    lines = shop.communicate(notice.decode("ascii") + "\n", timeout=60)[0].splitlines()
    assert shop.returncode == 0, shop.returncode
    expected = [
        "answer 200 text/csv; charset=Shift_JIS NG,",
        "answer 200 text/csv; charset=Shift_JIS OK,",
        "paid",
        "paid",
        "{",
        "unknown_order: ",
        "steps {",
        "steps refused: transport",
    ]
    assert len(lines) == len(expected), lines
    for line, beginning in zip(lines, expected):
        assert line.startswith(beginning), (line, beginning)
    assert json.loads(lines[4])["amount"] == 300
    lost = json.loads(lines[6][len("steps ") :])
    assert (lost["step"], lost["answer"]["outcome"]) == ("done", "unknown")
    assert lost["answer"]["ticket"]["id"] == "ORDER-1002"

    # Nothing was delivered yet, as after a crash. The worker lives on until it is ended.
    worker = start(program, str(name), "worker")
    assert worker.stdout.readline() == "deliver CART-1001, once by 1 and CART-1001 together\n"
    worker.kill()
    worker.communicate()
    print("what the READMEs show, ran")


if __name__ == "__main__":
    main()
