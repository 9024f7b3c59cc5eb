<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names an upload.
 */
final readonly class UploadId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batchId' => ['batch_id', 'string', 'rs'],
        'firstRow' => ['first_row', 'integer', 'rs'],
    ];

    /**
     * @param string $batchId The shop's own id of the batch.
     * @param int $firstRow Its first row.
     */
    public function __construct(
        public string $batchId,
        public int $firstRow,
    ) {
    }
}
