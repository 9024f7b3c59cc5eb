import logging

from client import client
from netmile import NetmileError


def refund(purchase_id: str) -> str:
    try:
        ticket = client.refunds.request(purchase_id, "the customer sent it back")
    except NetmileError as error:
        logging.warning("no refund: %s", error)
        return f"{error.code}: {error.hint_ja}"
    return f"to be executed on {ticket.management_url}"
