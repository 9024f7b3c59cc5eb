<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a batch of any site of the client.
 */
final readonly class BatchRef extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'batchId' => ['batch_id', 'string', 'rs'],
    ];

    /**
     * @param string $siteId Site.
     * @param string $batchId The shop's own id.
     */
    public function __construct(
        public string $siteId,
        public string $batchId,
    ) {
    }
}
