"""The shop's own records: what is sold, what was ordered, what was delivered."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Optional


class Item(NamedTuple):
    """Something to buy."""

    name: str
    english: str
    yen: int


ITEMS = {
    "book": Item("髙橋の本①", "Takahashi's book, volume 1", 300),
    "tea": Item("お茶 10～20杯", "Tea for 10 to 20 cups", 1200),
}


class Orders:
    """The orders, in a database of the shop's own."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "shop.db"
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, item TEXT NOT NULL)")
            database.execute(
                "CREATE TABLE IF NOT EXISTS deliveries (event INTEGER, id TEXT NOT NULL, PRIMARY KEY (event, id))"
            )

    def add(self, item: str) -> str:
        """A new order; its id is not guessable."""
        order = secrets.token_hex(12)
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("INSERT INTO orders VALUES (?, ?)", (order, item))
        return order

    def item(self, order: str) -> Optional[Item]:
        """What was ordered."""
        with closing(sqlite3.connect(self.path)) as database:
            row = database.execute("SELECT item FROM orders WHERE id = ?", (order,)).fetchone()
        return ITEMS.get(str(row[0])) if row else None

    def deliver(self, event: int, order: str) -> None:
        """Delivers once, however often it is told."""
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?)", (event, order))

    def delivered(self, order: str) -> int:
        """How often it was delivered."""
        with closing(sqlite3.connect(self.path)) as database:
            row = database.execute("SELECT count(*) FROM deliveries WHERE id = ?", (order,)).fetchone()
        return int(row[0])
