<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the billing job did.
 */
final readonly class BilledPeriods extends Record
{
    /** @internal */
    public const SCHEMA = [
        'periods' => ['periods', [BilledPeriod::class], 'rs'],
    ];

    /**
     * @param list<BilledPeriod> $periods In the order of contracts and periods.
     */
    public function __construct(
        public array $periods,
    ) {
    }
}
