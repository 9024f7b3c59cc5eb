<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the billing job bills.
 */
final readonly class BillDueRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'contractAmount' => ['contract_amount', 'boolean', 's'],
        'amounts' => ['amounts', [PeriodAmount::class], 's'],
    ];

    /**
     * @param bool $contractAmount Bill each period of a contract that has an amount with it.
     * @param list<PeriodAmount> $amounts Amounts of single periods; they go before that of the contract. A period
     *     without an amount is left for later.
     */
    public function __construct(
        public bool $contractAmount = false,
        public array $amounts = [],
    ) {
    }
}
