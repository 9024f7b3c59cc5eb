"""Buys in the example shop with a browser and with the example app, both from the jars as they are shipped."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path
from typing import Iterator, List

ROOT = Path(__file__).resolve().parents[3]
KOTLIN = ROOT / "bindings" / "kotlin"
sys.path.insert(0, str(ROOT / "bindings" / "python" / "tests"))
from browser import Browser, pay  # noqa: E402

JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]


def classpath() -> List[str]:
    """The jars of this build, and what they depend on out of Maven's own store."""
    own = [
        KOTLIN / "netmile" / "target" / "netmile-0.1.0.jar",
        KOTLIN / "checkout" / "target" / "netmile-checkout-0.1.0.jar",
        ROOT / "examples" / "shop-kotlin" / "target" / "shop-kotlin-0.1.0.jar",
        ROOT / "examples" / "checkout-kotlin" / "target" / "checkout-kotlin-0.1.0.jar",
    ]
    versions = {}
    pom = (KOTLIN / "pom.xml").read_text(encoding="utf-8")
    for name in ("kotlin", "coroutines", "jna"):
        versions[name] = pom.split(f"<{name}.version>")[1].split("<")[0]
    store = Path(os.environ.get("NETMILE_MAVEN_STORE", Path.home() / ".m2" / "repository"))
    theirs = [
        ("org/jetbrains/kotlin", "kotlin-stdlib", versions["kotlin"]),
        ("org/jetbrains/kotlinx", "kotlinx-coroutines-core-jvm", versions["coroutines"]),
        ("net/java/dev/jna", "jna", versions["jna"]),
    ]
    found = own + [store / group / name / version / f"{name}-{version}.jar" for group, name, version in theirs]
    for jar in found:
        if not jar.is_file():
            raise SystemExit(f"{jar} is not there")
    return [str(jar) for jar in found]


def started(command: List[str], log: Path) -> Iterator[str]:
    """Starts a server, gives its URL, and ends it."""
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    watchdog = threading.Timer(90, process.kill)
    watchdog.start()
    line = process.stdout.readline()
    watchdog.cancel()
    if "ready: " not in line:
        raise SystemExit(f"not started: {command[-3:]}: {log.read_text()[-2000:]}")
    # Nobody reads further lines, and a full pipe would stop the server.
    threading.Thread(target=lambda: [None for _ in process.stdout or ()], daemon=True).start()
    yield line.split("ready: ")[1].strip()
    process.terminate()
    process.wait(timeout=30)


def main() -> None:
    jars = classpath()
    with zipfile.ZipFile(jars[0]) as jar:
        natives = [name for name in jar.namelist() if name.endswith((".so", ".dylib"))]
    assert len(natives) == 1 and "/" in natives[0], natives
    with zipfile.ZipFile(jars[1]) as jar:
        assert not [name for name in jar.namelist() if not name.endswith((".class", "/", ".MF", ".kotlin_module", ".xml", ".properties"))]
    run = [*JAVA, "-cp", ":".join(jars)]
    with tempfile.TemporaryDirectory() as directory:
        mocks = started([os.environ["NETMILE_MOCK_BIN"], "serve", "--port", "0"], Path(directory) / "mock.log")
        gateway = next(mocks)
        shops = started([*run, "ShopKt", gateway, directory], Path(directory) / "shop.log")
        url = next(shops)

        browser = Browser().open(url)
        browser.submit("/buy", item="book")
        browser.submit("/f01/FepBuyInfoReceive.do")
        pay(browser, "hanako", "hanako-demo")
        assert "/orders/" in browser.url and "支払い済み" in browser.text, browser.text
        order = browser.url
        # The shop delivers after it has answered the notice.
        assert any("delivered: 1" in Browser().open(order).text for _ in range(200))
        browser.submit("/refund", order=order.rsplit("/", 1)[1])
        assert "management page" in browser.text
        assert "返金手続き中" in Browser().open(order).text

        forged = Browser().open(url).open(f"{url}/success", b"res_result=OK&order_id=x-1")
        assert "支払い済み" not in forged.text
        assert Browser().open(f"{url}/orders/unknown").status == 404

        app = subprocess.run([*run, "AppKt", url, "tea", "hanako", "hanako-demo"], capture_output=True, text=True, timeout=120)
        assert app.returncode == 0, app.stdout + app.stderr
        assert "Returned(how=SUCCESS" in app.stdout and "the shop says: paid" in app.stdout, app.stdout
        for servers in (shops, mocks):
            next(servers, None)
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
