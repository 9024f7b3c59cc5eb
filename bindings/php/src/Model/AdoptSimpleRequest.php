<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A simple contract (継続課金・簡易) that the gateway bills already.
 *
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read string $itemId Item id.
 * @property-read string $itemName Item name.
 * @property-read \Netmile\Terminal|string|null $terminal What the customer holds: `pc` (when not given),
 *     `smartphone` or `feature_phone`.
 */
final readonly class AdoptSimpleRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'method' => ['method', 'string', 'rs'],
        'trackingId' => ['tracking_id', 'string', 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'itemId' => ['item_id', 'string', 'r'],
        'amount' => ['amount', 'integer', 'rs'],
        'itemName' => ['item_name', 'string', ''],
        'terminal' => ['terminal', \Netmile\Terminal::class, 'n'],
    ];

    /**
     * @param string $id The shop's own id of the contract.
     * @param string $method Tag of the method.
     * @param string $trackingId The gateway's id of the contract.
     * @param string $custCode The customer's id at the shop. Personal.
     * @param string $itemId Item id.
     * @param int $amount Yen of each month.
     * @param string $itemName Item name.
     * @param \Netmile\Terminal|string|null $terminal What the customer holds: `pc` (when not given), `smartphone`
     *     or `feature_phone`.
     */
    public function __construct(
        public string $id,
        public string $method,
        public string $trackingId,
        #[\SensitiveParameter] string $custCode,
        #[\SensitiveParameter] string $itemId,
        public int $amount,
        #[\SensitiveParameter] string $itemName = '',
        #[\SensitiveParameter] \Netmile\Terminal|string|null $terminal = null,
    ) {
        $this->hide([
            'custCode' => $custCode,
            'itemId' => $itemId,
            'itemName' => $itemName,
            'terminal' => $terminal,
        ]);
    }
}
