<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A notice that the shop refuses.
 *
 * @property-read string $body The body as received.
 * @property-read ?string $contentType `Content-Type`, if there was one.
 */
final readonly class RefusedNotice extends Record
{
    /** @internal */
    public const SCHEMA = [
        'body' => ['body', 'bytes', 'r'],
        'reason' => ['reason', 'string', 'rs'],
        'contentType' => ['content_type', 'string', 'n'],
    ];

    /**
     * @param string $body The body as received.
     * @param string $reason A short reason in ASCII, without personal data.
     * @param ?string $contentType `Content-Type`, if there was one.
     */
    public function __construct(
        #[\SensitiveParameter] string $body,
        public string $reason,
        #[\SensitiveParameter] ?string $contentType = null,
    ) {
        $this->hide([
            'body' => $body,
            'contentType' => $contentType,
        ]);
    }
}
