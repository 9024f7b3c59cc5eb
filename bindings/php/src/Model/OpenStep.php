<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A step of a charge that is open.
 */
final readonly class OpenStep extends Record
{
    /** @internal */
    public const SCHEMA = [
        'step' => ['step', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'state' => ['state', 'string', 'rs'],
        'since' => ['since_ms', 'instant', 'rs'],
        'sends' => ['sends', 'integer', 'rs'],
        'looks' => ['looks', 'integer', 'rs'],
        'key' => ['key', 'string', 'ns'],
    ];

    /**
     * @param string $step `request`, `commit`, `capture`, `refund`, `partial_refund`, `refund_month` or `end`.
     * @param int $amount Its yen; 0 where it has none.
     * @param string $state `sending` or `unknown`.
     * @param \DateTimeImmutable $since Since when.
     * @param int $sends How often it may have been sent.
     * @param int $looks How often somebody looked for its outcome.
     * @param ?string $key The month of a month's refund, or the shop's own name of a partial refund.
     */
    public function __construct(
        public string $step,
        public int $amount,
        public string $state,
        public \DateTimeImmutable $since,
        public int $sends,
        public int $looks,
        public ?string $key = null,
    ) {
    }
}
