<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Rows for upload files (flow 2).
 *
 * @property-read list<ExchangeFileRow> $rows The rows.
 */
final readonly class ExchangeFileRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'at' => ['at_ms', 'instant', 'rs'],
        'rows' => ['rows', [ExchangeFileRow::class], 'r'],
    ];

    /**
     * @param string $siteId The site that it is uploaded for: a part of its name.
     * @param \DateTimeImmutable $at When: the minute, in Japan, is a part of its name, and a further file has the
     *     next one.
     * @param list<ExchangeFileRow> $rows The rows.
     */
    public function __construct(
        public string $siteId,
        public \DateTimeImmutable $at,
        #[\SensitiveParameter] array $rows,
    ) {
        $this->hide([
            'rows' => $rows,
        ]);
    }
}
