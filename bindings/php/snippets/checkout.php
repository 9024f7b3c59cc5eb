<?php

declare(strict_types=1);

use Netmile\Http;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\Urls;
use Netmile\Terminal;

$client = require dirname(__DIR__) . '/client.php';
$shop = getenv('SHOP_URL');

$request = new PurchaseRequest(
    purchaseId: 'CART-1001',
    custCode: 'customer-1',
    itemId: 'book-1',
    amount: 300,
    urls: new Urls("{$shop}/success.php", "{$shop}/cancel.php", "{$shop}/error.php", "{$shop}/notify.php"),
    terminal: Terminal::PC,
    itemName: '本',
);
Http::send($client->checkout->start($request)->page);
