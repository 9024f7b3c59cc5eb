<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A step of a charge that is over.
 */
final readonly class ChargeStep extends Record
{
    /** @internal */
    public const SCHEMA = [
        'step' => ['step', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'at' => ['at_ms', 'instant', 'rs'],
        'result' => ['result', 'string', 'rs'],
        'key' => ['key', 'string', 'ns'],
        'code' => ['code', 'string', 'ns'],
    ];

    /**
     * @param string $step Which one.
     * @param int $amount Its yen.
     * @param \DateTimeImmutable $at When its end was recorded.
     * @param string $result `done`, `rejected`, `not_sent`, `found`, `found_missing` or `reviewed`.
     * @param ?string $key The month of a month's refund, or the shop's own name of a partial refund.
     * @param ?string $code The code of a refusal.
     */
    public function __construct(
        public string $step,
        public int $amount,
        public \DateTimeImmutable $at,
        public string $result,
        public ?string $key = null,
        public ?string $code = null,
    ) {
    }
}
