<?php

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Method;

require __DIR__ . '/vendor/autoload.php';

$contract = new Contract(
    merchantId: '99999',
    serviceId: '001',
    hashKey: getenv('NETMILE_HASH_KEY'),
    environment: getenv('NETMILE_ENVIRONMENT') ?: 'test',
    baseUrl: getenv('NETMILE_BASE_URL') ?: null, // that of the mock gateway
    methods: [new Method('credit', api: 'credit')],
);
return new Client($contract, journal: 'sqlite://' . __DIR__ . '/journal.db', lang: 'ja'); // neither is in the document root
