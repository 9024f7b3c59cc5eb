<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Batches as the journal knows them.
 */
final readonly class Batches extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batches' => ['batches', [BatchState::class], 'rs'],
    ];

    /**
     * @param list<BatchState> $batches By site and id.
     */
    public function __construct(
        public array $batches,
    ) {
    }
}
