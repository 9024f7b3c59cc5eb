<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Sums of a bill.
 */
final readonly class BillSums extends Record
{
    /** @internal */
    public const SCHEMA = [
        'issued' => ['issued', 'integer', 'rs'],
        'cancelled' => ['cancelled', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'yen' => ['yen', 'integer', 'rs'],
    ];

    /**
     * @param int $issued Miles issued.
     * @param int $cancelled Miles cancelled.
     * @param int $miles Miles to pay.
     * @param int $yen Yen to pay.
     */
    public function __construct(
        public int $issued,
        public int $cancelled,
        public int $miles,
        public int $yen,
    ) {
    }
}
