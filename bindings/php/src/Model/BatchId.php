<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a batch.
 */
final readonly class BatchId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batchId' => ['batch_id', 'string', 'rs'],
    ];

    /**
     * @param string $batchId The shop's own id.
     */
    public function __construct(
        public string $batchId,
    ) {
    }
}
