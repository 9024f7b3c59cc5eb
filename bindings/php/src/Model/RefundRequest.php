<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A payment to be refunded.
 *
 * @property-read string $reason Why, for the shop's own records.
 */
final readonly class RefundRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'reason' => ['reason', 'string', 'r'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
    ];

    /**
     * @param string $purchaseId The shop's id.
     * @param string $reason Why, for the shop's own records.
     * @param ?string $trackingId Which payment; the only one when not given.
     */
    public function __construct(
        public string $purchaseId,
        #[\SensitiveParameter] string $reason,
        public ?string $trackingId = null,
    ) {
        $this->hide([
            'reason' => $reason,
        ]);
    }
}
