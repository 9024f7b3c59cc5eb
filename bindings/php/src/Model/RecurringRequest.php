<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An application for recurring billing without a purchase at once (D01-1).
 *
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read list<string> $payMethods Tags of the methods offered; an empty list lets the customer choose among
 *     all.
 * @property-read Urls $urls Where the gateway sends the browser and its notice.
 * @property-read string $itemName Item name.
 * @property-read list<string> $free At most three free texts.
 */
final readonly class RecurringRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'itemId' => ['item_id', 'string', 'rs'],
        'payMethods' => ['pay_methods', ['string'], 'r'],
        'urls' => ['urls', Urls::class, 'r'],
        'terminal' => ['terminal', \Netmile\Terminal::class, 'rs'],
        'itemName' => ['item_name', 'string', ''],
        'free' => ['free', ['string'], ''],
    ];

    /**
     * @param string $purchaseId The shop's own id.
     * @param string $custCode The customer's id at the shop. Personal.
     * @param string $itemId Item id.
     * @param list<string> $payMethods Tags of the methods offered; an empty list lets the customer choose among
     *     all.
     * @param Urls $urls Where the gateway sends the browser and its notice.
     * @param \Netmile\Terminal|string $terminal What the customer holds.
     * @param string $itemName Item name.
     * @param list<string> $free At most three free texts.
     */
    public function __construct(
        public string $purchaseId,
        #[\SensitiveParameter] string $custCode,
        public string $itemId,
        #[\SensitiveParameter] array $payMethods,
        #[\SensitiveParameter] Urls $urls,
        public \Netmile\Terminal|string $terminal,
        #[\SensitiveParameter] string $itemName = '',
        #[\SensitiveParameter] array $free = [],
    ) {
        $this->hide([
            'custCode' => $custCode,
            'payMethods' => $payMethods,
            'urls' => $urls,
            'itemName' => $itemName,
            'free' => $free,
        ]);
    }
}
