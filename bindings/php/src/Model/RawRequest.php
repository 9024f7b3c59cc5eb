<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A message of any function of the gateway.
 *
 * @property-read list<RawField> $fields Leaves and groups in the order of the wire.
 */
final readonly class RawRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'method' => ['method', 'string', 'rs'],
        'function' => ['function', 'string', 'rs'],
        'fields' => ['fields', [RawField::class], 'r'],
    ];

    /**
     * @param string $id The shop's own id of this exchange, never used twice.
     * @param string $method Tag of the method.
     * @param string $function Function id, such as `ST01-00101-900`.
     * @param list<RawField> $fields Leaves and groups in the order of the wire.
     */
    public function __construct(
        public string $id,
        public string $method,
        public string $function,
        #[\SensitiveParameter] array $fields,
    ) {
        $this->hide([
            'fields' => $fields,
        ]);
    }
}
