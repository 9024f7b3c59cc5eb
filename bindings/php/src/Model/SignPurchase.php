<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A purchase request to be signed as it is, without a journal.
 *
 * @property-read PurchaseRequest $request The request; its `purchase_id` is not used.
 */
final readonly class SignPurchase extends Record
{
    /** @internal */
    public const SCHEMA = [
        'request' => ['request', PurchaseRequest::class, 'r'],
        'orderId' => ['order_id', 'string', 'rs'],
        'at' => ['at', 'string', 'rs'],
    ];

    /**
     * @param PurchaseRequest $request The request; its `purchase_id` is not used.
     * @param string $orderId The id at the gateway, 1 to 38 characters.
     * @param string $at `request_date`: `YYYYMMDDHHMMSS` in Japanese time.
     */
    public function __construct(
        #[\SensitiveParameter] PurchaseRequest $request,
        public string $orderId,
        public string $at,
    ) {
        $this->hide([
            'request' => $request,
        ]);
    }
}
