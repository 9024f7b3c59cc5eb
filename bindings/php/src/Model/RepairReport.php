<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A comparison and what was written down of it.
 */
final readonly class RepairReport extends Record
{
    /** @internal */
    public const SCHEMA = [
        'report' => ['report', ReconciliationReport::class, 'rs'],
        'repaired' => ['repaired', [RepairResult::class], 'rs'],
    ];

    /**
     * @param ReconciliationReport $report The comparison before it.
     * @param list<RepairResult> $repaired What became of each step.
     */
    public function __construct(
        public ReconciliationReport $report,
        public array $repaired,
    ) {
    }
}
