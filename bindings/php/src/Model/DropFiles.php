<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Files to keep, in this order: the last one says that those before it are whole.
 *
 * @property-read RowTotal $total What is in them.
 */
final readonly class DropFiles extends Record
{
    /** @internal */
    public const SCHEMA = [
        'files' => ['files', [DropFileEntry::class], 'rs'],
        'total' => ['total', RowTotal::class, 'r'],
    ];

    /**
     * @param list<DropFileEntry> $files The files.
     * @param RowTotal $total What is in them.
     */
    public function __construct(
        public array $files,
        #[\SensitiveParameter] RowTotal $total,
    ) {
        $this->hide([
            'total' => $total,
        ]);
    }
}
