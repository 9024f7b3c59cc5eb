<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A name and its value. The value may be personal.
 *
 * @property-read string $value Value.
 */
final readonly class Pair extends Record
{
    /** @internal */
    public const SCHEMA = [
        'name' => ['name', 'string', 'rs'],
        'value' => ['value', 'string', 'r'],
    ];

    /**
     * @param string $name Name.
     * @param string $value Value.
     */
    public function __construct(
        public string $name,
        #[\SensitiveParameter] string $value,
    ) {
        $this->hide([
            'value' => $value,
        ]);
    }
}
