"""Form, notice, answer, fulfilment, refund; hostile notices. Notices are composed by independent code."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta, timezone

import netmile
import pytest
from conftest import contract, purchase
from gateway import KEY, TRACKING, encode_form, jst, result, result_fields
from netmile import EventKind, Phase


def test_a_purchase_is_paid_by_the_notice_and_delivered_once(client: netmile.Client) -> None:
    checkout = client.checkout.start(purchase())
    assert checkout.order_id == "CART-1-1"
    assert checkout.page.content_type == "text/html; charset=Shift_JIS"
    assert "髙橋①ー～表ソ" in checkout.page.body.decode("cp932")

    back = client.returns.read("success", result(checkout.form.fields, browser=True))
    assert back.purchase is not None and back.purchase.phase is Phase.AWAITING_NOTICE
    assert client.events.next() == []

    notice = result(checkout.form.fields)
    seen = client.notices.inspect(notice)
    assert (seen.message.result, seen.message.amount) == ("OK", 300)
    for _ in range(3):
        answer = client.notices.handle(notice, "application/x-www-form-urlencoded")
        assert (answer.status, answer.content_type) == (200, "text/csv; charset=Shift_JIS")
        assert (answer.body, answer.accepted, answer.problem) == (b"OK,", True, None)

    paid = client.purchases.get("CART-1")
    assert paid.phase is Phase.PAID
    assert [(p.tracking_id, p.amount) for p in paid.payments] == [(TRACKING, 300)]
    (event,) = client.events.next()
    assert (event.kind, event.purchase_id, event.amount) == (EventKind.PAID, "CART-1", 300)
    assert client.events.ack(event.id) is True
    assert client.events.ack(event.id) is False
    assert client.purchases.by_order("CART-1-1") == paid
    assert client.purchases.list([Phase.PAID]) == [paid]
    assert client.purchases.list([Phase.OPEN]) == []
    with pytest.raises(netmile.StateError):
        client.checkout.start(purchase())


def test_a_rendering_is_the_same_attempt_and_a_start_is_a_further_one(client: netmile.Client) -> None:
    first = client.checkout.start(purchase())
    assert client.checkout.render("CART-1").order_id == first.order_id
    assert client.checkout.start(purchase()).order_id == "CART-1-2"
    with pytest.raises(netmile.StateError, match="conflict"):
        client.checkout.start(purchase(item_name="other"))


def test_a_payment_after_giving_up_is_told_as_late(client: netmile.Client) -> None:
    checkout = client.checkout.start(purchase())
    assert client.checkout.give_up("CART-1").phase is Phase.GIVEN_UP
    assert client.notices.handle(result(checkout.form.fields)).accepted
    kinds = [event.kind for event in client.events.next()]
    assert kinds == [EventKind.GIVEN_UP, EventKind.PAID_LATE]
    assert [p.id for p in client.purchases.unresolved()] == ["CART-1"]
    assert client.purchases.accept_late("CART-1").phase is Phase.PAID
    assert client.purchases.resolve() == []


def test_refusing_a_notice_calls_a_person(client: netmile.Client) -> None:
    checkout = client.checkout.start(purchase())
    answer = client.notices.refuse(result(checkout.form.fields), "out of stock")
    assert (answer.body, answer.accepted) == (b"NG,out of stock", False)
    purchase_now = client.purchases.get("CART-1")
    assert (purchase_now.phase, purchase_now.review) == (Phase.NEEDS_REVIEW, "shop_refused")
    reviewed = client.purchases.review_paid("CART-1", "CART-1-1", TRACKING)
    assert reviewed.phase is Phase.PAID


def test_a_refund_is_asked_for_and_confirmed(client: netmile.Client) -> None:
    checkout = client.checkout.start(purchase())
    client.notices.handle(result(checkout.form.fields))
    ticket = client.refunds.request("CART-1", "customer changed their mind")
    assert (ticket.tracking_id, ticket.amount) == (TRACKING, 300)
    assert ticket.management_url is not None and TRACKING in ticket.management_url
    assert ticket.deadline > datetime.now(timezone.utc) + timedelta(days=80)
    now = datetime.now(timezone.utc)
    wrong = netmile.RefundEvidence("management_page", "operator 7", 299, now)
    with pytest.raises(netmile.VerificationError, match="mismatch"):
        client.refunds.confirm("CART-1", TRACKING, wrong)
    right = netmile.RefundEvidence("management_page", "operator 7", 300, now)
    refunded = client.refunds.confirm("CART-1", TRACKING, right)
    assert refunded.phase is Phase.REFUNDED
    refund = refunded.payments[0].refund
    assert refund is not None and refund.confirmed is not None
    assert abs(refund.confirmed.refunded_at - now) < timedelta(seconds=1)


def test_recurring_contracts(client: netmile.Client) -> None:
    request = purchase("SUB-1", billing=netmile.Billing.RECURRING_SIMPLE)
    checkout = client.subscriptions.start(request)
    assert client.notices.handle(result(checkout.form.fields)).accepted
    end = client.subscriptions.end("SUB-1")
    assert dict(end.form.fields)["tracking_id"] == TRACKING
    with pytest.raises(netmile.NetmileError, match="pay_type"):
        client.subscriptions.start(purchase("SUB-2"))


HOSTILE = [
    ("forged", {"key": "another key"}, "hash_mismatch"),
    ("old", {"at": jst(-3600)}, "expired"),
    ("early", {"at": jst(3600)}, "from_future"),
    ("amount", {"amount": "3"}, "mismatch"),
    ("customer", {"cust_code": "CUST0002"}, "mismatch"),
    ("item", {"item_name": "other"}, "mismatch"),
    ("date", {"request_date": "20200101000000"}, "mismatch"),
    ("order", {"order_id": "CART-9-1"}, "unknown_order"),
    ("merchant", {"merchant_id": "88888"}, "unknown_merchant"),
    ("shifted", {"cust_code": "CUST000", "item_id": "ITEM1"}, "mismatch"),
]


@pytest.mark.parametrize(("name", "changed", "code"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_notice_changes_nothing(
    client: netmile.Client, name: str, changed: "dict[str, str]", code: str
) -> None:
    checkout = client.checkout.start(purchase())
    answer = client.notices.handle(result(checkout.form.fields, **changed))
    assert (answer.body, answer.accepted) == (f"NG,{code}".encode(), False)
    assert answer.problem is not None and answer.problem.code == code and answer.problem.hint
    assert client.purchases.get("CART-1").phase is Phase.OPEN
    assert client.events.next() == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "missing_field"),
        (b"nonsense", "malformed"),
        (b"a=%zz", "malformed"),
        (b"a=" + b"x" * (10 * 1024 * 1024), "too_large"),
        (b"\xff\xfe\x00", "malformed"),
    ],
)
def test_what_is_no_notice_is_answered_no(client: netmile.Client, body: bytes, code: str) -> None:
    answer = client.notices.handle(body)
    assert answer.problem is not None
    assert (answer.body, answer.problem.code) == (f"NG,{code}".encode(), code)


def test_a_field_that_is_there_twice_is_refused(client: netmile.Client) -> None:
    checkout = client.checkout.start(purchase())
    answer = client.notices.handle(result(checkout.form.fields) + b"&amount=300")
    assert answer.body == b"NG,duplicate_field"


def test_a_wrong_charset_is_refused(client: netmile.Client) -> None:
    checkout = client.checkout.start(purchase())
    fields = result_fields(checkout.form.fields)
    answer = client.notices.handle(encode_form([*fields, ("sps_hashcode", "0" * 40)], shift_jis=False))
    assert not answer.accepted
    assert client.purchases.get("CART-1").phase is Phase.OPEN


def test_one_notice_from_many_threads_is_applied_once(client: netmile.Client) -> None:
    notice = result(client.checkout.start(purchase()).form.fields)
    answers: "list[bytes]" = []
    threads = [threading.Thread(target=lambda: answers.append(client.notices.handle(notice).body)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"OK,"] * 16
    assert len(client.events.next()) == 1


def test_the_awaited_client_does_the_same() -> None:
    async def journey() -> None:
        async with netmile.AsyncClient(contract()) as client:
            checkout = await client.checkout.start(purchase())
            notice = result(checkout.form.fields)
            answers = await asyncio.gather(*(client.notices.handle(notice) for _ in range(8)))
            assert [answer.body for answer in answers] == [b"OK,"] * 8
            assert [event.kind for event in await client.events.next()] == [EventKind.PAID]
            assert (await client.purchases.get("CART-1")).phase is Phase.PAID
            with pytest.raises(netmile.NetmileError, match="unknown_order"):
                await client.purchases.get("CART-2")

    asyncio.run(journey())


def test_a_blocking_call_in_a_running_loop_is_refused(client: netmile.Client) -> None:
    async def block() -> None:
        client.purchases.unresolved()

    with pytest.raises(netmile.StateError, match="event loop"):
        asyncio.run(block())


def test_a_wrong_hash_is_explained(client: netmile.Client) -> None:
    form = client.checkout.start(purchase()).form
    fields = [pair for pair in form.fields if pair[0] != "sps_hashcode"]
    import hashlib

    without_key = hashlib.sha1("".join(value for _, value in fields).encode()).hexdigest()
    explanation = client.explain_hash("purchase", fields, without_key)
    assert explanation.verdict == "recipe"
    assert [fault.id for fault in explanation.faults] == ["key_missing"]
    assert KEY not in repr(explanation)
    right = dict(form.fields)["sps_hashcode"]
    assert client.explain_hash("purchase", fields, right).verdict == "correct"
