<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * On which days a contract is billed.
 *
 * @property-read ?string $anchor A month in which it is billed, `YYYY-MM`; that of the first day when not given.
 * @property-read ?string $lastChargeMonth The last month that is billed, `YYYY-MM`.
 * @property-read ?string $lastDay The last day of the contract, `YYYY-MM-DD`.
 */
final readonly class BillingSchedule extends Record
{
    /** @internal */
    public const SCHEMA = [
        'start' => ['start', 'string', 'rs'],
        'billingDay' => ['billing_day', 'integer', 'rs'],
        'interval' => ['interval', 'integer', 'ns'],
        'anchor' => ['anchor', 'string', 'n'],
        'first' => ['first', 'string', 'ns'],
        'lastChargeMonth' => ['last_charge_month', 'string', 'n'],
        'lastDay' => ['last_day', 'string', 'n'],
    ];

    /**
     * @param string $start First day of the contract, `YYYY-MM-DD`.
     * @param int $billingDay Day of the month, 1 to 31; in shorter months the last one.
     * @param ?int $interval Every so many months; 1 when not given.
     * @param ?string $anchor A month in which it is billed, `YYYY-MM`; that of the first day when not given.
     * @param ?string $first The time before the first billing day: `bill_at_once` (when not given),
     *     `next_billing_day` or `free`.
     * @param ?string $lastChargeMonth The last month that is billed, `YYYY-MM`.
     * @param ?string $lastDay The last day of the contract, `YYYY-MM-DD`.
     */
    public function __construct(
        public string $start,
        public int $billingDay,
        public ?int $interval = null,
        #[\SensitiveParameter] ?string $anchor = null,
        public ?string $first = null,
        #[\SensitiveParameter] ?string $lastChargeMonth = null,
        #[\SensitiveParameter] ?string $lastDay = null,
    ) {
        $this->hide([
            'anchor' => $anchor,
            'lastChargeMonth' => $lastChargeMonth,
            'lastDay' => $lastDay,
        ]);
    }
}
