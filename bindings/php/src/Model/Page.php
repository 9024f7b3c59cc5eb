<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An HTTP answer for the customer's browser.
 *
 * @property-read list<Pair> $headers Further headers.
 * @property-read string $body The body in the charset of the content type.
 */
final readonly class Page extends Record
{
    /** @internal */
    public const SCHEMA = [
        'status' => ['status', 'integer', 'rs'],
        'contentType' => ['content_type', 'string', 'rs'],
        'headers' => ['headers', [Pair::class], 'r'],
        'body' => ['body', 'bytes', 'r'],
    ];

    /**
     * @param int $status HTTP status.
     * @param string $contentType `Content-Type`.
     * @param list<Pair>|array<string, string> $headers Further headers.
     * @param string $body The body in the charset of the content type.
     */
    public function __construct(
        public int $status,
        public string $contentType,
        #[\SensitiveParameter] array $headers,
        #[\SensitiveParameter] string $body,
    ) {
        $this->hide([
            'headers' => $headers,
            'body' => $body,
        ]);
    }
}
