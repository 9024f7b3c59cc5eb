<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A batch as the journal knows it.
 *
 * @property-read string $fileSha256 SHA-256 of the file.
 */
final readonly class BatchState extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batchId' => ['batch_id', 'string', 'rs'],
        'siteId' => ['site_id', 'string', 'rs'],
        'fileSha256' => ['file_sha256', 'string', 'r'],
        'rows' => ['rows', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'leftOut' => ['left_out', 'integer', 'rs'],
        'phase' => ['phase', 'string', 'rs'],
    ];

    /**
     * @param string $batchId The shop's own id.
     * @param string $siteId Site.
     * @param string $fileSha256 SHA-256 of the file.
     * @param int $rows Rows to issue.
     * @param int $miles Their miles.
     * @param int $leftOut Faulty rows that were left out.
     * @param string $phase `running`, `done` or `needs_review`.
     */
    public function __construct(
        public string $batchId,
        public string $siteId,
        #[\SensitiveParameter] string $fileSha256,
        public int $rows,
        public int $miles,
        public int $leftOut,
        public string $phase,
    ) {
        $this->hide([
            'fileSha256' => $fileSha256,
        ]);
    }
}
