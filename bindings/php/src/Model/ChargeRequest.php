<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A charge of the API type. Exactly one of `token`, `stored_customer`, `member`, `slip`, `fields` and `contract`
 * says by what means the customer pays.
 *
 * @property-read string $custCode The customer's id at the shop (顧客ID), 1 to 64 ASCII characters. Personal.
 * @property-read string $itemId Item id (商品ID), 1 to 32 characters.
 * @property-read string $itemName Item name (商品名称), at most 40 bytes in Shift_JIS.
 * @property-read \Netmile\Terminal|string|null $terminal What the customer holds: `pc` (when not given),
 *     `smartphone` or `feature_phone`.
 * @property-read ?int $tax Tax within the amount, yen.
 * @property-read list<string> $free At most three free texts of 20 bytes in Shift_JIS.
 * @property-read list<DetailRow> $rows Detail rows (明細).
 * @property-read ?CardToken $token A card by its one-time token. Not kept in the journal.
 * @property-read ?CardTerms $storedCustomer The card that is stored for this customer.
 * @property-read ?string $member A member of a point service, by id. Personal.
 * @property-read ?Slip $slip A slip for the convenience store (Webコンビニ).
 * @property-read ?list<MethodField> $fields Leaves of `pay_method_info` of a method that the merchant added.
 * @property-read bool $contract The contract that was applied for before.
 * @property-read bool $returnCustomerInfo Asks for the gateway's numbers of customer and payment.
 * @property-read ?int $campType Campaign type (キャンペーンタイプ) of an application for a simple recurring
 *     contract, one digit: 1 for a first month that is free, 0 or nothing for one that is billed at once. For
 *     members and methods of the merchant's own only.
 */
final readonly class ChargeRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'method' => ['method', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'itemId' => ['item_id', 'string', 'r'],
        'itemName' => ['item_name', 'string', ''],
        'terminal' => ['terminal', \Netmile\Terminal::class, 'n'],
        'tax' => ['tax', 'integer', 'n'],
        'free' => ['free', ['string'], ''],
        'rows' => ['rows', [DetailRow::class], ''],
        'token' => ['token', CardToken::class, 'n'],
        'storedCustomer' => ['stored_customer', CardTerms::class, 'n'],
        'member' => ['member', 'string', 'n'],
        'slip' => ['slip', Slip::class, 'n'],
        'fields' => ['fields', [MethodField::class], 'n'],
        'contract' => ['contract', 'boolean', ''],
        'returnCustomerInfo' => ['return_customer_info', 'boolean', ''],
        'campType' => ['camp_type', 'integer', 'n'],
    ];

    /**
     * @param string $id The shop's own id, the `order_id`: 1 to 38 of `[0-9A-Za-z_-]`, never used twice.
     * @param string $method Tag of the method.
     * @param int $amount Yen, tax included.
     * @param string $custCode The customer's id at the shop (顧客ID), 1 to 64 ASCII characters. Personal.
     * @param string $itemId Item id (商品ID), 1 to 32 characters.
     * @param string $itemName Item name (商品名称), at most 40 bytes in Shift_JIS.
     * @param \Netmile\Terminal|string|null $terminal What the customer holds: `pc` (when not given), `smartphone`
     *     or `feature_phone`.
     * @param ?int $tax Tax within the amount, yen.
     * @param list<string> $free At most three free texts of 20 bytes in Shift_JIS.
     * @param list<DetailRow> $rows Detail rows (明細).
     * @param ?CardToken $token A card by its one-time token. Not kept in the journal.
     * @param ?CardTerms $storedCustomer The card that is stored for this customer.
     * @param ?string $member A member of a point service, by id. Personal.
     * @param ?Slip $slip A slip for the convenience store (Webコンビニ).
     * @param ?list<MethodField> $fields Leaves of `pay_method_info` of a method that the merchant added.
     * @param bool $contract The contract that was applied for before.
     * @param bool $returnCustomerInfo Asks for the gateway's numbers of customer and payment.
     * @param ?int $campType Campaign type (キャンペーンタイプ) of an application for a simple recurring contract,
     *     one digit: 1 for a first month that is free, 0 or nothing for one that is billed at once. For members and
     *     methods of the merchant's own only.
     */
    public function __construct(
        public string $id,
        public string $method,
        public int $amount,
        #[\SensitiveParameter] string $custCode,
        #[\SensitiveParameter] string $itemId,
        #[\SensitiveParameter] string $itemName = '',
        #[\SensitiveParameter] \Netmile\Terminal|string|null $terminal = null,
        #[\SensitiveParameter] ?int $tax = null,
        #[\SensitiveParameter] array $free = [],
        #[\SensitiveParameter] array $rows = [],
        #[\SensitiveParameter] ?CardToken $token = null,
        #[\SensitiveParameter] ?CardTerms $storedCustomer = null,
        #[\SensitiveParameter] ?string $member = null,
        #[\SensitiveParameter] ?Slip $slip = null,
        #[\SensitiveParameter] ?array $fields = null,
        #[\SensitiveParameter] bool $contract = false,
        #[\SensitiveParameter] bool $returnCustomerInfo = false,
        #[\SensitiveParameter] ?int $campType = null,
    ) {
        $this->hide([
            'custCode' => $custCode,
            'itemId' => $itemId,
            'itemName' => $itemName,
            'terminal' => $terminal,
            'tax' => $tax,
            'free' => $free,
            'rows' => $rows,
            'token' => $token,
            'storedCustomer' => $storedCustomer,
            'member' => $member,
            'slip' => $slip,
            'fields' => $fields,
            'contract' => $contract,
            'returnCustomerInfo' => $returnCustomerInfo,
            'campType' => $campType,
        ]);
    }
}
