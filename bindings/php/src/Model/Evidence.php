<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A genuine message that could not be applied.
 *
 * @property-read string $body The bytes as received. Personal.
 */
final readonly class Evidence extends Record
{
    /** @internal */
    public const SCHEMA = [
        'digest' => ['digest', 'string', 'rs'],
        'code' => ['code', 'string', 'rs'],
        'body' => ['body', 'bytes', 'r'],
        'at' => ['at_ms', 'instant', 'rs'],
    ];

    /**
     * @param string $digest Names the bytes.
     * @param string $code Why it was refused.
     * @param string $body The bytes as received. Personal.
     * @param \DateTimeImmutable $at When it came.
     */
    public function __construct(
        public string $digest,
        public string $code,
        #[\SensitiveParameter] string $body,
        public \DateTimeImmutable $at,
    ) {
        $this->hide([
            'body' => $body,
        ]);
    }
}
