<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A code of the API type (`res_err_code`).
 *
 * @property-read bool $duplicate Whether the gateway saw the same order before.
 * @property-read string $textEn What it means, in English.
 * @property-read string $textJa What it means, in Japanese.
 * @property-read ?string $field Tag of the field that it is about.
 */
final readonly class ApiCodeEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
        'known' => ['known', 'boolean', 'rs'],
        'class' => ['class', 'string', 'rs'],
        'mustAskFirst' => ['must_ask_first', 'boolean', 'rs'],
        'duplicate' => ['duplicate', 'boolean', 'r'],
        'textEn' => ['text_en', 'string', 'r'],
        'textJa' => ['text_ja', 'string', 'r'],
        'field' => ['field', 'string', 'n'],
    ];

    /**
     * @param string $code The code, 8 characters.
     * @param bool $known Whether its kind is known.
     * @param string $class `bug`, `configuration`, `customer`, `final`, `retryable` or `unknown_outcome`.
     * @param bool $mustAskFirst Whether it must be asked about before it is tried again.
     * @param bool $duplicate Whether the gateway saw the same order before.
     * @param string $textEn What it means, in English.
     * @param string $textJa What it means, in Japanese.
     * @param ?string $field Tag of the field that it is about.
     */
    public function __construct(
        public string $code,
        public bool $known,
        public string $class,
        public bool $mustAskFirst,
        #[\SensitiveParameter] bool $duplicate,
        #[\SensitiveParameter] string $textEn,
        #[\SensitiveParameter] string $textJa,
        #[\SensitiveParameter] ?string $field = null,
    ) {
        $this->hide([
            'duplicate' => $duplicate,
            'textEn' => $textEn,
            'textJa' => $textJa,
            'field' => $field,
        ]);
    }
}
