<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A file of the drop.
 *
 * @property-read string $file The bytes. Personal.
 */
final readonly class DropFileEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'name' => ['name', 'string', 'rs'],
        'file' => ['file', 'bytes', 'r'],
    ];

    /**
     * @param string $name Its name.
     * @param string $file The bytes. Personal.
     */
    public function __construct(
        public string $name,
        #[\SensitiveParameter] string $file,
    ) {
        $this->hide([
            'file' => $file,
        ]);
    }
}
