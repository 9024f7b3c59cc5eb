<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A message to be verified on its own, without a journal.
 *
 * @property-read string $body The body as received.
 * @property-read ?string $contentType `Content-Type`, if there was one.
 */
final readonly class ReceivedMessage extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', \Netmile\MessageKind::class, 'rs'],
        'body' => ['body', 'bytes', 'r'],
        'contentType' => ['content_type', 'string', 'n'],
    ];

    /**
     * @param \Netmile\MessageKind|string $kind `purchase_notice`, `purchase_return`, `cancel_return`,
     *     `error_return`, `registration_notice`, `registration_return`, `recurring_notice` or `recurring_return`.
     * @param string $body The body as received.
     * @param ?string $contentType `Content-Type`, if there was one.
     */
    public function __construct(
        public \Netmile\MessageKind|string $kind,
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ) {
        $this->hide([
            'body' => $body,
            'contentType' => $contentType,
        ]);
    }
}
