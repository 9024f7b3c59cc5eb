<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Takes the gateway's server-to-server notices: the only proof of payment.
 *
 * @internal use the room of the client
 */
abstract class Notices
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Verifies a notice, records it once, and says what to answer.
     *
     * @param string $body The body as received, or the query string of a GET.
     * @param ?string $contentType `Content-Type`, if there was one; it is then checked.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function handle(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\NoticeAnswer {
        return $this->port->call(
            'notice.handle',
            new Model\Received(body: $body, contentType: $contentType),
            Model\NoticeAnswer::class,
        );
    }

    /**
     * Verifies a notice and records nothing.
     *
     * @param string $body The body as received, or the query string of a GET.
     * @param ?string $contentType `Content-Type`, if there was one; it is then checked.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function inspect(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\NoticeView {
        return $this->port->call(
            'notice.inspect',
            new Model\Received(body: $body, contentType: $contentType),
            Model\NoticeView::class,
        );
    }

    /**
     * Verifies a notice and refuses it; the customer's miles stay spent.
     *
     * @param string $body The body as received.
     * @param string $reason A short reason in ASCII, without personal data.
     * @param ?string $contentType `Content-Type`, if there was one.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function refuse(
        #[\SensitiveParameter] string $body,
        string $reason,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\NoticeAnswer {
        return $this->port->call(
            'notice.refuse',
            new Model\RefusedNotice(body: $body, reason: $reason, contentType: $contentType),
            Model\NoticeAnswer::class,
        );
    }
}
