<?php

// A client with a database is made, forked, and used first in the children, then in the parent. A process of its own: SQLite
// must be untouched in the parent.

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\Urls;
use Netmile\Terminal;

require getenv('NETMILE_AUTOLOAD');

[, $directory, $children] = $argv;
$urls = new Urls('https://shop.example/success', 'https://shop.example/cancel', 'https://shop.example/error', 'https://shop.example/notify');
$contract = Contract::mock('http://127.0.0.1:1', '99999', '001', 'TESTHASHKEY0123456789abcdef0123456789abc');
$client = new Client($contract, journal: "sqlite://{$directory}/journal.db");
$pids = [];
for ($number = 0; $number < (int) $children; $number++) {
    $pid = pcntl_fork();
    if ($pid === 0) {
        $client->checkout->start(new PurchaseRequest("F-{$number}", 'CUST0001', 'ITEM1', 300, $urls, Terminal::PC));
        exit($client->purchases->get("F-{$number}")->amount === 300 ? 7 : 1);
    }
    $pids[] = $pid;
}
foreach ($pids as $pid) {
    pcntl_waitpid($pid, $status);
    echo pcntl_wexitstatus($status), ' ';
}
echo count($client->purchases->list());
