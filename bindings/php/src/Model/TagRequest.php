<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A mile-get tag to make. With `tran_id` and `expires_at_ms` it is signed by the client's site, which must be the
 * one it is for.
 *
 * @property-read ?string $designatedKey The shop's key of what is rewarded (指定キー). May be personal.
 * @property-read ?string $origin Where it leads, such as `https://mile.example`; NetMile's own page when not given.
 */
final readonly class TagRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'rule' => ['rule', MileRule::class, 'rs'],
        'miles' => ['miles', 'integer', 'ns'],
        'designatedKey' => ['designated_key', 'string', 'n'],
        'tranId' => ['tran_id', 'string', 'ns'],
        'expiresAt' => ['expires_at_ms', 'instant', 'ns'],
        'origin' => ['origin', 'string', 'n'],
    ];

    /**
     * @param string $siteId Site (加盟サイトID).
     * @param string $campaignId Campaign.
     * @param MileRule $rule What the campaign issues.
     * @param ?int $miles Miles; for a variable campaign only.
     * @param ?string $designatedKey The shop's key of what is rewarded (指定キー). May be personal.
     * @param ?string $tranId The shop's own id, of a signed tag.
     * @param ?\DateTimeImmutable $expiresAt Until when a signed tag can be used.
     * @param ?string $origin Where it leads, such as `https://mile.example`; NetMile's own page when not given.
     */
    public function __construct(
        public string $siteId,
        public string $campaignId,
        public MileRule $rule,
        public ?int $miles = null,
        #[\SensitiveParameter] ?string $designatedKey = null,
        public ?string $tranId = null,
        public ?\DateTimeImmutable $expiresAt = null,
        #[\SensitiveParameter] ?string $origin = null,
    ) {
        $this->hide([
            'designatedKey' => $designatedKey,
            'origin' => $origin,
        ]);
    }
}
