<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of a step of the plan.
 *
 * @property-read ?string $reason Why it was left.
 */
final readonly class RepairResult extends Record
{
    /** @internal */
    public const SCHEMA = [
        'step' => ['step', 'integer', 'rs'],
        'result' => ['result', 'string', 'rs'],
        'reason' => ['reason', 'string', 'n'],
    ];

    /**
     * @param int $step Its number in the plan, from 0.
     * @param string $result `done`, `known` (it was written down before) or `left`.
     * @param ?string $reason Why it was left.
     */
    public function __construct(
        public int $step,
        public string $result,
        #[\SensitiveParameter] ?string $reason = null,
    ) {
        $this->hide([
            'reason' => $reason,
        ]);
    }
}
