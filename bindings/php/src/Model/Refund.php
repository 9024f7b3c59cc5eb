<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A refund of one payment.
 *
 * @property-read string $reason Why the shop asked.
 */
final readonly class Refund extends Record
{
    /** @internal */
    public const SCHEMA = [
        'reason' => ['reason', 'string', 'r'],
        'requestedAt' => ['requested_at_ms', 'instant', 'rs'],
        'confirmed' => ['confirmed', RefundEvidence::class, 'ns'],
    ];

    /**
     * @param string $reason Why the shop asked.
     * @param \DateTimeImmutable $requestedAt When the shop asked.
     * @param ?RefundEvidence $confirmed What proves that it was executed.
     */
    public function __construct(
        #[\SensitiveParameter] string $reason,
        public \DateTimeImmutable $requestedAt,
        public ?RefundEvidence $confirmed = null,
    ) {
        $this->hide([
            'reason' => $reason,
        ]);
    }
}
