<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a month.
 */
final readonly class MonthRef extends Record
{
    /** @internal */
    public const SCHEMA = [
        'month' => ['month', 'string', 'rs'],
    ];

    /**
     * @param string $month `YYYYMM`.
     */
    public function __construct(
        public string $month,
    ) {
    }
}
