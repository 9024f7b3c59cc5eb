<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a check found.
 *
 * @property-read bool $hasHeader Whether it begins with a header.
 * @property-read list<FileFaultEntry> $found The first 1000 faults.
 */
final readonly class FileCheckReport extends Record
{
    /** @internal */
    public const SCHEMA = [
        'clean' => ['clean', 'boolean', 'rs'],
        'rows' => ['rows', 'integer', 'rs'],
        'faultyRows' => ['faulty_rows', 'integer', 'rs'],
        'faults' => ['faults', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'hasHeader' => ['has_header', 'boolean', 'r'],
        'found' => ['found', [FileFaultEntry::class], 'r'],
    ];

    /**
     * @param bool $clean Whether it can be uploaded as it is.
     * @param int $rows Data rows.
     * @param int $faultyRows Of which faulty.
     * @param int $faults How many faults.
     * @param int $miles Miles of the good rows.
     * @param bool $hasHeader Whether it begins with a header.
     * @param list<FileFaultEntry> $found The first 1000 faults.
     */
    public function __construct(
        public bool $clean,
        public int $rows,
        public int $faultyRows,
        public int $faults,
        public int $miles,
        #[\SensitiveParameter] bool $hasHeader,
        #[\SensitiveParameter] array $found,
    ) {
        $this->hide([
            'hasHeader' => $hasHeader,
            'found' => $found,
        ]);
    }
}
