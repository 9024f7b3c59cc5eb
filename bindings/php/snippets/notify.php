<?php

declare(strict_types=1);

use Netmile\Http;

$client = require __DIR__ . '/client.php';

$answer = $client->notices->handle(Http::body(), Http::contentType());
if ($answer->problem !== null) {
    error_log("notice: {$answer->problem->code} {$answer->problem->hint}");
}
Http::send($answer);
