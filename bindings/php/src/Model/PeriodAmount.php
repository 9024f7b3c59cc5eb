<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a period costs.
 */
final readonly class PeriodAmount extends Record
{
    /** @internal */
    public const SCHEMA = [
        'subscription' => ['subscription', 'string', 'rs'],
        'period' => ['period', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
    ];

    /**
     * @param string $subscription The shop's id of the contract.
     * @param string $period Which period, as `subscription.due` names it.
     * @param int $amount Yen.
     */
    public function __construct(
        public string $subscription,
        public string $period,
        public int $amount,
    ) {
    }
}
