<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * How often a code stands in a registration.
 */
final readonly class CodeTally extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
        'count' => ['count', 'integer', 'rs'],
    ];

    /**
     * @param string $code Code.
     * @param int $count Rows.
     */
    public function __construct(
        public string $code,
        public int $count,
    ) {
    }
}
