<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Exchanges for NetMile to fetch (flow 3).
 *
 * @property-read list<ExchangeFileRow> $rows The rows, 1 to 10,000.
 */
final readonly class DropWriteRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'runAt' => ['run_at_ms', 'instant', 'rs'],
        'rows' => ['rows', [ExchangeFileRow::class], 'r'],
    ];

    /**
     * @param string $siteId Site.
     * @param \DateTimeImmutable $runAt When the run is.
     * @param list<ExchangeFileRow> $rows The rows, 1 to 10,000.
     */
    public function __construct(
        public string $siteId,
        public \DateTimeImmutable $runAt,
        #[\SensitiveParameter] array $rows,
    ) {
        $this->hide([
            'rows' => $rows,
        ]);
    }
}
