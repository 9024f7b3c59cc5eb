<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * How a card is charged.
 */
final readonly class CardTerms extends Record
{
    /** @internal */
    public const SCHEMA = [
        'dealingsType' => ['dealings_type', 'string', 'ns'],
        'divideTimes' => ['divide_times', 'integer', 'ns'],
        'store' => ['store', 'boolean', 's'],
    ];

    /**
     * @param ?string $dealingsType 取引区分: `10` once, `21` bonus, `61` instalments, `80` revolving.
     * @param ?int $divideTimes 分割回数 of instalments.
     * @param bool $store Store the card for this customer.
     */
    public function __construct(
        public ?string $dealingsType = null,
        public ?int $divideTimes = null,
        public bool $store = false,
    ) {
    }
}
