<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A campaign's part of a bill.
 */
final readonly class CampaignBill extends Record
{
    /** @internal */
    public const SCHEMA = [
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'sums' => ['sums', BillSums::class, 'rs'],
    ];

    /**
     * @param string $campaignId Campaign.
     * @param BillSums $sums Sums.
     */
    public function __construct(
        public string $campaignId,
        public BillSums $sums,
    ) {
    }
}
