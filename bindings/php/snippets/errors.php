<?php

declare(strict_types=1);

use Netmile\Exception\NetmileException;

$client = require dirname(__DIR__) . '/client.php';

try {
    $client->refunds->request('CART-9', 'the customer sent it back');
} catch (NetmileException $error) {
    error_log($error->getMessage());
    echo $error->errorCode, ': ', $error->hintJa;
}
