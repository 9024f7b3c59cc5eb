<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which batches that are not done.
 */
final readonly class OpenBatchQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'after' => ['after', BatchRef::class, 'ns'],
        'limit' => ['limit', 'integer', 'rs'],
    ];

    /**
     * @param ?BatchRef $after After this one: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     */
    public function __construct(
        public ?BatchRef $after = null,
        public int $limit = 100,
    ) {
    }
}
