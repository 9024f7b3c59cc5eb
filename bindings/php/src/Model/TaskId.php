<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a task under a `tran_id`.
 */
final readonly class TaskId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', \Netmile\TaskKind::class, 'rs'],
        'tranId' => ['tran_id', 'string', 'rs'],
    ];

    /**
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param string $tranId The shop's own id.
     */
    public function __construct(
        public \Netmile\TaskKind|string $kind,
        public string $tranId,
    ) {
    }
}
