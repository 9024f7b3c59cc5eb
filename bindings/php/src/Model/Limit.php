<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * At most so many.
 */
final readonly class Limit extends Record
{
    /** @internal */
    public const SCHEMA = [
        'limit' => ['limit', 'integer', 'rs'],
    ];

    /**
     * @param int $limit 1 to 1000.
     */
    public function __construct(
        public int $limit = 100,
    ) {
    }
}
