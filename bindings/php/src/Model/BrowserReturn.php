<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A browser is back. Decide what to show from the purchase, never from this.
 */
final readonly class BrowserReturn extends Record
{
    /** @internal */
    public const SCHEMA = [
        'by' => ['by', \Netmile\ReturnedBy::class, 'rs'],
        'orderId' => ['order_id', 'string', 'ns'],
        'errCode' => ['err_code', 'string', 'ns'],
        'purchase' => ['purchase', Purchase::class, 'ns'],
    ];

    /**
     * @param \Netmile\ReturnedBy|string $by By which way.
     * @param ?string $orderId The id at the gateway; absent when the browser brought nothing.
     * @param ?string $errCode The gateway's code, on an error.
     * @param ?Purchase $purchase The purchase as it stands now; absent when the browser brought nothing.
     */
    public function __construct(
        public \Netmile\ReturnedBy|string $by,
        public ?string $orderId = null,
        public ?string $errCode = null,
        public ?Purchase $purchase = null,
    ) {
    }
}
