<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Periods that are due.
 */
final readonly class DuePeriods extends Record
{
    /** @internal */
    public const SCHEMA = [
        'due' => ['due', [DuePeriod::class], 'rs'],
    ];

    /**
     * @param list<DuePeriod> $due In the order of contracts and periods.
     */
    public function __construct(
        public array $due,
    ) {
    }
}
