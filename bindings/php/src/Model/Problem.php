<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Why something was not accepted.
 *
 * @property-read string $hint What to do, in the client's language.
 * @property-read bool $retryable Whether the same may succeed later.
 */
final readonly class Problem extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
        'detail' => ['detail', 'string', 'rs'],
        'hint' => ['hint', 'string', 'r'],
        'retryable' => ['retryable', 'boolean', 'r'],
        'field' => ['field', 'string', 'ns'],
    ];

    /**
     * @param string $code Stable code.
     * @param string $detail The rule that was broken, in English.
     * @param string $hint What to do, in the client's language.
     * @param bool $retryable Whether the same may succeed later.
     * @param ?string $field The field it is about.
     */
    public function __construct(
        public string $code,
        public string $detail,
        #[\SensitiveParameter] string $hint,
        #[\SensitiveParameter] bool $retryable,
        public ?string $field = null,
    ) {
        $this->hide([
            'hint' => $hint,
            'retryable' => $retryable,
        ]);
    }
}
