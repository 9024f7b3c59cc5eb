<?php

declare(strict_types=1);

use Netmile\EventKind;
use Netmile\Model\Event;

$client = require __DIR__ . '/client.php';

$client->resolve();
$client->events->each(static function (Event $event): void {
    if ($event->kind === EventKind::Paid) {
        echo "deliver {$event->purchaseId}, once by {$event->id}\n";
    }
});
