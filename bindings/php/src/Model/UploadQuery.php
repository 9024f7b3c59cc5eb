<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which uploads of a batch.
 */
final readonly class UploadQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batchId' => ['batch_id', 'string', 'rs'],
        'firstRow' => ['first_row', 'integer', 'rs'],
        'limit' => ['limit', 'integer', 'rs'],
    ];

    /**
     * @param string $batchId The shop's own id.
     * @param int $firstRow From the upload whose first row is this; 1 for the first.
     * @param int $limit At most so many, 1 to 1000.
     */
    public function __construct(
        public string $batchId,
        public int $firstRow,
        public int $limit = 100,
    ) {
    }
}
