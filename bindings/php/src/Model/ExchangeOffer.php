<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a customer can exchange.
 */
final readonly class ExchangeOffer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'rate' => ['rate', RateTerms::class, 'rs'],
        'held' => ['held', 'integer', 'rs'],
    ];

    /**
     * @param RateTerms $rate The rate.
     * @param int $held Points that the customer has.
     */
    public function __construct(
        public RateTerms $rate,
        public int $held,
    ) {
    }
}
