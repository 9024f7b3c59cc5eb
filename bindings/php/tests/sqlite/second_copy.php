<?php

// PHP's own SQLite opens and closes the file of a journal that a client of this process has open. Prints what became of it.

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Exception\JournalException;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\Urls;
use Netmile\Terminal;

require getenv('NETMILE_AUTOLOAD');

[, $file] = $argv;
$urls = new Urls('https://shop.example/success', 'https://shop.example/cancel', 'https://shop.example/error', 'https://shop.example/notify');
$client = new Client(Contract::mock('http://127.0.0.1:1', '99999', '001', 'TESTHASHKEY0123456789abcdef0123456789abc'), journal: "sqlite://{$file}");
$start = static fn (string $id) => $client->checkout->start(new PurchaseRequest($id, 'CUST0001', 'ITEM1', 300, $urls, Terminal::PC));
$start('BEFORE');
$other = new \PDO("sqlite:{$file}");
$other->query('SELECT count(*) FROM netmile_rows')->fetchAll();
$other = null;
try {
    $start('AFTER');
    echo 'recorded, ';
} catch (JournalException $error) {
    echo str_contains($error->getMessage(), 'write-ahead log') ? 'refused, ' : "{$error->getMessage()}, ";
}
$client->release();
$start('AGAIN');
echo count($client->purchases->list());
