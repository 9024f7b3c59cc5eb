<?php

declare(strict_types=1);

use Netmile\Http;
use Netmile\Phase;
use Netmile\ReturnedBy;

$client = require dirname(__DIR__) . '/client.php';

$back = $client->returns->read(ReturnedBy::Success, Http::body(), Http::contentType());
echo $back->purchase?->phase === Phase::Paid ? 'ありがとうございました' : 'お支払いを確認しています';
