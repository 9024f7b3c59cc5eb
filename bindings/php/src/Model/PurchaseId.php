<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a purchase.
 */
final readonly class PurchaseId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
    ];

    /**
     * @param string $purchaseId The shop's id.
     */
    public function __construct(
        public string $purchaseId,
    ) {
    }
}
