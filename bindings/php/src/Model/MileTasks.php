<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Tasks.
 */
final readonly class MileTasks extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tasks' => ['tasks', [MileTask::class], 'rs'],
    ];

    /**
     * @param list<MileTask> $tasks In the order of site and `tran_id`.
     */
    public function __construct(
        public array $tasks,
    ) {
    }
}
