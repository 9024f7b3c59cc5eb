<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a payment.
 */
final readonly class PaymentId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'trackingId' => ['tracking_id', 'string', 'rs'],
    ];

    /**
     * @param string $purchaseId The shop's id.
     * @param string $trackingId The payment.
     */
    public function __construct(
        public string $purchaseId,
        public string $trackingId,
    ) {
    }
}
