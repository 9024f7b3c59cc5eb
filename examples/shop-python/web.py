"""The shop's pages, and the addresses that the gateway and the customer's browser come back to."""

from __future__ import annotations

from typing import Callable

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from netmile import NetmileError, Phase
from orders import ITEMS, Orders
from payments import Payments
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

# Each with a class of the style sheet.
STATES = {
    Phase.OPEN: ("waiting", "お支払い待ち", "Waiting for payment"),
    Phase.AWAITING_NOTICE: ("waiting", "確認中", "Being confirmed"),
    Phase.AWAITING_DEPOSIT: ("waiting", "ご入金待ち", "Waiting for your deposit"),
    Phase.PAID: ("paid", "支払い済み", "Paid"),
    Phase.REFUND_REQUESTED: ("waiting", "返金手続き中", "Being refunded"),
    Phase.REFUNDED: ("waiting", "返金済み", "Refunded"),
    Phase.GIVEN_UP: ("waiting", "取引終了", "Closed"),
}
REVIEW = ("waiting", "担当者が確認中", "Our staff is looking at it")
NOT_BEGUN = ("waiting", "お支払い前", "Not begun")


def make_app(payments: Payments, orders: Orders, after_notice: Callable[[], None]) -> Flask:
    """The shop as a WSGI application. ``after_notice`` is called when there may be something to deliver."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024

    @app.get("/")
    def shelf() -> str:
        return render_template("shelf.html", items=ITEMS)

    @app.post("/buy")
    def buy() -> Response:
        item_id = request.form.get("item", "")
        item = ITEMS.get(item_id) or abort(404)
        page = payments.start(orders.add(item_id), item_id, item)
        # Bytes, since they are Shift_JIS.
        return Response(page.body, page.status, dict(page.headers), content_type=page.content_type)

    @app.post("/notify")
    def notify() -> Response:
        answer = payments.notice(request.get_data(), request.headers.get("Content-Type"))
        after_notice()
        return Response(answer.body, answer.status, content_type=answer.content_type)

    @app.post("/<any(success, cancel, error):by>")
    def back(by: str) -> Answer:
        order = payments.returned(by, request.get_data(), request.headers.get("Content-Type"))
        # Elsewhere, so that reload and back are safe.
        return redirect(url_for("order_page", order=order) if order else url_for("shelf"), 303)

    @app.get("/<any(cancel, error):by>")
    def not_paid(by: str) -> str:
        return render_template("message.html", title=("お支払いは完了していません", "You have not paid"))

    @app.get("/orders/<order>")
    def order_page(order: str) -> str:
        item = orders.item(order) or abort(404)
        # Told by the purchase, never by the browser.
        purchase = payments.purchase(order)
        phase = purchase.phase if purchase else None
        state = STATES.get(phase, REVIEW) if isinstance(phase, Phase) else REVIEW if purchase else NOT_BEGUN
        return render_template(
            "order.html",
            order=order,
            item=item,
            yen=purchase.amount if purchase else item.yen,
            state=state,
            delivered=orders.delivered(order),
            is_paid=phase == Phase.PAID,
        )

    @app.post("/refund")
    def refund() -> "tuple[str, int] | str":
        order = request.form.get("order", "")
        if orders.item(order) is None:
            abort(404)
        try:
            ticket = payments.refund(order)
        except NetmileError as error:
            print(f"no refund: {error}", flush=True)
            title = ("返金できません", "It can not be refunded")
            return render_template("message.html", title=title, about=(error.hint_ja, error.hint), order=order), 409
        return render_template("refund.html", order=order, ticket=ticket)

    @app.errorhandler(NetmileError)
    def out_of_order(error: NetmileError) -> "tuple[str, int]":
        """The gateway, too, sees that a notice was not taken."""
        print(f"{request.method} {request.path}: {error}", flush=True)
        title = ("ただいまご利用いただけません", "Not available at the moment")
        about = ("しばらくしてから、もう一度お試しください。", "Please try again later.")
        return render_template("message.html", title=title, about=about), 503

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> "tuple[str, int]":
        titles = {404: ("ページが見つかりません", "Page not found")}
        title = titles.get(error.code or 500, ("受け付けられません", "Not accepted"))
        return render_template("message.html", title=title), error.code or 500

    @app.after_request
    def guard(answer: Response) -> Response:
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        # The address of an order is the key to it.
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return app
