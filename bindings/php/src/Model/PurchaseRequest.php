<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the shop wants paid (A01-1).
 *
 * @property-read string $custCode The customer's id at the shop (顧客ID), at most 64 ASCII characters. Personal.
 * @property-read Urls $urls Where the gateway sends the browser and its notice.
 * @property-read string $itemName Item name (商品名称), at most 40 bytes in Shift_JIS.
 * @property-read ?int $tax Tax within the amount, yen.
 * @property-read ?list<string> $payMethods Tags of the methods offered: `netmile` when not given; an empty list
 *     lets the customer choose among all.
 * @property-read ?int $campType One digit; recurring simple only.
 * @property-read ?string $lastChargeMonth `YYYYMM`; recurring simple only.
 * @property-read list<string> $free At most three free texts of 20 bytes in Shift_JIS; results repeat them.
 * @property-read list<Pair> $freeCsv `free_csv`, for methods that want it. Personal.
 * @property-read list<DetailRow> $rows Detail rows, at most 999.
 */
final readonly class PurchaseRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'itemId' => ['item_id', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'urls' => ['urls', Urls::class, 'r'],
        'terminal' => ['terminal', \Netmile\Terminal::class, 'rs'],
        'itemName' => ['item_name', 'string', ''],
        'tax' => ['tax', 'integer', 'n'],
        'billing' => ['billing', \Netmile\Billing::class, 'ns'],
        'payMethods' => ['pay_methods', ['string'], 'n'],
        'campType' => ['camp_type', 'integer', 'n'],
        'lastChargeMonth' => ['last_charge_month', 'string', 'n'],
        'free' => ['free', ['string'], ''],
        'freeCsv' => ['free_csv', [Pair::class], ''],
        'rows' => ['rows', [DetailRow::class], ''],
    ];

    /**
     * @param string $purchaseId The shop's own id: 1 to 34 of `[0-9A-Za-z_-]`. Each start makes an id of its own
     *     for the gateway.
     * @param string $custCode The customer's id at the shop (顧客ID), at most 64 ASCII characters. Personal.
     * @param string $itemId Item id (商品ID), 1 to 32 of `[0-9A-Za-z_-]`.
     * @param int $amount Yen, tax included; for NetMile 10 to 9,999,999,999.
     * @param Urls $urls Where the gateway sends the browser and its notice.
     * @param \Netmile\Terminal|string $terminal What the customer holds: `pc`, `smartphone` or `feature_phone`.
     * @param string $itemName Item name (商品名称), at most 40 bytes in Shift_JIS.
     * @param ?int $tax Tax within the amount, yen.
     * @param \Netmile\Billing|string|null $billing `one_time` (when not given), `recurring_simple` or
     *     `recurring_metered`.
     * @param ?list<string> $payMethods Tags of the methods offered: `netmile` when not given; an empty list lets
     *     the customer choose among all.
     * @param ?int $campType One digit; recurring simple only.
     * @param ?string $lastChargeMonth `YYYYMM`; recurring simple only.
     * @param list<string> $free At most three free texts of 20 bytes in Shift_JIS; results repeat them.
     * @param list<Pair>|array<string, string> $freeCsv `free_csv`, for methods that want it. Personal.
     * @param list<DetailRow> $rows Detail rows, at most 999.
     */
    public function __construct(
        public string $purchaseId,
        #[\SensitiveParameter] string $custCode,
        public string $itemId,
        public int $amount,
        #[\SensitiveParameter] Urls $urls,
        public \Netmile\Terminal|string $terminal,
        #[\SensitiveParameter] string $itemName = '',
        #[\SensitiveParameter] ?int $tax = null,
        public \Netmile\Billing|string|null $billing = null,
        #[\SensitiveParameter] ?array $payMethods = null,
        #[\SensitiveParameter] ?int $campType = null,
        #[\SensitiveParameter] ?string $lastChargeMonth = null,
        #[\SensitiveParameter] array $free = [],
        #[\SensitiveParameter] array $freeCsv = [],
        #[\SensitiveParameter] array $rows = [],
    ) {
        $this->hide([
            'custCode' => $custCode,
            'urls' => $urls,
            'itemName' => $itemName,
            'tax' => $tax,
            'payMethods' => $payMethods,
            'campType' => $campType,
            'lastChargeMonth' => $lastChargeMonth,
            'free' => $free,
            'freeCsv' => $freeCsv,
            'rows' => $rows,
        ]);
    }
}
