<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A code of the gateway.
 */
final readonly class CodeQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
    ];

    /**
     * @param string $code `res_err_code`, as received.
     */
    public function __construct(
        public string $code,
    ) {
    }
}
