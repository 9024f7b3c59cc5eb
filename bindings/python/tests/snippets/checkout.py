import os

import netmile
from client import client

SHOP = os.environ["SHOP_URL"]


def checkout() -> netmile.Page:
    request = netmile.PurchaseRequest(
        purchase_id="CART-1001",
        cust_code="customer-1",
        item_id="book-1",
        item_name="本",
        amount=300,
        urls=netmile.Urls(f"{SHOP}/success", f"{SHOP}/cancel", f"{SHOP}/error", f"{SHOP}/notify"),
        terminal=netmile.Terminal.PC,
    )
    return client.checkout.start(request).page  # in the journal before it exists
