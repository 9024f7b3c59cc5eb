<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A campaign.
 *
 * @property-read string $issueFrom First day of issuing.
 * @property-read string $issueUntil Last day of issuing.
 * @property-read string $usable When issued miles can be used: `at_once`, `after_days` or `on`.
 * @property-read ?int $perMember How often a member may get it.
 * @property-read ?int $perMemberDay How often on one day.
 * @property-read ?int $usableDays Days until then.
 * @property-read ?string $usableOn The day.
 */
final readonly class CampaignInfo extends Record
{
    /** @internal */
    public const SCHEMA = [
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'name' => ['name', 'string', 'rs'],
        'state' => ['state', 'string', 'rs'],
        'fixed' => ['fixed', 'boolean', 'rs'],
        'minMiles' => ['min_miles', 'integer', 'rs'],
        'maxMiles' => ['max_miles', 'integer', 'rs'],
        'issueFrom' => ['issue_from', 'string', 'r'],
        'issueUntil' => ['issue_until', 'string', 'r'],
        'usable' => ['usable', 'string', 'r'],
        'perMember' => ['per_member', 'integer', 'n'],
        'perMemberDay' => ['per_member_day', 'integer', 'n'],
        'usableDays' => ['usable_days', 'integer', 'n'],
        'usableOn' => ['usable_on', 'string', 'n'],
    ];

    /**
     * @param string $campaignId Its id.
     * @param string $name Its name.
     * @param string $state `running`, `ended`, `suspended` or `unapproved`.
     * @param bool $fixed Whether every issue has the same miles.
     * @param int $minMiles Fewest miles of an issue.
     * @param int $maxMiles Most miles of an issue.
     * @param string $issueFrom First day of issuing.
     * @param string $issueUntil Last day of issuing.
     * @param string $usable When issued miles can be used: `at_once`, `after_days` or `on`.
     * @param ?int $perMember How often a member may get it.
     * @param ?int $perMemberDay How often on one day.
     * @param ?int $usableDays Days until then.
     * @param ?string $usableOn The day.
     */
    public function __construct(
        public string $campaignId,
        public string $name,
        public string $state,
        public bool $fixed,
        public int $minMiles,
        public int $maxMiles,
        #[\SensitiveParameter] string $issueFrom,
        #[\SensitiveParameter] string $issueUntil,
        #[\SensitiveParameter] string $usable,
        #[\SensitiveParameter] ?int $perMember = null,
        #[\SensitiveParameter] ?int $perMemberDay = null,
        #[\SensitiveParameter] ?int $usableDays = null,
        #[\SensitiveParameter] ?string $usableOn = null,
    ) {
        $this->hide([
            'issueFrom' => $issueFrom,
            'issueUntil' => $issueUntil,
            'usable' => $usable,
            'perMember' => $perMember,
            'perMemberDay' => $perMemberDay,
            'usableDays' => $usableDays,
            'usableOn' => $usableOn,
        ]);
    }
}
