<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Money that moved.
 *
 * @property-read \DateTimeImmutable $paidAt When the notice was recorded.
 */
final readonly class Payment extends Record
{
    /** @internal */
    public const SCHEMA = [
        'trackingId' => ['tracking_id', 'string', 'rs'],
        'orderId' => ['order_id', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'paidAt' => ['paid_at_ms', 'instant', 'r'],
        'refused' => ['refused', 'boolean', 'rs'],
        'refund' => ['refund', Refund::class, 'ns'],
    ];

    /**
     * @param string $trackingId The gateway's id.
     * @param string $orderId The attempt that it paid.
     * @param int $amount Yen.
     * @param \DateTimeImmutable $paidAt When the notice was recorded.
     * @param bool $refused The shop answered the notice with `NG`: the money moved all the same.
     * @param ?Refund $refund The refund, if one was asked for.
     */
    public function __construct(
        public string $trackingId,
        public string $orderId,
        public int $amount,
        #[\SensitiveParameter] \DateTimeImmutable $paidAt,
        public bool $refused,
        public ?Refund $refund = null,
    ) {
        $this->hide([
            'paidAt' => $paidAt,
        ]);
    }
}
