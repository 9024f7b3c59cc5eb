<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The error catalogue.
 */
final readonly class ErrorCatalogue extends Record
{
    /** @internal */
    public const SCHEMA = [
        'errors' => ['errors', [ErrorEntry::class], 'rs'],
    ];

    /**
     * @param list<ErrorEntry> $errors Every code.
     */
    public function __construct(
        public array $errors,
    ) {
    }
}
