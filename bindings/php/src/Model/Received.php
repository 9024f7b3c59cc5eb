<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A received message: the untouched body and its content type.
 *
 * @property-read string $body The body as received, or the query string of a GET.
 * @property-read ?string $contentType `Content-Type`, if there was one; it is then checked.
 */
final readonly class Received extends Record
{
    /** @internal */
    public const SCHEMA = [
        'body' => ['body', 'bytes', 'r'],
        'contentType' => ['content_type', 'string', 'n'],
    ];

    /**
     * @param string $body The body as received, or the query string of a GET.
     * @param ?string $contentType `Content-Type`, if there was one; it is then checked.
     */
    public function __construct(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ) {
        $this->hide([
            'body' => $body,
            'contentType' => $contentType,
        ]);
    }
}
