<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Every code of NetMile that is known.
 */
final readonly class MileCodeCatalogue extends Record
{
    /** @internal */
    public const SCHEMA = [
        'codes' => ['codes', [MileCodeEntry::class], 'rs'],
    ];

    /**
     * @param list<MileCodeEntry> $codes Both tables.
     */
    public function __construct(
        public array $codes,
    ) {
    }
}
