import asyncio
from typing import Optional

import netmile
from client import contract
from netmile import models


async def pay(request: models.ChargeRequest, journal: str, transport: Optional[netmile.AsyncTransport] = None) -> str:
    async with netmile.AsyncClient(contract, journal=journal, transport=transport) as client:
        try:
            outcome = await asyncio.wait_for(client.payments.charge(request), timeout=10)
        except asyncio.TimeoutError:
            # Not known, and in the journal: client.resolve() finds out.
            return "being confirmed"
        return str(outcome.outcome)
