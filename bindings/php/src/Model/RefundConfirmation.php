<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A refund that was executed.
 */
final readonly class RefundConfirmation extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'trackingId' => ['tracking_id', 'string', 'rs'],
        'evidence' => ['evidence', RefundEvidence::class, 'rs'],
    ];

    /**
     * @param string $purchaseId The shop's id.
     * @param string $trackingId The payment.
     * @param RefundEvidence $evidence What proves it.
     */
    public function __construct(
        public string $purchaseId,
        public string $trackingId,
        public RefundEvidence $evidence,
    ) {
    }
}
