<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a wish to cancel.
 */
final readonly class CancellationId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'cancellationId' => ['cancellation_id', 'string', 'rs'],
    ];

    /**
     * @param string $cancellationId NetMile's id.
     */
    public function __construct(
        public string $cancellationId,
    ) {
    }
}
