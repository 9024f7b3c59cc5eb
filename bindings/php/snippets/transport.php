<?php

declare(strict_types=1);

use Netmile\HttpRequest;
use Netmile\HttpResponse;
use Netmile\NotSent;
use Netmile\Transport;

final class ByCurl implements Transport
{
    public function send(HttpRequest $request): HttpResponse
    {
        $curl = curl_init($request->url);
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $request->method,
            CURLOPT_HTTPHEADER => array_map(static fn (array $header): string => "{$header[0]}: {$header[1]}", $request->headers),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT_MS => max(1, (int) (1000 * min($request->timeout ?? 30, 30))), // 0 means for ever
            CURLOPT_PROXY => getenv('SHOP_PROXY') ?: '',
        ]);
        if ($request->method === 'POST') {
            curl_setopt($curl, CURLOPT_POSTFIELDS, $request->body); // would give a GET a body too
        }
        $body = curl_exec($curl);
        if (curl_errno($curl) === CURLE_COULDNT_CONNECT) {
            throw new NotSent();
        }
        if ($body === false) {
            throw new RuntimeException('no answer');
        }
        return new HttpResponse(curl_getinfo($curl, CURLINFO_RESPONSE_CODE), curl_getinfo($curl, CURLINFO_CONTENT_TYPE) ?: null, $body);
    }
}
