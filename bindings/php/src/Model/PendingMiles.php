<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Miles that are still to come.
 *
 * @property-read int $miles Miles.
 * @property-read string $depositOn `YYYY-MM-DD`.
 */
final readonly class PendingMiles extends Record
{
    /** @internal */
    public const SCHEMA = [
        'miles' => ['miles', 'integer', 'r'],
        'depositOn' => ['deposit_on', 'string', 'r'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
    ];

    /**
     * @param int $miles Miles.
     * @param string $depositOn `YYYY-MM-DD`.
     * @param string $campaignId Of which campaign.
     */
    public function __construct(
        #[\SensitiveParameter] int $miles,
        #[\SensitiveParameter] string $depositOn,
        public string $campaignId,
    ) {
        $this->hide([
            'miles' => $miles,
            'depositOn' => $depositOn,
        ]);
    }
}
