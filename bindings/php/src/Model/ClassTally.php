<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Counts and yen of one class.
 */
final readonly class ClassTally extends Record
{
    /** @internal */
    public const SCHEMA = [
        'class' => ['class', 'string', 'rs'],
        'fileCount' => ['file_count', 'integer', 'rs'],
        'fileYen' => ['file_yen', 'integer', 'rs'],
        'journalCount' => ['journal_count', 'integer', 'rs'],
        'journalYen' => ['journal_yen', 'integer', 'rs'],
    ];

    /**
     * @param string $class `match`, `missing_here`, `missing_there`, `amount`, `status`, `duplicate` or
     *     `outside_period`.
     * @param int $fileCount Movements of the file.
     * @param int $fileYen Their yen, refunds negative.
     * @param int $journalCount Movements of the journal.
     * @param int $journalYen Their yen.
     */
    public function __construct(
        public string $class,
        public int $fileCount,
        public int $fileYen,
        public int $journalCount,
        public int $journalYen,
    ) {
    }
}
