<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What is known about a code of NetMile.
 *
 * @property-read string $published The published wording, in Japanese.
 * @property-read string $textEn What it means and what to do, in English.
 * @property-read string $textJa What it means and what to do, in Japanese.
 */
final readonly class MileCodeEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'table' => ['table', 'string', 'rs'],
        'code' => ['code', 'string', 'rs'],
        'known' => ['known', 'boolean', 'rs'],
        'published' => ['published', 'string', 'r'],
        'textEn' => ['text_en', 'string', 'r'],
        'textJa' => ['text_ja', 'string', 'r'],
        'actor' => ['actor', 'string', 'rs'],
    ];

    /**
     * @param string $table `manual` or `automatic`.
     * @param string $code The code.
     * @param bool $known Whether it is known.
     * @param string $published The published wording, in Japanese.
     * @param string $textEn What it means and what to do, in English.
     * @param string $textJa What it means and what to do, in Japanese.
     * @param string $actor Who acts: `merchant`, `member`, `netmile` or `nobody`; empty when it is not known.
     */
    public function __construct(
        public string $table,
        public string $code,
        public bool $known,
        #[\SensitiveParameter] string $published,
        #[\SensitiveParameter] string $textEn,
        #[\SensitiveParameter] string $textJa,
        public string $actor,
    ) {
        $this->hide([
            'published' => $published,
            'textEn' => $textEn,
            'textJa' => $textJa,
        ]);
    }
}
