<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A period that is due and was not billed.
 */
final readonly class DuePeriod extends Record
{
    /** @internal */
    public const SCHEMA = [
        'subscription' => ['subscription', 'string', 'rs'],
        'period' => ['period', 'string', 'rs'],
        'starts' => ['starts', 'string', 'rs'],
        'ends' => ['ends', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
    ];

    /**
     * @param string $subscription The shop's id of the contract.
     * @param string $period Which period, such as `2026-02`.
     * @param string $starts Its first day.
     * @param string $ends Its last day.
     * @param int $amount Yen of the contract; 0 when metered.
     */
    public function __construct(
        public string $subscription,
        public string $period,
        public string $starts,
        public string $ends,
        public int $amount,
    ) {
    }
}
