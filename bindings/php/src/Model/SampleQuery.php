<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Which sample.
 *
 * @property-read ?string $insertedText Text to insert.
 */
final readonly class SampleQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'kind' => ['kind', 'string', 'rs'],
        'insertedText' => ['inserted_text', 'string', 'n'],
    ];

    /**
     * @param string $campaignId Campaign.
     * @param string $kind `deposit` or `member_registration`.
     * @param ?string $insertedText Text to insert.
     */
    public function __construct(
        public string $campaignId,
        public string $kind,
        #[\SensitiveParameter] ?string $insertedText = null,
    ) {
        $this->hide([
            'insertedText' => $insertedText,
        ]);
    }
}
