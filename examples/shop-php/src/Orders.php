<?php

declare(strict_types=1);

namespace Shop;

/** The shop's own records. They say nothing about money: that is in the journal of netmile. */
final class Orders
{
    private readonly \PDO $database;

    public function __construct(string $directory)
    {
        $this->database = new \PDO("sqlite:{$directory}/shop.db", options: [\PDO::ATTR_ERRMODE => \PDO::ERRMODE_EXCEPTION]);
        $this->database->exec('PRAGMA busy_timeout = 5000');
        $this->database->exec('CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, item TEXT NOT NULL,
            way TEXT, attempt INTEGER NOT NULL DEFAULT 0, chosen_at INTEGER)');
        $this->database->exec('CREATE TABLE IF NOT EXISTS deliveries (order_id TEXT PRIMARY KEY, event INTEGER NOT NULL)');
    }

    /** A new order; its id can not be guessed. */
    public function add(Item $item): string
    {
        $id = bin2hex(random_bytes(12));
        $this->run('INSERT INTO orders (id, item) VALUES (?, ?)', $id, $item->id);
        return $id;
    }

    public function get(string $id): ?Order
    {
        return $this->all('WHERE id = ?', $id)[0] ?? null;
    }

    /** @return list<Order> newest first */
    public function newest(): array
    {
        return $this->all('ORDER BY number DESC LIMIT 100');
    }

    /** Settles how an order is paid: false if that was settled before, so that two clicks never pay by two ways. */
    public function choose(string $id, string $way): bool
    {
        $step = $way === 'miles' ? 1 : 0;
        return $this->run('UPDATE orders SET way = ?, attempt = attempt + ?, chosen_at = ? WHERE id = ? AND way IS NULL', $way, $step, time(), $id) === 1;
    }

    /** No miles moved in this attempt: the customer may choose again. A later choice stays as it is. */
    public function chooseAgain(string $id, int $attempt): void
    {
        $this->run("UPDATE orders SET way = NULL WHERE id = ? AND attempt = ? AND way = 'miles'", $id, $attempt);
    }

    /** @return list<Order> those to be paid with miles, chosen before then and not delivered */
    public function chosenBefore(int $instant): array
    {
        return $this->all("WHERE way = 'miles' AND chosen_at < ? AND NOT delivered", $instant);
    }

    /** Delivers once, however often it is told. */
    public function deliver(string $id, int $event): void
    {
        $this->run('INSERT OR IGNORE INTO deliveries VALUES (?, ?)', $id, $event);
    }

    /** @return list<Order> */
    private function all(string $which, string|int ...$values): array
    {
        $statement = $this->database->prepare('SELECT id, item, way, attempt, EXISTS (SELECT 1 FROM deliveries WHERE order_id = id) AS delivered
            FROM orders ' . $which);
        $statement->execute($values);
        $orders = [];
        foreach ($statement as $row) {
            $item = Item::all()[$row['item']];
            $orders[] = new Order($row['id'], $item, $row['way'], (int) $row['attempt'], (bool) $row['delivered']);
        }
        return $orders;
    }

    private function run(string $sql, string|int ...$values): int
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);
        return $statement->rowCount();
    }
}
