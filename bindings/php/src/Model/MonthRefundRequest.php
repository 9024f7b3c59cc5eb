<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A month of a simple contract.
 */
final readonly class MonthRefundRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'month' => ['month', 'string', 'rs'],
    ];

    /**
     * @param string $id The shop's id of the contract.
     * @param string $month `YYYYMM`.
     */
    public function __construct(
        public string $id,
        public string $month,
    ) {
    }
}
