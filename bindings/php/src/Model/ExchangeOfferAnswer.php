<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a customer can exchange at least and at most.
 */
final readonly class ExchangeOfferAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'step' => ['step', 'integer', 'rs'],
        'leastPoints' => ['least_points', 'integer', 'ns'],
        'leastMiles' => ['least_miles', 'integer', 'ns'],
        'mostPoints' => ['most_points', 'integer', 'ns'],
        'mostMiles' => ['most_miles', 'integer', 'ns'],
    ];

    /**
     * @param int $step Points go up in steps of so many.
     * @param ?int $leastPoints Fewest points; none when nothing can be exchanged.
     * @param ?int $leastMiles Miles for them.
     * @param ?int $mostPoints Most points.
     * @param ?int $mostMiles Miles for them.
     */
    public function __construct(
        public int $step,
        public ?int $leastPoints = null,
        public ?int $leastMiles = null,
        public ?int $mostPoints = null,
        public ?int $mostMiles = null,
    ) {
    }
}
