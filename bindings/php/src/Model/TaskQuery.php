<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which tasks to list.
 */
final readonly class TaskQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', \Netmile\TaskKind::class, 'rs'],
        'phases' => ['phases', [\Netmile\TaskPhase::class], 's'],
        'after' => ['after', 'string', 'ns'],
        'limit' => ['limit', 'integer', 'rs'],
    ];

    /**
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param list<\Netmile\TaskPhase|string> $phases In one of these phases; none means any.
     * @param ?string $after After the one with this `tran_id` (of the client's site): the last one of the previous
     *     page.
     * @param int $limit At most so many, 1 to 1000.
     */
    public function __construct(
        public \Netmile\TaskKind|string $kind,
        public array $phases = [],
        public ?string $after = null,
        public int $limit = 100,
    ) {
    }
}
