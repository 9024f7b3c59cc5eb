<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which exchanges to list.
 */
final readonly class ExchangeQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'phases' => ['phases', [\Netmile\ExchangePhase::class], 's'],
        'after' => ['after', 'string', 'ns'],
        'limit' => ['limit', 'integer', 'rs'],
    ];

    /**
     * @param list<\Netmile\ExchangePhase|string> $phases In one of these phases; none means any.
     * @param ?string $after After the one with this `tran_id`: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     */
    public function __construct(
        public array $phases = [],
        public ?string $after = null,
        public int $limit = 100,
    ) {
    }
}
