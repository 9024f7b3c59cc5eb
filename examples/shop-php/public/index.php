<?php

declare(strict_types=1);

$path = (string) parse_url((string) ($_SERVER['REQUEST_URI'] ?? '/'), PHP_URL_PATH);
if (PHP_SAPI === 'cli-server' && $path === '/shop.css') {
    return false;
}

require __DIR__ . '/../src/autoload.php';

Shop\App::fromEnvironment()->answer((string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'), $path);
