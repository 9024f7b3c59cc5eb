<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Reads what the browser brings back. Evidence for display, never proof of payment.
 *
 * @internal use the room of the client
 */
abstract class Returns
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Verifies what the browser brought back. For display, never proof of payment.
     *
     * @param \Netmile\ReturnedBy|string $by By which URL: `success`, `cancel` or `error`.
     * @param string $body The body as received; empty when it brought nothing.
     * @param ?string $contentType `Content-Type`, if there was one.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function read(
        \Netmile\ReturnedBy|string $by,
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\BrowserReturn {
        return $this->port->call(
            'return.read',
            new Model\ReceivedReturn(by: $by, body: $body, contentType: $contentType),
            Model\BrowserReturn::class,
        );
    }
}
