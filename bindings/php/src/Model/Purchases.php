<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Purchases.
 */
final readonly class Purchases extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchases' => ['purchases', [Purchase::class], 'rs'],
    ];

    /**
     * @param list<Purchase> $purchases In order.
     */
    public function __construct(
        public array $purchases,
    ) {
    }
}
