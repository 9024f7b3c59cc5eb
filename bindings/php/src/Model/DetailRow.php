<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A detail row (明細).
 *
 * @property-read string $itemName Name, at most 40 bytes in Shift_JIS.
 * @property-read ?int $count Number of items, at most 999,999.
 * @property-read ?int $tax Tax within the amount, yen.
 * @property-read list<string> $free At most three free texts of 20 bytes in Shift_JIS.
 */
final readonly class DetailRow extends Record
{
    /** @internal */
    public const SCHEMA = [
        'itemId' => ['item_id', 'string', 'rs'],
        'itemName' => ['item_name', 'string', 'r'],
        'amount' => ['amount', 'integer', 'rs'],
        'count' => ['count', 'integer', 'n'],
        'tax' => ['tax', 'integer', 'n'],
        'free' => ['free', ['string'], ''],
    ];

    /**
     * @param string $itemId Item id, at most 20 of `[0-9A-Za-z_-]`.
     * @param string $itemName Name, at most 40 bytes in Shift_JIS.
     * @param int $amount Yen of the row, at most 9,999,999.
     * @param ?int $count Number of items, at most 999,999.
     * @param ?int $tax Tax within the amount, yen.
     * @param list<string> $free At most three free texts of 20 bytes in Shift_JIS.
     */
    public function __construct(
        public string $itemId,
        #[\SensitiveParameter] string $itemName,
        public int $amount,
        #[\SensitiveParameter] ?int $count = null,
        #[\SensitiveParameter] ?int $tax = null,
        #[\SensitiveParameter] array $free = [],
    ) {
        $this->hide([
            'itemName' => $itemName,
            'count' => $count,
            'tax' => $tax,
            'free' => $free,
        ]);
    }
}
