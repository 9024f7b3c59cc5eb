<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A received XML notice of the API type.
 *
 * @property-read string $body The body as received.
 */
final readonly class XmlNotice extends Record
{
    /** @internal */
    public const SCHEMA = [
        'body' => ['body', 'bytes', 'r'],
    ];

    /**
     * @param string $body The body as received.
     */
    public function __construct(
        #[\SensitiveParameter] string $body,
    ) {
        $this->hide([
            'body' => $body,
        ]);
    }
}
