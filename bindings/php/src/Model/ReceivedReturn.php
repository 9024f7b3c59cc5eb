<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the browser brought back.
 *
 * @property-read string $body The body as received; empty when it brought nothing.
 * @property-read ?string $contentType `Content-Type`, if there was one.
 */
final readonly class ReceivedReturn extends Record
{
    /** @internal */
    public const SCHEMA = [
        'by' => ['by', \Netmile\ReturnedBy::class, 'rs'],
        'body' => ['body', 'bytes', 'r'],
        'contentType' => ['content_type', 'string', 'n'],
    ];

    /**
     * @param \Netmile\ReturnedBy|string $by By which URL: `success`, `cancel` or `error`.
     * @param string $body The body as received; empty when it brought nothing.
     * @param ?string $contentType `Content-Type`, if there was one.
     */
    public function __construct(
        public \Netmile\ReturnedBy|string $by,
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ) {
        $this->hide([
            'body' => $body,
            'contentType' => $contentType,
        ]);
    }
}
