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
        'steps' => ['steps', ['string'], 'ns'],
    ];

    /**
     * @param StatementRequest $statement The statement; it is compared anew.
     * @param ?list<string> $steps Which steps of the plan, by their ids; all when not given. An id that the new
     *     comparison does not have is refused, and nothing is written: the record has changed, or the step is done.
     */
    public function __construct(
        public StatementRequest $statement,
        public ?array $steps = null,
    ) {
    }
}
