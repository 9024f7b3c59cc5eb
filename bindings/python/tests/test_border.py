"""Errors, redaction, configuration, fork, closing: what the border between the languages promises."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import subprocess
import sys
import threading
import traceback
import weakref
from datetime import datetime
from pathlib import Path
from typing import Any, Iterator

import netmile
import pytest
from conftest import URLS, contract, purchase
from gateway import KEY, result

PERSONAL = "SECRET-CUSTOMER"


def test_errors_say_what_and_what_to_do(client: netmile.Client) -> None:
    with pytest.raises(netmile.NetmileError) as caught:
        client.checkout.start(purchase(amount=9))
    error = caught.value
    assert (error.code, error.field, error.retryable) == ("invalid_value", "amount", False)
    assert str(error) == "amount: must be 10 to 9999999999 yen (invalid_value)"
    assert error.hint and error.hint_ja and error.hint != error.hint_ja


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"amount": -1}, "invalid_value", "amount"),
        ({"amount": 2**80}, "invalid_argument", "request"),
        ({"terminal": "fridge"}, "invalid_value", "terminal"),
        ({"billing": "never"}, "invalid_value", "billing"),
        ({"item_name": "10〜20"}, "not_encodable", "item_name"),
        ({"item_name": "あ" * 21}, "invalid_value", "item_name"),
        ({"item_name": "\ud800"}, "invalid_argument", "request"),
        ({"cust_code": ""}, "missing_field", "cust_code"),
        ({"purchase_id": "x" * 35}, "invalid_value", "purchase_id"),
        ({"free": ["a", "b", "c", "d"]}, "invalid_value", "free"),
        ({"pay_methods": ["unknown"]}, "not_in_contract", "pay_method"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    client: netmile.Client, changed: "dict[str, object]", code: str, field: "str | None"
) -> None:
    with pytest.raises(netmile.NetmileError) as caught:
        client.checkout.start(purchase(**changed))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert client.purchases.list() == []


def test_the_default_profile_refuses_what_netmile_does_not_offer() -> None:
    client = netmile.Client(contract(methods=()))
    with pytest.raises(netmile.ConfigurationError, match="link × one_time × smartphone"):
        client.checkout.start(purchase(terminal=netmile.Terminal.SMARTPHONE))
    widened = netmile.Method("netmile", [netmile.Cell("one_time", "smartphone")])
    client = netmile.Client(contract(methods=[widened]))
    assert client.checkout.start(purchase(terminal=netmile.Terminal.SMARTPHONE)).order_id


def test_a_replacement_is_by_choice() -> None:
    client = netmile.Client(contract(), replacements=["wave_dash"])
    form = client.checkout.start(purchase(item_name="10〜20")).form
    assert dict(form.fields)["item_name"] == "10～20"


def test_nothing_prints_secrets_or_personal_data(client: netmile.Client) -> None:
    request = purchase(cust_code=PERSONAL, free=["SECRET-FREE"], free_csv={"TEL": "SECRET-TEL"})
    checkout = client.checkout.start(request)
    fields = checkout.form.fields
    view = client.notices.inspect(result(fields))
    answer = client.notices.handle(result(fields, key="another"))
    shown = [request, checkout, checkout.form, view, answer, contract(), client, client.purchases.get("CART-1")]
    for text in [repr(one) for one in shown] + [str(one) for one in shown]:
        assert "SECRET" not in text and KEY not in text


def test_the_generated_records_print_nothing_personal_either() -> None:
    from netmile._native import ffi

    record = ffi.RefundRequest(purchase_id="CART-1", tracking_id=None, reason="x")
    record.reason = PERSONAL
    assert PERSONAL not in repr(record) + str(record) and "CART-1" in str(record)
    assert PERSONAL not in repr(ffi.Received(body=PERSONAL.encode(), content_type=None))


def test_tracebacks_of_refused_configurations_show_no_key() -> None:
    for settings in ({"service_id": "1"}, {"base_url": "http://gateway.example"}, {"hash_key": KEY + "\n"}):
        with pytest.raises(netmile.NetmileError) as caught:
            netmile.Client(contract(**settings))
        text = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
        assert KEY not in text


def test_a_configuration_is_also_plain_data() -> None:
    plain = {"contracts": [contract().to_config()], "journal": "memory:", "lang": "ja"}
    client = netmile.Client.from_config(plain)
    problem = client.notices.handle(b"").problem
    assert problem is not None and "フィールド" in problem.hint
    with pytest.raises(netmile.NetmileError) as caught:
        netmile.Client.from_config({**plain, "jornal": "memory:"})
    assert caught.value.field == "jornal"


def test_every_setting_has_a_keyword() -> None:
    with pytest.raises(netmile.NetmileError) as caught:
        netmile.Client(contract(), api_limit_seconds=0)
    assert caught.value.field == "limit_second"
    netmile.Client(contract(), api_limit_seconds=60, carrier_domains=["docomo.ne.jp"]).close()


def test_a_notice_is_answered_however_long_it_is(client: netmile.Client) -> None:
    long = b"a" * (20 << 20)
    answer = client.notices.handle(memoryview(long))
    assert answer.problem is not None and not answer.accepted
    assert answer.body.startswith(b"NG,")
    assert not client.payments.notice(long).accepted


def test_a_printed_request_shows_no_url() -> None:
    request = netmile.HttpRequest("GET", f"https://site.example/members/{PERSONAL}", (), b"")
    assert PERSONAL not in repr(request) and "GET" in repr(request)


def test_several_contracts_are_told_apart() -> None:
    client = netmile.Client(contract(), contract(service_id="002", hash_key="another-key"))
    with pytest.raises(netmile.ConfigurationError):
        client.checkout.start(purchase())
    second = client.for_contract("99999", "002")
    checkout = second.checkout.start(purchase())
    assert client.notices.handle(result(checkout.form.fields)).body == b"NG,hash_mismatch"
    assert client.notices.handle(result(checkout.form.fields, key="another-key")).body == b"OK,"
    with pytest.raises(netmile.VerificationError, match="unknown_merchant"):
        client.for_contract("99999", "003")


def test_a_closed_client_refuses() -> None:
    with netmile.Client(contract()) as client:
        assert repr(client) == "Client(open)"
    assert repr(client) == "Client(closed)"
    with pytest.raises(netmile.StateError, match="closed"):
        client.purchases.list()


def test_a_naive_datetime_is_refused(client: netmile.Client) -> None:
    evidence = netmile.RefundEvidence("management_page", "x", 300, datetime(2026, 1, 2))
    with pytest.raises(TypeError, match="time zone"):
        client.refunds.confirm("CART-1", "12345678901234", evidence)


def test_the_catalogue_has_every_code_in_both_languages(client: netmile.Client) -> None:
    catalogue = {entry.code: entry for entry in client.error_catalogue()}
    assert {"hash_mismatch", "journal", "panic", "invalid_argument"} <= set(catalogue)
    assert all(entry.hint_en and entry.hint_ja for entry in catalogue.values())
    assert catalogue["journal"].retryable and not catalogue["hash_mismatch"].retryable


def test_the_gateways_codes_are_explained(client: netmile.Client) -> None:
    known = client.code("5101")
    assert known.known and known.meaning_en and known.remedy_ja and known.actor
    unknown = client.code("9ZZ9")
    assert not unknown.known and unknown.code == "9ZZ9"
    catalogue = {entry.id: entry for entry in client.code_catalogue()}
    assert known.id in catalogue and all(entry.known and entry.meaning_ja for entry in catalogue.values())
    with pytest.raises(netmile.NetmileError, match="at most 16"):
        client.code("1" * 17)


def run_child(work: "object") -> int:
    """Runs a function in a forked child, which is ended after a minute; returns its status."""
    assert callable(work)
    child = os.fork()
    if child == 0:
        import signal

        signal.alarm(60)
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]


def test_a_client_works_after_a_fork(tmp_path: Path) -> None:
    client = netmile.Client(contract(), journal=f"sqlite://{tmp_path}/shop.db")
    notice = result(client.checkout.start(purchase()).form.fields)

    def child() -> None:
        assert client.notices.handle(notice).body == b"OK,"
        assert client.checkout.start(purchase("CART-2")).order_id == "CART-2-1"

    assert run_child(child) == 0
    assert client.purchases.get("CART-1").phase is netmile.Phase.PAID
    assert client.purchases.get("CART-2").phase is netmile.Phase.OPEN
    assert client.notices.handle(notice).body == b"OK,"
    assert len(client.events.next()) == 1


def test_a_database_that_is_open_at_a_fork_is_refused_in_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from netmile import _port

    client = netmile.Client(contract(), journal=f"sqlite://{tmp_path}/shop.db")
    client.checkout.start(purchase())

    def refused() -> None:
        with pytest.raises(netmile.StateError, match="PostgreSQL") as caught:
            client.purchases.list()
        assert caught.value.field == "journal"

    # As after a fork that Python does not see.
    with monkeypatch.context() as unseen:
        unseen.setattr(_port, "_open", set())
        assert run_child(refused) == 0
    client.release()
    assert run_child(lambda: client.checkout.start(purchase("CART-2"))) == 0
    assert len(client.purchases.list()) == 2


def test_a_fork_releases_all_while_another_thread_makes_a_client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from netmile import _port

    making = threading.Thread(target=lambda: netmile.Client(contract()))

    class Crowded(weakref.WeakSet):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[Any]:
            for one in super().__iter__():
                if making.ident is None:
                    making.start()
                    # It waits for its turn. If it did not, it would be done by now.
                    making.join(0.5)
                yield one

    clients = [netmile.Client(contract(), journal=f"sqlite://{tmp_path}/{number}.db") for number in range(2)]
    for client in clients:
        client.checkout.start(purchase())
    monkeypatch.setattr(_port, "_open", Crowded(client.native() for client in clients))
    assert run_child(lambda: [client.checkout.start(purchase("CART-2")) for client in clients]) == 0
    making.join(60)
    assert not making.is_alive()


def test_a_child_makes_clients_whatever_other_threads_did_at_the_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    from netmile import _port

    is_making, may_end = threading.Event(), threading.Event()

    def make() -> None:
        with _port._opening:
            is_making.set()
            may_end.wait(60)

    making = threading.Thread(target=make)

    class LastOne:
        def release(self) -> None:
            making.start()
            assert is_making.wait(60)

    monkeypatch.setattr(_port, "_open", {LastOne()})
    assert run_child(lambda: netmile.Client(contract())) == 0
    may_end.set()
    making.join(60)


def test_the_result_of_a_registration_is_compared_with_what_was_asked(client: netmile.Client) -> None:
    request = netmile.RegistrationRequest(cust_code="CUST0001", pay_methods=["credit"], urls=URLS, terminal="pc")
    form = client.registrations.register(request)
    other = client.registrations.register(dataclasses.replace(request, cust_code="CUST0002"))
    with pytest.raises(netmile.NetmileError) as caught:
        client.registrations.check(form, b"nonsense")
    assert caught.value.code == "malformed"
    assert client.registrations.check(other, b"", returned=True).message is None


def test_a_client_that_was_not_used_before_the_fork_works_too() -> None:
    client = netmile.Client(contract())
    assert run_child(lambda: client.checkout.start(purchase())) == 0


def test_the_journal_outlives_the_process(tmp_path: Path) -> None:
    journal = f"sqlite://{tmp_path}/shop.db"
    with netmile.Client(contract(), journal=journal) as client:
        fields = client.checkout.start(purchase()).form.fields
    with netmile.Client(contract(), journal=journal) as client:
        assert client.notices.handle(result(fields)).body == b"OK,"


def test_a_journal_that_can_not_be_opened_is_an_error() -> None:
    client = netmile.Client(contract(), journal="sqlite:///nowhere/at/all/shop.db")
    with pytest.raises(netmile.NetmileError) as caught:
        client.checkout.start(purchase())
    assert caught.value.code in ("configuration", "journal")


def test_a_library_of_another_version_is_refused() -> None:
    # The package's own __init__ runs first, so the generated module is loaded from its file.
    path = Path(netmile.__file__).parent / "_generated" / "netmile_ffi.py"
    code = (
        "import importlib.util, sys, types\n"
        "package = types.ModuleType('netmile'); package.__path__ = [sys.argv[1]]\n"
        "sys.modules['netmile'] = package\n"
        "import netmile._generated.netmile_ffi as ffi\n"
        "ffi.library_version = lambda: '9.9.9'\n"
        "try:\n    import netmile._native\n"
        "except ImportError as error:\n    print(f'{error}|{error!r}|{error.hint}|{error.hint_ja}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path.parents[1])], capture_output=True, text=True, check=True
    )
    said, shown, hint, hint_ja = done.stdout.strip().split("|")
    assert "version 9.9.9" in said and said.endswith("(version_mismatch)")
    assert shown.startswith("LibraryError(") and hint and hint_ja


def test_a_library_that_is_not_there_is_an_import_error_with_a_hint() -> None:
    code = (
        "import ctypes\n"
        "load = ctypes.cdll.LoadLibrary\n"
        "ctypes.cdll.LoadLibrary = lambda path: load('/nowhere/libnetmile.so' if 'netmile' in path else path)\n"
        "for _ in range(2):\n"
        "    try:\n        import netmile\n"
        "    except ImportError as error:\n        print(f'{error.code}|{error.hint}|{error.hint_ja}|{error.__cause__!r}')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    told, hint, hint_ja, cause = first.split("|")
    assert first == second and told == "library_missing" and hint and hint_ja
    assert "/nowhere/libnetmile.so" in cause
    assert issubclass(netmile.LibraryError, netmile.NetmileError) and issubclass(netmile.LibraryError, ImportError)


def _frames(error: BaseException) -> str:
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    here = [frame for frame in told.stack if frame.filename != __file__]
    return "".join(traceback.StackSummary.from_list(here).format()) + repr((error.__cause__, error.__context__))


def test_tracebacks_with_locals_hold_no_argument() -> None:
    key = "a key with spaces, which is refused"
    with pytest.raises(netmile.NetmileError) as failed:
        netmile.Client(contract(hash_key=key))
    assert "hash_key" in str(failed.value) and key not in _frames(failed.value)
    with pytest.raises(netmile.NetmileError) as failed:
        netmile.Client.from_config({"contracts": [], "sites": [{"secret": key}]})
    assert key not in _frames(failed.value)
    with pytest.raises(TypeError) as wrong:
        netmile.Client.from_config({"contracts": [{"hash_key": key, "unwritable": object()}]})
    assert key not in _frames(wrong.value)


def test_awaited_calls_hold_none_either() -> None:
    async def ask() -> None:
        client = netmile.AsyncClient(contract())
        await client.payments.balance(method="netmile", member="a member\nof two lines")

    with pytest.raises(netmile.NetmileError) as failed:
        asyncio.run(ask())
    assert "a member" not in _frames(failed.value)
