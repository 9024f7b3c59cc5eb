<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names an attempt.
 */
final readonly class OrderId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'orderId' => ['order_id', 'string', 'rs'],
    ];

    /**
     * @param string $orderId The id at the gateway.
     */
    public function __construct(
        public string $orderId,
    ) {
    }
}
