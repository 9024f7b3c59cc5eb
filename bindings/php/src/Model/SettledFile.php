<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of every row.
 *
 * @property-read list<SettledRow> $rows In the order of the file.
 */
final readonly class SettledFile extends Record
{
    /** @internal */
    public const SCHEMA = [
        'rows' => ['rows', [SettledRow::class], 'r'],
        'sent' => ['sent', RowTotal::class, 'rs'],
        'issued' => ['issued', RowTotal::class, 'rs'],
        'refused' => ['refused', RowTotal::class, 'rs'],
    ];

    /**
     * @param list<SettledRow> $rows In the order of the file.
     * @param RowTotal $sent All of it.
     * @param RowTotal $issued What was issued.
     * @param RowTotal $refused What was refused: these points go back.
     */
    public function __construct(
        #[\SensitiveParameter] array $rows,
        public RowTotal $sent,
        public RowTotal $issued,
        public RowTotal $refused,
    ) {
        $this->hide([
            'rows' => $rows,
        ]);
    }
}
