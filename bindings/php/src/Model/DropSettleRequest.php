<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which run of the drop.
 *
 * @property-read list<DropFileEntry> $files Every file of the drop.
 */
final readonly class DropSettleRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'name' => ['name', 'string', 'rs'],
        'files' => ['files', [DropFileEntry::class], 'r'],
    ];

    /**
     * @param string $name Name of any file of the run.
     * @param list<DropFileEntry> $files Every file of the drop.
     */
    public function __construct(
        public string $name,
        #[\SensitiveParameter] array $files,
    ) {
        $this->hide([
            'files' => $files,
        ]);
    }
}
