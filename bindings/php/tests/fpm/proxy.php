<?php

// A web server in front of php-fpm, for tests: PHP's own server hands each request on over FastCGI.

declare(strict_types=1);

require __DIR__ . '/../Support/FastCgi.php';

$more = ['REQUEST_METHOD' => $_SERVER['REQUEST_METHOD'], 'HTTP_COOKIE' => $_SERVER['HTTP_COOKIE'] ?? '', 'CONTENT_TYPE' => $_SERVER['CONTENT_TYPE'] ?? '',
    'HTTP_AUTHORIZATION' => $_SERVER['HTTP_AUTHORIZATION'] ?? '', 'REQUEST_URI' => $_SERVER['REQUEST_URI'], 'HTTP_ACCEPT_LANGUAGE' => $_SERVER['HTTP_ACCEPT_LANGUAGE'] ?? ''];
$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
[$status, $headers, $body] = (new Netmile\Tests\Support\FastCgi((string) getenv('FPM_SOCKET')))->request(
    (string) getenv('FPM_SCRIPT'),
    $path,
    (string) ($_SERVER['QUERY_STRING'] ?? ''),
    (string) file_get_contents('php://input'),
    array_filter($more, static fn (string $value): bool => $value !== ''),
);
http_response_code($status);
foreach ($headers as $name => $value) {
    if ($name !== 'status') {
        header("{$name}: {$value}");
    }
}
echo $body;
