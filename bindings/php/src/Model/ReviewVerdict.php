<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a person found on the management page about a purchase under review.
 */
final readonly class ReviewVerdict extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'paid' => ['paid', 'boolean', 'rs'],
        'orderId' => ['order_id', 'string', 'ns'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
    ];

    /**
     * @param string $purchaseId The shop's id.
     * @param bool $paid Whether the page shows a payment.
     * @param ?string $orderId The attempt that was paid.
     * @param ?string $trackingId The gateway's id.
     */
    public function __construct(
        public string $purchaseId,
        public bool $paid,
        public ?string $orderId = null,
        public ?string $trackingId = null,
    ) {
    }
}
