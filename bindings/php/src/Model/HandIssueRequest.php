<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Up to ten issues under one id (手動発行).
 *
 * @property-read list<HandRow> $rows 1 to 10 rows.
 * @property-read ?IssueSettings $settings Settings.
 */
final readonly class HandIssueRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'rows' => ['rows', [HandRow::class], 'r'],
        'settings' => ['settings', IssueSettings::class, 'n'],
    ];

    /**
     * @param string $tranId The shop's own id.
     * @param string $campaignId Campaign.
     * @param list<HandRow> $rows 1 to 10 rows.
     * @param ?IssueSettings $settings Settings.
     */
    public function __construct(
        public string $tranId,
        public string $campaignId,
        #[\SensitiveParameter] array $rows,
        #[\SensitiveParameter] ?IssueSettings $settings = null,
    ) {
        $this->hide([
            'rows' => $rows,
            'settings' => $settings,
        ]);
    }
}
