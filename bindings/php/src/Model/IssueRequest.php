<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One issue of miles (自動発行).
 *
 * @property-read MileUser $user Who gets them.
 * @property-read string $designatedKey The shop's own key of what is rewarded (指定キー). May be personal.
 * @property-read ?IssueSettings $settings Settings.
 */
final readonly class IssueRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'user' => ['user', MileUser::class, 'r'],
        'designatedKey' => ['designated_key', 'string', 'r'],
        'miles' => ['miles', 'integer', 'ns'],
        'settings' => ['settings', IssueSettings::class, 'n'],
    ];

    /**
     * @param string $tranId The shop's own id of the issue, never used twice.
     * @param string $campaignId Campaign (キャンペーンID).
     * @param MileUser $user Who gets them.
     * @param string $designatedKey The shop's own key of what is rewarded (指定キー). May be personal.
     * @param ?int $miles Miles; only for a campaign of variable miles.
     * @param ?IssueSettings $settings Settings.
     */
    public function __construct(
        public string $tranId,
        public string $campaignId,
        #[\SensitiveParameter] MileUser $user,
        #[\SensitiveParameter] string $designatedKey,
        public ?int $miles = null,
        #[\SensitiveParameter] ?IssueSettings $settings = null,
    ) {
        $this->hide([
            'user' => $user,
            'designatedKey' => $designatedKey,
            'settings' => $settings,
        ]);
    }
}
