<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which issues of a campaign.
 *
 * @property-read ?string $designatedKey With this key (指定キー). May be personal.
 */
final readonly class HistoryQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'page' => ['page', 'integer', 'rs'],
        'designatedKey' => ['designated_key', 'string', 'n'],
        'from' => ['from', 'string', 'ns'],
        'to' => ['to', 'string', 'ns'],
        'milesFrom' => ['miles_from', 'integer', 'ns'],
        'milesTo' => ['miles_to', 'integer', 'ns'],
        'state' => ['state', 'string', 'ns'],
        'order' => ['order', 'string', 'ns'],
    ];

    /**
     * @param string $campaignId Campaign.
     * @param int $page Page, from 1.
     * @param ?string $designatedKey With this key (指定キー). May be personal.
     * @param ?string $from From this hour, `YYYY-MM-DDTHH`, Japanese time.
     * @param ?string $to To this hour.
     * @param ?int $milesFrom At least so many miles.
     * @param ?int $milesTo At most so many miles.
     * @param ?string $state `held`, `valid` or `cancelled`.
     * @param ?string $order `issued_at`, `designated_key`, `miles`, `deposit_on` or `state`, the least first; with
     *     `-` before it the greatest first. Without it the newest first.
     */
    public function __construct(
        public string $campaignId,
        public int $page,
        #[\SensitiveParameter] ?string $designatedKey = null,
        public ?string $from = null,
        public ?string $to = null,
        public ?int $milesFrom = null,
        public ?int $milesTo = null,
        public ?string $state = null,
        public ?string $order = null,
    ) {
        $this->hide([
            'designatedKey' => $designatedKey,
        ]);
    }
}
