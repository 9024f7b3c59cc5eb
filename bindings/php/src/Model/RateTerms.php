<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A rate: `miles` for `points`.
 */
final readonly class RateTerms extends Record
{
    /** @internal */
    public const SCHEMA = [
        'points' => ['points', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'unit' => ['unit', 'integer', 'ns'],
        'minimum' => ['minimum', 'integer', 'ns'],
        'maximum' => ['maximum', 'integer', 'ns'],
    ];

    /**
     * @param int $points Points.
     * @param int $miles Miles for them.
     * @param ?int $unit Points are exchanged in units of so many.
     * @param ?int $minimum At least so many.
     * @param ?int $maximum At most so many.
     */
    public function __construct(
        public int $points,
        public int $miles,
        public ?int $unit = null,
        public ?int $minimum = null,
        public ?int $maximum = null,
    ) {
    }
}
