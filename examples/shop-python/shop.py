"""A small shop that takes NetMile payments: catalogue, order, payment, notice, delivery, refund.

    python shop.py http://127.0.0.1:8080          # the URL that `netmile-mock serve` prints

Flask and ``netmile``. What touches payments is in payments.py; copy it.
"""

from __future__ import annotations

import argparse
import sqlite3
import threading
from pathlib import Path

from netmile import NetmileError
from orders import Orders
from payments import Payments
from web import make_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Handler(WSGIRequestHandler):
    """One line per request, without what was asked after the path."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        print(f"{self.command} {self.path.split('?')[0]} {code}", flush=True)


class Worker(threading.Thread):
    """Picks up what a crash left over, resolves what waits too long, and delivers."""

    def __init__(self, payments: Payments, orders: Orders) -> None:
        super().__init__(name="worker")
        self.payments, self.orders = payments, orders
        self.wake, self.is_stopped, self.is_recovered = threading.Event(), False, False

    def run(self) -> None:
        while not self.is_stopped:
            self.wake.clear()
            try:
                if not self.is_recovered:
                    self.payments.client.recover()
                    self.is_recovered = True
                self.payments.client.resolve()
                self.payments.deliver(self.orders)
            except (NetmileError, sqlite3.Error) as error:
                # One error must not end delivery for good: it is tried again.
                print(f"not looked after now: {error}", flush=True)
            if not self.is_stopped:
                self.wake.wait(5)

    def stop(self) -> None:
        """Returns when the worker has ended."""
        self.is_stopped = True
        self.wake.set()
        self.join()


def main() -> None:
    """Serves until Ctrl-C."""
    arguments = argparse.ArgumentParser(description="A shop that takes NetMile payments from a mock gateway")
    arguments.add_argument("gateway", help="URL of the mock gateway")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--directory", type=Path, default=Path("."), help="where the databases are kept")
    given = arguments.parse_args()
    # The port first: the gateway must be told the address of this very shop.
    server = make_server("127.0.0.1", given.port, lambda *asked: app(*asked), threaded=True, request_handler=Handler)
    own_url = f"http://127.0.0.1:{server.server_port}"
    payments, orders = Payments(given.gateway, own_url, given.directory), Orders(given.directory)
    worker = Worker(payments, orders)
    app = make_app(payments, orders, after_notice=worker.wake.set)
    worker.start()
    print(f"the shop is ready: {own_url}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("closing", flush=True)
    finally:
        worker.stop()
        server.server_close()
        payments.client.close()


if __name__ == "__main__":
    main()
