<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a campaign.
 */
final readonly class CampaignId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'campaignId' => ['campaign_id', 'string', 'rs'],
    ];

    /**
     * @param string $campaignId Campaign (キャンペーンID).
     */
    public function __construct(
        public string $campaignId,
    ) {
    }
}
