<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What was issued in a campaign (発行履歴).
 */
final readonly class HistoryPage extends Record
{
    /** @internal */
    public const SCHEMA = [
        'campaignName' => ['campaign_name', 'string', 'rs'],
        'milesIssued' => ['miles_issued', 'integer', 'rs'],
        'issued' => ['issued', 'integer', 'rs'],
        'valid' => ['valid', 'integer', 'rs'],
        'cancelled' => ['cancelled', 'integer', 'rs'],
        'total' => ['total', 'integer', 'rs'],
        'page' => ['page', 'integer', 'rs'],
        'pages' => ['pages', 'integer', 'rs'],
        'rows' => ['rows', [HistoryRow::class], 'rs'],
    ];

    /**
     * @param string $campaignName Name of the campaign.
     * @param int $milesIssued Miles in all.
     * @param int $issued Issues in all.
     * @param int $valid Of which valid.
     * @param int $cancelled Of which cancelled.
     * @param int $total Rows that were found.
     * @param int $page This page.
     * @param int $pages How many pages.
     * @param list<HistoryRow> $rows Those of this page.
     */
    public function __construct(
        public string $campaignName,
        public int $milesIssued,
        public int $issued,
        public int $valid,
        public int $cancelled,
        public int $total,
        public int $page,
        public int $pages,
        public array $rows,
    ) {
    }
}
