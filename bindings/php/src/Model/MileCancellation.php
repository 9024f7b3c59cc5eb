<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of a wish to cancel.
 */
final readonly class MileCancellation extends Record
{
    /** @internal */
    public const SCHEMA = [
        'cancellationId' => ['cancellation_id', 'string', 'rs'],
        'reason' => ['reason', 'string', 'rs'],
        'pending' => ['pending', 'boolean', 'rs'],
        'results' => ['results', [CancelledIssue::class], 'rs'],
    ];

    /**
     * @param string $cancellationId NetMile's id of it.
     * @param string $reason The reason that was given.
     * @param bool $pending Whether NetMile still has to decide about some of it.
     * @param list<CancelledIssue> $results In the order of the request.
     */
    public function __construct(
        public string $cancellationId,
        public string $reason,
        public bool $pending,
        public array $results,
    ) {
    }
}
