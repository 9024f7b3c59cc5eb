<?php

// Answers what was sent to it, after so many seconds.

declare(strict_types=1);

sleep((int) getenv('ECHO_AFTER'));
header('Content-Type: application/json');
echo json_encode([
    'method' => $_SERVER['REQUEST_METHOD'],
    'length' => $_SERVER['HTTP_CONTENT_LENGTH'] ?? $_SERVER['CONTENT_LENGTH'] ?? null,
    'body' => file_get_contents('php://input'),
]);
