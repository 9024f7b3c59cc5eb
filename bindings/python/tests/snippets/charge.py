from client import client
from netmile import models


def charge(token: str, token_key: str) -> str:
    outcome = client.payments.charge(
        models.ChargeRequest(
            id="ORDER-1001",
            method="credit",
            amount=1000,
            cust_code="customer-1",
            item_id="book-1",
            token=models.CardToken(token=token, token_key=token_key),
        )
    )
    if outcome.value is not None:
        return f"paid: {outcome.value.captured}"
    if outcome.rejection is not None:
        return f"refused: {outcome.rejection.code}"
    return "being confirmed"
