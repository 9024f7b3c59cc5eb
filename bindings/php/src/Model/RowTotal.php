<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Rows and miles.
 */
final readonly class RowTotal extends Record
{
    /** @internal */
    public const SCHEMA = [
        'rows' => ['rows', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
    ];

    /**
     * @param int $rows Rows.
     * @param int $miles Miles.
     */
    public function __construct(
        public int $rows,
        public int $miles,
    ) {
    }
}
