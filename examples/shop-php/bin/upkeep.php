<?php

// Once a minute, by cron or a timer: php bin/upkeep.php

declare(strict_types=1);

use Shop\Orders;
use Shop\Payments;

require __DIR__ . '/../src/autoload.php';

$directory = getenv('SHOP_DIRECTORY') ?: sys_get_temp_dir();
$gateway = getenv('NETMILE_GATEWAY') ?: throw new RuntimeException('NETMILE_GATEWAY must be the URL of the mock gateway');
$payments = new Payments($gateway, rtrim((string) getenv('SHOP_URL'), '/'), $directory, getenv('NETMILE_HASH_KEY') ?: null);
$payments->upkeep(new Orders($directory));
