<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A contract that runs at the gateway already.
 *
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read string $itemId Item id.
 * @property-read string $itemName Item name.
 */
final readonly class AdoptRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'method' => ['method', 'string', 'rs'],
        'trackingId' => ['tracking_id', 'string', 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'itemId' => ['item_id', 'string', 'r'],
        'amount' => ['amount', 'integer', 'rs'],
        'schedule' => ['schedule', BillingSchedule::class, 'rs'],
        'itemName' => ['item_name', 'string', ''],
    ];

    /**
     * @param string $id The shop's own id of the contract.
     * @param string $method Tag of the method.
     * @param string $trackingId The gateway's id of the contract.
     * @param string $custCode The customer's id at the shop. Personal.
     * @param string $itemId Item id.
     * @param int $amount Yen of each period; 0 when metered.
     * @param BillingSchedule $schedule On which days it is billed.
     * @param string $itemName Item name.
     */
    public function __construct(
        public string $id,
        public string $method,
        public string $trackingId,
        #[\SensitiveParameter] string $custCode,
        #[\SensitiveParameter] string $itemId,
        public int $amount,
        public BillingSchedule $schedule,
        #[\SensitiveParameter] string $itemName = '',
    ) {
        $this->hide([
            'custCode' => $custCode,
            'itemId' => $itemId,
            'itemName' => $itemName,
        ]);
    }
}
