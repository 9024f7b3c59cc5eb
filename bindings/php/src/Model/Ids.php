<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Ids.
 */
final readonly class Ids extends Record
{
    /** @internal */
    public const SCHEMA = [
        'ids' => ['ids', ['string'], 'rs'],
    ];

    /**
     * @param list<string> $ids The shop's ids.
     */
    public function __construct(
        public array $ids,
    ) {
    }
}
