<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names an upload of any site of the client.
 */
final readonly class UploadRef extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'batchId' => ['batch_id', 'string', 'rs'],
        'firstRow' => ['first_row', 'integer', 'rs'],
    ];

    /**
     * @param string $siteId Site.
     * @param string $batchId The shop's own id of the batch.
     * @param int $firstRow Its first row.
     */
    public function __construct(
        public string $siteId,
        public string $batchId,
        public int $firstRow,
    ) {
    }
}
