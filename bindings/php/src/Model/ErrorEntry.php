<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One entry of the error catalogue.
 *
 * @property-read bool $retryable Whether the same call may succeed later without any change.
 * @property-read string $hintEn What to do, in English.
 * @property-read string $hintJa What to do, in Japanese.
 */
final readonly class ErrorEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
        'retryable' => ['retryable', 'boolean', 'r'],
        'hintEn' => ['hint_en', 'string', 'r'],
        'hintJa' => ['hint_ja', 'string', 'r'],
    ];

    /**
     * @param string $code Stable code.
     * @param bool $retryable Whether the same call may succeed later without any change.
     * @param string $hintEn What to do, in English.
     * @param string $hintJa What to do, in Japanese.
     */
    public function __construct(
        public string $code,
        #[\SensitiveParameter] bool $retryable,
        #[\SensitiveParameter] string $hintEn,
        #[\SensitiveParameter] string $hintJa,
    ) {
        $this->hide([
            'retryable' => $retryable,
            'hintEn' => $hintEn,
            'hintJa' => $hintJa,
        ]);
    }
}
