<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What points come to.
 */
final readonly class ConversionRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'rate' => ['rate', RateTerms::class, 'rs'],
        'points' => ['points', 'integer', 'rs'],
        'held' => ['held', 'integer', 'ns'],
    ];

    /**
     * @param RateTerms $rate The rate.
     * @param int $points Points to exchange.
     * @param ?int $held Points that the customer has.
     */
    public function __construct(
        public RateTerms $rate,
        public int $points,
        public ?int $held = null,
    ) {
    }
}
