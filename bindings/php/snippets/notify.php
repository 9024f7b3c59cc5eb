<?php

declare(strict_types=1);

use Netmile\Exception\NetmileException;
use Netmile\Http;

$client = require dirname(__DIR__) . '/client.php';

try {
    $answer = $client->notices->handle(Http::body(), Http::contentType());
} catch (NetmileException $error) {
    error_log("notice not recorded, have it sent again: {$error->getMessage()}");
    http_response_code(500);
    exit;
}
if ($answer->problem !== null) {
    error_log("notice: {$answer->problem->code} {$answer->problem->hint}");
}
Http::send($answer);
