<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An upload file.
 *
 * @property-read string $file The bytes. Personal.
 */
final readonly class ExchangeFile extends Record
{
    /** @internal */
    public const SCHEMA = [
        'name' => ['name', 'string', 'rs'],
        'firstRow' => ['first_row', 'integer', 'rs'],
        'rows' => ['rows', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'file' => ['file', 'bytes', 'r'],
    ];

    /**
     * @param string $name The name under which it is uploaded.
     * @param int $firstRow Its first row.
     * @param int $rows Its rows.
     * @param int $miles Their miles.
     * @param string $file The bytes. Personal.
     */
    public function __construct(
        public string $name,
        public int $firstRow,
        public int $rows,
        public int $miles,
        #[\SensitiveParameter] string $file,
    ) {
        $this->hide([
            'file' => $file,
        ]);
    }
}
