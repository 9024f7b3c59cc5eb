<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a tag says.
 *
 * @property-read ?string $designatedKey The key. May be personal.
 */
final readonly class TagContents extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'signed' => ['signed', 'boolean', 'rs'],
        'designatedKey' => ['designated_key', 'string', 'n'],
        'miles' => ['miles', 'integer', 'ns'],
        'tranId' => ['tran_id', 'string', 'ns'],
        'expiresAt' => ['expires_at_ms', 'instant', 'ns'],
    ];

    /**
     * @param string $siteId Site.
     * @param string $campaignId Campaign.
     * @param bool $signed Whether it is signed. A published tag proves nothing.
     * @param ?string $designatedKey The key. May be personal.
     * @param ?int $miles Miles.
     * @param ?string $tranId The shop's own id.
     * @param ?\DateTimeImmutable $expiresAt Until when it can be used.
     */
    public function __construct(
        public string $siteId,
        public string $campaignId,
        public bool $signed,
        #[\SensitiveParameter] ?string $designatedKey = null,
        public ?int $miles = null,
        public ?string $tranId = null,
        public ?\DateTimeImmutable $expiresAt = null,
    ) {
        $this->hide([
            'designatedKey' => $designatedKey,
        ]);
    }
}
