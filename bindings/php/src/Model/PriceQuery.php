<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What points are worth.
 */
final readonly class PriceQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'yen' => ['yen', 'integer', 'rs'],
        'points' => ['points', 'integer', 'rs'],
    ];

    /**
     * @param int $yen Yen.
     * @param int $points For so many points.
     */
    public function __construct(
        public int $yen,
        public int $points,
    ) {
    }
}
