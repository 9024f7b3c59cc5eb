<?php

declare(strict_types=1);

namespace Netmile;

/**
 * A transport of the shop's own: for proxies, for tests, for HTTP stacks that a company prescribes.
 *
 * The library never calls into PHP: the client asks it step by step what to send. A transport that throws breaks nothing;
 * the outcome is then unknown, as after any lost answer, and `$client->resolve()` finds out.
 */
interface Transport
{
    /**
     * Sends the request once: no retries, no redirects. Whatever it throws but {@see NotSent} means that the request may
     * have arrived.
     *
     * @throws NotSent
     */
    public function send(HttpRequest $request): HttpResponse;
}
