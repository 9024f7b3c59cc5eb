<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Whether an event was acknowledged by this call.
 */
final readonly class Acknowledged extends Record
{
    /** @internal */
    public const SCHEMA = [
        'acknowledged' => ['acknowledged', 'boolean', 'rs'],
    ];

    /**
     * @param bool $acknowledged False when it was acknowledged before.
     */
    public function __construct(
        public bool $acknowledged,
    ) {
    }
}
