<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * How far a batch is that runs in this process.
 */
final readonly class BatchProgressReport extends Record
{
    /** @internal */
    public const SCHEMA = [
        'known' => ['known', 'boolean', 'rs'],
        'bytes' => ['bytes', 'integer', 'rs'],
        'rows' => ['rows', 'integer', 'rs'],
        'uploaded' => ['uploaded', 'integer', 'rs'],
        'finished' => ['finished', 'integer', 'rs'],
        'refused' => ['refused', 'integer', 'rs'],
        'stage' => ['stage', 'string', 'ns'],
        'bytesTotal' => ['bytes_total', 'integer', 'ns'],
    ];

    /**
     * @param bool $known Whether it was started in this process.
     * @param int $bytes Bytes read in this stage.
     * @param int $rows Good rows found.
     * @param int $uploaded Rows that NetMile has.
     * @param int $finished Rows whose outcome is known.
     * @param int $refused Of which refused.
     * @param ?string $stage `checking` or `issuing`.
     * @param ?int $bytesTotal Bytes of the file.
     */
    public function __construct(
        public bool $known,
        public int $bytes,
        public int $rows,
        public int $uploaded,
        public int $finished,
        public int $refused,
        public ?string $stage = null,
        public ?int $bytesTotal = null,
    ) {
    }
}
