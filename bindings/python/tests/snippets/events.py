from client import client
from netmile import EventKind


def act() -> None:
    for event in client.events.next():
        if event.kind == EventKind.PAID:
            print(f"deliver {event.purchase_id}, once by {event.id} and {event.purchase_id} together", flush=True)
        elif event.kind in (EventKind.PAID_LATE, EventKind.PAID_TWICE, EventKind.NEEDS_REVIEW):
            print(f"{event.purchase_id} needs a person: {event.kind}", flush=True)
        client.events.ack(event.id)
