<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A leaf of `pay_method_info`.
 *
 * @property-read string $value Value. May be personal.
 */
final readonly class MethodField extends Record
{
    /** @internal */
    public const SCHEMA = [
        'name' => ['name', 'string', 'rs'],
        'value' => ['value', 'string', 'r'],
        'multiByte' => ['multi_byte', 'boolean', 's'],
    ];

    /**
     * @param string $name Tag.
     * @param string $value Value. May be personal.
     * @param bool $multiByte Whether it may hold multi-byte characters.
     */
    public function __construct(
        public string $name,
        #[\SensitiveParameter] string $value,
        public bool $multiByte = false,
    ) {
        $this->hide([
            'value' => $value,
        ]);
    }
}
