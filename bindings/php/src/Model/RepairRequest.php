<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The same statement again, to write down what it proves.
 */
final readonly class RepairRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'statement' => ['statement', StatementRequest::class, 'rs'],
        'steps' => ['steps', ['integer'], 'ns'],
    ];

    /**
     * @param StatementRequest $statement The statement; it is compared anew.
     * @param ?list<int> $steps Which steps of the plan, by their number from 0; all when not given.
     */
    public function __construct(
        public StatementRequest $statement,
        public ?array $steps = null,
    ) {
    }
}
