<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names an event.
 */
final readonly class EventId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'integer', 'rs'],
    ];

    /**
     * @param int $id Its number.
     */
    public function __construct(
        public int $id,
    ) {
    }
}
