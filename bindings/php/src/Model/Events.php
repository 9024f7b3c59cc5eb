<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the shop has to act on, in order.
 */
final readonly class Events extends Record
{
    /** @internal */
    public const SCHEMA = [
        'deliveries' => ['deliveries', [Event::class], 'rs'],
    ];

    /**
     * @param list<Event> $deliveries Oldest first.
     */
    public function __construct(
        public array $deliveries,
    ) {
    }
}
