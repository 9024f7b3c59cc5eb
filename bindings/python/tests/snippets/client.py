import os

import netmile

MOCK = os.environ.get("NETMILE_MOCK_URL")  # what `netmile-mock serve` prints

contract = netmile.Contract(
    os.environ["NETMILE_MERCHANT_ID"],
    os.environ["NETMILE_SERVICE_ID"],
    os.environ["NETMILE_HASH_KEY"],
    environment="mock" if MOCK else "test",  # in the end "production"
    base_url=MOCK,
    methods=[netmile.Method("credit", api="credit")],
)
client = netmile.Client(contract, journal=os.environ["NETMILE_JOURNAL"], lang="ja")
