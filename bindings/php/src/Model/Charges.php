<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Charges.
 */
final readonly class Charges extends Record
{
    /** @internal */
    public const SCHEMA = [
        'charges' => ['charges', [Charge::class], 'rs'],
    ];

    /**
     * @param list<Charge> $charges In the order of contract and id.
     */
    public function __construct(
        public array $charges,
    ) {
    }
}
