<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a period.
 */
final readonly class PeriodId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'period' => ['period', 'string', 'rs'],
    ];

    /**
     * @param string $id The shop's id of the contract.
     * @param string $period Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second
     *     that does.
     */
    public function __construct(
        public string $id,
        public string $period,
    ) {
    }
}
