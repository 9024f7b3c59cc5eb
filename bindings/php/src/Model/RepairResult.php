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
        'step' => ['step', 'string', 'rs'],
        'result' => ['result', 'string', 'rs'],
        'changed' => ['changed', 'boolean', 'rs'],
        'reason' => ['reason', 'string', 'n'],
    ];

    /**
     * @param string $step Its id.
     * @param string $result `done`, `known` (it was written down before) or `left`.
     * @param bool $changed Whether it was left because the record has changed since the comparison: compare again.
     * @param ?string $reason Why it was left.
     */
    public function __construct(
        public string $step,
        public string $result,
        public bool $changed,
        #[\SensitiveParameter] ?string $reason = null,
    ) {
        $this->hide([
            'reason' => $reason,
        ]);
    }
}
