<?php

// One process of a shop whose journal is in PostgreSQL: what it is asked to do, and one line about what it found.

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Method;
use Netmile\Model\ChargeRequest;
use Netmile\Model\Event;

require getenv('NETMILE_AUTOLOAD');

[, $do, $id] = $argv;
$api = ['number' => '900', 'flow' => 'one_step', 'capture' => 'automatic', 'member_leaf' => 'netmile_user_id',
    'functions' => ['request' => 'ST01-00101', 'refund' => 'ST02-00303', 'inquiry' => 'MG01-00101'],
    'inquiry_by' => 'order', 'statuses' => [['0', 'none'], ['1', 'processing'], ['2', 'captured'], ['4', 'refunded']],
    'tells_refunds' => true, 'amount_digits' => 7];
$contract = Contract::mock((string) getenv('GATEWAY'), '99999', '001', (string) getenv('HASH_KEY'), [new Method('netmile', 'all', api: $api)]);
$client = new Client($contract, journal: (string) getenv('JOURNAL'));
echo match ($do) {
    'charge' => $client->payments->charge(new ChargeRequest(
        id: $id,
        method: 'netmile',
        amount: 100,
        custCode: 'CUST0001',
        itemId: 'ITEM1',
        itemName: 'しおり',
        member: 'taro',
    ))->outcome->value,
    'read' => $client->payments->get($id)->phase->value,
    'resolve' => $client->payments->resolve($id)->phase->value,
    'events' => (static function () use ($client): string {
        $told = [];
        $client->events->each(static function (Event $event) use (&$told): void {
            $told[] = "{$event->kind->value} {$event->purchaseId}";
        });
        return implode(', ', $told);
    })(),
};
$client->close();
