<?php

// An application under php-fpm, for FpmTest: one client per request, as PHP does it.

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Http;
use Netmile\Method;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\Urls;
use Netmile\Terminal;

require getenv('NETMILE_AUTOLOAD');

$client = new Client(
    Contract::mock(getenv('GATEWAY'), '99999', '001', 'demo0key0of0the0mock0gateway0not0a0secr0', [new Method('netmile', 'all')]),
    journal: getenv('JOURNAL'),
);
$id = (string) ($_GET['id'] ?? '');
switch ($_SERVER['PATH_INFO'] ?? '') {
    case '/pay':
        $urls = new Urls('https://shop.example/success', 'https://shop.example/cancel', 'https://shop.example/error', 'https://shop.example/notify');
        Http::send($client->checkout->start(new PurchaseRequest($id, 'CUST0001', 'ITEM1', 300, $urls, Terminal::PC))->page);
        break;
    case '/notify':
        Http::send($client->notices->handle(Http::body(), Http::contentType()));
        break;
    case '/fields':
        $pairs = array_map(static fn ($pair) => [$pair->name, $pair->value], $client->checkout->render($id)->form->fields);
        header('Content-Type: application/json');
        echo json_encode($pairs);
        break;
    case '/phase':
        echo json_encode(['phase' => $client->purchases->get($id)->phase, 'pid' => getmypid()]);
        break;
    case '/ask':
        // Reaches the gateway over HTTP: the runtime of this worker.
        try {
            $client->members->info('nobody');
        } catch (Netmile\Exception\NetmileException $error) {
            echo json_encode(['code' => $error->errorCode, 'pid' => getmypid()]);
        }
        break;
    case '/fatal':
        $client->purchases->list();
        nobody_defined_this();
        break;
    case '/files':
        $files = array_filter(array_map(static fn (string $fd) => (string) @readlink($fd), glob('/proc/self/fd/*')), static fn (string $file) => str_contains($file, 'journal.db'));
        echo json_encode(['files' => count($files), 'pid' => getmypid()]);
        break;
    case '/ffi':
        // Only the preloaded package may call FFI.
        try {
            FFI::cdef('int getpid(void);');
            echo 'open';
        } catch (FFI\Exception $error) {
            echo $error->getMessage();
        }
        break;
    default:
        http_response_code(404);
}
