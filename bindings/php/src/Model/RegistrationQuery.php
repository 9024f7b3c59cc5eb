<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which registrations.
 */
final readonly class RegistrationQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'page' => ['page', 'integer', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'ns'],
        'registrationId' => ['registration_id', 'string', 'ns'],
        'kind' => ['kind', 'string', 'ns'],
        'from' => ['from', 'string', 'ns'],
        'to' => ['to', 'string', 'ns'],
    ];

    /**
     * @param int $page Page, from 1.
     * @param ?string $campaignId Of this campaign.
     * @param ?string $registrationId With this id.
     * @param ?string $kind `csv` or `by_hand`.
     * @param ?string $from From this day, `YYYY-MM-DD`.
     * @param ?string $to To this day.
     */
    public function __construct(
        public int $page,
        public ?string $campaignId = null,
        public ?string $registrationId = null,
        public ?string $kind = null,
        public ?string $from = null,
        public ?string $to = null,
    ) {
    }
}
