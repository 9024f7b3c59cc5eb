<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Uploads.
 */
final readonly class Uploads extends Record
{
    /** @internal */
    public const SCHEMA = [
        'uploads' => ['uploads', [Upload::class], 'rs'],
    ];

    /**
     * @param list<Upload> $uploads In the order of site, batch and rows.
     */
    public function __construct(
        public array $uploads,
    ) {
    }
}
