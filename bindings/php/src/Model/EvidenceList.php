<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Kept evidence.
 */
final readonly class EvidenceList extends Record
{
    /** @internal */
    public const SCHEMA = [
        'evidence' => ['evidence', [Evidence::class], 'rs'],
    ];

    /**
     * @param list<Evidence> $evidence Newest first.
     */
    public function __construct(
        public array $evidence,
    ) {
    }
}
