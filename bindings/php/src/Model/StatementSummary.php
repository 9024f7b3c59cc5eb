<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A statement that was read and not compared.
 */
final readonly class StatementSummary extends Record
{
    /** @internal */
    public const SCHEMA = [
        'from' => ['from', 'string', 'rs'],
        'until' => ['until', 'string', 'rs'],
        'rows' => ['rows', 'integer', 'rs'],
        'ignored' => ['ignored', 'integer', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'fee' => ['fee', 'integer', 'rs'],
        'net' => ['net', 'integer', 'rs'],
        'provenWhole' => ['proven_whole', 'boolean', 'rs'],
    ];

    /**
     * @param string $from First day.
     * @param string $until Last day.
     * @param int $rows Movements.
     * @param int $ignored Lines that are no movement.
     * @param int $amount Sum of the movements, yen.
     * @param int $fee Sum of the commissions, yen.
     * @param int $net What is left, yen.
     * @param bool $provenWhole Whether sums at its end prove that nothing is missing.
     */
    public function __construct(
        public string $from,
        public string $until,
        public int $rows,
        public int $ignored,
        public int $amount,
        public int $fee,
        public int $net,
        public bool $provenWhole,
    ) {
    }
}
