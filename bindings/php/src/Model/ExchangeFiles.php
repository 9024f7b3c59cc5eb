<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Upload files.
 */
final readonly class ExchangeFiles extends Record
{
    /** @internal */
    public const SCHEMA = [
        'files' => ['files', [ExchangeFile::class], 'rs'],
    ];

    /**
     * @param list<ExchangeFile> $files Each of at most 10,000 rows.
     */
    public function __construct(
        public array $files,
    ) {
    }
}
