<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The codes of the gateway.
 */
final readonly class CodeCatalogue extends Record
{
    /** @internal */
    public const SCHEMA = [
        'codes' => ['codes', [CodeEntry::class], 'rs'],
    ];

    /**
     * @param list<CodeEntry> $codes Every entry.
     */
    public function __construct(
        public array $codes,
    ) {
    }
}
