<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What is known about a code of the gateway (`res_err_code`).
 *
 * @property-read string $meaningEn What it means, in English.
 * @property-read string $meaningJa What it means, in Japanese.
 * @property-read string $remedyEn What to do, in English.
 * @property-read string $remedyJa What to do, in Japanese.
 * @property-read string $notice Whether the result notice is sent: `sent`, `not_sent` or `unknown`.
 */
final readonly class CodeEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
        'id' => ['id', 'string', 'rs'],
        'known' => ['known', 'boolean', 'rs'],
        'meaningEn' => ['meaning_en', 'string', 'r'],
        'meaningJa' => ['meaning_ja', 'string', 'r'],
        'remedyEn' => ['remedy_en', 'string', 'r'],
        'remedyJa' => ['remedy_ja', 'string', 'r'],
        'actor' => ['actor', 'string', 'rs'],
        'notice' => ['notice', 'string', 'r'],
    ];

    /**
     * @param string $code The code asked for; in the whole catalogue every code of the entry.
     * @param string $id Stable name.
     * @param bool $known Whether the catalogue has the code.
     * @param string $meaningEn What it means, in English.
     * @param string $meaningJa What it means, in Japanese.
     * @param string $remedyEn What to do, in English.
     * @param string $remedyJa What to do, in Japanese.
     * @param string $actor Who does it: `merchant`, `customer`, `gateway` or `nobody`.
     * @param string $notice Whether the result notice is sent: `sent`, `not_sent` or `unknown`.
     */
    public function __construct(
        public string $code,
        public string $id,
        public bool $known,
        #[\SensitiveParameter] string $meaningEn,
        #[\SensitiveParameter] string $meaningJa,
        #[\SensitiveParameter] string $remedyEn,
        #[\SensitiveParameter] string $remedyJa,
        public string $actor,
        #[\SensitiveParameter] string $notice,
    ) {
        $this->hide([
            'meaningEn' => $meaningEn,
            'meaningJa' => $meaningJa,
            'remedyEn' => $remedyEn,
            'remedyJa' => $remedyJa,
            'notice' => $notice,
        ]);
    }
}
