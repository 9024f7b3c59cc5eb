<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of a run, if its result is there.
 */
final readonly class DropSettleAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'settled' => ['settled', SettledFile::class, 'ns'],
    ];

    /**
     * @param ?SettledFile $settled What became of every row.
     */
    public function __construct(
        public ?SettledFile $settled = null,
    ) {
    }
}
