<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which open uploads.
 */
final readonly class OpenUploadQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'after' => ['after', UploadRef::class, 'ns'],
        'limit' => ['limit', 'integer', 'rs'],
    ];

    /**
     * @param ?UploadRef $after After this one: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     */
    public function __construct(
        public ?UploadRef $after = null,
        public int $limit = 100,
    ) {
    }
}
