<?php

declare(strict_types=1);

use Netmile\EventKind;
use Netmile\Model\Event;

$client = require dirname(__DIR__) . '/client.php';

$client->resolve();
$client->events->each(static function (Event $event): void {
    match ($event->kind) {
        EventKind::Paid => print("deliver {$event->purchaseId}, once by {$event->id} and {$event->purchaseId} together\n"),
        EventKind::PaidLate, EventKind::PaidTwice, EventKind::NeedsReview
            => print("{$event->purchaseId} needs a person: {$event->kind->value}\n"),
        default => null,
    };
});
