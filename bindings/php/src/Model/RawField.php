<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A leaf or a group of a raw message.
 *
 * @property-read string $value Value of a leaf. May be personal.
 * @property-read list<RawField> $fields What a group holds: leaves only.
 */
final readonly class RawField extends Record
{
    /** @internal */
    public const SCHEMA = [
        'name' => ['name', 'string', 'rs'],
        'kind' => ['kind', 'string', 'rs'],
        'value' => ['value', 'string', ''],
        'max' => ['max', 'integer', 'ns'],
        'fields' => ['fields', [RawField::class], ''],
    ];

    /**
     * @param string $name Tag.
     * @param string $kind `digits`, `exactly`, `single`, `multi`, `group` or `secret_group` (its values travel
     *     encrypted).
     * @param string $value Value of a leaf. May be personal.
     * @param ?int $max Most characters of a leaf; of `exactly` their number, of `multi` bytes of Shift_JIS.
     * @param list<RawField> $fields What a group holds: leaves only.
     */
    public function __construct(
        public string $name,
        public string $kind,
        #[\SensitiveParameter] string $value = '',
        public ?int $max = null,
        #[\SensitiveParameter] array $fields = [],
    ) {
        $this->hide([
            'value' => $value,
            'fields' => $fields,
        ]);
    }
}
