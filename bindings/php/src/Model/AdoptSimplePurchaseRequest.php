<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A simple contract that a purchase by link type brought about.
 */
final readonly class AdoptSimplePurchaseRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'id' => ['id', 'string', 'rs'],
        'method' => ['method', 'string', 'rs'],
    ];

    /**
     * @param string $purchaseId The shop's id of the purchase; customer, item and monthly yen come from there.
     * @param string $id The shop's own id of the contract.
     * @param string $method Tag of the method.
     */
    public function __construct(
        public string $purchaseId,
        public string $id,
        public string $method,
    ) {
    }
}
