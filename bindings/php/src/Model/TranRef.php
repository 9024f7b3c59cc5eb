<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a registration by the shop's id.
 */
final readonly class TranRef extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
    ];

    /**
     * @param string $tranId The shop's own id.
     */
    public function __construct(
        public string $tranId,
    ) {
    }
}
