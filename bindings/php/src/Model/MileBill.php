<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a month costs.
 */
final readonly class MileBill extends Record
{
    /** @internal */
    public const SCHEMA = [
        'month' => ['month', 'string', 'rs'],
        'total' => ['total', BillSums::class, 'rs'],
        'campaigns' => ['campaigns', [CampaignBill::class], 'rs'],
    ];

    /**
     * @param string $month `YYYY-MM`.
     * @param BillSums $total All of it.
     * @param list<CampaignBill> $campaigns By campaign.
     */
    public function __construct(
        public string $month,
        public BillSums $total,
        public array $campaigns,
    ) {
    }
}
