<?php

// A client with a database is used, released, and forked; then children and parent use it. A process of its own, so that no other
// test's database is open.

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Exception\StateException;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\Urls;
use Netmile\Terminal;

require getenv('NETMILE_AUTOLOAD');

[, $children, $how] = $argv;
$urls = new Urls('https://shop.example/success', 'https://shop.example/cancel', 'https://shop.example/error', 'https://shop.example/notify');
$contract = Contract::mock('http://127.0.0.1:1', '99999', '001', 'TESTHASHKEY0123456789abcdef0123456789abc');
$client = new Client($contract, journal: (string) getenv('JOURNAL'));
$start = static fn (string $id) => $client->checkout->start(new PurchaseRequest($id, 'CUST0001', 'ITEM1', 300, $urls, Terminal::PC));
if ($how !== 'unused') {
    $start('BEFORE');
}
if ($how === 'released') {
    $client->release();
}
$pids = [];
for ($number = 0; $number < (int) $children; $number++) {
    $pid = pcntl_fork();
    if ($pid === 0) {
        try {
            $start("F-{$number}");
        } catch (StateException) {
            exit(8);
        }
        exit($client->purchases->get("F-{$number}")->amount === 300 ? 7 : 1);
    }
    $pids[] = $pid;
}
foreach ($pids as $pid) {
    pcntl_waitpid($pid, $status);
    echo pcntl_wexitstatus($status), ' ';
}
echo count($client->purchases->list());
