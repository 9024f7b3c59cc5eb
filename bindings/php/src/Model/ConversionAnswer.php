<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What points come to, or why they do not fit.
 *
 * @property-read ?string $text For the customer, in the client's language.
 */
final readonly class ConversionAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'fits' => ['fits', 'boolean', 'rs'],
        'points' => ['points', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'ns'],
        'balanceAfter' => ['balance_after', 'integer', 'ns'],
        'reason' => ['reason', 'string', 'ns'],
        'below' => ['below', 'integer', 'ns'],
        'above' => ['above', 'integer', 'ns'],
        'text' => ['text', 'string', 'n'],
    ];

    /**
     * @param bool $fits Whether they can be exchanged.
     * @param int $points Points.
     * @param ?int $miles Miles for them.
     * @param ?int $balanceAfter Points left, when it is known how many there are.
     * @param ?string $reason `below_minimum`, `above_maximum`, `not_in_units`, `not_whole`, `too_many_miles` or
     *     `not_held`.
     * @param ?int $below The next lower number that fits.
     * @param ?int $above The next higher number that fits.
     * @param ?string $text For the customer, in the client's language.
     */
    public function __construct(
        public bool $fits,
        public int $points,
        public ?int $miles = null,
        public ?int $balanceAfter = null,
        public ?string $reason = null,
        public ?int $below = null,
        public ?int $above = null,
        #[\SensitiveParameter] ?string $text = null,
    ) {
        $this->hide([
            'text' => $text,
        ]);
    }
}
