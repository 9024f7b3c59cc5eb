<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the billing job did about one period.
 */
final readonly class BilledPeriod extends Record
{
    /** @internal */
    public const SCHEMA = [
        'subscription' => ['subscription', 'string', 'rs'],
        'period' => ['period', 'string', 'rs'],
        'next' => ['next', 'string', 'rs'],
        'outcome' => ['outcome', ChargeOutcome::class, 'ns'],
        'problem' => ['problem', Problem::class, 'ns'],
        'againAt' => ['again_at_ms', 'instant', 'ns'],
    ];

    /**
     * @param string $subscription The shop's id of the contract.
     * @param string $period Which period.
     * @param string $next `billed`, `refused`, `later`, `unknown` or `not_sent`.
     * @param ?ChargeOutcome $outcome How it ended, if it was sent.
     * @param ?Problem $problem Why nothing was sent.
     * @param ?\DateTimeImmutable $againAt When it is tried again.
     */
    public function __construct(
        public string $subscription,
        public string $period,
        public string $next,
        public ?ChargeOutcome $outcome = null,
        public ?Problem $problem = null,
        public ?\DateTimeImmutable $againAt = null,
    ) {
    }
}
