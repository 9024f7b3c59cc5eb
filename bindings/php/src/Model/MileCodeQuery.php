<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A code of one of NetMile's tables. The same digits mean different things in the two.
 */
final readonly class MileCodeQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'table' => ['table', 'string', 'rs'],
        'code' => ['code', 'string', 'rs'],
    ];

    /**
     * @param string $table `manual` or `automatic`.
     * @param string $code The code.
     */
    public function __construct(
        public string $table,
        public string $code,
    ) {
    }
}
