<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What miles a campaign issues: `fixed`, or `min` and `max`.
 */
final readonly class MileRule extends Record
{
    /** @internal */
    public const SCHEMA = [
        'fixed' => ['fixed', 'integer', 'ns'],
        'min' => ['min', 'integer', 'ns'],
        'max' => ['max', 'integer', 'ns'],
    ];

    /**
     * @param ?int $fixed Every issue has so many.
     * @param ?int $min At least so many.
     * @param ?int $max At most so many.
     */
    public function __construct(
        public ?int $fixed = null,
        public ?int $min = null,
        public ?int $max = null,
    ) {
    }
}
