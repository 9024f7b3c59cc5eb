<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A contract that a purchase by link type brought about.
 */
final readonly class AdoptPurchaseRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'id' => ['id', 'string', 'rs'],
        'method' => ['method', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'schedule' => ['schedule', BillingSchedule::class, 'rs'],
    ];

    /**
     * @param string $purchaseId The shop's id of the purchase.
     * @param string $id The shop's own id of the contract.
     * @param string $method Tag of the method.
     * @param int $amount Yen of each period.
     * @param BillingSchedule $schedule On which days it is billed.
     */
    public function __construct(
        public string $purchaseId,
        public string $id,
        public string $method,
        public int $amount,
        public BillingSchedule $schedule,
    ) {
    }
}
