<?php

declare(strict_types=1);

use Netmile\Model\CardToken;
use Netmile\Model\ChargeRequest;
use Netmile\Outcome;

$client = require dirname(__DIR__) . '/client.php';

$outcome = $client->payments->charge(new ChargeRequest(
    id: 'ORDER-1001',
    method: 'credit',
    amount: 1000,
    custCode: 'customer-1',
    itemId: 'book-1',
    token: new CardToken(token: $_POST['token'], tokenKey: $_POST['token_key']),
));
echo match ($outcome->outcome) {
    Outcome::Done => "paid: {$outcome->value->captured}",
    Outcome::Rejected => "refused: {$outcome->rejection->code}",
    Outcome::Unknown => 'being confirmed',
};
